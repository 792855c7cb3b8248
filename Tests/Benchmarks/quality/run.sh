#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the programs named, or all, and shows each figure beside its bar. MNIST is looked for as dataset("mnist") does.
cd "$(dirname "$0")" || exit 1
easel=${EASEL:-../../../.build/release/easel}
for program in ${*:-vae gan conditional probes control variants applications}; do
  echo "== $program"
  "$easel" run "$program.easel" 2>/dev/null | grep -E '^FIGURE|^  '
done
