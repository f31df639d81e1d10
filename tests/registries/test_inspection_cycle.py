"""检查: from the notice to the publication and the end, with what must stand in the way; replaced objects and people stay on record."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests import inspections, rectifications
from tests.builders import Maker, dump
from tests.conftest import Clock
from tests.registries.test_inspection_draw import do
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.inspection import proof
from wenlv_desk.registries.inspection.check import CheckFinding, InspectionCheck, Publication, Replacement
from wenlv_desk.registries.inspection.item import InspectionItem, ItemVersion
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.vocabulary import (
    CheckState,
    DrawState,
    ItemState,
    Outcome,
    PointConclusion,
    TaskState,
)
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.store.check import check as check_all
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform as through_gate
from wenlv_desk.store.query import Listing, ListQuery
from wenlv_desk.store.undo import undo

CHECK, TASK = "inspection_check", "inspection_task"


def row(maker: Maker, check_id: int) -> InspectionCheck:
    with maker.office.database.read() as session:
        return session.get_one(InspectionCheck, check_id)


def findings(maker: Maker, check_id: int) -> list[CheckFinding]:
    with maker.office.database.read() as session:
        mine = select(CheckFinding).where(CheckFinding.check_id == check_id).order_by(CheckFinding.position)
        return list(session.scalars(mine))


def task_state(maker: Maker, check_id: int) -> TaskState:
    with maker.office.database.read() as session:
        return session.get_one(InspectionTask, row(maker, check_id).task_id).status


def test_a_task_follows_its_slowest_check_to_the_end(maker: Maker) -> None:
    made = inspections.draw(maker, DrawState.DRAWN, wanted_count=2)
    first, second = inspections.checks_of(maker, made)
    seen = [task_state(maker, first)]
    for one in (first, second):
        for operation, given in inspections.OF_CHECK[CheckState.CLOSED]:
            do(maker, operation, CHECK, one, **given)
            seen.append(task_state(maker, first))
    last = [TaskState.RESULTS_IN, TaskState.REVIEWED, TaskState.PUBLISHED, TaskState.PUBLISHED]
    assert seen == [TaskState.DRAWN, *[TaskState.IN_PROGRESS] * 6, *last]
    do(maker, "archive", TASK, row(maker, first).task_id)
    assert task_state(maker, first) is TaskState.ARCHIVED
    assert check_all(maker.office) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"points": "全部合格；2 不合格"}, "第 2 项不合格，请写明问题"),
        ({"points": "全部不合格"}, "“不合格”要逐项写明问题"),
        ({"points": "7 合格"}, "没有第 7 项检查要点，共 2 项"),
        ({"points": "随便写写"}, "看不懂“随便写写”"),
        ({"points": "1 不合格：没有张挂；2 合格"}, "有 1 条要点不合格，结果不能是“未发现问题”"),
        ({"result_code": "8"}, "请写明存在问题，或标出不合格的要点"),
        ({"result_code": "8", "problems": "占道经营"}, "请选处理措施"),
        ({"result_code": "4"}, "请选处理措施"),
        ({"result_code": "6", "disposal": "其他"}, "请写处理说明"),
        ({"result_code": "9", "disposal": "停止检查"}, "请选“经营状态改为”"),
        ({"signer_name": None}, "请填签字人"),
        ({"sign_state": "拒签"}, "请写明事由和见证人"),
        ({"sign_state": "负责人不在场"}, "请写明事由和见证人"),
        ({"ended_at": datetime(2026, 11, 23, 7, 0)}, "早于检查开始"),
        ({"ended_at": datetime(2026, 11, 23, 12, 0)}, "晚于现在"),
        ({"started_at": datetime(2026, 11, 19, 9), "ended_at": datetime(2026, 11, 19, 10)}, "不在检查期间"),
        ({"started_at": "前天上午"}, "不是日期时间"),
    ],
)
def test_a_record_that_does_not_hold_together_is_refused_and_nothing_is_written(
    maker: Maker, given: dict[str, Any], said: str
) -> None:
    made = inspections.check_in(maker, CheckState.NOTIFIED)
    before = dump(maker.office)
    with pytest.raises(UserError, match=said):
        do(maker, "record", CHECK, made, **{**inspections.GOOD, **given})
    assert dump(maker.office) == before


def test_what_the_paper_says_is_kept_point_by_point(maker: Maker) -> None:
    made = inspections.check_in(maker, CheckState.NOTIFIED)
    do(maker, "record", CHECK, made, **inspections.BAD)
    kept = row(maker, made)
    assert (kept.outcome, kept.bad_points, kept.problems) == (Outcome.ISSUE_FOUND, 1, "没有张挂许可证")
    assert [(one.conclusion, one.note) for one in findings(maker, made)] == [
        (PointConclusion.BAD, "没有张挂许可证"),
        (PointConclusion.GOOD, None),
    ]
    assert kept.publish_due == date(2026, 12, 21)
    do(maker, "correct_record", CHECK, made, reason="录错", **inspections.GOOD | {"points": "1 合格"})
    assert (row(maker, made).outcome, row(maker, made).problems) == (Outcome.NO_ISSUE, None)


def test_a_refused_signature_stands_with_its_witness(maker: Maker) -> None:
    made = inspections.check_in(maker, CheckState.NOTIFIED)
    given = {**inspections.GOOD, "sign_state": "拒签", "sign_note": "负责人拒绝，社区工作人员李某见证"}
    do(maker, "record", CHECK, made, **given)
    assert row(maker, made).signer_name is None


def test_a_closed_shop_changes_its_standing_with_the_record(maker: Maker) -> None:
    made = inspections.check_in(maker, CheckState.NOTIFIED)
    given = {**inspections.GOOD, "result_code": "9", "disposal": "停止检查", "operating_status": "注销"}
    do(maker, "record", CHECK, made, **given)
    with maker.office.database.read() as session:
        operator = session.get_one(Operator, row(maker, made).operator_id)
    assert (operator.operating_status, operator.delisted_on) == (OperatingStatus.CANCELLED, date(2026, 11, 23))


def test_no_notice_no_inspection_unless_the_bureau_says_so(maker: Maker) -> None:
    made = inspections.fresh_check(maker)
    with pytest.raises(UserError, match="还没有通知检查"):
        do(maker, "record", CHECK, made, **inspections.GOOD)
    maker.write(maker.registry("bureau_settings"), 1, notice_required=False)
    do(maker, "record", CHECK, made, **inspections.GOOD)


def test_the_yearly_cap_is_asked_again_when_the_record_is_entered(maker: Maker) -> None:
    made = inspections.check_in(maker, CheckState.NOTIFIED)
    other = inspections.named_check(maker)
    maker.write(maker.registry(CHECK), other, operator_id=row(maker, made).operator_id, cause="KEY")
    maker.write(maker.registry("bureau_settings"), 1, checks_per_year=1)
    with pytest.raises(UserError, match="达到每户上限 1 次，不能再查"):
        do(maker, "record", CHECK, made, **inspections.GOOD)
    maker.write(maker.registry(CHECK), other, cause="COMPLAINT")  # 触发式: outside the cap
    do(maker, "record", CHECK, made, **inspections.GOOD)


def test_who_entered_a_record_does_not_review_it(maker: Maker) -> None:
    made = inspections.check_in(maker, CheckState.CHECKED)
    maker.write(maker.registry("bureau_settings"), 1, separate_publisher=True)
    with pytest.raises(UserError, match="录入和审核须为两人，本件由林晓录入"):
        do(maker, "review", CHECK, made)
    through_gate(maker.office, Clerk("周建国"), "review", CHECK, made)
    assert row(maker, made).reviewed_by == "周建国"


def test_a_point_nobody_looked_at_and_an_order_not_given_bar_the_review(maker: Maker) -> None:
    made = inspections.check_in(maker, CheckState.NOTIFIED)
    do(maker, "record", CHECK, made, **{**inspections.BAD, "points": "1 不合格：没有张挂"})
    with pytest.raises(UserError) as refused:
        do(maker, "review", CHECK, made)
    assert "检查要点第 2 项还是“未检查”" in refused.value.message
    assert "还没有下达，请先办“责令整改”" in refused.value.message


def light(maker: Maker, check_id: int) -> str:
    registry = maker.registry(CHECK)
    with maker.office.desk(maker.clerk) as desk:
        listing = Listing(desk.session, desk.catalogue, registry, ListQuery(), desk.today, names=("light",))
        return next(one.shown["light"] for one in listing.every() if one.id == check_id)


def test_the_light_turns_amber_and_red_by_working_days(maker: Maker, clock: Clock) -> None:
    made = inspections.check_in(maker, CheckState.CHECKED)
    assert light(maker, made) == "待公示"
    clock.now = datetime(2026, 12, 17, 9)
    assert light(maker, made) == "快到期"
    clock.now = datetime(2026, 12, 22, 9)
    assert light(maker, made) == "逾期未公示"
    do(maker, "review", CHECK, made)
    done = maker.perform("publish", maker.registry(CHECK), made)
    assert any("晚于期限 2026-12-21，按逾期公示统计" in note for note in done.notes)
    assert light(maker, made) == "逾期公示"


def test_corrections_and_withdrawals_keep_what_was_said(maker: Maker) -> None:
    made = inspections.check_in(maker, CheckState.PUBLISHED)
    do(maker, "correct_publication", CHECK, made, reason="复查合格", result_note="整改后复查合格")
    do(maker, "withdraw_publication", CHECK, made, reason="结果有误")
    assert row(maker, made).status is CheckState.CHECKED
    inspections.walk(maker, CHECK, made, (("review", {}), ("publish", {"url": "http://example.invalid/1"})))
    with maker.office.database.read() as session:
        told = session.scalars(select(Publication).where(Publication.check_id == made).order_by(Publication.id)).all()
    assert [one.event.label for one in told] == ["公示", "更正", "撤回", "公示"]
    assert all("检查结果：未发现问题" in one.said for one in told)


def test_a_check_ends_only_when_what_it_ordered_has_ended(maker: Maker) -> None:
    order = rectifications.after_check(maker)
    with maker.office.database.read() as session:
        made = session.get_one(maker.registry("rectification").record, order).check_id  # type: ignore[attr-defined]
    inspections.walk(maker, CHECK, made, (("review", {}), ("publish", {})))
    with pytest.raises(UserError, match=r"整改 ZG-2026-0001 还是“已下达”，销号或移交后才能办结"):
        do(maker, "close_check", CHECK, made)
    do(maker, "transfer", "rectification", order, transferred_to="执法大队", why="拒不整改")
    do(maker, "close_check", CHECK, made)


def test_the_next_ticket_stands_in_for_an_object_that_is_gone_and_the_original_stays(maker: Maker) -> None:
    made = inspections.draw(maker, DrawState.DRAWN, shops=6, wanted_count=2)
    first, second = inspections.checks_of(maker, made)
    content = json.loads(maker.office.files.get(inspections.draw_of(maker, first).commitment_sha256))
    content["strata"][0]["wanted"] = 6
    order = [one["id"] for one in proof.carry_out(content, inspections.DICE)["drawn"]]
    new = do(maker, "replace_object", CHECK, first, why="已停业", approver="苏若溪")
    stand_in = row(maker, new)
    assert (stand_in.uscc, stand_in.rank, stand_in.replaces_id) == (order[2], 3, first)
    assert row(maker, first).status is CheckState.REPLACED
    maker.write(maker.registry("operator"), operator_of(maker, order[3]), operating_status=OperatingStatus.RESTING)
    again = maker.perform("replace_object", maker.registry(CHECK), second, why="搬走", approver="苏若溪")
    assert row(maker, again.value).uscc == order[4]
    assert any("第 4 名" in note and "顺延" in note for note in again.notes)
    with maker.office.database.read() as session:
        kept = session.scalars(select(Replacement).order_by(Replacement.id)).all()
    assert [(one.original, one.why, one.approver) for one in kept] == [
        (row(maker, first).unit_name, "已停业", "苏若溪"),
        (row(maker, second).unit_name, "搬走", "苏若溪"),
    ]


def operator_of(maker: Maker, code: str) -> int:
    with maker.office.database.read() as session:
        return int(session.scalars(select(Operator.id).where(Operator.uscc == code)).one())


def test_a_stratum_that_is_used_up_says_so(maker: Maker) -> None:
    made = inspections.draw(maker, DrawState.DRAWN, shops=2, wanted_count=2)
    with pytest.raises(UserError, match="名单已经用完，没有下一张票"):
        do(maker, "replace_object", CHECK, inspections.checks_of(maker, made)[0], why="停业", approver="苏若溪")


def test_an_inspector_who_falls_ill_is_replaced_by_the_next_admissible_one(maker: Maker) -> None:
    made = inspections.draw(maker, DrawState.DRAWN, wanted_count=1, inspectors=4)
    (check,) = inspections.checks_of(maker, made)
    before = row(maker, check)
    name = do(maker, "replace_inspector", CHECK, check, leaving=before.lead_id, why="生病", approver="苏若溪")
    after = row(maker, check)
    assert after.lead_id not in (before.lead_id, before.second_id)
    assert after.second_id == before.second_id
    assert name in (after.inspectors or "")
    outsider = inspections.inspector(maker)
    with pytest.raises(UserError, match="不是这次检查的人员"):
        do(maker, "replace_inspector", CHECK, check, leaving=outsider, why="x", approver="y")


def test_nobody_left_to_stand_in_is_said_with_the_reasons(maker: Maker) -> None:
    check = inspections.fresh_check(maker, inspectors=2)
    with pytest.raises(UserError, match="没有别的人可派"):
        do(maker, "replace_inspector", CHECK, check, leaving=row(maker, check).lead_id, why="病", approver="苏若溪")


def test_named_checks_need_a_reason_and_two_who_may_go(maker: Maker) -> None:
    check = inspections.named_check(maker)
    with pytest.raises(UserError, match="检查人员不足两人"):
        do(maker, "notify", CHECK, check)
    lead, other = (
        inspections.inspector(maker),
        maker.record("staff", enforcement_cert_no=None, name="网格员甲", roles="网格员"),
    )
    with pytest.raises(UserError, match="网格员甲没有执法证，不能参加行政检查"):
        do(maker, "name_team", CHECK, check, lead=lead, second=other)
    with pytest.raises(UserError, match="须 2 人以上"):
        do(maker, "name_team", CHECK, check, lead=lead, second=lead)
    do(maker, "name_team", CHECK, check, lead=lead, second=inspections.inspector(maker))
    do(maker, "notify", CHECK, check)
    given = {"operator": row(maker, check).operator_id, "cause": "投诉举报", "why": "再次投诉"}
    with pytest.raises(UserError, match="已在任务"):
        do(maker, "name_operator", TASK, row(maker, check).task_id, **given)
    random_task = inspections.task(maker)
    with pytest.raises(UserError, match="这是随机抽查任务，不能指名"):
        do(maker, "name_operator", TASK, random_task, operator=inspections.shop(maker), cause="投诉举报", why="x")


def test_certificates_that_lapse_inside_the_window_bar_the_record(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.NOTIFIED)
    maker.write(maker.registry("staff"), row(maker, check).second_id or 0, cert_valid_to=date(2026, 11, 22))
    with pytest.raises(UserError, match="执法证 2026-11-22 已到期，检查日 2026-11-23 不能参加"):
        do(maker, "record", CHECK, check, **inspections.GOOD)


def test_a_published_item_is_revised_and_every_version_is_kept(maker: Maker) -> None:
    made, registry = inspections.item(maker), maker.registry("inspection_item")
    with pytest.raises(UserError, match="已公布，不能直接改；要改请先办“修订”"):
        maker.perform("amend", registry, made, ratio_percent=20)
    with pytest.raises(UserError, match="已公布"):
        maker.record("check_point", item_id=made)
    maker.perform("revise", registry, made, why="比例调整")
    maker.perform("amend", registry, made, ratio_percent=20)
    maker.perform("publish_item", registry, made)
    with maker.office.database.read() as session:
        now = session.get_one(InspectionItem, made)
        before = session.scalars(select(ItemVersion).where(ItemVersion.item_id == made)).one()
    assert (now.list_version, now.status, now.ratio_percent) == (2, ItemState.PUBLISHED, 20)
    assert "抽查比例（%）：10.00" in before.said
    assert before.points is not None
    assert before.points.count("\n") == 1


def test_an_item_without_points_is_not_published_and_one_without_ground_not_entered(maker: Maker) -> None:
    made = maker.record("inspection_item")
    with pytest.raises(UserError, match="还没有检查要点"):
        maker.perform("publish_item", maker.registry("inspection_item"), made)
    with pytest.raises(UserError, match="“抽查依据”必填"):
        maker.record("inspection_item", legal_basis=None)


def test_the_starter_items_come_with_their_points_once(maker: Maker) -> None:
    registry = maker.registry("inspection_item")
    assert maker.perform("seed_items", registry).value == 2
    points = maker.registry("check_point").record
    with maker.office.database.read() as session:
        assert len(list(session.scalars(select(points.id)))) == 22  # type: ignore[attr-defined]
    with pytest.raises(UserError, match="都已经在清单里"):
        maker.perform("seed_items", registry)


def test_only_the_points_that_fit_the_trade_are_laid_and_online_ones_spared(maker: Maker) -> None:
    registry = maker.registry("inspection_item")
    maker.perform("seed_items", registry)
    with maker.office.database.read() as session:
        ids = list(session.scalars(select(InspectionItem.id)))
    for one in ids:
        maker.perform("publish_item", registry, one)
    check = inspections.fresh_check(maker, items="CB-01、YS-01")
    laid = findings(maker, check)
    assert len(laid) == 11
    assert [one.note for one in laid if one.conclusion is PointConclusion.NOT_APPLICABLE] == ["未开展网络发行"]


def test_risk_grades_have_a_history(maker: Maker) -> None:
    shop = inspections.shop(maker, risk_grade="A")
    do(maker, "grade_risk", "operator", shop, grade="B", why="一次投诉")
    entry = maker.perform("grade_risk", maker.registry("operator"), shop, grade="D", why="处罚").entry_id
    gradings = maker.registry("risk_grading").record
    with maker.office.database.read() as session:
        kept = session.scalars(select(gradings).order_by(gradings.id)).all()  # type: ignore[attr-defined]
        assert [(one.before.value, one.grade.value) for one in kept] == [("A", "B"), ("B", "D")]  # type: ignore[attr-defined]
    undo(maker.office, maker.clerk, entry)
    with maker.office.database.read() as session:
        assert session.get_one(Operator, shop).risk_grade.value == "B"
    with pytest.raises(UserError, match="已经是“B”"):
        do(maker, "grade_risk", "operator", shop, grade="B", why="x")


def test_a_calendar_that_comes_counts_the_publication_limits_anew(maker: Maker, clock: Clock) -> None:
    clock.now = datetime(2026, 12, 16, 9)
    made = inspections.check_in(maker, CheckState.NOTIFIED, window_to=date(2027, 1, 15))
    later = {"started_at": datetime(2026, 12, 16, 8), "ended_at": datetime(2026, 12, 16, 8, 30)}
    do(maker, "record", CHECK, made, **inspections.GOOD | later)
    before = row(maker, made)
    assert before.due_estimated
    year = maker.record("holiday_year", year="2027")
    maker.record("holiday", holiday_year_id=year, day=date(2027, 1, 4), kind="放假", name="元旦")
    maker.perform("confirm_year", maker.registry("holiday_year"), year, reason="本年如此")
    after = row(maker, made)
    assert not after.due_estimated
    assert after.publish_due is not None
    assert before.publish_due is not None
    assert after.publish_due - before.publish_due >= timedelta(1)
