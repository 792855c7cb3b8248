# SPDX-License-Identifier: Apache-2.0
"""Times one workload in PyTorch or JAX and prints one JSON line, in the form of `easel bench`.

    python Tests/Benchmarks/reference.py torch gan-mlp [--threads 2] [--seconds 3]
"""

import argparse
import json
import os
import resource
import statistics
import time



def process_age():
    """Seconds since this process started, from the kernel's own record."""
    with open("/proc/self/stat") as file:
        ticks = int(file.read().rsplit(")", 1)[1].split()[19])
    with open("/proc/uptime") as file:
        return float(file.read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library", choices=["torch", "jax"])
    parser.add_argument("workload")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--tuned", action="store_true", help="PyTorch as an expert would set it up")
    parser.add_argument("--seconds", type=float, default=3)
    arguments = parser.parse_args()
    if arguments.library == "torch":
        import torch

        import models_torch as models

        torch.set_num_threads(arguments.threads)
        torch.manual_seed(0)
        models.TUNED = arguments.tuned
        version = torch.__version__
    else:
        os.environ["JAX_PLATFORMS"] = "cpu"
        import jax

        import models_jax as models

        version = jax.__version__
    step = models.WORKLOADS[arguments.workload]()
    step()
    first = process_age()
    for _ in range(5):
        step()
    blocks, deadline = [], time.perf_counter() + arguments.seconds
    size = 1
    while time.perf_counter() < deadline or len(blocks) < 5:
        begin = time.perf_counter()
        for _ in range(size):
            step()
        elapsed = time.perf_counter() - begin
        blocks.append(elapsed / size)
        if elapsed < 0.2:
            size, blocks = size * 2, []
    seconds = statistics.median(blocks)
    print(json.dumps({
        "workload": arguments.workload, "library": arguments.library, "version": version,
        "threads": arguments.threads, "ms": seconds * 1e3, "steps_per_s": 1 / seconds,
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "time_to_first_step_s": first}))


if __name__ == "__main__":
    main()
