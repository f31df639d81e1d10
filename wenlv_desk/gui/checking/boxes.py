"""One box of the paper in the form at the right: its name, one or more editors in a line, and what is wrong below them."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from wenlv_desk.gui.entry.editors import UNCHOSEN, BlockEditor, ChoiceEditor, DayEditor, FieldEditor, Options
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.dialogs import next_field
from wenlv_desk.gui.widgets.parts import restyle, words

LABEL_PX: Final = 58
LINES: Final = 2
WITH_BUTTON: Final = 2  # how much of a line a box takes that has a button in it
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NEW_LINE: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class ShortBlock(BlockEditor):
    """Two lines of text: Enter goes on as everywhere on this page, Shift Enter begins a new line."""

    def put(self, raw: Any, label: str = "") -> None:
        super().put(raw, label)
        self.moveCursor(QTextCursor.MoveOperation.End)  # what is added goes behind what was proposed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & NEW_LINE:
            next_field(self)
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        self.setFixedHeight(self._looks.px(22) * LINES + self._looks.px(14))


class Choices(ChoiceEditor):
    """One of a few, by its digit; what is offered may change while the sheet is filled in."""

    def __init__(self, options: Options) -> None:
        super().__init__(options, blank=UNCHOSEN)

    def offer(self, options: Options) -> None:
        """Other choices; the one that was made stays where it is still offered, else none is made."""
        now = self.raw()
        if [(self.itemText(at), self.itemData(at)) for at in range(1, self.count())] == [
            (two, one) for one, two in options
        ]:
            return
        while self.count() > 1:
            self.removeItem(1)
        for code, label in options:
            self.addItem(label, code)
        self.setCurrentIndex(max(0, self.findData(now)) if now else 0)


class Box(QWidget):
    """Shows what is wrong with one of its editors until that is edited."""

    def __init__(self, label: str, editors: Sequence[tuple[str, FieldEditor]], looks: Looks) -> None:
        super().__init__()
        self.editors: dict[str, FieldEditor] = dict(editors)
        self._looks, self._label = looks, words(label, "key", wrap=True)
        self._label.setBuddy(editors[0][1])
        self._said: QLabel = words("", "problem", wrap=True)
        self._said.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        for _, editor in editors:
            editor.setSizePolicy(QSizePolicy.Policy.Ignored, editor.sizePolicy().verticalPolicy())
            row.addWidget(editor, WITH_BUTTON if isinstance(editor, DayEditor) else 1)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addLayout(row)
        right.addWidget(self._said)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(right, 0, 1)
        looks.changed.connect(self._look)
        self._look()

    def complain(self, name: str, text: str) -> None:
        """Say what is wrong with an editor; nothing where nothing is."""
        for own, editor in self.editors.items():
            restyle(editor, "wrong", bool(text) and own == name)
            editor.setAccessibleDescription(text if own == name else "")
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _look(self) -> None:
        self._label.setFixedWidth(self._looks.px(LABEL_PX))
        self._label.setContentsMargins(0, self._looks.px(6), 0, 0)


def raw_of(editor: FieldEditor) -> str:
    """What an editor holds, as text."""
    held: Any = editor.raw()
    return held if isinstance(held, str) else ""
