# SPDX-License-Identifier: Apache-2.0
"""Every kind of figure as a picture, at every door: python gallery.py FOLDER [terminal lab html console] [-k NAME].

A terminal's picture is what a real emulator draws (xterm; kitty for its own protocol, mlterm for iTerm2's) on a virtual
display; a red line marks where the screen ends. Notebooks are drawn by a headless browser. For looking at, not for comparing.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from PIL import Image, ImageDraw, ImageFont  # noqa: E402
from terminal import Terminal  # noqa: E402

SOURCE = Path(__file__).resolve().parent / "figures.easel"
TRUE = {"COLORTERM": "truecolor"}
# Name: columns, rows, arguments, variables, background.
PROFILES = {
    "80": (80, 24, [], TRUE, "dark"),
    "80-light": (80, 24, [], TRUE, "light"),
    "120": (120, 40, [], TRUE, "dark"),
    "120-light": (120, 40, [], TRUE, "light"),
    "80-nocolor": (80, 24, [], {"NO_COLOR": "1"}, "light"),
    "80-sixteen": (80, 24, [], {"TERM": "xterm"}, "dark"),
    "80-braille": (80, 24, ["--graphics", "braille"], TRUE, "dark"),
    "80-ascii": (80, 24, [], {"LC_ALL": "C"}, "light"),
    "80-reader": (80, 24, [], {"EASEL_READER": "1"}, "light"),
    "80-zh": (80, 24, ["--lang", "zh"], TRUE, "dark"),
    "80-sixel": (80, 24, ["--graphics", "sixel"], TRUE, "dark"),
    "80-iterm": (80, 24, ["--graphics", "iterm"], TRUE, "dark"),
    "120-kitty": (120, 40, ["--graphics", "kitty"], TRUE, "dark"),
}


# What the program asked the terminal: another one must not answer it again.
QUESTIONS = re.compile(rb"\x1b_G[^;]*a=q[^\x1b]*\x1b\\|\x1b\[c|\x1b\[6n")


def figures():
    """What comes first, and the figures by name, each a list of lines."""
    before, parts, name = [], {}, None
    for line in SOURCE.read_text().splitlines():
        if line.startswith("## "):
            name = line[3:]
            parts[name] = []
        elif line and not line.startswith("#"):
            (before if name is None else parts[name]).append(line)
    return before, parts


def enter(terminal, line):
    """Types a line and waits for the next prompt, at whatever place the screen shows it."""
    start = len(terminal.raw)
    terminal.type(line + "\r")
    terminal.wait(
        lambda: len(terminal.raw) > start + len(line) and terminal.last_line == ">>" and terminal.screen.cursor.x == 3,
        "a prompt")


def capture(profile, chosen):
    """What the terminal gets for each figure, as bytes."""
    columns, rows, arguments, variables, _ = PROFILES[profile]
    before, parts = figures()
    captured = {}
    with Terminal(*arguments, "--no-init", columns=columns, rows=rows, **variables) as terminal:
        terminal.wait_for_prompt()
        for line in before:
            enter(terminal, line)
        for name, lines in parts.items():
            start = len(terminal.raw)
            for line in lines:
                enter(terminal, line)
            if not chosen or name in chosen:
                captured[name] = QUESTIONS.sub(b"", terminal.raw[start:])
    return captured


class Display:
    """A virtual display on which terminals are drawn."""

    def __init__(self, number=97):
        self.name = f":{number}"
        self.server = subprocess.Popen(["Xvfb", self.name, "-screen", "0", "1500x2600x24"],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1)

    def close(self):
        self.server.terminate()
        self.server.wait()

    def draw(self, data, columns, rows, background, emulator, file):
        """Saves what an emulator shows of `data`."""
        with tempfile.TemporaryDirectory() as folder:
            content, done = Path(folder) / "content", Path(folder) / "done"
            content.write_bytes(b"\x1b[?25l" + data)
            show = ["sh", "-c", f"stty -onlcr 2>/dev/null; cat {content}; sleep 0.2; touch {done}; sleep 60"]
            terminal = subprocess.Popen(
                getattr(self, emulator)(columns, rows, background, show),
                env={**os.environ, "DISPLAY": self.name, "LC_ALL": "C.UTF-8", "LIBGL_ALWAYS_SOFTWARE": "1"},
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                for _ in range(200):
                    if done.exists():
                        break
                    time.sleep(0.05)
                time.sleep(0.15 if emulator == "xterm" else 1.5)
                subprocess.run(["import", "-silent", "-window", "root", str(file)], check=True,
                               env={**os.environ, "DISPLAY": self.name})
            finally:
                terminal.kill()
                terminal.wait()
        return Image.open(file).convert("RGB")

    @staticmethod
    def xterm(columns, rows, background, show):
        ground, ink = ("#fdfdfd", "#202020") if background == "light" else ("#15181c", "#d8d8d8")
        return ["xterm", "-ti", "vt340", "-xrm", "XTerm*sixelScrolling: true", "-xrm", "XTerm*maxGraphicSize: 2000x3000",
                "-fa", "DejaVu Sans Mono", "-fd", "Noto Sans Mono CJK SC", "-fs", "10", "-b", "4", "-bg", ground, "-fg", ink,
                "+sb", "-geometry", f"{columns}x{rows}+0+0", "-e", *show]

    @staticmethod
    def mlterm(columns, rows, _, show):
        return ["mlterm", "--fg=#d8d8d8", "--bg=#15181c", "--sbmod=none", "--aa", "--geometry", f"{columns}x{rows}+0+0",
                "-e", *show]

    @staticmethod
    def kitty(columns, rows, _, show):
        return ["kitty", "--config", "NONE", "-o", f"initial_window_width={columns}c", "-o", "remember_window_size=no",
                "-o", f"initial_window_height={rows}c", "-o", "font_size=10", "-o", "background=#15181c", *show]


def cropped(picture):
    """The picture without the empty display right of and below the terminal."""
    box = picture.getbbox()
    return picture.crop((0, 0, box[2], box[3])) if box else picture


def draw_terminals(folder, profiles, chosen):
    display = Display()
    try:
        for profile in profiles:
            columns, rows, _, _, background = PROFILES[profile]
            emulator = {"kitty": "kitty", "iterm": "mlterm"}.get(profile.split("-")[-1], "xterm")
            target = folder / profile
            target.mkdir(parents=True, exist_ok=True)
            for name, data in capture(profile, chosen).items():
                text = re.sub(rb"\x1b\][^\x07]*\x07|\x1b_.*?\x1b\\|\x1bP.*?\x1b\\|\x1b\[[0-9;?]*[A-Za-z]", b"", data, flags=re.S)
                has_pictures = any(start in data for start in (b"\x1bP", b"\x1b_G", b"\x1b]1337"))
                height = max(rows if has_pictures else 4, min(140, text.count(b"\n") + 1)) + (40 if has_pictures else 0)
                file = target / f"{name}.png"
                picture = cropped(display.draw(data, columns, height, background, emulator, file))
                cell = (picture.height - 8) / height
                if height > rows and not has_pictures:
                    y = picture.height - 4 - rows * cell
                    ImageDraw.Draw(picture).line([(0, y), (picture.width, y)], fill=(220, 40, 40))
                picture.save(file)
    finally:
        display.close()


def cells():
    """The notebook's cells: what comes first, then a cell for each figure, by name."""
    before, parts = figures()
    return {"before": "\n".join(before), **{name: "\n".join(lines) for name, lines in parts.items()}}


