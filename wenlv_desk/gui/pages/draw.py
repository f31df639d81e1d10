"""The draw page (随机抽取): 1 封存名单 · 2 录入种子 · 3 抽取. It shows what is on file, so it goes on where the draw stands."""

from random import Random, SystemRandom
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.drawing.doing import Doing, ask_to_leave, difference, print_paper, save_public, show_checks
from wenlv_desk.gui.drawing.earlier import Earlier
from wenlv_desk.gui.drawing.facts import Facts
from wenlv_desk.gui.drawing.lists import Rows
from wenlv_desk.gui.drawing.panel import ActPanel
from wenlv_desk.gui.drawing.reading import Act, DrawView, Sealed, view_of
from wenlv_desk.gui.drawing.rehearsal import RehearsalPage
from wenlv_desk.gui.drawing.running import OverPanel, RunPanel
from wenlv_desk.gui.drawing.sealing import SealPanel
from wenlv_desk.gui.drawing.seeding import SeedPanel
from wenlv_desk.gui.drawing.stepper import Stepper
from wenlv_desk.gui.drawing.tables import Tables
from wenlv_desk.gui.entry.acting import open_entry, tell_done
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import enter_moves
from wenlv_desk.gui.widgets.parts import button, words
from wenlv_desk.gui.widgets.reflow import Column, Reflow
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.registries.inspection.check import CHECKS
from wenlv_desk.registries.inspection.draw import DRAWS
from wenlv_desk.registries.inspection.rehearsing import Rehearsal, rehearse
from wenlv_desk.store.gate import Done

NARROW_PX: Final = 800  # below this the cards stand below one another
MOVED: Final = "这次抽取在您打开之后有变化，现在按最新的情况显示。"


def open_screen(seat: Seat, operation: str, register: str, record_id: int) -> "DrawPage":  # noqa: ARG001
    """Open the draw page of a task, or of one of its draws, over the rail item's own page."""
    for old in seat.window.findChildren(DrawPage):
        if old.about == (register, record_id):  # what was typed there is still there
            seat.ways.show_page(old, CHECKS.name)
            return old
        seat.ways.close_page(old)
    page = DrawPage(seat, register, record_id, SystemRandom())
    seat.ways.show_page(page, CHECKS.name)
    return page


