"""Where a register's list gets its rows: a query over the store, read by worker threads, as plain cells."""

import threading
from array import array
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from wenlv_desk.core.kinds import Day, Kind, Moment, OneOf
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.seat import Seat, at_desk
from wenlv_desk.gui.table import Cell, Column, Marked, Row, Tag
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.query import SHALLOW, Listing, ListQuery, ListRow

T = TypeVar("T")
CHARACTER_PX: Final = 13.0  # width of a Chinese character in a list
FIGURE_PX: Final = 7.0
TEXT_PX: Final = 5.0  # per character of a kind's width: names are rarely as long as they may be
NARROWEST_PX: Final = 60
STATE_PX: Final = 112
TAG_CHARACTER_PX: Final = 12
TAG_PADS_PX: Final = 36
WIDEST_PX: Final = 300
PAD_PX: Final = 22
WORD_AT_MOST: Final = 10  # characters of a vocabulary's longest word that get room
MINUTES: Final = len("2026-01-05 09:30")  # in a list a moment has no seconds
VOIDED: Final = "已移出"


def columns_of(registry: Registry) -> tuple[Column, ...]:
    """Every field and computed value as a column; those of the register's own list first and shown, the others hidden."""
    rest = [name for name in (*registry.fields, *(c.name for c in registry.computed)) if name not in registry.columns]
    return tuple(_column(registry, name, shown=name in registry.columns) for name in (*registry.columns, *rest))


def _column(registry: Registry, name: str, *, shown: bool) -> Column:
    label, kind = registry.shown(name)
    figures = kind.identifier or kind.right or isinstance(kind, Day | Moment)
    usual = kind.width * (FIGURE_PX if figures or name == registry.code else TEXT_PX) + PAD_PX
    width = max(len(label) * CHARACTER_PX + 30, usual, _word_px(kind), STATE_PX if name == registry.state else 0)
    return Column(
        name,
        label,
        round(min(WIDEST_PX, max(NARROWEST_PX, width))),
        align="right" if kind.right else "left",
        tag=name == registry.state,
        tabular=figures,
        muted=name == registry.code and name != registry.named_by,
        shown=shown,
    )


def _word_px(kind: Kind) -> float:
    """Room for the longest word of a vocabulary; of those shown as tags the rarest is the one that must not be cut."""
    if not isinstance(kind, OneOf):
        return 0
    longest = max(len(one.label) for one in kind.choice)
    if all(one.tone == "neutral" for one in kind.choice):
        return min(longest, WORD_AT_MOST) * CHARACTER_PX + PAD_PX
    return longest * TAG_CHARACTER_PX + TAG_PADS_PX


class ListSource:
    """A `RowSource` over one query. Near the top rows are read with a limit; further down by their ids, read once."""

    def __init__(self, seat: Seat, registry: Registry, query: ListQuery, columns: tuple[Column, ...]) -> None:
        self.seat, self.registry, self.query, self._columns = seat, registry, query, columns
        self._ids: array[int] | None = None
        self._lock = threading.Lock()

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def count(self) -> int:
        with self._lock:
            self._ids = None  # counted anew means read anew
        return self._at_desk(lambda desk: self.listing(desk).count())

    def fetch(self, start: int, count: int) -> list[Row]:
        return self._at_desk(self._fetch, start, count)

    def position(self, record_id: int) -> int | None:
        """Where a record stands in the list."""
        try:
            return self._at_desk(self._all_ids).index(record_id)
        except ValueError:
            return None

    def ids(self, desk: Desk) -> Sequence[int]:
        """All ids in the order of the list."""
        return self._all_ids(desk)

    def listing(self, desk: Desk) -> Listing:
        names = tuple(dict.fromkeys((*(column.name for column in self._columns), *_state_of(self.registry))))
        return Listing(desk.session, desk.catalogue, self.registry, self.query, desk.today, names=names)

    def _at_desk(self, work: Callable[..., T], *args: int) -> T:
        return at_desk(self.seat.office, self.seat.clerk, work, *args)

    def _fetch(self, desk: Desk, start: int, count: int) -> list[Row]:
        listing = self.listing(desk)
        near = start + count <= SHALLOW
        found = listing.top(start, count) if near else listing.by_ids(self._all_ids(desk)[start : start + count])
        return [row_of(self.registry, one, self._columns, self.query.search) for one in found]

    def _all_ids(self, desk: Desk) -> "array[int]":
        with self._lock:
            if self._ids is None:
                self._ids = self.listing(desk).ids()
            return self._ids


def _state_of(registry: Registry) -> tuple[str, ...]:
    return (registry.state,) if registry.state else ()


def row_of(registry: Registry, row: ListRow, columns: Sequence[Column], search: str) -> Row:
    """A stored row as cells: states and other toned values as tags, hits of the search marked."""
    searched = {name for name, field in registry.fields.items() if field.search is not None} if search else frozenset()
    return Row(row.id, tuple(_cell(registry, row, column.name, search, column.name in searched) for column in columns))


def _cell(registry: Registry, row: ListRow, name: str, search: str, searched: bool) -> Cell:
    text = row.shown[name]
    if name == registry.state:
        return Tag(VOIDED) if row.voided else Tag(text, row.tones.get(name, "neutral")) if text else ""
    tone = row.tones.get(name, "neutral")
    if tone != "neutral" and text:
        return Tag(text, tone)
    if isinstance(registry.shown(name)[1], Moment):
        return text[:MINUTES]
    text = " ".join(text.split("\n"))
    if searched and text:
        return marked(text, search)
    return text


def marked(text: str, search: str) -> Cell:
    """The text with the hits of the search, plain where there are none."""
    from wenlv_desk.store.search.highlight import spans

    found = spans(text, search)
    return Marked(text, tuple(found)) if found else text
