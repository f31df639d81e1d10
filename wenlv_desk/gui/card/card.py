"""The card at the right (一企一档): whose it is, what needs doing now, what belongs to it, and the next steps as buttons."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.card.attaching import attach_files, open_attached, remove_attached
from wenlv_desk.gui.card.cardparts import AttachedList, HistoryList, IssuedList, open_list, sections_of
from wenlv_desk.gui.card.dossier import Dossier, Pair, Sheet, Verb, dossier_of
from wenlv_desk.gui.card.steps import Steps
from wenlv_desk.gui.card.tabs import Tab, Tabs
from wenlv_desk.gui.entry.acting import VIEWS, act, enter_owned, open_view
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import button, line, restyle, tag, words
from wenlv_desk.store.gate import Done

SETTLE_MS: Final = 60
KEY_PAIRS: Final = 6


class Card(QFrame):
    """Shows one record; `show_record` may be called for every row the cursor passes."""

    record_wanted = Signal(str, int)  # register, id: another record of the card was chosen
    shown = Signal()  # a record's card stands

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.dossier: Dossier | None = None
        self.setProperty("part", "card")
        self.setAccessibleName("一企一档")
        self.setAcceptDrops(True)
        self._wanted: tuple[Registry, int] | None = None
        self._reading: Job | None = None
        self._tab = ""
        self._stack = QStackedWidget()
        self._empty = words("选中一行，这里显示它的档案。", "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._stack)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self._read)
        seat.kit.jobs.changed.connect(self._tables_changed)
        seat.kit.looks.changed.connect(self._render)

    def show_record(self, registry: Registry, record_id: int | None) -> None:
        """Show the card of a record shortly after the cursor rests; None empties the card."""
        if record_id is None:
            self._wanted, self.dossier = None, None
            self._render()
            return
        self._wanted = (registry, record_id)
        self._soon.start()

    def refresh(self) -> None:
        """Read the shown record anew."""
        if self._wanted is not None:
            self._read()

    # reading

    def _read(self) -> None:
        if self._wanted is None:
            return
        if self._reading is not None:
            self._reading.forget()
        self._reading = self.seat.read(self, dossier_of, *self._wanted, then=self._show, otherwise=self._gone)

    def _show(self, dossier: Dossier) -> None:
        self._reading, self.dossier = None, dossier
        self._render()
        self.shown.emit()

    def _gone(self, error: Exception) -> None:
        self._reading, self._wanted, self.dossier = None, None, None
        self._render()
        if isinstance(error, UserError):
            self._empty.setText(error.message)
        else:
            self.seat.kit.jobs.present(error)

    def _tables_changed(self, _tables: frozenset[str]) -> None:
        if self._wanted is not None and self.isVisible():
            self._soon.start()

    # what it looks like

    def _render(self) -> None:
        while self._stack.count() > 1:
            old = self._stack.widget(1)
            self._stack.removeWidget(old)
            old.deleteLater()
        if self.dossier is None:
            self._empty.setText("选中一行，这里显示它的档案。")
            self._stack.setCurrentIndex(0)
            self.setAccessibleDescription("")
            return
        self._stack.addWidget(self._page(self.dossier))
        self._stack.setCurrentIndex(1)
        self.setAccessibleDescription(f"{self.dossier.hub.title}，{_state_of(self.dossier)[0]}")

    def _page(self, dossier: Dossier) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self._head(dossier))
        column.addWidget(self._pairs(dossier.hub, dossier.hub.key[:KEY_PAIRS]))
        tabs = Tabs(self._tabs(dossier), self._tab)
        tabs.opened.connect(self._keep_tab)
        column.addWidget(tabs)
        column.addWidget(line())
        column.addWidget(tabs.inside, 1)
        column.addWidget(self._steps(dossier))
        return page

    def _head(self, dossier: Dossier) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        title = words(dossier.hub.title, "title", wrap=True)
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(title, 1)
        state, tone = _state_of(dossier)
        if state:
            row.addWidget(tag(state, tone), 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _pairs(self, sheet: Sheet, pairs: tuple[Pair, ...]) -> QWidget:
        return sections_of((("", pairs),), partial(self._reveal, sheet))

    def _tabs(self, dossier: Dossier) -> list[Tab]:
        """What the chosen row is about comes first."""
        now = QWidget()
        column = QVBoxLayout(now)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(open_list(dossier.open, self.record_wanted.emit))
        if dossier.focus is not dossier.hub:
            column.addWidget(self._sheet(dossier.focus, chosen=True, hub=dossier.hub))
        column.addStretch(1)
        made = [Tab("now", "现在", now)]
        for name, sheets in dossier.owned:
            registry = self.seat.catalogue.registry(name)
            if sheets or registry.rail or registry.typed:
                title = f"{_short(registry.title)} {len(sheets)}"
                idle = not sheets and not registry.typed  # nothing to see and nothing to begin
                made.append(Tab(name, title, self._owned(dossier, registry, sheets), idle))
        attached = AttachedList(dossier.attachments)
        attached.add_wanted.connect(lambda: attach_files(self.seat, self, dossier.focus))
        attached.open_wanted.connect(lambda one: open_attached(self.seat, self, one))
        attached.remove_wanted.connect(lambda one: remove_attached(self.seat, self, one))
        issued = IssuedList(dossier.issued)
        issued.record_wanted.connect(self.record_wanted)
        return [
            *made,
            Tab("attached", f"附件 {len(dossier.attachments)}", attached),
            Tab("issued", f"文书 {len(dossier.issued)}", issued),
            Tab("all", "登记信息", self._everything(dossier)),
            Tab("history", "历史", HistoryList(dossier.history)),
        ]

    def _owned(self, dossier: Dossier, registry: Registry, sheets: tuple[Sheet, ...]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        for sheet in sheets:
            column.addWidget(self._sheet(sheet, chosen=sheet == dossier.focus, hub=dossier.hub))
        if not sheets:
            column.addWidget(words(f"名下还没有{registry.title}。", "muted", wrap=True))
        if registry.typed and registry.owner is not None:
            whose = dossier.focus if registry.owner.register == dossier.focus.register else dossier.hub
            add = button(f"新增{registry.title}…", lambda: enter_owned(self.seat, registry, whose.id), part="link")
            column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return box

    def _sheet(self, sheet: Sheet, *, chosen: bool, hub: Sheet) -> QWidget:
        """One record that belongs to the hub: its code, state and key fields, and its name where that is not the hub's."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        named = sheet.code or sheet.title
        if chosen:
            row.addWidget(words(self.seat.catalogue.registry(sheet.register).title, "section"))
        else:
            row.addWidget(button(named, partial(self.record_wanted.emit, sheet.register, sheet.id), part="link"))
        row.addStretch(1)
        if sheet.state:
            row.addWidget(tag(sheet.state, sheet.tone))
        column.addLayout(row)
        if sheet.title not in (hub.title, "" if chosen else named):
            column.addWidget(words(sheet.title, "strong", wrap=True))
        column.addWidget(self._pairs(sheet, sheet.key))
        return box

    def _everything(self, dossier: Dossier) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        for sheet in dict.fromkeys((dossier.focus, dossier.hub)):
            if dossier.focus is not dossier.hub:
                column.addWidget(words(self.seat.catalogue.registry(sheet.register).title, "title"))
            column.addWidget(sections_of(sheet.sections, partial(self._reveal, sheet)))
        column.addStretch(1)
        return box

    def _keep_tab(self, name: str) -> None:
        self._tab = name

    # what it does

    def _steps(self, dossier: Dossier) -> Steps:
        hub = self.seat.catalogue.registry(dossier.hub.register)
        view = VIEWS.get(hub.name)
        steps = Steps(dossier.verbs, dossier.hub_verbs, hub.title, dossier.printable, view)
        steps.view_wanted.connect(lambda: open_view(self.seat, hub.name, dossier.hub.id))
        steps.chosen.connect(lambda verb, of_hub: self._act(dossier.hub if of_hub else dossier.focus, verb))
        steps.print_wanted.connect(self._print)
        return steps

    def _act(self, sheet: Sheet, verb: Verb) -> None:
        registry = self.seat.catalogue.registry(sheet.register)
        op = self.seat.catalogue.operation(registry, verb.name)
        act(self.seat, registry, op, sheet.id, named=sheet.title, version=sheet.version)

    def _print(self, name: str, register: str, record_id: int) -> None:
        self.seat.open_print(self.seat.catalogue.paper(name), self.seat.catalogue.registry(register), [record_id])

    def _reveal(self, sheet: Sheet, name: str, shown: QPushButton) -> None:
        """Ask for the whole of a personal value; the journal keeps who asked."""

        def show(done: Done) -> None:
            shown.setText(str(done.value))
            shown.setToolTip("已显示完整内容，并已记入流水")
            restyle(shown, "revealed", True)

        registry = self.seat.catalogue.registry(sheet.register)
        job = self.seat.perform(shown, "reveal", registry, sheet.id, arguments={"name": name}, then=show)
        job.busy(shown)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.dossier is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.dossier is not None:
            paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
            self._tab = "attached"
            attach_files(self.seat, self, self.dossier.focus, paths)


def _state_of(dossier: Dossier) -> tuple[str, str]:
    """State and tone beside the name: those of the row, unless it has a name of its own, with which they stand then."""
    one = dossier.focus if dossier.focus.voided or dossier.focus.title == dossier.hub.title else dossier.hub
    return one.state, one.tone


def _short(title: str) -> str:
    """出版物经营许可证 is 出版物 on a tab: long titles lose their common tail."""
    return title.removesuffix("经营许可证") or title
