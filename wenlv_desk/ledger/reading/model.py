"""What reading a ledger file gives: plain sheets of plain cells, with the line numbers a clerk sees in Excel."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = None | str | int | float | bool | date | datetime | time | timedelta
"""One cell. An empty cell is None, never "". A whole number is an int; an int of 16 digits and more was stored as a
number, so that digits after the fifteenth are whatever the writing program left there. A cell that holds an error is
its text ("#N/A")."""

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged region (合并单元格), inclusive; lines and columns count from 1 as in Excel."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet (工作表): the smallest rectangle that holds every filled cell; `rows` all have the same length.

    `first_line` and `first_column` (from 1) say where that rectangle begins in the file.
    """

    name: str
    visible: bool
    rows: tuple[Row, ...]
    first_line: int = 1
    first_column: int = 1
    merged: tuple[Merge, ...] = ()

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Every row with its line number in the file."""
        return enumerate(self.rows, self.first_line)


@dataclass(frozen=True, slots=True)
class Workbook:
    """What stands in one file. `format` is what the content is, whatever the extension claims; `notes` are Chinese."""

    path_name: str
    format: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost. Processor time grows with the file; a small file that needs long is hostile."""

    seconds: float = 6.0
    """Processor seconds for any file."""
    seconds_per_mb: float = 0.4
    """Processor seconds granted on top for every megabyte of the file."""
    memory_mb: int = 500
    """Address space of the reading process; not enforced on Windows."""
    file_mb: int = 100
    unpacked_mb: int = 1500
    """Total size of the parts of a zipped workbook."""
    cells: int = 4_000_000
    """Filled cells of the whole workbook; they fill some 450 MB of this process."""
