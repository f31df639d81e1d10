"""Small building blocks that the style sheet knows by their `part`: words, cards, tags, buttons with their keys."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from wenlv_desk.gui.look.tokens import Tone

_KEY_NAMES: Final = {"Return": "Enter", "Esc": "Esc", "Del": "Delete", "+": " "}


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for and have the sheet applied anew."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def words(text: str, part: str = "", *, wrap: bool = False) -> QLabel:
    """A label; parts: heading, title, muted, small, section, key, value, problem."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if part:
        label.setProperty("part", part)
    return label


def tag(text: str, tone: str = Tone.NEUTRAL) -> QLabel:
    """A status: colour and word."""
    label = words(text, "tag")
    label.setProperty("tone", str(tone))
    label.setIndent(0)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label


def card(name: str) -> QFrame:
    """A surface with a border; `name` is what a screen reader calls it."""
    frame = QFrame()
    frame.setProperty("part", "card")
    frame.setAccessibleName(name)
    return frame


def framed(list_: QWidget, name: str) -> QFrame:
    """A card around a list; the margins keep its corners off the round ones of the card."""
    frame = card(name)
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 3, 1, 3)
    column.addWidget(list_)
    return frame


def line() -> QFrame:
    """A hairline across."""
    frame = QFrame()
    frame.setProperty("part", "line")
    return frame


def headed(frame: QFrame, head: QLayout, body: QWidget) -> None:
    """Fill a card with a head, a hairline below it and what takes the rest; the margins keep its corners off the card's."""
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 3)
    column.setSpacing(0)
    column.addLayout(head)
    column.addWidget(line())
    column.addWidget(body, 1)


def key_text(key: str | QKeySequence) -> str:
    """A key as it stands on a button: `Ctrl+N` becomes `Ctrl N`, Return becomes Enter."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    for found, shown in _KEY_NAMES.items():
        text = text.replace(found, shown)
    return text


def button(
    text: str, do: Callable[[], object] | None = None, *, key: str = "", part: str = "", tip: str = ""
) -> QPushButton:
    """A button with its key on it; parts: primary (one a screen), danger, link, icon, chip."""
    made = QPushButton(f"{text} {key_text(key)}" if key else text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if key:
        made.setShortcut(QKeySequence(key))
    if part:
        made.setProperty("part", part)
    if tip:
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
    if do is not None:
        made.clicked.connect(lambda: do())  # noqa: PLW0108 - keeps Qt's `checked` from becoming an argument
    return made


def without_arguments(do: Callable[[], object]) -> Callable[..., None]:
    """A slot for a signal whose arguments (checked) do not matter."""

    def slot(*_: object) -> None:
        do()

    return slot


def key_values(pairs: list[tuple[str, str]]) -> QWidget:
    """Two columns, name and value; values can be selected and copied."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    for row, (key, value) in enumerate(pairs):
        shown = words(value, "value", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(f"{key}：{value}")
        grid.addWidget(words(key, "key"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown, row, 1)
    return box
