"""What stands in the way of a step, in plain words, a red tag and a sentence a line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wenlv_desk.gui.widgets.parts import tag, words
from wenlv_desk.gui.widgets.scrolling import empty


class Blocks(QWidget):
    """What stands in the way, a sentence a line; nothing where nothing does."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("挡住的事")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_blocks(self, blocks: Sequence[str]) -> None:
        """Show these."""
        empty(self._column)
        for one in blocks:
            self._column.addWidget(_block(one))
        self.setVisible(bool(blocks))


def _block(text: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(tag("挡住", "red"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words(text, "value", wrap=True), 1)
    return made
