"""The right of the draw page: what every act's panel has, a title, a body that scrolls, and a foot with its buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wenlv_desk.gui.drawing.reading import DrawView, PaperShown
from wenlv_desk.gui.widgets.dialogs import enter_moves
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, key_text, line, restyle, words
from wenlv_desk.gui.widgets.scrolling import scroll_area

PRINT_KEY, COPY_KEY, SAVE_KEY = "F6", "F8", "F9"
CONFIRM, RESULT = "抽取前确认单", "抽取结果确认单"


class ActPanel(QFrame):
    """One act; it tells what is wanted and knows nothing of how it is done."""

    print_wanted = Signal(object)  # PaperShown
    abandon_wanted = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName(title)
        self.title = words(title, "title", wrap=True)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(14, 12, 10, 12)
        self.body.setSpacing(8)
        self.body.addWidget(self.title)
        self.area = scroll_area(title, self.body)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(14, 10, 14, 12)
        self.foot.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addWidget(line())
        column.addLayout(self.foot)

    @property
    def primary(self) -> QPushButton:
        """The filled button."""
        raise NotImplementedError

    @property
    def starts(self) -> QWidget:
        """Where keys go when the act begins."""
        return self.primary

    @property
    def begun(self) -> bool:
        """Whether something was typed that is not entered."""
        return False

    def show_view(self, view: DrawView) -> None:
        """Show a draw at this act; what was typed stays."""
        raise NotImplementedError

    def finish(self) -> None:
        """Called once all fields are there: Enter moves through them, the keypad's Enter finishes as well."""
        enter_moves(self)
        QShortcut(QKeySequence("Ctrl+Enter"), self).activated.connect(self.primary.click)

    def foot_row(self, *buttons: QPushButton, primary: QPushButton) -> None:
        """The buttons of the foot, the filled one at the right."""
        others = QWidget()
        flow = FlowLayout(8, others)
        for one in buttons:
            flow.addWidget(one)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(others, 1)
        row.addWidget(primary, 0, Qt.AlignmentFlag.AlignBottom)
        self.foot.addLayout(row)


class CodeBox(QFrame):
    """The code of the sealed list in large type, with a button that copies it."""

    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "box")
        self.setAccessibleName("封存码")
        self.code = words("", "code", wrap=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = button("复制", self._copy, key=COPY_KEY, part="chip")
        self.copy.setAccessibleName("复制封存码")
        head = QHBoxLayout()
        head.addWidget(words("封存码", "section"), 1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.code)

    def show_code(self, code: str) -> None:
        """Show a code."""
        self.code.setText(code)
        self.code.setAccessibleName(f"封存码 {code}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.copied.emit(self.code.text())


class PaperLine(QWidget):
    """A paper of the draw: its button, and whether it was issued."""

    wanted = Signal(object)  # PaperShown

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.paper: PaperShown | None = None
        self.said = words("", "small", wrap=True)
        self.button = button(f"打印{title}", self._press, key=PRINT_KEY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button)
        column.addWidget(self.said)

    def show_paper(self, papers: Sequence[PaperShown], hint: str) -> None:
        """Show the paper of this title; `hint` is said until it was issued."""
        self.paper = next((one for one in papers if one.title == self._title), None)
        self.setVisible(self.paper is not None)
        if self.paper is None:
            return
        again = self.paper.issued_id is not None
        self.button.setText(f"{'再印' if again else '打印'}{self._title} {key_text(PRINT_KEY)}")
        self.button.setShortcut(PRINT_KEY)
        self.button.setEnabled(again or not self.paper.refused)
        self.said.setText(f"✓ 已出具 {self.paper.number}" if again else self.paper.refused or hint)
        self.said.setVisible(bool(self.said.text()))
        restyle(self.said, "part", "small" if again else "warning")

    def _press(self) -> None:
        if self.paper is not None:
            self.wanted.emit(self.paper)


def abandon_button(panel: ActPanel) -> QPushButton:
    """The button that gives the draw up; `show_abandon` says whether it may be."""
    made = button("放弃抽取…", panel.abandon_wanted.emit, part="danger")
    made.setAccessibleName("放弃抽取")
    return made


def show_abandon(made: QPushButton, refused: str) -> None:
    """Grey where it may not be pressed, with the reason."""
    made.setEnabled(not refused)
    made.setToolTip(refused)
    made.setAccessibleDescription(refused)
