"""What stands beside the entry of a check: what cannot be entered, orders, corrections, photographs, the firm, large text."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests import inspections
from tests.gui.inspecting import POINTS, Inspecting, check_template
from tests.gui.test_check_entry import BAD, GOOD, choose, clean, desk, page, saved, times
from tests.gui.walk import unnamed
from tests.windows import CTRL, Key
from wenlv_desk.gui.pages.check_entry import CheckPage
from wenlv_desk.registries.inspection.vocabulary import (
    CheckState,
    Disposal,
    ResultCode,
)

__all__ = ["check_template", "desk", "page"]


def test_what_is_left_is_said_with_the_reason_where_nothing_can_be_entered(desk: Inspecting, page: CheckPage) -> None:
    other = desk.checks()[1]
    desk.write("inspection_check", other.id, status=CheckState.ASSIGNED, second_id=None)
    clean(desk)
    saved(desk, page)
    assert f"还有 1 户没有录入：“{other.unit_name}”检查人员不足两人" in page.paper.said.text()
    assert page.paper.next.accessibleName() == "回到列表"


def test_an_order_that_the_record_asks_for_is_given_from_the_page(desk: Inspecting, page: CheckPage) -> None:
    desk.keys("2")
    desk.type("没有张挂许可证")
    desk.enter()
    desk.keys("0")
    times(desk)
    choose(desk, page, "result_code", "8")
    choose(desk, page, "disposal", "2")
    saved(desk, page)
    desk.until(page.paper.order.hasFocus)
    assert page.paper.next.property("part") != "primary"
    desk.enter()
    form = desk.window.form()
    assert form.form.raw()["problem"] == "没有张挂许可证"
    desk.window.fill(form, requirement="当场张挂", hazard_kind="证照", due_on="2026-12-08")
    desk.window.press(form.primary)
    desk.until(lambda: page.paper.order.isHidden() and page.reading is None)
    assert page.paper.next.property("part") == "primary"
    desk.keys(Key.Key_Return, CTRL)
    desk.until(lambda: page not in desk.window.shown(CheckPage))


def test_a_record_is_corrected_with_its_reason(desk: Inspecting) -> None:
    check = desk.checks()[0].id
    desk.beside("record", "inspection_check", check, **inspections.BAD)
    page = desk.check_page(check, "correct_record")
    assert page.points.found[1] == (BAD, "没有张挂许可证")
    assert page.sheet.raw()["start"] == "08:00"
    assert page.sheet.raw()["disposal"] == Disposal.ORDERED.value
    assert not page.filling.changed
    desk.keys("1")
    choose(desk, page, "result_code", "1")
    desk.keys(Key.Key_F9)
    desk.until(lambda: "请写更正原因" in page.strip.text)
    assert page.sheet.editors["reason"].hasFocus()
    desk.type("录错一项")
    corrected = saved(desk, page)
    assert (corrected.result_code, corrected.disposal, corrected.problems) == (
        ResultCode.NONE_FOUND,
        Disposal.NONE,
        None,
    )


def test_a_check_that_was_not_announced_says_what_to_do_first(desk: Inspecting) -> None:
    check = desk.checks()[0].id
    desk.write("inspection_check", check, status=CheckState.ASSIGNED, second_id=None)
    page = desk.check_page(check)
    desk.until(lambda: bool(desk.window.said(page.paper.blocks)))
    assert "检查人员不足两人" in desk.window.said(page.paper.blocks)
    assert not page.paper.save.isEnabled()


def test_photos_are_kept_with_the_check(
    desk: Inspecting, page: CheckPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tmp_path / "现场 照片.jpg"
    photo.write_bytes(b"\xff\xd8\xff photo")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_named: ([str(photo)], ""))
    desk.keys("1")
    desk.keys(Key.Key_F8)
    desk.until(lambda: "现场 照片.jpg" in page.paper.attached.text() and page.reading is None)
    assert page.points.found[1][0] is GOOD
    assert page.strip.isHidden()
    times(desk)
    page.points.mark_rest()
    assert saved(desk, page).status is CheckState.CHECKED


def test_the_firm_stands_at_the_left_with_its_last_checks_and_what_is_open(desk: Inspecting) -> None:
    first, second = desk.checks()
    desk.beside("record", "inspection_check", first.id, **inspections.BAD)
    desk.write("inspection_check", second.id, operator_id=first.operator_id, draw_id=None)
    page = desk.check_page(second.id)
    desk.until(lambda: "发现问题待后续处理" in desk.window.said(page.firm))
    said = desk.window.said(page.firm)
    assert first.check_no in said
    assert second.unit_name in said


# looks


def test_every_control_has_a_name_and_the_page_fits_in_large_text(desk: Inspecting, page: CheckPage) -> None:
    desk.keys("2")
    assert unnamed(page) == []
    assert len(page.points.rows) == len(POINTS)
    desk.window.desktop.seat.kit.looks.resize(200)
    assert page.columns.stacked
    assert page.minimumSizeHint().width() <= 800
    assert page.columns.widget().width() <= page.columns.viewport().width()
    desk.until(lambda: page.columns.verticalScrollBar().maximum() > 0)
    page.sheet.editors["scan_record_no"].setFocus()
    desk.until(lambda: page.columns.verticalScrollBar().value() > 0)
