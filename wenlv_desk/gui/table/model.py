"""The model of a list: pages of plain rows kept in a small cache and fetched by worker threads when they come into sight."""

from collections import OrderedDict
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from wenlv_desk.gui.jobs import Job, Jobs
from wenlv_desk.gui.table.rows import Column, Row, RowSource, text_of

PAGE: Final = 200
KEPT: Final = 30  # pages; a screen needs at most 3
_IN_FLIGHT: Final = 2

# Roles come as plain integers: `role is Qt.DisplayRole` never holds and `==` with the enum costs twice as much.
_DISPLAY: Final = Qt.ItemDataRole.DisplayRole.value
_ALIGNMENT: Final = Qt.ItemDataRole.TextAlignmentRole.value
_TOOLTIP: Final = Qt.ItemDataRole.ToolTipRole.value
_LEFT: Final = int((Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value)
_RIGHT: Final = int((Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value)
_NOWHERE: Final = QModelIndex()

Index = QModelIndex | QPersistentModelIndex
Pages = dict[int, list[Row]]


class RowModel(QAbstractTableModel):
    """Rows of a source; a row that has not come yet is empty text. Only the window's thread touches the model."""

    opened = Signal(bool)  # rows of another (or the same, grown or shrunk) list are there; true when only refreshed

    def __init__(self, columns: tuple[Column, ...], jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.source: RowSource | None = None
        self.loading = False
        self._jobs = jobs
        self._count = 0
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._wanted: tuple[int, ...] = ()
        self._in_flight: dict[int, Job] = {}
        self._failed: set[int] = set()
        self._opening: Job | None = None
        self._sorted: tuple[str, bool] | None = None

    # what Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role != _DISPLAY:
            return None
        row = self.row(index.row())
        return text_of(row.cells[index.column()]) if row is not None else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return str(section + 1) if role == _DISPLAY else None
        column = self.columns[section]
        if role == _DISPLAY:
            return f"{column.title} {self._arrow(column)}".rstrip()
        if role == _ALIGNMENT:
            return _RIGHT if column.align == "right" else _LEFT
        if role == _TOOLTIP:
            return f"{column.title}：单击排序，拖动换位" if column.sortable else column.title
        return None

    # what the view asks

    def row(self, number: int) -> Row | None:
        """The row if it is at hand; nothing is fetched."""
        page = self._pages.get(number // PAGE)
        if page is None:
            return None
        at = number % PAGE
        return page[at] if at < len(page) else None

    def want(self, first: int, last: int) -> None:
        """Say which rows are in sight, so that their pages and the neighbours are fetched, and no others."""
        low, high = first // PAGE, last // PAGE
        sight = tuple(range(low, high + 1))
        for page in sight:
            if page in self._pages:
                self._pages.move_to_end(page)
        self._wanted = (*sight, high + 1, low - 1)
        self._fetch_wanted()

    def find(self, record_id: int) -> int | None:
        """The number of a row among those at hand."""
        for page, rows in self._pages.items():
            for at, row in enumerate(rows):
                if row.id == record_id:
                    return page * PAGE + at
        return None

    def at_hand(self, ranges: Iterable[tuple[int, int]]) -> dict[int, int]:
        """The ids of the rows of (first, last) ranges that are at hand, by number: what the clerk may have seen there."""
        wanted = list(ranges)
        return {
            number: row.id
            for page, rows in self._pages.items()
            for number, row in enumerate(rows, page * PAGE)
            if any(first <= number <= last for first, last in wanted)
        }

    def set_sorted(self, name: str, *, descending: bool) -> None:
        """Show the arrow at a column; the source is the one that sorts."""
        self._sorted = (name, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def load(self, source: RowSource, *, around: int = 0) -> None:
        """Show another source. The old rows stay until the new count and the page around a row have come."""
        if self._opening is not None:
            self._opening.forget()
        refreshed = source is self.source
        self.loading = True
        self._opening = self._jobs.read(
            self,
            _open,
            source,
            around // PAGE,
            then=partial(self._show, source, refreshed),
            otherwise=self._open_failed,
        )

    def _open_failed(self, error: Exception) -> None:
        self.loading = False
        self._jobs.present(error)
        self.opened.emit(True)

    def _show(self, source: RowSource, refreshed: bool, result: tuple[int, Pages]) -> None:
        count, pages = result
        for job in self._in_flight.values():
            job.forget()
        same_shape = count == self._count and refreshed
        if not same_shape:
            self.beginResetModel()
        self.source, self._count, self.loading = source, count, False
        self._in_flight, self._failed, self._pages = {}, set(), OrderedDict(pages)
        if same_shape:
            self._announce(range(count))
        else:
            self.endResetModel()
        self.opened.emit(refreshed)

    def _fetch_wanted(self) -> None:
        last = (self._count - 1) // PAGE if self._count else -1
        for page in self._wanted:
            if len(self._in_flight) >= _IN_FLIGHT or self.source is None:
                return
            if (
                0 <= page <= last
                and page not in self._pages
                and page not in self._in_flight
                and page not in self._failed
            ):
                self._in_flight[page] = self._jobs.read(
                    self,
                    self.source.fetch,
                    page * PAGE,
                    PAGE,
                    then=partial(self._came, page),
                    otherwise=partial(self._fetch_failed, page),
                )

    def _came(self, page: int, rows: list[Row]) -> None:
        self._in_flight.pop(page, None)
        self._pages[page] = rows
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        self._announce(range(page * PAGE, page * PAGE + len(rows)))
        self._fetch_wanted()

    def _fetch_failed(self, page: int, error: Exception) -> None:
        # Not asked for again by the next paint, or the error would come back without end; the next load tries anew.
        self._in_flight.pop(page, None)
        self._failed.add(page)
        self._jobs.present(error)

    def _announce(self, rows: range) -> None:
        if rows:
            self.dataChanged.emit(self.index(rows.start, 0), self.index(rows.stop - 1, len(self.columns) - 1))

    def _arrow(self, column: Column) -> str:
        if self._sorted is None or self._sorted[0] != column.name:
            return ""
        return "↓" if self._sorted[1] else "↑"


def _open(source: RowSource, page: int) -> tuple[int, Pages]:
    count = source.count()
    page = min(page, max(0, count - 1) // PAGE)
    return count, {page: source.fetch(page * PAGE, PAGE)} if count else {}


def rows_of(source: RowSource, ranges: Iterable[tuple[int, int]], limit: int) -> list[Row]:
    """Rows of (first, last) ranges, read page by page, at most `limit`; for a worker thread."""
    found: list[Row] = []
    for first, last in ranges:
        for start in range(first, last + 1, PAGE):
            room = min(PAGE, last + 1 - start, limit - len(found))
            if room <= 0:
                return found
            found += source.fetch(start, room)
    return found
