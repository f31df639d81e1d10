"""A rail item's page: one register, or several of one group with a chip each to switch between them (许可证)."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.listing.filters import Only
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import button, without_arguments


class RegisterGroup(QWidget):
    """Pages are made when they are first shown; the one shown last is remembered."""

    ready = Signal()
    complete = Signal()

    def __init__(self, seat: Seat, title: str, registries: tuple[Registry, ...]) -> None:
        super().__init__()
        self.seat, self.title, self.registries = seat, title, registries
        self.setAccessibleName(title)
        self._pages: dict[str, RegisterPage] = {}
        self._chips: dict[str, list[QPushButton]] = {}  # of pages whose order of tabs is still to be set
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        last = seat.kit.memory.text(self._key)
        self.open(next((one for one in registries if one.name == last), registries[0]))

    @property
    def _key(self) -> str:
        return f"group/{self.registries[0].name}"

    @property
    def current(self) -> RegisterPage:
        page = self._stack.currentWidget()
        assert isinstance(page, RegisterPage)
        return page

    def open(self, registry: Registry) -> RegisterPage:
        """Show one of the registers."""
        if registry.name not in self._pages:
            page = RegisterPage(self.seat, registry)
            page.ready.connect(self.ready)
            page.complete.connect(self.complete)
            self._pages[registry.name] = page
            self._stack.addWidget(page)
            if len(self.registries) > 1:
                self._add_chips(page)
        self._stack.setCurrentWidget(self._pages[registry.name])
        if self.isVisible():
            self._order(self._pages[registry.name])
        self.seat.kit.memory.keep(self._key, registry.name)
        return self._pages[registry.name]

    def show_record(self, registry: Registry, record_id: int) -> None:
        """Show a record's card on its register's page."""
        self.open(registry).show_record(record_id)

    def search(self, registry: Registry, text: str) -> None:
        """Show a register's list searched."""
        self.open(registry).filters.search_for(text)

    def show_rows(self, registry: Registry, ids: Sequence[int], title: str) -> None:
        """Show a register's list narrowed to these records."""
        self.open(registry).filters.show_only(Only(title, tuple(ids)))

    def _add_chips(self, page: RegisterPage) -> None:
        page.heading.setText(self.title)
        self._chips[page.registry.name] = [self._chip(one, on=one is page.registry) for one in self.registries]
        for at, made in enumerate(self._chips[page.registry.name], start=1):
            page.head.insertWidget(at, made)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._order(self.current)

    def _order(self, page: RegisterPage) -> None:
        """Tab takes the chips before the rest of the head; only once the page lies in the window, which orders it anew."""
        chips = self._chips.pop(page.registry.name, [])
        after = [one for one in _tabbed(page) if one not in chips] if chips else []
        for first, second in pairwise([*chips, *after]):
            QWidget.setTabOrder(first, second)

    def _chip(self, registry: Registry, *, on: bool) -> QPushButton:
        made = button(registry.title, part="chip")
        made.setProperty("on", on)
        made.clicked.connect(without_arguments(partial(self.open, registry)))
        made.setAccessibleDescription("当前" if on else "")
        return made


def _tabbed(page: RegisterPage) -> list[QWidget]:
    """What Tab reaches from the head to the list, in this order."""
    found, at = [], page.nextInFocusChain()
    while at is not None and at is not page.table:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(at)
        at = at.nextInFocusChain()
    return [*found, page.table]
