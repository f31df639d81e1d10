"""Pages the tests of this package share, and what poppler reads in them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from wenlv_desk.typeset.page import Document, Field, Page, Style

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def pdftotext(pdf: bytes, folder: Path) -> str:
    """The text poppler finds in a PDF, blanks and line ends left out."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-enc", "UTF-8", file, "-"], check=True, capture_output=True)
    return "".join(found.stdout.decode("utf-8").split())


def squares(text: str, style: Style, *, across: int = 17, side: float = 10.0) -> Document:
    """Characters one by one in squares of 10 mm, 17 a line, for looking at each."""
    marks = tuple(
        Field("字", character, 15 + at % across * side, 25 + at // across * side, side, style)
        for at, character in enumerate(text)
    )
    return Document("字样", (Page(marks=marks),), footer=None)
