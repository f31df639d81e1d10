"""What leaves the page 网格划分: a firm's day on the screen and as PDF, the ledger of a past day, overdue visits."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from tests.gui.gridding import (
    PHONE,
    SPRING,
    answer,
    ask,
    dialog_of,
    go,
    grids_template,
    moves,
    page_of,
    rows,
    settled,
    window,
)
from tests.gui.walk import unnamed
from tests.windows import CTRL, Key, Window
from wenlv_desk.gui.gridding.firmday import DayDialog
from wenlv_desk.gui.gridding.ledger import LATE
from wenlv_desk.gui.gridding.moving import MoveDialog
from wenlv_desk.gui.printing.loose import LooseDialog
from wenlv_desk.store.tables import JournalEntry
from wenlv_desk.typeset.verify import extract_text

__all__ = ["grids_template", "window"]


# a firm's day


def test_a_firms_day_is_shown_for_any_day_and_saved(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(window, "firm/1")
    window.key(Key.Key_Return)
    dialog: DayDialog = dialog_of(window, DayDialog)
    assert "网格员 单海燕，网格长 翟科长；网格 WG-02 第2网格；自 2026-07-01 起" in window.said(dialog)
    assert unnamed(dialog) == []
    window.put(dialog.day, str(SPRING))
    window.until(lambda: not dialog.pending)
    assert "网格员 覃志远" in window.said(dialog)
    path = tmp_path / "那天"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: "已存为“那天.pdf”" in window.notice)
    (text,) = extract_text(path.with_suffix(".pdf").read_bytes())
    assert "覃志远" in text
    assert "2026年3月2日" in text
    assert "11月23日" not in text.split("打印")[0]
    window.click("打印", dialog)
    assert "某日情况（2026-03-02）" in dialog_of(window, LooseDialog).windowTitle()


def test_a_day_that_is_none_is_said_and_cannot_be_saved(window: Window) -> None:
    go(window, "firm/1")
    window.click("某日情况", page_of(window).steps)
    dialog: DayDialog = dialog_of(window, DayDialog)
    window.put(dialog.day, "2027-01-01")
    window.until(lambda: not dialog.pending)
    assert "还没有到" in dialog.strip.text
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()
    window.put(dialog.day, "2026-11-23")
    window.until(lambda: not dialog.pending)
    assert not dialog.following.isEnabled()
    window.click("前一天", dialog)
    window.until(lambda: not dialog.pending)
    assert dialog.day.text() == "2026-11-22"


def test_the_card_of_a_firm_leads_to_its_day(window: Window) -> None:
    window.go("经营单位")
    window.select("海书屋")
    window.choose("其他操作", "某日情况", within=window.card)
    dialog: DayDialog = dialog_of(window, DayDialog)
    assert dialog.windowTitle() == "某日情况 · 海书屋"


def test_the_steps_of_the_card_show_what_they_change_too(window: Window) -> None:
    window.go("经营单位")
    window.select("海书屋")
    window.verb("归入网格")
    dialog: MoveDialog = dialog_of(window, MoveDialog)
    window.fill(dialog, grid="WG-01")
    assert len(moves(window, dialog)) == 1


# overdue visits, out of the window


def test_overdue_visits_are_those_of_the_line_at_the_cursor(window: Window) -> None:
    page = go(window, "grid/1")
    window.click("巡查逾期", page.ledger)
    found = rows(window, page.ledger.tables[LATE])
    assert [(row[0], row[1], row[4]) for row in found] == [("覃志远", "山书屋", "从未")]
    assert found[0][2].endswith("天")


def test_the_ledger_of_a_past_day_is_exported_for_a_reason(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ask(window, str(SPRING))
    path = tmp_path / "台账.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    window.click("导出", page)
    answer(window, "上级检查")
    window.until(lambda: "网格划分台账（2026-03-02）已存为“台账.xlsx”，共 4 行" in window.notice)
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]  # type: ignore[union-attr]
    assert "2026-03-02" in str(cells[0][0])
    assert any("海书屋" in row and "覃志远" in row and PHONE in row for row in cells)
    with window.office.database.read() as session:
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert last is not None
        assert "上级检查" in (last.reason or "")


def test_the_ledger_is_printed_as_of_its_day(window: Window) -> None:
    page = ask(window, str(SPRING))
    window.key(Key.Key_P, CTRL)
    answer(window, "会议")
    dialog: LooseDialog = dialog_of(window, LooseDialog)
    text = extract_text(dialog.pdf)[0]
    assert "网格划分台账（2026-03-02）" in text
    assert "2026年3月2日" in text
    assert page.view is not None


def test_overdue_visits_are_exported_without_a_reason(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = settled(window)
    page.ledger.open(LATE)
    path = tmp_path / "逾期.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    window.click("导出", page)
    window.until(lambda: "巡查逾期名单（2026-11-23）已存为“逾期.csv”，共 4 行" in window.notice)
    assert "山书屋" in path.read_text(encoding="utf-8-sig")
