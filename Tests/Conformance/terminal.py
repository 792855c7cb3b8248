# SPDX-License-Identifier: Apache-2.0
"""A terminal that answers questions and can be looked at, with the prompt running in it."""

import os
import re
import tempfile
import termios
import time
from pathlib import Path

import pexpect
import pyte

PATIENCE = float(os.environ.get("EASEL_PATIENCE", "60"))


class Screen(pyte.HistoryScreen):
    """A screen whose answers go back to the program."""

    def __init__(self, columns, rows, answer):
        self.answer = answer
        super().__init__(columns, rows, history=5000)

    def write_process_input(self, data):
        self.answer(data)

    reports = None
    attributes = None

    def report_device_attributes(self, mode=0, **rest):
        """Answers with `attributes` where a test has set them."""
        self.answer(self.attributes) if self.attributes else super().report_device_attributes(mode, **rest)

    def report_device_status(self, mode, **rest):
        """Answers by `reports` where a test has set it."""
        self.reports() if self.reports else super().report_device_status(mode, **rest)


class Terminal:
    """A program in a terminal of its own, in a home folder of its own."""

    def __init__(self, *arguments, columns=80, rows=24, home=None, program=None, **variables):
        self.home = Path(home or tempfile.mkdtemp(prefix="easel-home-"))
        environment = {
            "HOME": str(self.home), "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "EASEL_THREADS": "2",
        }
        environment.update(variables)
        self.child = pexpect.spawn(
            program or os.environ["EASEL"], list(arguments), env=environment, cwd=str(self.home), dimensions=(rows, columns),
            timeout=PATIENCE)
        self.child.delaybeforesend = None
        self.modes = termios.tcgetattr(self.child.child_fd)
        self.screen = Screen(columns, rows, lambda data: self.child.send(data))
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.close(force=True)

    # What the person does

    def type(self, text):
        self.child.send(text)

    def enter(self, text):
        """Types a line at the prompt and returns what it showed, up to the next prompt."""
        start = len(self.raw)
        self.type(text + "\r")
        self.wait_for_prompt(start)
        return self.plain(start)

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    # What the person sees

    @property
    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self):
        return "\n".join(self.lines).rstrip()

    @property
    def last_line(self):
        return [line for line in self.lines if line][-1]

    def plain(self, start=0):
        """What came since the byte `start`, without control codes."""
        text = self.raw[start:].decode(errors="replace")
        return re.sub(r"\x1b\[[0-9;?>=]*[A-Za-z]|\x1b[()][A-Z0-9]|\r|\x07", "", text)

    def read(self, seconds=0.05):
        """Reads what there is; false at the end of the program."""
        try:
            data = self.child.read_nonblocking(65536, seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self.stream.feed(data)
        return True

    def wait(self, condition, what=""):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            alive = self.read()
            if condition():
                return
            assert alive, f"the program ended before {what or 'this'}:\n{self.text}"
            assert time.monotonic() < deadline, f"waited too long for {what or 'this'}:\n{self.text}"

    def wait_for(self, text):
        self.wait(lambda: text in self.text, repr(text))

    def wait_for_prompt(self, start=0):
        """Waits until a prompt has come after the byte `start` and nothing stands behind it."""
        self.wait(
            lambda: len(self.raw) > start and re.search(r"(^|\n)>> $", self.plain(start)) is not None, "a prompt")

    def end(self):
        """Waits for the program's end and returns its exit code, or minus its signal."""
        while self.read(1):
            pass
        self.child.wait() if self.child.isalive() else None
        self.child.close()
        return -self.child.signalstatus if self.child.signalstatus else self.child.exitstatus
