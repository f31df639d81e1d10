"""What an empty list says: why it is empty and what to do next."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import button, words


class EmptyState(QWidget):
    """Lies over the middle of a list while it has no rows."""

    def __init__(self, looks: Looks, area: QAbstractScrollArea) -> None:
        super().__init__(area.viewport())
        self._looks, self._area = looks, area
        self._text = words("没有可显示的内容", "muted", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self._text)
        column.addLayout(self._buttons)
        self.hide()

    def say(self, text: str, *actions: tuple[str, Callable[[], object]]) -> None:
        """What is shown when there are no rows, with buttons for the next steps; the first is the sensible one."""
        self._text.setText(text)
        self.setAccessibleName(text)
        for old in self.findChildren(QPushButton):
            self._buttons.removeWidget(old)
            old.deleteLater()
        while self._buttons.count():
            self._buttons.takeAt(0)
        self._buttons.addStretch(1)
        for number, (title, do) in enumerate(actions):
            self._buttons.addWidget(button(title, do, part="" if number else "primary"))
        self._buttons.addStretch(1)
        self.place()

    def event(self, event: QEvent) -> bool:
        """New buttons count only once they are shown: their room is taken then."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.place()
        return done

    def place(self) -> None:
        """Lie a little above the middle."""
        area = self._area.viewport().rect()
        width = min(area.width(), self._looks.px(420))
        height = max(self.sizeHint().height(), self.heightForWidth(width))  # what is said may take two lines
        self.setGeometry((area.width() - width) // 2, max(0, (area.height() - height) * 2 // 5), width, height)
