"""Handing a scan in: drop it or choose it, say when it was signed, see how far the reading has come."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.gui.entry.editors import DayEditor
from wenlv_desk.gui.filing.reading import Earlier
from wenlv_desk.gui.jobs import Running
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.dialogs import enter_moves
from wenlv_desk.gui.widgets.parts import button, card, words
from wenlv_desk.gui.widgets.scrolling import empty

FIELD_PX: Final = 150
WIDE_PX: Final = 640
HOW: Final = "复印机扫出的多页 PDF、照片，或装照片的文件夹。页的先后、方向不用管，几批混在一起也可以。"
SAFE: Final = "每一页按纸上的二维码自动归到它的责任状；认不出的列出来由您指定，原件整份保存，一页都不会丢。"


class HandingIn(QStackedWidget):
    """Shows one of two things: the invitation, or the reading under way."""

    files_wanted = Signal()
    folder_wanted = Signal()
    stop_wanted = Signal()
    earlier_wanted = Signal(int)  # a scan of which pages wait

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self.day = DayEditor(looks, "今天")
        self.day.setAccessibleName("签订日期")
        self.day.setPlaceholderText("今天")
        self.problem = words("", "problem", wrap=True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.choose = button("选择文件…", self.files_wanted.emit, key="Ctrl+O", part="primary")
        self.folder = button("选择文件夹…", self.folder_wanted.emit, key="Ctrl+Shift+O")
        self.earlier = QVBoxLayout()
        self.doing = words("", "title")
        self.bar, self.counted = QProgressBar(), words("", "muted")
        self.stop = button("停止", self.stop_wanted.emit)
        self.addWidget(self._invitation())
        self.addWidget(self._reading())
        enter_moves(self)
        looks.changed.connect(self._look)
        self._look()

    # the invitation

    def _invitation(self) -> QFrame:
        frame = card("交扫描件")
        column = QVBoxLayout(frame)
        column.setSpacing(12)
        column.addStretch(2)
        for one in (words("把签好字的扫描件拖到这里", "heading"), words(HOW, "muted"), self.problem):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._signed_on())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for made in (self.choose, self.folder):
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(words(SAFE, "small"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.earlier.setSpacing(2)
        column.addLayout(self.earlier)
        column.addStretch(3)
        return frame

    def _signed_on(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        label = words("双方签字的日期", "key")
        label.setBuddy(self.day)
        row.addStretch(1)
        for one in (label, self.day, words("早于下发日期的不收", "small")):
            row.addWidget(one)
        row.addStretch(1)
        return row

    def invite(self, problem: str = "") -> None:
        """Ask for a scan; `problem` says what was wrong with the last one."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self._look()
        self.setCurrentIndex(0)
        self.choose.setFocus()

    def show_earlier(self, scans: Sequence[Earlier]) -> None:
        """Scans of which pages still wait, a line each."""
        empty(self.earlier)
        if scans:
            self._add(words("还有没处理完的扫描件", "section"))
        for one in scans:
            text = f"{one.filed_at:%Y-%m-%d %H:%M}　{one.name}　{one.waiting} 页待处理"
            self._add(button(text, partial(self.earlier_wanted.emit, one.id), part="link"))

    def _add(self, widget: QWidget) -> None:
        self.earlier.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)

    # the reading

    def _reading(self) -> QFrame:
        frame = card("正在读扫描件")
        column = QVBoxLayout(frame)
        column.setSpacing(12)
        column.addStretch(2)
        self.bar.setAccessibleName("读取进度")
        self.bar.setTextVisible(False)
        for one in (self.doing, self.bar, self.counted, self.stop):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return frame

    def show_reading(self, name: str) -> None:
        """A scan is being read."""
        self.doing.setText(f"正在读“{name}”……")
        self.counted.setText("正在打开")
        self.bar.setRange(0, 0)
        self.stop.setVisible(True)
        self.setCurrentIndex(1)
        self.stop.setFocus()

    def show_progress(self, running: Running | None) -> None:
        """How many pages were read."""
        if running is None or self.currentIndex() != 1:
            return
        self.bar.setRange(0, running.total)
        self.bar.setValue(min(running.done, running.total))
        self.counted.setText(f"已读 {running.done:,} 页，共 {running.total:,} 页" if running.total else "正在打开")

    def show_writing(self, pages: int) -> None:
        """Everything was read: it is written whole, and that is not stopped any more."""
        self.doing.setText("正在归档……")
        self.counted.setText(f"{pages:,} 页都已读完，正在存原件、归到责任状")
        self.bar.setRange(0, 0)
        self.stop.setVisible(False)

    def _look(self) -> None:
        self.day.setFixedWidth(self._looks.px(FIELD_PX))
        self.bar.setFixedWidth(self._looks.px(360))
        wide = self._looks.px(WIDE_PX)
        _fit(self.problem, wide)


def _fit(label: QLabel, wide: int) -> None:
    """Centred, a label gets no more than one line: its height is that of its text."""
    label.setFixedWidth(wide)
    label.setMinimumHeight(max(0, label.heightForWidth(wide)))
