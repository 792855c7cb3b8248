#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the programs named, or all, and shows each figure beside its bar. MNIST is looked for as dataset("mnist") does.
cd "$(dirname "$0")" || exit 1
easel=${EASEL:-../../../.build/release/easel}
notes=$(mktemp) || exit 1
trap 'rm -f "$notes"' EXIT
for program in ${*:-vae gan conditional probes control article variants few applications}; do
  echo "== $program"
  {
    "$easel" run "$program.easel" 2>"$notes" || {
      echo "FIGURE $program: ended early"
      tail -n 4 "$notes" | sed 's/^/  /'
    }
  } | grep --line-buffered -aE '^FIGURE|^  |a run .best of'
done
