"""Editors: one widget per `Kind.editor`. Each holds a raw value (see formdata), tells when it is edited and can mark a wrong character."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QDate, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QTextCharFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QFileDialog,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import Editor, Text
from wenlv_desk.gui.entry.picking import Picks
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.checklist import CheckList, Option
from wenlv_desk.gui.widgets.dialogs import TAKES_ENTER
from wenlv_desk.gui.widgets.parts import restyle

BLOCK_LINES: Final = 3
UNCHOSEN: Final = "请选择"
Options = Sequence[tuple[str, str]]


class LineEditor(QLineEdit):
    """One line of text."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._marked: int | None = None
        self.textEdited.connect(self.edited)

    def raw(self) -> Any:
        return self.text()

    def put(self, raw: Any, label: str = "") -> None:  # noqa: ARG002
        if str(raw) != self.text():
            self.setText(str(raw))

    def mark(self, position: int | None, colour: str) -> None:
        """Set off the wrong character of the text as it stands; None takes the mark away."""
        # A QLineEdit has no formats of its own; those of an input method's (empty) composition do the same.
        if position == self._marked:
            return
        self._marked = position
        attributes = []
        if position is not None and 0 <= position < len(self.text()):
            look = QTextCharFormat()
            look.setForeground(QColor(colour))
            look.setFontWeight(700)
            look.setFontUnderline(True)
            at = utf16(self.text()[:position]) - self.cursorPosition()
            length = utf16(self.text()[position])
            attributes = [QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.TextFormat, at, length, look)]
        self.inputMethodEvent(QInputMethodEvent("", attributes))


