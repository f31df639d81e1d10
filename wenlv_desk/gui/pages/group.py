"""A rail item's page: one register, or several of one group with a chip each to switch between them (许可证)."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.parts import button, without_arguments
from wenlv_desk.gui.seat import Seat


class RegisterGroup(QWidget):
    """Pages are made when they are first shown; the one shown last is remembered."""

    ready = Signal()
    complete = Signal()

    def __init__(self, seat: Seat, title: str, registries: tuple[Registry, ...]) -> None:
        super().__init__()
        self.seat, self.title, self.registries = seat, title, registries
        self.setAccessibleName(title)
        self._pages: dict[str, RegisterPage] = {}
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
            if len(self.registries) > 1:
                self._add_chips(page)
            self._pages[registry.name] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self._pages[registry.name])
        self.seat.kit.memory.keep(self._key, registry.name)
        return self._pages[registry.name]

    def show_record(self, registry: Registry, record_id: int) -> None:
        """Show a record's card on its register's page."""
        self.open(registry).show_record(record_id)

    def search(self, registry: Registry, text: str) -> None:
        """Show a register's list searched."""
        self.open(registry).filters.search_for(text)

    def _add_chips(self, page: RegisterPage) -> None:
        page.heading.setText(self.title)
        for at, registry in enumerate(self.registries, start=1):
            page.head.insertWidget(at, self._chip(registry, on=registry is page.registry))

    def _chip(self, registry: Registry, *, on: bool) -> QPushButton:
        made = button(registry.title, part="chip")
        made.setProperty("on", on)
        made.clicked.connect(without_arguments(partial(self.open, registry)))
        made.setAccessibleDescription("当前" if on else "")
        return made