def draw_lab(folder, theme):
    """Saves what JupyterLab shows of every cell."""
    import lab as laboratory
    laboratory.SETTINGS["apputils-extension/themes"] = {"theme": f"JupyterLab {theme.capitalize()}"}
    target = folder / f"lab-{theme}"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        page = laboratory.Lab(place)
        try:
            page.open("gallery.ipynb", *cells().values())
            page.run_all(seconds=300)
            time.sleep(1)
            for index, name in enumerate(cells()):
                page.cell(index).screenshot(path=target / f"{name}.png")
        finally:
            page.close()


def draw_html(folder):
    """Saves what a page that nbconvert exports shows of every cell, and the notebook and the page themselves."""
    import nbformat
    from lab import BROWSER
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter
    from playwright.sync_api import sync_playwright
    target = folder / "html"
    target.mkdir(parents=True, exist_ok=True)
    made = [nbformat.v4.new_code_cell(cell) for cell in cells().values()]
    kernel = {"name": "easel", "display_name": "Easel", "language": "easel"}
    notebook = nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})
    NotebookClient(notebook, kernel_name="easel", timeout=300).execute()
    nbformat.write(notebook, target / "gallery.ipynb")
    (target / "gallery.html").write_text(HTMLExporter().from_notebook_node(notebook)[0])
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1000, "height": 1000})
        page.goto(f"file://{(target / 'gallery.html').resolve()}")
        for index, name in enumerate(cells()):
            page.locator(".jp-CodeCell").nth(index).screenshot(path=target / f"{name}.png")
        browser.close()


