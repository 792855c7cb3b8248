# SPDX-License-Identifier: Apache-2.0
"""One program through every door: file, pipe, prompt and kernel give the same numbers and the same picture bytes."""

import os
import re
import subprocess
from pathlib import Path

import nbformat
import pexpect
import pytest
from lab import BROWSER, Lab
from nbclient import NotebookClient

EASEL = os.environ["EASEL"]

PROGRAM = """\
seed 42
data = dataset("fashion-mnist", limit=2000) |> normalize(0.5, 0.5)
gan = GAN(data)
step gan 100
vae = VAE(data)
step vae 100
print("losses", gan.history.errD[-1], gan.history.errG[-1], vae.history.loss[-1])
show samples(gan, 8x8)
save(samples(gan, 8x8), "gan.png")
save(pairs(data[0:8], recon(vae, data[0:8])), "vae.png")
"""


def result(folder, output):
    """The printed losses and the two pictures that a run left behind."""
    line = re.search(r"losses [-+.\de ]+\d", output)
    assert line, output
    return line.group().split(), (folder / "gan.png").read_bytes(), (folder / "vae.png").read_bytes()


def by_file(folder):
    (folder / "program.easel").write_text(PROGRAM)
    return subprocess.run([EASEL, "run", "program.easel"], cwd=folder, capture_output=True, text=True, check=True).stdout


def by_pipe(folder):
    return subprocess.run([EASEL], cwd=folder, input=PROGRAM, capture_output=True, text=True, check=True).stdout


def by_prompt(folder):
    child = pexpect.spawn(EASEL, ["--no-init"], cwd=str(folder), encoding="utf-8", timeout=60, dimensions=(40, 120))
    output = ""
    for line in PROGRAM.splitlines():
        child.expect(">> ")
        output += child.before
        child.sendline(line)
    child.expect(">> ")
    output += child.before
    child.sendeof()
    child.expect(pexpect.EOF)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", output)


def by_kernel(folder):
    cells = [nbformat.v4.new_code_cell(line) for line in PROGRAM.splitlines()]
    document = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(document, kernel_name="easel", timeout=60, resources={"metadata": {"path": str(folder)}}).execute()
    texts = [output.get("text", "") for cell in document.cells for output in cell.get("outputs", [])]
    return "".join(texts)


def by_lab(folder):
    lab = Lab(folder)
    try:
        lab.open("program.ipynb", *PROGRAM.splitlines())
        lab.run_all()
        lab.picture("doors")
        shown = "\n".join(lab.output(index) for index in range(lab.page.locator(".jp-CodeCell").count()))
        for picture in lab.work.glob("*.png"):
            picture.rename(folder / picture.name)
        return shown
    finally:
        lab.close()


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    folder = tmp_path_factory.mktemp("file")
    return result(folder, by_file(folder))


WITH_BROWSER = pytest.param(by_lab, marks=pytest.mark.skipif(BROWSER is None, reason="there is no browser"))


@pytest.mark.parametrize("door", [by_pipe, by_prompt, by_kernel, WITH_BROWSER], ids=["pipe", "prompt", "kernel", "lab"])
def test_same_numbers_and_pictures(door, reference, tmp_path, installed_kernel):
    losses, gan, vae = result(tmp_path, door(tmp_path))
    assert losses == reference[0]
    assert gan == reference[1] and vae == reference[2], "the picture bytes differ"


def test_a_second_thread_changes_no_bit(reference, tmp_path):
    (tmp_path / "program.easel").write_text(PROGRAM)
    done = subprocess.run(
        [EASEL, "run", "--threads", "1", "program.easel"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result(tmp_path, done.stdout) == reference
