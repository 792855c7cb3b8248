# SPDX-License-Identifier: Apache-2.0
"""A crash says so in its cell, and the next start tells about it."""

import os
import subprocess

import pytest
from wire import Client, cell, easel, text, types

TRAPS = ["overflow", "bounds", "missing", "fatal", "stack", "null", "abort"]


@pytest.mark.parametrize("trap", TRAPS)
def test_last_words(fresh, trap):
    kernel = fresh(env={"EASEL_TRAPS": "1"})
    client = kernel.client()
    client.wait_until_ready()
    identity = client.send("shell", "execute_request", cell('print("before")'))
    client.reply(identity)
    identity = client.send("shell", "execute_request", cell(f"%provoke {trap}"))
    reply = client.reply(identity, timeout=5).content
    assert reply["status"] == "error" and reply["ename"] == "KernelCrash"
    outputs = client.outputs(identity)
    error = [m for m in outputs if m.type == "error"]
    assert len(error) == 1 and error[0].content["traceback"]
    assert ("stack" in reply["evalue"]) == (trap == "stack")
    assert kernel.wait(5) != 0


def test_the_next_start_tells_about_it(fresh):
    kernel = fresh(env={"EASEL_TRAPS": "1"})
    client = kernel.client()
    client.wait_until_ready()
    client.send("shell", "execute_request", cell("%provoke fatal"))
    kernel.wait(5)
    client.close()
    again = subprocess.Popen([easel(), "kernel", "-f", str(kernel.file)], start_new_session=True,
                             stdin=subprocess.DEVNULL, env={**os.environ, "HOME": str(kernel.folder)})
    try:
        with Client(kernel) as second:
            kernel.process = again
            second.wait_until_ready()
            _, first = second.execute("1 + 1")
            assert "stopped" in text(first, "stderr")
            _, later = second.execute("1 + 1")
            assert text(later, "stderr") == "" and types(later) == ["execute_input", "execute_result"]
            second.send("control", "shutdown_request", {"restart": False})
            again.wait(2)
    finally:
        again.kill()
    assert not list(kernel.folder.glob("*.crash"))


def test_without_the_variable_nothing_can_be_provoked(client):
    reply, _ = client.execute("%provoke fatal")
    assert reply["status"] == "error" and reply["ename"] != "KernelCrash"
    assert client.execute("1")[0]["status"] == "ok"
