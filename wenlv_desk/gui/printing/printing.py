"""Printing (印): the preview of any declared paper, its number and archive in one step, then the archived bytes onto paper.

The paper is issued first; a printer that fails leaves it in the archive, from where it is printed again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QPushButton, QWidget

from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.acting import open_entry
from wenlv_desk.gui.forms.ui_print_dialog import Ui_PrintDialog
from wenlv_desk.gui.listing.exporting import ask_target
from wenlv_desk.gui.look.tokens import Tone
from wenlv_desk.gui.printing.paperview import PaperView
from wenlv_desk.gui.printing.printers import PrinterMaker, make_printer, print_pdf, printer_names
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import Dialog, enter_moves
from wenlv_desk.gui.widgets.notices import Notice
from wenlv_desk.gui.widgets.parts import button, restyle
from wenlv_desk.issuing.issue import archived, issue_paper, preview
from wenlv_desk.issuing.records import BLANKS, ISSUED_PAPERS, IssuedPaper
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import Done

PDF: Final = "PDF 文件 (*.pdf)"
_NO_PRINTER: Final = "（没有装打印机）"
_SMALLEST: Final = (1080, 640)


def open_print(
    seat: Seat, paper: Paper, registry: Registry, ids: Sequence[int], options: Mapping[str, Any] | None = None
) -> "PrintDialog":
    """Open the print preview of a paper about records."""
    dialog = PrintDialog(seat, paper, registry, ids, options or {})
    dialog.open()
    return dialog


def open_reprint(seat: Seat, paper_id: int) -> None:
    """Open the preview of an issued paper's archived bytes, to print them again."""
    seat.read(seat.window, issued, paper_id, then=lambda found: ReprintDialog(seat, found).open())


@dataclass(frozen=True)
class Issued:
    """An issued paper as the window needs it."""

    id: int
    number: str
    title: str
    pdf: bytes


def issued(desk: Desk, paper_id: int) -> Issued:
    """An issued paper with its archived bytes."""
    record = desk.get(IssuedPaper, paper_id)
    return Issued(paper_id, record.paper_no, record.title, archived(desk, paper_id))


class PaperDialog(Dialog):
    """What preview, first print and reprint share: the pages, the printer, printing and saving once."""

    def __init__(self, seat: Seat, title: str, make: PrinterMaker = make_printer) -> None:
        super().__init__(title, seat.kit.looks, seat.window, width=_SMALLEST[0])
        self.seat, self._make = seat, make
        inside = QWidget()
        self.form = Ui_PrintDialog()
        self.form.setupUi(inside)  # type: ignore[no-untyped-call]
        self.body.addWidget(inside, 1)
        form, px = self.form, seat.kit.looks.px
        form.pages.setFixedWidth(px(86))
        for one in (form.printer, form.copies, form.purpose, form.serial, form.right, form.calibration):
            one.setMinimumWidth(px(120 if one is form.right else 250))
        for label in (form.printerLabel, form.copiesLabel, form.purposeLabel, form.serialLabel, form.offsetLabel):
            restyle(label, "part", "key")
        for small, tip in ((form.smaller, "缩小"), (form.fit, "整页"), (form.larger, "放大")):
            small.setProperty("part", "chip")
            small.setAccessibleName(tip)
            small.setAutoDefault(False)
        restyle(form.where, "part", "small")
        restyle(form.said, "part", "problem")
        self.view = PaperView(seat.kit.jobs, form.pages, form.view, form.where, (form.smaller, form.fit, form.larger))
        form.pages.hide()
        form.printer.addItems(list(printer_names()) or [_NO_PRINTER])
        room = seat.window.size()
        self.resize(max(px(_SMALLEST[0]), room.width() - 120), max(px(_SMALLEST[1]), room.height() - 60))

    def finish(self, primary: str) -> None:
        """The buttons of the foot."""
        self.buttons(primary, leave="只看不印")
        self.save: QPushButton = button("存为 PDF…", self.save_as)
        self._foot.insertWidget(0, self.save)
        enter_moves(self)

    @property
    def printer(self) -> str:
        """The chosen printer, empty when there is none."""
        name = self.form.printer.currentText()
        return "" if name == _NO_PRINTER else name

    def say(self, text: str) -> None:
        """Say what stands in the way."""
        self.form.said.setText(text)
        self.form.said.setVisible(bool(text))

    def save_as(self) -> None:
        raise NotImplementedError

    def target(self, title: str) -> Path | None:
        """Ask where a PDF goes."""
        path = ask_target(self, "存为 PDF", f"{title}.pdf", PDF)
        return path.with_suffix(".pdf") if path is not None else None

    def hand_out(self, paper_id: int, number: str, path: Path | None, *, new: bool) -> None:
        """Print the archived bytes of an issued paper, or save them; the dialog is done."""
        where = path or self.printer
        hand_out(self.seat, paper_id, number, self.form.copies.value(), where, self._make, new=new)


