"""The panel below the plan: why a row waits and what can be done, and its fields beside what is on file."""

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wenlv_desk.gui.importing.rowview import FieldView, RowView
from wenlv_desk.gui.importing.source import Act, Offer, candidates_of, suggestion_text, verdict_tag
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, restyle, tag, words
from wenlv_desk.gui.widgets.scrolling import scroll_area
from wenlv_desk.ledger.model import RowProblem, Verdict

_LABEL_PX = 118


class RowPanel(QFrame):
    """Shows one row; what is pressed is told, the page does it."""

    acted = Signal(object, QPoint)  # Offer, where a menu may open
    skipped = Signal()
    mended = Signal(str, str)  # field, text

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("这一行")
        self._looks = looks
        self.view: RowView | None = None
        self._edits: dict[str, QLineEdit] = {}
        self._first: QPushButton | None = None
        self._left, self._right = scroll_area("为什么，怎么办"), scroll_area("这一行的各项")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        row.addWidget(self._left, 5)
        row.addWidget(self._right, 6)
        self.clear()

    def clear(self) -> None:
        """No row is chosen."""
        self.view = None
        self._first = None
        self._edits.clear()
        empty = _plain()
        column = QVBoxLayout(empty)
        column.addWidget(words("选中一行，看它为什么这样、可以怎么办。", "muted"))
        column.addStretch(1)
        self._left.setWidget(empty)
        self._right.setWidget(_plain())

    def show_row(self, view: RowView) -> None:
        """Show a row."""
        self.view = view
        self._first = None
        self._edits.clear()
        self._left.setWidget(self._reasons(view))
        self._right.setWidget(self._fields(view))

    def go_to_first(self) -> None:
        """Put the focus on what can be done first."""
        if self._first is not None:
            self._first.setFocus()
        elif self._edits:
            next(iter(self._edits.values())).setFocus()

    def go_to_field(self, name: str) -> None:
        """Put the cursor into a field."""
        if (edit := self._edits.get(name)) is not None:
            edit.setFocus()
            edit.selectAll()
            self._right.ensureWidgetVisible(edit)

    def _reasons(self, view: RowView) -> QWidget:
        box = _plain()
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        said = verdict_tag(view.row)
        head.addWidget(tag(said.text, said.tone))
        head.addWidget(words(f"第 {view.row.line} 行　{view.title}", "title"), 1)
        column.addLayout(head)
        if view.row.decision is not None:
            reason = f"：{view.row.decision.reason}" if view.row.decision.reason else ""
            column.addWidget(words(f"已定{view.row.decision.action.label}{reason}", "value", wrap=True))
        for problem in sorted(view.row.problems, key=lambda one: not one.blocking):
            column.addWidget(words(problem.message, "value" if problem.blocking else "small", wrap=True))
        if view.row.new_owner:
            column.addWidget(words(f"同时新增“{view.row.new_owner}”", "value", wrap=True))
        column.addLayout(self._buttons(view))
        column.addStretch(1)
        return box

    def _buttons(self, view: RowView) -> FlowLayout:
        flow = FlowLayout()
        for offer in offers(view):
            made = button(offer.label, part="chip")
            made.clicked.connect(partial(self._tell, made, offer))
            self._first = self._first or made
            flow.addWidget(made)
        if view.row.decision is None and view.row.verdict is not Verdict.SAME:
            skip = button("不导入", self.skipped.emit, part="chip", tip="这一行不写入；可以撤回")
            self._first = self._first or skip
            flow.addWidget(skip)
        return flow

    def _tell(self, made: QPushButton, offer: Offer, _checked: bool = False) -> None:
        self.acted.emit(offer, made.mapToGlobal(QPoint(0, made.height() + 2)))

    def _fields(self, view: RowView) -> QWidget:
        box = _plain()
        grid = QGridLayout(box)
        grid.setContentsMargins(14, 8, 14, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        for at, title in enumerate(("项目", "文件中（可改）", "库中")):
            grid.addWidget(words(title, "small"), 0, at)
        for row, one in enumerate(view.fields, start=1):
            self._field_row(grid, row, one, view)
        grid.setRowStretch(len(view.fields) + 1, 1)
        return box

    def _field_row(self, grid: QGridLayout, row: int, one: FieldView, view: RowView) -> None:
        label = words(one.label, "key", wrap=True)
        label.setFixedWidth(self._looks.px(_LABEL_PX))
        edit = QLineEdit(one.given)
        edit.setAccessibleName(f"{one.label}，文件中")
        edit.setPlaceholderText("空")
        blocking = [problem for problem in one.problems if problem.blocking]
        restyle(edit, "wrong", bool(blocking) and view.row.decision is None)
        if blocking:
            edit.setAccessibleDescription("；".join(problem.message for problem in blocking))
        edit.returnPressed.connect(partial(self._mend, one, edit))
        edit.editingFinished.connect(partial(self._mend, one, edit))
        label.setBuddy(edit)
        self._edits[one.name] = edit
        grid.addWidget(label, row, 0)
        grid.addWidget(edit, row, 1)
        grid.addWidget(self._stored(one, view), row, 2)

    def _stored(self, one: FieldView, view: RowView) -> QLabel:
        if one.becomes:
            return words(f"{one.stored or '空'} → {one.becomes}", "warning", wrap=True)
        if view.row.record_id is None:
            return words("", "small")
        return words(one.stored or "空", "small", wrap=True)

    def _mend(self, one: FieldView, edit: QLineEdit) -> None:
        if edit.text() != one.given and edit.isEnabled():
            edit.setEnabled(False)  # Enter and leaving the field tell the same text: once is enough
            self.mended.emit(one.name, edit.text())


def offers(view: RowView) -> list[Offer]:
    """Everything that can be done about a row, the likeliest first."""
    row = view.row
    if row.decision is not None:
        return [Offer(Act.TAKE_BACK, "撤回这个决定")]
    open_ones = [problem for problem in row.problems if problem.blocking]
    made = [offer for problem in open_ones for offer in _of(problem)]
    if (known := next((p for p in open_ones if p.candidates), None)) is not None:
        made.append(Offer(Act.BESIDE, "并排看", known))
        if len(candidates_of(open_ones)) == 1:
            made.append(Offer(Act.SAME_AS, "按库中…", known))
    if row.verdict is Verdict.DOUBTFUL:
        made.append(Offer(Act.ACCEPT, "照此登记（写理由）…"))
    return made


def _of(problem: RowProblem) -> list[Offer]:
    if len(problem.suggestions) == 1:
        return [Offer(Act.FIX, f"改为 {suggestion_text(problem)}", problem)]
    if problem.suggestions:
        return [Offer(Act.CHOOSE, "选一个 ▾", problem)]
    if problem.field and not problem.candidates:
        return [Offer(Act.EDIT, "改正", problem)]
    return []


def _plain() -> QWidget:
    box = QWidget()
    box.setProperty("part", "plain")
    return box
