"""What a material lacks and how it is mended: the usual defects by letter, the words by hand, the basis below."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from wenlv_desk.gui.counter.ticking import said
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, restyle, words
from wenlv_desk.registries.review.proposing import CounterMaterial
from wenlv_desk.registries.review.ticking import LACKING, Tick
from wenlv_desk.registries.review.vocabulary import MaterialState

LETTERS: Final = "abcdefgh"
LONGEST: Final = 120
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Line(QLineEdit):
    """Enter or Esc ends the typing and goes back to the list."""

    ended = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER or event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)


class DefectPanel(QFrame):
    """Shown for the material at the cursor while something is wrong with it."""

    found = Signal(int, object)  # position, Tick
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("怎样补")
        self.material: CounterMaterial | None = None
        self._title = words("", "section")
        self._chips = QWidget()
        self._flow = FlowLayout(6, self._chips)
        self.defect, self.remedy = _Line(), _Line()
        self._basis = words("", "key", wrap=True)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        self._remedy_key = words("怎样补", "key")
        for row, (key, edit, name) in enumerate(
            ((words("问题", "key"), self.defect, "问题"), (self._remedy_key, self.remedy, "怎样补"))
        ):
            edit.setMaxLength(LONGEST)
            edit.setAccessibleName(name)
            edit.textEdited.connect(self._typed)
            edit.ended.connect(self.left)
            grid.addWidget(key, row, 0)
            grid.addWidget(edit, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._chips)
        column.addLayout(grid)
        column.addWidget(self._basis)
        self.hide()

    def show_material(self, material: CounterMaterial | None, *, ticked: bool) -> None:
        """Show what is wrong with a material; nothing where nothing is."""
        wrong = material is not None and (
            material.state in LACKING or (material.state is MaterialState.NOT_APPLICABLE and ticked)
        )
        self.setVisible(wrong)
        if not wrong or material is None:
            self.material = None
            return
        fresh = self.material is None or (material.position, material.usual) != (
            self.material.position,
            self.material.usual,
        )
        self.material = material
        lacking = material.state in LACKING
        if fresh or lacking is not bool(self._flow.count()):
            self._offer(material if lacking else None)
        word = "缺什么" if material.state is MaterialState.MISSING else "哪里不合格"
        self._title.setText(
            f"第 {material.position} 项{word}：按字母或 ← → 选，按 Tab 自己写"
            if lacking
            else f"第 {material.position} 项为什么不适用：按 Tab 写明"
        )
        self._put(material)
        for one in (self.remedy, self._remedy_key):
            one.setVisible(lacking)
        self._basis.setText(f"依据：{material.basis}" if material.basis else "")
        self._basis.setVisible(bool(material.basis) and lacking)

    def choose(self, letter: str) -> bool:
        """The usual defect of that letter; false where there is none."""
        at = LETTERS.find(letter.lower()) if letter else -1
        return self._take(at)

    def step(self, by: int) -> bool:
        """The next usual defect or the one before."""
        if self.material is None or not self.material.usual or self.material.state not in LACKING:
            return False
        defects = [one.defect for one in self.material.usual]
        at = defects.index(self.material.defect) if self.material.defect in defects else -1
        return self._take((at + by) % len(defects))

    def _take(self, at: int) -> bool:
        material = self.material
        if material is None or material.state not in LACKING or not 0 <= at < min(len(material.usual), len(LETTERS)):
            return False
        one = material.usual[at]
        self.found.emit(material.position, Tick(material.state, one.defect, one.remedy))
        return True

    def _typed(self, _text: str) -> None:
        if self.material is not None:
            tick = Tick(self.material.state, said(self.defect.text()), said(self.remedy.text()))
            self.found.emit(self.material.position, tick)

    def _put(self, material: CounterMaterial) -> None:
        """The words of the material, but never over what is being typed."""
        for edit, text in ((self.defect, material.defect), (self.remedy, material.remedy)):
            if said(edit.text()) != text:
                edit.setText(text)
                edit.setCursorPosition(0)
        for number, chip in enumerate(self._chips.findChildren(QPushButton)):
            restyle(chip, "on", number < len(material.usual) and material.usual[number].defect == material.defect)

    def _offer(self, material: CounterMaterial | None) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        for number, one in enumerate(material.usual[: len(LETTERS)] if material is not None else ()):
            chip = button(f"{LETTERS[number]}　{one.defect}", partial(self._take, number), part="chip")
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._flow.count()))
