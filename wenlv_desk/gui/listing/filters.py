"""The row of chips above a list: what is searched, one chip a filter, voided records, saved views, columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from wenlv_desk.core.kinds import Many, OneOf, Reference, YesNo
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.listing.filterrow import FilterRow
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.table import RecordTable
from wenlv_desk.gui.widgets.checklist import CheckList, Option
from wenlv_desk.gui.widgets.chips import FilterChip, SwitchChip, chip
from wenlv_desk.gui.widgets.parts import restyle, without_arguments
from wenlv_desk.gui.widgets.searchbox import SearchBox
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.memory import recall_all
from wenlv_desk.store.query import Listing, ListQuery

VIEW: Final = "view"
EMPTY: Final = Option("\x00", "（空）")  # its key stands for "no value"
SEARCH_PX: Final = 190


@dataclass(frozen=True)
class Only:
    """The list is about these records alone: those behind a figure, and what they are called."""

    title: str
    ids: tuple[int, ...]


@dataclass(frozen=True)
class View:
    """What a saved view keeps."""

    search: str = ""
    where: Mapping[str, list[str]] = field(default_factory=dict)
    sort: list[list[Any]] = field(default_factory=list)
    voided: bool = False
    columns: list[str] = field(default_factory=list)


def filter_options(desk: Desk, registry: Registry, names: Sequence[str]) -> dict[str, list[Option]]:
    """What filters offer: a vocabulary whole, other fields as they occur (which reads the register)."""
    listing = Listing(desk.session, desk.catalogue, registry, ListQuery(), desk.today)
    return {name: _options(registry, name, listing.distinct(name)) for name in names}


def _options(registry: Registry, name: str, offered: Sequence[tuple[str, str]]) -> list[Option]:
    made = [Option(key, label) for key, label in offered]
    field = registry.fields.get(name)
    may_be_empty = field is not None and not field.required and field.default is None
    return [*made, EMPTY] if may_be_empty and not isinstance(registry.shown(name)[1], Many | Reference) else made


def is_vocabulary(registry: Registry, name: str) -> bool:
    """Whether what a filter offers is known without reading the register."""
    return isinstance(registry.shown(name)[1], Many | OneOf | YesNo)


class OccurringChip(FilterChip):
    """A filter over values as they occur: they are read when the chip is opened, for that may take a moment."""

    def __init__(self, title: str, seat: Seat, registry: Registry, name: str) -> None:
        super().__init__(title, (), seat.kit.looks)
        self._seat, self._registry, self._name = seat, registry, name

    def open(self) -> None:
        """Read the values, then show them."""
        job = self._seat.read(self, filter_options, self._registry, (self._name,), then=self._open_with)
        job.busy(self)

    def choose(self, keys: frozenset[str]) -> None:
        """Values of a saved view are taken as they are."""
        known = {one.key for one in self._options}
        self._options = (*self._options, *(_named(key) for key in sorted(keys - known)))
        super().choose(keys)

    def _open_with(self, offered: dict[str, list[Option]]) -> None:
        self.offer(offered[self._name])
        super().open()


def _named(key: str) -> Option:
    return EMPTY if key == EMPTY.key else Option(key, key)


def views_of(desk: Desk, registry: Registry) -> dict[str, dict[str, Any]]:
    """The clerk's saved views of a register by title."""
    prefix = f"{registry.name}:"
    kept = recall_all(desk.session, VIEW, desk.clerk.name)
    return {key.removeprefix(prefix): value for key, value in kept.items() if key.startswith(prefix)}


