"""Beside the table: the figure at the cursor with its whole definition, and the ways to the rows behind it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import button, card, line, words
from wenlv_desk.store.figures import FigureTable, Line

PANEL_PX: Final = 300


class FigurePanel(QWidget):
    """Empty while no figure is at the cursor."""

    wanted = Signal(object, bool)  # Line, whether the whole of a ratio is wanted

    def __init__(self, looks: Looks, unit: str) -> None:
        super().__init__()
        self._looks, self._unit = looks, unit
        self._line: Line | None = None
        self._name, self._value = words("", "title", wrap=True), words("", "heading", wrap=True)
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._what, self._over = words("", wrap=True), words("", "muted", wrap=True)
        self.part = button("看计入的", lambda: self._tell(whole=False), part="primary")
        self.whole = button("看总数的", lambda: self._tell(whole=True))
        frame = card("指标")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(10)
        for one in (self._name, self._value, line(), words("口径", "section"), self._what, self._over):
            inside.addWidget(one)
        inside.addStretch(1)
        for made in (self.part, self.whole):
            inside.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        looks.changed.connect(self._look)
        self._look()
        self.show_line(None, None)

    def show_line(self, table: FigureTable | None, found: Line | None) -> None:
        """Show a figure of a table."""
        self._line = found
        self.setVisible(found is not None)
        if found is None or table is None:
            return
        counted, ratio = found.counted, bool(found.counted.whole)
        self._name.setText("　".join(one for one in (found.figure.label, found.group) if one))
        self._value.setText(counted.text)
        self._what.setText(f"{found.figure.definition}。")
        self._over.setText(table.said)
        self._offer(self.part, "看计入的" if ratio else "看这", len(counted.rows))
        self._offer(self.whole, "看总数的", len(counted.whole))
        self.whole.setVisible(ratio)

    def _offer(self, made: QPushButton, text: str, count: int) -> None:
        made.setText(f"{text} {count:,} {self._unit}")
        made.setAccessibleName(f"{text} {count:,} {self._unit}")
        made.setEnabled(count > 0)

    def _tell(self, *, whole: bool) -> None:
        if self._line is not None:
            self.wanted.emit(self._line, whole)

    def _look(self) -> None:
        self.setFixedWidth(self._looks.px(PANEL_PX))
