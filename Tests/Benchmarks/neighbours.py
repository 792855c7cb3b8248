# SPDX-License-Identifier: Apache-2.0
"""How Easel behaves as a neighbour: a step beside two busy processes, and what an idle prompt costs.

    python Tests/Benchmarks/neighbours.py

Prints one JSON line: milliseconds of a step alone and beside two busy processes (medians of three tries, interleaved),
their ratio, and the processor time in percent that a prompt takes while it waits after a training step.
"""

import json
import os
import pty
import select
import statistics
import subprocess
import sys
import time

from compare import EASEL, measure


def step():
    return measure([EASEL, "bench", "gan-mlp", "--seconds", "1.5"])["ms"]


def beside_busy_processes():
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        return step()
    finally:
        for process in busy:
            process.kill()
            process.wait()


def ticks(pid):
    with open(f"/proc/{pid}/stat") as file:
        words = file.read().rsplit(")", 1)[1].split()
    return int(words[11]) + int(words[12])


def idle_prompt(seconds=4):
    """Processor time in percent of a prompt that has just trained."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(EASEL, [EASEL, "--no-init"])

    def drain(until):
        while time.monotonic() < until:
            if select.select([terminal], [], [], 0.1)[0]:
                os.read(terminal, 65536)

    try:
        drain(time.monotonic() + 1)
        os.write(terminal, b"trainer = GAN(dataset(\"digits\", limit=256))\nstep trainer 20\n")
        drain(time.monotonic() + 3)
        before = ticks(pid)
        drain(time.monotonic() + seconds)
        return 100 * (ticks(pid) - before) / os.sysconf("SC_CLK_TCK") / seconds
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(terminal)


def main():
    alone, beside = [], []
    for _ in range(3):
        alone.append(step())
        beside.append(beside_busy_processes())
    quiet, crowded = statistics.median(alone), statistics.median(beside)
    print(json.dumps({
        "alone_ms": quiet, "beside_two_ms": crowded, "ratio": crowded / quiet, "idle_prompt_percent": idle_prompt()}))


if __name__ == "__main__":
    main()
