"""A popup of things to tick: 全部 first, a search field when there are many, all by keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.searchbox import SearchBox

ALL: Final = "全部"
_KEY: Final = Qt.ItemDataRole.UserRole
_SEARCH_FROM: Final = 9
_LINES: Final = 12
_TOGGLES: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Option:
    """One thing to tick; the count of records, where known, stands behind its label."""

    key: str
    label: str
    count: int | None = None

    @property
    def text(self) -> str:
        return self.label if self.count is None else f"{self.label}  {self.count:,}"


class CheckList(QFrame):
    """Ticks apply at once. Nothing ticked and everything ticked both mean 全部, an empty set, unless `whole` is false."""

    changed = Signal(object)  # frozenset[str] of keys; empty means all
    closed = Signal()

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        ticked: frozenset[str],
        looks: Looks,
        parent: QWidget,
        *,
        whole: bool = True,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("part", "popup")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._options, self._ticked, self._looks = tuple(options), set(ticked), looks
        self._whole = whole
        self._model = QStandardItemModel(self)
        self._list = _Ticks(self)
        self._list.setModel(self._model)
        self._list.setAccessibleName(title)
        self._list.toggled.connect(self._toggle)
        self._search = SearchBox("查找选项", looks, parent=self)
        self._search.setVisible(len(options) >= _SEARCH_FROM)
        self._search.searched.connect(self._fill)
        self._search.left_down.connect(self._list.setFocus)
        self._search.left.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addWidget(self._search)
        column.addWidget(self._list)
        self._fill("")

    def open_below(self, widget: QWidget) -> None:
        """Show under a button, its list or search field ready for keys."""
        self._list.setFixedHeight(self._looks.px(30) * min(_LINES, self._model.rowCount()) + 4)
        widest = max(self._list.fontMetrics().horizontalAdvance(one.text) for one in (*self._options, Option("", ALL)))
        self.setFixedWidth(max(widget.width(), widest + self._looks.px(70)))
        self.adjustSize()
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 2)))
        self.show()
        (self._list if self._search.isHidden() else self._search).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:  # noqa: ARG002
        self.closed.emit()

    def _fill(self, search: str) -> None:
        found = [one for one in self._options if search.casefold() in one.label.casefold()]
        self._model.clear()
        for one in [*([Option("", ALL)] if self._whole and not search else []), *found]:
            item = QStandardItem(one.text)
            item.setData(one.key, _KEY)
            item.setEditable(False)
            item.setCheckable(True)
            self._model.appendRow(item)
        self._show_ticks()
        self._list.setCurrentIndex(self._model.index(0, 0))

    def _toggle(self, key: str) -> None:
        if key == "":
            self._ticked.clear()
        else:
            self._ticked ^= {key}
        if self._whole and len(self._ticked) == len(self._options):
            self._ticked.clear()
        self._show_ticks()
        self.changed.emit(frozenset(self._ticked))

    def _show_ticks(self) -> None:
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            key = item.data(_KEY)
            on = key in self._ticked if key else not self._ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


class _Ticks(QListView):
    """A click anywhere in a line, Space or Enter ticks it."""

    toggled = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.clicked.connect(self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TOGGLES:
            self._tell(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.toggled.emit(index.data(_KEY))
