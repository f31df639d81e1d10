"""The short list under a record field while a name is typed: Down, Up, Enter or a click choose."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

_ID: Final = Qt.ItemDataRole.UserRole
_LABEL: Final = Qt.ItemDataRole.UserRole + 1
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEP: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_LINES: Final = 8


class Picks(QListWidget):
    """Floats over the window below the field; the field keeps the focus and hands its keys here."""

    chosen = Signal(int, str)  # id, label
    shown = Signal(bool)

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self.setWindowFlags(Qt.WindowType.ToolTip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("可选记录")
        self.itemClicked.connect(self._choose)
        self.hide()

    def offer(self, found: list[tuple[int, str, str]]) -> None:
        """Show what was found: id, name, code."""
        self.clear()
        for record_id, label, code in found:
            item = QListWidgetItem(f"{label}　{code}".strip())
            item.setData(_ID, record_id)
            item.setData(_LABEL, label)
            self.addItem(item)
        if not found:
            self.hide()
            return
        self.setCurrentRow(0)
        height = self.sizeHintForRow(0) * min(_LINES, len(found)) + 2 * self.frameWidth() + 4
        self.setGeometry(0, 0, max(self._field.width(), 320), height)
        self.move(self._field.mapToGlobal(QPoint(0, self._field.height() + 2)))
        self.show()

    def take_key(self, event: QKeyEvent) -> bool:
        """Use a key pressed in the field; false when it is the field's own."""
        if not self.isVisible():
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        if (step := _STEP.get(Qt.Key(event.key()))) is not None:
            self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))
            return True
        if event.key() in _ENTER and self.currentItem() is not None:
            self._choose(self.currentItem())
            return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    def _choose(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(item.data(_ID), item.data(_LABEL))
