"""Which columns a list shows, how wide and in which order: kept by name, so that a new column of a later version finds its place."""

from typing import Any, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHeaderView

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.memory import Memory
from wenlv_desk.gui.table.rows import Column

NARROWEST: Final = 36


class ColumnPlan(QObject):
    """Keeps the header and the memory in step; widths are remembered as they are at text size 100 %."""

    def __init__(
        self, name: str, columns: tuple[Column, ...], header: QHeaderView, looks: Looks, memory: Memory
    ) -> None:
        super().__init__(header)
        self._key, self._columns, self._header = f"columns/{name}", columns, header
        self._looks, self._memory = looks, memory
        self._by_program, self._room = False, 0
        self._widths = [column.width for column in columns]
        self._save_soon = QTimer(self, singleShot=True, interval=0)
        self._save_soon.timeout.connect(self.save)
        self.restore()
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)
        looks.changed.connect(self.scale)

    def restore(self) -> None:
        """Apply what is remembered; columns it does not know stand where they were declared."""
        names = [column.name for column in self._columns]
        kept = _sensible(self._memory.data(self._key), names)
        for one in kept:
            self._widths[names.index(one["name"])] = one["width"]
        hidden = {one["name"]: not one["shown"] for one in kept}
        self._by_program = True
        for at, column in enumerate(self._columns):
            self._header.setSectionHidden(at, hidden.get(column.name, not column.shown))
        for to, one in enumerate(kept):
            self._header.moveSection(self._header.visualIndex(names.index(one["name"])), to)
        self._by_program = False
        self.scale()

    def reset(self) -> None:
        """As declared."""
        self._memory.keep_data(self._key, None)
        self._widths = [column.width for column in self._columns]
        self._by_program = True
        for at, column in enumerate(self._columns):
            self._header.moveSection(self._header.visualIndex(at), at)
            self._header.setSectionHidden(at, not column.shown)
        self._by_program = False
        self.scale()

    def scale(self) -> None:
        """Give the header its widths at the present text size; the last column takes what is left over."""
        self._by_program = True
        self._header.setMinimumSectionSize(self._looks.px(NARROWEST))
        for at, width in enumerate(self._widths):
            self._header.resizeSection(at, self._looks.px(width))
        self._stretch()
        self._by_program = False

    def fit(self, room: int) -> None:
        """The list is this many pixels wide now: the last column takes what is left over."""
        self._room = room
        self._by_program = True
        self._stretch()
        self._by_program = False

    def shown(self) -> frozenset[str]:
        return frozenset(c.name for at, c in enumerate(self._columns) if not self._header.isSectionHidden(at))

    def show(self, names: frozenset[str]) -> None:
        """Show these columns and hide the others; one always stays."""
        for at, column in enumerate(self._columns):
            self._header.setSectionHidden(at, column.name not in names if names else at > 0)
        self.scale()
        self.save()

    def in_order(self) -> list[int]:
        """Logical indexes of the visible columns from left to right."""
        order = (self._header.logicalIndex(at) for at in range(self._header.count()))
        return [at for at in order if not self._header.isSectionHidden(at)]

    def save(self) -> None:
        order = [self._header.logicalIndex(at) for at in range(self._header.count())]
        state = [
            {"name": self._columns[at].name, "width": self._widths[at], "shown": not self._header.isSectionHidden(at)}
            for at in order
        ]
        self._memory.keep_data(self._key, state)

    def _stretch(self) -> None:
        order = self.in_order()
        if order:
            grower = next((at for at in order if self._columns[at].grows), order[-1])
            own = {at: self._looks.px(self._widths[at]) for at in order}
            # Figures stay where they are: at the far edge they would stand away from what they belong to.
            left_over = self._columns[grower].align == "left"
            room = self._room - sum(own.values()) + own[grower] if left_over else 0
            self._header.resizeSection(grower, max(own[grower], room))

    def _resized(self, at: int, _before: int, now: int) -> None:
        if not self._by_program and now > 0:
            self._widths[at] = round(now * 100 / self._looks.percent)
            self.fit(self._room)
            self._save_soon.start()

    def _moved(self, _at: int, _before: int, _now: int) -> None:
        if not self._by_program:
            self.scale()
            self._save_soon.start()


def _sensible(kept: Any, names: list[str]) -> list[dict[str, Any]]:
    """The entries of a remembered plan that still mean something."""
    if not isinstance(kept, list):
        return []
    return [
        {"name": one["name"], "width": max(NARROWEST, one["width"]), "shown": bool(one.get("shown"))}
        for one in kept
        if isinstance(one, dict) and one.get("name") in names and isinstance(one.get("width"), int)
    ]
