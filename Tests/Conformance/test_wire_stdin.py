# SPDX-License-Identifier: Apache-2.0
"""Cells that ask for a line."""

import time

from wire import cell, text, types

ASK = 'line = input("name? ")\nprint("hello " + line)'


def ask(client, code=ASK, **fields):
    """Sends a cell that asks; returns its identity and the question."""
    identity = client.send("shell", "execute_request", cell(code, allow_stdin=True, **fields))
    question = client.receive("stdin")
    assert question.type == "input_request" and question.parent["msg_id"] == identity
    return identity, question


def test_a_line_is_asked_for_and_used(client):
    identity, question = ask(client, 'print("before")\n' + ASK)
    assert question.content == {"prompt": "name? ", "password": False}
    assert text([client.see(identity, "stream")]) == "before\n", "what was printed is shown before the question"
    client.send("stdin", "input_reply", {"value": "wörld"}, parent=question.header)
    assert client.reply(identity).content["status"] == "ok"
    assert text(client.outputs(identity)) == "before\nhello wörld\n"


def test_an_answer_need_not_name_its_question(client):
    identity, _ = ask(client)
    client.send("stdin", "input_reply", {"value": "you"})
    assert client.reply(identity).content["status"] == "ok"
    client.outputs(identity)


def test_a_client_that_cannot_answer_gets_an_error(client):
    reply, outputs = client.execute(ASK, allow_stdin=False)
    assert reply["status"] == "error" and types(outputs)[-1] == "error"
    assert client.nothing_more("stdin")


def test_an_interrupt_ends_the_waiting(kernel, client):
    for way in ("signal", "control"):
        identity, _ = ask(client)
        started = time.monotonic()
        if way == "signal":
            kernel.interrupt()
        else:
            client.request("interrupt_request", channel="control")
        assert client.reply(identity).content["ename"] == "Interrupted"
        assert time.monotonic() - started < 1
        client.outputs(identity)


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next_question(client):
    identity, old = ask(client)
    client.request("interrupt_request", channel="control")
    client.reply(identity)
    client.outputs(identity)
    client.send("stdin", "input_reply", {"value": "late"}, parent=old.header)
    identity, question = ask(client)
    client.send("stdin", "input_reply", {"value": "stale"}, parent=old.header)
    client.send("stdin", "input_reply", {"value": "right"}, parent=question.header)
    client.reply(identity)
    assert text(client.outputs(identity)) == "hello right\n"


def test_nonsense_is_not_taken_for_an_answer(client):
    identity, question = ask(client)
    for content in (b"{", {}, {"value": 7}, {"value": None}):
        client.send("stdin", "input_reply", content, parent=question.header)
    client.send("stdin", "execute_request", {"code": "1"})
    client.send("stdin", "input_reply", {"value": "good"}, parent=question.header)
    client.reply(identity)
    assert text(client.outputs(identity)) == "hello good\n"


def test_the_question_goes_to_the_client_that_runs_the_cell(kernel, client):
    with kernel.client() as other:
        other.wait_until_ready()
        identity, question = ask(client)
        assert other.nothing_more("stdin")
        client.send("stdin", "input_reply", {"value": "x"}, parent=question.header)
        client.reply(identity)
        client.outputs(identity)


def test_what_is_heard_for_a_widget_does_not_take_the_question_away(client):
    identity, question = ask(client)
    opened = client.send("shell", "comm_open", {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}})
    client.outputs(opened)
    client.send("stdin", "input_reply", {"value": "still there"}, parent=question.header)
    assert client.reply(identity).content["status"] == "ok"
    assert text(client.outputs(identity)) == "hello still there\n"


def test_two_shells_wait_for_their_own_lines(client):
    name = client.request("create_subshell_request", channel="control")[0].content["subshell_id"]
    identity, first = ask(client)
    beside = client.send("shell", "execute_request", cell(ASK, allow_stdin=True), subshell_id=name)
    second = client.receive("stdin")
    assert second.parent["msg_id"] == beside
    client.send("stdin", "input_reply", {"value": "main"}, parent=first.header)
    assert client.reply(identity).content["status"] == "ok"
    client.send("stdin", "input_reply", {"value": "beside"}, parent=second.header)
    assert client.reply(beside).content["status"] == "ok"
    assert text(client.outputs(identity)) == "hello main\n" and text(client.outputs(beside)) == "hello beside\n"
    client.request("delete_subshell_request", {"subshell_id": name}, channel="control")
