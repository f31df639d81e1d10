"""A form generated from declared fields: sections, one box a field with its remarks, suggestions as buttons."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import Editor, Reference
from wenlv_desk.gui.entry.editors import FieldEditor, LineEditor, RecordEditor, editor_for
from wenlv_desk.gui.entry.formdata import FormData, Raw, Said, Verdict, search_records
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, restyle, words
from wenlv_desk.standards.finding import Severity

COLUMNS: Final = 2
WIDE: Final = 28  # a kind wider than this many characters takes the whole line
_PARTS: Final = {
    Severity.REJECT: "problem",
    Severity.WARN: "warning",
    Severity.DOUBT: "warning",
    Severity.NOTE: "small",
}


class FieldBox(QWidget):
    """Label, editor, and below it what is said about the value."""

    suggested = Signal(object)  # raw value of the suggestion that was taken
    reveal_wanted = Signal(str)

    def __init__(self, declared: Field, editor: FieldEditor, seat: Seat, *, hidden: bool) -> None:
        super().__init__()
        self.declared, self.editor, self._seat = declared, editor, seat
        self.baseline: Any = None
        head = QHBoxLayout()
        head.setSpacing(4)
        label = words(declared.label, "key")
        label.setBuddy(editor)
        head.addWidget(label)
        if declared.required:
            star = words("必填", "required")
            head.addWidget(star)
        head.addStretch(1)
        self._reveal = button("显示完整号码", lambda: self.reveal_wanted.emit(declared.name), part="link")
        self._reveal.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._reveal.setAccessibleName(f"显示完整的{declared.label}")
        self._reveal.setVisible(hidden)
        head.addWidget(self._reveal)
        self._said = words("", "small", wrap=True)
        self._buttons = QWidget()
        self._choices = FlowLayout(6, self._buttons)
        self._buttons.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(editor)
        column.addWidget(self._said)
        column.addWidget(self._buttons)
        column.addStretch(1)
        self.show_said((), "")

    @property
    def wide(self) -> bool:
        kind = self.declared.kind
        return kind.editor in (Editor.TEXT, Editor.FILE) or kind.width >= WIDE

    def hide_reveal(self) -> None:
        self._reveal.hide()

    def show_said(self, said: Sequence[Said], read_as: str) -> None:
        """Show the remarks, the worst first; where there are none, how the value is read, else the field's help."""
        order = (Severity.REJECT, Severity.DOUBT, Severity.WARN, Severity.NOTE)
        ranked = sorted(said, key=lambda one: order.index(one.severity))
        worst = ranked[0].severity if ranked else None
        text = "；".join(one.text for one in ranked)
        if not text and isinstance(self.editor, LineEditor) and read_as and read_as != str(self.editor.raw()).strip():
            text = f"读作 {read_as}" if not isinstance(self.declared.kind, Reference) else ""
        text = text or self.declared.help
        self._said.setText(text)
        self._said.setVisible(bool(text))
        restyle(self._said, "part", _PARTS[worst] if worst else "small")
        restyle(self.editor, "wrong", worst in (Severity.REJECT, Severity.WARN, Severity.DOUBT))
        self.editor.setAccessibleDescription(text)
        self._mark(ranked, read_as)
        self._offer([choice for one in ranked for choice in one.suggestions])

    def _mark(self, ranked: Sequence[Said], read_as: str) -> None:
        """Set off the wrong character where the text stands as it is read."""
        position = next((one.position for one in ranked if one.position is not None), None)
        text = str(self.editor.raw())
        same = len(text.strip()) == len(text) and (not read_as or len(read_as) == len(text))
        self.editor.mark(position if same else None, self._seat.kit.looks.tokens.red)

    def _offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        for old in self._buttons.findChildren(QPushButton):
            self._choices.removeWidget(old)
            old.hide()
            old.deleteLater()
        for raw, text in choices:
            made = button(text, partial(self.suggested.emit, raw), part="chip")
            made.setAccessibleName(f"{self.declared.label}{text}")
            self._choices.addWidget(made)
        self._buttons.setVisible(bool(choices))


