"""The frame around the steps of an import: heading and facts above, the four steps, hint and buttons below."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.gui.widgets.parts import button, restyle, words

_TIP_LINES = 25


class StepFrame(QWidget):
    """Knows nothing of what the steps do."""

    step_wanted = Signal(int)
    save_wanted = Signal()
    back_wanted = Signal()
    leave_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, title: str, steps: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.facts, self.hint = words("", "muted"), words("", "muted")
        for one in (self.facts, self.hint):  # long ones are cut instead of widening the window
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._steps = [button(one, partial(self.step_wanted.emit, at), part="chip") for at, one in enumerate(steps)]
        self.pages = QStackedWidget()
        self.save = button("另存退回的行…", self.save_wanted.emit, tip="没有写入的行连同原因另存，改好再导")
        self.back = button("上一步", self.back_wanted.emit)
        self.leave = button("离开", self.leave_wanted.emit)
        self.next: QPushButton = button("", self.next_wanted.emit, part="primary")
        keypad = QShortcut(QKeySequence("Ctrl+Enter"), self)
        keypad.activated.connect(self.next.click)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(_row(words(title, "heading"), self.facts, grows=self.facts))
        column.addLayout(self._strip())
        column.addWidget(self.pages, 1)
        column.addLayout(_row(self.hint, self.leave, self.save, self.back, self.next, grows=self.hint))

    def _strip(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for at, one in enumerate(self._steps):
            if at:
                row.addWidget(words("›", "muted"))
            row.addWidget(one)
        row.addStretch(1)
        return row

    def show_step(self, step: int, page: QWidget | None, hint: str, *, over: bool) -> None:
        """Show a step's page; `over`: nothing before it can be gone back to."""
        if page is not None:
            self.pages.setCurrentWidget(page)
        for at, one in enumerate(self._steps):
            restyle(one, "on", at == step)
            one.setEnabled(at <= step and not over)
        self.hint.setText(hint)

    def name_next(self, shown: str, spoken: str) -> None:
        """What stands on the filled button. Its key stays when its text changes."""
        self.next.setText(shown)
        self.next.setAccessibleName(spoken)
        self.next.setShortcut(QKeySequence("Ctrl+Return"))

    def say_facts(self, facts: Sequence[str], aside: Sequence[str] = ()) -> None:
        """What is known of the file; `aside` are remarks for the tooltip."""
        said = [*facts, *([f"另有 {len(aside)} 处说明"] if aside else [])]
        self.facts.setText("　".join(said))
        self.facts.setToolTip("\n".join(aside[:_TIP_LINES]))

    def replace(self, old: QWidget | None, new: QWidget) -> None:
        """Put a page in the place of another."""
        if old is not None:
            self.pages.removeWidget(old)
            old.deleteLater()
        self.pages.addWidget(new)


def _row(*widgets: QWidget, grows: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for one in widgets:
        row.addWidget(one, 1 if one is grows else 0)
    return row
