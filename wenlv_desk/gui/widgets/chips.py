"""Filter chips above a list: several values of one field, or a single switch."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.checklist import ALL, CheckList, Option
from wenlv_desk.gui.widgets.parts import button, restyle

_NAMED = 3  # more values than these are counted instead of named


def chip(text: str, do: Callable[[], object] | None = None) -> QPushButton:
    """A plain chip, e.g. 列▾ or 视图▾."""
    return button(text, do, part="chip")


class SwitchChip(QPushButton):
    """On or off, e.g. 90 天内到期."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("part", "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)


class FilterChip(QPushButton):
    """`状态：有效、到期 ▾`; opens a list to tick. An empty set of keys means 全部."""

    changed = Signal(object)  # frozenset[str]

    def __init__(self, title: str, options: Sequence[Option], looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "chip")
        self.setAutoDefault(False)
        self.title, self._options, self._looks = title, tuple(options), looks
        self._chosen: frozenset[str] = frozenset()
        self.popup: CheckList | None = None
        self.clicked.connect(self.open)
        self._show()

    @property
    def chosen(self) -> frozenset[str]:
        return self._chosen

    def choose(self, keys: frozenset[str]) -> None:
        """Set from outside (a saved view); keys that are no options are left out."""
        self._take(keys & {one.key for one in self._options})

    def offer(self, options: Sequence[Option]) -> None:
        """Other options, or the same with new counts; what was chosen stays where it still exists."""
        self._options = tuple(options)
        self.choose(self._chosen)

    def open(self) -> None:
        """Show the list of values."""
        self.popup = CheckList(self.title, self._options, self._chosen, self._looks, self)
        self.popup.changed.connect(self._take)
        self.popup.open_below(self)

    def _take(self, keys: frozenset[str]) -> None:
        if keys != self._chosen:
            self._chosen = keys
            self._show()
            self.changed.emit(keys)
        else:
            self._show()

    def _show(self) -> None:
        labels = [one.label for one in self._options if one.key in self._chosen]
        shown = "、".join(labels) if len(labels) <= _NAMED else f"{'、'.join(labels[:2])}等 {len(labels)} 项"
        self.setText(f"{self.title}：{shown or ALL} ▾")
        self.setAccessibleName(f"{self.title}：{'、'.join(labels) or ALL}")
        restyle(self, "on", bool(labels))