def draw_console(folder):
    """Saves what jupyter console shows of every cell in a terminal of 80 columns.

    Left alone it hands pictures to the desktop's viewer and prints their captions only; told not to, it prints their text.
    """
    target = folder / "console"
    target.mkdir(parents=True, exist_ok=True)
    display = Display()
    before, parts = figures()
    environment = {name: os.environ[name] for name in ("JUPYTER_PATH", "XDG_STATE_HOME") if name in os.environ}
    program = str(Path(sys.executable).parent / "jupyter-console")
    try:
        with Terminal("--kernel", "easel", "--ZMQTerminalInteractiveShell.true_color=True",
                      "--ZMQTerminalInteractiveShell.image_handler=None", program=program, columns=80, rows=400, **TRUE,
                      **environment) as terminal:
            def enter_cell(line):
                prompts = terminal.text.count("In [")
                terminal.type(line + "\r")
                terminal.wait(lambda: terminal.text.count("In [") > prompts and terminal.last_line.startswith("In ["), line)
                for _ in range(8):
                    terminal.read()
            terminal.wait(lambda: "In [1]" in terminal.text, "a prompt")
            for line in before:
                enter_cell(line)
            for name, lines in parts.items():
                first = terminal.screen.cursor.y
                for line in lines:
                    enter_cell(line)
                shown = terminal.lines[first:terminal.screen.cursor.y]
                if terminal.screen.cursor.y > 250:
                    terminal.type("\x0c")
                    terminal.wait(lambda: terminal.screen.cursor.y < 5, "an empty screen")
                (target / f"{name}.txt").write_text("\n".join(shown))
                file = target / f"{name}.png"
                data = "\r\n".join(shown).encode()
                cropped(display.draw(data, 80, min(140, len(shown) + 2), "light", "xterm", file)).save(file)
    finally:
        display.close()


def installed():
    """Puts the kernel where the clients of this process look first."""
    folder = tempfile.mkdtemp(prefix="easel-gallery-")
    subprocess.run([os.environ["EASEL"], "install", "--prefix", folder], check=True, stdout=subprocess.DEVNULL)
    os.environ["JUPYTER_PATH"] = f"{folder}/share/jupyter"
    os.environ["XDG_STATE_HOME"] = f"{folder}/state"
    os.environ["EASEL_THREADS"] = "2"


def contact_sheet(files, target, columns, width=None):
    """Some pictures in one, each below its name."""
    pictures = [(file.stem, Image.open(file).convert("RGB")) for file in files]
    if width:
        pictures = [(name, picture.resize((width, picture.height * width // picture.width), Image.LANCZOS)
                     if picture.width > width else picture) for name, picture in pictures]
    heights = [0] * columns
    places = []
    for name, picture in pictures:
        column = heights.index(min(heights))
        places.append((name, picture, column, heights[column]))
        heights[column] += picture.height + 24
    step = max(picture.width for _, picture in pictures) + 12
    sheet = Image.new("RGB", (step * columns, max(heights)), (96, 96, 120))
    font = ImageFont.truetype("DejaVuSansMono.ttf", 13)
    for name, picture, column, y in places:
        ImageDraw.Draw(sheet).text((column * step + 4, y + 3), name, fill="white", font=font)
        sheet.paste(picture, (column * step, y + 20))
    sheet.save(target)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("doors", nargs="*", help="terminal profiles: " + " ".join(PROFILES) + "; or lab, html, console")
    parser.add_argument("-k", dest="chosen", action="append", default=[], help="only this figure")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    doors = arguments.doors or [*PROFILES, "lab", "html", "console"]
    if not set(doors) <= set(PROFILES):
        installed()
    if "lab" in doors:
        draw_lab(arguments.folder, "light")
        draw_lab(arguments.folder, "dark")
    if "html" in doors:
        draw_html(arguments.folder)
    if "console" in doors:
        draw_console(arguments.folder)
    draw_terminals(arguments.folder, [door for door in doors if door in PROFILES], arguments.chosen)


if __name__ == "__main__":
    main()
