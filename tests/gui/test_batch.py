"""Doing a selection in the window: chosen by keys, looked at, filled in once, done with progress, told record by record."""

import functools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from tests.builders import Maker, dump
from tests.complaint.operations import close
from tests.conftest import Clock
from tests.gui.walk import unnamed
from tests.throwaway import lay_complaints, open_with_complaints, with_complaints
from tests.windows import CTRL, Key, Window, opened
from wenlv_desk.gui.batch.choosing import MOVED
from wenlv_desk.gui.batch.dialog import BatchDialog
from wenlv_desk.gui.printing.loose import LooseDialog
from wenlv_desk.store.batch import STOPPED
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.typeset.verify import extract_text

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(template: Path, tmp_path: Path, clock: Clock, clerk: Clerk, qtbot: QtBot) -> Iterator[Window]:
    """The window of an office with five complaints, of which one is closed."""
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    lay_complaints(folder)
    office = open_with_complaints(folder, clock)
    maker = Maker(office, clerk, tmp_path)
    maker.perform("set_up", maker.registry("bureau_settings"), bureau_name="青屿市文化和旅游局")
    shop = maker.record("operator", operator_name="青屿书店")
    for name in ("新岸书刊社", "石岬书屋"):
        maker.record("operator", operator_name=name)
    for number in range(1, 6):
        given = {"complaint_no": f"投2026-{number}", "matter": f"噪声{number}", "received_on": "2026-11-20"}
        state = "办结" if number == 3 else "待办"
        maker.record("complaint", operator_id=shop, phone="13812348000", state=state, complainant=None, **given)
    office.close()
    with opened(qtbot, folder, clock, catalogue=with_complaints()) as made:
        made.go("投诉举报")
        yield made


def choose_all(window: Window) -> BatchDialog:
    """Ctrl+A in the list, Ctrl+B, the first verb: by keys only."""
    table = window.page.table
    table.setFocus()
    window.key(Key.Key_A, CTRL)
    assert table.chosen_count() == table.row_count()
    window.key(Key.Key_B, CTRL)
    window.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    for key in (Key.Key_Down, Key.Key_Return):
        window.key(key)
    return shown(window)


def shown(window: Window) -> BatchDialog:
    window.until(lambda: bool(window.shown(BatchDialog)))
    dialog = window.found(BatchDialog)
    assert dialog.form is not None
    window.until(lambda: dialog.form is None or not dialog.form.checking)
    return dialog


def rows(window: Window, dialog: BatchDialog) -> list[list[str]]:
    window.until(lambda: not dialog.list.table.rows.loading)
    return window.rows(dialog.list.table)


def fill(window: Window, dialog: BatchDialog, **values: str) -> None:
    assert dialog.form is not None
    window.fill(dialog.form, **values)


def states(window: Window) -> list[str]:
    window.settled()
    at = [column.title for column in window.page.table.rows.columns].index("状态")
    return [row[at] for row in sorted(window.rows())]


def test_a_selection_is_chosen_filled_in_and_done_by_keys(window: Window) -> None:
    before = states(window)
    dialog = choose_all(window)
    assert dialog.windowTitle() == "批量办理 · 答复办结"
    assert "选定 5 件投诉举报，逐件生效" in window.said(dialog)
    assert list(dialog.list.chips) == ["不办", "可办"]
    assert rows(window, dialog) == [["不办", "投2026-3", "现为“办结”，不能办“答复办结”。这是终结状态，不能再办理变动"]]
    window.click("可办 4", dialog)
    window.until(lambda: len(rows(window, dialog)) == 4)
    fill(window, dialog, answer="已责令整改")
    with window.qtbot.waitSignal(dialog.ended, timeout=20_000) as ended:
        window.key(Key.Key_Return, CTRL)
    assert len(ended.args[0].done) == 4
    assert dialog.strip.text == "办好 4 件，没有办 1 件。"
    assert list(dialog.list.chips) == ["没有办", "办好"]
    assert dialog.primary is not None
    assert dialog.primary.accessibleName() == "关闭"
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: not window.shown(BatchDialog))
    assert (before, states(window)) == (["待办", "待办", "办结", "待办", "待办"], ["办结"] * 5)
    assert window.undo().startswith("撤销“答复办结")
    assert states(window).count("待办") == 1
    assert check(window.office) == []


def test_what_is_missing_is_said_and_nothing_is_done(window: Window) -> None:
    before = dump(window.office)
    dialog = choose_all(window)
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: "红色的项目改正后才能办理：答复" in dialog.strip.text)
    assert dialog.form is not None
    assert dialog.form.form.boxes["answer"].editor.hasFocus()
    window.key(Key.Key_Escape)
    window.until(lambda: not window.shown(BatchDialog))
    assert dump(window.office) == before


def test_one_row_alone_offers_no_batch_and_a_click_takes_it_away(window: Window) -> None:
    table = window.page.table
    table.setFocus()
    window.key(Key.Key_Home)
    assert window.page.batch.isHidden()
    window.key(Key.Key_Down, SHIFT)
    assert window.page.batch.isVisible()
    assert window.page.batch.text() == "批量办理 2 件 Ctrl B ▾"
    assert window.page.batch.accessibleName() == "批量办理选定的 2 件"
    window.key(Key.Key_Down)
    assert window.page.batch.isHidden()
    assert unnamed(window.page) == []


