# SPDX-License-Identifier: Apache-2.0
"""Subshells and comms: what acts beside a running cell."""

import uuid

from wire import cell, text, types

LOOP = "while True { }"


def create(client):
    return client.request("create_subshell_request", channel="control")[0].content["subshell_id"]


def test_subshells_are_claimed_made_listed_and_deleted(client):
    info = client.request("kernel_info_request")[0].content
    assert "kernel subshells" in info["supported_features"]
    names = [create(client) for _ in range(3)]
    assert len(set(names)) == 3
    listed = client.request("list_subshell_request", channel="control")[0].content["subshell_id"]
    assert set(names) <= set(listed)
    for name in names:
        reply, _ = client.request("delete_subshell_request", {"subshell_id": name}, channel="control")
        assert reply.content["status"] == "ok"
    assert not client.request("list_subshell_request", channel="control")[0].content["subshell_id"]
    reply, _ = client.request("delete_subshell_request", {"subshell_id": names[0]}, channel="control")
    assert reply.content["status"] == "error"


def test_a_subshell_executes_while_the_main_shell_is_busy(client):
    running = client.send("shell", "execute_request", cell(LOOP))
    client.see(running, "execute_input")
    name = create(client)
    reply, outputs = client.request("execute_request", cell('print("beside")\n1 + 1'), subshell_id=name)
    assert reply.content["status"] == "ok" and text(outputs) == "beside\n"
    assert reply.parent["subshell_id"] == name
    assert client.nothing_more("shell"), "the main shell still runs"
    client.request("interrupt_request", channel="control")
    assert client.reply(running).content["ename"] == "Interrupted"
    client.outputs(running)
    client.request("delete_subshell_request", {"subshell_id": name}, channel="control")


def test_a_subshell_has_its_own_count_and_names(client):
    name = create(client)
    client.execute("owner = 1")
    first = client.request("execute_request", cell("mine = 2"), subshell_id=name)[0].content
    second = client.request("execute_request", cell("mine + 1"), subshell_id=name)[0].content
    assert (first["execution_count"], second["execution_count"]) == (1, 2)
    assert client.execute("mine")[0]["ename"] == "NameError"
    client.request("delete_subshell_request", {"subshell_id": name}, channel="control")


def test_a_failure_in_a_subshell_aborts_nothing_outside(client):
    name = create(client)
    reply = client.request("execute_request", cell("nothing_of_the_kind"), subshell_id=name)[0].content
    assert reply["status"] == "error"
    assert client.execute("1")[0]["status"] == "ok"
    client.request("delete_subshell_request", {"subshell_id": name}, channel="control")


def test_an_unknown_subshell_is_refused(client):
    reply, _ = client.request("execute_request", cell("1"), subshell_id="nobody")
    assert reply.content["status"] == "error" and "nobody" in reply.content["evalue"]
    assert "execution_count" in reply.content


def test_a_comm_with_an_unknown_target_is_closed(client):
    name = uuid.uuid4().hex
    identity = client.send("shell", "comm_open", {"comm_id": name, "target_name": "nobody", "data": {}})
    outputs = client.outputs(identity)
    assert types(outputs) == ["status", "comm_close", "status"]
    assert outputs[1].content["comm_id"] == name


def test_comm_messages_are_heard_while_a_cell_runs(client):
    running = client.send("shell", "execute_request", cell(LOOP))
    client.see(running, "execute_input")
    for kind in ("comm_open", "comm_msg", "comm_close"):
        content = {"comm_id": "c", "data": {}, **({"target_name": "nobody"} if kind == "comm_open" else {})}
        assert client.outputs(client.send("shell", kind, content))
    client.request("interrupt_request", channel="control")
    client.reply(running)
    client.outputs(running)


def test_comm_info(client):
    assert client.request("comm_info_request", {})[0].content["comms"] == {}
    assert client.request("comm_info_request", {"target_name": "jupyter.widget"})[0].content["comms"] == {}


def test_the_widget_control_comm_answers_with_the_states(client):
    """JupyterLab opens it on every page load."""
    name = uuid.uuid4().hex
    opened = client.send("shell", "comm_open",
                         {"comm_id": name, "target_name": "jupyter.widget.control", "data": {}})
    assert "comm_close" not in types(client.outputs(opened))
    asked = client.send("shell", "comm_msg", {"comm_id": name, "data": {"method": "request_states"}})
    answers = [m for m in client.outputs(asked) if m.type == "comm_msg"]
    assert answers[0].content["data"] == {"method": "update_states", "states": {}, "buffer_paths": []}
    client.outputs(client.send("shell", "comm_close", {"comm_id": name, "data": {}}))
