"""A row of the check points: number, point and basis, three boxes, and below it the line for what is wrong."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from wenlv_desk.gui.checking.judging import Found
from wenlv_desk.gui.checking.reading import Point
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, restyle, words
from wenlv_desk.registries.inspection.vocabulary import PointConclusion

MARKS: Final = (PointConclusion.GOOD, PointConclusion.BAD, PointConclusion.NOT_APPLICABLE)  # by the keys 1, 2, 3
LONGEST: Final = 500
NUMBER_PX: Final = 22
NARROW_PX: Final = 400
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HINTS: Final = {
    PointConclusion.BAD: "写明问题，如：没有进销货清单（必填）",
    PointConclusion.NOT_APPLICABLE: "为什么不适用",
}


class NoteEdit(QLineEdit):
    """Enter goes on to the next point, Esc back to the list."""

    ended = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()  # here Esc does not leave the page
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ended.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PointRow(QFrame):
    """A click on a box marks the point, a click beside them chooses the row."""

    chosen = Signal(int)
    marked = Signal(int, object)  # position, PointConclusion
    noted = Signal(int, str)

    def __init__(self, point: Point, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "row")
        self._looks = looks
        self.point, self.found = point, (PointConclusion.PENDING, "")
        number = words(str(point.position), "value")
        number.setMinimumWidth(looks.px(NUMBER_PX))
        text, basis = words(point.text, "value", wrap=True), words(point.basis, "small", wrap=True)
        for one in (text, basis):
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        basis.setVisible(bool(point.basis))
        self.boxes = {one: self._box(key, one) for key, one in enumerate(MARKS, 1)}
        self.note = NoteEdit()
        self.note.setMaxLength(LONGEST)
        self.note.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.note.setAccessibleName(f"第 {point.position} 项的问题或说明")
        self.note.textEdited.connect(partial(self.noted.emit, point.position))
        self._lay_out(number, text, basis)
        self.show_found(self.found)

    def _box(self, key: int, conclusion: PointConclusion) -> QPushButton:
        made = button(
            f"{key} {conclusion.label}", partial(self.marked.emit, self.point.position, conclusion), part="mark"
        )
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setProperty("tone", conclusion.tone)
        return made

    def _lay_out(self, number: QWidget, text: QWidget, basis: QWidget) -> None:
        self._marks = QWidget()
        boxes = FlowLayout(6, self._marks)
        for box in self.boxes.values():
            boxes.addWidget(box)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 6, 14, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(number, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, 0, 1)
        grid.addWidget(basis, 1, 1)
        grid.addWidget(self._marks, 0, 2, 2, 1)
        grid.addWidget(self.note, 3, 1, 1, 2)
        self._grid, self._narrow = grid, False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the point would have no room beside them, the boxes stand below it."""
        super().resizeEvent(event)
        narrow = self.width() < self._looks.px(NARROW_PX)
        if narrow is not self._narrow:
            self._narrow = narrow
            self._grid.addWidget(self._marks, *((2, 1, 1, 2) if narrow else (0, 2, 2, 1)))

    def show_found(self, found: Found) -> None:
        """Show what was found; a note that is being typed stays as it is."""
        self.found = found
        conclusion, note = found
        for one, box in self.boxes.items():
            on = one is conclusion
            restyle(box, "on", on)
            box.setText(f"{'✓' if on else MARKS.index(one) + 1} {one.label}")
        if self.note.text().strip() != note.strip():
            self.note.setText(note)
        self.note.setPlaceholderText(_HINTS.get(conclusion, ""))
        self.note.setVisible(conclusion is PointConclusion.BAD or (conclusion is MARKS[2] and bool(note)))
        said = f"，{note}" if note else ""
        self.setAccessibleName(f"第 {self.point.position} 项 {self.point.text}，{conclusion.label}{said}")

    def complain(self, on: bool) -> None:
        """Whether the note is missing."""
        restyle(self.note, "wrong", on)

    def mark(self, on: bool) -> None:
        """Whether the cursor stands on it."""
        restyle(self, "on", on)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self.chosen.emit(self.point.position)
