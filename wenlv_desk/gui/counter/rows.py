"""A row of the list of materials: number, name, what is asked, what was found."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import restyle, tag, words
from wenlv_desk.registries.review.proposing import CounterMaterial

NUMBER_PX: Final = 20
FOUND_PX: Final = 178
NAME_SHARE, NOTE_SHARE = 6, 5


class MaterialRow(QFrame):
    """A click chooses it, a click on what was found goes on to the next finding."""

    chosen = Signal(int)
    turned = Signal(int)

    def __init__(self, material: CounterMaterial, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "row")
        self.material = material
        self.number = words(str(material.position), "value")
        self.name, self.note = words(material.name, "value", wrap=True), words(material.note, "key", wrap=True)
        self.found = tag(material.state.label, material.state.tone)
        self.defect = words("", "value", wrap=True)
        self.number.setFixedWidth(looks.px(NUMBER_PX))
        for one in (self.name, self.note, self.defect):
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        row.addWidget(self.number)
        row.addWidget(self.name, NAME_SHARE)
        row.addWidget(self.note, NOTE_SHARE)
        self._right = QFrame()
        self._right.setFixedWidth(looks.px(FOUND_PX))
        found = QHBoxLayout(self._right)
        found.setContentsMargins(0, 0, 0, 0)
        found.setSpacing(8)
        found.addWidget(self.found)
        found.addWidget(self.defect, 1)
        row.addWidget(self._right)
        self.show_material(material)

    def show_material(self, material: CounterMaterial) -> None:
        """Show what was found now."""
        self.material = material
        self.found.setText(material.state.label)
        restyle(self.found, "tone", str(material.state.tone))
        self.defect.setText(material.defect)
        said = f"，{material.defect}" if material.defect else ""
        self.setAccessibleName(f"第 {material.position} 项 {material.name}，{material.state.label}{said}")

    def mark(self, on: bool) -> None:
        """Whether the cursor stands on it."""
        restyle(self, "on", on)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.material.position)
        inside = self._right.geometry().contains(event.position().toPoint())
        if inside and event.button() is Qt.MouseButton.LeftButton:
            self.turned.emit(self.material.position)
