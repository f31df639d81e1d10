"""The materials of a case, ticked by keys: a digit turns a row, 0 says that the rest is there, Enter does the step."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from wenlv_desk.gui.counter.defects import DefectPanel
from wenlv_desk.gui.counter.rows import MaterialRow
from wenlv_desk.gui.counter.ticking import rest_complete, turned
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.registries.review.proposing import CounterMaterial
from wenlv_desk.registries.review.ticking import Tick

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_GUARD_MS: Final = 300
_ASIDE: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
REST: Final = "0"


class MaterialList(QFrame):
    """Takes the keys of the case; keys that come before the case has come wait for it."""

    ticked = Signal(object)  # dict of position to Tick
    pressed = Signal()  # Enter
    left = Signal()  # Esc

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "rows")
        self.setAccessibleName("材料")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # letters choose, they are not composed
        self._looks = looks
        self.rows: list[MaterialRow] = []
        self.ticks: dict[int, Tick] = {}
        self.current = 0
        self.waiting = False  # for the case that was asked for
        self.locked = True  # there is nothing to tick
        self._early: list[tuple[int, str]] = []
        # A scanner's second Enter, or a clerk's, is no decision about a case that has just come.
        self._just_come = QTimer(self, singleShot=True, interval=_GUARD_MS)
        self.defects = DefectPanel()
        self.defects.found.connect(self._tick)
        self.defects.left.connect(self.setFocus)
        self._inside = QWidget()
        self._inside.setProperty("part", "plain")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)

    # what is shown

    def enter(self) -> None:
        """The clerk comes from the search: keys go here now."""
        self._just_come.start()
        self.setFocus()

    def expect(self) -> None:
        """Another case is on its way: keys wait for it."""
        self.waiting = True
        self._early = []
        self.current = 0

    def show_materials(self, materials: Sequence[CounterMaterial], ticks: dict[int, Tick], *, locked: bool) -> None:
        """Show a case's materials with the ticks made so far."""
        self.ticks, self.locked = dict(ticks), locked
        if [one.material.name for one in self.rows] != [one.name for one in materials]:
            self._make(materials)
        for row, material in zip(self.rows, materials, strict=True):
            row.show_material(self._with_tick(material))
        self._show_current()
        early, self._early, self.waiting = self._early, [], False
        for key, text in early:
            self._key(key, text)

    def clear(self) -> None:
        """No case is at the counter."""
        self.expect()
        self.waiting = False
        self.show_materials((), {}, locked=True)

    def _with_tick(self, material: CounterMaterial) -> CounterMaterial:
        tick = self.ticks.get(material.position)
        return material if tick is None else replace(material, state=tick.state, defect=tick.defect, remedy=tick.remedy)

    def _make(self, materials: Sequence[CounterMaterial]) -> None:
        for old in self.rows:
            self._column.removeWidget(old)
            old.deleteLater()
        self.rows = [MaterialRow(one, self._looks) for one in materials]
        for number, row in enumerate(self.rows):
            self._column.insertWidget(number, row)
            row.chosen.connect(self._choose)
            row.turned.connect(self.turn)
        self.current = 0

    def _show_current(self) -> None:
        for number, row in enumerate(self.rows):
            row.mark(number == self.current and not self.locked)
        row_now = self.rows[self.current] if self.current < len(self.rows) else None
        material = row_now.material if row_now is not None else None
        self.defects.show_material(
            None if self.locked else material, ticked=material is not None and material.position in self.ticks
        )
        if row_now is not None:
            self.setAccessibleDescription(row_now.accessibleName())
            self._area.ensureWidgetVisible(row_now)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            self._just_come.stop()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain and not (event.modifiers() == Qt.KeyboardModifier.ShiftModifier and event.text()):
            super().keyPressEvent(event)
        elif event.isAutoRepeat() and event.key() in _ENTER:
            return  # a key held down is one press
        elif event.key() in _ENTER and not self._early and (self.waiting or self._just_come.isActive()):
            return
        elif self.waiting:
            self._early.append((event.key(), event.text()))
        elif not self._key(event.key(), event.text()):
            super().keyPressEvent(event)

    def _key(self, key: int, text: str) -> bool:
        """Do what a key says; false where it says nothing here."""
        if key in _ENTER:
            self.pressed.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif self.locked:
            return False
        elif text == REST:
            self.tick_rest()
        elif text.isdigit() and text.isascii():
            self.turn(int(text))
        elif key == Qt.Key.Key_Space:
            self.turn(self.current + 1)
        elif key in _STEPS:
            self._choose(self.current + 1 + _STEPS[Qt.Key(key)])
        elif key in _ASIDE:
            return self.defects.step(_ASIDE[Qt.Key(key)])
        else:
            return self.defects.choose(text)
        return True

    def turn(self, position: int) -> None:
        """The next finding of a row, which becomes the current one."""
        if self.locked or not 1 <= position <= len(self.rows):
            return
        self.current = position - 1
        self._tick(position, turned(self.rows[self.current].material, self.ticks))

    def tick_rest(self) -> None:
        """Everything that nothing was said of is there."""
        if self.locked:
            return
        self._take(rest_complete([row.material for row in self.rows], self.ticks))

    def _choose(self, position: int) -> None:
        if 1 <= position <= len(self.rows):
            self.current = position - 1
            self._show_current()
        if not self.defects.isAncestorOf(self.focusWidget() or self):
            self.setFocus()

    def _tick(self, position: int, tick: Tick) -> None:
        self._take({**self.ticks, position: tick})

    def _take(self, ticks: dict[int, Tick]) -> None:
        self.ticks = ticks
        for row in self.rows:
            row.show_material(self._with_tick(row.material))
        self._show_current()
        self.ticked.emit(dict(ticks))