class DrawPage(QWidget):
    """One task's draw; the panel at the right is that of the act to be done next."""

    ready = Signal()

    def __init__(self, seat: Seat, register: str, record_id: int, chance: Random) -> None:
        super().__init__()
        self.seat, self.about, self._chance = seat, (register, record_id), chance
        self.setObjectName("page")
        self.setAccessibleName("随机抽取")
        self.view: DrawView | None = None
        self.reading: Job | None = None
        self._own = False  # what is read next was changed here
        self._seen: Rows | None = None  # the list as it was shown when it was sealed
        kit = seat.kit
        self.doing = Doing(seat, self)
        self.heading = words("随机抽取", "heading", wrap=True)
        self.leave_button = button("返回", self.leave, key="Esc")
        self.stepper, self.strip = Stepper(), Strip(kit.looks)
        self.facts, self.tables, self.earlier = Facts(), Tables(kit), Earlier(kit.looks)
        self.seal, self.seed, self.run, self.over = SealPanel(), SeedPanel(kit.looks), RunPanel(), OverPanel()
        self.panels: tuple[ActPanel, ...] = (self.seal, self.seed, self.run, self.over)
        self.rehearsal = RehearsalPage(kit)
        self._acts, self._whole = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()
        enter_moves(self)
        self.read()

    # what it is made of

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.heading, 1)
        head.addWidget(self.leave_button, 0, Qt.AlignmentFlag.AlignTop)
        for panel in self.panels:
            self._acts.addWidget(panel)
        cards = (
            Column(self.facts, 250, 3, 300, 2),
            Column(self.tables, 200, 7, 320, 1),
            Column(self._acts, 330, 4, 440, 0),
        )
        self.columns = Reflow("抽取", cards, self.seat.kit.looks, least=NARROW_PX)
        self.columns.stacked_changed.connect(self.stepper.shorten)
        self._whole.addWidget(self.columns)
        self._whole.addWidget(self.rehearsal)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.stepper)
        column.addWidget(self.strip)
        column.addWidget(self._whole, 1)
        column.addWidget(self.earlier)

    def _connect(self) -> None:
        seat, do = self.seat, self.doing.do
        for panel in self.panels:
            panel.print_wanted.connect(lambda paper: print_paper(seat, self.sealed, paper))
            panel.abandon_wanted.connect(self._abandon)
        self.seal.wanted.connect(self._seal)
        self.seal.rehearsal_wanted.connect(self._rehearse)
        self.seed.wanted.connect(
            lambda first, second, people: do("seed", self.view, digits=first, again=second, witnesses=people)
        )
        self.run.wanted.connect(lambda: do("run", self.view))
        self.over.save_wanted.connect(lambda: save_public(seat, self, self.sealed))
        self.over.checks_wanted.connect(lambda: show_checks(seat, self, self.sealed))
        self.doing.done.connect(self._done)
        self.doing.refused.connect(self._refused)
        self.rehearsal.again_wanted.connect(self._rehearse)
        self.rehearsal.left.connect(self._end_rehearsal)
        for box in (self.seed.code, self.run.code, self.over.code):
            box.copied.connect(lambda code: seat.kit.notices.tell(f"已复制封存码 {code}"))
        self.strip.acted.connect(lambda _name: self.strip.clear())
        seat.kit.jobs.changed.connect(self._tables_changed)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.read)

    # how it stands

    @property
    def panel(self) -> ActPanel:
        """That of the act to be done next."""
        return self.panels[self.view.act if self.view is not None else Act.SEAL]

    @property
    def sealed(self) -> Sealed:
        """The draw that is under way or done."""
        assert self.view is not None
        assert self.view.sealed is not None
        return self.view.sealed

    def read(self) -> None:
        """Read how the draw stands."""
        if self.reading is not None:
            self.reading.forget()
        self.reading = self.seat.read(self, view_of, *self.about, then=self._show, otherwise=self._unreadable)

    def _show(self, view: DrawView) -> None:
        self.reading = None
        before, self.view = self.view, view
        own, self._own = self._own, False
        if before is not None and not own and _standing(before) != _standing(view) and not self.strip.isVisible():
            self.strip.say("amber", MOVED, ok="知道了")
        attempt = f"　第 {view.sealed.attempt} 次" if view.sealed is not None else ""
        self.heading.setText(f"随机抽取 · {view.name}{attempt}")
        done = (view.sealed.committed, view.sealed.seeded, view.sealed.drawn) if view.sealed is not None else ()
        self.stepper.show_act(view.act, done)
        self.facts.show_view(view)
        self.tables.show_view(view)
        self.earlier.show_draws(view.earlier)
        self.panel.show_view(view)
        self._acts.setCurrentWidget(self.panel)
        if view.act is not Act.SEAL:
            self.seal.forget()
            self._end_rehearsal()
            self._compare(view)
        if before is None or before.act is not view.act:
            self._focus()
        self.ready.emit()

    def _compare(self, view: DrawView) -> None:
        """Sealed is what was true at that moment; where it is not what the clerk saw, it is said."""
        seen, self._seen = self._seen, None
        if seen is not None and (said := difference(seen, view.lists.pool)):
            self.strip.say("amber", said, ok="知道了")

    def _focus(self) -> None:
        """Keys go to the first field of the act, or to its button."""
        if self.view is None or self._whole.currentWidget() is self.rehearsal:
            return
        self.panel.starts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables and self.doing.job is None and self.isVisible():
            self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.view is not None:
            self.read()
        self._focus()

    # the acts

    def _seal(self, source: str, said: str) -> None:
        self._seen = self.view.lists.pool if self.view is not None else None
        self.doing.do("commit", self.view, source=source, source_said=said)

    def _done(self, operation: str, done: Done) -> None:
        self._own = True
        self.strip.clear()
        if operation == "commit":  # what there is to note of it, the page itself says
            self.seat.kit.notices.tell(f"已办：{done.title}")
        else:
            tell_done(self.seat, done)
        self.read()

    def _refused(self, error: Exception) -> None:
        """Nothing was written: say why, and show how the draw stands now; what was typed stays."""
        self._seen = None
        self._unreadable(error)
        self.read()

    def _unreadable(self, error: Exception) -> None:
        self.reading = None
        if isinstance(error, UserError):
            self.strip.say("red", error.message, ok="知道了")
        else:
            self.seat.kit.faults.present(error)

    def _abandon(self) -> None:
        op = self.seat.catalogue.operation(DRAWS, "abandon")
        open_entry(self.seat, DRAWS, op, self.sealed.id, then=self._abandoned)

    def _abandoned(self, _done: Done) -> None:
        self._own = True
        self.read()

    # the rehearsal

    def _rehearse(self) -> None:
        if self.view is not None:
            given = (rehearse, self.view.task_id, self._chance)
            self.seat.read(self, *given, then=self._rehearsed, otherwise=self._refused)

    def _rehearsed(self, found: Rehearsal) -> None:
        self._whole.setCurrentWidget(self.rehearsal)
        self.stepper.hide()
        self.leave_button.hide()
        self.rehearsal.show_rehearsal(found)

    def _end_rehearsal(self) -> None:
        if self._whole.currentWidget() is self.rehearsal:
            self._whole.setCurrentWidget(self.columns)
            self.stepper.show()
            self.leave_button.show()
            self._focus()

    def leave(self) -> None:
        """Close the page; what was done stands, what is only typed is lost, so it asks."""
        if self.panel.begun:
            ask_to_leave(self.seat, self)
        else:
            self.seat.ways.close_page(self)


def _standing(view: DrawView) -> tuple[Act, int]:
    """What another clerk's step changes."""
    return view.act, view.sealed.id if view.sealed is not None else 0
