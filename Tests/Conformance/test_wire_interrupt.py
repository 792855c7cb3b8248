# SPDX-License-Identifier: Apache-2.0
"""Stopping cells: by signal and by message, at any moment, and never the wrong one."""

import random
import time

import pytest
from wire import cell, text, types

LOOP = "while True { }"


def start_loop(client, code=LOOP):
    identity = client.send("shell", "execute_request", cell(code))
    client.see(identity, "execute_input")
    return identity


def stop(kernel, client, way):
    if way == "signal":
        kernel.interrupt()
    else:
        assert client.request("interrupt_request", channel=way)[0].content["status"] == "ok"


@pytest.mark.parametrize("way", ["signal", "control", "shell"])
def test_an_endless_loop_stops(kernel, client, way):
    client.execute("kept = 7")
    identity = start_loop(client)
    started = time.monotonic()
    stop(kernel, client, way)
    reply = client.reply(identity)
    assert time.monotonic() - started < 1
    assert reply.content["status"] == "error" and reply.content["ename"] == "Interrupted"
    assert types(client.outputs(identity)).count("error") == 1
    assert client.execute("kept")[1][-1].content["data"]["text/plain"] == "7", "the state is kept"


@pytest.mark.parametrize("way", ["signal", "control"])
def test_while_idle_nothing_happens(kernel, client, way):
    for _ in range(5):
        stop(kernel, client, way)
    time.sleep(0.1)
    reply, outputs = client.execute('print("fine")')
    assert reply["status"] == "ok" and text(outputs) == "fine\n"


@pytest.mark.parametrize("way", ["signal", "control"])
def test_a_hundred_interrupts_racing_the_end_of_a_cell(kernel, client, way):
    """Each request is answered, each interrupt hits its own cell or none."""
    chance = random.Random(7)
    client.execute("count = 0")
    hits = 0
    for number in range(100):
        identity = client.send("shell", "execute_request", cell("for i in range(2000) { count = count + 1 }"))
        time.sleep(chance.random() * 0.004)
        stop(kernel, client, way)
        reply = client.reply(identity).content
        outputs = client.outputs(identity)
        assert reply["status"] in ("ok", "error")
        assert types(outputs).count("error") == (reply["status"] == "error")
        hits += reply["status"] == "error"
        after, shown = client.execute(f"print({number})")
        assert after["status"] == "ok" and text(shown) == f"{number}\n", "the next cell was hit"
    assert client.execute("count > 0")[1][-1].content["data"]["text/plain"] == "True"


def test_an_interrupt_straight_after_the_request_stops_the_cell(client):
    """A cell that is handed over but has not begun is stopped all the same."""
    for _ in range(30):
        identity = client.send("shell", "execute_request", cell(LOOP))
        client.see(identity, "status")
        client.request("interrupt_request", channel="control")
        assert client.reply(identity).content["ename"] == "Interrupted"
        client.outputs(identity)


def test_an_interrupt_aborts_the_queue(client):
    identity = start_loop(client)
    queued = client.send("shell", "execute_request", cell('print("never")'))
    client.request("kernel_info_request")
    client.request("interrupt_request", channel="control")
    assert client.reply(identity).content["status"] == "error"
    assert client.reply(queued).content["status"] == "aborted"
    client.outputs(identity)
    client.outputs(queued)


def test_many_interrupts_at_once(kernel, client):
    identity = start_loop(client)
    for _ in range(20):
        kernel.interrupt()
        client.send("control", "interrupt_request")
    assert client.reply(identity).content["ename"] == "Interrupted"
    client.outputs(identity)
    assert client.execute("1")[0]["status"] == "ok"
