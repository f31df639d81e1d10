"""What a list shows, as plain data: columns, cells, rows and where they come from."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from wenlv_desk.gui.look.tokens import Tone


@dataclass(frozen=True, slots=True)
class Tag:
    """A status: a word on a ground of its tone (red, amber, green, neutral)."""

    text: str
    tone: str = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with parts set off, as (start, end) in characters: found ones on yellow, wrong ones red and bold."""

    text: str
    spans: tuple[tuple[int, int], ...]
    wrong: bool = False


Cell = str | Tag | Marked


@dataclass(frozen=True)
class Column:
    """One column; `width` in pixels at text size 100 %, `align` left or right."""

    name: str
    title: str
    width: int
    align: str = "left"
    tag: bool = False
    tabular: bool = False  # figures: never abbreviated in the middle of a comparison
    sortable: bool = True
    muted: bool = False
    shown: bool = True  # false: hidden until the clerk asks for it
    link: bool = False  # a click leads somewhere
    grows: bool = False  # takes the room that is left over; the last column does where none is said to


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a list: its id and one cell per column."""

    id: int
    cells: tuple[Cell, ...]


class RowSource(Protocol):
    """Where rows come from. Both methods are called in worker threads, several at a time."""

    @property
    def columns(self) -> tuple[Column, ...]: ...

    def count(self) -> int:
        """The number of rows there are."""
        ...

    def fetch(self, start: int, count: int) -> list[Row]:
        """Rows from `start`, at most `count`, in the order of the list."""
        ...


@runtime_checkable
class Locates(RowSource, Protocol):
    """A source that knows where a record stands."""

    def position(self, record_id: int) -> int | None:
        """The row of a record, None when the list does not hold it."""
        ...


def text_of(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text
