"""Saving a sheet: once, as the clerk saw the check; what keeps it from being saved is told with the box it is about."""

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.gui.checking.filling import Filling
from wenlv_desk.gui.checking.judging import arguments, box_of, wrong
from wenlv_desk.gui.checking.reading import CheckView
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.registries.inspection.check import CHECKS
from wenlv_desk.store.gate import Done

REFUSED: Final = "没有录入："


class Saving(QObject):
    """A second press while it runs does nothing."""

    begun = Signal()
    done = Signal(object)  # Done
    stopped = Signal(str, str)  # the box, the sentence
    refused = Signal()  # by the gate: the check may stand otherwise than it is shown

    def __init__(self, seat: Seat, op: Operation, filling: Filling, owner: QWidget) -> None:
        super().__init__(owner)
        self._seat, self._op, self._filling = seat, op, filling
        self.job: Job | None = None

    def save(self, view: CheckView | None) -> None:
        """Save what stands in the sheet, or tell what is wrong with it."""
        if view is None or self.job is not None or self._filling.ended or view.blocks:
            return
        entry = self._filling.entry
        if found := wrong(entry, view):
            box, said = found[0]
            more = f"。后面还有 {len(found) - 1} 处要补" if len(found) > 1 else ""
            self.stopped.emit(box, said + more)
            return
        self._filling.pause()
        self.begun.emit()
        self.job = self._seat.perform(
            self,
            self._op,
            CHECKS,
            view.form.record_id,
            version=view.version,
            arguments=arguments(entry, view),
            then=self._done,
            otherwise=self._failed,
        )

    def _done(self, done: Done) -> None:
        self.job = None
        self._filling.end()
        self.done.emit(done)

    def _failed(self, error: Exception) -> None:
        self.job = None
        self._filling.resume()
        if isinstance(error, UserError):
            self.stopped.emit(box_of(error.message), error.message.removeprefix(REFUSED))
            self.refused.emit()
        else:
            self._seat.kit.faults.present(error)
