"""The left of the check page: the firm, its last checks, and what is open about it."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wenlv_desk.core.open_items import OpenItem
from wenlv_desk.gui.checking.reading import Before, CheckView
from wenlv_desk.gui.widgets.parts import button, key_values, tag, words
from wenlv_desk.gui.widgets.scrolling import ScrollingCard


class FirmFacts(ScrollingCard):
    """Made anew with every view."""

    record_wanted = Signal(str, int)

    def __init__(self) -> None:
        super().__init__("单位")

    def show_view(self, view: CheckView) -> None:
        """Show the firm of a check."""
        self.show_parts(self._parts(view))

    def _parts(self, view: CheckView) -> Iterator[QWidget]:
        yield _row(words(view.name, "title", wrap=True), tag(view.sheet.state, view.sheet.tone))
        yield words(f"{view.check_no}　{view.task}", "small", wrap=True)
        yield key_values(list(view.pairs))
        yield words("以前的检查", "section")
        for before in view.before:
            yield _before(before)
        if not view.before:
            yield words("没有检查过，或还没有结果。", "muted", wrap=True)
        yield words("这家单位现在要处理", "section")
        for item in view.open:
            yield self._open(item)
        if not view.open:
            yield words("没有要处理的事。", "muted")

    def _open(self, item: OpenItem) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(tag(item.word, item.tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words(item.text, "value", wrap=True), 1)
        if item.register:
            see = button("看", partial(self.record_wanted.emit, item.register, item.record_id), part="link")
            see.setAccessibleName(f"看{item.text}")
            row.addWidget(see, 0, Qt.AlignmentFlag.AlignTop)
        return made


def _before(one: Before) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    head = QHBoxLayout()
    head.setSpacing(6)
    head.addWidget(words(one.day, "value"))
    head.addWidget(words(one.number, "small"))
    head.addStretch(1)
    column.addLayout(head)
    line = QHBoxLayout()
    line.addWidget(tag(one.result, one.tone))
    line.addStretch(1)
    column.addLayout(line)
    return made


def _row(text: QWidget, state: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(text, 1)
    row.addWidget(state, 0, Qt.AlignmentFlag.AlignTop)
    return made
