# SPDX-License-Identifier: Apache-2.0
"""Messages that nobody should send: dropped or answered with an error, never executed, never the end of the kernel."""

import json
import time

import pytest
from wire import DELIMITER, cell, text

EVIL = cell('print("executed")')


def still_serves(client):
    """Shell and control answer, and nothing was executed in between."""
    for channel in ("shell", "control"):
        reply, _ = client.request("kernel_info_request", channel=channel)
        assert reply.content["status"] == "ok"
    published = [m for m in client.received if m.type == "stream"]
    assert not published, "something was executed"


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
@pytest.mark.parametrize("name", [
    "no frames", "no delimiter", "only delimiter", "three frames", "empty frames", "many frames", "garbage",
    "wrong signature", "no signature", "short signature", "signature of others", "upper-case signature",
])
def test_broken_frames(client, channel, name):
    good = client.frames("execute_request", EVIL)
    broken = {
        "no frames": [b""],
        "no delimiter": good[1:],
        "only delimiter": [DELIMITER],
        "three frames": good[:4],
        "empty frames": [DELIMITER, b"", b"", b"", b"", b""],
        "many frames": [*good, *[b"x"] * 3000],
        "garbage": [bytes(range(256)), b"\xff" * 1000],
        "wrong signature": [good[0], b"0" * 64, *good[2:]],
        "no signature": [good[0], b"", *good[2:]],
        "short signature": [good[0], good[1][:-1], *good[2:]],
        "signature of others": [good[0], client.frames("execute_request", EVIL)[1], *good[2:]],
        "upper-case signature": [good[0], good[1].upper() + b"\0", *good[2:]],
    }[name]
    client.send_frames(channel, broken)
    still_serves(client)


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_a_replayed_message_is_not_executed_again(client, channel):
    frames = client.frames("execute_request" if channel == "shell" else "kernel_info_request", cell('print("once")'))
    identity = client.last_id
    client.send_frames(channel, frames)
    client.reply(identity, channel)
    client.outputs(identity)
    client.send_frames(channel, frames)
    client.send_frames("shell" if channel == "control" else "control", frames)
    still_serves(client)
    assert not [m for m in client.received if m.parent.get("msg_id") == identity]


@pytest.mark.parametrize("content", [
    b"", b"[]", b"null", b"7", b"{", b'{"code": }', b"\xff\xfe", b'{"code": "\\ud800"}', b'{"code": "1"} x',
    b"[" * 100_000, b'{"a":' * 100_000, b'{"code": 1e999}', b"{'code': '1'}",
], ids=repr)
@pytest.mark.parametrize("kind", ["execute", "complete", "inspect", "is_complete", "history"])
def test_a_signed_request_with_a_nonsense_content_gets_an_error_reply(client, kind, content):
    reply, outputs = client.request(f"{kind}_request", content)
    assert reply.content["status"] == "error", reply.content
    assert kind != "execute" or "execution_count" in reply.content


@pytest.mark.parametrize("kind, content", [
    ("execute", {"code": 1}), ("execute", {}), ("execute", {"code": "1", "silent": "no"}),
    ("execute", {"code": "1", "user_expressions": [1]}), ("execute", {"code": "1", "user_expressions": {"a": 1}}),
    ("execute", {"code": "1", "store_history": 0}), ("execute", {"code": ["1"]}),
    ("complete", {"code": "1", "cursor_pos": "1"}), ("complete", {"code": None, "cursor_pos": 0}),
    ("complete", {"code": "1", "cursor_pos": {}}), ("inspect", {"code": "1", "cursor_pos": 0, "detail_level": "x"}),
    ("inspect", {}), ("is_complete", {"code": 0}), ("is_complete", {}), ("history", {}),
    ("history", {"hist_access_type": "everything"}), ("history", {"hist_access_type": "tail", "n": "many"}),
    ("history", {"hist_access_type": 3}), ("comm_info", {"target_name": 3}), ("shutdown", {"restart": "yes"}),
    ("delete_subshell", {}), ("delete_subshell", {"subshell_id": 3}),
])
def test_a_wrong_type_is_named(client, kind, content):
    channel = "control" if kind in ("shutdown", "delete_subshell") else "shell"
    reply, _ = client.request(f"{kind}_request", content, channel=channel)
    assert reply.content["status"] == "error"
    assert "'" in reply.content["evalue"], "the field is named"


@pytest.mark.parametrize("cursor", [-1, 10**6, 2**63 - 1, -(2**63), 2.0])
def test_cursors_outside_the_code_are_taken_to_its_end(client, cursor):
    for kind in ("complete", "inspect"):
        reply, _ = client.request(f"{kind}_request", {"code": "😀 pri", "cursor_pos": cursor, "detail_level": 0})
        assert reply.content["status"] == "ok"


@pytest.mark.parametrize("header", [
    b"", b"{}", b"[]", b"null", b'{"msg_id": "1"}', b'{"msg_type": "execute_request"}',
    b'{"msg_id": 1, "msg_type": "execute_request"}', b'{"msg_id": "1", "msg_type": null}', b"[" * 100_000,
    b'{"msg_id": "\\ud800", "msg_type": "execute_request"}',
], ids=lambda header: repr(header)[:40])
def test_a_signed_message_whose_header_names_nothing_is_dropped(client, header):
    for channel in ("shell", "control"):
        parts = [header, b"{}", b"{}", json.dumps({**EVIL, "nonce": time.monotonic()}).encode()]
        client.send_frames(channel, [DELIMITER, client.sign(parts), *parts])
    still_serves(client)


@pytest.mark.parametrize("metadata", [b"[]", b"{", b"\xff"])
def test_nonsense_metadata_gets_an_error_reply(client, metadata):
    reply, outputs = client.request("execute_request", EVIL, metadata=metadata)
    assert reply.content["status"] == "error" and text(outputs) == ""


def test_requests_on_the_wrong_channel_are_refused(client):
    reply, outputs = client.request("execute_request", EVIL, channel="control")
    assert reply.content["status"] == "error" and text(outputs) == ""
    reply, _ = client.request("create_subshell_request", channel="shell")
    assert reply.content["status"] == "error"


def test_a_frame_beyond_the_limit_ends_its_connection_only(kernel, client):
    with kernel.client() as rude:
        rude.wait_until_ready()
        rude.sockets["shell"].send(b"\0" * (257 << 20), copy=False)
        client.request("kernel_info_request")
    still_serves(client)