class PrintDialog(PaperDialog):
    """A paper that has not been issued yet."""

    def __init__(
        self,
        seat: Seat,
        paper: Paper,
        registry: Registry,
        ids: Sequence[int],
        options: Mapping[str, Any],
        make: PrinterMaker = make_printer,
    ) -> None:
        super().__init__(seat, f"打印 {paper.title}", make)
        self.paper, self.registry, self.ids, self.options = paper, registry, list(ids), dict(options)
        self._under_way = False
        form, blank = self.form, bool(paper.blank)
        for one in (
            form.serialLabel,
            form.serial,
            form.offsetLabel,
            form.right,
            form.down,
            form.calibration,
            form.spoil,
        ):
            one.setVisible(blank)
        for one in (form.serialLabel, form.serial, form.spoil):
            one.setVisible(paper.takes_serial)
        if blank:
            form.copies.setMaximum(1)  # one serial number, one sheet
        self.finish("打印")
        form.serial.textChanged.connect(self._look)
        form.calibration.toggled.connect(self._calibrate)
        form.spoil.clicked.connect(self._spoil)
        form.printer.currentTextChanged.connect(self._recall_offset)
        self._recall_offset()
        self._look()
        (form.serial if paper.takes_serial else form.copies).setFocus()
        self.load()

    # preview

    def load(self) -> None:
        """Make the preview anew."""
        self.say("")
        given = {**self.options, "calibration": True} if self.calibrating else self.options
        self.seat.read(
            self,
            preview,
            self.paper,
            self.registry,
            self.ids,
            given,
            then=self.view.show_pdf,
            otherwise=self._refused,
        )

    @property
    def calibrating(self) -> bool:
        return bool(self.paper.blank) and self.form.calibration.isChecked()

    def _calibrate(self, _on: bool) -> None:
        assert self.primary is not None
        self.primary.setText("打印校准页" if self.calibrating else "打印 Ctrl Enter")
        self.primary.setAccessibleName("打印校准页" if self.calibrating else "打印")
        self._look()
        self.load()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.say(error.message)
        else:
            self.seat.kit.faults.present(error)
        self._under_way = False
        self._look()

    def _look(self) -> None:
        ready = self.calibrating or not self.paper.takes_serial or bool(self.form.serial.text().strip())
        assert self.primary is not None
        self.primary.setEnabled(ready and bool(self.printer) and not self._under_way)
        self.save.setEnabled(ready and not self._under_way)
        missing = "" if ready else "填好空白证号才能打印"
        self.primary.setToolTip(missing or ("" if self.printer else "没有装打印机，可以存为 PDF"))

    # offsets of the printer, per blank

    @property
    def offset(self) -> tuple[float, float]:
        """Right and down in mm."""
        return self.form.right.value(), self.form.down.value()

    def _key(self) -> str:
        return f"print/offset/{self.paper.blank}/{self.printer.replace('/', '_')}"

    def _recall_offset(self) -> None:
        kept = self.seat.kit.memory.data(self._key())
        right, down = kept if isinstance(kept, list) and len(kept) == 2 else (0.0, 0.0)
        self.form.right.setValue(float(right))
        self.form.down.setValue(float(down))

    def _keep_offset(self) -> None:
        if self.paper.blank:
            self.seat.kit.memory.keep_data(self._key(), list(self.offset))

    # issuing

    def accept(self) -> None:
        """Print; a second click does nothing."""
        if self.primary is None or not self.primary.isEnabled():
            return
        if self.calibrating:
            self._print_calibration()
        else:
            self._issue(None)

    def save_as(self) -> None:
        """Issue, and save instead of printing; the calibration sheet is saved without a number."""
        path = self.target(self.paper.title if not self.calibrating else f"{self.paper.title}-校准页")
        if path is None:
            return
        if self.calibrating:
            self.seat.read(self, self._calibration, then=partial(self._save_calibration, path))
        else:
            self._issue(path)

    def _issue(self, path: Path | None) -> None:
        if self._under_way:
            return
        self._under_way = True
        self._keep_offset()
        self._look()
        form = self.form
        arguments = {
            "paper": self.paper.name,
            "register": self.registry.name,
            "records": ",".join(map(str, self.ids)),
            "copies": form.copies.value(),
            "purpose": form.purpose.text().strip() or None,
            "blank_serial": form.serial.text().strip() or None,
        }
        payload = {**self.options, "offset": self.offset} if self.paper.blank else self.options
        self.seat.kit.jobs.write(
            self,
            issue_paper,
            self.seat.office,
            self.seat.clerk,
            arguments,
            payload,
            then=partial(self._issued, path),
            otherwise=self._refused,
        )

    def _issued(self, path: Path | None, done: Done) -> None:
        super().accept()
        self.hand_out(done.value["id"], done.value["number"], path, new=True)

    # the calibration sheet

    def _calibration(self, desk: Desk) -> bytes:
        return preview(desk, self.paper, self.registry, self.ids, {**self.options, "calibration": True})

    def _print_calibration(self) -> None:
        name, notices = self.printer, self.seat.kit.notices

        def put(pdf: bytes) -> None:
            told = partial(notices.tell, "校准页已送打印机；量出偏移后填在“打印偏移”里")
            title = f"{self.paper.title}校准页"
            job = self.seat.kit.jobs.read(self, print_pdf, pdf, name, 1, title, self._make, then=lambda _none: told())
            job.busy(*([self.primary] if self.primary is not None else []))

        self.seat.read(self, self._calibration, then=put)

    def _save_calibration(self, path: Path, pdf: bytes) -> None:
        told = partial(self.seat.kit.notices.tell, f"校准页已存为“{path.name}”")
        self.seat.kit.jobs.read(self, write_pdf, path, pdf, then=lambda _none: told())

    def _spoil(self) -> None:
        op = self.seat.catalogue.operation(BLANKS, "spoil")
        given = {"blank": self.paper.blank, "serial": self.form.serial.text().strip()}
        open_entry(self.seat, BLANKS, op, given=given, then=lambda _done: self.form.serial.clear())


