# SPDX-License-Identifier: Apache-2.0
"""Requests and their answers: channels, identities, headers, statuses, sizes."""

import json
import time
import uuid

import pytest
import zmq
from wire import DELIMITER, cell, text, types

BUSY = "while True { }"


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_kernel_info_on_both_channels(client, channel):
    reply, outputs = client.request("kernel_info_request", channel=channel)
    assert reply.content["protocol_version"] == "5.5"
    assert reply.content["language_info"]["name"] == "easel"
    assert types(outputs) == ["status", "status"]


def test_the_session_is_the_kernels_own(client):
    first, _ = client.request("kernel_info_request")
    second, _ = client.request("kernel_info_request")
    assert first.header["session"] == second.header["session"] != client.session
    assert first.header["msg_id"] != second.header["msg_id"]


def test_parent_header_comes_back_byte_for_byte(client):
    header = json.dumps(client.header("kernel_info_request", unknown={"deep": [1e308, 12345678901234567890123]}),
                        indent=3).replace("conformance", "conform\\u00e4nce").encode()
    parts = [header, b"{}", b"{}", b"{}"]
    client.send_frames("shell", [DELIMITER, client.sign(parts), *parts])
    identity = json.loads(header)["msg_id"]
    assert client.reply(identity).parent_bytes == header
    assert all(message.parent_bytes == header for message in client.outputs(identity))


def test_several_identity_frames(client):
    frames = client.frames("kernel_info_request")
    client.send_frames("shell", [b"one", b"", b"three", *frames])
    reply = client.receive("shell")
    assert reply.identities == [b"one", b"", b"three"]


def test_a_client_that_comes_back_under_its_identity_is_answered(kernel):
    identity = uuid.uuid4().bytes
    first = kernel.client(identity=identity)
    first.wait_until_ready()
    with kernel.client(identity=identity) as second:
        second.wait_until_ready()
        assert second.request("kernel_info_request")[0].content["status"] == "ok"


def test_every_subscriber_is_welcomed(kernel):
    for topic in (b"", b"", b"kernel."):
        with kernel.client(subscribe=topic, channels=("iopub",)) as client:
            welcome = client.find(lambda m: m.type == "iopub_welcome", "iopub")
            assert welcome.content == {"subscription": topic.decode()}
            assert welcome.identities == [topic]
            assert welcome.parent == {}


def test_topics_can_be_chosen(kernel, client):
    session = client.request("kernel_info_request")[0].header["session"]
    with kernel.client(subscribe=f"kernel.{session}.stream".encode()) as listener:
        listener.find(lambda m: m.type == "iopub_welcome", "iopub")
        listener.execute_id = listener.send("shell", "execute_request", cell('print("topic")'))
        assert listener.receive("iopub").content["text"] == "topic\n"
        assert listener.reply(listener.execute_id).content["status"] == "ok"
        assert listener.nothing_more("iopub")


def test_heartbeat_echoes(client):
    for data in (b"ping", b"", bytes(range(256)) * 100):
        assert client.beat(data) == data


def test_an_unknown_request_gets_an_error_reply(client):
    for channel in ("shell", "control"):
        reply, outputs = client.request("frobnicate_request", {"a": 1}, channel=channel)
        assert reply.type == "frobnicate_reply" and reply.content["status"] == "error"
        assert types(outputs) == ["status", "status"]


def test_a_message_that_is_no_request_gets_busy_and_idle(client):
    identity = client.send("shell", "iopub_welcome", {"subscription": ""})
    assert types(client.outputs(identity)) == ["status", "status"]
    assert client.nothing_more("shell")


@pytest.mark.parametrize("what", ["code", "buffer"])
def test_twenty_megabytes(client, what):
    if what == "code":
        reply, _ = client.request("execute_request", cell("# " + "x" * 20_000_000), timeout=60)
    else:
        reply, _ = client.request("kernel_info_request", buffers=[b"\0" * 20_000_000], timeout=60)
    assert reply.content["status"] == "ok"


def test_pipelined_cells_are_answered_in_order(client):
    sent = [client.send("shell", "execute_request", cell(f"print({number})")) for number in range(50)]
    answers = [client.receive("shell") for _ in sent]
    assert [answer.parent["msg_id"] for answer in answers] == sent
    counts = [answer.content["execution_count"] for answer in answers]
    assert counts == list(range(counts[0], counts[0] + 50))
    assert [text(client.outputs(identity)) for identity in sent] == [f"{number}\n" for number in range(50)]


def test_questions_and_heartbeat_are_answered_while_a_cell_runs(client):
    busy = client.send("shell", "execute_request", cell(BUSY))
    client.see(busy, "execute_input")
    slowest = 0
    for _ in range(20):
        for kind, channel, content in [
            ("kernel_info_request", "control", None), ("kernel_info_request", "shell", None),
            ("complete_request", "shell", {"code": "pri", "cursor_pos": 3}),
            ("inspect_request", "shell", {"code": "print", "cursor_pos": 3}),
            ("is_complete_request", "shell", {"code": "1+"}),
            ("history_request", "shell", {"hist_access_type": "tail", "n": 3, "output": False, "raw": True}),
            ("comm_info_request", "control", None),
        ]:
            started = time.monotonic()
            reply, _ = client.request(kind, content, channel=channel)
            slowest = max(slowest, time.monotonic() - started)
            assert reply.content["status"] != "error"
        started = time.monotonic()
        client.beat()
        slowest = max(slowest, time.monotonic() - started)
    client.request("interrupt_request", channel="control")
    assert client.reply(busy).content["status"] == "error"
    client.outputs(busy)
    assert slowest < 0.5, "a running cell must not hold answers back"


def test_a_question_does_not_make_a_running_cell_look_idle(client):
    """Clients take the last status for the state of the kernel."""
    busy = client.send("shell", "execute_request", cell(BUSY))
    client.see(busy, "execute_input")
    for kind, content in [("complete_request", {"code": "p", "cursor_pos": 1}), ("comm_info_request", {}),
                          ("history_request", {"hist_access_type": "tail", "n": 1})]:
        asked = client.send("shell", kind, content)
        client.reply(asked)
        client.outputs(asked)
        after = client.receive("iopub")
        assert after.content == {"execution_state": "busy"} and after.parent == {}
    client.request("interrupt_request", channel="control")
    client.reply(busy)
    assert types(client.outputs(busy)).count("status") == 2


def test_a_subscriber_that_never_reads_does_not_hurt_the_others(kernel, client):
    deaf = kernel.client(channels=("iopub",))
    deaf.sockets["iopub"].setsockopt(zmq.RCVHWM, 1)
    for _ in range(30):
        reply, _ = client.execute('for i in range(50) { print("x") }')
        assert reply["status"] == "ok"
