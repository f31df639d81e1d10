"""网格划分 in the window: the tree with what stands out, past days, handing over with a preview, the proposal edited."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from tests import grids
from tests.builders import Maker
from tests.conftest import Clock
from tests.gui.gridding import (
    CLERK,
    SPRING,
    ask,
    dialog_of,
    go,
    grids_template,
    moves,
    moving,
    node,
    officers,
    page_of,
    rows,
    save,
    settled,
    window,
)
from tests.gui.walk import unnamed
from tests.windows import CTRL, Key, Window, opened
from wenlv_desk.gui.gridding.dividing import NONE_LEFT, DivideDialog
from wenlv_desk.gui.gridding.moving import NOT_SEEN, MoveDialog
from wenlv_desk.gui.pages.grids import GridsPage
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.store.tables import JournalEntry

__all__ = ["grids_template", "window"]


# what is seen


def test_the_tree_shows_who_answers_and_what_stands_out(window: Window) -> None:
    page = settled(window)
    said = [one.text() for one in window.shown(QLabel, page.asking)]
    assert [one for one in said if one != "截至"] == [
        "在网格 4 家",
        "待分配 2 家",
        "网格员 2 人",
        "超负荷 1 人",
        "巡查逾期 4 家",
    ]
    over, fit = node(window, "grid/2"), node(window, "grid/1")
    assert (over.people, over.count, over.tag, over.tone) == ("翟科长 / 单海燕", "3 家", "超负荷 3 家", "red")
    assert (fit.people, fit.count, fit.tag) == ("翟科长 / 覃志远", "1 家", "")
    assert [one.name for one in node(window, "waiting").children] == ["新书屋", "小书屋"]
    assert node(window, "section/安全生产科").tag == "1 个要调整"
    assert unnamed(page) == []
    assert page.tree.accessibleName() == "网格划分"


def test_the_ledger_beside_it_is_that_of_the_line_at_the_cursor(window: Window) -> None:
    page = go(window, "grid/2")
    found = rows(window, page.ledger.tables["ledger"])
    assert [row[:5] for row in found] == [
        ["海书屋", "WG-02", "单海燕", "翟科长", "超负荷"],
        ["云书屋", "WG-02", "单海燕", "翟科长", "超负荷"],
        ["港书屋", "WG-02", "单海燕", "翟科长", "超负荷"],
    ]
    assert {row[8] for row in found} == {"138****5678"}
    go(window, "waiting")
    found = rows(window, page.ledger.tables["ledger"])
    assert [(row[0], row[4]) for row in found] == [("新书屋", "待分配"), ("小书屋", "待分配")]
    go(window, "bureau")
    assert len(rows(window, page.ledger.tables["ledger"])) == 6


def test_a_past_day_is_marked_and_nothing_can_be_changed_on_it(window: Window) -> None:
    go(window, "grid/1")
    page = ask(window, str(SPRING))
    assert page.strip.text.startswith(f"这是 {SPRING} 的台账")
    assert [one.name for one in node(window, "grid/1").children] == ["海书屋", "山书屋"]
    assert page.asking.waiting.text() == "待分配 0 家"
    assert not page.divide.isEnabled()
    enabled = {one.accessibleName(): one.isEnabled() for one in window.shown(QPushButton, page.steps)}
    assert enabled.pop("网格卡片")
    assert not any(enabled.values())
    window.click("回到今天", page.strip)
    settled(window)
    assert page.strip.isHidden()
    assert [one.name for one in node(window, "grid/1").children] == ["山书屋"]


def test_before_the_journal_began_it_says_what_it_does_not_know(window: Window) -> None:
    page = ask(window, "2026-01-05")
    assert page.asking.waiting.text() == "待分配 —"
    assert page.asking.standing.text() == "在网格 4 家"
    assert len(rows(window, page.ledger.tables["ledger"])) == 4


@pytest.mark.parametrize(("day", "said"), [("2027-01-01", "还没有到"), ("昨天的", "“昨天的”")])
def test_a_day_that_cannot_be_shown_shows_nothing(window: Window, day: str, said: str) -> None:
    page = ask(window, day)
    assert said in page.strip.text
    assert page.tree.node is None
    assert rows(window, page.ledger.tables["ledger"]) == []
    window.click("导出", page)
    window.until(lambda: "没有可导出的台账" in window.notice)
    window.click("回到今天", page.strip)
    assert settled(window).tree.node is not None


def test_typing_into_the_tree_finds_a_firm_or_a_person(window: Window) -> None:
    page = settled(window)
    page.search.setFocus()
    window.type("云书")
    page.search.submitted.emit("云书")
    assert page.tree.node is not None
    assert page.tree.node.name == "云书屋"
    assert page.tree.hasFocus()
    assert page.tree.narrow("覃志远") == 1
    assert page.tree.narrow("没有的") == 0
    page.tree.narrow("")
    page.search.submitted.emit("没有的")
    window.until(lambda: "没有找到“没有的”" in window.notice)


# handing over


def test_a_whole_grid_is_handed_over_after_the_firms_are_listed(window: Window) -> None:
    go(window, "grid/2")
    window.key(Key.Key_F4)
    dialog: MoveDialog = dialog_of(window, MoveDialog)
    window.judged(dialog)
    window.fill(dialog, officer="覃志远")
    listed = moves(window, dialog)
    assert listed[0] == ["海书屋", "单海燕，网格长 翟科长（WG-02）", "覃志远，网格长 翟科长（WG-02）"]
    assert len(listed) == 3
    assert dialog.said.text().startswith("从 2026-11-23 起，3 家企业的责任人变化")
    assert rows(window, dialog.loads) == [["覃志远", "1", "4", "超负荷"], ["单海燕", "3", "0", "无企业"]]
    assert unnamed(dialog) == []
    assert officers(window, date(2026, 11, 23))[1] == 3  # nothing is written by looking
    window.fill(dialog, reason="人员调岗")
    save(window, dialog)
    assert officers(window, date(2026, 11, 23)) == {1: 2, 2: 2, 3: 2, 4: 2}
    assert officers(window, date(2026, 11, 22))[1] == 3
    assert node(window, "grid/2").people == "翟科长 / 覃志远"
    window.undo()
    settled(window)
    assert node(window, "grid/2").people == "翟科长 / 单海燕"


def test_everything_an_officer_holds_goes_to_his_successor(window: Window) -> None:
    go(window, "grid/2")
    dialog = moving(window, "单海燕离岗交接")
    window.fill(dialog, successor="覃志远", reason="退休", valid_from="2026-12-01")
    assert [row[0] for row in moves(window, dialog)] == ["海书屋", "云书屋", "港书屋"]
    assert dialog.said.text().startswith("从 2026-12-01 起")
    save(window, dialog)
    assert set(officers(window, date(2026, 12, 1)).values()) == {2}
    assert officers(window, date(2026, 11, 30))[1] == 3


def test_a_head_who_leaves_changes_no_load(window: Window) -> None:
    go(window, "grid/1")
    dialog = moving(window, "翟科长离岗交接")
    window.fill(dialog, successor="单海燕", reason="退休")
    assert len(moves(window, dialog)) == 4
    assert rows(window, dialog.loads) == []


def test_one_firm_goes_into_another_grid(window: Window) -> None:
    go(window, "firm/1")
    dialog = moving(window, "归入别的网格")
    window.fill(dialog, grid="WG-01")
    assert moves(window, dialog) == [["海书屋", "单海燕，网格长 翟科长（WG-02）", "覃志远，网格长 翟科长（WG-01）"]]
    save(window, dialog)
    assert node(window, "grid/2").tag == ""


def test_what_would_be_refused_is_said_where_the_change_would_stand(window: Window) -> None:
    go(window, "firm/1")
    dialog = moving(window, "归入别的网格")
    window.fill(dialog, grid="WG-02", valid_from="2026-03-05")
    assert moves(window, dialog) == []
    assert "插进去会改变以前的责任人" in dialog.said.text()
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: "插进去会改变以前的责任人" in dialog.strip.text)
    assert officers(window, date(2026, 11, 23))[1] == 3


def test_nothing_is_done_that_was_not_shown(window: Window) -> None:
    go(window, "firm/1")
    dialog = moving(window, "归入别的网格")
    window.fill(dialog, grid="WG-01")
    dialog.form.boxes["valid_from"].editor.put("2026-12-05")
    dialog.accept()
    window.until(lambda: dialog.strip.text == NOT_SEEN)
    window.judged(dialog)
    assert dialog.said.text().startswith("从 2026-12-05 起")
    save(window, dialog)
    assert officers(window, date(2026, 12, 5))[1] == 2


def test_a_grid_without_firms_tells_whose_post_changes(window: Window) -> None:
    maker = Maker(window.office, CLERK, window.office.folder)
    grids.grid(maker, posted=False, grid_code="WG-03", grid_name="第3网格", section=None, grid_kind="普通网格")
    page_of(window).read()
    go(window, "grid/3")
    assert node(window, "grid/3").tag == "缺网格员"
    dialog = moving(window, "安排人员")
    window.fill(dialog, officer="覃志远")
    assert moves(window, dialog) == [["WG-03", "（待安排）", "覃志远"]]
    save(window, dialog)
    assert node(window, "grid/3").tag == "无企业"


# the proposal


def test_the_proposal_is_changed_and_accepted(window: Window) -> None:
    page = settled(window)
    go(window, "waiting")
    window.key(Key.Key_F4)
    dialog: DivideDialog = dialog_of(window, DivideDialog)
    proposed = rows(window, dialog.firms)
    assert [row[0] for row in proposed] == ["新书屋", "小书屋"]
    assert {row[3] for row in proposed} <= {"WG-01 第1网格", "WG-02 第2网格"}
    assert unnamed(dialog) == []
    window.until(lambda: dialog.firms.current_id is not None)
    window.key(Key.Key_Return)
    assert dialog.grid.hasFocus() or dialog.grid.lineEdit().hasFocus()  # type: ignore[union-attr]
    dialog.grid.put("2")
    window.click("改归", dialog)
    window.until(lambda: rows(window, dialog.firms)[0][3] == "WG-02 第2网格")
    assert ["单海燕", "3", "4", "超负荷"] in rows(window, dialog.loads)
    assert "1 人超负荷（超过 2 家）" in dialog.said.text()
    window.type("青文旅〔2026〕9号", dialog.document)
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: not window.shown(DivideDialog))
    settled(window)
    assert page.asking.waiting.text() == "待分配 0 家"
    assert officers(window, date(2026, 11, 23))[5] == 3
    window.undo()
    settled(window)
    assert page.asking.waiting.text() == "待分配 2 家"


def test_a_firm_is_left_out_and_a_wrong_day_is_said_in_the_dialog(window: Window) -> None:
    window.click("划分建议", page_of(window))
    dialog: DivideDialog = dialog_of(window, DivideDialog)
    rows(window, dialog.firms)
    window.until(lambda: dialog.firms.current_id is not None)
    dialog.grid.put("0")
    window.click("改归", dialog)
    window.until(lambda: rows(window, dialog.firms)[0][5] == "不归入")
    assert dialog.primary is not None
    assert dialog.primary.text().startswith("照此划分 1 家")
    dialog.day.put("下个月")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: "下个月" in dialog.strip.text)
    dialog.day.put("")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: not window.shown(DivideDialog))
    settled(window)
    assert [one.name for one in node(window, "waiting").children] == ["新书屋"]
    window.click("划分建议", page_of(window))
    dialog = dialog_of(window, DivideDialog)
    assert len(rows(window, dialog.firms)) == 1


def test_where_every_firm_has_its_grid_there_is_nothing_to_propose(window: Window) -> None:
    maker = Maker(window.office, CLERK, window.office.folder)
    for firm in (5, 6):
        grids.put(maker, firm, 1)
    window.click("划分建议", page_of(window))
    dialog: DivideDialog = dialog_of(window, DivideDialog)
    assert rows(window, dialog.firms) == []
    assert dialog.said.text() == NONE_LEFT
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()


# beside


def test_an_empty_bureau_is_told_what_to_do_next(template: Path, tmp_path: Path, clock: Clock, qtbot: QtBot) -> None:
    shutil.copytree(template, tmp_path / "data")
    with opened(qtbot, tmp_path / "data", clock) as window:
        for one in window.shown(Dialog):
            one.reject()
        window.click("网格", window.shell.rail)
        page = settled(window)
        assert "还没有网格" in window.said(page.ledger.tables["ledger"].empty)


def test_what_is_done_elsewhere_shows_and_the_place_is_kept(window: Window) -> None:
    page = go(window, "firm/1")
    maker = Maker(window.office, CLERK, window.office.folder)
    grids.put(maker, 5, 2, date(2026, 11, 1))
    with window.office.database.read() as session:
        before = session.scalar(select(func.count()).select_from(JournalEntry))
    page.read()
    settled(window)
    assert page.tree.node is not None
    assert page.tree.node.key == "firm/1"
    assert node(window, "grid/2").count == "4 家"
    with window.office.database.read() as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == before


def test_the_registers_stand_beside_it_and_the_last_one_is_remembered(window: Window) -> None:
    window.click("包保记录", page_of(window))
    assert window.settled().registry.name == "grid_assignment"
    window.click("经营单位", window.shell.rail)
    window.click("网格", window.shell.rail)
    assert window.settled().registry.name == "grid_assignment"
    window.click("网格划分", window.page)
    assert isinstance(page_of(window), GridsPage)


def test_keys_lead_from_the_chips_to_the_tree(window: Window) -> None:
    page = settled(window)
    assert not page.findChildren(QAction) or page.tree.focusPolicy()
    page.asking.day.setFocus()
    for _ in range(12):
        window.key(Key.Key_Tab)
        if page.tree.hasFocus():
            break
    assert page.tree.hasFocus()
