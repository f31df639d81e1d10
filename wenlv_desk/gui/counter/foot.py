"""The foot of the materials: the limit that runs and how it was counted, what to do first, and the buttons of the steps."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, restyle, words
from wenlv_desk.gui.widgets.parts import line as hairline
from wenlv_desk.registries.review.clocks import Clock
from wenlv_desk.registries.review.proposing import Proposal, Step

KEYS: Final = ("F6", "F7", "F8")
MOST_BLOCKS: Final = 4


def button_text(step: Step) -> str:
    """What stands on a step's button: the paper where one comes of it."""
    return f"{step.title}，打印{step.paper_title}" if step.paper and step.operation else step.title


class Foot(QFrame):
    """Says why there is no button where there is none."""

    pressed = Signal()  # the proposed step
    chosen = Signal(object)  # another Step

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "foot")
        self.setAccessibleName("办理")
        self._clock, self._how = words("", "value", wrap=True), words("", "small", wrap=True)
        self._asks = button("怎么算的", self._unfold, part="link", tip="这个期限是怎么数出来的")
        self._how.hide()
        self.says = words("", "value", wrap=True)
        self.primary: QPushButton = button("", self.pressed.emit, part="primary")
        self._others = QWidget()
        self._flow = FlowLayout(8, self._others)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._clock, 1)
        line.addWidget(self._asks, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._others, 1)
        row.addWidget(self.primary, 0, Qt.AlignmentFlag.AlignBottom)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(hairline())
        column = QVBoxLayout()
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        whole.addLayout(column)
        column.addLayout(line)
        column.addWidget(self._how)
        column.addWidget(self.says)
        column.addLayout(row)

    def show_proposal(self, proposal: Proposal, clocks: Sequence[Clock]) -> None:
        """Show what can be done with the case now."""
        self.show()
        self._show_clocks(clocks)
        blocked = "；".join(proposal.blocks[:MOST_BLOCKS])
        more = len(proposal.blocks) - MOST_BLOCKS
        said = (f"不能办：{blocked}" + (f"；还有 {more} 条" if more > 0 else "")) if blocked else proposal.waits
        self.says.setText(said)
        self.says.setVisible(bool(said))
        restyle(self.says, "part", "problem" if blocked else "value")
        step = proposal.step
        self.primary.setVisible(step is not None)
        if step is not None:
            self.primary.setText(f"{button_text(step)}{'…' if step.asks else ''} Enter")
            self.primary.setAccessibleName(step.title)
        self._offer(proposal.others)

    def clear(self) -> None:
        """No case."""
        self.show_proposal(Proposal(None), ())
        self.hide()

    def _show_clocks(self, clocks: Sequence[Clock]) -> None:
        self._clock.setText("\n".join(one.said for one in clocks))
        restyle(self._clock, "part", "problem" if any(one.red for one in clocks) else "value")
        self._how.setText("\n".join(f"{one.label}：{one.how}" for one in clocks))
        for one in (self._clock, self._asks):
            one.setVisible(bool(clocks))
        if not clocks:
            self._how.hide()

    def _unfold(self) -> None:
        self._how.setVisible(not self._how.isVisible())

    def _offer(self, steps: Sequence[Step]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        for number, step in enumerate(steps):
            key = KEYS[number] if number < len(KEYS) else ""
            made = button(step.title, partial(self.chosen.emit, step), key=key, part="danger" if step.danger else "")
            made.setToolTip(f"办后打印{step.paper_title}" if step.paper and step.operation else "")
            self._flow.addWidget(made)
            made.show()
        self._others.setVisible(bool(steps))
