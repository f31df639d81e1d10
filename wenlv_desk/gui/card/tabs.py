"""The tabs of a card: a chip each; those with nothing to see or to begin wait behind 更多, so that a card keeps room for what there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QScrollArea, QStackedWidget, QWidget

from wenlv_desk.gui.widgets.chips import chip
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, without_arguments

GAP_PX = 6
FEW = 1  # so many idle ones stand with the others


@dataclass(frozen=True)
class Tab:
    """One of them; `idle` where there is nothing to see or to begin."""

    name: str
    title: str
    widget: QWidget
    idle: bool = False


class Tabs(QWidget):
    """The chips; what they open lies in `inside`, which stands below them."""

    opened = Signal(str)

    def __init__(self, tabs: Sequence[Tab], first: str) -> None:
        super().__init__()
        self.inside = QStackedWidget()
        self._chips: dict[str, QPushButton] = {}
        idle = {tab.name for tab in tabs if tab.idle and tab.name != first}
        away = idle if len(idle) > FEW else set()
        row = FlowLayout(GAP_PX, self)
        for tab in tabs:
            self.inside.addWidget(_scrolled(tab.widget, tab.title))
            made = self._chips[tab.name] = button(tab.title, partial(self._show, tab.name), part="chip")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            row.addWidget(made)
            made.setHidden(tab.name in away)
        if away:
            row.addWidget(self._more([tab for tab in tabs if tab.name in away]))
        self._chips[first if first in self._chips else tabs[0].name].click()

    def _more(self, tabs: Sequence[Tab]) -> QPushButton:
        made = chip("更多 ▾")
        made.setAccessibleName("还没有记录的")
        menu = QMenu(made)
        for tab in tabs:
            menu.addAction(tab.title).triggered.connect(without_arguments(partial(self.open, tab.name)))
        made.setMenu(menu)
        return made

    def open(self, name: str) -> None:
        """Open a tab, one that was away as well."""
        self._chips[name].show()
        self._chips[name].click()

    def _show(self, name: str) -> None:
        self.inside.setCurrentIndex(list(self._chips).index(name))
        self.opened.emit(name)


def _scrolled(widget: QWidget, title: str) -> QScrollArea:
    widget.setProperty("part", "plain")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(title)
    area.setWidget(widget)
    return area
