"""统计 in the window: counted today and on a past day, narrowed and split, the rows behind a figure one key away."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.builders import Maker
from tests.conftest import Clock
from tests.gui.walk import unnamed
from tests.throwaway import lay_complaints, open_with_complaints, with_complaints
from tests.windows import Key, Window, opened
from wenlv_desk.gui.figures.behind import BehindDialog
from wenlv_desk.gui.figures.sheet import FigureSheet
from wenlv_desk.gui.frame.rail import RailButton
from wenlv_desk.gui.pages.figures import FiguresPage
from wenlv_desk.gui.printing.loose import LooseDialog
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.typeset.verify import extract_text


@pytest.fixture
def window(template: Path, tmp_path: Path, clock: Clock, clerk: Clerk, qtbot: QtBot) -> Iterator[Window]:
    """Three complaints of Monday, one of them answered on Tuesday; it is Wednesday, and the page of figures is open."""
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    lay_complaints(folder)
    office = open_with_complaints(folder, clock)
    maker = Maker(office, clerk, tmp_path)
    maker.perform("set_up", maker.registry("bureau_settings"), bureau_name="青屿市文化和旅游局")
    shops = [maker.record("operator", operator_name=name) for name in ("青屿书店", "新岸书刊社")]
    for number, shop in enumerate((shops[0], shops[0], shops[1]), 1):
        given = {"complaint_no": f"投2026-{number}", "received_on": "2026-11-20", "phone": "13812348000"}
        maker.record("complaint", operator_id=shop, **given)
    clock.now = datetime(2026, 11, 24, 10, 0)
    maker.perform("close", maker.registry("complaint"), 1, answer="已责令整改")
    office.close()
    clock.now = datetime(2026, 11, 25, 9, 0)
    with opened(qtbot, folder, clock, catalogue=with_complaints()) as made:
        made.click("统计", made.shell.rail)
        made.click("投诉", made.found(FiguresPage))
        counted(made)
        yield made


def sheet(window: Window) -> FigureSheet:
    return window.found(FiguresPage).current


def counted(window: Window) -> list[list[str]]:
    """The figures as they stand once they have been counted."""
    found = sheet(window)
    window.until(lambda: not found.counting and not found.table.rows.loading)
    return window.rows(found.table)


def ask(window: Window, day: str) -> list[list[str]]:
    window.put(sheet(window).asking.day, day)
    return counted(window)


def values(rows: list[list[str]]) -> list[str]:
    return [row[-2] for row in rows]


def test_figures_stand_beside_their_definitions(window: Window) -> None:
    assert counted(window) == [
        ["收到", "3 件", "在这个范围里收到的投诉"],
        ["办结率", "33.33 %  1/3", "办结的投诉 ÷ 收到的投诉"],
        ["待办天数", "5 天", "还没有办结的投诉从收到到统计日的天数，取中位数"],
    ]
    assert sheet(window).said.text() == "截至 2026-11-25，共 3 件"
    titles = [one.page.title for one in window.shown(RailButton)]
    assert titles.index("统计") < titles.index("文书档案")
    assert unnamed(window.found(FiguresPage)) == []


def test_a_past_day_shows_what_stood_then(window: Window) -> None:
    assert values(ask(window, "2026-11-23")) == ["3 件", "0.00 %  0/3", "3 天"]
    assert sheet(window).said.text() == "截至 2026-11-23，共 3 件（那天结束时的样子）"
    assert values(ask(window, "")) == ["3 件", "33.33 %  1/3", "5 天"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-12-01", "2026-12-01 还没有到（今天是 2026-11-25）"),
        ("2020-01-01", "流水从 2026-11-23 开始"),
        ("昨天的", "“昨天的”"),
    ],
)
def test_a_day_that_cannot_be_counted_is_said(window: Window, day: str, said: str) -> None:
    assert ask(window, day) == []
    assert said in sheet(window).strip.text
    assert sheet(window).panel.isHidden()
    window.click("导出 Excel", window.found(FiguresPage))
    window.until(lambda: "没有可导出的统计" in window.notice)


def test_figures_are_narrowed_and_split(window: Window) -> None:
    asking = sheet(window).asking
    asking.combos["operator_id"].setCurrentText("青屿书店")
    assert values(counted(window)) == ["2 件", "50.00 %  1/2", "5 天"]
    asking.combos["operator_id"].setCurrentIndex(0)
    asking.group.setCurrentText("状态")
    rows = counted(window)
    assert [row[:3] for row in rows[3:5]] == [["待办", "收到", "2 件"], ["待办", "办结率", "0.00 %  0/2"]]
    assert len(rows) == 9
    asking.group.setCurrentIndex(0)
    assert len(counted(window)[0]) == 3


def test_enter_opens_the_list_of_the_rows_behind_a_figure(window: Window) -> None:
    table = sheet(window).table
    table.setFocus()
    window.key(Key.Key_Down)
    window.until(lambda: sheet(window).panel.part.text() == "看计入的 1 件")
    assert "办结的投诉 ÷ 收到的投诉。" in window.said(sheet(window).panel)
    window.key(Key.Key_Return)
    page = window.settled()
    assert window.names() == ["投2026-1"]
    assert page.filters.only.text() == "只看：办结率 ×"
    window.click("只看：办结率", page)
    window.settled()
    assert sorted(window.names()) == ["投2026-1", "投2026-2", "投2026-3"]


def test_the_whole_of_a_ratio_is_a_button_away_and_a_click_on_the_value_opens(window: Window) -> None:
    table = sheet(window).table
    place = table.visualRect(table.rows.index(1, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    window.settled()
    assert window.names() == ["投2026-1"]
    window.click("统计", window.shell.rail)
    window.click("看总数的 3 件", sheet(window).panel)
    page = window.settled()
    assert len(window.names()) == 3
    assert page.filters.only.text() == "只看：办结率（总数） ×"


def test_the_rows_of_a_past_day_are_listed_as_they_stood(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(window, "2026-11-23")
    sheet(window).table.setFocus()
    window.key(Key.Key_Home)
    window.key(Key.Key_Return)
    window.until(lambda: bool(window.shown(BehindDialog)))
    dialog = window.found(BehindDialog)
    window.until(lambda: not dialog.table.rows.loading)
    assert dialog.windowTitle() == "收到 · 3 件 · 2026-11-23 的样子"
    assert {row[4] for row in window.rows(dialog.table)} == {"待办"}
    assert {row[5] for row in window.rows(dialog.table)} == {"138****8000"}
    assert unnamed(dialog) == []
    path = tmp_path / "那天.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    window.click("导出 Excel", dialog)
    window.until(lambda: "已导出 3 件到“那天.xlsx”" in window.notice)
    assert [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][2]][1] == "投2026-1"
    window.key(Key.Key_Home)
    window.key(Key.Key_Return)
    window.until(lambda: not window.shown(BehindDialog))
    window.settled()
    assert window.card.dossier is not None
    assert window.card.dossier.focus.state == "办结"


def test_figures_are_exported_and_printed(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "统计.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    window.click("导出 Excel", window.found(FiguresPage))
    window.until(lambda: "统计已导出到“统计.xlsx”" in window.notice)
    assert openpyxl.load_workbook(path)["统计"]["B3"].value == "33.33 %  1/3"
    window.click("打印", window.found(FiguresPage))
    window.until(lambda: bool(window.shown(LooseDialog)))
    path = tmp_path / "统计.pdf"
    window.click("存为 PDF", window.found(LooseDialog))
    window.until(lambda: "投诉统计表已存为“统计.pdf”" in window.notice)
    assert "33.33 %" in extract_text(path.read_bytes())[0]


def test_what_is_done_elsewhere_is_counted_at_once_and_the_cursor_stays(window: Window, clerk: Clerk) -> None:
    found = sheet(window)
    found.table.setFocus()
    window.key(Key.Key_End)
    window.until(lambda: found.table.current_id == 2)
    window.desktop.seat.perform(window.shell, "close", found.registry, 2, arguments={"answer": "已办"})
    window.until(lambda: counted(window)[1][1] == "66.67 %  2/3")
    assert found.table.current_id == 2
    perform(window.office, clerk, "close", "complaint", 3, arguments={"answer": "已办"})
    found.count()
    assert values(counted(window)) == ["3 件", "100.00 %  3/3", "—"]


def test_a_scope_without_rows_says_so(window: Window) -> None:
    asking = sheet(window).asking
    asking.combos["operator_id"].setCurrentText("新岸书刊社")
    asking.combos["state"].setCurrentText("办结")
    assert counted(window) == []
    assert sheet(window).table.empty.isVisible()
    assert "这个范围里还没有记录" in window.said(sheet(window).table.empty)
