# SPDX-License-Identifier: Apache-2.0
"""The examples that explain the language, typed and shown whole: in black and white, on a dumb terminal, in Chinese.

UPDATE_GOLDEN=1 writes what is shown now; look at the difference before committing it.
"""

import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from terminal import Terminal

EASEL = os.environ["EASEL"]
FOLDER = Path(__file__).parent / "transcripts"
PROGRAM = FOLDER / "examples.easel"

LOOKS = {
    "plain": {"NO_COLOR": "1"},
    "dumb": {"TERM": "dumb", "LANG": "C"},
    "zh": {"NO_COLOR": "1", "LANG": "zh_CN.UTF-8"},
}


def settled(text):
    """The text without what differs from run to run: times and rates."""
    text = re.sub(r"\d[\d.]* (s|ms|min)\b", "… s", text)
    text = re.sub(r"\d[\d.]*k? 步/秒|\d[\d.]*k? (steps|img|it)/s", "…/s", text)
    text = re.sub(r"\d[\d.]*k? 秒", "… 秒", text)
    # How near automatic and numeric gradients are is a matter of the last bits.
    text = re.sub(r"\b\d\.\d+e-0[5-9]\b", "…e-0…", text)
    # Lines at tenths of a run depend on how fast it is.
    text = re.sub(r"(?m)^.*ETA.*\n", "", text)
    return re.sub(r" +(…/s)", r"  \1", re.sub(r"(…/s) +(…/s)", r"\1", text))


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in line)


def transcript(home, **variables):
    environment = {
        "HOME": str(home), "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", "COLUMNS": "80",
        "EASEL_KERNELS": "baseline", "EASEL_DATA": str(home),
    }
    environment.update(variables)
    # By its name alone, which errors show.
    shutil.copy(PROGRAM, home)
    run = subprocess.run(
        [EASEL, "run", "--no-init", "--keep-going", "--transcript", PROGRAM.name], capture_output=True, text=True,
        env=environment, cwd=home, timeout=300, stdin=subprocess.DEVNULL)
    assert run.returncode == 1, "the program has mistakes in it, and says so"
    return run.stdout


@pytest.mark.parametrize("look", LOOKS)
def test_the_examples_show_what_they_should(look, tmp_path):
    shown = transcript(tmp_path, **LOOKS[look])
    assert "\x1b" not in shown and "\r" not in shown
    shown = settled(shown)
    golden = FOLDER / f"examples.{look}.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_text(shown)
    expected = golden.read_text()
    for number, (want, found) in enumerate(zip(expected.splitlines(), shown.splitlines()), 1):
        assert found == want, f"{golden.name}:{number}"
    assert shown == expected
    if look == "dumb":
        assert not re.search("[\u2500-\u28ff]", shown), "a dumb terminal is sent no boxes, blocks or braille"


@pytest.mark.parametrize("look", LOOKS)
def test_no_line_is_wider_than_the_terminal(look):
    inputs = set(PROGRAM.read_text().splitlines())
    for line in (FOLDER / f"examples.{look}.txt").read_text().splitlines():
        # What was typed, and code to be copied, is never broken.
        assert width(line) <= 80 or line[3:] in inputs or line.startswith("  errD = "), line


def test_the_prompt_shows_what_the_script_shows(tmp_path):
    """One language in both: what is typed at a prompt 80 columns wide shows the lines of the transcript."""
    with Terminal("--no-init", home=tmp_path, NO_COLOR="1", EASEL_KERNELS="baseline", EASEL_DATA=str(tmp_path)) as terminal:
        terminal.wait_for_prompt()
        # The first answer follows a look at how wide the terminal draws a box.
        terminal.enter("1")
        lines = [line for line in PROGRAM.read_text().splitlines()][:13]
        golden = (FOLDER / "examples.plain.txt").read_text()
        for line in lines:
            for shown in settled(terminal.enter(line)).splitlines()[1:-1]:
                # Only a script has a name and line numbers.
                if not re.match(r"\w*Error:|    ", shown):
                    assert shown.rstrip() in golden or len(shown) > 78, shown
