"""A rail item's page: one register, or several of one group with a chip each to switch between them (许可证)."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.listing.filters import Only
from wenlv_desk.gui.pages.lead import LEADS, LeadPage
from wenlv_desk.gui.pages.lead import NAME as LEAD
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import button


class RegisterGroup(QWidget):
    """Pages are made when they are first shown; the one shown last is remembered."""

    ready = Signal()
    complete = Signal()

    def __init__(self, seat: Seat, title: str, registries: tuple[Registry, ...]) -> None:
        super().__init__()
        self.seat, self.title, self.registries = seat, title, registries
        self.setAccessibleName(title)
        self._pages: dict[str, RegisterPage] = {}
        self._lead: LeadPage | None = None
        self._chips: dict[str, list[QPushButton]] = {}  # of pages whose order of tabs is still to be set
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        last = seat.kit.memory.text(self._key, LEAD)
        if last == LEAD and registries[0].name in LEADS:
            self.open_lead()
        else:
            self.open(next((one for one in registries if one.name == last), registries[0]))

    @property
    def _key(self) -> str:
        return f"group/{self.registries[0].name}"

    @property
    def current(self) -> RegisterPage:
        page = self._stack.currentWidget()
        assert isinstance(page, RegisterPage)
        return page

    @property
    def starts(self) -> QWidget:
        """Where the keys go first."""
        page = self._stack.currentWidget()
        return _starts(page if isinstance(page, LeadPage) else self.current)

    def open_lead(self) -> LeadPage:
        """Show the page that stands before the registers."""
        if self._lead is None:
            self._lead = LEADS[self.registries[0].name][1](self.seat)
            self._lead.ready.connect(self.ready)
            self._lead.complete.connect(self.complete)
            self._stack.addWidget(self._lead)
            self._add_chips(LEAD, self._lead)
        self._stack.setCurrentWidget(self._lead)
        if self.isVisible():
            self._order(LEAD, self._lead)
        self.seat.kit.memory.keep(self._key, LEAD)
        return self._lead

    def open(self, registry: Registry) -> RegisterPage:
        """Show one of the registers."""
        if registry.name not in self._pages:
            page = RegisterPage(self.seat, registry)
            page.ready.connect(self.ready)
            page.complete.connect(self.complete)
            self._pages[registry.name] = page
            self._stack.addWidget(page)
            if len(self.registries) > 1:
                self._add_chips(registry.name, page)
        self._stack.setCurrentWidget(self._pages[registry.name])
        if self.isVisible():
            self._order(registry.name, self._pages[registry.name])
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

    def _add_chips(self, name: str, page: RegisterPage | LeadPage) -> None:
        page.heading.setText(self.title)
        chips = [self._chip(one.title, partial(self.open, one), on=one.name == name) for one in self.registries]
        if self.registries[0].name in LEADS:
            chips.insert(0, self._chip(LEADS[self.registries[0].name][0], self.open_lead, on=name == LEAD))
        self._chips[name] = chips
        for at, made in enumerate(chips, start=1):
            page.head.insertWidget(at, made)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        page = self._stack.currentWidget()
        if isinstance(page, LeadPage):
            self._order(LEAD, page)
        else:
            self._order(self.current.registry.name, self.current)

    def _order(self, name: str, page: RegisterPage | LeadPage) -> None:
        """Tab takes the chips before the rest of the head; only once the page lies in the window, which orders it anew."""
        chips = self._chips.pop(name, [])
        after = [one for one in _tabbed(page) if one not in chips] if chips else []
        for one, other in pairwise([*chips, *after]):
            QWidget.setTabOrder(one, other)

    def _chip(self, title: str, do: Callable[[], object], *, on: bool) -> QPushButton:
        made = button(title, do, part="chip")
        made.setProperty("on", on)
        made.setAccessibleDescription("当前" if on else "")
        return made


def _starts(page: RegisterPage | LeadPage) -> QWidget:
    return page.starts if isinstance(page, LeadPage) else page.table


def _tabbed(page: RegisterPage | LeadPage) -> list[QWidget]:
    """What Tab reaches from the head to the list, in this order."""
    found, last, at = [], _starts(page), page.nextInFocusChain()
    while at is not None and at is not last:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(at)
        at = at.nextInFocusChain()
    return [*found, last]
