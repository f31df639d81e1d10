"""The check page in the real window: a signed record entered by few keys, what is wrong named and gone to, nothing typed lost."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests import inspections
from tests.gui.inspecting import POINTS, Inspecting, check_template, inspecting
from tests.windows import CTRL, Key
from wenlv_desk.gui.pages.check_entry import CheckPage
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.registries.inspection.assigning import findings_of
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.vocabulary import (
    CheckState,
    Disposal,
    Outcome,
    PointConclusion,
    ResultCode,
    SignState,
)
from wenlv_desk.registries.operator.records import OperatingStatus, Operator

__all__ = ["check_template"]
CLEAN_KEYS = 14
GOOD, BAD, PENDING = PointConclusion.GOOD, PointConclusion.BAD, PointConclusion.PENDING


@pytest.fixture
def desk(check_template: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Inspecting]:
    with inspecting(check_template, tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def page(desk: Inspecting) -> CheckPage:
    return desk.check_page(desk.checks()[0].id)


def times(desk: Inspecting, start: str = "800", end: str = "840") -> None:
    """From the points over the day to both times."""
    desk.keys(Key.Key_Tab)
    desk.enter()
    desk.keys(start)
    desk.enter()
    desk.keys(end)


def clean(desk: Inspecting) -> None:
    desk.keys("0")
    times(desk)


def saved(desk: Inspecting, page: CheckPage) -> InspectionCheck:
    """F9, and what stands on file afterwards."""
    desk.keys(Key.Key_F9)
    desk.until(lambda: page.filling.ended and page.reading is None)
    return next(one for one in desk.checks() if one.id == page.check_id)


def refused(desk: Inspecting, page: CheckPage, said: str) -> None:
    """F9 writes nothing and says this."""
    desk.keys(Key.Key_F9)
    desk.until(lambda: said in page.strip.text)
    assert not page.filling.ended
    assert next(one for one in desk.checks() if one.id == page.check_id).status is CheckState.NOTIFIED


def found(desk: Inspecting, page: CheckPage) -> dict[int, tuple[PointConclusion, str | None]]:
    with desk.office.desk(desk.maker.clerk) as at:
        check = at.get(InspectionCheck, page.check_id)
        return {one.position: (one.conclusion, one.note) for one in findings_of(at, check)}


def choose(desk: Inspecting, page: CheckPage, name: str, key: str) -> None:
    """Go to a box and press its digit."""
    editor = page.sheet.editors[name]
    editor.setFocus()
    desk.until(editor.hasFocus)
    desk.keys(key)


def offered(page: CheckPage) -> list[str]:
    editor = page.sheet.editors["result_code"]
    assert isinstance(editor, QComboBox)
    return [str(editor.itemData(at)) for at in range(1, editor.count())]


# keys


def test_a_clean_check_takes_few_keys_from_opening_to_saved(desk: Inspecting, page: CheckPage) -> None:
    desk.pressed = 0
    clean(desk)
    check = saved(desk, page)
    assert desk.pressed <= CLEAN_KEYS, desk.pressed
    assert (check.status, check.outcome, check.result_code) == (
        CheckState.CHECKED,
        Outcome.NO_ISSUE,
        ResultCode.NONE_FOUND,
    )
    assert (check.started_at, check.ended_at) == (datetime(2026, 11, 23, 8, 0), datetime(2026, 11, 23, 8, 40))
    assert (check.sign_state, check.signer_name) == (SignState.SIGNED, "翟志远")
    assert set(found(desk, page).values()) == {(GOOD, None)}


def test_digits_mark_the_row_at_the_cursor_and_go_on(desk: Inspecting, page: CheckPage) -> None:
    assert page.points.hasFocus()
    desk.keys("13")
    assert page.points.current == 3
    assert [page.points.found[at][0] for at in (1, 2)] == [GOOD, PointConclusion.NOT_APPLICABLE]
    desk.keys(Key.Key_Up)
    desk.keys("1")
    assert page.points.found[2][0] is GOOD
    desk.keys("0")
    assert {conclusion for conclusion, _ in page.points.found.values()} == {GOOD}
    assert "都标了" in page.middle.count.text()


def test_tab_goes_points_times_situation_problems_result_signature_and_the_button(
    desk: Inspecting, page: CheckPage
) -> None:
    seen = [page.points.accessibleName()]
    desk.keys("0")
    for _ in range(12):
        desk.keys(Key.Key_Tab)
        seen.append(desk.focused.accessibleName() if desk.focused is not None else "")
    assert seen == [
        "检查要点",
        "检查日期",
        "开始时间",
        "结束时间",
        "检查地点",
        "现场情况",
        "存在问题",
        "检查结果",
        "签字情况",
        "签字人",
        "协助专家",
        "扫码记录号",
        "添加照片…",
    ]


def test_enter_moves_through_the_boxes_to_the_button_that_saves(desk: Inspecting, page: CheckPage) -> None:
    clean(desk)
    desk.enter(9)
    assert page.paper.save.hasFocus()
    desk.enter()
    desk.until(lambda: page.filling.ended)


def test_tab_enter_and_space_are_enough(desk: Inspecting, page: CheckPage) -> None:
    desk.keys(" ")
    assert page.points.found[1][0] is GOOD
    assert page.points.current == 1
    desk.keys("  ")
    assert page.points.found[1][0] is PointConclusion.NOT_APPLICABLE
    desk.keys(" ")
    assert page.points.found[1][0] is GOOD
    desk.enter()  # on to the next point
    desk.keys("  ")
    assert page.points.found[2][0] is BAD
    desk.enter()  # a bad point needs words
    assert page.points.rows[2].note.hasFocus()
    desk.type("没有进销货清单")
    desk.enter()
    assert page.points.current == 3
    desk.keys(" ")
    desk.enter()
    desk.keys(" ")
    assert {at: one for at, (one, _) in page.points.found.items()} == {1: GOOD, 2: BAD, 3: GOOD, 4: GOOD}
    desk.enter()  # nothing is left to be marked
    assert page.sheet.editors["day"].hasFocus()
    desk.enter()
    desk.keys("800")
    desk.enter()
    desk.keys("840")
    desk.enter(4)  # place, situation, problems
    assert page.sheet.editors["result_code"].hasFocus()
    desk.keys("8")
    desk.enter()
    desk.keys("2")  # 责令改正
    desk.enter()
    while not page.paper.save.hasFocus():
        desk.keys(Key.Key_Tab)
    desk.keys(" ")
    desk.until(lambda: page.filling.ended and page.reading is None)
    check = next(one for one in desk.checks() if one.id == page.check_id)
    assert (check.result_code, check.disposal) == (ResultCode.PENDING, Disposal.ORDERED)


def test_the_button_marks_what_is_left_as_good_and_enter_goes_on_to_the_boxes(
    desk: Inspecting, page: CheckPage
) -> None:
    desk.keys("3")
    desk.keys(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert page.middle.rest.hasFocus()
    desk.keys(" ")
    assert [one for _, (one, _) in sorted(page.points.found.items())] == [
        PointConclusion.NOT_APPLICABLE,
        *[GOOD] * (len(POINTS) - 1),
    ]
    assert not page.middle.rest.isEnabled()
    assert page.points.hasFocus()
    desk.enter()
    assert page.sheet.editors["day"].hasFocus()


def test_without_any_mark_enter_goes_to_the_boxes_at_once(desk: Inspecting, page: CheckPage) -> None:
    desk.enter()
    assert page.sheet.editors["day"].hasFocus()


# points, problems, results


def test_a_bad_point_needs_words_which_become_the_problem(desk: Inspecting, page: CheckPage) -> None:
    desk.keys("12")
    assert page.points.rows[2].note.hasFocus()
    desk.enter()  # without words
    desk.keys("0")
    times(desk)
    refused(desk, page, "第 2 项不合格，请写明问题")
    assert page.points.rows[2].note.hasFocus()
    desk.type("没有进销货清单")
    assert page.sheet.raw()["problems"] == "没有进销货清单"
    assert offered(page) == ["2", "3", "4", "5", "6", "8", "9"]
    choose(desk, page, "result_code", "8")
    refused(desk, page, "请选处理措施")
    assert page.sheet.editors["disposal"].hasFocus()
    desk.keys("2")
    check = saved(desk, page)
    assert (check.result_code, check.disposal, check.problems) == (
        ResultCode.PENDING,
        Disposal.ORDERED,
        "没有进销货清单",
    )
    assert found(desk, page)[2] == (BAD, "没有进销货清单")
    assert check.bad_points == 1


def test_problems_written_by_hand_stay_as_they_are(desk: Inspecting, page: CheckPage) -> None:
    desk.keys("2")
    desk.type("没有张挂")
    problems = page.sheet.editors["problems"]
    problems.setFocus()
    desk.type("，责令当场张挂")
    page.points.setFocus()
    page.points.mark(2, BAD)
    desk.type("没有清单")
    assert page.sheet.raw()["problems"] == "没有张挂，责令当场张挂"


def test_a_result_that_no_longer_fits_is_taken_away(desk: Inspecting, page: CheckPage) -> None:
    desk.keys("0")
    assert page.sheet.raw()["result_code"] == "1"
    page.points.mark(1, BAD)
    assert page.sheet.raw()["result_code"] == ""
    assert "1" not in offered(page)
    page.points.mark(1, GOOD)
    assert page.sheet.raw()["result_code"] == "1"


def test_points_not_looked_at_keep_a_clean_result_back(desk: Inspecting, page: CheckPage) -> None:
    desk.keys("1")
    times(desk)
    choose(desk, page, "result_code", "1")
    refused(desk, page, "第 2、3、4 项还没有标")
    assert page.points.hasFocus()
    assert page.points.current == 2


def test_a_firm_that_is_gone_changes_its_state_and_needs_no_points(desk: Inspecting, page: CheckPage) -> None:
    times(desk)
    choose(desk, page, "result_code", "9")
    refused(desk, page, "请选处理措施")
    desk.keys("1")
    refused(desk, page, "请选经营状态改为什么")
    choose(desk, page, "operating_status", "3")
    choose(desk, page, "sign_state", "3")
    refused(desk, page, "负责人不在场，请写明事由和见证人")
    desk.type("门锁着，社区王主任见证")
    check = saved(desk, page)
    assert (check.outcome, check.sign_state, check.signer_name) == (Outcome.GONE, SignState.ABSENT, None)
    with desk.office.database.read() as session:
        assert session.get_one(Operator, check.operator_id).operating_status is OperatingStatus.CANCELLED


# times


@pytest.mark.parametrize(
    ("day", "start", "end", "said", "box"),
    [
        ("2026-12-20", "800", "840", "不在检查期间", "day"),
        ("后天", "800", "840", "请写检查日期", "day"),
        ("11-23", "", "840", "请写检查开始时间", "start"),
        ("11-23", "800", "25", "请写检查结束时间", "end"),
        ("11-23", "840", "800", "早于开始", "end"),
        ("11-23", "800", "940", "晚于现在", "end"),
    ],
)
def test_a_wrong_time_is_named_and_gone_to(
    desk: Inspecting, page: CheckPage, day: str, start: str, end: str, said: str, box: str
) -> None:
    desk.keys("0")
    page.sheet.put({"day": day, "start": start, "end": end})
    refused(desk, page, said)
    assert page.sheet.editors[box].hasFocus()


# what the gate says


def test_a_refusal_of_the_gate_leads_to_its_box_and_keeps_what_was_typed(desk: Inspecting, page: CheckPage) -> None:
    lead = next(one for one in desk.checks() if one.id == page.check_id).lead_id
    desk.write("staff", lead or 0, cert_valid_to=date(2026, 11, 1))
    clean(desk)
    desk.keys(Key.Key_F9)
    desk.until(lambda: "执法证 2026-11-01 已到期" in page.strip.text)
    assert page.sheet.editors["day"].hasFocus()
    desk.until(lambda: page.reading is None)
    assert page.sheet.raw()["start"] == "08:00"
    assert not page.filling.ended


def test_a_second_window_that_entered_it_meanwhile_is_told_and_nothing_is_overwritten(
    desk: Inspecting, page: CheckPage
) -> None:
    desk.beside("record", "inspection_check", page.check_id, **inspections.BAD)
    clean(desk)
    desk.keys(Key.Key_F9)
    desk.until(lambda: "录入检查结果" in page.strip.text and page.reading is None)
    assert not page.paper.save.isEnabled()
    check = next(one for one in desk.checks() if one.id == page.check_id)
    assert check.result_code is ResultCode.PENDING
    assert page.points.found[1][0] is GOOD


def test_saved_twice_it_is_entered_once(desk: Inspecting, page: CheckPage) -> None:
    clean(desk)
    page.saving.save(page.view)
    page.saving.save(page.view)
    desk.until(lambda: page.filling.ended and page.reading is None)
    page.saving.save(page.view)
    assert page.saving.job is None


# drafts


def test_what_was_typed_is_offered_again_after_a_crash(check_template: Path, tmp_path: Path, qtbot: QtBot) -> None:
    with inspecting(check_template, tmp_path, qtbot) as desk:
        page = desk.check_page(desk.checks()[0].id)
        desk.keys("12")
        desk.type("没有进销货清单")
        page.sheet.editors["situation"].setFocus()
        desk.type("店内整洁")
        page.filling.keep()
    with inspecting(check_template, tmp_path, qtbot, again=True) as desk:
        desk.until(lambda: "上次有没保存的草稿：录入检查结果" in desk.notice)
        desk.window.click("打开", desk.window.shell.kit.notices)
        desk.until(lambda: bool(desk.window.shown(CheckPage)))
        page = desk.window.found(CheckPage)
        desk.until(lambda: page.view is not None)
        assert page.points.found[2] == (PENDING, "")
        desk.window.click("恢复草稿", page)
        assert page.points.found[1] == (GOOD, "")
        assert page.points.found[2] == (BAD, "没有进销货清单")
        assert (page.sheet.raw()["situation"], page.sheet.raw()["problems"]) == ("店内整洁", "没有进销货清单")
        desk.keys("0")
        times(desk)
        choose(desk, page, "result_code", "5")
        choose(desk, page, "disposal", "2")
        assert saved(desk, page).situation == "店内整洁"
    with inspecting(check_template, tmp_path, qtbot, again=True) as desk:
        page = desk.check_page(desk.checks()[1].id)
        assert page.strip.isHidden()


def test_going_to_another_screen_and_back_finds_the_sheet_as_it_was(desk: Inspecting, page: CheckPage) -> None:
    desk.keys("1")
    desk.window.click("经营单位", desk.window.shell.rail)
    desk.until(lambda: not page.isVisible())
    again = desk.check_page(page.check_id)
    assert again is page
    assert page.points.found[1][0] is GOOD


def test_leaving_asks_only_where_something_was_typed(desk: Inspecting, page: CheckPage) -> None:
    desk.keys("1")
    desk.keys(Key.Key_Escape)
    desk.until(lambda: bool(desk.window.shown(Dialog)))
    QTest.keyClick(desk.window.found(Dialog), Key.Key_Escape)
    desk.until(lambda: not desk.window.shown(Dialog))
    assert page.isVisible()
    desk.window.click("返回", page)
    desk.window.click("不保存", desk.window.found(Dialog))
    desk.until(lambda: not desk.window.shown(CheckPage))
    again = desk.check_page(page.check_id)
    assert again.strip.isHidden()
    desk.keys(Key.Key_Escape)
    desk.until(lambda: not desk.window.shown(CheckPage))


def test_esc_in_a_line_of_words_goes_back_to_the_points(desk: Inspecting, page: CheckPage) -> None:
    desk.keys("2")
    desk.keys(Key.Key_Escape)
    assert page.points.hasFocus()
    assert not desk.window.shown(Dialog)


# afterwards


def test_the_next_check_of_the_task_is_offered_until_all_are_entered(desk: Inspecting, page: CheckPage) -> None:
    first, second = (one.id for one in desk.checks())
    clean(desk)
    saved(desk, page)
    name = desk.checks()[1].unit_name
    assert f"还有 1 户待录入，下一户是“{name}”" in page.paper.said.text()
    desk.keys(Key.Key_Return, CTRL)
    desk.until(lambda: [one.check_id for one in desk.window.shown(CheckPage)] == [second])
    page = desk.window.found(CheckPage)
    desk.until(lambda: page.view is not None and page.points.hasFocus())
    clean(desk)
    saved(desk, page)
    assert "这个任务都录入了" in page.paper.said.text()
    desk.keys(Key.Key_Return, CTRL)
    desk.until(lambda: bool(desk.window.shown(RegisterPage)) and not desk.window.shown(CheckPage))
    assert first != second
