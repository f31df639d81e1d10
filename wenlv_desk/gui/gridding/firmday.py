"""某日情况 on the screen: who answered for a firm on a day, what it had signed, what was open; to be saved as PDF or printed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.reports import Sheet
from wenlv_desk.gui.entry.editors import DayEditor
from wenlv_desk.gui.gridding.out import Wanted, print_out, save
from wenlv_desk.gui.gridding.reading import day_of
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.gui.widgets.parts import button, line, words
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.registries.joined.tables import NONE, firm_day
from wenlv_desk.registries.operator.records import OPERATORS, Operator
from wenlv_desk.store.desk import Desk

SIZE: Final = (820, 560)
DAY_PX: Final = 150
PAUSE_MS: Final = 400  # a day is typed figure by figure
ORIGINAL: Final = "原件"


@dataclass(frozen=True)
class FirmDay:
    """One firm's day, and what it is called."""

    name: str
    day: date
    sheet: Sheet


def firm_day_of(desk: Desk, operator: int, text: str) -> FirmDay:
    """Read one firm's day as it was typed (empty: today)."""
    day, record = day_of(desk, text), desk.get(Operator, operator)
    return FirmDay(record.operator_name, day, firm_day.made(desk, record, day))


def open_view(seat: Seat, operator: int, day: str = "") -> None:
    """Open a firm's day, over the window."""

    def show(found: FirmDay) -> None:
        DayDialog(seat, operator, day, found).open()

    seat.read(seat.window, firm_day_of, operator, day, then=show)


class DayDialog(Dialog):
    """Read anew for every day that is typed."""

    def __init__(self, seat: Seat, operator: int, day: str, found: FirmDay) -> None:
        super().__init__(f"某日情况 · {found.name}", seat.kit.looks, seat.window, width=SIZE[0])
        self.seat, self.operator = seat, operator
        self.found: FirmDay | None = found
        self.reading: Job | None = None
        self.strip = Strip(seat.kit.looks)
        self.day = DayEditor(seat.kit.looks, "今天")
        self.day.setAccessibleName("哪一天")
        self.day.setPlaceholderText("今天")
        self.day.put(day)
        self.day.setFixedWidth(seat.kit.looks.px(DAY_PX))
        self.previous, self.following = (
            _stepping(title, partial(self._step, step), key)
            for title, step, key in (("前一天 Alt ←", -1, "Alt+Left"), ("后一天 Alt →", 1, "Alt+Right"))
        )
        self.said = words("", "muted", wrap=True)
        self._area = QScrollArea()
        self._lay_out()
        self._later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._later.timeout.connect(self.read)
        self.day.edited.connect(self._later.start)
        self.strip.acted.connect(lambda _name: self.strip.clear())
        self._show(found)
        self.day.setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        label = words("哪一天", "key")
        label.setBuddy(self.day)
        for one in (label, self.day, self.previous, self.following):
            head.addWidget(one)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.strip)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("当日情况")
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.said)
        self.printing = self.add_button("打印…", self._print)
        self.buttons("存为 PDF…", leave="关闭")
        px = self.seat.kit.looks.px
        self.resize(max(px(SIZE[0]), self.minimumWidth()), min(px(SIZE[1]), self.seat.window.height() - 40))

    # reading

    @property
    def pending(self) -> bool:
        """Whether what is shown is not yet the day that was typed."""
        return self.reading is not None or self._later.isActive()

    def read(self) -> None:
        """Read the day that stands in the field."""
        self._later.stop()
        if self.reading is not None:
            self.reading.forget()
        given = (firm_day_of, self.operator, self.day.text().strip())
        self.reading = self.seat.read(self, *given, then=self._show, otherwise=self._refused)

    def _show(self, found: FirmDay) -> None:
        self.reading, self.found = None, found
        self.strip.clear()
        self.said.setText(found.sheet.note)
        self._area.setWidget(_table(found))
        self._allow(True)

    def _refused(self, error: Exception) -> None:
        self.reading, self.found = None, None
        self._allow(False)
        if isinstance(error, UserError):
            self.strip.say("red", f"{error.message}。")
        else:
            self.seat.kit.jobs.present(error)

    def _allow(self, there: bool) -> None:
        today = self.seat.office.clock().date()
        for one in (self.primary, self.printing, self.previous):
            if one is not None:
                one.setEnabled(there)
        self.following.setEnabled(there and self.found is not None and self.found.day < today)

    def _step(self, days: int) -> None:
        if self.found is not None:
            self.day.put(str(date.fromordinal(self.found.day.toordinal() + days)))
            self.read()

    # out of the window

    def _wanted(self) -> Wanted | None:
        if self.found is None or self.pending:
            return None
        return Wanted(firm_day, OPERATORS, self.operator, self.found.day, f"{self.found.name}某日情况")

    def accept(self) -> None:
        """Save the day as one page; the dialog stays."""
        if (wanted := self._wanted()) is not None:
            save(self, self.seat, wanted, only_pdf=True)

    def _print(self) -> None:
        if (wanted := self._wanted()) is not None:
            print_out(self, self.seat, wanted)


def _stepping(title: str, do: Callable[[], None], key: str) -> QPushButton:
    made = button(title, do)
    made.setShortcut(QKeySequence(key))
    return made


def _table(found: FirmDay) -> QWidget:
    """A line for each thing that is told, its heading once; what there is nothing of is muted."""
    box = QWidget()
    box.setProperty("part", "plain")
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 8, 0)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(1, 1)
    before, row = "", 0
    for title, text, original in found.sheet.rows:
        if title != before:
            grid.addWidget(line(), row, 0, 1, 2)
            row += 1
            grid.addWidget(words(title, "strong"), row, 0, Qt.AlignmentFlag.AlignTop)
        before = title
        grid.addWidget(_text(title, text), row, 1)
        row += 1
        if original:
            grid.addWidget(words(f"{ORIGINAL}：{original}", "small", wrap=True), row, 1)
            row += 1
    grid.setRowStretch(row, 1)
    return box


def _text(title: str, text: str) -> QLabel:
    shown = words(text, "muted" if text == NONE else "value", wrap=True)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    shown.setAccessibleName(f"{title}：{text}")
    return shown
