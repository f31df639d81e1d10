"""Ruled grids: cells that wrap, rows that split over sheets when they must, headings repeated on every sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from wenlv_desk.typeset.ink import Fill, Place, Sheet, broken
from wenlv_desk.typeset.layout import MM
from wenlv_desk.typeset.page import KeyValueTable, Pair, Style, Table
from wenlv_desk.typeset.sheets import Sheets

PAD_X, PAD_Y = 4.0, 2.6  # points between a rule and the writing
FRAME, INNER = 0.9, 0.35  # weights of rules in points
SHADE = 0.95
_FEW = 3  # lines: a row is not split for less than this


class Cell(NamedTuple):
    """One cell: its text, width in points and look."""

    text: str
    width: float
    style: Style
    shaded: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class _Set:
    """A row with its lines broken."""

    cells: Row
    lines: tuple[tuple[str, ...], ...]
    height: float


def place_grid(sheets: Sheets, rows: Iterable[Row], row_height: float, heading: Row | None = None) -> None:
    """Set rows below each other from where the sheets stand; `row_height` in points is the least of every row."""
    head = _broken_row(heading, row_height) if heading else None
    grid = _Grid(sheets, head)
    for row in rows:
        grid.place(_broken_row(row, row_height))
    grid.close()


def pair_rows(table: KeyValueTable, room: float) -> list[Row]:
    """The rows of a table of labels and values, `room` points wide."""
    rows: list[Row] = []
    held: Pair | None = None
    for pair in table.pairs:
        alone = pair.wide or table.across == 1
        if held and alone:
            rows.append(_pair_row(table, room, held))
            held = None
        if alone:
            rows.append(_pair_row(table, room, pair))
        elif held:
            rows.append(_pair_row(table, room, held, pair))
            held = None
        else:
            held = pair
    if held:
        rows.append(_pair_row(table, room, held))
    return rows


def table_rows(table: Table, widths: list[float]) -> tuple[Row, Iterable[Row]]:
    """The heading and the rows of a table whose columns are `widths` points."""
    style = table.style
    heading = tuple(
        Cell(column.title, width, table.heading, True) for column, width in zip(table.columns, widths, strict=True)
    )
    styles = [Style(style.face, style.size, column.align, style.leading, style.grey) for column in table.columns]
    looks = list(zip(widths, styles, strict=True))
    rows = (
        tuple(Cell(text, width, look) for text, (width, look) in zip(row, looks, strict=True)) for row in table.rows
    )
    return heading, rows


def _pair_row(table: KeyValueTable, room: float, *pairs: Pair) -> Row:
    label_width = table.label_width * MM
    value_width = room / len(pairs) - label_width
    if value_width < 3 * table.value.size + 2 * PAD_X:
        raise ValueError(f"labels of {table.label_width} mm leave no room for values in {room / MM:.0f} mm")
    cells: list[Cell] = []
    for pair in pairs:
        cells.append(Cell(pair.label, label_width, table.label, True))
        cells.append(Cell(pair.value or table.empty, value_width, table.value))
    return tuple(cells)


def _broken_row(cells: Row, row_height: float) -> _Set:
    lines = tuple([broken(cell.text, cell.style, cell.width - 2 * PAD_X) for cell in cells])
    return _Set(cells, lines, max(row_height, _height(cells, lines)))


def _height(cells: Row, lines: tuple[tuple[str, ...], ...]) -> float:
    tallest = max([len(part) * cell.style.size * cell.style.leading for cell, part in zip(cells, lines, strict=True)])
    return tallest + 2 * PAD_Y


class _Grid:
    """A grid being set: where it began on the present sheet."""

    def __init__(self, sheets: Sheets, head: _Set | None) -> None:
        self._sheets = sheets
        self._head = head
        self._top: float | None = None

    def place(self, row: _Set) -> None:
        """Set one row, on the next sheet if it does not fit, split if no sheet can hold it."""
        sheets = self._sheets
        if self._top is None:
            self._open(row)
        if row.height > sheets.room:
            whole = sheets.full - (self._head.height if self._head else 0.0)
            if row.height <= whole:
                self._turn()
            else:
                row = self._split(row)
        self._draw(row)

    def close(self) -> None:
        """Rule the frame around what stands on this sheet."""
        if self._top is not None:
            left, right, bottom = self._sheets.left, self._sheets.right, self._sheets.y
            sheet = self._sheets.sheet
            for y in (self._top, bottom):
                sheet.line((left, y), (right, y), FRAME)
            for x in (left, right):
                sheet.line((x, self._top), (x, bottom), FRAME)
            self._top = None

    def _open(self, row: _Set) -> None:
        """Begin on this sheet if the heading and the first row fit on it."""
        head = self._head.height if self._head else 0.0
        self._sheets.need(head + min(row.height, self._sheets.full / 4))
        self._top = self._sheets.y
        if self._head:
            self._draw(self._head)

    def _turn(self) -> None:
        self.close()
        self._sheets.turn()
        self._top = self._sheets.y
        if self._head:
            self._draw(self._head)

    def _split(self, row: _Set) -> _Set:
        """Set what fits of a row taller than a sheet, sheet by sheet; the rest comes back."""
        fresh = False
        while row.height > self._sheets.room:
            room = self._sheets.room - 2 * PAD_Y
            fitting = [int(max(room / (cell.style.size * cell.style.leading), fresh)) for cell in row.cells]
            if fresh or min(fitting) >= _FEW:
                upper = tuple(part[:n] for part, n in zip(row.lines, fitting, strict=True))
                lower = tuple(part[n:] for part, n in zip(row.lines, fitting, strict=True))
                self._draw(_Set(row.cells, upper, _height(row.cells, upper)))
                row = _Set(row.cells, lower, _height(row.cells, lower))
            self._turn()
            fresh = True
        return row

    def _draw(self, row: _Set) -> None:
        sheet, x, y = self._sheets.sheet, self._sheets.left, self._sheets.y
        bottom = y + row.height
        if y != self._top:
            sheet.line((self._sheets.left, y), (self._sheets.right, y), INNER)
        for cell, lines in zip(row.cells, row.lines, strict=True):
            if cell.shaded:
                sheet.fills.append(Fill(x, y, cell.width, row.height, SHADE))
            if x != self._sheets.left:
                sheet.line((x, y), (x, bottom), INNER)
            _write(sheet, cell, lines, (x, y + row.height / 2))
            x += cell.width
        self._sheets.y = bottom


def _write(sheet: Sheet, cell: Cell, lines: tuple[str, ...], middle: Place) -> None:
    """Set the lines around the middle of the cell's left edge."""
    if lines and lines != ("",):
        used = len(lines) * cell.style.size * cell.style.leading
        sheet.column(lines, middle[0] + PAD_X, middle[1] - used / 2, cell.width - 2 * PAD_X, cell.style)
