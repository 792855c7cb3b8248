# SPDX-License-Identifier: Apache-2.0
"""Measures Easel beside ipykernel and xeus-python on the Jupyter wire, and prints a Markdown table.

    python Tests/Benchmarks/wire/compare.py [--kernels Easel ipykernel xeus-python] [--json FILE]

The kernels take turns row by row, so that a machine whose speed drifts is the same for all of them. Needs
`pip install -r Tests/Benchmarks/wire/requirements.txt`; the program is $EASEL or the release build.
"""

import argparse
import json
import os
import platform
import sys
from functools import partial
from pathlib import Path

import measure
from measure import Kernel, Silence

HERE = Path(__file__).resolve().parent
EASEL = os.environ.get("EASEL", str(HERE.parents[2] / ".build/release/easel"))
PYTHON = {"loop": "while True: pass", "lines": "for i in range(20000): print(i)", "complete": "pri", "comment": "#"}
KERNELS = {
    "Easel": {"command": [EASEL, "kernel", "-f", "{connection_file}"], "loop": "while True { }",
              "lines": "for i in range(20000) { print(i) }", "complete": "pri", "comment": "#"},
    "ipykernel": {"command": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], **PYTHON},
    "xeus-python": {"command": [sys.executable, "-m", "xpython_launcher", "-f", "{connection_file}"], **PYTHON},
}

# What is measured: its name, the bar for Easel (an upper limit, or a lower one for `least`), and how.
ALONE = [
    ("cold start to kernel_info_reply, ms: median, worst of 9", 100, lambda kind: measure.cold_start(kind, 9)),
    ("shutdown_request to exit, ms: median, worst of 5", 500, lambda kind: measure.shutdown(kind, 5)),
    ("the same while a cell runs", 500, lambda kind: measure.shutdown(kind, 3, busy=True)),
]
SHARED = [
    ("RSS after start, MiB", 40, lambda kernel, kind: [round(measure.memory(kernel.process.pid), 1), None]),
    ("RSS growth over 2,000 cells, MiB", 2, partial(measure.growth, runs=2000)),
    ("execute to reply, ms: median, p99 of 500", (1, 5), partial(measure.execute, runs=500)),
    ("pipelined cells a second", (1000, None), partial(measure.pipelined, runs=500)),
    ("completion, ms: median, p99 of 200", (5, 20), partial(measure.completion, runs=200)),
    ("kernel_info on control, ms: median, worst of 100", 2, partial(measure.control, runs=100)),
    ("20,000 printed lines: s, messages", (0.2, 50), partial(measure.lines, runs=3)),
    ("20 MB of code / buffer on a request, s", (3, 0.5), partial(measure.large, runs=1)),
    ("idle processor time, % of a core", 0.5, partial(measure.processor, runs=3)),
    ("interrupt_request to error reply, ms: median, worst of 10", 100, partial(measure.interrupt, runs=10, way="message")),
    ("kernel_info on control while a cell runs, ms", 2, partial(measure.control, runs=30, busy=True)),
    ("SIGINT to error reply, ms: median, worst of 10", 100, partial(measure.interrupt, runs=10, way="signal")),
]


def attempt(body):
    """A row's figures, or why there are none."""
    try:
        return body()
    except Silence as reason:
        return str(reason)
    except Exception as reason:  # A kernel that died leaves all kinds of traces.
        return f"fails: {type(reason).__name__}"


class Running:
    """The kernel that the shared rows use; started again when a row ended it."""

    def __init__(self, kind):
        self.kind = kind
        self.kernel = None

    def get(self):
        if self.kernel is None or self.kernel.process.poll() is not None:
            self.close()
            self.kernel = Kernel(self.kind["command"])
            self.kernel.ready()
        return self.kernel

    def close(self):
        if self.kernel:
            self.kernel.close()
            self.kernel = None


def measure_all(names):
    rows = {}
    for title, bar, body in ALONE:
        rows[title] = (bar, {name: attempt(lambda: body(KERNELS[name])) for name in names})
        print(title, rows[title][1], file=sys.stderr)
    running = {name: Running(KERNELS[name]) for name in names}
    for title, bar, body in SHARED:
        found = {}
        for name in names:
            found[name] = attempt(lambda: body(running[name].get(), KERNELS[name]))
            if isinstance(found[name], str):
                running[name].close()
        print(title, found, file=sys.stderr)
        if any(isinstance(figures, dict) for figures in found.values()):
            first = next(figures for figures in found.values() if isinstance(figures, dict))
            for index, part in enumerate(first):
                limit = bar if index == 0 else (2, 6)
                rows[part + " of 500"] = (limit, {
                    name: figures.get(part) if isinstance(figures, dict) else figures
                    for name, figures in found.items()})
        else:
            rows[title] = (bar, found)
    for each in running.values():
        each.close()
    return rows


def shown(figures):
    if figures is None:
        return "–"
    if isinstance(figures, str):
        return figures
    return " / ".join(f"{figure:g}" for figure in figures if figure is not None)


def bar_text(title, bar):
    limits = [limit for limit in (bar if isinstance(bar, tuple) else (bar,)) if limit is not None]
    sign = "≥" if "a second" in title else "≤"
    return f"{sign} " + " / ".join(f"{limit:g}" for limit in limits)


def verdict(title, bar, found):
    """What is wrong with our row: a bar missed, or a rival ahead; empty when nothing is."""
    ours = found.get("Easel")
    if not isinstance(ours, list):
        return "missing"
    limits = list(bar) if isinstance(bar, tuple) else [bar]
    more = "a second" in title
    for figure, limit in zip(ours, limits):
        if figure is not None and limit is not None and (figure < limit if more else figure > limit):
            return "bar missed"
    for name, figures in found.items():
        if name == "Easel" or not isinstance(figures, list):
            continue
        if figures[0] > ours[0] if more else figures[0] < ours[0]:
            return f"{name} is ahead"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kernels", nargs="*", default=list(KERNELS), choices=list(KERNELS))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = measure_all(options.kernels)
    if options.json:
        options.json.write_text(json.dumps({title: found for title, (_, found) in rows.items()}, indent=1))
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| | " + " | ".join(options.kernels) + " | bar | |\n|---" * 1 + "|---" * (len(options.kernels) + 2) + "|")
    missed = 0
    for title, (bar, found) in rows.items():
        wrong = verdict(title, bar, found)
        missed += bool(wrong)
        cells = [title, *(shown(found[name]) for name in options.kernels), bar_text(title, bar), wrong]
        print("| " + " | ".join(cells) + " |")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
