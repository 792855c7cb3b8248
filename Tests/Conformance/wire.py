# SPDX-License-Identifier: Apache-2.0
"""A client that speaks raw ZeroMQ, so that it can also send what no well-behaved client would.

Everything that the kernel sends is checked on arrival: frames, signature, header, and the content against the schema
in protocol/messages.
"""

import hashlib
import hmac
import json
import os
import random
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

import zmq
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "protocol" / "messages"
DELIMITER = b"<IDS|MSG>"
CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
TIMEOUT = 20.0


def easel():
    """The program under test: $EASEL, or the newest build."""
    if "EASEL" in os.environ:
        return os.environ["EASEL"]
    builds = [ROOT / ".build" / kind / "easel" for kind in ("release", "debug")]
    builds = [path for path in builds if path.exists()]
    assert builds, "build easel first: swift build --product easel"
    return str(max(builds, key=lambda path: path.stat().st_mtime))


@cache
def validator(name):
    """The validator of a schema in protocol/messages; unknown replies share one."""
    path = SCHEMAS / f"{name}.json"
    if not path.exists():
        path = SCHEMAS / "unknown_reply.json"
    return Draft202012Validator(json.loads(path.read_text()), registry=registry())


@cache
def registry():
    resources = [(path.name, Resource.from_contents(json.loads(path.read_text()))) for path in SCHEMAS.glob("*.json")]
    return Registry().with_resources(resources)


@dataclass
class Message:
    """A message from the kernel, already checked."""

    channel: str
    identities: list
    header: dict
    parent: dict
    parent_bytes: bytes
    metadata: dict
    content: dict
    buffers: list
    at: float = field(default_factory=time.monotonic)

    @property
    def sent(self):
        """When the kernel made it, in seconds."""
        return datetime.fromisoformat(self.header["date"]).timestamp()

    @property
    def type(self):
        return self.header["msg_type"]


class Timeout(AssertionError):
    """Nothing came in time."""


class Kernel:
    """A kernel process with a connection file of our own."""

    def __init__(self, transport="tcp", key="conformance-key", scheme="hmac-sha256", curve=False, env=None,
                 parent=None, folder=None, wait=True, command=None):
        self.folder = Path(folder or tempfile.mkdtemp(prefix="easel-wire-"))
        self.file = self.folder / "connection.json"
        self.key, self.scheme = key, scheme
        self.curve = zmq.curve_keypair() if curve else None
        self.info = connection(transport, self.folder, key, scheme, self.curve)
        self.file.write_text(json.dumps(self.info))
        self.output = open(self.folder / "output.txt", "w+b")
        environment = {**os.environ, "EASEL_LOG": "warning", "HOME": str(self.folder), **(env or {})}
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            environment.pop(name, None)
        if parent is not None:
            environment["JPY_PARENT_PID"] = str(parent)
        command = command or [easel(), "kernel", "--connection-file"]
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [*command, str(self.file)], stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output,
            env=environment, start_new_session=True, cwd=self.folder)
        self.clients = []
        if wait:
            with self.client() as client:
                client.wait_until_ready()

    def client(self, **options):
        client = Client(self, **options)
        self.clients.append(client)
        return client

    def wait(self, timeout=TIMEOUT):
        """Waits for the end of the process and returns its exit code."""
        return self.process.wait(timeout)

    def interrupt(self):
        os.killpg(self.process.pid, signal.SIGINT)

    @property
    def is_alive(self):
        return self.process.poll() is None

    def printed(self):
        """What the process wrote to its own standard output and error."""
        self.output.flush()
        return (self.folder / "output.txt").read_bytes().decode(errors="replace")

    def close(self):
        for client in self.clients:
            client.close()
        if self.is_alive:
            self.process.kill()
        self.process.wait()
        self.output.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def bind_below_ephemeral(held):
    """Binds to a free port below those that connecting sockets are given.

    A client that connects before the kernel listens could otherwise be given that very port and hold it.
    """
    while True:
        try:
            return held.bind(("127.0.0.1", random.randrange(12000, 32000)))
        except OSError:
            continue


