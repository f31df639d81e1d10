"""统计: figures with their definitions, today's or those of any past day, and the rows behind each of them."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.core.figures import FigureSet
from wenlv_desk.gui.figures.sheet import FigureSheet
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import button, restyle, words


class FiguresPage(QWidget):
    """The sets of figures there are, a chip each; the one that was shown last is shown first."""

    ready = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setObjectName("page")
        self.setAccessibleName("统计")
        self.sets = list(seat.catalogue.figures.values())
        self._stack = QStackedWidget()
        self._made: dict[str, FigureSheet] = {}
        self._chips = {one.name: button(one.title, partial(self.open, one), part="chip") for one in self.sets}
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(words("统计", "heading"))
        for chip in self._chips.values() if len(self.sets) > 1 else ():
            head.addWidget(chip)
        head.addStretch(1)
        head.addWidget(button("导出 Excel…", self.export))
        head.addWidget(button("打印…", self.print))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        last = seat.kit.memory.text("figures/set")
        self.open(next((one for one in self.sets if one.name == last), self.sets[0]))

    @property
    def current(self) -> FigureSheet:
        sheet = self._stack.currentWidget()
        assert isinstance(sheet, FigureSheet)
        return sheet

    def open(self, figures: FigureSet) -> None:
        """Show a set."""
        if figures.name not in self._made:
            self._made[figures.name] = made = FigureSheet(self.seat, figures)
            made.ready.connect(self.ready)
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self._made[figures.name])
        for name, chip in self._chips.items():
            restyle(chip, "on", name == figures.name)
            chip.setAccessibleDescription("当前" if name == figures.name else "")
        self.seat.kit.memory.keep("figures/set", figures.name)

    def export(self) -> None:
        """The shown figures as a workbook."""
        self.current.export()

    def print(self) -> None:
        """The shown figures on paper."""
        self.current.print()
