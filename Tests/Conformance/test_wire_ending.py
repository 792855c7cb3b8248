# SPDX-License-Identifier: Apache-2.0
"""The end of the process: on request, however busy; with its parent; by signals; leaving nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from wire import Client, cell, connection, easel, types

LOOP = "while True { }"
BUSY = {"idle": None, "looping": LOOP, "deaf": "%provoke deaf", "asking": 'input("? ")'}


@pytest.mark.parametrize("busy", BUSY)
@pytest.mark.parametrize("channel, restart", [("control", False), ("control", True), ("shell", False)])
def test_shutdown(fresh, busy, channel, restart):
    kernel = fresh(env={"EASEL_TRAPS": "1"})
    client = kernel.client()
    client.wait_until_ready()
    if BUSY[busy]:
        identity = client.send("shell", "execute_request", cell(BUSY[busy], allow_stdin=True))
        client.see(identity, "execute_input")
    started = time.monotonic()
    sent = client.send(channel, "shutdown_request", {"restart": restart})
    assert client.reply(sent, channel).content == {"status": "ok", "restart": restart}
    assert "shutdown_reply" in types(client.outputs(sent)), "other clients hear of it too"
    assert kernel.wait(2) == 0
    assert time.monotonic() - started < 2
    assert kernel.printed() == ""


def test_a_running_cell_is_answered_before_the_end(fresh):
    kernel = fresh()
    client = kernel.client()
    client.wait_until_ready()
    running = client.send("shell", "execute_request", cell(LOOP))
    waiting = client.send("shell", "execute_request", cell("1"))
    client.see(running, "execute_input")
    client.request("kernel_info_request")
    client.send("control", "shutdown_request", {"restart": False})
    assert client.reply(running).content["ename"] == "Interrupted"
    assert client.reply(waiting).content["status"] == "aborted"
    kernel.wait(2)


def test_an_ipc_kernel_leaves_no_file(fresh):
    kernel = fresh(transport="ipc")
    client = kernel.client()
    client.wait_until_ready()
    assert list(kernel.folder.glob("kernel-ipc*"))
    client.send("control", "shutdown_request", {"restart": False})
    kernel.wait(2)
    assert not list(kernel.folder.glob("kernel-ipc*"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("busy", ["idle", "deaf"])
def test_signals_that_end_it(fresh, number, busy):
    kernel = fresh(env={"EASEL_TRAPS": "1"})
    client = kernel.client()
    client.wait_until_ready()
    if BUSY[busy]:
        client.see(client.send("shell", "execute_request", cell(BUSY[busy])), "execute_input")
    kernel.process.send_signal(number)
    assert kernel.wait(2) == 128 + number


PARENT = """
import ctypes, os, subprocess, sys
command, file, folder, adopt = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4]
environment = {**os.environ, "JPY_PARENT_PID": str(os.getpid()), "EASEL_TRAPS": "1", "HOME": folder}
child = subprocess.Popen([command, "kernel", "-f", file], env=environment, start_new_session=True,
                         stdin=subprocess.DEVNULL)
print(child.pid, flush=True)
sys.stdin.read()
os._exit(0)
"""


@pytest.mark.parametrize("busy", ["idle", "deaf"])
@pytest.mark.parametrize("adopted", [False, True], ids=["init", "subreaper"])
def test_it_ends_with_its_parent(tmp_path, busy, adopted):
    """The parent is killed; whoever adopts the kernel, it notices."""
    if adopted:
        # From now on this process adopts the children of those below it, as a container's or session's first does.
        import ctypes

        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    info = connection("tcp", tmp_path, "key", "hmac-sha256", None)
    file = tmp_path / "connection.json"
    file.write_text(json.dumps(info))
    parent = subprocess.Popen([sys.executable, "-c", PARENT, easel(), str(file), str(tmp_path), ""],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    kernel = Existing(info)
    try:
        with Client(kernel) as client:
            client.wait_until_ready()
            if BUSY[busy]:
                client.see(client.send("shell", "execute_request", cell(BUSY[busy])), "execute_input")
        parent.kill()
        parent.wait()
        assert gone_within(child, 2)
    finally:
        if adopted:
            import ctypes

            ctypes.CDLL(None).prctl(36, 0, 0, 0, 0)


class Existing:
    """A kernel that somebody else started."""

    is_alive = True

    def __init__(self, info):
        self.info, self.key, self.scheme, self.curve = info, info["key"], info["signature_scheme"], None


def gone_within(process, seconds):
    """Whether a process ends in time; it may have become a child of ours."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if os.waitpid(process, os.WNOHANG)[0] == process:
                return True
        except ChildProcessError:
            if not is_running(process):
                return True
        time.sleep(0.02)
    return False


def is_running(process):
    """Whether a process exists and has not ended; one that has may wait for its parent to ask."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_parent_number_of_a_stranger_is_not_watched(fresh):
    """The number may come from another container, where it means another process."""
    stranger = subprocess.Popen(["sleep", "100"])
    try:
        kernel = fresh(parent=stranger.pid)
        stranger.kill()
        stranger.wait()
        time.sleep(1.5)
        assert kernel.is_alive
    finally:
        stranger.kill()


def test_a_client_that_vanishes_leaves_the_kernel_running(fresh):
    kernel = fresh()
    with kernel.client() as client:
        client.wait_until_ready()
        client.send("shell", "execute_request", cell("for i in range(100000) { print(i) }"))
    with kernel.client() as client:
        client.wait_until_ready()
        assert client.execute("1", timeout=30)[0]["status"] == "ok"


def test_an_idle_kernel_burns_no_processor_time(fresh):
    kernel = fresh()
    ticks = cpu(kernel.process.pid)
    time.sleep(2)
    assert cpu(kernel.process.pid) - ticks <= 1


def cpu(process):
    """The processor time of a process in ticks of 10 ms."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def test_a_restart_on_the_same_file_works(fresh):
    kernel = fresh()
    client = kernel.client()
    client.wait_until_ready()
    session = client.request("kernel_info_request")[0].header["session"]
    client.send("control", "shutdown_request", {"restart": True})
    kernel.wait(2)
    again = subprocess.Popen([easel(), "kernel", "-f", str(kernel.file)], start_new_session=True,
                             stdin=subprocess.DEVNULL, env={**os.environ, "HOME": str(kernel.folder)})
    try:
        existing = Existing(kernel.info)
        with Client(existing) as second:
            second.wait_until_ready()
            assert second.request("kernel_info_request")[0].header["session"] != session
            second.send("control", "shutdown_request", {"restart": False})
        assert again.wait(2) == 0
    finally:
        again.kill()


def test_what_is_sent_before_it_listens_is_answered(fresh):
    """Clients connect before the kernel binds.

    What it publishes then may find no subscriber yet: each socket connects by itself. So the answer alone is waited for,
    and the welcome tells when the subscription has arrived.
    """
    kernel = fresh(wait=False)
    client = kernel.client()
    sent = client.send("shell", "kernel_info_request")
    assert client.reply(sent, timeout=5).content["status"] == "ok"
    client.find(lambda m: m.type == "iopub_welcome", "iopub", 5)
    assert client.request("kernel_info_request", timeout=5)[0].content["status"] == "ok"
