"""The check page (录入检查结果): from the signed paper into the register by keys: points, times, result, signature, and the next one."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.card.attaching import attach_files
from wenlv_desk.gui.checking.filling import Filling
from wenlv_desk.gui.checking.firm import FirmFacts
from wenlv_desk.gui.checking.paper import PaperCard
from wenlv_desk.gui.checking.points import PointCard
from wenlv_desk.gui.checking.reading import ORDER, CheckView, view_of
from wenlv_desk.gui.checking.saving import Saving
from wenlv_desk.gui.entry.acting import open_entry, tell_done
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import confirm, enter_moves
from wenlv_desk.gui.widgets.parts import button, words
from wenlv_desk.gui.widgets.reflow import Column, Reflow
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.registries.inspection.check import CHECKS
from wenlv_desk.store.gate import Done

NARROW_PX: Final = 810  # below this the cards stand below one another
WRONG: Final = "wrong"  # the strip says why nothing was saved
KEPT: Final = "您填的内容还在。"


def open_screen(seat: Seat, operation: str, register: str, record_id: int) -> "CheckPage":  # noqa: ARG001
    """Open the check page over the rail item's own page; one that stands open for the same check is shown again."""
    for old in seat.window.findChildren(CheckPage):
        if (old.op.name, old.check_id) == (operation, record_id) and not old.filling.ended:
            seat.ways.show_page(old, CHECKS.name)
            return old
        seat.ways.close_page(old)  # its draft is kept
    page = CheckPage(seat, operation, record_id)
    seat.ways.show_page(page, CHECKS.name)
    return page


