# SPDX-License-Identifier: Apache-2.0
"""Interleaves Easel with PyTorch and JAX on the same workloads and prints the ratios as a Markdown table.

    python Tests/Benchmarks/compare.py [--rounds 4] [WORKLOAD ...]

Only ratios of one run mean anything: the machine's speed drifts. Each round runs every side once, in turn; the table
shows medians over rounds. Needs `pip install -r Tests/Benchmarks/requirements.txt`.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
EASEL = os.environ.get("EASEL", str(HERE.parent.parent / ".build/release/easel"))
WORKLOADS = ["gan-mlp", "gan-mlp-loop", "gan-mlp-bn", "vae-mlp", "vae-mlp-128", "dcgan", "vae-conv", "cnn", "sample-mlp",
             "sample-mlp-1", "sample-dcgan", "sample-dcgan-1"]
# The loop written in Easel's language stands beside the same loop in Python.
REFERENCES = {"gan-mlp-loop": "gan-mlp"}
# Settings left over from elsewhere would slow the references down.
FOREIGN = ("OMP_NUM_THREADS", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "MKL_NUM_THREADS")


def sides(seconds):
    def reference(library, *options):
        start = [sys.executable, str(HERE / "reference.py"), library]
        return lambda workload: [*start, REFERENCES.get(workload, workload), *options, "--seconds", str(seconds)]

    # "tuned" is PyTorch with one fused Adam pass, without D's gradients in G's update, convolutions in channels_last.
    return {
        "Easel": lambda workload: [EASEL, "bench", workload, "--seconds", str(seconds)],
        "PyTorch": reference("torch"),
        "tuned": reference("torch", "--tuned"),
        "JAX": reference("jax"),
    }


def measure(command):
    environment = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=HERE)
    return json.loads(done.stdout.strip().splitlines()[-1])


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def row(workload, results):
    ours, torch, tuned, jax = (results[side] for side in ("Easel", "PyTorch", "tuned", "JAX"))
    ms = [median(rows, "ms") for rows in (ours, torch, tuned, jax)]
    first = [median(rows, "time_to_first_step_s") for rows in (ours, torch, jax)]
    memory = [median(rows, "peak_rss_mb") for rows in (ours, torch, jax)]
    floor = f"{median(ours, 'percent_of_floor'):.0f} %" if "percent_of_floor" in ours[0] else "–"
    return [
        workload, *(f"{value:.2f}" for value in ms), *(f"{value / ms[0]:.2f}" for value in ms[1:]), floor,
        " / ".join(f"{value:.2f}" for value in first), " / ".join(f"{value:.0f}" for value in memory)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("workloads", nargs="*", default=WORKLOADS)
    arguments = parser.parse_args()
    processor = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    print(f"{processor}, {os.cpu_count()} cores, {platform.platform()}; {arguments.rounds} rounds, medians")
    head = ["workload", "Easel ms", "PyTorch ms", "tuned ms", "JAX ms", "× PyTorch", "× tuned", "× JAX", "of the floor",
            "first step s", "MB"]
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for workload in arguments.workloads or WORKLOADS:
        results = {side: [] for side in sides(0)}
        for _ in range(arguments.rounds):
            for side, command in sides(arguments.seconds).items():
                results[side].append(measure(command(workload)))
        print("| " + " | ".join(row(workload, results)) + " |", flush=True)


if __name__ == "__main__":
    main()
