"""The right of the page: what a page is, whose it is by a clerk's word, or why it is not filed; and which pages are missing."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wenlv_desk.gui.filing.reading import Lacking, OpenPledge, PageShown, ScanView
from wenlv_desk.gui.widgets.dialogs import FINISH, enter_moves
from wenlv_desk.gui.widgets.parts import button, line, restyle, tag, words
from wenlv_desk.gui.widgets.scrolling import empty, scroll_area

NUMBER, PAGE, COPY, REASON = "number", "page", "copy", "reason"
GAP: Final = "　"
LACKING_SHOWN: Final = 40
REASONS: Final = ("空白页", "重复扫描", "不是责任状", "上一年的旧责任状")
BACK_REASONS: Final = ("归错了单位", "没有签字", "页码不对")
BACK: Final = "退回后再由您指定归到哪里。因这一页签订完成的责任状回到待签，签订日期和扫描件撤下，历史里都留着。"
NO_BACK_REASON: Final = "请写明为什么退回，如：归错了单位"
NO_REASON: Final = "请写明为什么不归档，如：空白页"
NOTHING_LACKING: Final = "没有缺页：交来的每份都至少有一份齐了。"


class Deciding(QFrame):
    """`assign_wanted` carries number, page and copy as typed; `aside_wanted` and `back_wanted` the reason."""

    assign_wanted = Signal(str, str, str)
    aside_wanted = Signal(str)
    back_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("处理这一页")
        self.shown: PageShown | None = None
        self._open: dict[str, OpenPledge] = {}
        self.title, self.state = words("", "title"), tag("")
        self.said = words("", "value", wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.number, self.page, self.copy = QLineEdit(), QLineEdit(), QLineEdit()
        self.reason, self.back_reason = QLineEdit(), QLineEdit()
        self.about, self.problem = words("", "small", wrap=True), words("", "problem", wrap=True)
        self.assign = button("归到这份责任状", self._assign, key=FINISH, part="primary")
        self.aside = button("核过不归档", self._set_aside)
        self.back = button("退回待处理", self._take_back)
        self.lacking = QVBoxLayout()
        self._whose, self._aside, self._back = QWidget(), QWidget(), QWidget()
        self._lay_out()
        enter_moves(self)
        QShortcut(QKeySequence("Ctrl+Enter"), self).activated.connect(self.assign.click)
        self.forget()

    # what it is made of

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        body = QVBoxLayout()
        body.setContentsMargins(14, 12, 14, 12)
        body.setSpacing(8)
        body.addLayout(head)
        body.addWidget(self.said)
        self._fields()
        for one in (self._whose, self.problem, self.assign, self._aside, self._back):
            body.addWidget(one)
        body.addWidget(line())
        body.addWidget(words("缺页", "section"))
        self.lacking.setSpacing(0)
        body.addLayout(self.lacking)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(scroll_area("处理这一页", body))

    def _fields(self) -> None:
        column = _column(self._whose)
        self._add(column, "责任状编号（照图上印的）", "责任状编号", self.number, "编号或单位名称都能找")
        row = QHBoxLayout()
        row.setSpacing(8)
        for label, field in (("第几页", self.page), ("第几份", self.copy)):
            half = QVBoxLayout()
            half.setSpacing(6)
            self._add(half, label, label, field, "")
            row.addLayout(half)
        column.addLayout(row)
        column.addWidget(self.about)
        self._reason(self._aside, "不归档，理由", "不归档的理由", self.reason, REASONS, self.aside)
        back = self._reason(self._back, "归错了，退回的理由", "退回的理由", self.back_reason, BACK_REASONS, self.back)
        back.addWidget(words(BACK, "small", wrap=True))
        self.number.textChanged.connect(lambda _text: self._look_up())
        self.number.returnPressed.connect(self.page.setFocus)  # told with the list of numbers open, too
        for field in (self.number, self.page, self.copy, self.reason, self.back_reason):
            field.textEdited.connect(lambda _text: self.say(""))

    def _reason(
        self, box: QWidget, label: str, name: str, field: QLineEdit, usual: Sequence[str], do: QPushButton
    ) -> QVBoxLayout:
        column = _column(box)
        self._add(column, label, name, field, f"如：{'；'.join(usual[:2])}")
        field.setCompleter(QCompleter(list(usual), field))
        column.addWidget(do)
        return column

    @staticmethod
    def _add(column: QVBoxLayout, label: str, name: str, field: QLineEdit, hint: str) -> None:
        shown = words(label, "key")
        shown.setBuddy(field)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        column.addWidget(shown)
        column.addWidget(field)

    # what is shown

    def show_view(self, view: ScanView) -> None:
        """Know which pledges wait, and which pages are missing."""
        self._open = {one.number: one for one in view.open}
        completer = QCompleter([f"{one.number}{GAP}{one.party}" for one in view.open], self.number)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.number.setCompleter(completer)
        self._show_lacking(view.lacking)

    def show_page(self, one: PageShown) -> None:
        """Another page; what was typed for the same one stays."""
        same = self.shown is not None and (self.shown.id, self.shown.version) == (one.id, one.version)
        self.shown = one
        self.title.setText(one.name)
        self.state.setText(one.state)
        self.state.show()
        restyle(self.state, "tone", one.tone)
        self.said.setText(one.said)
        for part in (self._whose, self.assign):
            part.setVisible(one.waiting and not one.file)
        self._aside.setVisible(one.waiting)
        self._back.setVisible(one.kept)
        if not same:
            self.number.setText(one.number if one.number in self._open else "")
            self.page.setText("")
            self.copy.setText("1")
            for field in (self.reason, self.back_reason):
                field.setText("")
            self.say("")

    def forget(self) -> None:
        """No page is chosen."""
        self.shown = None
        self.title.setText("没有选中的页")
        self.state.hide()
        self.said.setText("")
        for part in (self._whose, self.problem, self.assign, self._aside, self._back):
            part.hide()

    def say(self, problem: str) -> None:
        """Say what is wrong with what was typed."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _show_lacking(self, lacking: Sequence[Lacking]) -> None:
        empty(self.lacking)
        for one in lacking[:LACKING_SHOWN]:
            text = f"{one.number}{GAP}第 {one.copy} 份第 {one.page} 页"
            tip = f"{one.party}：点一下填到上面"
            made = button(text, partial(self._take, one), part="link", tip=tip)
            self.lacking.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            self.lacking.addWidget(words(one.party, "small"))
        if len(lacking) > LACKING_SHOWN:
            self.lacking.addWidget(words(f"等 {len(lacking)} 页，见“扫描归档结果”", "small"))
        if not lacking:
            self.lacking.addWidget(words(NOTHING_LACKING, "small", wrap=True))

    def _take(self, one: Lacking) -> None:
        """Fill in a page that is missing."""
        if self.shown is None or not self.shown.waiting or self.shown.file:
            return
        self.number.setText(one.number)
        self.page.setText(str(one.page))
        self.copy.setText(str(one.copy))
        self.say("")
        self.assign.setFocus()

    def _look_up(self) -> None:
        """Say whose number it is, and how many pages and copies there are."""
        found = self._open.get(self.typed_number)
        self.about.setText(f"{found.party}：每份 {found.pages} 页，一式 {found.copies} 份" if found else "")
        self.about.setVisible(found is not None)

    @property
    def typed_number(self) -> str:
        """The number without the name that was picked with it."""
        return self.number.text().split(GAP)[0].strip()

    @property
    def begun(self) -> bool:
        """Whether something was typed that is not entered."""
        return self.shown is not None and self.shown.waiting and bool(self.page.text() or self.reason.text())

    # what is wanted

    def _assign(self) -> None:
        if self.assign.isHidden():  # the key is told to it all the same
            return
        fields = ((self.typed_number, self.number, "编号"), (self.page.text(), self.page, "第几页"))
        for text, field, name in (*fields, (self.copy.text(), self.copy, "第几份")):
            if not text.strip():
                self.say(f"请填{name}，照图上印的填")
                field.setFocus()
                return
        self.assign_wanted.emit(self.typed_number, self.page.text().strip(), self.copy.text().strip())

    def _set_aside(self) -> None:
        self._with_reason(self.reason, NO_REASON, self.aside_wanted)

    def _take_back(self) -> None:
        self._with_reason(self.back_reason, NO_BACK_REASON, self.back_wanted)

    def _with_reason(self, field: QLineEdit, none: str, wanted: SignalInstance) -> None:
        if text := field.text().strip():
            wanted.emit(text)
        else:
            self.say(none)
            field.setFocus()


def _column(box: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(6)
    return column
