"""From the rows that are chosen in a list to the dialog that does something to them: a button with the verbs that make sense for many."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QMenu, QPushButton

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.batch.dialog import open_batch
from wenlv_desk.gui.listing.lists import ListSource
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.table import RecordTable
from wenlv_desk.gui.widgets.parts import key_text, without_arguments
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import check_right

AT_MOST: Final = 10_000
KEY: Final = "Ctrl+B"
MOVED: Final = "列表在您选定之后变了，没有办理。列表已刷新，请重新选定"


class StaleError(UserError):
    """What was chosen is not what stands there any more."""


def verbs_for_many(seat: Seat, registry: Registry) -> list[Operation]:
    """The verbs of a register that are offered for a selection."""
    return [op for op in seat.catalogue.operations_on(registry).values() if op.for_many]


def chosen_ids(desk: Desk, source: ListSource, ranges: Sequence[tuple[int, int]], seen: Mapping[int, int]) -> list[int]:
    """The ids of (first, last) rows of a list; `seen` are those that were shown (by number), which must stand there still."""
    every = source.ids(desk)
    if any(number >= len(every) or every[number] != row_id for number, row_id in seen.items()):
        raise StaleError(MOVED)
    return [row_id for first, last in ranges for row_id in every[first : last + 1]]


class BatchButton(QPushButton):
    """Shown while several rows are chosen; says how many."""

    def __init__(self, seat: Seat, registry: Registry, table: RecordTable, source: Callable[[], ListSource]) -> None:
        super().__init__()
        self._seat, self._registry, self._table, self._source = seat, registry, table, source
        self._verbs = verbs_for_many(seat, registry)
        self.setAutoDefault(False)
        self.setMenu(self._menu())
        table.chosen_changed.connect(self._count)
        table.rows.opened.connect(lambda _refreshed: self._count(table.chosen_count()))
        self._count(table.chosen_count())

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName("批量办理")
        menu.setToolTipsVisible(True)
        for op in self._verbs:
            action = menu.addAction(f"{op.title}…")
            action.triggered.connect(without_arguments(partial(self.choose, op)))
            try:
                check_right(self._seat.clerk, op, self._registry)
            except UserError as error:
                action.setEnabled(False)
                action.setToolTip(error.message)
        return menu

    def _count(self, chosen: int) -> None:
        self.setText(f"批量办理 {chosen:,} {self._registry.unit} {key_text(KEY)} ▾")
        self.setShortcut(KEY)  # Qt drops it with the old text
        self.setAccessibleName(f"批量办理选定的 {chosen:,} {self._registry.unit}")
        self.setVisible(chosen > 1 and bool(self._verbs))

    def choose(self, op: Operation) -> None:
        """Read which records are chosen and open the dialog."""
        if self._table.chosen_count() > AT_MOST:
            self._seat.kit.notices.fail(f"一次最多批量办理 {AT_MOST:,} {self._registry.unit}，请先筛选")
            return
        ranges = self._table.chosen_ranges()
        seen = self._table.rows.at_hand(ranges)
        then = partial(open_batch, self._seat, self._registry, op)
        self._seat.read(self, chosen_ids, self._source(), ranges, seen, then=then, otherwise=self._failed)

    def _failed(self, error: Exception) -> None:
        self._seat.kit.jobs.present(error)
        if isinstance(error, StaleError):
            self._table.clearSelection()
            self._table.refresh()
