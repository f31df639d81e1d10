"""Finds the heading (表头) of a table among title rows and notes, and joins headings of several rows.

It knows no field: a heading is a row of several short, different words that are neither numbers nor dates, with other
things below. Known labels, where given, weigh more.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import islice
from typing import Final

from wenlv_desk.ledger.reading.model import Cell, Merge, Row, Sheet

SERIAL: Final = frozenset({"序号", "序", "编号", "行号", "no", "#"})
"""Normalised headings of a column that only counts the rows."""

_SEARCHED: Final = 60
_LONGEST_LABEL: Final = 30
_DEEPEST: Final = 3
_LATER: Final = 0.7  # what a row counts after another row of several cells: data of plain text looks like a heading too
_VALUE: Final = re.compile(r"[\d\s.,:/\\—–~年月日时分秒万元%+-]+|\d{6,}.*|[0-9A-Z]{15,18}")
_NOT_A_LABEL: Final = re.compile(r"[:：。；]|^(注|说明|备注)[:：]")
_BESIDE_CHINESE: Final = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")


def heading_text(cell: Cell) -> str:
    """A heading as read by a person: no line breaks, and no blanks that only spread Chinese characters (姓　名)."""
    return "" if cell is None else _BESIDE_CHINESE.sub("", re.sub(r"\s+", " ", str(cell)).strip())


def normalise_heading(text: str) -> str:
    """For comparison: full width and case folded; blanks, required marks and punctuation dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character == "#" or unicodedata.category(character)[0] in "LN")


def _width(text: str) -> float:
    """In Chinese characters; a Latin letter is half of one."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _is_label(text: str) -> bool:
    if not text or _width(text) > _LONGEST_LABEL or _NOT_A_LABEL.search(text):
        return False
    return not _VALUE.fullmatch(unicodedata.normalize("NFKC", text))


def _score(row: Row, known: Collection[str]) -> float:
    texts = [heading_text(cell) for cell in row if cell is not None]
    texts = [text for text in texts if text]
    labels = {text for text in texts if _is_label(text)}
    matched = sum(1 for text in labels if (plain := normalise_heading(text)) in known or plain in SERIAL)
    return len(labels) - 1.5 * (len(texts) - len(labels)) + 2 * matched


def find_heading(sheet: Sheet, known: Collection[str]) -> range | None:
    """The lines (in the file) of the heading, or None when no row looks like one."""
    best, best_score, before = None, 0.0, 0
    for line, row in islice(sheet.numbered(), _SEARCHED):
        filled = len(row) - row.count(None)
        if filled < min(2, len(row)):
            continue
        score = _score(row, known) * _LATER**before
        before += 1
        if score > best_score:
            best, best_score = line, score
    if best is None or (best_score < 2 and len(sheet.rows[0]) > 1):
        return None
    return _with_neighbours(sheet, best)


def _row(sheet: Sheet, line: int) -> Row:
    index = line - sheet.first_line
    return sheet.rows[index] if 0 <= index < len(sheet.rows) else ()


def _with_neighbours(sheet: Sheet, line: int) -> range:
    """Take in the rows that merged cells, or gaps that another row fills, tie to the heading row."""
    top = bottom = line
    reaching = [merge for merge in sheet.merged if merge.bottom - merge.top < _DEEPEST and _holds_label(sheet, merge)]
    for merge in reaching:
        if merge.top < line <= merge.bottom:
            top = min(top, merge.top)
        if merge.top <= line < merge.bottom:
            bottom = max(bottom, merge.bottom)
    if top == line and _groups(sheet, _row(sheet, line - 1), _row(sheet, line), line - 1):
        top = line - 1
    if bottom == line and _groups(sheet, _row(sheet, line), _row(sheet, line + 1), line):
        bottom = line + 1
    return range(top, bottom + 1)


def _holds_label(sheet: Sheet, merge: Merge) -> bool:
    row = _row(sheet, merge.top)
    index = merge.left - sheet.first_column
    return 0 <= index < len(row) and _is_label(heading_text(row[index]))


def _groups(sheet: Sheet, upper: Sequence[Cell], lower: Sequence[Cell], upper_line: int) -> bool:
    """Whether the upper row groups columns that the lower row names one by one."""
    below = [index for index, cell in enumerate(lower) if heading_text(cell)]
    if not below or not all(_is_label(heading_text(lower[index])) for index in below):
        return False
    named = [index for index, cell in enumerate(upper) if heading_text(cell)]
    if len(named) < 2 or not all(_is_label(heading_text(upper[index])) for index in named):
        return False
    gaps = [index for index in below if index not in named]
    spans = [merge for merge in sheet.merged if merge.top == merge.bottom == upper_line and merge.left < merge.right]
    if spans:
        first = sheet.first_column
        covered = {column - first for span in spans for column in range(span.left, span.right + 1)}
        return bool(gaps) and set(gaps) <= covered and all(index in covered for index in below)
    alone = [index for index in named if index not in below]
    return bool(gaps) and 2 * len(alone) >= len(named)


def joined_headings(sheet: Sheet, lines: range) -> list[str]:
    """One heading for every column: the words of all heading rows joined by "/", a merged word counted once."""
    levels = [_level(sheet, line, names_below=line + 1 in lines) for line in lines]
    return ["/".join(dict.fromkeys(filter(None, words))) for words in zip(*levels, strict=True)]


def _level(sheet: Sheet, line: int, *, names_below: bool) -> list[str]:
    words = [heading_text(cell) for cell in _row(sheet, line)]
    spans = [merge for merge in sheet.merged if merge.top <= line <= merge.bottom]
    for merge in spans:
        upper = _row(sheet, merge.top)
        places = [column - sheet.first_column for column in range(merge.left, merge.right + 1)]
        text = heading_text(upper[places[0]]) if upper and 0 <= places[0] < len(upper) else ""
        for index in places:
            if 0 <= index < len(words):
                words[index] = words[index] or text
    if names_below and not spans:
        _fill_right(words, [heading_text(cell) for cell in _row(sheet, line + 1)])
    return words


def _fill_right(words: list[str], below: list[str]) -> None:
    """Without merged cells (csv) a group's word stands over its first column only."""
    for index in range(1, len(words)):
        if not words[index] and below[index] and below[index - 1]:
            words[index] = words[index - 1]
