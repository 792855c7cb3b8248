# SPDX-License-Identifier: Apache-2.0
"""What a person does in JupyterLab: run, stop, restart, complete, look up; with pictures to look at."""

import re
import time

import pytest
from lab import BROWSER, Lab

pytestmark = [pytest.mark.usefixtures("installed_kernel"),
              pytest.mark.skipif(BROWSER is None, reason="there is no browser")]

ENDLESS = "turns = 0\nwhile True { turns = turns + 1 }"


@pytest.fixture(scope="module")
def lab(tmp_path_factory, installed_kernel):
    lab = Lab(tmp_path_factory.mktemp("lab"))
    yield lab
    lab.close()


def test_open_and_run_all(lab):
    lab.open("run.ipynb", "# values\nx = 6 * 7\nx", 'for i in range(3) { print("line", i) }',
             'show dataset("digits")[0:16]', "show plot([3, 2, 1, 2, 3])", "nothing_of_the_kind",)
    lab.run_all()
    assert lab.prompts() == [f"[{n}]:" for n in range(1, 6)]
    assert "42" in lab.output(0)
    assert lab.output(1).split("\n")[:3] == ["line 0", "line 1", "line 2"]
    assert lab.cell(2).locator("img").count() == 1, "a picture is drawn"
    assert lab.cell(3).locator(".jp-RenderedSVG").count() == 1, "a chart is drawn"
    assert "NameError" in lab.output(4)
    kinds = lab.page.evaluate("""() => [...document.querySelectorAll('.jp-CodeCell')][0]
        .querySelectorAll('.cm-line span').length""")
    assert kinds >= 3, "the cells are coloured"
    lab.picture("run-all")


def test_interrupt_a_running_cell(lab):
    lab.open("interrupt.ipynb", "kept = 1", ENDLESS, "kept")
    lab.command("notebook:run-all-cells")
    lab.page.wait_for_function("() => document.querySelectorAll('.jp-InputPrompt')[1].textContent.includes('*')")
    lab.wait_for_status("Busy")
    time.sleep(1.5)
    lab.picture("running")
    started = time.monotonic()
    lab.command("notebook:interrupt-kernel")
    lab.cell(1).locator("text=Interrupted").first.wait_for()
    assert time.monotonic() - started < 5
    lab.wait_for_status("Idle")
    assert lab.cell(2).locator(".jp-OutputArea-output").count() == 0, "the cell that waited did not run"
    lab.picture("interrupted")
    lab.page.locator(".jp-CodeCell .cm-content").nth(2).click()
    lab.page.keyboard.press("Control+Enter")
    lab.cell(2).locator(".jp-OutputArea-output").first.wait_for()
    assert "1" in lab.output(2), "the state is kept"


def test_restart_and_run_all(lab):
    lab.open("restart.ipynb", "a = 1", "a + 1")
    lab.run_all()
    lab.command("notebook:restart-run-all")
    lab.accept_dialog()
    time.sleep(1)
    lab.wait_until_done()
    assert lab.prompts() == ["[1]:", "[2]:"] and "2" in lab.output(1)


def test_restart_while_a_cell_runs(lab):
    lab.open("restart-busy.ipynb", ENDLESS)
    lab.command("notebook:run-all-cells")
    lab.wait_for_status("Busy")
    lab.command("kernelmenu:restart")
    lab.accept_dialog()
    time.sleep(1)
    lab.wait_for_status("Idle")


def test_complete_while_a_cell_runs(lab):
    lab.open("complete.ipynb", ENDLESS, "clear_out")
    lab.page.locator(".jp-CodeCell .cm-content").nth(0).click()
    lab.page.keyboard.press("Control+Enter")
    lab.wait_for_status("Busy")
    lab.page.locator(".jp-CodeCell .cm-content").nth(1).click()
    lab.page.keyboard.press("End")
    lab.page.keyboard.press("Tab")
    lab.page.locator(".jp-Completer-item").first.wait_for()
    lab.picture("completion-while-busy")
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_function("() => document.querySelectorAll('.cm-content')[1].innerText.includes('clear_output')")
    assert lab.status() == "Busy", "a question does not make a running cell look idle"
    lab.command("notebook:interrupt-kernel")
    lab.wait_for_status("Idle")


def test_completion_list_and_tooltip(lab):
    lab.open("look-up.ipynb", "value = 3", "va", "print")
    lab.run_all()
    lab.page.locator(".jp-CodeCell .cm-content").nth(1).click()
    lab.page.keyboard.press("End")
    lab.page.keyboard.press("Tab")
    items = lab.page.locator(".jp-Completer-item")
    items.first.wait_for()
    lab.picture("completion")
    words = items.all_inner_texts()
    assert any("value" in word for word in words)
    lab.page.keyboard.press("Escape")
    lab.page.locator(".jp-CodeCell .cm-content").nth(2).click()
    lab.page.keyboard.press("End")
    lab.page.keyboard.press("Shift+Tab")
    lab.page.locator(".jp-Tooltip:has-text('print(')").wait_for()
    lab.picture("tooltip")