class FilterBar(QWidget):
    """Tells `changed` when the list must be read anew."""

    changed = Signal()
    save_wanted = Signal()

    def __init__(self, seat: Seat, registry: Registry, table: RecordTable) -> None:
        super().__init__()
        self.seat, self.registry, self._table = seat, registry, table
        self.setAccessibleName("筛选")
        self._sort: list[list[Any]] = []
        self._applying = False
        self._view_title = ""
        self.search = SearchBox(f"在{registry.title}里找", seat.kit.looks)
        self.search.setProperty("small", True)
        self.search.searched.connect(self._searched)
        self.search.left_down.connect(table.setFocus)
        self.chips = {name: self._chip(name) for name in registry.filters}
        self.voided = SwitchChip("含已移出")
        self.voided.toggled.connect(self._tell)
        self.clear = chip("清除筛选", self.reset)
        self._only: Only | None = None
        self.only = chip("", self.leave_only)
        self.only.setProperty("on", True)
        self.only.hide()
        self.views, self.columns = chip("视图 ▾", self._open_views), chip("列 ▾", self._open_columns)
        self._popup: CheckList | None = None
        table.columns_wanted.connect(self._columns_at)
        self.line = FilterRow((self.search, self.only), self.chips, (self.voided, self.clear))
        for made in self.chips.values():
            made.changed.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.views, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.columns, 0, Qt.AlignmentFlag.AlignTop)
        seat.kit.looks.changed.connect(self._look)
        self._look()
        self.read_options()

    def _chip(self, name: str) -> FilterChip:
        title = self.registry.shown(name)[0]
        if is_vocabulary(self.registry, name):
            return FilterChip(title, (), self.seat.kit.looks)
        return OccurringChip(title, self.seat, self.registry, name)

    # what is wanted

    def query(self) -> ListQuery:
        """The list as the chips say."""
        where = {name: tuple(sorted(one.chosen)) for name, one in self.chips.items() if one.chosen}
        where = {name: tuple("" if key == EMPTY.key else key for key in keys) for name, keys in where.items()}
        sort = tuple((str(name), bool(down)) for name, down in self._sort)
        only = self._only.ids if self._only is not None else None
        return ListQuery(self.search.text().strip(), where, sort, self.voided.isChecked(), only)

    @property
    def narrowed(self) -> bool:
        query = self.query()
        return bool(query.search or query.where or query.only is not None)

    def sort_by(self, name: str, descending: bool) -> None:
        """Sort by a column."""
        self._sort = [[name, descending]]
        self._tell()

    def search_for(self, text: str) -> None:
        """Everything that holds the text."""
        self.apply(View(text, sort=self._sort, columns=self._shown_columns()), "")

    def show_only(self, only: Only) -> None:
        """These records, whatever was filtered before."""
        self.apply(View(sort=self._sort, columns=self._shown_columns()), "", only)

    def leave_only(self) -> None:
        """The other records as well."""
        self._put_only(None)
        self._tell()

    def _put_only(self, only: Only | None) -> None:
        self._only = only
        self.only.setVisible(only is not None)
        if only is not None:
            self.only.setText(f"只看：{only.title} ×")
            self.only.setAccessibleName(f"只看：{only.title}，按下看全部")

    def reset(self) -> None:
        """Everything again."""
        self.apply(View(sort=self._sort, columns=self._shown_columns()), "")

    # saved views

    def view(self) -> View:
        query = self.query()
        where = {name: sorted(one.chosen) for name, one in self.chips.items() if one.chosen}
        return View(query.search, where, self._sort, query.voided, self._shown_columns())

    def apply(self, view: View, title: str, only: Only | None = None) -> None:
        """Show a view."""
        self._applying = True
        self._put_only(only)
        self.search.setText(view.search)
        for name, one in self.chips.items():
            one.choose(frozenset(view.where.get(name, ())))
        self.voided.setChecked(view.voided)
        self._sort = view.sort
        if view.sort:
            self._table.set_sorted(str(view.sort[0][0]), descending=bool(view.sort[0][1]))
        if view.columns:
            self._table.plan.show(frozenset(view.columns))
        self._applying = False
        self._name_view(title)
        self.changed.emit()
        self._show_clear()

    def _name_view(self, title: str) -> None:
        self._view_title = title
        self.views.setText(f"视图：{title} ▾" if title else "视图 ▾")
        restyle(self.views, "on", bool(title))

    def _open_views(self) -> None:
        self.seat.read(self, views_of, self.registry, then=self._show_views)

    def _show_views(self, kept: dict[str, dict[str, Any]]) -> None:
        menu = self.views_menu(kept)
        menu.popup(self.views.mapToGlobal(QPoint(0, self.views.height() + 2)))

    def views_menu(self, kept: dict[str, dict[str, Any]]) -> QMenu:
        """The menu of views: those kept, saving this one, forgetting the shown one."""
        menu = QMenu(self)
        menu.setAccessibleName("视图")
        menu.addAction("全部记录").triggered.connect(without_arguments(self.reset))
        for title, value in kept.items():
            do = partial(self.apply, View(**value), title)
            menu.addAction(title).triggered.connect(without_arguments(do))
        menu.addSeparator()
        menu.addAction("把现在的样子存为视图…").triggered.connect(without_arguments(self.save_wanted.emit))
        if self._view_title in kept:
            forget = menu.addAction(f"删除视图“{self._view_title}”")
            forget.triggered.connect(without_arguments(partial(self._forget, self._view_title)))
        return menu

    def keep(self, title: str) -> None:
        """Save the list as it stands under a title."""
        view = self.view()
        value = {name: getattr(view, name) for name in ("search", "where", "sort", "voided", "columns")}
        self.seat.keep(self, VIEW, f"{self.registry.name}:{title}", value)
        self._name_view(title)

    def _forget(self, title: str) -> None:
        self.seat.keep(self, VIEW, f"{self.registry.name}:{title}", None)
        self._name_view("")

    # columns

    def _shown_columns(self) -> list[str]:
        return sorted(self._table.plan.shown())

    def _open_columns(self) -> None:
        self._columns_at(self.columns.mapToGlobal(QPoint(0, self.columns.height() + 2)))

    def _columns_at(self, _place: QPoint) -> None:
        options = [Option(column.name, column.title) for column in self._table.rows.columns]
        looks = self.seat.kit.looks
        self._popup = CheckList("显示哪些列", options, self._table.plan.shown(), looks, self, whole=False)
        self._popup.changed.connect(self._table.plan.show)
        self._popup.open_below(self.columns)

    # inside

    def read_options(self) -> None:
        """Ask what the filters over vocabularies offer."""
        names = tuple(name for name in self.chips if is_vocabulary(self.registry, name))
        self.seat.read(self, filter_options, self.registry, names, then=self._offer)

    def _offer(self, offered: dict[str, list[Option]]) -> None:
        for name, options in offered.items():
            self.chips[name].offer(options)

    def _searched(self, _text: str) -> None:
        self._tell()

    def _tell(self, *_: object) -> None:
        if not self._applying:
            self._name_view("")
            self._show_clear()
            self.changed.emit()

    def _show_clear(self) -> None:
        self.clear.setVisible(self.narrowed)

    def _look(self) -> None:
        looks = self.seat.kit.looks
        self.search.setFixedWidth(looks.px(SEARCH_PX))
        self._show_clear()
