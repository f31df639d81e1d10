"""① 选文件: drop a ledger or choose one, see what is in it, choose the sheet where several have a table."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from wenlv_desk.gui.importing.work import Opened, SheetFound
from wenlv_desk.gui.jobs import Running
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import button, card, words

PATTERNS = "台账 (*.xlsx *.xlsm *.xls *.et *.xml *.csv *.txt *.tsv *.ods);;所有文件 (*)"


class FileStep(QWidget):
    """Shows one of three things: the invitation, the reading under way, the sheets to choose from."""

    wanted = Signal()  # a file is to be chosen
    chosen = Signal(int)  # index in `Opened.usable`
    stopped = Signal()

    def __init__(self, title: str, looks: Looks) -> None:
        super().__init__()
        self.setAccessibleName("选文件")
        self._title, self._looks = title, looks
        self._frame: QFrame = card("选文件")
        self._column = QVBoxLayout(self._frame)
        self._column.setSpacing(12)
        self._bar: QProgressBar | None = None
        self._said = words("", "muted")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._frame)
        self.invite()

    def invite(self, problem: str = "") -> None:
        """Ask for a file; `problem` says what was wrong with the last one."""
        self._clear()
        self._column.addStretch(2)
        self._add(words("把台账拖到这里", "heading"))
        self._add(words(f"Excel、WPS 表格或 CSV，旧的 .xls、.et 也可以。导入到“{self._title}”。", "muted"))
        if problem:
            said = words(problem, "problem", wrap=True)
            said.setFixedWidth(self._looks.px(640))
            said.setMinimumHeight(said.heightForWidth(said.width()))  # centred, a label gets no more than one line
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._add(said)
        choose = button("选择文件…", self.wanted.emit, key="Ctrl+O", part="primary")
        self._add(choose)
        self._add(words("先看清楚每一行会发生什么，您点“写入”之前不会写入任何内容。", "small"))
        self._column.addStretch(3)
        self.setFocusProxy(choose)
        choose.setFocus()

    def show_reading(self, name: str) -> None:
        """A file is being read."""
        self._clear()
        self._column.addStretch(2)
        self._add(words(f"正在读取“{name}”……", "title"))
        self._bar = QProgressBar()
        self._bar.setAccessibleName("读取进度")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(self._looks.px(360))
        self._said = words("", "muted")
        self._add(self._bar)
        self._add(self._said)
        self._add(button("取消", self.stopped.emit, key="Esc"))
        self._column.addStretch(3)

    def show_progress(self, running: Running | None) -> None:
        """How many rows have come."""
        if running is not None and self._bar is not None:
            self._bar.setRange(0, running.total)
            self._bar.setValue(min(running.done, running.total))
            self._said.setText(f"已读 {running.done:,} 行" + (f" / {running.total:,} 行" if running.total else ""))

    def show_sheets(self, opened: Opened) -> None:
        """Several sheets have a table: which one?"""
        self._clear()
        self._column.setContentsMargins(20, 18, 20, 18)
        self._column.addWidget(words(f"“{opened.path.name}”里有几张工作表，导入哪一张？", "title", wrap=True))
        first = None
        for number, sheet in enumerate(opened.usable):
            made = self._sheet_row(number, sheet)
            self._column.addLayout(made)
            first = first or made.itemAt(0).widget()
        for sheet in opened.sheets:
            if sheet not in opened.usable:
                self._column.addWidget(words(f"{sheet.name}　不能导入：{sheet.why}", "small", wrap=True))
        for note in opened.notes:
            self._column.addWidget(words(note, "small", wrap=True))
        self._column.addStretch(1)
        self._column.addWidget(button("换一个文件…", self.wanted.emit), 0, Qt.AlignmentFlag.AlignLeft)
        if first is not None:
            first.setFocus()

    def _sheet_row(self, number: int, sheet: SheetFound) -> QHBoxLayout:
        assert sheet.table is not None
        row = QHBoxLayout()
        choose = button(sheet.name, partial(self.chosen.emit, number), part="" if number else "primary")
        choose.setAccessibleName(f"导入工作表{sheet.name}")
        row.addWidget(choose)
        hidden = "" if sheet.visible else "（隐藏的工作表）"
        headings = "、".join(sheet.table.headings[:6])
        row.addWidget(words(f"{len(sheet.table.rows):,} 行{hidden}　列：{headings}……", "muted"), 1)
        return row

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def _clear(self) -> None:
        self._bar = None
        while (item := self._column.takeAt(0)) is not None:
            _drop(item.widget(), item.layout())


def _drop(widget: QWidget | None, layout: object) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
    if isinstance(layout, QHBoxLayout):
        while (item := layout.takeAt(0)) is not None:
            _drop(item.widget(), item.layout())
