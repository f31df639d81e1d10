"""csv and txt: any encoding an office meets, any separator, line breaks inside quotes. Every cell stays text."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from wenlv_desk.ledger.reading.encoding import decode
from wenlv_desk.ledger.reading.raw import LAST_COLUMN, RawSheet
from wenlv_desk.ledger.reading.refusals import Refusal

if TYPE_CHECKING:
    import _csv

_SEPARATORS: Final = (",", "\t", ";", "|", "，", "^", "~")
_NO_SEPARATOR: Final = "\x00"
_SAMPLE: Final = 64 * 1024
_SHARE: Final = 0.25
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_DECLARED: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_TEXT_FORMULA: Final = re.compile(r'="([^"]*)"')
_LONGEST_CELL: Final = 1_000_000


def read_delimited(data: bytes) -> Iterator[RawSheet | str]:
    """One sheet; its lines are records, as Excel counts them, not lines of the file. Raises Refusal."""
    text = decode(data)
    declared = _DECLARED.match(text)  # Excel's own first line "sep=;" is not a row
    separator = declared[1] if declared else separator_of(text)
    yield from _records(text, separator, declared.end() if declared else 0)


def _records(text: str, separator: str, start: int) -> Iterator[RawSheet | str]:
    """Reads twice: once for the extent and the faults, once for the rows, so that no row is held here."""
    csv.field_size_limit(_LONGEST_CELL)
    extent = _survey(text, separator, start)
    if extent.text_formulas:
        yield f'有 {extent.text_formulas} 个单元格写成 Excel 的文本公式（如 ="0123"），已取引号内的文字。'
    records = islice(_reader(text, separator, start), extent.top, extent.bottom)
    yield RawSheet(
        "Sheet1",
        (_plain_row(record, extent) for record in records),
        extent.bottom - extent.top,
        extent.width,
        first_line=extent.top + 1,
        first_column=extent.left + 1,
    )


@dataclass(slots=True)
class _Extent:
    """Where records hold something; lines and columns from 0, the ends exclusive."""

    top: int = -1
    bottom: int = 0
    left: int = LAST_COLUMN
    right: int = 0
    text_formulas: int = 0

    @property
    def width(self) -> int:
        return max(self.right - self.left, 0)

    def take(self, line: int, record: list[str]) -> None:
        self.top = line if self.top < 0 else self.top
        self.bottom = line + 1
        if self.left:
            self.left = min(self.left, next(index for index, cell in enumerate(record) if cell))
        if len(record) > self.right:
            filled = next(index for index in range(len(record), 0, -1) if record[index - 1])
            self.right = max(self.right, filled)


def _reader(text: str, separator: str, start: int) -> "_csv.Reader":
    return csv.reader((line[0] for line in _LINE.finditer(text, start)), delimiter=separator, strict=True)


def _survey(text: str, separator: str, start: int) -> _Extent:
    extent, may_be_formulas = _Extent(), '="' in text
    reader = _reader(text, separator, start)
    try:
        for line, record in enumerate(reader):
            if len(record) > LAST_COLUMN:
                raise Refusal(f"第 {line + 1} 行有 {len(record):,} 列，超过 {LAST_COLUMN:,} 列的上限。")
            if any(record):
                extent.take(line, record)
                extent.text_formulas += may_be_formulas and sum(map(bool, map(_TEXT_FORMULA.fullmatch, record)))
    except csv.Error as error:
        place = f"约第 {reader.line_num} 行"
        raise Refusal(f"{place}的引号不成对，或单元格过长。请用记事本检查该行，或用 Excel 另存为 xlsx。") from error
    extent.top = max(extent.top, 0)
    return extent


def _plain_row(record: list[str], extent: _Extent) -> list[str]:
    row = record[extent.left : extent.right]
    if extent.text_formulas:
        row = [match[1] if (match := _TEXT_FORMULA.fullmatch(cell)) else cell for cell in row]
    return row if len(row) == extent.width else row + [""] * (extent.width - len(row))


def separator_of(text: str) -> str:
    """The separator by which most records have the same number of columns; none at all for a single column."""
    sample = text if len(text) <= _SAMPLE else text[: text.rfind("\n", 0, _SAMPLE) + 1 or _SAMPLE]
    best, best_score = _NO_SEPARATOR, (_SHARE, 0)
    for separator in _SEPARATORS:
        lines = (line[0] for line in _LINE.finditer(sample))
        try:
            widths = Counter(len(record) for record in csv.reader(lines, delimiter=separator) if record)
        except csv.Error:
            continue
        wide = Counter({width: count for width, count in widths.items() if width > 1})
        if wide:
            width, count = wide.most_common(1)[0]
            score = (count / widths.total(), width)
            if score > best_score:
                best, best_score = separator, score
    return best
