"""The window furnished: pages from the catalogue, search, undo, backup, and the ways from one screen to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.acting import open_entry, open_screen
from wenlv_desk.gui.entry.formdata import DRAFT
from wenlv_desk.gui.frame.backing import backup_today
from wenlv_desk.gui.frame.finding import Results
from wenlv_desk.gui.frame.rail import Page
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.frame.undoing import Undoing
from wenlv_desk.gui.frame.welcome import open_welcome
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.look.tokens import Tone
from wenlv_desk.gui.pages.group import RegisterGroup
from wenlv_desk.gui.pages.settings import SettingsPage
from wenlv_desk.gui.seat import Seat, Ways
from wenlv_desk.gui.widgets.notices import Notice
from wenlv_desk.registries.calendar.days import is_working
from wenlv_desk.registries.calendar.records import HOLIDAY_YEARS, HOLIDAYS
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.memory import recall_all
from wenlv_desk.store.office import Office

BACKUP_AFTER_MS: Final = 2000
SETTINGS_PAGE: Final = "settings"
FIGURES_PAGE: Final = "figures"
COUNTER_PAGE: Final = "counter"
COUNTER_OF: Final = "review_case"  # the register that the counter works on
COUNTER_AT: Final = 1  # after 经营单位
CALENDAR: Final = frozenset({HOLIDAYS.name, HOLIDAY_YEARS.name})


@dataclass(frozen=True)
class Item:
    """One item of the rail: a register, or several that share a word."""

    name: str
    title: str
    icon: str
    registries: tuple[Registry, ...]
    section: int


def rail_items(registries: Sequence[Registry]) -> list[Item]:
    """What stands on the rail; registers of one group share an item."""
    groups: dict[str, list[Registry]] = {}
    for registry in registries:
        if registry.rail and not registry.single:
            groups.setdefault(registry.group or registry.title, []).append(registry)
    items = [
        Item(found[0].name, title, found[0].icon, tuple(found), int(found[0].below)) for title, found in groups.items()
    ]
    return sorted(items, key=lambda item: item.section)


class Desktop(QObject):
    """Made once the clerk has signed in; lives as long as the window."""

    ready = Signal()  # the first page shows its rows
    complete = Signal()  # and its card

    def __init__(self, shell: Shell, office: Office, clerk: Clerk) -> None:
        super().__init__(shell)
        self.shell = shell
        ways = Ways(self.show_record, self.show_list, shell.show_guest, shell.close_guest, self.show_rows)
        self.seat = Seat(shell.kit, office, clerk, shell, ways)
        self.items = rail_items(tuple(office.catalogue.registries.values()))
        self._told_ready = False
        self.results = Results(self.seat, shell.top.search, shell.centralWidget())
        self.undoing = Undoing(self.seat, shell.status)

    def furnish(self, *, first_run: bool) -> None:
        """Build the pages, open the first, and start what runs beside."""
        shell, office = self.shell, self.seat.office
        shell.destroyed.connect(office.close)
        shell.top.set_clerk(f"{self.seat.clerk.name}（{self.seat.clerk.counter}）")
        shell.top.set_day(office.clock().date(), working=None)
        self._show_day()
        self._show_database()
        self.seat.kit.jobs.changed.connect(self._tables_changed)
        shell.undo_requested.connect(self.undoing.ask)
        self.results.record_wanted.connect(
            lambda name, record_id: self.show_record(office.catalogue.registry(name), record_id)
        )
        self.results.list_wanted.connect(self.show_list)
        shell.show_pages(self.pages())
        QTimer.singleShot(BACKUP_AFTER_MS, self, self._backup)
        if first_run:
            open_welcome(self.seat)
        else:
            self.seat.read(self, drafts_of, then=self._offer_drafts)

    # pages

    def pages(self) -> list[Page]:
        """The pages of the rail."""
        made = [Page(item.name, item.title, item.icon, partial(self._page, item), item.section) for item in self.items]
        if COUNTER_OF in self.seat.catalogue.registries:
            made.insert(COUNTER_AT, Page(COUNTER_PAGE, "窗口", "clipboard-check", self._counter))
        if self.seat.catalogue.figures:
            below = next((at for at, page in enumerate(made) if page.section), len(made))
            made.insert(below, Page(FIGURES_PAGE, "统计", "chart-column", self._figures))
        return [*made, Page(SETTINGS_PAGE, "设置", "settings", self._settings, 1)]

    def _page(self, item: Item, _kit: Kit) -> QWidget:
        page = RegisterGroup(self.seat, item.title, item.registries)
        page.ready.connect(self._tell_ready)
        page.complete.connect(self.complete)
        return page

    def _counter(self, _kit: Kit) -> QWidget:
        from wenlv_desk.gui.pages.counter import CounterPage  # it loads the whole of the review

        page = CounterPage(self.seat)
        page.ready.connect(self._tell_ready)
        page.ready.connect(self.complete)
        return page

    def _figures(self, _kit: Kit) -> QWidget:
        from wenlv_desk.gui.pages.figures import FiguresPage

        page = FiguresPage(self.seat)
        page.ready.connect(self._tell_ready)
        page.ready.connect(self.complete)
        return page

    def _settings(self, _kit: Kit) -> QWidget:
        page = SettingsPage(self.seat)
        QTimer.singleShot(0, self, self._tell_ready)
        QTimer.singleShot(0, self, self.complete.emit)
        return page

    def _tell_ready(self) -> None:
        if not self._told_ready:
            self._told_ready = True
            self._focus_list()
            self.ready.emit()

    def _focus_list(self) -> None:
        """Keys go to the list unless the clerk has begun to type elsewhere."""
        page, focused = self.shell.centralWidget().findChild(RegisterGroup), self.shell.focusWidget()
        if page is not None and (
            focused is None or (focused is self.shell.top.search and not self.shell.top.search.text())
        ):
            page.starts.setFocus()

    # ways

    def show_record(self, registry: Registry, record_id: int) -> None:
        """Open the register's page on a record's card."""
        page = self._open(registry)
        if isinstance(page, RegisterGroup | SettingsPage):
            page.show_record(registry, record_id)
        if isinstance(page, RegisterGroup):
            page.current.table.setFocus()

    def show_list(self, register: str, search: str) -> None:
        """Open the register's page with its list searched."""
        registry = self.seat.catalogue.registry(register)
        page = self._open(registry)
        if isinstance(page, RegisterGroup | SettingsPage):
            page.search(registry, search)
        if isinstance(page, RegisterGroup):
            page.current.table.setFocus()

    def show_rows(self, registry: Registry, ids: Sequence[int], title: str) -> None:
        """Open the register's page with its list narrowed to these records."""
        page = self._open(registry)
        if isinstance(page, RegisterGroup | SettingsPage):
            page.show_rows(registry, ids, title)
        if isinstance(page, RegisterGroup):
            page.current.table.setFocus()

    def _open(self, registry: Registry) -> QWidget:
        name = next((item.name for item in self.items if registry in item.registries), SETTINGS_PAGE)
        return self.shell.open_page(name)

    # beside

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if any(registry.single and registry.name in tables for registry in self.seat.catalogue.registries.values()):
            self._show_database()

        if not tables.isdisjoint(CALENDAR):
            self._show_day()

    def _show_day(self) -> None:
        today, top = self.seat.office.clock().date(), self.shell.top
        self.seat.read(self, is_working, today, then=lambda working: top.set_day(today, working=working))

    def _show_database(self) -> None:
        def show(bureau: str) -> None:
            self.shell.status.set_database(f"{bureau or self.seat.office.database.name} · {self.seat.clerk.counter}")

        self.seat.read(self, bureau_of, then=show)

    def _backup(self) -> None:
        self.seat.kit.jobs.read(self, backup_today, self.seat.office, then=self.shell.status.set_backup)

    def _offer_drafts(self, drafts: dict[str, dict[str, object]]) -> None:
        """After a crash: say what was not saved and lead to it."""
        if not drafts:
            return
        key, first = next(iter(drafts.items()))
        more = f"等 {len(drafts)} 份" if len(drafts) > 1 else ""
        text = f"上次有没保存的草稿：{first.get('title', '')}（{first.get('at', '')}）{more}"
        self.seat.kit.notices.show_notice(Notice(text, Tone.AMBER, "打开", partial(self.open_draft, key)))

    def open_draft(self, key: str) -> None:
        """Open the form or the screen a draft belongs to; it offers the draft."""
        register, operation, record_id = key.split(":")
        registry = self.seat.catalogue.registry(register)
        op = self.seat.catalogue.operation(registry, operation)
        if not open_screen(self.seat, registry, op, int(record_id) or None):
            open_entry(self.seat, registry, op, int(record_id) or None)


def bureau_of(desk: Desk) -> str:
    """The bureau's name, empty before the first run's dialog."""
    single = next(one for one in desk.catalogue.registries.values() if one.single)
    return str(desk.settings.get(single.named_by) or "")


def drafts_of(desk: Desk) -> dict[str, dict[str, object]]:
    """The clerk's drafts of forms that still exist."""
    kept = recall_all(desk.session, DRAFT, desk.clerk.name)
    return {key: value for key, value in kept.items() if key.split(":")[0] in desk.catalogue.registries}
