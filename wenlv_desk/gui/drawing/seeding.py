"""The second act: the code on paper for signature, then the seed typed twice before witnesses."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from wenlv_desk.gui.drawing.judging import FINE, WRONG, SeedSaid, said_of, said_of_second
from wenlv_desk.gui.drawing.panel import (
    CONFIRM,
    ActPanel,
    CodeBox,
    PaperLine,
    abandon_button,
    show_abandon,
)
from wenlv_desk.gui.drawing.reading import DrawView
from wenlv_desk.gui.entry.editors import LineEditor
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.blocks import Blocks
from wenlv_desk.gui.widgets.dialogs import FINISH
from wenlv_desk.gui.widgets.parts import button, restyle, words
from wenlv_desk.registries.inspection.seeds import HOW
from wenlv_desk.registries.inspection.vocabulary import SeedSource

NO_PASTE: Final = "第二遍要照原始记录重新录，不能粘贴"
FIRST: Final = "先打印并当场签字，然后再产生种子"
LONGEST: Final = 400


class SeedField(LineEditor):
    """Digits as they were read out; the second one takes no paste, so that it is typed indeed."""

    pasted = Signal()  # somebody tried to paste where that is not allowed

    def __init__(self, name: str, *, paste: bool) -> None:
        super().__init__()
        self._paste = paste
        self.setProperty("part", "digits")
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        if not paste:
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            self.setAcceptDrops(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._paste and event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._paste and event.button() is Qt.MouseButton.MiddleButton:
            self.pasted.emit()  # on X11 the middle button pastes
        else:
            super().mouseReleaseEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if self._paste:
            super().dropEvent(event)


class Said:
    """What is said of a field: how much of it is there beside its name, what is wrong below it."""

    def __init__(self) -> None:
        self.count, self.problem = words("", "small"), words("", "problem", wrap=True)
        self.problem.hide()

    @property
    def text(self) -> str:
        return self.problem.text() or self.count.text()

    def show_said(self, said: SeedSaid, *, wrong: bool) -> None:
        """Show it where it belongs."""
        self.count.setText("" if wrong else said.text)
        restyle(self.count, "part", "fine" if said.kind == FINE else "small")
        self.problem.setText(said.text if wrong else "")
        self.problem.setVisible(wrong)


class SeedPanel(ActPanel):
    """`wanted` carries both readings and the witnesses; what was typed stays until the seed is entered."""

    wanted = Signal(str, str, str)

    def __init__(self, looks: Looks) -> None:
        super().__init__("第 2 步　录入种子")
        self._looks, self._source = looks, SeedSource.DICE
        self._draw: int | None = None
        self.code, self.paper, self.blocks = CodeBox(), PaperLine(CONFIRM), Blocks()
        self.paper.wanted.connect(self.print_wanted)
        self.come = words("", "value", wrap=True)
        self.first, self.second = SeedField("种子（第一遍）", paste=True), SeedField("种子（第二遍）", paste=False)
        self.said_first, self.said_second = Said(), Said()
        self.witnesses = QLineEdit()
        self.witnesses.setAccessibleName("见证人")
        self.witnesses.setPlaceholderText("在场见证的人，用“、”隔开")
        self.missing = words("", "problem", wrap=True)
        self.abandon = abandon_button(self)
        self.enter = button("录入种子", self.press, key=FINISH, part="primary")
        self._lay_out()
        for one in (self.first, self.second):
            one.edited.connect(self._typed)
        self.second.pasted.connect(self._no_paste)
        self.witnesses.textEdited.connect(lambda _text: self._complain(""))
        self.finish()

    def _lay_out(self) -> None:
        for one in (self.code, self.paper, self.blocks, self.come):
            self.body.addWidget(one)
        self._add_field("种子（第一遍）", self.first, self.said_first.count, self.said_first.problem)
        self._add_field("种子（第二遍，换一个人读）", self.second, self.said_second.count, self.said_second.problem)
        self._add_field("见证人", self.witnesses, words(""), self.missing)
        self.body.addStretch(1)
        self.foot_row(self.abandon, primary=self.enter)
        self._complain("")

    def _add_field(self, label: str, field: QLineEdit, count: QLabel, problem: QLabel) -> None:
        name = words(label, "section")
        name.setBuddy(field)
        head = QHBoxLayout()
        head.addWidget(name, 1)
        head.addWidget(count)
        self.body.addLayout(head)
        self.body.addWidget(field)
        self.body.addWidget(problem)

    def show_view(self, view: DrawView) -> None:
        """Show a sealed draw that waits for its seed."""
        sealed = view.sealed
        if sealed is None:
            return
        if sealed.id != self._draw:
            self._draw = sealed.id
            for one in (self.first, self.second, self.witnesses):
                one.clear()
        self._source = sealed.source
        self.code.show_code(sealed.code)
        self.paper.show_paper(sealed.papers, FIRST)
        self.blocks.show_blocks(view.blocks)
        self.come.setText(f"{sealed.source.label}（{sealed.source_said}）：{HOW[sealed.source]}。")
        self.enter.setEnabled(not view.blocks)
        show_abandon(self.abandon, view.may_abandon)
        self._typed()
        for before, after in pairwise((self.witnesses, self.enter, self.abandon)):
            QWidget.setTabOrder(before, after)  # Enter after the last field stops at the step, not at giving it up

    @property
    def primary(self) -> QPushButton:
        return self.enter

    @property
    def starts(self) -> QWidget:
        return self.first

    @property
    def begun(self) -> bool:
        """Whether something was typed."""
        return any(one.text().strip() for one in (self.first, self.second, self.witnesses))

    def press(self) -> None:
        """Hand the seed over, or say what is wrong and go there."""
        first, second = self._judged()
        for field, said in ((self.first, first), (self.second, second)):
            if said.kind != FINE:
                field.setFocus()
                self._show(field, self.said_first if field is self.first else self.said_second, said, strict=True)
                return
        if not self.witnesses.text().strip():
            self._complain("请写在场见证的人")
            self.witnesses.setFocus()
            return
        self.wanted.emit(self.first.text(), self.second.text(), self.witnesses.text().strip())

    def _judged(self) -> tuple[SeedSaid, SeedSaid]:
        first, second = self.first.text(), self.second.text()
        return said_of(self._source, first), said_of_second(self._source, first, second)

    def _typed(self) -> None:
        first, second = self._judged()
        self._show(self.first, self.said_first, first)
        self._show(self.second, self.said_second, second)

    def _show(self, field: SeedField, where: Said, said: SeedSaid, *, strict: bool = False) -> None:
        """`strict`: what is not there yet is a problem as well."""
        wrong = said.kind == WRONG or (strict and said.kind != FINE)
        where.show_said(said, wrong=wrong)
        restyle(field, "wrong", wrong)
        field.mark(said.mark, self._looks.tokens.red)
        field.setAccessibleDescription(said.text)

    def _no_paste(self) -> None:
        self._show(self.second, self.said_second, SeedSaid(WRONG, NO_PASTE))

    def _complain(self, text: str) -> None:
        self.missing.setText(text)
        self.missing.setVisible(bool(text))