def test_input_box(lab):
    lab.open("input.ipynb", 'name = input("who? ")\nprint("hello", name)')
    lab.command("notebook:run-all-cells")
    box = lab.page.locator(".jp-Stdin-input")
    box.wait_for()
    box.fill("me")
    box.press("Enter")
    lab.wait_until_done()
    assert "hello me" in lab.output(0)


def test_help_is_shown_below_the_notebook(lab):
    lab.open("help.ipynb", "?print")
    lab.run_all()
    lab.picture("help")
    assert "Prints values" in lab.page.locator("body").inner_text()


def test_a_crash_is_told_in_its_cell(lab, monkeypatch):
    lab.open("crash.ipynb", "1", "%who")
    lab.run_all()
    assert lab.prompts() == ["[1]:", "[2]:"]


GAN = 'data = dataset("digits", limit=400) |> normalize(0.5, 0.5)\ngan = GAN(data, z=16, batch=32, arch="small")'


def press(lab, label):
    lab.page.locator(f".easel-panel .widget-button:has-text('{label}')").click()


def run_cell(lab, index):
    lab.page.locator(".jp-CodeCell .cm-content").nth(index).click()
    lab.page.keyboard.press("Control+Enter")


def wait_for_output(lab, index, words, seconds=30):
    deadline = time.monotonic() + seconds
    while words not in (said := lab.output(index)):
        assert time.monotonic() < deadline, said
        time.sleep(0.1)


def shown_step(lab):
    """The step that the panel shows."""
    words = lab.page.locator(".easel-panel .widget-html-content").nth(1).inner_text()
    return int(re.search(r"step (\d+)", words)[1])


def wait_for_step(lab, reached, seconds=30):
    deadline = time.monotonic() + seconds
    while not reached(shown_step(lab)):
        assert time.monotonic() < deadline, shown_step(lab)
        time.sleep(0.1)


def test_live_controls(lab):
    """They act while nothing runs and while a cell trains; recipe and history have it; a reload keeps them."""
    lab.open("panel.ipynb", GAN, "panel gan", "step gan 1000000", "%recipe gan", "gan.history.notes", "%verify gan")
    run_cell(lab, 0)
    run_cell(lab, 1)
    lab.page.locator(".easel-panel").wait_for()
    press(lab, "Step")
    wait_for_step(lab, lambda step: step == 1)
    run_cell(lab, 2)
    wait_for_step(lab, lambda step: step > 20)
    slider = lab.page.locator(".easel-panel .widget-slider .widget-readout").first
    slider.click()
    lab.page.keyboard.press("Control+A")
    lab.page.keyboard.type("0.001")
    lab.page.keyboard.press("Enter")
    lab.page.locator(".easel-panel .widget-toggle-button").nth(1).click()
    before = shown_step(lab)
    wait_for_step(lab, lambda step: step > before + 20)
    lab.picture("panel-light")
    assert lab.status() == "Busy", "the cell has run all the time"
    press(lab, "Pause")
    wait_for_output(lab, 2, "paused at step")
    lab.wait_for_status("Idle")
    step = shown_step(lab)
    lab.command("docmanager:save")
    time.sleep(1)
    lab.page.reload()
    lab.page.locator(".easel-panel").wait_for()
    assert shown_step(lab) == step, "a reload shows the panel as it is"
    press(lab, "Rewind")
    wait_for_step(lab, lambda now: now == (step - 1) // 100 * 100)
    for index, words in ((3, "only="), (4, "lr 0.0002 → 0.001"), (5, "verified")):
        run_cell(lab, index)
        wait_for_output(lab, index, words)
    assert ".lr = 0.001" in lab.output(3) and "goto gan" in lab.output(3)
    lab.page.evaluate("""() => window.jupyterapp.commands.execute('apputils:change-theme',
        {theme: 'JupyterLab Dark'})""")
    lab.page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")
    lab.page.locator(".easel-panel").scroll_into_view_if_needed()
    lab.picture("panel-dark")
    lab.page.evaluate("""() => window.jupyterapp.commands.execute('apputils:change-theme',
        {theme: 'JupyterLab Light'})""")
    lab.page.wait_for_selector("body[data-jp-theme-light=true]", state="attached")


def test_no_kernel_is_left_behind(lab):
    lab.open("shutdown.ipynb", "1")
    lab.run_all()
    lab.command("kernelmenu:shutdown")
    deadline = time.monotonic() + 20
    while lab.status() not in ("None", "Dead", "Unknown"):
        assert time.monotonic() < deadline, lab.status()
        time.sleep(0.1)
