"""The text of a wording: placeholders in colour, unknown ones underlined, the wrong line set off."""

import re
from collections.abc import Collection
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QTextEdit

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.typeset.wording import HEADS, OPTIONAL, PLEDGE_HEADS, REMARK

_PLACE: Final = re.compile(r"(?<![{｛])[{｛]([^{}｛｝\n]*)[}｝](?![}｝])")
_HEAD: Final = re.compile(rf"(?:{'|'.join({**HEADS, **PLEDGE_HEADS})})\s*[:：]")


class Colours(QSyntaxHighlighter):
    """Knows which placeholders there are."""

    def __init__(self, document: QTextDocument, looks: Looks) -> None:
        super().__init__(document)
        self._looks = looks
        self._known: frozenset[str] = frozenset()
        looks.changed.connect(self.rehighlight)

    def know(self, names: Collection[str]) -> None:
        """Colour anew for these placeholders."""
        self._known = frozenset(names)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        tokens = self._looks.tokens
        if text.lstrip().startswith(REMARK):
            self.setFormat(0, len(text), _plain(tokens.muted))
            return
        if text.startswith(OPTIONAL):
            self.setFormat(0, 1, _plain(tokens.amber, bold=True))
        if head := _HEAD.match(text):
            self.setFormat(0, head.end(), _plain(tokens.muted, bold=True))
        for found in _PLACE.finditer(text):
            known = found[1].strip() in self._known
            look = _plain(tokens.accent if known else tokens.red)
            if not known:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                look.setUnderlineColor(QColor(tokens.red))
            self.setFormat(_utf16(text, found.start()), _utf16(found[0], len(found[0])), look)


def _utf16(text: str, at: int) -> int:
    """A place in a text as Qt counts it."""
    return len(text[:at].encode("utf-16-le")) // 2


def _plain(colour: str, *, bold: bool = False) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(colour))
    if bold:
        look.setFontWeight(700)
    return look


class WordingEdit(QPlainTextEdit):
    """Enter makes a paragraph; Tab leaves the field; { asks for the list of placeholders."""

    list_wanted = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self._wrong = 0
        self.setAccessibleName("范本文字")
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.colours = Colours(self.document(), looks)
        looks.changed.connect(lambda: self.mark(self._wrong))

    def mark(self, number: int) -> None:
        """Set off a line, from 1; 0 takes the mark away."""
        self._wrong = number
        marks = []
        block = self.document().findBlockByNumber(number - 1)
        if number and block.isValid():
            one = QTextEdit.ExtraSelection()
            colour = QColor(self._looks.tokens.red_soft)
            one.format.setBackground(colour)  # type: ignore[attr-defined]
            one.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # type: ignore[attr-defined]
            one.cursor = QTextCursor(block)  # type: ignore[attr-defined]
            marks.append(one)
        self.setExtraSelections(marks)

    def go_to(self, number: int) -> None:
        """Put the cursor at the end of a line."""
        block = self.document().findBlockByNumber(number - 1)
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self.setTextCursor(cursor)
            self.centerCursor()
        self.setFocus()

    def insert(self, name: str) -> None:
        """Put a placeholder at the cursor; a brace typed for it is taken in."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()] if not cursor.hasSelection() else ""
        opened = before.endswith(("{", "｛")) and not before.endswith(("{{", "｛｛"))
        if opened:
            cursor.deletePreviousChar()
        cursor.insertText(f"{{{name}}}")
        self.setTextCursor(cursor)
        self.setFocus()


class Places(QListWidget):
    """The placeholders there are; Enter or a double click inserts one, letters typed go to the one that begins so."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("可用的占位")
        self.itemDoubleClicked.connect(lambda item: self.wanted.emit(item.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.wanted.emit(item.text())
        else:
            super().keyPressEvent(event)
