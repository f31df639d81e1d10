"""The check points, marked by keys: 1 合格, 2 不合格, 3 不适用 on the row at the cursor, which goes on; 0 says that the rest is 合格.

Space marks one after the other, Enter goes on, so that Tab, Space and Enter are enough.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from wenlv_desk.gui.checking.judging import Entry, Found
from wenlv_desk.gui.checking.reading import Point
from wenlv_desk.gui.checking.rows import MARKS, PointRow
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import button, line, words
from wenlv_desk.gui.widgets.scrolling import scroll_area
from wenlv_desk.registries.inspection.vocabulary import PointConclusion

REST, TURN = "0", " "
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
MARKING: Final = "1 合格、2 不合格、3 不适用，空格换着标；↑ ↓ 移动，回车往下走"
ALL_GOOD: Final = "全选无问题"
NONE: Final = "这件检查没有检查要点，直接填右边。以后的检查要有要点，请在抽查事项里登记。"


class PointCard(QFrame):
    """The points under how far they are and which keys mark them."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("检查要点")
        self.points, self.count = PointList(looks), words("检查要点", "strong", wrap=True)
        self.points.edited.connect(self.show_count)
        self.rest = button(ALL_GOOD, self.points.mark_rest, tip="还没有标的要点都标为合格")
        self.rest.setText(f"{ALL_GOOD} {REST}")  # a key of the list, not of the page: digits are typed everywhere
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.count)
        said.addWidget(words(MARKING, "small", wrap=True))
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 14, 8)
        head.setSpacing(10)
        head.addLayout(said, 1)
        head.addWidget(self.rest, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self.points, 1)

    def show_count(self) -> None:
        """How far the points are: 检查要点 9 项，不合格 1 项，都标了."""
        entry = Entry(self.points.found)
        self.rest.setEnabled(bool(entry.unseen) and not self.points.locked)
        bad = f"，不合格 {len(entry.bad)} 项" if entry.bad else ""
        left = f"，还有 {len(entry.unseen)} 项没有标" if entry.unseen else "，都标了" if entry.points else ""
        self.count.setText(f"检查要点 {len(entry.points)} 项{bad}{left}")


class PointList(QFrame):
    """One place in the tab order; the cursor moves inside."""

    edited = Signal()
    entered = Signal()  # Enter, where nothing is left to be marked: on to the boxes of the paper

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "rows")
        self.setAccessibleName("检查要点")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._looks = looks
        self.rows: dict[int, PointRow] = {}
        self.found: dict[int, Found] = {}
        self.current = 0  # the position of the row at the cursor
        self.locked = False
        self._inside = QWidget()
        self._inside.setProperty("part", "plain")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = scroll_area("检查要点", self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.addWidget(self._area)

    # what is shown

    def show_points(self, points: Sequence[Point]) -> None:
        """Lay the rows out, a heading an item where there are several; once."""
        several = len({point.item for point in points}) > 1
        for item, group in groupby(points, key=lambda point: point.item):
            if several:
                heading = words(item, "section", wrap=True)
                heading.setContentsMargins(14, 10, 14, 4)
                self._column.addWidget(heading)
            for point in group:
                self._add(point)
        if not points:
            said = words(NONE, "muted", wrap=True)
            said.setContentsMargins(14, 12, 14, 12)
            self._column.addWidget(said)
        self._column.addStretch(1)
        self.current = min(self.rows, default=0)
        self._show()
        self.edited.emit()

    def _add(self, point: Point) -> None:
        row = PointRow(point, self._looks)
        row.chosen.connect(self._choose)
        row.marked.connect(self.mark)
        row.noted.connect(self._noted)
        row.note.ended.connect(self._go_on)
        row.note.left.connect(self.setFocus)
        self.rows[point.position] = row
        self.found[point.position] = (point.conclusion, point.note)
        self._column.addWidget(row)

    def put(self, found: Mapping[int, Found]) -> None:
        """What was found before (a draft)."""
        self.found |= {position: one for position, one in found.items() if position in self.rows}
        self._show()
        self.edited.emit()

    def lock(self) -> None:
        """Nothing is marked any more."""
        self.locked = True
        self._inside.setEnabled(False)

    def complain(self, position: int) -> None:
        """Go to a point that keeps the sheet from being saved: to its line, where words are missing."""
        self._choose(position)
        row = self.rows[position]
        if row.note.isVisibleTo(self):
            row.complain(True)
            row.note.setFocus()

    def _show(self) -> None:
        for position, row in self.rows.items():
            row.show_found(self.found[position])
            row.complain(False)
            row.mark(position == self.current and not self.locked)
        if self.current in self.rows:
            now = self.rows[self.current]
            self.setAccessibleDescription(now.accessibleName())
            self._area.ensureWidgetVisible(now)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or not self._key(event.key(), event.text()):
            super().keyPressEvent(event)

    def _key(self, key: int, text: str) -> bool:
        """Do what a key says; false where it says nothing here."""
        if key in _ENTER:
            self._enter()
        elif self.locked:
            return False
        elif key in _STEPS:
            self._step(_STEPS[Qt.Key(key)])
        elif text == REST:
            self.mark_rest()
        elif text == TURN:
            self._turn()
        elif text in ("1", "2", "3"):
            self.mark(self.current, MARKS[int(text) - 1])
        else:
            return False
        return True

    def mark(self, position: int, conclusion: PointConclusion) -> None:
        """What was found of a point: on to the next one, or into the line for what is wrong."""
        if self.locked or position not in self.rows:
            return
        self._put(position, conclusion)
        if conclusion is PointConclusion.BAD:
            self.rows[position].note.setFocus()
        else:
            self._step(1)

    def mark_rest(self) -> None:
        """Everything that nothing was said of is 合格."""
        if not self.locked:
            self.found |= dict.fromkeys(Entry(self.found).unseen, (PointConclusion.GOOD, ""))
            self._show()
            self.edited.emit()
            self.setFocus()

    def _put(self, position: int, conclusion: PointConclusion) -> None:
        before, note = self.found[position]
        keeps = before is conclusion or conclusion is PointConclusion.BAD
        self.found[position] = (conclusion, note if keeps else "")
        self.current = position
        self._show()
        self.edited.emit()

    def _turn(self) -> None:
        """The next mark for the row at the cursor, which stays."""
        if self.current in self.rows:
            before = self.found[self.current][0]
            self._put(self.current, MARKS[(MARKS.index(before) + 1) % len(MARKS)] if before in MARKS else MARKS[0])

    def _enter(self) -> None:
        """On: to the words that a bad point needs, to the next point that is not marked, to the boxes. A check without any mark
        (the firm is gone) goes there at once."""
        entry = Entry(self.found)
        below = [at for at in sorted(entry.unseen) if at > self.current]
        if self.locked or len(entry.unseen) == len(self.rows):
            self.entered.emit()
        elif self.current in entry.bad and not self.found[self.current][1].strip():
            self.rows[self.current].note.setFocus()
        elif below:
            self._choose(below[0])
        else:
            self.entered.emit()

    def _noted(self, position: int, note: str) -> None:
        self.found[position] = (self.found[position][0], note)
        self.rows[position].complain(False)
        self.edited.emit()

    def _go_on(self) -> None:
        self._step(1)
        self.setFocus()

    def _step(self, by: int) -> None:
        places = sorted(self.rows)
        if self.current in places:
            at = places.index(self.current) + by
            self._choose(places[max(0, min(at, len(places) - 1))])

    def _choose(self, position: int) -> None:
        self.current = position
        self._show()
        self.setFocus()
