"""Dialogs: one form, a primary button, keys on the buttons, Enter goes to the next field, Esc leaves."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import button, words

FINISH: Final = "Ctrl+Return"
TAKES_ENTER: Final = "takesEnter"  # property of a field whose list is open: Enter chooses there
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FIELDS: Final = (QLineEdit, QComboBox, QAbstractSpinBox, QCheckBox, QRadioButton)


class EnterMoves(QObject):
    """Enter in a field goes to the next one, on a button it presses the button; in a box of several lines it is a new line."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if watched.property(TAKES_ENTER):
            return False
        if event.key() not in _ENTER or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if isinstance(watched, QPushButton) and watched.property("part") == "field":
            next_field(watched)
            return True
        if isinstance(watched, QPushButton):
            watched.click()
            return True
        if isinstance(watched, _FIELDS) and not (isinstance(watched, QComboBox) and watched.view().isVisible()):
            next_field(watched)
            return True
        return False


def enter_moves(form: QWidget) -> None:
    """Make Enter move through every field and button that the form holds now."""
    mover = form.findChild(EnterMoves) or EnterMoves(form)
    for widget in form.findChildren(QWidget):
        if isinstance(widget, (*_FIELDS, QPushButton)):
            widget.removeEventFilter(mover)
            widget.installEventFilter(mover)
        elif isinstance(widget, QPlainTextEdit):
            widget.setTabChangesFocus(True)


class Dialog(QDialog):
    """Put the form into `body`, name the buttons, `open()` it; `accepted` and `rejected` tell how it ended."""

    def __init__(self, title: str, looks: Looks, parent: QWidget | None, *, width: int = 520) -> None:
        super().__init__(parent)
        self.setProperty("part", "dialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(looks.px(width))
        self.body, self._foot = QVBoxLayout(), QHBoxLayout()
        self.body.setContentsMargins(18, 16, 18, 16)
        self.body.setSpacing(10)
        self.body.addWidget(words(title, "title", wrap=True))
        footer = QFrame()
        footer.setProperty("part", "footer")
        footer.setAccessibleName("按钮")
        footer.setLayout(self._foot)
        self._foot.setContentsMargins(18, 10, 18, 10)
        self._foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addLayout(self.body)
        column.addWidget(footer)
        self.primary: QPushButton | None = None
        self.leave: QPushButton | None = None

    def buttons(self, primary: str, *, leave: str = "取消", danger: bool = False) -> None:
        """The two buttons: what happens, and nothing. Call it after the fields, so that Enter ends on the primary one."""
        self.leave = button(leave, self.reject, key="Esc")
        self._foot.addWidget(self.leave)
        self.primary = button(primary, self.accept, key=FINISH, part="danger" if danger else "primary")
        self._foot.addWidget(self.primary)
        keypad = QShortcut(QKeySequence("Ctrl+Enter"), self)
        keypad.activated.connect(self.primary.click)
        enter_moves(self)

    def add_button(self, text: str, do: Callable[[], object], *, key: str = "") -> QPushButton:
        """A further button at the left edge of the footer."""
        made = button(text, do, key=key)
        self._foot.insertWidget(0, made)
        return made


def confirm(
    parent: QWidget,
    looks: Looks,
    question: str,
    verb: str,
    then: Callable[[], object],
    *,
    will: Sequence[str],
    undo: str = "",
) -> Dialog:
    """Say what will happen, ask, and do it: `will` in plain sentences, `undo` how it can be taken back (empty: it cannot).

    The button carries the verb, e.g. 注销; the safe button has the focus.
    """
    dialog = Dialog(question, looks, parent)
    for sentence in will:
        dialog.body.addWidget(words(f"·  {sentence}", wrap=True))
    dialog.body.addWidget(words(undo or "办理后不能撤销。", "small" if undo else "problem", wrap=True))
    dialog.buttons(verb, danger=True)
    dialog.accepted.connect(then)
    safe = dialog.findChildren(QPushButton)[0]
    safe.setFocus()
    dialog.open()
    return dialog


def next_field(widget: QWidget) -> None:
    """Go to where Enter stops next."""
    following = widget.nextInFocusChain()
    while following is not None and following is not widget:
        if _is_stop(following):
            following.setFocus(Qt.FocusReason.TabFocusReason)
            return
        following = following.nextInFocusChain()


def _is_stop(widget: QWidget) -> bool:
    """Where Enter stops: fields, and the primary button where the form ends; other buttons are passed over."""
    if not (
        widget.isVisibleTo(widget.window()) and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ):
        return False
    if isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox):
        return False  # the inner field of another one
    return isinstance(widget, (*_FIELDS, QPlainTextEdit)) or widget.property("part") in ("primary", "danger", "field")
