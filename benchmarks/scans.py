"""Signed sheets read by what their codes say: how many degraded ones are read right, and what 500 scanned pages cost.

    python -m benchmarks.scans [SHEETS]

A sheet is right when it is known for what it is and turned upright; wrong when it is taken for another or turned otherwise.
The floor of the speed is drawing each page with pypdfium2 at 200 dpi and one call of zxing-cpp with its default settings.
"""

import io
import math
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from benchmarks._turns import by_turns
from tests.scanning.harm import HARMS, Harm, harmed, torn
from tests.scanning.sheets import DPI, as_pdf, code, printed
from wenlv_desk.registries.pledge.sorting import Expected, found_on, sort_pages
from wenlv_desk.scanning import read_pages, survey
from wenlv_desk.scanning.codes import codes_on, is_blank, judge

SHEETS = 50  # of each kind
DIFFERENT = 12  # that are drawn; what is done to them differs every time
PAGES = 500
A_PLEDGE = 4  # pages
RIGHT, COST = 0.99, 1.5
TORN: dict[str, Harm] = {"both codes torn": torn(codes=2)}


def run(sheets: int = SHEETS) -> list[dict[str, Any]]:
    """A row for every degradation, and one for the speed."""
    return [*(_row(name, *tally(name, sheets)) for name in HARMS), _torn(sheets), _cost()]


def tally(name: str, sheets: int) -> tuple[Counter[str], float]:
    """How many were right, unread and wrong; milliseconds a sheet."""
    chance, found, spent = random.Random(name), Counter[str](), 0.0
    for n in range(sheets):
        text = code(n % DIFFERENT + 1).text()
        picture, turn = harmed(name, printed(text), chance)
        begun = time.perf_counter()
        verdict = judge(codes_on(picture))
        spent += time.perf_counter() - begun
        found["unread" if not verdict.text else "right" if verdict[:2] == (text, turn) else "wrong"] += 1
    return found, spent / sheets * 1000


def _row(name: str, found: Counter[str], each: float) -> dict[str, Any]:
    sheets = found.total()
    return {
        "work": f"sheets read right: {name}",
        "ours": found["right"],
        "floor": sheets,
        "ratio": 0.0 if found["wrong"] else found["right"] / sheets,
        "aim": RIGHT,
        "better": "more",
        "unread": found["unread"],
        "wrong": found["wrong"],
        "ms a sheet": round(each, 1),
    }


def _torn(sheets: int) -> dict[str, Any]:
    """Pages torn through both codes: to be unread."""
    chance, wrong, read = random.Random("torn"), 0, 0
    for n in range(sheets):
        text = code(n % DIFFERENT + 1).text()
        picture = TORN["both codes torn"](printed(text), chance)
        found = judge(codes_on(picture), blank=is_blank(picture)).text
        wrong, read = wrong + (found not in ("", text)), read + (found == text)
    work = "sheets torn through both codes: none taken for another"
    return {
        "work": work,
        "ours": wrong,
        "floor": sheets,
        "ratio": wrong / sheets,
        "aim": 0.0,
        "read all the same": read,
    }


def _cost() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scan.pdf")
        scan(path, PAGES)
        size = path.stat().st_size
        ours, floor = by_turns(lambda: _ours(path), lambda: bare(path))
    work = f"{PAGES} scanned A4 pages at {DPI} dpi read and sorted"
    return {"work": work, "ours_s": ours, "floor_s": floor, "ratio": ours / floor, "aim": COST, "MB": round(size / 1e6)}


def scan(path: Path, pages: int) -> None:
    """What a copier makes of so many signed pages: each a grey JPEG, a little askew."""
    texts = [code(n // A_PLEDGE + 1, n % A_PLEDGE + 1, A_PLEDGE).text() for n in range(pages)]
    chance = random.Random(pages)
    made = pypdfium2.PdfDocument.new()
    with pypdfium2.PdfDocument(as_pdf(texts)) as printed_pages:
        for page in printed_pages:
            picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
            askew = picture.rotate(chance.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor=255)
            _lay(made, askew.filter(ImageFilter.GaussianBlur(0.6)))
    made.save(path)
    made.close()


def _lay(made: pypdfium2.PdfDocument, picture: Image.Image) -> None:
    """A page that is one JPEG."""
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=75)
    wide, high = picture.width / DPI * 72, picture.height / DPI * 72
    page, image = made.new_page(wide, high), pypdfium2.PdfImage.new(made)
    image.load_jpeg(jpeg, inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(wide, high))
    page.insert_obj(image)
    page.gen_content()
    page.close()


def _ours(path: Path) -> None:
    numbers = [code(n + 1) for n in range(math.ceil(PAGES / A_PLEDGE))]
    expected = {one.number: Expected(A_PLEDGE, 1, one.digest) for one in numbers}
    found = sort_pages(found_on(read_pages(survey(path))), expected)
    filed = sum(one.code is not None for one in found)
    if filed != PAGES:
        raise SystemExit(f"only {filed} of {PAGES} pages were filed")


def bare(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            zxingcpp.read_barcodes(page.render(scale=DPI / 72).to_pil())


if __name__ == "__main__":
    for line in run(*map(int, sys.argv[1:])):
        ours, floor = (line.get(key, line.get(f"{key}_s")) for key in ("ours", "floor"))
        more = {key: line[key] for key in ("unread", "wrong", "read all the same", "ms a sheet", "MB") if key in line}
        print(f"{line['work']:64} {ours:8.4g} {floor:8.4g} {line['ratio']:6.3f}  {line['aim']}  {more}")