def test_the_register_offers_what_makes_sense_for_many(window: Window) -> None:
    window.go("经营单位")
    titles = [action.text() for action in window.page.batch.menu().actions()]
    assert "经营状态变更…" in titles
    assert not {"曾用名…", "移出台账…"} & set(titles)
    window.go("许可证")
    titles = [action.text() for action in window.page.batch.menu().actions()]
    assert "注销…" in titles
    assert not {"核发…", "变更…", "移出台账…"} & set(titles)


def test_a_list_that_moved_meanwhile_is_refused_and_read_anew(window: Window, clerk: Clerk) -> None:
    window.sort("受理编号")
    window.page.table.setFocus()
    window.key(Key.Key_A, CTRL)
    given = {"complaint_no": "投2026-0", "operator_id": 1, "matter": "插队", "received_on": "2026-11-20"}
    perform(window.office, clerk, "create", "complaint", arguments=given)  # another counter: nobody told the list
    window.choose("批量办理", "答复办结", within=window.page)
    window.until(lambda: window.notice == MOVED)
    window.until(lambda: window.page.table.row_count() == 6)
    assert window.shown(BatchDialog) == []
    assert window.page.table.chosen_count() <= 1


def test_stopping_leaves_whole_records_and_lists_the_rest(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = choose_all(window)
    fill(window, dialog, answer="已责令整改")
    own = close.function

    @functools.wraps(own)
    def pressed_stop(*given: Any, **named: Any) -> None:
        assert dialog._progress is not None
        dialog._progress.stop()
        own(*given, **named)

    monkeypatch.setitem(vars(close), "function", pressed_stop)
    with window.qtbot.waitSignal(dialog.ended, timeout=20_000):
        window.key(Key.Key_Return, CTRL)
    assert dialog.strip.text == "已停止：办好 1 件，没有办 4 件。"
    assert sorted(row[2] for row in rows(window, dialog))[:3] == [STOPPED] * 3
    assert states(window).count("办结") == 2
    assert check(window.office) == []


def test_who_was_left_out_goes_to_excel(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "不办.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    dialog = choose_all(window)
    window.click("导出没有办的", dialog)
    window.until(lambda: "没有办的 1 件连同原因已导出" in window.notice)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["编号", "名称", "证号或代码", "原因"]
    assert str(sheet.cell(2, 4).value).startswith("现为“办结”")


def test_the_list_of_a_batch_sorts_where_it_stands(window: Window) -> None:
    dialog = choose_all(window)
    window.click("可办 4", dialog)
    window.until(lambda: len(rows(window, dialog)) == 4)
    table = dialog.list.table
    at = [column.name for column in table.rows.columns].index("name")
    for _ in range(2):
        table.horizontalHeader().sectionClicked.emit(at)
        window.until(lambda: not table.rows.loading)
    assert [row[1] for row in rows(window, dialog)] == ["投2026-5", "投2026-4", "投2026-2", "投2026-1"]
    assert unnamed(dialog) == []


def test_nobody_can_be_done_is_said_and_the_button_is_off(window: Window, clerk: Clerk) -> None:
    for number in (1, 2, 4, 5):
        perform(window.office, clerk, "close", "complaint", number, arguments={"answer": "已办"})
    window.page.refresh()
    window.settled()
    window.page.table.setFocus()
    window.key(Key.Key_A, CTRL)
    window.choose("批量办理", "答复办结", within=window.page)
    window.until(lambda: bool(window.shown(BatchDialog)))
    dialog = window.found(BatchDialog)
    assert "都不能办，原因见下" in window.said(dialog)
    assert dialog.form is None
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()


def test_a_paper_is_issued_to_each_one_done_and_printed_as_one_file(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.go("经营单位")
    page.table.setFocus()
    window.key(Key.Key_Home)
    for _ in range(2):
        window.key(Key.Key_Down, SHIFT)
    window.choose("批量办理", "经营状态变更", within=page)
    dialog = shown(window)
    assert "一企一档" in dialog.papers
    fill(window, dialog, operating_status="歇业", changed_on="2026-11-20", reason="电话核实")
    dialog.paper.setCurrentText("一企一档")
    with window.qtbot.waitSignal(dialog.ended, timeout=20_000):
        window.key(Key.Key_Return, CTRL)
    assert dialog.strip.text == "办好 3 家，出具文书 3 份。"
    issued = dialog.issued
    assert issued is not None
    path = tmp_path / "档案.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: bool(window.shown(LooseDialog)))
    loose = window.found(LooseDialog)
    assert loose.windowTitle() == "打印 一企一档 3 份"
    window.click("存为 PDF", loose)
    window.until(lambda: "一企一档 3 份已存为“档案.pdf”" in window.notice)
    text = "".join(extract_text(path.read_bytes()))
    assert [one.number in text for one in issued.issued] == [True] * 3
    assert check(window.office) == []
