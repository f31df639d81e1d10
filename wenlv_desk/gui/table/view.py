"""The list itself: keyboard, choice, copying, tooltips, empty state; rows are painted by `RowPainter`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.table.columns import ColumnPlan
from wenlv_desk.gui.table.empty import EmptyState
from wenlv_desk.gui.table.model import RowModel, rows_of
from wenlv_desk.gui.table.painting import Lane, RowPainter
from wenlv_desk.gui.table.rows import Column, Locates, Row, RowSource, text_of

COPIED_AT_MOST: Final = 20_000
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class _Place:
    """Where the list stood before it was loaded anew."""

    record_id: int | None
    row: int


class RecordTable(QTableView):
    """A list of records. Give it a source with `load`; everything else is signals."""

    current_changed = Signal(object)  # id of the record at the cursor, None when there is none
    chosen_changed = Signal(int)  # how many rows are chosen
    opened = Signal(object)  # id: Enter or a double click
    missed = Signal(int)  # id: the list was asked to go to a record it does not hold
    sort_requested = Signal(str, bool)  # column name, descending
    typed = Signal(str)  # a character typed into the list: the page sends it to its search field
    columns_wanted = Signal(QPoint)  # the column chooser is asked for, at this place of the screen

    def __init__(
        self, name: str, title: str, columns: tuple[Column, ...], kit: Kit, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kit, self.rows = kit, RowModel(columns, kit.jobs, self)
        self.setAccessibleName(title)
        self._current_id: int | None = None
        self._place: _Place | None = None
        self._ranges: list[tuple[int, int]] = []
        self._order: tuple[str, bool] | None = None
        self._painter = RowPainter(kit.looks)
        self.setModel(self.rows)
        self._set_up()
        self.plan = ColumnPlan(name, columns, self.horizontalHeader(), kit.looks, kit.memory)
        self.empty = EmptyState(kit.looks, self)
        self.rows.opened.connect(self._opened)
        self.rows.dataChanged.connect(self._tell_current)
        kit.looks.changed.connect(self._look)
        self._look()

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setAccessibleName("列标题")
        # Of its own: a heading asks whether its column is chosen, which walks through every chosen row (7 s a million).
        header.setSelectionModel(QItemSelectionModel(self.rows, header))
        header.customContextMenuRequested.connect(lambda at: self.columns_wanted.emit(header.mapToGlobal(at)))
        header.sectionClicked.connect(self._sort_clicked)
        self.doubleClicked.connect(lambda _index: self._open_current())

    # what a page does with a list

    def load(self, source: RowSource) -> None:
        """Show another source from its top; the old rows stay until the new ones have come."""
        self._place = None
        self.rows.load(source)

    def refresh(self) -> None:
        """Fetch the same source anew and stay at the same record."""
        if self.rows.source is not None:
            self._place = _Place(self._current_id, self.currentIndex().row())
            self.rows.load(self.rows.source, around=max(0, self._place.row))

    def set_sorted(self, name: str, *, descending: bool = False) -> None:
        """Show by which column the source is sorted."""
        self._order = (name, descending)
        self.rows.set_sorted(name, descending=descending)

    @property
    def current_id(self) -> int | None:
        return self._current_id

    def row_count(self) -> int:
        return self.rows.rowCount()

    def chosen_count(self) -> int:
        """How many rows are chosen, whether they are at hand or not."""
        return sum(last - first + 1 for first, last in self._ranges)

    def chosen_ranges(self) -> list[tuple[int, int]]:
        """The chosen rows as (first, last), in the order of the list."""
        return sorted(self._ranges)

    def with_chosen(self, then: Callable[[list[Row]], None], *, limit: int = COPIED_AT_MOST) -> None:
        """Fetch all chosen rows, at hand or not, and hand them over; at most `limit`."""
        if self.rows.source is not None and self._ranges:
            self.kit.jobs.read(self, rows_of, self.rows.source, self.chosen_ranges(), limit, then=then)

    def go_to(self, record_id: int) -> None:
        """Put the cursor on a record, if the list holds it."""
        row, source = self.rows.find(record_id), self.rows.source
        if row is not None:
            self._go(row)
        elif isinstance(source, Locates):
            self.kit.jobs.read(self, source.position, record_id, then=partial(self._located, record_id))

    def leave_rows(self) -> None:
        """No row is the current one, nor will one be when a reading that is under way ends."""
        if self._place is not None:
            self._place = _Place(None, self._place.row)
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, visible columns, tab separated, with headings."""
        order = self.plan.in_order()
        total = self.chosen_count()

        def done(rows: list[Row]) -> None:
            lines = [
                [self.rows.columns[at].title for at in order],
                *([text_of(row.cells[at]) for at in order] for row in rows),
            ]
            QGuiApplication.clipboard().setText(
                "\n".join("\t".join(" ".join(cell.split()) for cell in one) for one in lines)
            )
            cut = f"（选了 {total:,} 行，只复制前 {COPIED_AT_MOST:,} 行，全部请用“导出”）" if total > len(rows) else ""
            self.kit.notices.tell(f"已复制 {len(rows):,} 行{cut}")

        self.with_chosen(done)

    # what Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self.viewport()), event.rect()
        height, offset, count = self._painter.height, self.verticalOffset(), self.rows.rowCount()
        first, last = (offset + area.top()) // height, min(count - 1, (offset + area.bottom()) // height)
        painter.setFont(self._painter.font)
        if first <= last:
            self._paint_rows(painter, first, last, self._lanes(area))
            self.rows.want(offset // height, min(count - 1, (offset + self.viewport().height()) // height))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.plan.fit(self.viewport().width())
        self.empty.place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.currentIndex().isValid():
            super().focusInEvent(event)
        else:
            QWidget.focusInEvent(self, event)  # Qt's own would put the cursor on the first row: left means left

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in _ENTER:
            self._open_current()
        elif event.key() == Qt.Key.Key_Home:
            self._move(0, event)
        elif event.key() == Qt.Key.Key_End:
            self._move(self.rows.rowCount() - 1, event)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        if search.strip():
            self.typed.emit(search)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tooltip(event)
            return True
        return super().viewportEvent(event)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self._tell_current()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._ranges = [(one.top(), one.bottom()) for one in self.selectionModel().selection().toList()]
        self.chosen_changed.emit(self.chosen_count())

    def sizeHintForColumn(self, column: int) -> int:
        """The widest of what is in sight: a double click on a column's edge fits it."""
        height, offset = self._painter.height, self.verticalOffset()
        rows = (
            self.rows.row(row) for row in range(offset // height, (offset + self.viewport().height()) // height + 1)
        )
        return round(max((self._painter.width_of(row.cells[column]) for row in rows if row is not None), default=0))

    # inside

    def _paint_rows(self, painter: QPainter, first: int, last: int, lanes: list[Lane]) -> None:
        paint, height, width = self._painter, self._painter.height, self.viewport().width()
        current = self.currentIndex().row() if self.hasFocus() else -1
        top = first * height - self.verticalOffset()
        for number in range(first, last + 1):
            chosen = any(low <= number <= high for low, high in self._ranges)
            paint.ground(painter, QRectF(0, top, width, height), chosen=chosen, current=number == current)
            row = self.rows.row(number)
            if row is None:
                paint.placeholder(painter, lanes, top)
            else:
                paint.cells(painter, row, lanes, top)
            top += height

    def _lanes(self, area: QRect) -> list[Lane]:
        header, columns = self.horizontalHeader(), self.rows.columns
        lanes = (
            Lane(at, columns[at], header.sectionViewportPosition(at), header.sectionSize(at))
            for at in self.plan.in_order()
        )
        return [lane for lane in lanes if lane.x + lane.width > area.left() and lane.x <= area.right()]

    def _look(self) -> None:
        row = self.rowAt(0)
        self._painter = RowPainter(self.kit.looks)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self._painter.height)
        if row > 0:
            self.verticalScrollBar().setValue(row * self._painter.height)
        self.viewport().update()

    def _opened(self, refreshed: bool) -> None:
        place = self._place
        if not refreshed or place is None:
            self.scrollToTop()
        elif place.record_id is not None:
            row = self.rows.find(place.record_id)
            if row is not None and row != self.currentIndex().row():
                self._go(row)
        self._place = None
        self.empty.setVisible(self.rows.rowCount() == 0)
        self.empty.place()
        self.viewport().update()
        self._tell_current()

    def _located(self, record_id: int, row: int | None) -> None:
        if row is None:
            self.missed.emit(record_id)
        else:
            self._go(row)

    def _go(self, row: int) -> None:
        if row < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(row, self.plan.in_order()[0]))
            self.scrollTo(self.currentIndex())

    def _move(self, row: int, event: QKeyEvent) -> None:
        index = self.rows.index(max(0, row), self.plan.in_order()[0])
        self.selectionModel().setCurrentIndex(index, self.selectionCommand(index, event))
        self.scrollTo(index)

    def _tell_current(self) -> None:
        index = self.currentIndex()
        row = self.rows.row(index.row()) if index.isValid() else None
        if index.isValid() and row is None:
            return  # told when its page has come
        found = row.id if row is not None else None
        if found != self._current_id:
            self._current_id = found
            self.current_changed.emit(found)

    def _open_current(self) -> None:
        if self.currentIndex().isValid() and self._current_id is not None:
            self.opened.emit(self._current_id)

    def _sort_clicked(self, at: int) -> None:
        column = self.rows.columns[at]
        if column.sortable:
            descending = self._order == (column.name, False)
            self.set_sorted(column.name, descending=descending)
            self.sort_requested.emit(column.name, descending)

    def _tooltip(self, event: QHelpEvent) -> None:
        index = self.indexAt(event.pos())
        row = self.rows.row(index.row()) if index.isValid() else None
        cell = row.cells[index.column()] if row is not None else ""
        cut = cell and self._painter.width_of(cell) > self.columnWidth(index.column())
        QToolTip.showText(event.globalPos(), text_of(cell) if cut else "", self.viewport())
