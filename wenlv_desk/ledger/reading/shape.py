"""The table in a sheet: headings, data rows with line numbers, and every other line with the reason it is none."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import compress
from typing import Final

from wenlv_desk.core.errors import UserError
from wenlv_desk.ledger.marks import FIRST_CELLS
from wenlv_desk.ledger.reading.headings import (
    SERIAL,
    find_heading,
    heading_text,
    joined_headings,
    normalise_heading,
)
from wenlv_desk.ledger.reading.model import Cell, Merge, Row, Sheet

_TOTAL: Final = re.compile(
    r"(本页|累计)?\s*(合\s*计|总\s*计|小\s*计|共\s*计)\s*[:：]?|(合计|总计|共计?)\s*\d+\s*[家户条人个].*"
)
_TAIL: Final = re.compile(
    r"(填\s*[表报]|制\s*表|审\s*[核批]|复\s*核|经\s*办|单位负责|负\s*责|联\s*系|填写|统\s*计|上\s*报|报\s*送|注|备\s*注|说\s*明|附|导出)"
    r"[^:：]{0,8}[:：]"
)
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class TableRow:
    """One data row; `line` is its number in the file."""

    line: int
    cells: Row


@dataclass(frozen=True, slots=True)
class Table:
    """A table as found; columns that are empty from heading to end are left out.

    `columns` are their numbers in the file (from 1). `skipped` lists (line, Chinese reason) for every line with content
    that is no data row; empty lines are nobody's content. `notes` say what was read differently from what stands there.
    """

    headings: tuple[str, ...]
    columns: tuple[int, ...]
    rows: tuple[TableRow, ...]
    skipped: tuple[tuple[int, str], ...]
    heading_lines: tuple[int, ...]
    notes: tuple[str, ...] = ()


def find_table(sheet: Sheet, *, known: Collection[str] = ()) -> Table:
    """The table of the sheet; `known` are labels as `normalise_heading` leaves them. Raises UserError when none is there."""
    lines = find_heading(sheet, known) if sheet.rows else None
    if lines is None:
        raise UserError(
            f"工作表“{sheet.name}”里没有找到表头（一行各列的名称）。请确认选对了工作表，或在数据上方补一行列名后再试。"
        )
    body, notes = _filled_down(sheet, lines[-1] + 1)
    headings = joined_headings(sheet, lines)
    own = [any(cells) for cells in zip(*(map(heading_text, _row(sheet, line)) for line in lines), strict=True)]
    used = [named or any(row[index] is not None for _, row in body) for index, named in enumerate(own)]
    sorter = _Sorter(sheet, headings, lines)
    rows = [TableRow(line, row if all(used) else tuple(compress(row, used))) for line, row in sorter.data(body)]
    columns = tuple(compress(range(sheet.first_column, sheet.first_column + len(headings)), used))
    named = zip(compress(headings, used), columns, strict=True)
    return Table(
        tuple(heading or f"（{column_letters(column)} 列）" for heading, column in named),
        columns,
        tuple(rows),
        (*_above(sheet, lines[0]), *sorter.skipped),
        tuple(lines),
        notes,
    )


def preview(table: Table, n: int = 5) -> tuple[TableRow, ...]:
    """The first `n` data rows."""
    return table.rows[:n]


def samples(table: Table, n: int = 3) -> tuple[tuple[Cell, ...], ...]:
    """For every column its first `n` different values, to be shown beside the proposed mapping."""
    return tuple(_first_different((row.cells[index] for row in table.rows), n) for index in range(len(table.headings)))


def _first_different(cells: Iterator[Cell], n: int) -> tuple[Cell, ...]:
    found: dict[Cell, None] = {}
    for cell in cells:
        if cell is not None:
            found[cell] = None
            if len(found) == n:
                break
    return tuple(found)


def column_letters(column: int) -> str:
    """ "A" for 1, "AA" for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _row(sheet: Sheet, line: int) -> Row:
    return sheet.rows[line - sheet.first_line]


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row if cell is not None and not (isinstance(cell, str) and not cell.strip())]


