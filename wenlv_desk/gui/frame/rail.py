"""The rail at the left: one button a page, made from the list of pages there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import words

WIDTH_PX: Final = 148
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True)
class Page:
    """A page of the window; `factory` is called when it is first shown. A line stands where the section changes."""

    name: str
    title: str
    icon: str
    factory: Callable[[Kit], QWidget]
    section: int = 0


class RailButton(QPushButton):
    """A page's button with its badge: a number that waits for the clerk."""

    def __init__(self, page: Page, number: int, looks: Looks, rail: QWidget) -> None:
        super().__init__(f" {page.title}", rail)
        self.page, self._looks = page, looks
        self._badge: QLabel = words("", "")
        self._badge.setObjectName("railBadge")
        self._badge.setIndent(0)
        self._badge.setParent(self)
        self._badge.hide()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if number <= 9:
            self.setShortcut(f"Alt+{number}")
            self.setToolTip(f"{page.title}（Alt {number}）")
        self.toggled.connect(self.look)
        looks.changed.connect(self.look)
        self.set_badge(0)
        self.look()

    def set_badge(self, count: int) -> None:
        """Show a number; 0 hides it."""
        self._badge.setText(f"{count:,}" if count < 1000 else "999+")
        self._badge.setVisible(count > 0)
        self.setAccessibleName(f"{self.page.title}，{count} 件待办" if count else self.page.title)
        self._place()

    def look(self) -> None:
        self.setIcon(self._looks.icon(self.page.icon, "accent" if self.isChecked() else "muted"))
        self.setIconSize(QSize(self._looks.px(16), self._looks.px(16)))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self._badge.adjustSize()
        right = self._looks.px(7)
        self._badge.move(self.width() - self._badge.width() - right, (self.height() - self._badge.height()) // 2)


class Rail(QFrame):
    """Up and Down move between the pages, Alt with a digit goes to one at once."""

    chosen = Signal(str)  # name of a page

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName("页面")
        self._looks = looks
        self._buttons: dict[str, RailButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(1)
        self._column.addStretch(1)
        looks.changed.connect(self._look)
        self._look()

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Build the buttons."""
        before = pages[0].section if pages else 0
        for number, page in enumerate(pages, start=1):
            if page.section != before:
                self._add_line()
            before = page.section
            made = RailButton(page, number, self._looks, self)
            made.clicked.connect(lambda _on, name=page.name: self.chosen.emit(name))
            self._buttons[page.name] = made
            self._add(made)

    def mark(self, name: str) -> None:
        """Show which page is open."""
        self._buttons[name].setChecked(True)

    def set_badge(self, name: str, count: int) -> None:
        if name in self._buttons:
            self._buttons[name].set_badge(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        at = next((number for number, one in enumerate(buttons) if one.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        target = buttons[(at + step) % len(buttons)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()

    def _add(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)

    def _add_line(self) -> None:
        line = QFrame()
        line.setObjectName("railLine")
        for space in (6, None, 6):
            if space is None:
                self._add(line)
            else:
                self._column.insertSpacing(self._column.count() - 1, space)

    def _look(self) -> None:
        self.setFixedWidth(self._looks.px(WIDTH_PX))