class ReprintDialog(PaperDialog):
    """A paper from the archive: the bytes of that day, again."""

    def __init__(self, seat: Seat, found: Issued, make: PrinterMaker = make_printer) -> None:
        super().__init__(seat, f"重印 {found.number}", make)
        self.found = found
        self._under_way = False
        form = self.form
        for one in (
            form.serialLabel,
            form.serial,
            form.offsetLabel,
            form.right,
            form.down,
            form.calibration,
            form.spoil,
        ):
            one.hide()
        form.purposeLabel.setText("重印原因")
        form.purpose.setAccessibleName("重印原因")
        form.purpose.setPlaceholderText("如：卡纸、持证人补要一份")
        self.finish("重印")
        self.say("")
        assert self.primary is not None
        self.primary.setEnabled(bool(self.printer))
        self.view.show_pdf(found.pdf)

    def accept(self) -> None:
        """Note it in the journal, then print."""
        if self.primary is not None and self.primary.isEnabled():
            self._note(None)

    def save_as(self) -> None:
        """Note it in the journal, then save."""
        if (path := self.target(self.found.number)) is not None:
            self._note(path)

    def _note(self, path: Path | None) -> None:
        if self._under_way:
            return
        self._under_way = True
        arguments = {"copies": self.form.copies.value(), "why": self.form.purpose.text().strip() or None}
        then = partial(self._noted, path)
        self.seat.perform(
            self, "reprint", ISSUED_PAPERS, self.found.id, arguments=arguments, then=then, otherwise=self._refused
        )

    def _noted(self, path: Path | None, _done: Done) -> None:
        super().accept()
        self.hand_out(self.found.id, self.found.number, path, new=False)

    def _refused(self, error: Exception) -> None:
        self._under_way = False
        if isinstance(error, UserError):
            self.say(error.message)
        else:
            self.seat.kit.faults.present(error)


def hand_out(
    seat: Seat,
    paper_id: int,
    number: str,
    copies: int,
    where: Path | str,
    make: PrinterMaker = make_printer,
    *,
    new: bool,
    said: str = "",
) -> None:
    """Print the archived bytes (`where` names a printer) or save them (a path). What fails can be done again.

    `said` is what was done before, told in the same breath.
    """
    notices, again = seat.kit.notices, partial(open_reprint, seat, paper_id)
    prefix = said + (f"{number}已编号归档，" if new else f"{number}")

    def failed(error: Exception) -> None:
        if not isinstance(error, UserError):
            seat.kit.faults.present(error)
        said = error.message if isinstance(error, UserError) else "程序出了错"
        notices.show_notice(Notice(f"{prefix}没有{_verb(where)}：{said}", Tone.RED, "重印", again))

    def done(_none: None) -> None:
        place = f"存为“{where.name}”" if isinstance(where, Path) else f"送到打印机“{where}”，{copies} 份"
        notices.tell(f"{prefix}已{place}")

    seat.read(seat.window, _hand_out, paper_id, number, copies, where, make, then=done, otherwise=failed)


def _verb(where: Path | str) -> str:
    return "存成文件" if isinstance(where, Path) else "打印出来"


def _hand_out(desk: Desk, paper_id: int, number: str, copies: int, where: Path | str, make: PrinterMaker) -> None:
    pdf = archived(desk, paper_id)
    if isinstance(where, Path):
        write_pdf(where, pdf)
    else:
        print_pdf(pdf, where, copies, number, make)


def write_pdf(path: Path, pdf: bytes) -> None:
    """Write a file the clerk chose; the faults of the disk in words."""
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise UserError(f"“{path.name}”存不进“{path.parent}”（{fault(error)}），请换一个位置") from error
