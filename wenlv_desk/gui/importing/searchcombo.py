"""A combo box that is searched by typing any part of a label."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter


class SearchCombo(QComboBox):
    """Only what is in the list can be chosen: other texts fall back to what was chosen before."""

    picked = Signal(str)  # the key

    def __init__(self, label: str, options: Sequence[tuple[str, str]], key: str) -> None:
        super().__init__()
        self.setAccessibleName(label)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for one, text in options:
            self.addItem(text, one)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.activated[str].connect(self._typed)  # type: ignore[index]
        self.setCompleter(completer)
        edit = self.lineEdit()
        assert edit is not None
        edit.setAccessibleName(label)
        edit.editingFinished.connect(self._left)
        self.key = key
        self.put(key)
        self.activated.connect(self._take)

    def put(self, key: str) -> None:
        """Show the option of a key without telling anyone."""
        self.key = key
        self.setCurrentIndex(max(0, self.findData(key)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # rolling over the page must not change a mapping

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        edit = self.lineEdit()
        if edit is not None:
            edit.selectAll()

    def _typed(self, text: str) -> None:
        self._take(self.findText(text))

    def _left(self) -> None:
        found = self.findText(self.currentText().strip())
        if found < 0:
            self.put(self.key)
        else:
            self._take(found)

    def _take(self, index: int) -> None:
        if index < 0:
            return
        key = str(self.itemData(index))
        self.setCurrentIndex(index)
        if key != self.key:
            self.key = key
            self.picked.emit(key)
