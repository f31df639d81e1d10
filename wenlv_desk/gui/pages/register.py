"""The page of a register: heading with counts and buttons, filters, the list, and the card of the row at the cursor."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.batch.choosing import BatchButton
from wenlv_desk.gui.card.card import Card
from wenlv_desk.gui.entry.acting import SCREENS, VIEWS, open_entry, open_screen, open_view, tell_done
from wenlv_desk.gui.listing.exporting import export_list, has_personal_data, save_empty
from wenlv_desk.gui.listing.filters import FilterBar
from wenlv_desk.gui.listing.lists import ListSource, columns_of
from wenlv_desk.gui.listing.reporting import add_reports
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.table import RecordTable
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.gui.widgets.parts import button, card, without_arguments, words
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import Done
from wenlv_desk.store.query import Listing, ListQuery

PRINTED_AT_MOST: Final = 5000
CARD_PX: Final = 336  # a credit code beside its label, whole
SPLIT: Final = (840, 338)


def total_of(desk: Desk, registry: Registry) -> int:
    """How many records there are, voided ones left out."""
    return Listing(desk.session, desk.catalogue, registry, ListQuery(), desk.today).count()


class RegisterPage(QWidget):
    """A page stands over one register; what it does is derived from the register's declaration."""

    ready = Signal()  # rows stand
    complete = Signal()  # and the card of the first one, if there is one

    def __init__(self, seat: Seat, registry: Registry) -> None:
        super().__init__()
        self.seat, self.registry = seat, registry
        self.setObjectName("page")
        self.setAccessibleName(registry.title)
        self.setAcceptDrops(registry.typed)
        self._total: int | None = None
        self._apart: int | None = None  # the card's record, where the list does not hold it
        self.table = RecordTable(registry.name, registry.title, columns_of(registry), seat.kit)
        self.filters = FilterBar(seat, registry, self.table)
        self.card = Card(seat)
        self.heading, self._counts = words(registry.title, "heading"), words("", "muted")
        self.head = QHBoxLayout()
        self._lay_out()
        self._connect()
        self._load()

    # what it is made of

    def _lay_out(self) -> None:
        self.head.setSpacing(8)
        self.head.addWidget(self.heading)
        self.head.addWidget(self._counts)
        self.head.addStretch(1)
        self._add_buttons()
        frame = card(f"{self.registry.title}列表")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(12)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(frame)
        self.splitter.addWidget(self.card)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes(list(SPLIT))
        self._look()
        self.seat.kit.memory.follow_splitter("card/split", self.splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(self.head)
        column.addWidget(self.filters)
        column.addWidget(self.splitter, 1)

    def _add_buttons(self) -> None:
        registry, seat = self.registry, self.seat
        self.batch = BatchButton(seat, registry, self.table, lambda: self.source)
        self.head.addWidget(self.batch)
        if registry.typed:
            self.head.addWidget(button("导入…", lambda: seat.open_import(registry, None), tip="从 Excel 台账导入"))
        export = button("导出 ▾")
        export.setAccessibleName("导出")
        export.setMenu(self._export_menu(export))
        self.head.addWidget(export)
        if self.rosters():
            self.head.addWidget(self._roster_button(self.rosters()))
        for title, do in self._own_verbs():
            self.head.addWidget(button(title, do))
        if registry.typed:
            self.head.addWidget(button("新增", self.enter_new, key="Ctrl+N", part="primary"))

    def _own_verbs(self) -> list[tuple[str, Callable[[], None]]]:
        """What is done to this register as a whole and has a form to fill in (导入放假安排)."""
        verbs = self.seat.catalogue.operations_on(self.registry).values()
        mine = [op for op in verbs if op.on and op.subject is Subject.REGISTER and op.own_parameters]
        shown = [op for op in mine if self.registry.typed or (self.registry.name, op.name) in SCREENS]
        return [(f"{op.title}…", partial(self._begin, op)) for op in shown]

    def _begin(self, op: Operation) -> None:
        """What is done to the register as a whole: on its own screen, or with its form."""
        if not open_screen(self.seat, self.registry, op, None):
            open_entry(self.seat, self.registry, op)

    def _at_once(self) -> list[tuple[str, Callable[[], object]]]:
        """What fills an empty register without asking anything (取用自带种类)."""
        registry, seat = self.registry, self.seat
        verbs = seat.catalogue.operations_on(registry).values() if registry.typed else ()
        mine = [op for op in verbs if op.on and op.subject is Subject.REGISTER and not op.own_parameters]
        done = partial(tell_done, seat)
        return [(op.title, partial(seat.perform, self, op, registry, then=done)) for op in mine if not op.takes_values]

    def rosters(self) -> list[Paper]:
        """The papers that take a whole list."""
        return [paper for paper in self.seat.catalogue.papers_on(self.registry).values() if paper.many]

    def _roster_button(self, papers: list[Paper]) -> QPushButton:
        if len(papers) == 1:
            return button("打印名册", partial(self._print_roster, papers[0]), tip=f"打印筛出的{papers[0].title}")
        made = button("打印名册 ▾")
        made.setAccessibleName("打印名册")
        menu = QMenu(made)
        for paper in papers:
            menu.addAction(f"{paper.title}…").triggered.connect(without_arguments(partial(self._print_roster, paper)))
        made.setMenu(menu)
        return made

    def _export_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        for title, whole in (("导出筛出的…", False), ("导出全部字段…", True)):
            menu.addAction(title).triggered.connect(without_arguments(partial(self._export, whole)))
        if has_personal_data(self.registry):
            in_full = partial(self._export, False, unmask=True)
            menu.addAction("导出筛出的，含完整电话、证件号…").triggered.connect(without_arguments(in_full))
        add_reports(menu, self, self.seat, self.registry, lambda: self.table.current_id)
        if self.registry.typed:
            menu.addSeparator()
            do_empty = partial(save_empty, self, self.seat, self.registry)
            menu.addAction("导入用的空白模板…").triggered.connect(without_arguments(do_empty))
        return menu

    def _connect(self) -> None:
        table, filters = self.table, self.filters
        filters.changed.connect(self._load)
        filters.save_wanted.connect(self._ask_view_title)
        table.sort_requested.connect(filters.sort_by)
        table.current_changed.connect(self._row_chosen)
        table.missed.connect(self._stand_apart)
        table.opened.connect(lambda _record_id: self.amend())
        table.typed.connect(filters.search.take)
        table.rows.opened.connect(self._opened)
        self.card.record_wanted.connect(self._go)
        self.card.shown.connect(self.complete)
        self.seat.kit.jobs.changed.connect(self._tables_changed)
        self.seat.kit.looks.changed.connect(self._look)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(filters.search.setFocus)

    def _look(self) -> None:
        self.card.setMinimumWidth(self.seat.kit.looks.px(CARD_PX))

    # rows

    def _load(self) -> None:
        self._apart = None
        self.source = ListSource(self.seat, self.registry, self.filters.query(), self.table.rows.columns)
        self.table.load(self.source)

    def refresh(self) -> None:
        """Read list, counts, filters and card anew."""
        self._total = None
        self.table.refresh()
        self.filters.read_options()
        self.card.refresh()

    def _opened(self, _refreshed: bool) -> None:
        found = self.table.row_count()
        narrowed = self.filters.narrowed or self.source.query.voided
        if not narrowed:
            self._total = found
        self._show_counts(found, narrowed=narrowed)
        if narrowed and self._total is None:
            self.seat.read(self, total_of, self.registry, then=self._show_total)
        if self._apart is not None:
            self.table.go_to(self._apart)
        elif found and self.table.current_id is None and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.rows.index(0, self.table.plan.in_order()[0]))
        self._say_empty(narrowed=narrowed)
        self.ready.emit()
        if not found:
            self.complete.emit()

    def _show_total(self, total: int) -> None:
        self._total = total
        self._show_counts(self.table.row_count(), narrowed=True)

    def _show_counts(self, found: int, *, narrowed: bool) -> None:
        unit = self.registry.unit
        total = "" if self._total is None else f"共 {self._total:,} {unit}"
        self._counts.setText(" · ".join(one for one in (total, f"筛出 {found:,} {unit}" if narrowed else "") if one))

    def _say_empty(self, *, narrowed: bool) -> None:
        if narrowed:
            self.table.empty.say("没有符合条件的记录。", ("清除筛选", self.filters.reset))
        elif self.registry.typed:
            steps = (("导入…", lambda: self.seat.open_import(self.registry, None)), ("新增", self.enter_new))
            self.table.empty.say(self.registry.empty_hint, *self._at_once(), *self._own_verbs(), *steps)
        else:
            self.table.empty.say(self.registry.empty_hint, *self._own_verbs())

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if self.registry.name in tables or tables & self._beside():
            self._total = None
            self.table.refresh()

    def _beside(self) -> frozenset[str]:
        """Tables whose records this list names, or counts in a computed column."""
        owned = self.seat.catalogue.owned_by(self.registry) if self.registry.computed else ()
        return frozenset(
            {*({self.registry.owner.register} if self.registry.owner else ()), *(one.name for one in owned)}
        )

    # what is done

    def show_record(self, record_id: int) -> None:
        """Show a record's card, and put the cursor on it if the list holds it."""
        self.table.go_to(record_id)
        if self.table.rows.loading:  # a list that is still on its way goes there once it has come
            self._apart = record_id
        self.card.show_record(self.registry, record_id)

    def _row_chosen(self, record_id: int | None) -> None:
        if record_id is not None:
            self._apart = None
        if self._apart is None:
            self.card.show_record(self.registry, record_id)

    def _stand_apart(self, record_id: int) -> None:
        """The card shows what the filters leave out: no row is marked, so that nobody takes one for the other."""
        self._apart = record_id
        self.table.leave_rows()

    def _go(self, register: str, record_id: int) -> None:
        if register == self.registry.name:
            self.show_record(record_id)
        else:
            self.seat.ways.show_record(self.seat.catalogue.registry(register), record_id)

    def enter_new(self) -> None:
        """Open the form of a new record."""
        create = self.seat.catalogue.operation(self.registry, "create")
        open_entry(self.seat, self.registry, create, then=self._created)

    def _created(self, done: Done) -> None:
        if isinstance(done.value, int):
            self._stand_apart(done.value)  # until the list is read anew and holds it
            self.card.show_record(self.registry, done.value)

    def amend(self) -> None:
        """Open the form of the record at the cursor; a register that is not typed shows its card, and what that leads to."""
        if not self.registry.typed and self.registry.name in VIEWS and self.table.current_id is not None:
            open_view(self.seat, self.registry.name, self.table.current_id)
        if self.registry.typed and not self.registry.lasting and self.table.current_id is not None:
            open_entry(
                self.seat, self.registry, self.seat.catalogue.operation(self.registry, "amend"), self.table.current_id
            )

    def _columns(self) -> tuple[str, ...]:
        return tuple(self.table.rows.columns[at].name for at in self.table.plan.in_order())

    def _export(self, whole: bool, *, unmask: bool = False) -> None:
        export_list(self, self.seat, self.registry, self.source, self._columns(), whole=whole, unmask=unmask)

    def _print_roster(self, paper: Paper) -> None:
        """Print the list as it is filtered and sorted, or the chosen rows where several are chosen."""

        def ids_of(desk: Desk, source: ListSource) -> list[int]:
            return list(source.ids(desk)[: PRINTED_AT_MOST + 1])

        def open_it(ids: list[int]) -> None:
            if len(ids) > PRINTED_AT_MOST:
                self.seat.kit.notices.fail(f"名册一次最多打印 {PRINTED_AT_MOST:,} {self.registry.unit}，请先筛选")
            elif not ids:
                self.seat.kit.notices.fail("筛出的列表是空的，没有可打印的内容，请先清除筛选")
            else:
                self.seat.open_print(paper, self.registry, ids, {"columns": list(self._columns())})

        if self.table.chosen_count() > 1:
            self.table.with_chosen(lambda rows: open_it([row.id for row in rows]), limit=PRINTED_AT_MOST + 1)
        else:
            self.seat.read(self, ids_of, self.source, then=open_it)

    def _ask_view_title(self) -> None:
        dialog = Dialog("存为视图", self.seat.kit.looks, self.window())
        title = QLineEdit()
        title.setAccessibleName("视图名称")
        title.setPlaceholderText("如：年审季、三季度到期")
        title.setMaxLength(20)
        dialog.body.addWidget(words("存下现在的筛选、排序和列，下次一点就回到这里。", "muted", wrap=True))
        dialog.body.addWidget(title)
        dialog.buttons("保存")
        dialog.accepted.connect(lambda: self.filters.keep(title.text().strip()) if title.text().strip() else None)
        dialog.open()
        title.setFocus()

    # ledgers dropped onto the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.seat.open_import(self.registry, paths[0])
