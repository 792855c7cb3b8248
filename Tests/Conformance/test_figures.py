# SPDX-License-Identifier: Apache-2.0
"""Pictures as other programs understand them: what terminals decode, what notebooks validate and draw."""

import base64
import io
import json
import re
import subprocess

import pytest
from PIL import Image
from wire import easel

GRID = 'show grid(dataset("digits")[0:8], 4)'


def shown(code, *arguments, **options):
    """What a program prints, as bytes."""
    return subprocess.run([easel(), "run", "--no-init", *arguments, "-e", code], capture_output=True, check=True,
                          **options).stdout


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The pixels of the grid in a file."""
    file = tmp_path_factory.mktemp("figures") / "grid.png"
    shown(f'save(grid(dataset("digits")[0:8], 4), "{file}")')
    return file.read_bytes()


def pixels(file):
    return Image.open(io.BytesIO(file)).convert("L")


def test_kitty_gets_the_file_in_pieces(saved):
    pieces = re.findall(rb"\x1b_G([^;]*);([^\x1b]*)\x1b\\", shown(GRID, "--graphics", "kitty"))
    keys = [dict(pair.split(b"=") for pair in head.split(b",")) for head, _ in pieces]
    assert keys[0][b"a"] == b"T" and keys[0][b"f"] == b"100"
    assert [key[b"m"] for key in keys] == [b"1"] * (len(keys) - 1) + [b"0"]
    assert all(len(data) <= 4096 and len(data) % 4 == 0 for _, data in pieces)
    assert base64.b64decode(b"".join(data for _, data in pieces)) == saved


def test_iterm_gets_the_same_file(saved):
    head, data = re.search(rb"\x1b\]1337;File=([^:]*):([^\x07]*)\x07", shown(GRID, "--graphics", "iterm")).groups()
    file = base64.b64decode(data)
    assert dict(pair.split(b"=") for pair in head.split(b";"))[b"size"] == str(len(file)).encode()
    assert file == saved


def decoded_sixels(data):
    """The pixels of a sixel picture, each a colour in percent."""
    body = re.search(rb"\x1bP[\d;]*q(.*?)\x1b\\", data, re.S).group(1).decode()
    width, height = map(int, re.match(r'"\d+;\d+;(\d+);(\d+)', body).groups())
    colours, picture, x, y, colour = {}, {}, 0, 0, 0
    for token in re.finditer(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)([?-~])|([?-~])|([$-])", body):
        number, red, green, blue, times, repeated, single, move = token.groups()
        if number is not None:
            colour = int(number)
            if red is not None:
                colours[colour] = (int(red), int(green), int(blue))
        elif move == "$":
            x = 0
        elif move == "-":
            x, y = 0, y + 6
        else:
            for _ in range(int(times or 1)):
                for bit in range(6):
                    if ord(repeated or single) - 63 >> bit & 1:
                        picture[x, y + bit] = colours[colour]
                x += 1
    return width, height, picture


def test_sixels_are_the_pixels_of_the_file(saved):
    width, height, picture = decoded_sixels(shown(GRID, "--graphics", "sixel"))
    expected = pixels(saved)
    assert (width, height) == expected.size
    assert len(picture) == width * height
    for (x, y), colour in picture.items():
        level = expected.getpixel((x, y))
        assert all(abs(part * 255 / 100 - level) <= 1.4 for part in colour)


def test_files_are_the_same_file(saved, tmp_path):
    path = shown(GRID, "--graphics", "files", cwd=tmp_path).decode().splitlines()[0]
    assert (tmp_path / path).read_bytes() == saved


def half_blocks(line):
    """The colours above and below of every half block of a line."""
    over, under, cells = None, None, []
    for code, character in re.findall(r"\x1b\[([\d;]*)m|(.)", line):
        if character:
            cells.append((over if character == "▀" else under if character == " " else None,
                          under if character in "▀ " else over))
            continue
        numbers = [int(number) for number in code.split(";")]
        while numbers:
            first = numbers.pop(0)
            if first in (38, 48):
                colour, numbers = tuple(numbers[1:4]), numbers[4:]
                over, under = (colour, under) if first == 38 else (over, colour)
            elif first in (0, 49):
                over, under = (None if first == 0 else over), None
    return cells


def test_half_blocks_average_each_tile_on_its_own_grid():
    code = 'x = zeros(2, 28, 28); x[1] = 1; show grid(x, 2)'
    text = shown(code, "--graphics", "half", "--color", "always", env={"TERM": "xterm", "COLORTERM": "truecolor",
                                                                     "LANG": "C.UTF-8"}).decode()
    first = half_blocks(text.splitlines()[0])
    assert {upper for upper, _ in first} >= {(0, 0, 0), (255, 255, 255), None}
    assert len({colour for pair in first for colour in pair} - {None}) == 2, "nothing is mixed across tiles"


def test_vega_lite_is_valid_and_is_drawn(tmp_path):
    convert = pytest.importorskip("vl_convert")
    from wire import Kernel
    with Kernel() as kernel, kernel.client() as client:
        client.wait_until_ready()
        _, outputs = client.execute(
            'plot([3, 1, None, 2], [2, 2, 1, 1], labels=["a", "b"], title="t", interactive=True)')
        data = next(bundle.content["data"] for bundle in outputs if "data" in bundle.content)
    chart = data["application/vnd.vegalite.v5+json"]
    assert chart["$schema"].endswith("vega-lite/v5.json")
    assert "<svg" in convert.vegalite_to_svg(json.dumps(chart), vl_version="5.21")


@pytest.mark.parametrize("code", [
    "show grid(rand(1, 1, 1))", "show grid(rand(3, 3, 12, 12), 2)", "show grid(zeros(10000, 1, 4, 4), 100)",
    "plot([1])", "plot([0 / 0.0, 0 / 0.0])", "plot(randn(300, 24))", "hist([0 / 0.0])", "hist([2, 2, 2])",
    "heat(zeros(1, 1))", "heat(randn(2, 4000))", "scatter(zeros(1, 2))", "show(dataset(\"digits\", limit=3)[0:0])",
])
@pytest.mark.parametrize("width", [20, 80])
def test_odd_data_never_break_a_picture(code, width):
    for graphics in ["half", "sixel", "kitty", "braille", "ascii", "shade", "none"]:
        ended = subprocess.run(
            [easel(), "run", "--no-init", "--graphics", graphics, "--color", "always", "-e", code], capture_output=True,
            env={"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLUMNS": str(width)}, timeout=60)
        assert ended.returncode in (0, 1), ended.stderr
        assert ended.stdout or b"Error" in ended.stderr
