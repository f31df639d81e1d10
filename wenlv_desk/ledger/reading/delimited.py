"""csv and txt: any encoding an office meets, any separator, line breaks inside quotes. Every cell stays text."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from wenlv_desk.ledger.reading.encoding import decode
from wenlv_desk.ledger.reading.raw import LAST_COLUMN, RawSheet, sheet_of_cells
from wenlv_desk.ledger.reading.refusals import Refusal

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
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader((line[0] for line in _LINE.finditer(text, start)), delimiter=separator, strict=True)
    cells: dict[int, dict[int, str]] = {}
    unwrapped = 0
    try:
        for line, record in enumerate(reader, 1):
            if len(record) > LAST_COLUMN:
                raise Refusal(f"第 {line} 行有 {len(record):,} 列，超过 {LAST_COLUMN:,} 列的上限。")
            row = {column: cell for column, cell in enumerate(record, 1) if cell}
            for column, cell in row.items():
                if cell.startswith('="') and (plain := _TEXT_FORMULA.fullmatch(cell)):
                    row[column] = plain[1]
                    unwrapped += 1
            if row:
                cells[line] = row
    except csv.Error as error:
        place = f"约第 {reader.line_num} 行"
        raise Refusal(f"{place}的引号不成对，或单元格过长。请用记事本检查该行，或用 Excel 另存为 xlsx。") from error
    if unwrapped:
        yield f'有 {unwrapped} 个单元格写成 Excel 的文本公式（如 ="0123"），已取引号内的文字。'
    yield sheet_of_cells("Sheet1", cells)


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
