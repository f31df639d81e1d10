"""Doing the step that was pressed: once, as the clerk saw the case, then its paper with a number onto the printer."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.counter.preview import Preview
from wenlv_desk.gui.entry.acting import open_entry
from wenlv_desk.gui.look.tokens import Tone
from wenlv_desk.gui.printing.printers import PrinterMaker, make_printer
from wenlv_desk.gui.printing.printing import hand_out
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import confirm
from wenlv_desk.gui.widgets.notices import Notice
from wenlv_desk.issuing.issue import issue_paper
from wenlv_desk.registries.review.case import REVIEW_CASES
from wenlv_desk.registries.review.counter import CounterView
from wenlv_desk.registries.review.proposing import Step
from wenlv_desk.store.gate import Done

UNDO = "（Ctrl Z 撤销）"


class Doing(QObject):
    """One step at a time: what is pressed while it runs does nothing."""

    done = Signal(object, str)  # the Step, the number of its paper (empty: none)
    refused = Signal(str)

    def __init__(self, seat: Seat, preview: Preview, make: PrinterMaker = make_printer) -> None:
        super().__init__(preview)
        self._seat, self._preview, self._make = seat, preview, make
        self.under_way = False

    def do(self, view: CounterView, step: Step) -> None:
        """Do a step to the case shown; a second press does nothing."""
        if self.under_way:
            return
        if not step.operation:
            self.under_way = True
            self._issue(view, step, "")
        elif step.asks:
            self._ask(view, step)
        elif step.danger:
            confirm(
                self._seat.window,
                self._seat.kit.looks,
                f"{step.title}“{view.name}”？",
                step.title,
                partial(self._perform, view, step),
                will=[f"年审案件“{view.case_no}”将被{step.title}。"],
                undo="办后可按 Ctrl Z 撤销。",
            )
        else:
            self._perform(view, step)

    def _perform(self, view: CounterView, step: Step) -> None:
        if self.under_way:
            return
        self.under_way = True
        self._seat.perform(
            self._seat.window,
            step.operation,
            REVIEW_CASES,
            view.case_id,
            version=view.version,
            arguments=step.arguments,
            then=partial(self._performed, view, step),
            otherwise=self._failed,
        )

    def _ask(self, view: CounterView, step: Step) -> None:
        """The form of a step that has more to be filled in; its paper follows."""
        op = self._seat.catalogue.operation(REVIEW_CASES, step.operation)
        given = {name: value for name, value in step.arguments.items() if isinstance(value, str)}

        def then(done: Done) -> None:
            self.under_way = True
            self._performed(view, step, done)

        open_entry(self._seat, REVIEW_CASES, op, view.case_id, given=given, then=then)

    def _performed(self, view: CounterView, step: Step, done: Done) -> None:
        said = f"已办：{done.title}{UNDO}"
        notices = self._seat.kit.notices
        notices.tell(said)
        if step.paper:
            self._issue(view, step, f"{said}。")
        else:
            self._finish(step, "")
        for note in done.notes:
            notices.show_notice(Notice(note, Tone.AMBER))

    def _issue(self, view: CounterView, step: Step, said: str) -> None:
        """The number and the archive; then the archived pages go out."""
        copies = self._preview.copies.value()
        arguments = {
            "paper": step.paper,
            "register": REVIEW_CASES.name,
            "records": str(view.case_id),
            "copies": copies,
        }

        def issued(made: Done) -> None:
            number = str(made.value["number"])
            try:
                where = self._preview.target(number)
            except UserError as error:
                self._seat.kit.notices.fail(f"{said}{number}已编号归档，{error.message}")
            else:
                hand_out(self._seat, made.value["id"], number, copies, where, self._make, new=True, said=said)
            self._finish(step, number)

        def failed(error: Exception) -> None:
            if not isinstance(error, UserError):
                self._seat.kit.faults.present(error)
            why = error.message if isinstance(error, UserError) else "程序出了错"
            self._seat.kit.notices.fail(f"{said}“{step.paper_title}”没有出具：{why}。办好的不变，可在这里再出具")
            self._finish(step, "")

        self._write(issue_paper, arguments, issued, failed)

    def _write(
        self,
        work: Callable[..., Done],
        arguments: dict[str, object],
        then: Callable[[Done], None],
        otherwise: Callable[[Exception], None],
    ) -> None:
        seat = self._seat
        seat.kit.jobs.write(seat.window, work, seat.office, seat.clerk, arguments, then=then, otherwise=otherwise)

    def _finish(self, step: Step, number: str) -> None:
        self.under_way = False
        self.done.emit(step, number)

    def _failed(self, error: Exception) -> None:
        self.under_way = False
        if isinstance(error, UserError):
            self.refused.emit(error.message)
        else:
            self._seat.kit.faults.present(error)
            self.refused.emit("")
