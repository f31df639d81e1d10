"""Batches of pledges in the window: who would get one, the whole batch as a file, how far the signing has come."""

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from tests.gui.pledging import FIRMS, PHONE, Pledging, desk, dialog_of, pledges_template
from tests.gui.walk import unnamed
from tests.windows import CTRL, Key
from wenlv_desk.gui.importing.asking import AskText
from wenlv_desk.gui.pledging.coverage import CoveragePage
from wenlv_desk.gui.pledging.drawing_up import CANNOT, WANTED, DrawUpDialog
from wenlv_desk.gui.pledging.printing import BatchDialog
from wenlv_desk.registries.pledge.records import PledgeBatch
from wenlv_desk.registries.pledge.vocabulary import PledgeState
from wenlv_desk.typeset.verify import extract_text

__all__ = ["desk", "pledges_template"]


def draw_up(desk: Pledging) -> DrawUpDialog:
    desk.go("pledge_kind")
    desk.window.click("拟定一批", desk.window.card)
    dialog: DrawUpDialog = dialog_of(desk.window, DrawUpDialog)
    desk.window.judged(dialog)
    desk.window.until(lambda: not dialog.table.rows.loading)
    return dialog


def test_who_would_get_a_pledge_is_shown_before_it_is_drawn_up(desk: Pledging) -> None:
    window, dialog = desk.window, draw_up(desk)
    rows = window.rows(dialog.table)
    assert [(row[0], row[1]) for row in rows] == [("无人书屋", CANNOT)]
    assert "没有负责人" in rows[0][4] or "没有甲方签字人" in rows[0][4]
    assert [one.text() for one in dialog.chips.values()] == ["全部 4", "拟签 0", "已有 3", "不能签 1"]
    assert unnamed(dialog) == []
    window.click("已有", dialog)
    window.until(lambda: len(window.rows(dialog.table)) == 3)
    window.fill(dialog, year="2027")
    window.click("拟签", dialog)
    window.until(lambda: [row[1] for row in window.rows(dialog.table)] == [WANTED] * 3)
    assert "2027-01-01 至 2027-12-31" in dialog.said.text()
    window.judged(dialog)
    with window.qtbot.waitSignal(dialog.performed):
        window.key(Key.Key_Return, CTRL)
    window.until(lambda: window.page.registry.name == "pledge_batch")
    with window.office.database.read() as session:
        assert session.scalars(select(PledgeBatch.pledge_year)).all() == [2026, 2027]
    window.settled()


def test_a_year_that_is_none_has_no_list(desk: Pledging) -> None:
    dialog = draw_up(desk)
    desk.window.fill(dialog, year="26")
    assert "年度" in dialog.said.text()
    desk.window.until(lambda: desk.window.rows(dialog.table) == [])


def test_a_whole_batch_is_written_and_opened(desk: Pledging, monkeypatch: pytest.MonkeyPatch) -> None:
    window = desk.window
    desk.go("pledge_batch")
    window.click("打印整批", window.card)
    dialog: BatchDialog = dialog_of(window, BatchDialog)
    assert "3 份" in window.said(dialog)
    path = desk.folder / "印 出.pdf"
    opened: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    window.key(Key.Key_Return, CTRL)
    window.until(dialog.opening.isVisible)
    assert f"共 {len(extract_text(path.read_bytes()))} 面" in dialog.strip.text
    assert dialog.opening.hasFocus()
    window.key(Key.Key_Return)
    assert opened == [str(path)]
    assert unnamed(dialog) == []


def test_stopped_it_leaves_no_file(desk: Pledging, monkeypatch: pytest.MonkeyPatch) -> None:
    window = desk.window
    desk.go("pledge_batch")
    window.click("打印整批", window.card)
    dialog: BatchDialog = dialog_of(window, BatchDialog)
    path = desk.folder / "停.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    dialog.accept()
    dialog.stop_it()
    window.until(lambda: dialog.job is None)
    assert "已停止" in dialog.strip.text
    assert not path.exists()


def test_a_batch_that_was_not_given_out_says_what_comes_first(desk: Pledging) -> None:
    window, dialog = desk.window, draw_up(desk)
    window.fill(dialog, year="2027")
    with window.qtbot.waitSignal(dialog.performed):
        window.key(Key.Key_Return, CTRL)
    window.until(lambda: window.page.registry.name == "pledge_batch")
    window.settled()
    window.click("打印整批", window.card)
    batch: BatchDialog = dialog_of(window, BatchDialog)
    assert "整批下发" in batch.strip.text
    assert batch.primary is not None
    assert not batch.primary.isEnabled()


def coverage(desk: Pledging) -> CoveragePage:
    desk.go("pledge_kind")
    desk.window.click("签订情况", desk.window.card)
    desk.window.until(lambda: bool(desk.window.shown(CoveragePage)))
    page = desk.window.found(CoveragePage)
    settled(desk, page)
    return page


def settled(desk: Pledging, page: CoveragePage) -> None:
    desk.window.until(lambda: not page.pending and not any(one.rows.loading for one in (page.by, page.list)))


def test_how_far_the_signing_has_come_by_leader_grid_and_day(desk: Pledging) -> None:
    page, window = coverage(desk), desk.window
    assert window.rows(page.by)[0] == ["合计", "全部", "4", "0", "4", "0.00 %"]
    assert {row[0] for row in window.rows(page.list)} == {*FIRMS, "无人书屋"}
    assert all(PHONE not in row[3] for row in window.rows(page.list))
    assert unnamed(page) == []
    page.by.setFocus()
    window.until(lambda: page.by.current_id is not None)
    window.key(Key.Key_Down)
    window.until(lambda: page.narrowed[0] != "合计")
    window.until(lambda: len(window.rows(page.list)) < 4)
    window.put(page.day, "2027-06-01")
    settled(desk, page)
    assert "还没有到" in page.strip.text
    window.click("回到今天", page)
    settled(desk, page)
    assert len(window.rows(page.by)) > 1


def test_a_signed_pledge_counts_at_once_and_enter_leads_to_what_is_open(desk: Pledging) -> None:
    filing = desk.open()
    desk.hand_in(filing, desk.scan(desk.copy(0)))
    assert desk.pledges()[0].status is PledgeState.EFFECTIVE
    page = coverage(desk)
    assert page.signed.text() == "已签 1"
    assert page.rate.text() == "签订率 25.00 %"
    page.list.setFocus()
    desk.window.until(lambda: page.list.current_id is not None)
    desk.window.key(Key.Key_Return)
    desk.window.until(lambda: not desk.window.shown(CoveragePage))
    assert desk.window.page.registry.name in ("pledge", "operator")
    desk.window.settled()


def test_who_has_not_signed_is_exported_with_phones_for_a_reason(
    desk: Pledging, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, window = coverage(desk), desk.window
    path = desk.folder / "未签.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), "CSV 文本 (*.csv)"))
    window.click("导出未签名单", page)
    asked: AskText = dialog_of(window, AskText)
    window.type("催签", asked.edit)
    window.key(Key.Key_Return, CTRL)
    window.until(path.exists)
    window.until(lambda: "已存为" in window.notice)
    assert PHONE in Path(path).read_text("utf-8-sig")
