# SPDX-License-Identifier: Apache-2.0
"""Printed text and displays: complete, in order, gathered, paced, never after idle."""

import json
import time

from wire import cell, text, types

PROVOKE = {"EASEL_TRAPS": "1"}


def test_twenty_thousand_lines_arrive_in_few_messages(client):
    client.execute("1")
    started = time.monotonic()
    reply, outputs = client.execute("for i in range(20000) { print(i) }")
    took = time.monotonic() - started
    streams = [m for m in outputs if m.type == "stream"]
    assert text(outputs) == "".join(f"{i}\n" for i in range(20000))
    assert len(streams) <= 50
    assert took < 3
    assert client.nothing_more("iopub"), "nothing comes after idle"


def test_text_is_sent_before_what_follows_it(client):
    _, outputs = client.execute('print("a"); 1; print("b"); 2')
    assert types(outputs) == ["execute_input", "stream", "execute_result", "stream", "execute_result"]
    assert text(outputs) == "a\nb\n"


def test_text_is_shown_while_the_cell_runs(client):
    identity = client.send("shell", "execute_request", cell('print("early")\nwhile True { }'))
    started = time.monotonic()
    message = client.see(identity, "stream")
    assert message.content["text"] == "early\n" and time.monotonic() - started < 2
    client.request("interrupt_request", channel="control")
    assert client.reply(identity).content["status"] == "error"
    assert text(client.outputs(identity)) == "early\n"


def test_a_long_text_is_whole(client):
    _, outputs = client.execute('x = "äöü😀" * 100000\nprint(x)', timeout=60)
    assert text(outputs) == "äöü😀" * 100000 + "\n"


def test_a_flood_stays_below_what_jupyter_server_passes_on(client):
    identity = client.send("shell", "execute_request", cell('line = "x" * 99\nwhile True { print(line) }'))
    arrivals = []
    deadline = time.monotonic() + 8
    client.see(identity, "status")
    client.received.clear()
    while time.monotonic() < deadline:
        message = client.find(lambda m: m.type == "stream", "iopub")
        arrivals.append((message.at, len(message.content["text"])))
    client.request("interrupt_request", channel="control")
    asked = time.monotonic()
    assert client.reply(identity).content["status"] == "error"
    assert time.monotonic() - asked < 1, "an interrupted flood ends at once"
    client.find(lambda m: m.content.get("execution_state") == "idle", "iopub")
    for start, _ in arrivals:
        window = [size for at, size in arrivals if start <= at < start + 3]
        assert sum(window) <= 3_000_000 and len(window) <= 3000


def test_output_of_native_code_is_shown_in_its_cell(fresh):
    kernel = fresh(env=PROVOKE)
    client = kernel.client()
    client.wait_until_ready()
    for _ in range(20):
        reply, outputs = client.execute("%provoke print")
        assert text(outputs) == "printed by native code\n"
        assert "an error of native code" in text(outputs, "stderr")
    assert client.nothing_more("iopub")


def test_a_full_pipe_of_native_output_does_not_stop_the_kernel(fresh):
    kernel = fresh(env=PROVOKE)
    client = kernel.client()
    client.wait_until_ready()
    reply, outputs = client.execute("%provoke flood", timeout=60)
    assert len(text(outputs)) == 2_000_000 and reply["status"] == "ok"


def test_clear_output(client):
    _, outputs = client.execute('print("a"); clear_output(); print("b")')
    assert types(outputs) == ["execute_input", "stream", "clear_output", "stream"]


def test_live_progress_is_one_display_that_is_updated(client):
    identity = client.send("shell", "execute_request", cell("n = 0\nfor i in range(1000000000) { n = n + 1 }"))
    client.see(identity, "display_data")
    time.sleep(2)
    client.request("interrupt_request", channel="control")
    assert client.reply(identity).content["ename"] == "Interrupted"
    outputs = client.outputs(identity)
    shown = [m for m in outputs if m.type == "display_data"]
    updates = [m for m in outputs if m.type == "update_display_data"]
    assert len(shown) == 1 and updates
    assert {m.content["transient"]["display_id"] for m in shown + updates} == {
        shown[0].content["transient"]["display_id"]}
    sent = [m.sent for m in updates]
    # Four a second, and the last state at once when the cell ends; exact times are tested with a clock of their own.
    assert len(sent) <= 4 * (max(sent) - min(sent)) + 2, "at most four a second"


def test_a_run_is_one_display_and_its_summary_a_new_output(client):
    client.execute('gan = GAN(dataset("digits", limit=640), z=16, batch=32, seed=1)')
    _, outputs = client.execute("step gan seconds=2.5")
    shown = [m for m in outputs if m.type == "display_data"]
    updates = [m for m in outputs if m.type == "update_display_data"]
    results = [m for m in outputs if m.type == "execute_result"]
    ids = {m.content["transient"]["display_id"] for m in shown + updates}
    assert len(shown) == 1 and len(ids) == 1 and len(results) == 1
    assert 4 <= len(updates) <= 2.5 * 4 + 2
    assert sum(len(json.dumps(m.content)) for m in updates) < 2.5 * 150_000
    assert "<code>gan" in shown[0].content["data"]["text/html"]
    assert results[0].content["data"]["text/plain"].startswith("gan ")
    assert outputs.index(results[0]) > outputs.index(updates[-1]), "the summary comes last"


def test_liveplot_draws_the_losses_while_a_run_goes_on(client):
    client.execute("%set liveplot on")
    try:
        client.execute('gan = GAN(dataset("digits", limit=640), z=16, batch=32, seed=1)')
        _, outputs = client.execute("step gan seconds=3")
    finally:
        client.execute("%set liveplot off")
    pages = [m.content["data"]["text/html"] for m in outputs if m.type in ("display_data", "update_display_data")]
    plots = [page[page.index("<svg"):] for page in pages if "<svg" in page]
    assert plots and all(len(plot) <= 40_000 for plot in plots)
    assert 2 <= len(set(plots)) <= 5, "drawn anew once a second"
    assert "errG" in plots[-1]
