"""The buttons at the foot of a card: the next sensible step filled, as many others as fit, the rest behind …"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from wenlv_desk.gui.card.dossier import Printable, Verb
from wenlv_desk.gui.entry.acting import View
from wenlv_desk.gui.widgets.parts import button, without_arguments


def next_step(verbs: Sequence[Verb]) -> Verb | None:
    """The filled button: the first verb that is due and can be done now, else what is usual; a record that is at its end has none."""
    possible = [verb for verb in verbs if not verb.refused]
    due = [verb for verb in possible if verb.due]
    return next(iter((*due, *(verb for verb in possible if verb.usual))), None)


class Steps(QWidget):
    """What does not fit into the width moves into the menu, and so does what the state forbids; what else cannot be done is grey."""

    chosen = Signal(object, bool)  # Verb, whether it is the hub's
    print_wanted = Signal(str, str, int)  # paper, register, record
    view_wanted = Signal()

    def __init__(
        self,
        verbs: Sequence[Verb],
        hub_verbs: Sequence[Verb],
        hub_title: str,
        printable: Sequence[Printable],
        view: View | None = None,
    ) -> None:
        super().__init__()
        self.setAccessibleName("下一步")
        first = next_step(verbs)
        rest = [verb for verb in verbs if verb is not first]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 4, 0, 0)
        self._row.setSpacing(8)
        self._buttons = [self._button(first, "primary")] if first is not None else []
        self._optional = [(verb, self._button(verb, "")) for verb in sorted(rest, key=_rank) if verb.here]
        self._away = [verb for verb in rest if not verb.here]
        self._view = view
        if view is not None and view.button:
            self._buttons.append(button(view.title, self.view_wanted.emit, part="" if self._buttons else "primary"))
        self._print = self._print_button(printable)
        self._more = button("…", tip="其他操作")
        self._more.setAccessibleName("其他操作")
        self._menu = QMenu(self._more)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(partial(self._fill_menu, hub_verbs, hub_title))
        self._more.setMenu(self._menu)
        for one in (*self._buttons, *(made for _, made in self._optional), self._print, self._more):
            if one is not None:
                # A click leaves the focus in the list: these buttons are made anew with every card.
                one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                self._row.addWidget(one)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._has_hub = bool(hub_verbs)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as many optional buttons as the width allows, in order."""
        gap = self._row.spacing()
        fixed = [one for one in (*self._buttons, self._print, self._more) if one is not None]
        room = self.width() - sum(one.sizeHint().width() + gap for one in fixed)
        for _, made in self._optional:
            wanted = made.sizeHint().width() + gap
            made.setVisible(wanted <= room)
            room -= wanted if wanted <= room else 0

    def _button(self, verb: Verb, part: str) -> QPushButton:
        made = button(verb.title, partial(self.chosen.emit, verb, False), key=verb.key, part=part, tip=verb.refused)
        made.setEnabled(not verb.refused)
        return made

    def _print_button(self, printable: Sequence[Printable]) -> QPushButton | None:
        if not printable:
            return None
        made = button("打印 ▾")
        made.setAccessibleName("打印")
        menu = QMenu(made)
        menu.setToolTipsVisible(True)
        for one in printable:
            do = partial(self.print_wanted.emit, one.name, one.register, one.record_id)
            _add(menu, one.title, one.refused, do)
        made.setMenu(menu)
        return made

    def _fill_menu(self, hub_verbs: Sequence[Verb], hub_title: str) -> None:
        self._menu.clear()
        if self._view is not None and not self._view.button:
            _add(self._menu, f"{self._view.title}…", "", self.view_wanted.emit)
        for verb in (*(verb for verb, made in self._optional if not made.isVisible()), *self._away):
            _add(self._menu, f"{verb.title}…", verb.refused, partial(self.chosen.emit, verb, False))
        if hub_verbs:
            sub = self._menu.addMenu(hub_title)
            sub.setToolTipsVisible(True)
            for verb in hub_verbs:
                _add(sub, f"{verb.title}…", verb.refused, partial(self.chosen.emit, verb, True))


def _rank(verb: Verb) -> tuple[bool, bool, bool]:
    """What can be done before what cannot, the register's own before the common, grave things last."""
    return bool(verb.refused), verb.danger, not verb.own


def _add(menu: QMenu, title: str, refused: str, do: Callable[[], object]) -> None:
    """What cannot be done now is grey and says why."""
    action = menu.addAction(title)
    action.setEnabled(not refused)
    action.setToolTip(refused)
    action.triggered.connect(without_arguments(do))
