"""The pieces of a card: fields with personal data behind a click, open items, attachments, papers, history."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wenlv_desk.core.open_items import OpenItem
from wenlv_desk.gui.card.dossier import Attached, Issued, Pair
from wenlv_desk.gui.card.events import Event
from wenlv_desk.gui.widgets.parts import button, tag, words

ISSUED_REGISTER = "issued_paper"


def sections_of(
    sections: Sequence[tuple[str, Sequence[Pair]]], reveal: Callable[[str, QPushButton], object]
) -> QWidget:
    """Titled groups of label and value; a click on masked personal data asks for the whole."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    row = 0
    for title, pairs in sections:
        if title:
            grid.addWidget(words(title, "section"), row, 0, 1, 2)
            row += 1
        for pair in pairs:
            grid.addWidget(words(pair.label, "key"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_value(pair, reveal), row, 1)
            row += 1
    return box


def _value(pair: Pair, reveal: Callable[[str, QPushButton], object]) -> QWidget:
    if pair.hidden:
        shown = button(pair.text, part="masked", tip="单击显示完整号码；查看会记入流水")
        shown.setAccessibleName(f"{pair.label}：{pair.text}，显示完整号码")
        shown.clicked.connect(lambda: reveal(pair.name, shown))
        return shown
    shown_text = words(pair.text, "value", wrap=True)
    shown_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    shown_text.setAccessibleName(f"{pair.label}：{pair.text}")
    return shown_text


def open_list(items: Sequence[OpenItem], go: Callable[[str, int], object]) -> QWidget:
    """现在要处理: a tag and a sentence a line; a line about another record leads there."""
    box = _column()
    column = box.layout()
    assert column is not None
    column.addWidget(words("现在要处理", "section"))
    for item in items:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(tag(item.word, item.tone), 0, Qt.AlignmentFlag.AlignTop)
        text = words(item.text, "value", wrap=True)
        row.addWidget(text, 1)
        if item.register:
            open_it = button("看", partial(go, item.register, item.record_id), part="link")
            open_it.setAccessibleName(f"看{item.text}")
            row.addWidget(open_it, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(line)
    if not items:
        column.addWidget(words("没有要处理的事。", "muted"))
    return box


class AttachedList(QWidget):
    """Files kept with the records of the card."""

    add_wanted = Signal()
    open_wanted = Signal(object)  # Attached
    remove_wanted = Signal(object)

    def __init__(self, attached: Sequence[Attached]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for one in attached:
            column.addWidget(self._line(one))
        if not attached:
            column.addWidget(words("还没有附件。把扫描件或照片拖到这张卡片上即可。", "muted", wrap=True))
        add = button("添加附件…", self.add_wanted.emit, part="link")
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _line(self, one: Attached) -> QWidget:
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        name = button(one.file_name, partial(self.open_wanted.emit, one), part="link", tip="用系统程序打开")
        name.setAccessibleName(f"打开附件{one.file_name}")
        remove = button("移除", partial(self.remove_wanted.emit, one), part="link")
        remove.setAccessibleName(f"移除附件{one.file_name}")
        note = f"　{one.note}" if one.note else ""
        grid.addWidget(name, 0, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(remove, 0, 1)
        about = f"{size_text(one.size)}　{one.added_by} {one.added_at:%Y-%m-%d}{note}"
        grid.addWidget(words(about, "small", wrap=True), 1, 0, 1, 2)
        return line


def size_text(size: int) -> str:
    """Bytes as KB or MB."""
    return f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(1, size // 1024)} KB"


class IssuedList(QWidget):
    """Papers issued about the records of the card."""

    record_wanted = Signal(str, int)

    def __init__(self, issued: Sequence[Issued]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for one in issued:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            go = partial(self.record_wanted.emit, ISSUED_REGISTER, one.id)
            row.addWidget(button(f"{one.title} {one.number}", go, part="link"))
            row.addStretch(1)
            row.addWidget(tag(one.state, one.tone))
            column.addWidget(line)
            column.addWidget(words(f"{one.issued_by} {one.issued_at:%Y-%m-%d %H:%M}", "small"))
        if not issued:
            column.addWidget(words("还没有出具过文书。点下面的“打印”即可。", "muted", wrap=True))
        column.addStretch(1)


class HistoryList(QWidget):
    """Who did what when, with what changed, newest first."""

    def __init__(self, events: Sequence[Event]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for event in events:
            column.addWidget(words(event.title, "value", wrap=True))
            column.addWidget(words(f"{event.at:%Y-%m-%d %H:%M}　{event.clerk}（{event.counter}）", "small"))
            for change in event.changes:
                text = f"·  {change.label}：{change.before or '空'} → {change.after or '空'}"
                column.addWidget(words(text, "value", wrap=True))
            if event.reason:
                column.addWidget(words(f"理由：{event.reason}", "small", wrap=True))
            column.addSpacing(8)
        if not events:
            column.addWidget(words("还没有历史。", "muted"))
        column.addStretch(1)


def _column() -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    return box
