"""The filters of a list in one line: those that narrow it and as many others as fit, in their order; the rest behind 更多筛选."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from wenlv_desk.gui.widgets.chips import FilterChip, chip
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import without_arguments

GAP_PX = 8


class FilterRow(QWidget):
    """`before` and `after` always stand; a filter that was opened stays until another one is."""

    def __init__(self, before: Sequence[QWidget], filters: Mapping[str, FilterChip], after: Sequence[QWidget]) -> None:
        super().__init__()
        self.setAccessibleName("筛选条件")
        self._always, self._filters = (*before, *after), filters
        self._opened = ""
        self.more = chip("更多 ▾")
        self.more.setAccessibleName("更多筛选")
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self._menu)
        self._flow = FlowLayout(GAP_PX, self)
        for one in (*before, *filters.values(), self.more, *after):
            self._flow.addWidget(one)
        for name, made in filters.items():
            made.clicked.connect(without_arguments(partial(self._keep, name)))

    @property
    def hidden(self) -> list[str]:
        """The filters behind 更多, by name."""
        return [name for name, one in self._filters.items() if one.isHidden()]

    def open(self, name: str) -> None:
        """Bring a filter out and open its list."""
        self._keep(name)
        self._flow.activate()  # its list stands below it
        self._filters[name].open()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a chip says something else, text is larger
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _keep(self, name: str) -> None:
        self._opened = name
        self._fit()

    def _fit(self) -> None:
        """Show as many filters as the line holds beside what always stands there."""
        room = self.width() + GAP_PX - sum(_wanted(one) for one in self._always if not one.isHidden())
        shown = {name for name, one in self._filters.items() if one.chosen or name == self._opened}
        room -= sum(_wanted(self._filters[name]) for name in shown)
        others = [name for name in self._filters if name not in shown]
        if sum(_wanted(self._filters[name]) for name in others) > room:
            room -= _wanted(self.more)
        for name in others:
            room -= _wanted(self._filters[name])
            if room < 0:
                break
            shown.add(name)
        for name, one in self._filters.items():
            one.setVisible(name in shown)
        self.more.setVisible(len(shown) < len(self._filters))

    def _fill_menu(self) -> None:
        self._menu.clear()
        for name in self.hidden:
            action = self._menu.addAction(self._filters[name].title)
            action.triggered.connect(without_arguments(partial(self.open, name)))


def _wanted(one: QWidget) -> int:
    """What it takes of the line, shown or not."""
    return min(max(one.sizeHint().width(), one.minimumWidth()), one.maximumWidth()) + GAP_PX
