"""The foot of the draw page: the draws of the task that were given up, always in sight."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from wenlv_desk.gui.drawing.reading import Abandoned
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import tag, words
from wenlv_desk.gui.widgets.scrolling import empty, scroll_area

LINE_PX, LINES_SEEN = 30, 3
TOLD: Final = "以后的抽取记录会一并公开"


class Earlier(QFrame):
    """A line each; hidden where there are none."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("以前放弃的抽取")
        self._looks = looks
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(14, 8, 14, 8)
        self._inside.setSpacing(6)
        self._area = scroll_area("以前放弃的抽取", self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._area)
        self.hide()

    def show_draws(self, draws: Sequence[Abandoned]) -> None:
        """Show these."""
        empty(self._inside)
        if draws:
            self._inside.addWidget(words(f"以前放弃的抽取 {len(draws)} 次，{TOLD}", "section"))
        for one in draws:
            self._inside.addWidget(_line(one))
        self.setVisible(bool(draws))
        self._area.setFixedHeight(self._looks.px(LINE_PX) * (min(len(draws), LINES_SEEN) + 1) + self._looks.px(8))
        few = len(draws) <= LINES_SEEN
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus if few else Qt.FocusPolicy.TabFocus)


def _line(one: Abandoned) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(tag("已放弃", "red"), 0, Qt.AlignmentFlag.AlignTop)
    said = f"第 {one.attempt} 次（封存 {one.committed}，封存码 {one.code}）　{one.ended}放弃，批准：{one.approver}　原因：{one.why}"
    text = words(said, "value", wrap=True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row.addWidget(text, 1)
    return made