class CheckPage(QWidget):
    """One check: the firm at the left, its points in the middle, the boxes of the paper at the right."""

    ready = Signal()

    def __init__(self, seat: Seat, operation: str, check_id: int) -> None:
        super().__init__()
        self.seat, self.check_id = seat, check_id
        self.op = seat.catalogue.operation(CHECKS, operation)
        self.setObjectName("page")
        self.setAccessibleName(self.op.title)
        self.setAcceptDrops(True)
        self.view: CheckView | None = None
        self.reading: Job | None = None
        looks = seat.kit.looks
        self.heading = words(self.op.title, "heading", wrap=True)
        self.leave_button = button("返回", self.leave, key="Esc")
        self.strip = Strip(looks)
        self.firm, self.middle, self.paper = FirmFacts(), PointCard(looks), PaperCard(looks, self.op.title)
        self.points, self.sheet = self.middle.points, self.paper.form
        self.filling = Filling(seat, self.points, self.sheet, self)
        self.saving = Saving(seat, self.op, self.filling, self)
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
        cards = (
            Column(self.firm, 240, 6, 320, 2),
            Column(self.middle, 200, 14, 400, 0),
            Column(self.paper, 340, 9, 520, 1),
        )
        self.columns = Reflow("检查记录", cards, self.seat.kit.looks, least=NARROW_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self.columns, 1)

    def _connect(self) -> None:
        seat = self.seat
        self.points.entered.connect(self.sheet.begin)
        self.filling.edited.connect(self._edited)
        self.paper.save_wanted.connect(lambda: self.saving.save(self.view))
        self.saving.begun.connect(self.strip.clear)
        self.saving.begun.connect(self.sheet.settle)
        self.saving.stopped.connect(self._stop_at)
        self.saving.refused.connect(self.read)
        self.saving.done.connect(self._done)
        self.paper.order_wanted.connect(self._order)
        self.paper.next_wanted.connect(self.open_next)
        self.paper.attach_wanted.connect(partial(self._attach, ()))
        self.firm.record_wanted.connect(
            lambda register, record_id: seat.ways.show_record(seat.catalogue.registry(register), record_id)
        )
        self.strip.acted.connect(self._strip_acted)
        seat.kit.jobs.changed.connect(self._tables_changed)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.paper.press)

    # how it stands

    def read(self) -> None:
        """Read the check; what was typed stays."""
        if self.reading is not None:
            self.reading.forget()
        given = (view_of, self.op.name, self.check_id)
        self.reading = self.seat.read(self, *given, then=self._show, otherwise=self._unreadable)

    def _show(self, view: CheckView) -> None:
        self.reading = None
        before, self.view = self.view, view
        self.firm.show_view(view)
        self.paper.show_beside(view, saved=self.filling.ended)
        if before is None:
            self._begin(view)
        elif before.version != view.version and not self.filling.ended and self.strip.topic != WRONG:
            self.strip.say(
                "amber", f"这件检查在您打开之后有变化，现为“{view.sheet.state}”。{KEPT}看过再保存", ok="知道了"
            )
        buttons = [*self.paper.findChildren(QPushButton), self.leave_button]
        in_order([self.middle.rest, self.points, *self.sheet.editors.values(), *buttons])
        self.ready.emit()

    def _begin(self, view: CheckView) -> None:
        """The first view: lay out points and boxes, offer a draft."""
        self.heading.setText(f"{self.op.title} · {view.name}")
        self.filling.begin(view)
        if view.form.draft is not None:
            said = f"有一份 {view.form.draft.get('at', '')} 没有保存的草稿。"
            self.strip.say("amber", said, restore="恢复草稿", discard="丢弃")
        self.points.setFocus()

    def _unreadable(self, error: Exception) -> None:
        self.reading = None
        if isinstance(error, UserError):
            self.strip.say("red", error.message)
        else:
            self.seat.kit.faults.present(error)

    def _tables_changed(self, _tables: frozenset[str]) -> None:
        if self.view is not None and self.saving.job is None and self.isVisible():
            self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.view is not None:
            self.points.setFocus()
            self.read()

    def hideEvent(self, event: QHideEvent) -> None:
        self.filling.keep()
        super().hideEvent(event)

    def _edited(self) -> None:
        if self.strip.topic == WRONG:
            self.strip.clear()

    def _strip_acted(self, what: str) -> None:
        if what == "restore":
            self.filling.restore()
        elif what == "discard":
            self.filling.forget()
        self.strip.clear()
        self.points.setFocus()

    # saving

    def _stop_at(self, box: str, said: str) -> None:
        self.strip.say("red", f"没有保存：{said}", **{WRONG: "知道了"})
        self.filling.go_to(box, said)

    def _done(self, done: Done) -> None:
        tell_done(self.seat, done)
        self._offer_next()
        self.read()

    def _offer_next(self, *_: object) -> None:
        """Once the check is read anew, keys go to the button that goes on."""
        self.ready.connect(self.paper.offer_next, Qt.ConnectionType.SingleShotConnection)

    def _order(self) -> None:
        """Order what was found to be put right; afterwards the page offers the next check."""
        op = self.seat.catalogue.operation(CHECKS, ORDER)
        open_entry(self.seat, CHECKS, op, self.check_id, then=self._offer_next)

    # ways

    def open_next(self) -> None:
        """The next check of the task that waits for its result; back to the list where there is none."""
        waiting = self.view.rest.waiting if self.view is not None else ()
        seat = self.seat
        seat.ways.close_page(self)
        if waiting:
            open_screen(seat, "record", CHECKS.name, waiting[0][0])

    def _attach(self, paths: Sequence[Path]) -> None:
        if self.view is not None:
            attach_files(self.seat, self, self.view.sheet, paths)

    def leave(self) -> None:
        """Close the page; ask only if something was typed."""
        if self.saving.job is not None:
            return
        close = partial(self.seat.ways.close_page, self)
        if self.filling.ended or not self.filling.changed:
            close()
            return

        def throw_away() -> None:
            self.filling.end()
            close()

        will, back = ["这张表上已填的内容不会保存。"], "想留着就按 Esc 回到表上。"
        confirm(self.seat.window, self.seat.kit.looks, "不保存就离开？", "不保存", throw_away, will=will, undo=back)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._attach([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


def in_order(stops: Sequence[QWidget]) -> None:
    """Tab and Enter go from one to the next: the boxes were made after the buttons."""
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)
