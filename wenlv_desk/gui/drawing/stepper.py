"""The three acts of a draw above the page: which is under way, which are done, when and by whom."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import restyle, words

ACTS: Final = ("封存名单", "录入种子", "抽取")
DONE, NOW, TO_COME = "done", "now", "to-come"
WORDS: Final = {DONE: "已办", NOW: "现在办", TO_COME: "待办"}


class Step(QFrame):
    """One act: its number and name, and what is to be said of it."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.setProperty("part", "step")
        self._number, self._title = number, title
        self.name, self.said = words("", "strong"), words("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(8)
        row.addWidget(self.name)
        row.addWidget(self.said)

    def show_state(self, state: str, said: str) -> None:
        """Show how far it is: by a sign, a word and a colour."""
        self.name.setText(f"{'✓ ' if state == DONE else ''}{self._number} {self._title}")
        self.said.setText(said or WORDS[state])
        for one in (self, self.name):
            restyle(one, "state", state)
        self.setToolTip(said)
        self.setAccessibleName(f"第 {self._number} 步 {self._title}，{WORDS[state]}{'，' + said if said else ''}")


class Stepper(QWidget):
    """The acts in a row; nobody goes back in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("抽取三步")
        row = FlowLayout(8, self)  # in large text the acts stand below one another
        self.steps = [Step(number, title) for number, title in enumerate(ACTS, 1)]
        for step in self.steps:
            row.addWidget(step)

    def show_act(self, act: int, done: Sequence[str]) -> None:
        """`act` is the number of the one under way (3: all are done), `done` when and by whom the others were."""
        for number, step in enumerate(self.steps):
            state = DONE if number < act else NOW if number == act else TO_COME
            step.show_state(state, done[number] if number < len(done) and state == DONE else "")

    def shorten(self, short: bool) -> None:
        """Leave out when and by whom, which is still spoken."""
        for step in self.steps:
            step.said.setVisible(not short)
