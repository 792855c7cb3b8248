# SPDX-License-Identifier: Apache-2.0
"""Builds the walkthroughs: one source with paired paragraphs becomes an English and a Chinese notebook.

    python notebooks/build.py                 build all, run them, store them with their outputs
    python notebooks/build.py --check         run the stored ones again and compare

A source is Markdown in blocks. `:::en` and `:::zh` begin a paragraph in that language, `:::code` a cell; words after
`:::code` are the cell's tags (`raises-exception` marks a cell that must fail).
"""

import argparse
import base64
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
LANGUAGES = ("en", "zh")
KERNEL = "easel"


def blocks(source):
    """The blocks of a source: (kind, tags, text)."""
    for part in re.split(r"^:::", source, flags=re.M)[1:]:
        head, _, text = part.partition("\n")
        kind, *tags = head.split()
        yield kind, tags, text.strip("\n")


def notebook(path, language):
    """The notebook of `path` in `language`, without outputs."""
    cells = []
    for kind, tags, text in blocks(path.read_text(encoding="utf-8")):
        identity = f"{path.stem}-{len(cells)}"
        if kind == "code":
            cells.append(nbformat.v4.new_code_cell(text, id=identity, metadata={"tags": tags} if tags else {}))
        elif kind == language:
            cells.append(nbformat.v4.new_markdown_cell(text, id=identity))
    metadata = {"kernelspec": {"name": KERNEL, "display_name": "Easel", "language": "easel"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def run(document, folder):
    """Runs every cell in order on a fresh kernel and leaves the outputs in `document`."""
    NotebookClient(document, timeout=120, kernel_name=KERNEL, resources={"metadata": {"path": str(folder)}}).execute()
    for cell in document.cells:
        cell.metadata.pop("execution", None)
    return document


def masked(text):
    """`text` without what depends on the machine: times, rates, bars, and digits beyond the second."""
    text = re.sub(r"\d[\d.,]*k? ?(s|ms|µs|min|steps/s|img/s|images/s|/s)\b|\d+:\d+ left|ETA|[━─]{5,}", "", text)
    text = re.sub(r"\d+\.\d+(e[-+]?\d+)?", lambda match: f"{float(match.group()):.2g}", text)
    return re.sub(r" +", " ", text)


def picture(data):
    """Size and mean of a stored PNG, which small differences of the last bit do not move."""
    from io import BytesIO

    from PIL import Image, ImageStat

    image = Image.open(BytesIO(base64.b64decode(data))).convert("L")
    return image.size, round(ImageStat.Stat(image).mean[0] / 4)


def fingerprint(output):
    """What must be the same when a cell is run again."""
    if output.output_type == "stream":
        return output.name, masked(output.text)
    if output.output_type == "error":
        return output.ename, masked(output.evalue)
    data = output.data
    return masked(data.get("text/plain", "")), picture(data["image/png"]) if "image/png" in data else None


def is_live_line(output):
    """Whether it is the line that a loop shows only when it runs for half a second: `i 300/938 …`."""
    plain = output.get("data", {}).get("text/plain", "")
    return output.output_type == "display_data" and re.match(r"\w+ +\d+/\d+ ", plain) is not None


def differences(stored, fresh):
    """Sentences that say where two runs of a notebook differ."""
    for number, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True)):
        if old.cell_type != "code":
            continue
        before, after = (
            [fingerprint(output) for output in cell.outputs if not is_live_line(output)] for cell in (old, new))
        if before != after:
            yield f"cell {number} ({old.source.splitlines()[0]}): was {before!r}, is {after!r}"


def build(path):
    for language in LANGUAGES:
        folder = HERE / language
        folder.mkdir(exist_ok=True)
        nbformat.write(run(notebook(path, language), folder), folder / f"{path.stem}.ipynb")


def check(path):
    """Runs the stored notebooks of `path` again; returns what differs."""
    found = []
    stored = {language: nbformat.read(HERE / language / f"{path.stem}.ipynb", 4) for language in LANGUAGES}
    for language, document in stored.items():
        expected = notebook(path, language)
        if [cell.source for cell in expected.cells] != [cell.source for cell in document.cells]:
            found.append(f"{language}/{path.stem}.ipynb was not built from its source: run notebooks/build.py")
    english = stored["en"]
    fresh = run(notebook(path, "en"), HERE / "en")
    return found + list(differences(english, fresh))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the stored outputs")
    parser.add_argument("names", nargs="*", help="sources, without .md (all when left out)")
    arguments = parser.parse_args()
    sources = [HERE / "source" / f"{name}.md" for name in arguments.names] or sorted((HERE / "source").glob("*.md"))
    found = []
    for path in sources:
        print(path.stem, flush=True)
        found += check(path) if arguments.check else (build(path) or [])
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
