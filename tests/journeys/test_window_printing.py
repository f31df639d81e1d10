"""Journey 3 in the window: a page is previewed, printed, numbered and archived; printed again from the archive; overprinted; listed."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from tests.windows import WINDOW, Window
from wenlv_desk.gui.printing import printers, printing
from wenlv_desk.gui.printing.printing import PaperDialog, PrintDialog, ReprintDialog
from wenlv_desk.issuing.issue import archived
from wenlv_desk.issuing.records import IssuedPaper
from wenlv_desk.typeset.preview import page_sizes
from wenlv_desk.typeset.verify import extract_text

pytestmark = WINDOW
PRINTER = "窗口一的打印机"
D = TypeVar("D", bound=PaperDialog)


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the printer puts its paper out: a printer that writes into a file."""
    out = tmp_path / "printed.pdf"

    class IntoFile(QPrinter):
        def setPrinterName(self, name: str) -> None:  # noqa: N802 - Qt's name
            assert name == PRINTER
            self.setOutputFileName(str(out))

    monkeypatch.setattr(printers, "QPrinter", IntoFile)
    monkeypatch.setattr(printing, "printer_names", lambda: (PRINTER,))
    return out


def licence_of(window: Window, firm: str) -> None:
    """Stand on a firm's publication licence."""
    window.go("许可证")
    window.click("出版物经营许可证", window.page)
    window.settled()
    window.search(firm)
    window.select(firm)


def previewed(window: Window, kind: type[D]) -> D:
    window.until(lambda: bool(window.shown(kind)))
    dialog = window.found(kind)
    window.until(lambda: not dialog.view.page.pixmap().isNull())
    return dialog


def papers(window: Window) -> list[IssuedPaper]:
    """Those of the test; the demonstration bureau comes with some about its reviews and inspections."""
    mine = IssuedPaper.register.in_(("operator", "publication_licence"))
    with window.office.database.read() as session:
        return list(session.scalars(select(IssuedPaper).where(mine).order_by(IssuedPaper.id)))


def archive(window: Window, paper_id: int) -> bytes:
    with window.office.desk(window.desktop.seat.clerk) as desk:
        return archived(desk, paper_id)


def text_of(pdf: bytes) -> str:
    return "\n".join(extract_text(pdf))


def test_a_registration_page_is_printed_archived_and_printed_again(
    window: Window, tray: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    licence_of(window, "山海书局")
    window.choose("打印", "登记信息页", within=window.card)
    dialog = previewed(window, PrintDialog)
    assert papers(window) == []
    window.put(dialog.form.purpose, "归档")
    window.click("打印", dialog)
    window.until(lambda: "已送到打印机" in window.notice)
    (made,) = papers(window)
    assert (made.paper_no, made.purpose, made.issued_by) == ("青文旅登〔2026〕1号", "归档", "林晓")
    assert page_sizes(tray.read_bytes())[0] == pytest.approx((210.0, 297.0), abs=0.5)
    pdf = archive(window, made.id)
    assert "山海书局" in text_of(pdf)

    window.settled()
    window.click("文书 2", window.card)
    window.click("登记信息页 青文旅登〔2026〕1号", window.card)
    window.until(lambda: window.page.registry.name == "issued_paper")
    window.settled()
    window.click("重印", window.card)
    again = previewed(window, ReprintDialog)
    out = tmp_path / "重印.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(out), printing.PDF))
    window.click("存为 PDF", again)
    window.until(lambda: "重印.pdf" in window.notice)
    assert out.read_bytes() == pdf

    void = window.verb("作废")
    window.fill(void, why="名称有误")
    window.save(void)
    window.until(lambda: "作废" in window.said(window.card))
    assert [paper.paper_no for paper in papers(window)] == ["青文旅登〔2026〕1号"]


def test_a_blank_is_overprinted_with_its_serial_number_once(window: Window, tray: Path) -> None:
    licence_of(window, "山海书局")
    window.choose("打印", "出版物经营许可证正本", within=window.card)
    dialog = previewed(window, PrintDialog)
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()
    window.put(dialog.form.serial, "A0001")
    window.press(dialog.primary)
    window.until(lambda: "已送到打印机" in window.notice)
    assert [paper.paper_no for paper in papers(window)] == ["青文旅证〔2026〕1号"]

    window.settled()
    window.choose("打印", "出版物经营许可证正本", within=window.card)
    second = previewed(window, PrintDialog)
    window.put(second.form.serial, "A0001")
    window.click("打印", second)
    window.until(lambda: "A0001" in second.form.said.text())
    window.click("只看不印", second)
    assert len(papers(window)) == 1


def test_the_list_as_filtered_is_printed_as_a_roster(window: Window, tray: Path) -> None:
    page = window.go("经营单位")
    window.tick(page.filters.chips["categories"], "A级旅游景区")
    window.settled()
    window.click("打印名册", page)
    dialog = previewed(window, PrintDialog)
    window.click("打印", dialog)
    window.until(lambda: "已送到打印机" in window.notice)
    (made,) = papers(window)
    text = text_of(archive(window, made.id))
    assert "共 5 家" in text
    assert all(name in text for name in window.names())
    assert page_sizes(tray.read_bytes())[0] == pytest.approx((297.0, 210.0), abs=0.5)
