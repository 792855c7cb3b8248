# SPDX-License-Identifier: Apache-2.0
"""What a kernel is like to wait for: one number after the other, over a raw ZeroMQ client that costs little itself."""

import hashlib
import hmac
import json
import os
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import zmq

DELIMITER = b"<IDS|MSG>"
CHANNELS = {"shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "iopub": zmq.SUB, "hb": zmq.REQ}
KEY = b"benchmark-key"


class Silence(Exception):
    """Nothing came in time, or the kernel is gone."""


class Kernel:
    """A kernel process, and a client of it; times are in seconds."""

    def __init__(self, command):
        self.folder = Path(tempfile.mkdtemp(prefix="wire-bench-"))
        self.file = self.folder / "connection.json"
        held = [socket.socket() for _ in CHANNELS]
        for each in held:
            each.bind(("127.0.0.1", 0))
        ports = {f"{name}_port": each.getsockname()[1] for name, each in zip(CHANNELS, held)}
        for each in held:
            each.close()
        self.info = {"transport": "tcp", "ip": "127.0.0.1", "key": KEY.decode(), "signature_scheme": "hmac-sha256",
                     "kernel_name": "", **ports}
        self.file.write_text(json.dumps(self.info))
        self.command = [part.replace("{connection_file}", str(self.file)) for part in command]
        self.context = zmq.Context()
        self.session = uuid.uuid4().hex
        self.started = time.perf_counter()
        environment = {**os.environ, "HOME": str(self.folder), "IPYTHONDIR": str(self.folder), "EASEL_IOPUB_RATE": "unlimited"}
        self.process = subprocess.Popen(self.command, env=environment, cwd=self.folder, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.sockets = {name: self.open(name, kind) for name, kind in CHANNELS.items()}

    def open(self, name, kind):
        made = self.context.socket(kind)
        made.setsockopt(zmq.LINGER, 0)
        # Clients connect before the kernel listens; the default interval would hide how fast it starts.
        made.setsockopt(zmq.RECONNECT_IVL, 5)
        made.setsockopt(zmq.RCVHWM, 0)
        if kind == zmq.DEALER:
            made.setsockopt(zmq.IDENTITY, self.session.encode())
        if kind == zmq.SUB:
            made.setsockopt(zmq.SUBSCRIBE, b"")
        made.connect(f"tcp://127.0.0.1:{self.info[name + '_port']}")
        return made

    # Messages

    def send(self, channel, kind, content=None, buffers=()):
        name = uuid.uuid4().hex
        header = {"msg_id": name, "session": self.session, "username": "bench", "msg_type": kind,
                  "date": "2026-01-01T00:00:00.000000Z", "version": "5.4"}
        parts = [json.dumps(part).encode() for part in (header, {}, {}, content or {})]
        signature = hmac.new(KEY, b"".join(parts), hashlib.sha256).hexdigest().encode()
        self.sockets[channel].send_multipart([DELIMITER, signature, *parts, *buffers])
        return name

    def receive(self, channel, deadline):
        if not self.sockets[channel].poll(max(0, deadline - time.perf_counter()) * 1000):
            raise Silence(f"nothing on {channel}")
        frames = self.sockets[channel].recv_multipart()
        place = frames.index(DELIMITER)
        # A kernel may name no parent at all.
        return [json.loads(frame) or {} for frame in frames[place + 2:place + 6]]

    def reply(self, name, channel="shell", timeout=30):
        deadline = time.perf_counter() + timeout
        while True:
            _, parent, _, content = self.receive(channel, deadline)
            if parent.get("msg_id") == name:
                return content

    def idle(self, name, timeout=30):
        """Everything published about a request, up to its idle status."""
        found = []
        deadline = time.perf_counter() + timeout
        while True:
            header, parent, _, content = self.receive("iopub", deadline)
            if parent.get("msg_id") != name:
                continue
            found.append((header["msg_type"], content))
            if content.get("execution_state") == "idle":
                return found

    def busy(self, name, timeout=30):
        deadline = time.perf_counter() + timeout
        while True:
            header, parent, _, content = self.receive("iopub", deadline)
            if parent.get("msg_id") == name and header["msg_type"] == "execute_input":
                return

    def ready(self, timeout=60):
        """Waits for the first answer; returns the time since the start of the process."""
        name = self.send("shell", "kernel_info_request")
        self.reply(name, timeout=timeout)
        took = time.perf_counter() - self.started
        # The subscription may lag behind.
        for _ in range(200):
            again = self.send("shell", "kernel_info_request")
            self.reply(again)
            try:
                self.idle(again, timeout=0.2)
                return took
            except Silence:
                continue
        raise Silence("nothing on iopub")

    def execute(self, code, timeout=60):
        return self.send("shell", "execute_request", cell(code))

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.context.destroy(0)


def cell(code):
    return {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": True}


def clock(body):
    start = time.perf_counter()
    body()
    return time.perf_counter() - start


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def middle(values, share=None):
    """Median and another percentile, or the worst, in milliseconds."""
    other = max(values) if share is None else percentile(values, share)
    return [round(statistics.median(values) * 1000, 3), round(other * 1000, 3)]


# One row each; they return [figure, second figure], or raise Silence.

def cold_start(kind, runs):
    took = []
    for _ in range(runs):
        kernel = Kernel(kind["command"])
        try:
            took.append(kernel.ready())
        finally:
            kernel.close()
    return middle(took)


def execute(kernel, kind, runs):
    replies, idles = [], []
    for _ in range(runs):
        start = time.perf_counter()
        name = kernel.execute("1+1")
        kernel.reply(name)
        replies.append(time.perf_counter() - start)
        kernel.idle(name)
        idles.append(time.perf_counter() - start)
    return {"execute to reply, ms: median, p99": middle(replies, 0.99),
            "execute to idle, ms: median, p99": middle(idles, 0.99)}


def pipelined(kernel, kind, runs):
    def all_of_them():
        names = [kernel.execute("1+1") for _ in range(runs)]
        for name in names:
            kernel.reply(name, timeout=120)
        kernel.idle(names[-1], timeout=120)
    return [round(runs / clock(all_of_them)), None]


def completion(kernel, kind, runs):
    took = []
    for _ in range(runs):
        content = {"code": kind["complete"], "cursor_pos": len(kind["complete"])}
        took.append(clock(lambda: kernel.reply(kernel.send("shell", "complete_request", content))))
    return middle(took, 0.99)


def control(kernel, kind, runs, busy=False):
    took = []
    name = None
    if busy:
        name = kernel.execute(kind["loop"])
        kernel.busy(name)
        time.sleep(0.3)
    for _ in range(runs):
        took.append(clock(lambda: kernel.reply(kernel.send("control", "kernel_info_request"), "control", timeout=5)))
    if busy:
        kernel.process.send_signal(signal.SIGINT)
        try:
            kernel.reply(name, timeout=10)
            kernel.idle(name)
        except Silence:
            pass
    return middle(took)


def lines(kernel, kind, runs):
    took, messages = [], []
    for _ in range(runs):
        start = time.perf_counter()
        name = kernel.execute(kind["lines"])
        kernel.reply(name, timeout=60)
        found = kernel.idle(name, timeout=60)
        took.append(time.perf_counter() - start)
        streams = [content["text"] for what, content in found if what == "stream"]
        messages.append(len(streams))
        printed = "".join(streams)
        lost = 20000 - printed.count("\n")
        if lost:
            raise Silence(f"{lost} of 20,000 lines lost")
    return [round(statistics.median(took), 3), max(messages)]


def interrupt(kernel, kind, runs, way):
    took = []
    for _ in range(runs):
        name = kernel.execute(kind["loop"])
        kernel.busy(name)
        time.sleep(0.15)
        start = time.perf_counter()
        if way == "signal":
            os.killpg(kernel.process.pid, signal.SIGINT)
        else:
            kernel.send("control", "interrupt_request")
        content = kernel.reply(name, timeout=5)
        took.append(time.perf_counter() - start)
        if content["status"] == "ok":
            raise Silence("not interrupted")
        kernel.idle(name)
    return middle(took)


def large(kernel, kind, runs):
    code = kind["comment"] + "x" * 20_000_000
    code_took = clock(lambda: kernel.idle(kernel.execute(code), timeout=120))
    buffer = b"\0" * 20_000_000

    def with_buffer():
        kernel.reply(kernel.send("shell", "kernel_info_request", buffers=[buffer]), timeout=60)
    return [round(code_took, 3), round(clock(with_buffer), 3)]


def memory(process):
    fields = Path(f"/proc/{process}/status").read_text().split("VmRSS:")[1].split()
    return int(fields[0]) / 1024


def growth(kernel, kind, runs):
    before = memory(kernel.process.pid)
    for number in range(runs):
        kernel.idle(kernel.execute(f"{number} + 1"))
    return [round(memory(kernel.process.pid) - before, 1), None]


def processor(kernel, kind, runs):
    def ticks():
        fields = Path(f"/proc/{kernel.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])
    before = ticks()
    time.sleep(runs)
    return [round((ticks() - before) / runs, 2), None]


def shutdown(kind, runs, busy=False):
    took = []
    for _ in range(runs):
        kernel = Kernel(kind["command"])
        try:
            kernel.ready()
            if busy:
                kernel.busy(kernel.execute(kind["loop"]))
                time.sleep(0.2)
            start = time.perf_counter()
            kernel.send("control", "shutdown_request", {"restart": False})
            try:
                kernel.process.wait(5)
            except subprocess.TimeoutExpired as late:
                raise Silence("still there after 5 s") from late
            took.append(time.perf_counter() - start)
        finally:
            kernel.close()
    return middle(took)
