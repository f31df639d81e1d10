"""What a format's reader yields inside the reading process: sheets not yet packed for the way to the parent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from wenlv_desk.core.aside import Message
from wenlv_desk.ledger.reading.model import Cell, Merge
from wenlv_desk.ledger.reading.refusals import Refusal, too_many_cells, too_scattered
from wenlv_desk.ledger.reading.wire import pack_rows

_CELLS_PER_MESSAGE: Final = 120_000
_AREA_PER_CELL: Final = 2
LAST_LINE: Final = 1_048_576
LAST_COLUMN: Final = 16_384
Rows = Iterable[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Like `Sheet`, but the rows still flow; every row has `width` cells, and "" may stand for an empty one."""

    name: str
    rows: Rows
    height: int
    width: int
    visible: bool = True
    first_line: int = 1
    first_column: int = 1
    merged: tuple[Merge, ...] = ()


def sheet_of_cells(
    name: str, cells: Mapping[int, Mapping[int, Cell]], *, visible: bool = True, merged: tuple[Merge, ...] = ()
) -> RawSheet:
    """A sheet from its filled cells by line and column from 1: the smallest rectangle that holds them all."""
    filled = {line: row for line, row in cells.items() if row}
    if not filled:
        return RawSheet(name, (), 0, 0, visible=visible, merged=merged)
    top, bottom = min(filled), max(filled)
    left, right = min(map(min, filled.values())), max(map(max, filled.values()))
    width = right - left + 1
    rows = (_spread(filled.get(line), left, width) for line in range(top, bottom + 1))
    return RawSheet(
        name,
        rows,
        bottom - top + 1,
        width,
        visible=visible,
        first_line=top,
        first_column=left,
        merged=merged,
    )


def _spread(cells: Mapping[int, Cell] | None, left: int, width: int) -> list[Cell]:
    row: list[Cell] = [None] * width
    for column, cell in (cells or {}).items():
        row[column - left] = cell
    return row


@dataclass(slots=True)
class Budget:
    """How many filled cells the workbook may still have, and how far apart they may lie."""

    limit: int
    used: int = field(default=0)
    area: int = field(default=0)

    def spend(self, cells: int, area: int) -> None:
        """Refuse the file when it holds more."""
        self.used += cells
        self.area += area
        if self.used > self.limit:
            raise Refusal(too_many_cells(self.limit))
        if self.area > self.limit * _AREA_PER_CELL:
            raise Refusal(too_scattered(self.limit * _AREA_PER_CELL))


def sheet_messages(sheet: RawSheet, budget: Budget) -> Iterator[Message]:
    """The sheet as messages: its heading, then blocks of rows; a block without a filled cell is only counted."""
    merged = [(merge.top, merge.left, merge.bottom, merge.right) for merge in sheet.merged]
    yield "sheet", sheet.name, sheet.visible, sheet.first_line, sheet.first_column, merged, sheet.height, sheet.width
    rows = iter(sheet.rows)
    size = max(1, _CELLS_PER_MESSAGE // max(sheet.width, 1))
    while block := list(islice(rows, size)):
        columns = pack_rows(block)
        filled = sum(len(cells) - cells.count(None) for _, cells in columns)
        if filled:
            budget.spend(filled, len(block) * sheet.width)
            yield "rows", columns
        else:
            yield "blank", len(block)
