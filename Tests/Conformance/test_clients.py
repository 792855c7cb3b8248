# SPDX-License-Identifier: Apache-2.0
"""Programs that others wrote, driven for real: notebooks executed and exported, consoles in a terminal."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pexpect
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

pytestmark = pytest.mark.usefixtures("installed_kernel")
BIN = Path(sys.executable).parent

CELLS = [
    "# A first cell\nx = 6 * 7\nx",
    'for i in range(3) { print("line", i) }',
    "y = randn(4, 4)\ny.shape",
    'show "shown"; print("printed")',
    "def half(x) = x / 2\nhalf(x)  |> print",
]


def notebook(*cells, **metadata):
    """A notebook of code cells for the kernel under test."""
    kernel = {"name": "easel", "display_name": "Easel", "language": "easel"}
    made = [nbformat.v4.new_code_cell(cell) for cell in cells]
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel, **metadata})


def plain(output):
    """What an output says in plain text."""
    return output.get("text") or output.get("data", {}).get("text/plain", "")


def run(command, *arguments, **options):
    """Runs a program of the environment; returns what it printed."""
    done = subprocess.run([BIN / command, *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "PYDEVD_DISABLE_FILE_VALIDATION": "1", "JUPYTER_PLATFORM_DIRS": "1"},
                          **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_nbclient():
    document = notebook(*CELLS)
    NotebookClient(document, kernel_name="easel", timeout=60).execute()
    nbformat.validate(document)
    said = ["".join(plain(output) for output in cell.outputs) for cell in document.cells]
    assert "42" in said[0] and said[1] == "line 0\nline 1\nline 2\n"
    assert "shown" in said[3] and "printed" in said[3] and "21" in said[4]
    assert [cell.execution_count for cell in document.cells] == [1, 2, 3, 4, 5]
    assert document.metadata.language_info.name == "easel"


def test_nbclient_reports_the_error_of_a_cell():
    with pytest.raises(CellExecutionError) as error:
        NotebookClient(notebook("1", "nothing_of_the_kind"), kernel_name="easel", timeout=60).execute()
    assert error.value.ename == "NameError"


def test_nbconvert_to_a_notebook_and_a_page(tmp_path):
    nbformat.write(notebook(*CELLS), tmp_path / "in.ipynb")
    said = run("jupyter-nbconvert", "--to", "notebook", "--execute", "in.ipynb", "--output", "out.ipynb", cwd=tmp_path)
    document = nbformat.read(tmp_path / "out.ipynb", 4)
    nbformat.validate(document)
    assert "42" in plain(document.cells[0].outputs[0])
    said += run("jupyter-nbconvert", "--to", "html", "out.ipynb", cwd=tmp_path)
    page = (tmp_path / "out.html").read_text()
    assert "line 2" in page
    for token in ('<span class="c1"># A first cell</span>', '<span class="mi">6</span>', '<span class="k">for</span>'):
        assert token in page, "cells are coloured"
    assert "warn" not in said.lower(), said


def test_nbconvert_to_a_script(tmp_path):
    nbformat.write(notebook(*CELLS), tmp_path / "in.ipynb")
    run("jupyter-nbconvert", "--to", "notebook", "--execute", "--inplace", "in.ipynb", cwd=tmp_path)
    run("jupyter-nbconvert", "--to", "script", "in.ipynb", cwd=tmp_path)
    script = (tmp_path / "in.easel").read_text()
    assert "x = 6 * 7" in script


def test_papermill(tmp_path):
    nbformat.write(notebook(*CELLS), tmp_path / "in.ipynb")
    run("papermill", "in.ipynb", "out.ipynb", cwd=tmp_path)
    document = nbformat.read(tmp_path / "out.ipynb", 4)
    assert "42" in plain(document.cells[0].outputs[0])
    assert all(cell.metadata.papermill.status == "completed" for cell in document.cells)


def test_jupyter_run():
    done = subprocess.run([BIN / "jupyter-run", "--kernel", "easel"], input='print("from a pipe")', text=True,
                          capture_output=True, timeout=60)
    assert "from a pipe" in done.stdout, done.stderr


def console(command, *arguments):
    return pexpect.spawn(str(BIN / command), list(arguments), encoding="utf-8", timeout=60, dimensions=(30, 100),
                         env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"})


def test_jupyter_console():
    child = console("jupyter-console", "--kernel", "easel")
    child.expect(r"In \[.*1")
    child.send("6 * 7\r")
    child.expect(r"Out\[.*1.*42")
    child.expect(r"In \[.*2")
    child.send("for i in range(2) {\r")
    child.expect(r"\.\.\.")
    child.send('print("row", i)\r}\r\r')
    child.expect("row 0")
    child.expect("row 1")
    child.expect(r"In \[.*3")
    child.send("while True { }\r")
    time.sleep(1)
    child.sendintr()
    child.expect("Interrupted")
    child.expect(r"In \[.*4")
    child.send("nothing_of_the_kind\r")
    child.expect("NameError")
    child.expect(r"In \[.*5")
    child.send('name = input("who? ")\r')
    child.expect(r"who\? ")
    child.send("me\r")
    child.expect(r"In \[.*6")
    child.send('print("hello", name)\r')
    child.expect("hello me")
    child.expect(r"In \[.*7")
    child.sendeof()
    child.expect(r"\[y\]/n")
    child.send("y\r")
    child.expect(pexpect.EOF)


def test_euporie_console():
    """Needs a terminal that answers its questions: tmux."""
    name = f"euporie-{os.getpid()}"

    def tmux(*arguments):
        return subprocess.run(["tmux", "-L", name, *arguments], capture_output=True, text=True).stdout

    def wait_for(words, seconds=60):
        deadline = time.monotonic() + seconds
        while words not in (screen := tmux("capture-pane", "-p")):
            assert time.monotonic() < deadline, screen
            time.sleep(0.2)

    try:
        tmux("new-session", "-d", "-x", "100", "-y", "30", f"{BIN}/euporie-console --kernel-name=easel")
        wait_for("Easel")
        tmux("send-keys", 'print("seen in", "euporie")', "Enter")
        wait_for("        seen in euporie")
        tmux("send-keys", "6 * 7", "Enter")
        wait_for("Out[2]: 42")
    finally:
        tmux("kill-server")


def test_the_kernel_is_listed_with_its_logos(installed_kernel):
    listed = json.loads(run("jupyter-kernelspec", "list", "--json"))["kernelspecs"]["easel"]
    assert Path(listed["resource_dir"]).resolve() == installed_kernel.resolve()
    assert listed["spec"]["interrupt_mode"] == "message"
    names = {path.name for path in installed_kernel.iterdir()}
    assert names == {"kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"}