def utf16(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2


class BlockEditor(QPlainTextEdit):
    """Several lines of text; Tab leaves the field."""

    edited = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks, self._filling = looks, False
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._changed)
        looks.changed.connect(self._look)
        self._look()

    def raw(self) -> Any:
        return self.toPlainText()

    def put(self, raw: Any, label: str = "") -> None:  # noqa: ARG002
        if str(raw) != self.toPlainText():
            self._filling = True
            self.setPlainText(str(raw))
            self._filling = False

    def mark(self, position: int | None, colour: str) -> None:
        """Blocks are not marked."""

    def _changed(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _look(self) -> None:
        self.setFixedHeight(self._looks.px(22) * BLOCK_LINES + self._looks.px(14))


class DayEditor(LineEditor):
    """A date typed in any usual way, or picked from a calendar (Alt Down)."""

    def __init__(self, looks: Looks, none_text: str) -> None:
        super().__init__()
        self._looks = looks
        self.calendar: QFrame | None = None
        self.setPlaceholderText(f"如 2026-03-05，空白为{none_text}" if none_text else "如 2026-03-05")
        self._action = QAction("打开日历", self)
        self._action.triggered.connect(self.pick)
        self.addAction(self._action, QLineEdit.ActionPosition.TrailingPosition)
        looks.changed.connect(self._look)
        self._look()

    def pick(self) -> None:
        """Open the calendar under the field."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setProperty("part", "popup")
        popup.setAccessibleName("日历")
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setAccessibleName("日历")
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        chosen = QDate.fromString(self.text(), "yyyy-MM-dd")
        if chosen.isValid():
            calendar.setSelectedDate(chosen)
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        column = QVBoxLayout(popup)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(calendar)
        self.calendar = popup
        popup.adjustSize()
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.pick()
        else:
            super().keyPressEvent(event)

    def _picked(self, day: QDate) -> None:
        if self.calendar is not None:
            self.calendar.close()
            self.calendar = None
        self.setText(day.toString("yyyy-MM-dd"))
        self.edited.emit()
        self.setFocus()

    def _look(self) -> None:
        self._action.setIcon(self._looks.icon("calendar", "muted"))


class ChoiceEditor(QComboBox):
    """One of a few: a choice, or 是/否/空. The blank stands first where it is allowed."""

    edited = Signal()

    def __init__(self, options: Options, *, blank: str | None) -> None:
        super().__init__()
        if blank is not None:
            self.addItem(blank, "")
        for code, label in options:
            self.addItem(label, code)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.activated.connect(lambda _at: self.edited.emit())

    def raw(self) -> Any:
        return self.currentData() or ""

    def put(self, raw: Any, label: str = "") -> None:
        at = self.findData(raw)
        if at < 0 and raw:
            self.addItem(label or str(raw), raw)  # a code that is no longer offered stays as it is
            at = self.count() - 1
        self.setCurrentIndex(at)

    def mark(self, position: int | None, colour: str) -> None:
        """Choices are not marked."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a form must not change what is under the pointer


class ManyEditor(QPushButton):
    """Any of a list; shows the labels, opens a list to tick."""

    edited = Signal()

    def __init__(self, title: str, options: Options, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "field")
        self.setAutoDefault(False)
        self._title, self._options, self._looks = title, options, looks
        self._chosen: frozenset[str] = frozenset()
        self.popup: CheckList | None = None
        self.clicked.connect(self.open)
        self._show()

    def raw(self) -> Any:
        known = [code for code, _ in self._options if code in self._chosen]
        return known + sorted(self._chosen - set(known))

    def put(self, raw: Any, label: str = "") -> None:  # noqa: ARG002
        self._chosen = frozenset(raw or ())
        self._show()

    def mark(self, position: int | None, colour: str) -> None:
        """Sets are not marked."""

    def open(self) -> None:
        """Show the list."""
        options = tuple(Option(code, label) for code, label in self._options)
        self.popup = CheckList(self._title, options, self._chosen, self._looks, self, whole=False)
        self.popup.changed.connect(self._take)
        self.popup.open_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open()
        else:
            super().keyPressEvent(event)

    def _take(self, keys: frozenset[str]) -> None:
        self._chosen = keys
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        labels = dict(self._options)
        shown = "、".join(labels.get(code, code) for code in self.raw())
        self.setText(f"{shown or UNCHOSEN} ▾")
        self.setToolTip(shown)
        self.setAccessibleDescription(shown or UNCHOSEN)
        restyle(self, "blank", not shown)


class FileEditor(LineEditor):
    """A file of this machine: typed, chosen or dropped."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self.setPlaceholderText("把文件拖到这里，或点右边选择")
        self.setAcceptDrops(True)
        self._action = QAction("选择文件", self)
        self._action.triggered.connect(self.choose)
        self.addAction(self._action, QLineEdit.ActionPosition.TrailingPosition)
        looks.changed.connect(self._look)
        self._look()

    def choose(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(self, "选择文件")
        if path:
            self.put(path)
            self.edited.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.put(paths[0])
            self.edited.emit()

    def _look(self) -> None:
        self._action.setIcon(self._looks.icon("folder-open", "muted"))


Search = Callable[[str, Callable[[list[tuple[int, str, str]]], None]], object]


class RecordEditor(LineEditor):
    """Another record: typing searches, Down and Enter choose. Its raw value is the id, or the text when none was chosen."""

    picked = Signal(int)

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._id: int | None = None
        self._label = ""
        self._picks = Picks(self)
        self._picks.chosen.connect(self._take)
        self._picks.shown.connect(lambda shown: self.setProperty(TAKES_ENTER, shown))
        self._search = search
        self.setPlaceholderText("输入名称、拼音首字母或代码查找")
        self._rest = QTimer(self, singleShot=True, interval=150)
        self._rest.timeout.connect(self._look_up)
        self.textEdited.connect(self._typed)

    def raw(self) -> Any:
        return self._id if self._id is not None and self.text() == self._label else self.text()

    def put(self, raw: Any, label: str = "") -> None:
        self._id = raw if isinstance(raw, int) else None
        self._label = label or str(raw or "")
        self.setText(self._label)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._picks.take_key(event):
            super().keyPressEvent(event)

    def _typed(self, _text: str) -> None:
        self._rest.start()

    def _look_up(self) -> None:
        if self.text().strip():
            self._search(self.text().strip(), self._offer)
        else:
            self._picks.hide()

    def _offer(self, found: list[tuple[int, str, str]]) -> None:
        if self.hasFocus():
            self._picks.offer(found)

    def _take(self, record_id: int, label: str) -> None:
        self.put(record_id, label)
        self.edited.emit()
        self.picked.emit(record_id)


FieldEditor = LineEditor | BlockEditor | ChoiceEditor | ManyEditor


def editor_for(declared: Field, options: Options, looks: Looks, search: Search) -> FieldEditor:
    """The editor of a field, named for a screen reader."""
    made = _make(declared, options, looks, search)
    made.setAccessibleName(declared.label)
    made.setAccessibleDescription(declared.help)
    return made


def _make(declared: Field, options: Options, looks: Looks, search: Search) -> FieldEditor:
    kind = declared.kind
    match kind.editor:
        case Editor.TEXT:
            return BlockEditor(looks)
        case Editor.DAY:
            return DayEditor(looks, getattr(kind, "none_text", ""))
        case Editor.CHECK:
            return ChoiceEditor((("是", "是"), ("否", "否")), blank="")
        case Editor.ONE:
            optional = declared.default is None or not declared.typed
            return ChoiceEditor(options, blank="" if optional else None)
        case Editor.MANY:
            return ManyEditor(declared.label, options, looks)
        case Editor.RECORD:
            return RecordEditor(search)
        case Editor.FILE:
            return FileEditor(looks)
    line = LineEditor()
    if isinstance(kind, Text):
        line.setMaxLength(max(kind.limit * 2, 64))  # too long a text is refused in words, not cut in silence
    return line