class Form(QWidget):
    """All fields of a `FormData`. It knows nothing of saving; the dialog asks for raw values and shows verdicts."""

    edited = Signal()
    owner_picked = Signal(str, int)  # field, id of the record that was picked
    reveal_wanted = Signal(str)

    def __init__(self, data: FormData, seat: Seat) -> None:
        super().__init__()
        self.data, self._seat = data, seat
        self.boxes: dict[str, FieldBox] = {}
        self.insisting = False  # what is missing is shown only after a first try to save
        self.setProperty("part", "plain")
        self.setAccessibleName(data.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 4, 18, 8)
        column.setSpacing(8)
        by_name = {one.name: one for one in data.fields}
        for title, names in data.sections:
            if title and len(data.sections) > 1:
                column.addWidget(words(title, "section"))
            column.addLayout(self._grid([by_name[name] for name in names]))
        column.addStretch(1)

    def raw(self) -> dict[str, Any]:
        """What the editors hold."""
        return {name: box.editor.raw() for name, box in self.boxes.items()}

    def changed(self) -> dict[str, Any]:
        """What differs from what the form began with."""
        return {name: raw for name, raw in self.raw().items() if raw != self.boxes[name].baseline}

    def given(self) -> dict[str, Any]:
        """What is handed to an operation: values of a record only where they changed, everything else unless it is blank."""
        changed = self.changed()
        return {
            name: raw
            for name, raw in self.raw().items()
            if name in changed or (raw not in ("", []) and name not in self.data.stored)
        }

    def put(self, raw: Raw) -> None:
        """Fill fields, as if the clerk had typed."""
        for name, value in raw.items():
            if name in self.boxes:
                self.boxes[name].editor.put(value)
        self.edited.emit()

    def settle(self, raw: Raw) -> None:
        """Say what stands on file: fields that were not touched show it, the others keep what was typed."""
        for name, value in raw.items():
            box = self.boxes[name]
            if box.editor.raw() == box.baseline:
                box.editor.put(value, self.data.labels.get(name, ""))
                value = box.editor.raw()  # noqa: PLW2901
            box.baseline = value

    def show_verdict(self, verdict: Verdict) -> None:
        """Put each remark at its field; those about the record as a whole are the dialog's."""
        for name, box in self.boxes.items():
            missing = not self.insisting and box.editor.raw() in ("", [])
            said = [
                one for one in verdict.said if one.field == name and not (missing and one.severity is Severity.REJECT)
            ]
            box.show_said(said, verdict.read_as.get(name, ""))

    def go_to(self, name: str) -> None:
        """Put the cursor into a field."""
        if name in self.boxes:
            self.boxes[name].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _grid(self, fields: Sequence[Field]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        for number in range(COLUMNS):
            grid.setColumnStretch(number, 1)
        row, at = 0, 0
        for declared in fields:
            box = self._box(declared)
            if box.wide or len(fields) == 1:
                row, at = row + (at > 0), 0
                grid.addWidget(box, row, 0, 1, COLUMNS)
                row += 1
            else:
                grid.addWidget(box, row, at)
                row, at = (row, 1) if at == 0 else (row + 1, 0)
        return grid

    def _box(self, declared: Field) -> FieldBox:
        name, data = declared.name, self.data
        editor = editor_for(declared, data.options.get(name, ()), self._seat.kit.looks, self._search(declared))
        editor.put(data.raw[name], data.labels.get(name, ""))
        editor.setEnabled(name not in data.locked)
        if name in data.locked:
            editor.setToolTip("登记后由相应手续改变，不能直接修改")
        editor.setSizePolicy(QSizePolicy.Policy.Ignored, editor.sizePolicy().verticalPolicy())
        editor.edited.connect(self.edited)
        if isinstance(editor, RecordEditor):
            editor.picked.connect(lambda record_id: self.owner_picked.emit(name, record_id))
        box = FieldBox(declared, editor, self._seat, hidden=name in data.hidden)
        box.baseline = editor.raw()
        box.suggested.connect(lambda raw: self._take(name, raw))
        box.reveal_wanted.connect(self.reveal_wanted)
        self.boxes[name] = box
        return box

    def _take(self, name: str, raw: Any) -> None:
        self.boxes[name].editor.put(raw)
        self.go_to(name)
        self.edited.emit()

    def _search(self, declared: Field) -> Callable[[str, Callable[[list[tuple[int, str, str]]], None]], object]:
        def search(text: str, then: Callable[[list[tuple[int, str, str]]], None]) -> object:
            assert isinstance(declared.kind, Reference)
            registry = self._seat.catalogue.registry(declared.kind.register)
            return self._seat.read(self, search_records, registry, text, then=then)

        return search