def connection(transport, folder, key, scheme, curve):
    """The content of a connection file with addresses that are free."""
    info = {"transport": transport, "key": key, "signature_scheme": scheme, "kernel_name": "easel"}
    if transport == "tcp":
        info["ip"] = "127.0.0.1"
        sockets = [socket.socket() for _ in CHANNELS]
        for name, held in zip(CHANNELS, sockets):
            bind_below_ephemeral(held)
            info[f"{name}_port"] = held.getsockname()[1]
        for held in sockets:
            held.close()
    else:
        info["ip"] = str(folder / "kernel-ipc")
        info.update({f"{name}_port": index + 1 for index, name in enumerate(CHANNELS)})
    if curve:
        info["curve_publickey"], info["curve_secretkey"] = (part.decode() for part in curve)
    return info


class Client:
    """Five sockets to a kernel."""

    def __init__(self, kernel, identity=None, subscribe=b"", session=None, channels=CHANNELS):
        self.kernel = kernel
        self.session = session or uuid.uuid4().hex
        self.context = zmq.Context()
        self.sockets = {}
        self.received = []
        self.last_id = None
        kinds = {"shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "iopub": zmq.SUB, "hb": zmq.REQ}
        for name in channels:
            self.sockets[name] = self.open(name, kinds[name], identity or self.session.encode())
        if subscribe is not None and "iopub" in self.sockets:
            self.sockets["iopub"].setsockopt(zmq.SUBSCRIBE, subscribe)

    def open(self, name, kind, identity=None):
        made = self.context.socket(kind)
        made.setsockopt(zmq.LINGER, 0)
        made.setsockopt(zmq.RECONNECT_IVL, 5)
        if identity and kind == zmq.DEALER:
            made.setsockopt(zmq.IDENTITY, identity)
        if self.kernel.curve:
            made.curve_publickey, made.curve_secretkey = zmq.curve_keypair()
            made.curve_serverkey = self.kernel.curve[0]
        made.connect(self.address(name))
        return made

    def address(self, name):
        info = self.kernel.info
        separator = ":" if info["transport"] == "tcp" else "-"
        return f"{info['transport']}://{info['ip']}{separator}{info[name + '_port']}"

    # Sending

    def header(self, kind, **more):
        self.last_id = f"{self.session}-{uuid.uuid4().hex}"
        return {"msg_id": self.last_id, "session": self.session, "username": "conformance", "msg_type": kind,
                "date": "2026-01-01T00:00:00.000000Z", "version": "5.5", **more}

    def sign(self, frames):
        if not self.kernel.key:
            return b""
        digest = {"hmac-sha256": hashlib.sha256, "hmac-sha512": hashlib.sha512}[self.kernel.scheme]
        return hmac.new(self.kernel.key.encode(), b"".join(frames), digest).hexdigest().encode()

    def frames(self, kind, content=None, parent=None, metadata=None, buffers=(), **header):
        """The frames of a good message; bytes are taken as they are."""
        def raw(part):
            return part if isinstance(part, bytes) else json.dumps(part).encode()

        parts = [raw(self.header(kind, **header)), raw(parent or {}), raw({} if metadata is None else metadata),
                 raw({} if content is None else content)]
        return [DELIMITER, self.sign(parts), *parts, *buffers]

    def send_frames(self, channel, frames):
        self.sockets[channel].send_multipart(frames)

    def send(self, channel, kind, content=None, **options):
        frames = self.frames(kind, content, **options)
        identity = self.last_id
        self.send_frames(channel, frames)
        return identity

    # Receiving

    def receive(self, channel, timeout=TIMEOUT):
        """The next message of a channel, checked."""
        if not self.sockets[channel].poll(max(0, timeout) * 1000):
            raise Timeout(f"nothing on {channel} within {timeout} s")
        return self.check(channel, self.sockets[channel].recv_multipart())

    def check(self, channel, frames):
        place = frames.index(DELIMITER)
        signature, *parts = frames[place + 1:place + 6]
        assert len(parts) == 4, "a message with too few frames"
        assert hmac.compare_digest(signature, self.sign(parts)), "a wrong signature"
        header, parent, metadata, content = (json.loads(part) for part in parts)
        message = Message(channel, frames[:place], header, parent, parts[1], metadata, content, frames[place + 6:])
        validator("header").validate(header)
        validator(message.type).validate(content)
        assert isinstance(metadata, dict) and isinstance(parent, dict)
        return message

    def reply(self, identity, channel="shell", timeout=TIMEOUT):
        """The reply to a request; other replies are kept for later."""
        return self.find(lambda m: m.channel == channel and m.parent.get("msg_id") == identity, channel, timeout)

    def outputs(self, identity, timeout=TIMEOUT):
        """Everything on iopub for a request, up to its idle status, checked for order."""
        found = []
        deadline = time.monotonic() + timeout
        while True:
            message = self.find(lambda m: m.channel == "iopub" and m.parent.get("msg_id") == identity, "iopub",
                                deadline - time.monotonic())
            found.append(message)
            state = message.content.get("execution_state") if message.type == "status" else None
            assert (state == "busy") == (len(found) == 1), "busy is the first message of a request, once"
            if state == "idle":
                return found

    def find(self, wanted, channel, timeout=TIMEOUT):
        for index, message in enumerate(self.received):
            if wanted(message):
                return self.received.pop(index)
        deadline = time.monotonic() + timeout
        while True:
            message = self.receive(channel, deadline - time.monotonic())
            if wanted(message):
                return message
            self.received.append(message)

    def see(self, identity, *wanted, timeout=TIMEOUT):
        """Waits for a message of one of the wanted types about a request on iopub, and leaves it for `outputs`."""
        message = self.find(lambda m: m.parent.get("msg_id") == identity and m.type in wanted, "iopub", timeout)
        self.received.append(message)
        self.received.sort(key=lambda m: m.at)
        return message

    def nothing_more(self, channel, seconds=0.2):
        """Whether a channel stays silent."""
        return not self.sockets[channel].poll(seconds * 1000)

    # Whole conversations

    def request(self, kind, content=None, channel="shell", timeout=TIMEOUT, **options):
        """Sends a request; returns its reply and what came on iopub."""
        identity = self.send(channel, kind, content, **options)
        return self.reply(identity, channel, timeout), self.outputs(identity, timeout)

    def execute(self, code, timeout=TIMEOUT, **fields):
        """Executes a cell; returns its reply's content and what came on iopub between busy and idle."""
        reply, outputs = self.request("execute_request", cell(code, **fields), timeout=timeout)
        return reply.content, outputs[1:-1]

    def wait_until_ready(self, timeout=TIMEOUT):
        """Asks until the kernel answers and its published messages arrive.

        The welcome comes first: what a kernel publishes before a subscription has reached it nobody hears.
        """
        deadline = time.monotonic() + timeout
        self.wait_for_welcome(timeout)
        while True:
            assert self.kernel.is_alive, f"the kernel has ended: {self.kernel.printed()}"
            try:
                self.request("kernel_info_request", timeout=1)
                return
            except Timeout:
                assert time.monotonic() < deadline, "the kernel does not answer"

    def wait_for_welcome(self, timeout=TIMEOUT):
        """Waits until the subscription has reached the kernel, and leaves the message that says so."""
        self.received.append(self.find(lambda m: m.type == "iopub_welcome", "iopub", timeout))

    def beat(self, data=b"ping", timeout=TIMEOUT):
        """One heartbeat; returns what came back."""
        self.sockets["hb"].send(data)
        assert self.sockets["hb"].poll(timeout * 1000), "no heartbeat"
        return self.sockets["hb"].recv()

    def close(self):
        for made in self.sockets.values():
            made.close(0)
        self.context.destroy(0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def cell(code, **fields):
    """The content of an execute_request with the usual fields."""
    return {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": True, **fields}


def text(outputs, stream="stdout"):
    """What was printed on a stream."""
    return "".join(m.content["text"] for m in outputs if m.type == "stream" and m.content["name"] == stream)


def types(outputs):
    """The types of messages, in order."""
    return [message.type for message in outputs]
