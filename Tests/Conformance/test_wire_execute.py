# SPDX-License-Identifier: Apache-2.0
"""What execute_request promises: counts, silence, history, aborted queues, errors, user expressions, pages."""

import pytest
from wire import cell, text, types

# Takes long enough that what is sent right after it waits when it fails.
SLOW_FAILURE = "for i in range(1000000) { }\nnothing_of_the_kind"


def test_a_value_is_a_result(client):
    reply, outputs = client.execute("1 + 1")
    assert types(outputs) == ["execute_input", "execute_result"]
    assert outputs[1].content["data"]["text/plain"] == "2"
    assert outputs[1].content["execution_count"] == reply["execution_count"]
    assert outputs[0].content == {"code": "1 + 1", "execution_count": reply["execution_count"]}


def test_counts_grow_by_one_unless_silent_or_unstored(client):
    first = client.execute("1")[0]["execution_count"]
    silent, outputs = client.execute('print("quiet")\n1', silent=True)
    assert outputs == [] and silent["status"] == "ok"
    unstored, outputs = client.execute("2", store_history=False)
    assert "execute_result" in types(outputs)
    assert client.execute("3")[0]["execution_count"] == first + 1


def test_variables_stay(client):
    client.execute("kept = 41")
    assert client.execute("kept + 1")[1][-1].content["data"]["text/plain"] == "42"


def test_an_error_says_class_sentence_line_and_column(client):
    reply, outputs = client.execute("a = 1\nb = a + nothing_of_the_kind\n")
    error = outputs[-1]
    assert error.type == "error" and types(outputs).count("error") == 1
    for content in (reply, error.content):
        assert content["ename"] == "NameError"
        assert "nothing_of_the_kind" in content["evalue"]
        report = "\n".join(content["traceback"])
        assert "line 2" in report and "column 9" in report
    assert reply["status"] == "error" and reply["execution_count"] > 0
    assert {key: reply[key] for key in ("ename", "evalue", "traceback")} == error.content


def test_a_failure_aborts_the_queue_and_nothing_sent_after_its_reply(client):
    for _ in range(5):
        fails = client.send("shell", "execute_request", cell(SLOW_FAILURE))
        queued = [client.send("shell", "execute_request", cell('print("never")')) for _ in range(5)]
        assert client.reply(fails).content["status"] == "error"
        later = client.send("shell", "execute_request", cell('print("later")'))
        for identity in queued:
            reply = client.reply(identity)
            assert reply.content["status"] == "aborted" and "execution_count" in reply.content
            assert types(client.outputs(identity)) == ["status", "status"]
        assert client.reply(later).content["status"] == "ok"
        assert text(client.outputs(later)) == "later\n"
        client.outputs(fails)


def test_without_stop_on_error_the_queue_runs_on(client):
    fails = client.send("shell", "execute_request", cell(SLOW_FAILURE, stop_on_error=False))
    queued = client.send("shell", "execute_request", cell('print("runs")'))
    assert client.reply(fails).content["status"] == "error"
    assert client.reply(queued).content["status"] == "ok"
    assert text(client.outputs(queued)) == "runs\n"
    client.outputs(fails)


def test_questions_in_the_queue_of_a_failure_are_answered(client):
    fails = client.send("shell", "execute_request", cell("nothing_of_the_kind"))
    asked = client.send("shell", "kernel_info_request")
    assert client.reply(fails).content["status"] == "error"
    assert client.reply(asked).content["status"] == "ok"


def test_user_expressions(client):
    reply, _ = client.execute("ux = 20", user_expressions={"good": "ux + 1", "bad": "1/0", "worse": ")"})
    expressions = reply["user_expressions"]
    assert expressions["good"]["data"]["text/plain"] == "21"
    assert expressions["bad"]["status"] == "error" and expressions["bad"]["ename"] == "ValueError"
    assert expressions["worse"]["ename"] == "SyntaxError"


def test_help_is_a_page_beside_the_output(client):
    reply, outputs = client.execute("?print")
    assert [payload["source"] for payload in reply["payload"]] == ["page"]
    assert "print" in reply["payload"][0]["data"]["text/plain"]


@pytest.mark.parametrize("code", ["", "   ", "# a comment", "\n\n"])
def test_cells_without_a_statement(client, code):
    reply, outputs = client.execute(code)
    assert reply["status"] == "ok" and types(outputs) == ["execute_input"]


@pytest.mark.parametrize("code", ["\0", "\u2028", "x" * 100_000, "((((" * 5000, "{" * 5000, "\ufffe", "😀" * 1000])
def test_odd_code_is_answered(client, code):
    reply, outputs = client.execute(code)
    assert reply["status"] in ("ok", "error")
