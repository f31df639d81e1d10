"""Marks (文本标记) in cells: how an exported text that a spreadsheet or this program would misread is told from what it looks like.

A leading apostrophe, as clerks type it in Excel themselves. `marked` puts it before
- what a spreadsheet takes for a formula, where the file cannot say "text" (CSV: = + - @ tab, and their full-width forms),
- digits that it would take for a quantity and cut (CSV: twelve and more, or a leading zero),
- what this program reads as nothing (N/A) or as a note below the table (合计, 备注：…),
- a text that would lose an apostrophe of its own.
`unmarked(marked(text)) == text` for every text; an apostrophe before anything else is kept.
"""

import re

APOSTROPHE = "'"
FIRST_CELLS = 3  # of a row: among these a total or note is known by its words
NOTHING = frozenset({"N/A", "n/a", "#N/A", "NULL", "null"})
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_CUT = re.compile(r"\d{12,}|0\d+|\d+[Ee]\d+", re.ASCII)
_NOTE = re.compile(r"\s*(?:本页|累计)?\s*[合总小共]\s*计|(?:共|第)\s*\d+|[^:：]{1,16}[:：]")


def alive(text: str) -> bool:
    """Whether a spreadsheet that opens a CSV may take the text for a formula, or for a number it cuts."""
    if text[:1] in _FORMULA:
        return _NUMBER.fullmatch(text) is None
    return _CUT.fullmatch(text) is not None


def mistakable(text: str) -> bool:
    """Whether the text alone would be read as nothing, or as a line below the table."""
    return text in NOTHING or _NOTE.match(text) is not None


def marked(text: str, *, csv: bool = False, first: bool = False) -> str:
    """The text as a cell keeps it. `first`: the cell stands among the first of its row, where notes and totals begin."""
    misread = text in NOTHING or (csv and alive(text)) or (first and mistakable(text))
    return APOSTROPHE + text if misread or (text[:1] == APOSTROPHE and unmarked(text) != text) else text


def unmarked(text: str) -> str:
    """A cell's text without the mark."""
    if not text.startswith(APOSTROPHE):
        return text
    rest = text[1:]
    known = rest[:1] == APOSTROPHE or rest[:1] in _FORMULA or mistakable(rest) or _CUT.fullmatch(rest) is not None
    return rest if known else text
