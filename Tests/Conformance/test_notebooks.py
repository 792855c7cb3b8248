# SPDX-License-Identifier: Apache-2.0
"""The stored walkthroughs run again on the installed kernel and show what they showed."""

import sys
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
sys.path.insert(0, str(NOTEBOOKS))

import build  # noqa: E402

SOURCES = sorted((NOTEBOOKS / "source").glob("*.md"))


def test_there_are_walkthroughs():
    assert SOURCES


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_stored_outputs_come_out_again(path, installed_kernel):
    assert build.check(path) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_both_languages_have_the_same_code(path):
    code = []
    for language in build.LANGUAGES:
        document = nbformat.read(NOTEBOOKS / language / f"{path.stem}.ipynb", 4)
        nbformat.validate(document)
        code.append([cell.source for cell in document.cells if cell.cell_type == "code"])
    assert code[0] == code[1]
