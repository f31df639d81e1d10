"""Preview, issue, print, save, reprint: through the dialogs, with a printer that writes into a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.builders import Maker
from tests.gui.walk import unnamed
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.printing import printing
from wenlv_desk.gui.printing.printing import PrintDialog, ReprintDialog, issued
from wenlv_desk.gui.seat import Seat
from wenlv_desk.issuing.records import BlankUse, IssuedPaper
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.typeset.preview import page_sizes

ONTO_BLANK = "publication_duplicate"
PAGE = "licence_registration"


@pytest.fixture
def seat(kit: Kit, shell: Shell, office: Office, clerk: Clerk, qtbot: QtBot) -> Seat:
    shell.show()
    return Seat(kit, office, clerk, shell)


@pytest.fixture
def licence(office: Office, clerk: Clerk, tmp_path: Path) -> int:
    return Maker(office, clerk, tmp_path).record("publication_licence", licensee_name="青禾书店", status="有效")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """What the printer puts out."""
    return tmp_path / "printed.pdf"


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch, paper: Path) -> Callable[[str], QPrinter]:
    monkeypatch.setattr(printing, "printer_names", lambda: ("窗口一的打印机",))

    def make(_name: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFileName(str(paper))
        return made

    return make


Opener = Callable[[str], PrintDialog]


@pytest.fixture
def opened(seat: Seat, licence: int, printer: Callable[[str], QPrinter], qtbot: QtBot) -> Opener:
    """A dialog with its preview drawn."""

    def open_it(name: str) -> PrintDialog:
        registry = seat.catalogue.registry("publication_licence")
        dialog = PrintDialog(seat, seat.catalogue.papers[name], registry, [licence], {}, printer)
        dialog.open()
        qtbot.waitUntil(lambda: not dialog.view.page.pixmap().isNull(), timeout=20000)
        return dialog

    return open_it


def papers(office: Office) -> list[IssuedPaper]:
    with office.database.read() as session:
        return list(session.scalars(select(IssuedPaper).order_by(IssuedPaper.id)))


def told(seat: Seat) -> str:
    notice = seat.kit.notices.current
    return notice.text if notice is not None else ""


def save_into(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), printing.PDF))


def test_a_preview_is_shown_and_nothing_is_numbered(opened: Opener, office: Office) -> None:
    dialog = opened(PAGE)
    assert dialog.view.count == 1
    assert dialog.form.where.text().startswith("第 1 页，共 1 页")
    dialog.reject()
    assert papers(office) == []


def test_printing_gives_the_paper_its_number_and_puts_the_archived_pages_out(
    opened: Opener, office: Office, seat: Seat, paper: Path, qtbot: QtBot
) -> None:
    dialog = opened(PAGE)
    dialog.form.copies.setValue(2)
    dialog.form.purpose.setText("归档")
    assert dialog.primary is not None
    dialog.primary.click()
    qtbot.waitUntil(lambda: "送到打印机" in told(seat), timeout=20000)
    (made,) = papers(office)
    assert (made.paper_no, made.copies, made.purpose) == ("登〔2026〕1号", 2, "归档")
    assert "登〔2026〕1号已编号归档，已送到打印机“窗口一的打印机”，2 份" in told(seat)
    (size,) = page_sizes(paper.read_bytes())
    assert size == pytest.approx((210.0, 297.0), abs=0.5)


def test_a_double_click_prints_once(opened: Opener, office: Office, seat: Seat, qtbot: QtBot) -> None:
    dialog = opened(PAGE)
    assert dialog.primary is not None
    qtbot.mouseDClick(dialog.primary, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]
    dialog.accept()
    qtbot.waitUntil(lambda: "送到打印机" in told(seat), timeout=20000)
    assert len(papers(office)) == 1


@pytest.mark.qt_log_ignore("QPainter::begin", "This plugin does not support")
def test_a_printer_that_fails_leaves_the_paper_in_the_archive_and_offers_to_print_it_again(
    opened: Opener, office: Office, seat: Seat, paper: Path, qtbot: QtBot
) -> None:
    paper.mkdir()  # nothing can be written there
    dialog = opened(PAGE)
    assert dialog.primary is not None
    dialog.primary.click()
    qtbot.waitUntil(lambda: "没有打印出来" in told(seat), timeout=20000)
    (made,) = papers(office)
    notice = seat.kit.notices.current
    assert notice is not None
    assert notice.text.startswith(f"{made.paper_no}已编号归档，没有打印出来：打印机“窗口一的打印机”没有接受任务")
    assert notice.action == "重印"
    assert notice.do is not None
    notice.do()
    qtbot.waitUntil(lambda: bool(seat.window.findChildren(ReprintDialog)), timeout=20000)


def test_saving_as_pdf_gives_the_archived_bytes(
    opened: Opener, office: Office, seat: Seat, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_into(monkeypatch, tmp_path / "登记信息页")
    opened(PAGE).save.click()
    qtbot.waitUntil(lambda: "存为“登记信息页.pdf”" in told(seat), timeout=20000)
    (made,) = papers(office)
    assert (tmp_path / "登记信息页.pdf").read_bytes() == office.files.get(made.sha256)


def test_leaving_the_file_dialog_issues_nothing(
    opened: Opener, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: ("", ""))
    dialog = opened(PAGE)
    dialog.save.click()
    assert dialog.isVisible()
    assert papers(office) == []


def test_a_blank_asks_for_its_serial_number_before_anything_is_printed(
    opened: Opener, office: Office, seat: Seat, qtbot: QtBot
) -> None:
    dialog = opened(ONTO_BLANK)
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()
    assert not dialog.save.isEnabled()
    dialog.form.serial.setText("NO000123")
    assert dialog.primary.isEnabled()
    dialog.primary.click()
    qtbot.waitUntil(lambda: "送到打印机" in told(seat), timeout=20000)
    with office.database.read() as session:
        (used,) = session.scalars(select(BlankUse))
    assert (used.serial_no, used.outcome.label) == ("NO000123", "已用")


def test_the_offset_is_remembered_for_this_printer_and_this_blank(
    opened: Opener, seat: Seat, office: Office, paper: Path, qtbot: QtBot
) -> None:
    dialog = opened(ONTO_BLANK)
    dialog.form.serial.setText("NO1")
    dialog.form.right.setValue(1.5)
    dialog.form.down.setValue(-2.0)
    dialog.accept()
    qtbot.waitUntil(lambda: "送到打印机" in told(seat), timeout=20000)
    assert opened(ONTO_BLANK).offset == (1.5, -2.0)
    assert opened("publication_original").offset == (0.0, 0.0)
    (size,) = page_sizes(paper.read_bytes())
    assert size == pytest.approx((297.0, 210.0), abs=0.5)


def test_a_value_pushed_over_the_edge_is_refused_in_the_dialog_and_costs_no_number(
    opened: Opener, office: Office, qtbot: QtBot
) -> None:
    dialog = opened("publication_original")
    dialog.form.serial.setText("NO1")
    dialog.form.right.setMaximum(400)
    dialog.form.right.setValue(400)
    dialog.accept()
    qtbot.waitUntil(lambda: "超出纸张边缘" in dialog.form.said.text(), timeout=20000)
    assert dialog.isVisible()
    assert dialog.primary is not None
    assert dialog.primary.isEnabled()
    assert papers(office) == []


def test_a_calibration_sheet_needs_no_serial_and_takes_no_number(
    opened: Opener, office: Office, seat: Seat, paper: Path, qtbot: QtBot
) -> None:
    dialog = opened(ONTO_BLANK)
    dialog.form.calibration.setChecked(True)
    assert dialog.primary is not None
    assert dialog.primary.text() == "打印校准页"
    dialog.primary.click()
    qtbot.waitUntil(lambda: "校准页已送打印机" in told(seat), timeout=20000)
    assert paper.exists()
    assert papers(office) == []
    dialog.form.calibration.setChecked(False)
    assert not dialog.primary.isEnabled()


def test_an_archived_paper_is_printed_again_byte_for_byte(
    opened: Opener,
    office: Office,
    seat: Seat,
    clerk: Clerk,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save_into(monkeypatch, tmp_path / "first.pdf")
    opened(PAGE).save.click()
    qtbot.waitUntil(lambda: "存为“first.pdf”" in told(seat), timeout=20000)
    with office.desk(clerk) as desk:
        found = issued(desk, papers(office)[0].id)
    dialog = ReprintDialog(seat, found)
    dialog.open()
    save_into(monkeypatch, tmp_path / "again.pdf")
    dialog.form.purpose.setText("持证人补要一份")
    dialog.save.click()
    qtbot.waitUntil(lambda: "已存为“again.pdf”" in told(seat), timeout=20000)
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "first.pdf").read_bytes()
    assert len(papers(office)) == 1


def test_without_a_printer_a_paper_can_still_be_saved(
    seat: Seat, licence: int, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(printing, "printer_names", tuple)
    registry = seat.catalogue.registry("publication_licence")
    dialog = PrintDialog(seat, seat.catalogue.papers[PAGE], registry, [licence], {})
    dialog.open()
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()
    assert dialog.save.isEnabled()
    qtbot.waitUntil(lambda: not dialog.view.page.pixmap().isNull(), timeout=20000)


def test_zooming_in_draws_the_page_larger_and_whole_page_fits_again(opened: Opener, qtbot: QtBot) -> None:
    dialog = opened(PAGE)
    fitting = dialog.view.page.pixmap().width()
    dialog.form.larger.click()
    qtbot.waitUntil(lambda: dialog.view.page.pixmap().width() > fitting, timeout=20000)
    dialog.form.fit.click()
    qtbot.waitUntil(lambda: dialog.view.page.pixmap().width() == fitting, timeout=20000)


def test_every_control_of_the_dialog_has_a_name(opened: Opener) -> None:
    assert unnamed(opened(ONTO_BLANK)) == []
