"""A search field: tells what is looked for shortly after the last key, so that not every letter starts a search."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import key_text, words

_PAUSE_MS: Final = 120
_DOWN: Final = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBox(QLineEdit):
    """Text that is being composed by an input method is not searched for until it stands."""

    searched = Signal(str)  # the text, trimmed, once it rests; empty when it was cleared
    submitted = Signal(str)  # Enter
    left_down = Signal()  # Down: into the results
    left = Signal()  # Esc in an empty field

    def __init__(self, hint: str, looks: Looks, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._looks, self._last = looks, ""
        self._glass = QLabel(self)
        self._key = words(key_text(key), "key-hint") if key else None
        if self._key is not None:
            self._key.setParent(self)
        self._rest = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._rest.timeout.connect(self._tell)
        self.textChanged.connect(self._changed)
        looks.changed.connect(self._look)
        self._look()

    def take(self, text: str) -> None:
        """Go on typing here: get the focus and add what was typed elsewhere."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.deselect()
        self.end(False)
        self.insert(text)

    def settle(self) -> None:
        """What was typed has served: Ctrl+Z is the window's again."""
        self.blockSignals(True)
        self.setText(self.text())
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self._tell()
            else:
                self.left.emit()
        elif event.key() in _DOWN:
            self._tell()
            self.left_down.emit()
        elif event.key() in _ENTER:
            self._tell()
            self.submitted.emit(self._last)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z is the window's where there is nothing typed to take back."""
        undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if event.type() == QEvent.Type.ShortcutOverride and undo and not self.isUndoAvailable():
            event.ignore()
            return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _changed(self) -> None:
        if self._key is not None:
            self._key.setVisible(not self.text())
        self._rest.start()

    def _tell(self) -> None:
        self._rest.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)

    def _look(self) -> None:
        side = self._looks.px(16)
        self._glass.setPixmap(self._looks.icon("search", "muted").pixmap(side, side))
        self._glass.adjustSize()
        self.setTextMargins(self._looks.px(22), 0, 0, 0)
        self._place()

    def _place(self) -> None:
        self._glass.move(self._looks.px(10), (self.height() - self._glass.height()) // 2)
        if self._key is not None:
            self._key.adjustSize()
            self._key.move(
                self.width() - self._key.width() - self._looks.px(10), (self.height() - self._key.height()) // 2
            )
