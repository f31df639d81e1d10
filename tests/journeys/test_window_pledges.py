"""Journey: a batch of pledges in the window — who gets one, given out, printed, the signed sheets dropped in, the rate as of today."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from tests.gui.pledging import DPI, drop, sheets_of
from tests.windows import CTRL, WINDOW, Key, Window
from wenlv_desk.gui.listing.exporting import PAPER
from wenlv_desk.gui.pages.scan_filing import ScanFilingPage
from wenlv_desk.gui.pledging.coverage import CoveragePage
from wenlv_desk.gui.pledging.drawing_up import DrawUpDialog
from wenlv_desk.gui.pledging.printing import BatchDialog
from wenlv_desk.store.check import check

pytestmark = WINDOW
KIND = "党风廉政责任状"


def list_of(window: Window, register: str) -> None:
    window.desktop.show_list(register, "")
    window.until(lambda: window.page.registry.name == register)
    window.settled()


def dialog_of(window: Window, kind: type[QWidget]) -> Any:
    window.until(lambda: bool(window.shown(kind)))
    return window.found(kind)


def test_a_batch_from_its_kind_to_the_signed_sheets(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_of(window, "pledge_kind")
    window.select(KIND)
    window.click("拟定一批", window.card)
    drawing = dialog_of(window, DrawUpDialog)
    window.judged(drawing)
    window.until(lambda: not drawing.table.rows.loading)
    with window.qtbot.waitSignal(drawing.performed):
        window.key(Key.Key_Return, CTRL)
    window.until(lambda: window.page.registry.name == "pledge_batch")
    window.settled()
    window.select(f"2026年度{KIND}")

    window.click("整批下发", window.card)
    window.until(lambda: window.card.dossier is not None and window.card.dossier.focus.state == "已下发")
    window.settled()
    window.click("打印整批", window.card)
    printing = dialog_of(window, BatchDialog)
    printed = tmp_path / "整批.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(printed), PAPER))
    window.key(Key.Key_Return, CTRL)
    window.until(printing.opening.isVisible)
    printing.reject()

    sheets = sheets_of(printed)
    number = min(key[0] for key in sheets)
    signed = [one.rotate(180) for key, one in sorted(sheets.items()) if key[:2] == (number, 1)]
    signed[0].save(tmp_path / "扫描.pdf", save_all=True, append_images=signed[1:], resolution=DPI)
    list_of(window, "pledge")
    window.click("归档扫描件", window.page)
    filing = window.found(ScanFilingPage)
    drop(filing, tmp_path / "扫描.pdf")
    window.until(lambda: not filing.busy and filing.result is not None and filing.result.view is not None)
    window.until(lambda: filing.result is not None and not filing.result.pending)
    assert "签订完成 1 份" in window.said(filing)

    list_of(window, "pledge_kind")
    window.select(KIND)
    window.click("签订情况", window.card)
    coverage = dialog_of(window, CoveragePage)
    window.until(lambda: not coverage.pending and not any(one.rows.loading for one in (coverage.by, coverage.list)))
    assert coverage.signed.text() == "已签 1"
    assert check(window.office) == []