def _shown(row: Row) -> str:
    text = " ".join(heading_text(cell) for cell in _filled(row))
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _above(sheet: Sheet, heading_line: int) -> Iterator[tuple[int, str]]:
    for line, row in sheet.numbered():
        if line >= heading_line:
            return
        if _filled(row):
            yield line, f"表头以上的标题或说明：{_shown(row)}"


def _filled_down(sheet: Sheet, first: int) -> tuple[list[tuple[int, Row]], tuple[str, ...]]:
    """The rows below the heading; a cell merged over several rows counts for each of them, and a note says so."""
    body = [(line, row) for line, row in sheet.numbered() if line >= first]
    tall = [merge for merge in sheet.merged if merge.bottom > merge.top >= first]
    for merge in tall:
        _fill(body, merge, first, merge.left - sheet.first_column)
    if not tall:
        return body, ()
    lines = f"如第 {tall[0].top}—{tall[0].bottom} 行"
    return body, (f"有 {len(tall)} 处纵向合并的单元格（{lines}），合并范围内的各行都取同一个值。",)


def _fill(body: list[tuple[int, Row]], merge: Merge, first: int, index: int) -> None:
    if merge.top - first >= len(body):
        return
    value = body[merge.top - first][1][index]
    for at in range(merge.top + 1 - first, min(merge.bottom + 1 - first, len(body))):
        line, row = body[at]
        if row[index] is None and any(cell is not None for cell in row):
            body[at] = line, (*row[:index], value, *row[index + 1 :])


class _Sorter:
    """Tells data rows from the other lines below a heading."""

    def __init__(self, sheet: Sheet, headings: list[str], lines: range) -> None:
        self.skipped: list[tuple[int, str]] = []
        self._serial = {index for index, text in enumerate(headings) if normalise_heading(text) in SERIAL}
        self._heading_rows = {_row(sheet, line) for line in lines}
        self._few = max(2, len(headings) // 3)
        self._wide = {
            merge.top
            for merge in sheet.merged
            if merge.top == merge.bottom and 2 * (merge.right - merge.left + 1) > len(headings)
        }

    def data(self, body: list[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
        """The data rows; the others are put down in `skipped`."""
        for line, row in body:
            reason = self._reason(line, row)
            if reason is None:
                yield line, row
            elif reason:
                self.skipped.append((line, reason))

    def _reason(self, line: int, row: Row) -> str | None:
        """None for a data row, "" for an empty one."""
        if row in self._heading_rows:
            return "重复的表头"
        if len(row) - row.count(None) > self._few and not _may_be_total(row):
            return None
        filled = _filled(row)
        if not filled:
            return ""
        return self._reason_of_sparse(line, row, filled)

    def _reason_of_sparse(self, line: int, row: Row, filled: list[Cell]) -> str | None:
        first = heading_text(filled[0])
        if all(cell is None or index in self._serial for index, cell in enumerate(row)) and _counts(filled):
            return "只有序号，没有内容"
        if _may_be_total(row):
            return f"合计行：{_shown(row)}"
        if len(filled) <= self._few and _TAIL.match(first):
            return f"表尾说明：{_shown(row)}"
        if len(filled) == 1 and line in self._wide:
            return f"跨列合并的说明或分组标题：{first[:_SHOWN]}"
        return None


def _counts(filled: list[Cell]) -> bool:
    return all(str(cell).strip().rstrip(".、").isdecimal() for cell in filled)


def _may_be_total(row: Row) -> bool:
    """A total names itself in its first two cells and holds hardly any other words."""
    texts = [cell for cell in row[:FIRST_CELLS] if isinstance(cell, str)][:2]
    if not any(("计" in cell or "共" in cell) and _TOTAL.fullmatch(cell.strip()) for cell in texts):
        return False
    return sum(1 for cell in row if isinstance(cell, str) and not cell.strip().isdecimal()) <= 2
