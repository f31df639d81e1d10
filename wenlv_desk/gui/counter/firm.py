"""The left of the counter: the field that finds anything, the hits, and the firm with what to know before."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import button, key_values, tag, words
from wenlv_desk.gui.widgets.scrolling import empty, scroll_area
from wenlv_desk.gui.widgets.searchbox import SearchBox
from wenlv_desk.registries.review.counter import BARS, CounterView, Known
from wenlv_desk.registries.review.seeking import CounterHit

HINT: Final = "扫码，或输入名称、证号、电话"
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HitList(QListWidget):
    """Up from the first goes back to the field, Enter chooses."""

    taken = Signal(int)  # the row
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("找到的案件")
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.taken.emit(self.row(item)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.taken.emit(self.currentRow())
        elif event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and self.currentRow() <= 0):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_hits(self, hits: Sequence[CounterHit]) -> None:
        """One hit a line: the name, then its numbers and state, or why there is no case."""
        self.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.name}\n{hit.why or f'{hit.state}　{hit.beside}'}")
            item.setToolTip(hit.why)
            self.addItem(item)
        self.setCurrentRow(0)


class FirmCard(QFrame):
    """Search, hits, and the firm at the counter."""

    record_wanted = Signal(str, int)
    card_wanted = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("单位")
        self.search = SearchBox(HINT, looks)
        self.count = words("", "small", wrap=True)
        self.hits = HitList()
        self.count.hide()
        self.hits.hide()
        self._inside = QVBoxLayout()
        self._inside.setSpacing(8)
        self._inside.setContentsMargins(0, 0, 4, 0)
        self._area = scroll_area("", self._inside)
        self.mend = button("去办", self._mend, key="F4", tip="打开挡住本案的那条记录")
        self.whole = button("看全卡", self.card_wanted.emit, key="F2")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.mend)
        foot.addWidget(self.whole)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.count)
        column.addWidget(self.hits, 3)
        column.addWidget(self._area, 3)
        column.addLayout(foot)
        self._mended: Known | None = None
        self.clear()

    def offer(self, hits: Sequence[CounterHit], said: str, *, choose: bool) -> None:
        """Show what was found and what there is to say about it; `choose`: there is more than one way to go on."""
        self.count.setText(said)
        self.count.setVisible(bool(said))
        self.hits.show_hits(hits)
        self._choosing(choose)

    def chosen(self) -> None:
        """One of the hits is at the counter."""
        self.count.hide()
        self._choosing(False)

    def _choosing(self, on: bool) -> None:
        self.hits.setVisible(on)
        self._area.setVisible(not on)

    def clear(self, *beside: QWidget) -> None:
        """No firm; `beside` are widgets to stand there instead."""
        self._fill(*beside)
        self._mended = None
        self.mend.hide()
        self.whole.hide()

    def show_view(self, view: CounterView, who: str, ask_who: Callable[[], object]) -> None:
        """Show the firm of a case."""
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words(view.name, "title", wrap=True), 1)
        row.addWidget(tag(view.state, view.tone), 0, Qt.AlignmentFlag.AlignTop)
        came: QPushButton = button(f"申请人　{who}", ask_who, part="chip", key="", tip="代办的按 F9 填代理人")
        known = [self._line(one) for one in view.known]
        self._fill(
            head,
            words(f"{view.case_no}", "small"),
            key_values(list(view.pairs)),
            came,
            words("办理前要知道", "section"),
            *known,
        )
        self._mended = next((one for one in view.known if one.word == BARS and one.register), None)
        self.mend.setVisible(self._mended is not None)
        self.whole.show()

    def _line(self, known: Known) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(tag(known.word, known.tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words(known.text, "value", wrap=True), 1)
        if known.register:
            go = partial(self.record_wanted.emit, known.register, known.record_id)
            see = button("看", go, part="link")
            see.setAccessibleName(f"看{known.text}")
            row.addWidget(see, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _fill(self, *widgets: QWidget) -> None:
        empty(self._inside)
        for one in widgets:
            flat = isinstance(one, QPushButton)
            self._inside.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft if flat else Qt.AlignmentFlag(0))
        self._inside.addStretch(1)

    def _mend(self) -> None:
        if self._mended is not None:
            self.record_wanted.emit(self._mended.register, self._mended.record_id)
