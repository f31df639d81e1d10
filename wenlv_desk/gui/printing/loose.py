"""Printing pages that take no number any more: many issued papers as one file, or a table that is no paper."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.printing.printers import PrinterMaker, make_printer, print_pdf
from wenlv_desk.gui.printing.printing import PaperDialog, write_pdf
from wenlv_desk.gui.seat import Seat


class LooseDialog(PaperDialog):
    """The pages, the printer, the copies. What fails is said here and can be tried again."""

    def __init__(self, seat: Seat, title: str, pdf: bytes, make: PrinterMaker = make_printer) -> None:
        super().__init__(seat, f"打印 {title}", make)
        self.title, self.pdf = title, pdf
        form = self.form
        hidden: tuple[QWidget, ...] = (
            form.purposeLabel,
            form.purpose,
            form.serialLabel,
            form.serial,
            form.offsetLabel,
            form.right,
            form.down,
            form.calibration,
            form.spoil,
        )
        for one in hidden:
            one.hide()
        self.finish("打印")
        self.say("")
        assert self.primary is not None
        self.primary.setEnabled(bool(self.printer))
        self.primary.setToolTip("" if self.printer else "没有装打印机，可以存为 PDF")
        self.view.show_pdf(pdf)
        form.copies.setFocus()

    def accept(self) -> None:
        """Print; a second press while it is under way does nothing."""
        name, copies = self.printer, self.form.copies.value()
        if self.primary is not None and self.primary.isEnabled():
            told = partial(self._handed_out, f"{self.title}已送到打印机“{name}”，{copies} 份")
            given = (self.pdf, name, copies, self.title, self._make)
            self._busy(self.seat.kit.jobs.read(self, print_pdf, *given, then=told, otherwise=self._refused))

    def save_as(self) -> None:
        """Save instead."""
        path: Path | None = self.target(self.title)
        if path is not None:
            told = partial(self._handed_out, f"{self.title}已存为“{path.name}”")
            self._busy(self.seat.kit.jobs.read(self, write_pdf, path, self.pdf, then=told, otherwise=self._refused))

    def _busy(self, job: Job) -> None:
        assert self.primary is not None
        job.busy(self.primary, self.save)

    def _handed_out(self, told: str, _none: None) -> None:
        super().accept()
        self.seat.kit.notices.tell(told)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.say(error.message)
        else:
            self.seat.kit.faults.present(error)
