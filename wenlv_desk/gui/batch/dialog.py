"""The dialog of a batch: who can be done and who cannot, why; what is the same for all; progress that can be stopped; the result."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.batch.common import CommonForm
from wenlv_desk.gui.batch.outcome import OutcomeList
from wenlv_desk.gui.batch.preparing import (
    ABLE,
    DONE,
    LEFT_OUT,
    NOT_DONE,
    NOT_ISSUED,
    Prepared,
    papers_after,
    prepare,
    row,
)
from wenlv_desk.gui.jobs import Job, Progress, Running
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import FINISH, Dialog, confirm, enter_moves
from wenlv_desk.gui.widgets.parts import key_text, line, restyle, words
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.issuing.batch import IssuedMany, issue_many, merged_archive
from wenlv_desk.store.batch import BatchDone, run_batch

WIDTH: Final = 960
LIST_PX: Final = 160  # more for the list where nothing is to be filled in
NO_PAPER: Final = "不打印"


def open_batch(seat: Seat, registry: Registry, op: Operation, ids: Sequence[int]) -> None:
    """Look at the chosen records and open the dialog."""
    progress = seat.kit.jobs.progress(f"核对{registry.title}")

    def show(prepared: Prepared) -> None:
        BatchDialog(seat, registry, op, prepared).open()

    seat.read(seat.window, prepare, registry, op, list(ids), progress, then=show)


class BatchDialog(Dialog):
    """`ended` tells what the batch left, its papers included."""

    ended = Signal(object)  # BatchDone

    def __init__(self, seat: Seat, registry: Registry, op: Operation, prepared: Prepared) -> None:
        super().__init__(f"批量办理 · {op.title}", seat.kit.looks, seat.window, width=WIDTH)
        self.seat, self.registry, self.op = seat, registry, op
        self.foreseen = prepared.foreseen
        self._able = {one.record_id: one for one in self.foreseen.able}
        self.outcome: BatchDone | None = None
        self.issued: IssuedMany | None = None
        self._job: Job | None = None
        self._progress: Progress | None = None
        self.strip = Strip(seat.kit.looks)
        self.summary = words("", "muted", wrap=True)
        self.list = OutcomeList(seat, registry, f"{op.title}-没有办的")
        self.form = CommonForm(seat, registry, op, prepared.form) if prepared.form is not None else None
        self.papers = {one.title: one for one in papers_after(seat.catalogue, registry, op)}
        self.paper = QComboBox()
        self.bar = QProgressBar()
        self._build()
        self._connect()
        self._show_foreseen()

    @property
    def running(self) -> bool:
        return self._job is not None

    # what it is made of

    def _build(self) -> None:
        self.body.setContentsMargins(0, 16, 0, 12)
        title = self.body.itemAt(0).widget()
        assert title is not None
        title.setContentsMargins(18, 0, 18, 0)
        self.summary.setContentsMargins(18, 0, 18, 0)
        self.below = QWidget()
        column = QVBoxLayout(self.below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if self.form is not None:
            column.addWidget(self.form)
        if self.papers:
            column.addWidget(line())
            column.addLayout(self._paper_row())
        self.bar.setAccessibleName("进度")
        self.bar.hide()
        for one in (self.strip, self.summary, self.list, self.below, self.bar):
            self.body.addWidget(one, 1 if one is self.list else 0)
        self.buttons(f"{self.op.title} {len(self._able):,} {self.registry.unit}", danger=self.op.danger)

    def _paper_row(self) -> QHBoxLayout:
        self.paper.addItems([NO_PAPER, *self.papers])
        self.paper.setAccessibleName("办后打印")
        label = words("办后打印", "key")
        label.setBuddy(self.paper)
        across = QHBoxLayout()
        across.setContentsMargins(18, 0, 18, 0)
        across.addWidget(label)
        across.addWidget(self.paper)
        across.addWidget(words(f"给办好的每{self.registry.unit}各出具一份，合成一个文件打印", "small"))
        across.addStretch(1)
        return across

    def _connect(self) -> None:
        self.seat.kit.jobs.running.connect(self._show_running)
        self.seat.kit.looks.changed.connect(self._fit)
        if self.form is not None:
            self.form.refused.connect(partial(self.strip.say, "red"))
            self.form.judged.connect(partial(enter_moves, self))

    def showEvent(self, event: Any) -> None:
        self._fit()
        super().showEvent(event)
        if self.form is not None:
            self.form.focus()
        else:
            self.list.table.setFocus()

    def _fit(self) -> None:
        if self.form is not None:
            self.form.fit()
        room = max(self.seat.window.height() - 40, 420)
        alone = self.form is None or self.form.isHidden() or self.below.isHidden()
        wanted = self.sizeHint().height() + (self.seat.kit.looks.px(LIST_PX) if alone else 0)
        self.resize(max(self.width(), self.minimumWidth()), min(max(self.height(), wanted), room))

    def _show_foreseen(self) -> None:
        able, left_out, unit = self.foreseen.able, self.foreseen.left_out, self.registry.unit
        how = f"逐{unit}生效，每{unit}一笔流水。" if able else "都不能办，原因见下。"
        self.summary.setText(f"选定 {len(able) + len(left_out):,} {unit}{self.registry.title}，{how}")
        self.list.show_parts(
            {
                LEFT_OUT: [row(self.registry, one, LEFT_OUT, one.reasons) for one in left_out],
                ABLE: [row(self.registry, one, ABLE) for one in able],
            },
            left_out,
        )
        assert self.primary is not None
        self.primary.setEnabled(bool(able))
        enter_moves(self)

    # doing it

    def accept(self) -> None:
        """Do it: the form's check first, a question where it is grave. Once it is done: print, or close."""
        if self.issued is not None and self.issued.issued:
            self._print(self.issued)
        elif self.outcome is not None:
            super().accept()
        elif not self.running and self._able:
            if self.form is not None:
                self.form.settle(self._ask)
            else:
                self._ask({})

    def _ask(self, arguments: Mapping[str, Any]) -> None:
        if not self.op.danger:
            self._run(arguments)
            return
        counted = f"{len(self._able):,} {self.registry.unit}{self.registry.title}"
        undo = f"办后可按 Ctrl Z 逐{self.registry.unit}撤销。" if self.op.undoable else ""
        will = [f"{counted}将被{self.op.title}。"]
        question = f"{self.op.title} {counted}？"
        do = partial(self._run, arguments)
        confirm(self, self.seat.kit.looks, question, self.op.title, do, will=will, undo=undo)

    def _run(self, arguments: Mapping[str, Any]) -> None:
        if self.running:
            return
        given = (self.op, self.registry, list(self._able), dict(arguments))
        self._start(self.op.title, run_batch, *given, then=self._done, versions=self.foreseen.versions)

    def _start(self, title: str, work: Callable[..., Any], *given: Any, then: Callable[..., None], **more: Any) -> None:
        """Run long work over the selection in the writing thread, with its progress shown."""
        self._progress = self.seat.kit.jobs.progress(f"{title}·{self.registry.title}")
        self._job = self.seat.kit.jobs.write(
            self,
            work,
            self.seat.office,
            self.seat.clerk,
            *given,
            progress=self._progress,
            then=then,
            otherwise=self._failed,
            **more,
        )
        self.strip.clear()
        self._look(busy=True)

    def _done(self, done: BatchDone) -> None:
        self._job, self.outcome = None, done
        paper = self.papers.get(self.paper.currentText())
        if paper is not None and done.done and not done.stopped:
            self._start(f"出具{paper.title}", issue_many, paper, self.registry, list(done.ids), then=self._issued)
        else:
            self._show_result(done)

    def _issued(self, issued: IssuedMany) -> None:
        assert self.outcome is not None
        self._job, self.issued = None, issued
        self._show_result(self.outcome)

    def _failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, UserError):
            self.seat.kit.jobs.present(error)
        said = error.message if isinstance(error, UserError) else "程序出了错，编号见窗口下方"
        if self.outcome is None:
            self._look(busy=False)
            self.strip.say("red", said)
        else:  # it is done, but the papers failed
            self._show_result(self.outcome, f"文书没有出具：{said}")

    # how far, and the end

    def _look(self, *, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.bar.setRange(0, max(1, len(self._able)))
        self.bar.setValue(0)
        self.below.setEnabled(not busy)
        assert self.primary is not None
        assert self.leave is not None
        self.primary.setEnabled(not busy)
        self.leave.setEnabled(True)
        _say(self.leave, "停止" if busy else "取消", "Esc")

    def _show_running(self, running: Running | None) -> None:
        if running is not None and self._progress is not None and running.title == self._progress.title:
            self.bar.setRange(0, max(1, running.total))
            self.bar.setValue(running.done)
            self.bar.setFormat(f"{running.title} {running.done:,} / {running.total:,}")

    def _show_result(self, done: BatchDone, trouble: str = "") -> None:
        self._look(busy=False)
        self.below.hide()
        unit, issued = self.registry.unit, self.issued
        left_out = (*self.foreseen.left_out, *done.left_out)
        unissued = issued.left_out if issued is not None else ()
        said = [f"办好 {len(done.done):,} {unit}", *([f"没有办 {len(left_out):,} {unit}"] if left_out else [])]
        said += [f"出具文书 {len(issued.issued):,} 份"] if issued is not None else []
        said += [f"没有出具 {len(unissued):,} 份"] if unissued else []
        whole = "，".join(said) + "。" + trouble
        good = not (left_out or unissued or trouble)
        self.strip.say("green" if good else "amber", ("已停止：" if done.stopped else "") + whole)
        self.summary.setVisible(not good)
        self.summary.setText(f"没有办的连同原因列在下面，可以导出后逐{unit}处理。")
        self.list.show_parts(
            {
                NOT_DONE: [row(self.registry, one, NOT_DONE, one.reasons) for one in left_out],
                NOT_ISSUED: [row(self.registry, one, NOT_ISSUED, one.reasons) for one in unissued],
                DONE: [row(self.registry, self._able[one.record_id], DONE, one.notes) for one in done.done],
            },
            (*left_out, *unissued),
        )
        self._offer_end(len(issued.issued) if issued is not None else 0)
        self._fit()
        self.ended.emit(done)

    def _offer_end(self, papers: int) -> None:
        assert self.primary is not None
        assert self.leave is not None
        restyle(self.primary, "part", "primary")
        _say(self.primary, f"打印 {papers:,} 份" if papers else "关闭", FINISH)
        _say(self.leave, "关闭", "Esc")
        self.leave.setVisible(bool(papers))
        enter_moves(self)
        self.primary.setFocus()

    def _print(self, issued: IssuedMany) -> None:
        paper: Paper = self.papers[self.paper.currentText()]
        title = f"{paper.title} {len(issued.issued):,} 份"

        def show(pdf: bytes) -> None:
            from wenlv_desk.gui.printing.loose import LooseDialog

            super(BatchDialog, self).accept()
            LooseDialog(self.seat, title, pdf).open()

        job = self.seat.read(self, merged_archive, issued.paper_ids, then=show)
        if self.primary is not None:
            job.busy(self.primary)

    def reject(self) -> None:
        """Leave; while it runs, stop after the record at hand."""
        if self.running and self._progress is not None:
            self._progress.stop()
            if self.leave is not None:
                self.leave.setEnabled(False)
        else:
            super().reject()


def _say(button: Any, text: str, key: str) -> None:
    """Other words on a button; Qt drops the key with the old ones."""
    button.setText(f"{text} {key_text(key)}")
    button.setAccessibleName(text)
    button.setShortcut(key)
