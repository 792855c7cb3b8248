# SPDX-License-Identifier: Apache-2.0
"""Films of a training: the animated pictures that others read and play, from a program and from the kernel."""

import base64
import io
import subprocess

import nbformat
import pytest
from lab import BROWSER
from nbclient import NotebookClient
from PIL import Image
from playwright.sync_api import sync_playwright
from wire import easel

FILM = 'gan = GAN(dataset("digits", limit=200), seed=3, arch="small"); step gan 6; f = film(gan, 3, 4)'


def frames(file):
    """The pixels of every frame and how long each is shown."""
    picture = Image.open(io.BytesIO(file))
    found = []
    for index in range(picture.n_frames):
        picture.seek(index)
        found.append((picture.convert("L").tobytes(), picture.info["duration"]))
    return found


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    file = tmp_path_factory.mktemp("film") / "film.png"
    subprocess.run([easel(), "run", "--no-init", "-e", f'{FILM}\nsave f "{file}"'], check=True, capture_output=True)
    return file.read_bytes()


def test_pillow_reads_all_frames(film):
    found = frames(film)
    assert len(found) == 3 and len({pixels for pixels, _ in found}) == 3
    assert [time for _, time in found] == [400, 400, 1600]
    assert Image.open(io.BytesIO(film)).info["loop"] == 0


def test_the_kernel_shows_it_moving_when_asked_to(film, installed_kernel):
    cells = [nbformat.v4.new_code_cell(code) for code in (FILM, "f", "film(gan, 3, 4, play=True)")]
    document = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(document, kernel_name="easel", timeout=60).execute()
    shown = [next(output.data for output in cell.outputs if "image/png" in output.get("data", {}))
             for cell in document.cells[1:]]
    still, moving = (base64.b64decode(data["image/png"]) for data in shown)
    assert Image.open(io.BytesIO(still)).n_frames == 1
    assert frames(moving) == frames(film)
    assert "steps 0 … 6" in document.cells[2].outputs[-1].text


@pytest.mark.skipif(BROWSER is None, reason="there is no browser")
def test_a_browser_plays_it(film):
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(f'<img src="data:image/png;base64,{base64.b64encode(film).decode()}">')
        seen = set()
        for _ in range(20):
            seen.add(page.screenshot())
            if len(seen) == 3:
                break
            page.wait_for_timeout(200)
        browser.close()
    assert len(seen) == 3
