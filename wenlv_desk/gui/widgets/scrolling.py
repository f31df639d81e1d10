"""What scrolls up and down: an area that Tab passes by, a card whose parts are made anew, and how a layout is emptied."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget


def scroll_area(name: str, inside: QWidget | QLayout | None = None) -> QScrollArea:
    """An area as wide as it is given room; `name` is what a screen reader calls it. A layout is set on a plain surface."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    if inside is not None:
        area.setWidget(_plain(inside) if isinstance(inside, QLayout) else inside)
    return area


def _plain(layout: QLayout) -> QWidget:
    box = QWidget()
    box.setProperty("part", "plain")
    box.setLayout(layout)
    return box


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.hide()
            old.deleteLater()


class ScrollingCard(QFrame):
    """A card of parts below one another, made anew with every view."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName(name)
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(14, 12, 10, 12)
        self._inside.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(scroll_area(name, self._inside))

    def show_parts(self, parts: Iterable[QWidget]) -> None:
        """Show these instead of what stood there."""
        empty(self._inside)
        for one in parts:
            self._inside.addWidget(one)
        self._inside.addStretch(1)
