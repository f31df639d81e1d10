"""Columns of a page that stand below one another where there is no room for them side by side: large text, a small window."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QScrollArea, QWidget

from wenlv_desk.gui.look.looks import Looks

GAP_PX = 12
FREE = 16_777_215  # Qt's QWIDGETSIZE_MAX


@dataclass(frozen=True)
class Column:
    """One of them: how wide it must be and what share it takes beside the others, how high it is below them (at 100 %)."""

    widget: QWidget
    width: int
    share: int
    height: int
    place: int  # in the stack, from the top


class Reflow(QScrollArea):
    """Side by side nothing scrolls but the columns themselves; stacked, the page scrolls. Both go along with the focus."""

    stacked_changed = Signal(bool)

    def __init__(self, name: str, columns: Sequence[Column], looks: Looks, *, least: int) -> None:
        super().__init__()
        self._columns, self._looks, self._least = tuple(columns), looks, least
        self.stacked = False
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self._inside.setProperty("part", "plain")
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._inside)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP_PX)
        self.setWidget(self._inside)
        self._arrange()
        looks.changed.connect(self._look)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def _look(self) -> None:
        """Stack or unstack by the room there is; the scroll bar's own width must not decide."""
        stacked = self.width() < self._looks.px(self._least)
        changed, self.stacked = stacked is not self.stacked, stacked
        self._arrange()
        if changed:
            self.stacked_changed.emit(stacked)

    def _arrange(self) -> None:
        px = self._looks.px
        down = QBoxLayout.Direction.TopToBottom
        # Side by side the columns are as high as there is room: Qt would take the height that wrapped text prefers.
        self._inside.setMaximumHeight(FREE if self.stacked else self.viewport().height())
        self._box.setDirection(down if self.stacked else QBoxLayout.Direction.LeftToRight)
        for at, one in enumerate(sorted(self._columns, key=lambda one: one.place) if self.stacked else self._columns):
            if self._box.indexOf(one.widget) != at:
                self._box.removeWidget(one.widget)
                self._box.insertWidget(at, one.widget)
            self._box.setStretch(at, 0 if self.stacked else one.share)
            one.widget.setMinimumSize(0 if self.stacked else px(one.width), px(one.height) if self.stacked else 0)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Enter moves the focus without Qt's scrolling to it: every area around it does, the inner ones first."""
        if now is None or not self.isVisible() or not self.isAncestorOf(now):
            return
        around = now.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(now)
            around = around.parentWidget() if around is not self else None
