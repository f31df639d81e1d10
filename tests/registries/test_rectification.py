"""限期整改: every deadline is kept, overdue is never hidden, two who may go look again, and it bars what it must."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests import inspections, rectifications, reviews
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_inspection_draw import do
from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import OvertakenError, UserError
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.rectification.rectification import Deadline, Recheck, Rectification
from wenlv_desk.registries.rectification.vocabulary import RectificationState as S
from wenlv_desk.registries.review.vocabulary import CaseState
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.figures import figures_as_of
from wenlv_desk.store.gate import perform as through_gate
from wenlv_desk.store.query import Listing, ListQuery

ONE = "rectification"


def row(maker: Maker, one: int) -> Rectification:
    with maker.office.database.read() as session:
        return session.get_one(Rectification, one)


def deadlines(maker: Maker, one: int) -> list[tuple[str, date, str | None]]:
    with maker.office.database.read() as session:
        mine = select(Deadline).where(Deadline.rectification_id == one).order_by(Deadline.id)
        return [(kept.cause.label, kept.due_on, kept.approver) for kept in session.scalars(mine)]


def standing(maker: Maker, one: int) -> str:
    with maker.office.desk(maker.clerk) as desk:
        listing = Listing(
            desk.session, desk.catalogue, maker.registry(ONE), ListQuery(), desk.today, names=("standing",)
        )
        return next(found.shown["standing"] for found in listing.every() if found.id == one)


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ({}, date(2026, 12, 8)),  # 15 natural days
        ({"days": 5}, date(2026, 11, 30)),  # ends on a Saturday: the Monday after (民法典 art. 203)
        ({"days": 39}, date(2027, 1, 1)),  # no table of 2027 yet: an estimate
        ({"due_on": date(2026, 11, 23)}, date(2026, 11, 23)),
    ],
)
def test_a_deadline_is_counted_and_said(maker: Maker, given: dict[str, Any], due: date) -> None:
    made = rectifications.rectification(maker, **given)
    assert row(maker, made).due_on == due
    assert row(maker, made).due_estimated is (due.year == 2027)
    assert deadlines(maker, made) == [("首次下达", due, None)]


def test_working_days_where_the_bureau_counts_them(maker: Maker) -> None:
    maker.record("bureau_settings", rectify_in_working_days=True)
    assert row(maker, rectifications.rectification(maker, days=5)).due_on == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"days": 5, "due_on": date(2026, 12, 1)}, "只填一项"),
        ({"due_on": date(2026, 11, 22)}, "早于今天"),
        ({"days": 0}, "须在 1 到 365 之间"),
        ({"days": 4000}, "须在 1 到 365 之间"),
        ({"problem": ""}, "必填"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(maker: Maker, given: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        rectifications.rectification(maker, **given)


def test_overdue_shows_on_any_day_and_in_the_list(maker: Maker, clock: Clock) -> None:
    made = rectifications.rectification(maker)
    assert standing(maker, made) == "期限内"
    clock.now = datetime(2026, 12, 6, 9)
    assert standing(maker, made) == "快到期"
    clock.now = datetime(2026, 12, 9, 9)
    assert standing(maker, made) == "逾期未完成"
    do(maker, "submit", ONE, made, progress="正在补")
    assert standing(maker, made) == "逾期未完成"
    do(maker, "pass_recheck", ONE, made, **rectifications.GOOD)
    assert standing(maker, made) == "逾期完成"
    do(maker, "close_rectification", ONE, made)
    assert standing(maker, made) == "逾期完成"


def test_extensions_are_approved_and_every_deadline_is_kept(maker: Maker, clock: Clock) -> None:
    made = rectifications.rectification(maker)
    with pytest.raises(UserError, match="必填"):
        do(maker, "extend", ONE, made, due_on=date(2026, 12, 31), why="备货中", approver="")
    with pytest.raises(UserError, match="须晚于现在的期限 2026-12-08"):
        do(maker, "extend", ONE, made, due_on=date(2026, 12, 8), why="备货中", approver="苏若溪")
    do(maker, "extend", ONE, made, due_on=date(2026, 12, 20), why="备货中", approver="苏若溪")
    clock.now = datetime(2026, 12, 22, 9)
    assert standing(maker, made) == "逾期未完成"
    do(maker, "fail_recheck", ONE, made, recheck_by="林晓", note="仍缺半年", due_on=date(2027, 1, 10))
    assert deadlines(maker, made) == [
        ("首次下达", date(2026, 12, 8), None),
        ("批准延期", date(2026, 12, 20), "苏若溪"),
        ("复查不合格再限期", date(2027, 1, 10), None),
    ]
    assert (row(maker, made).first_due_on, row(maker, made).extensions) == (date(2026, 12, 8), 1)


def test_after_an_inspection_two_certificate_holders_look_again(maker: Maker) -> None:
    made = rectifications.after_check(maker)
    for people, said in (
        ("林晓", "须两名执法人员复查"),
        ("林晓、苏若溪", "林晓、苏若溪不是在岗且执法证有效的执法人员"),
    ):
        with pytest.raises(UserError, match=said):
            do(maker, "pass_recheck", ONE, made, recheck_by=people, note="好了")
    names = [inspections.inspector(maker, name=name) and name for name in ("单海燕", "仇文博")]
    do(maker, "pass_recheck", ONE, made, recheck_by="，".join(names), note="好了")
    with maker.office.database.read() as session:
        assert session.scalars(select(Recheck.recheck_by)).all() == ["单海燕、仇文博"]


def test_nothing_is_noted_before_it_happened_nor_before_the_order(maker: Maker) -> None:
    made = rectifications.rectification(maker)
    for operation, given in (
        ("submit", {"progress": "好了", "submitted_on": date(2026, 11, 24)}),
        ("pass_recheck", {**rectifications.GOOD, "rechecked_on": date(2026, 11, 24)}),
        ("serve", {"receiver": "甲", "served_on": date(2026, 11, 20)}),
    ):
        with pytest.raises(UserError, match=r"晚于今天|早于下达日期"):
            do(maker, operation, ONE, made, **given)
    with pytest.raises(UserError, match="请填签收人"):
        do(maker, "serve", ONE, made)
    with pytest.raises(UserError, match="不能办“销号”"):
        do(maker, "close_rectification", ONE, made)


def test_two_counters_on_one_order(maker: Maker) -> None:
    made = rectifications.rectification(maker)
    version = row(maker, made).version
    do(maker, "submit", ONE, made, progress="好了")
    with pytest.raises(OvertakenError, match="已办“企业报整改"):
        through_gate(
            maker.office,
            Clerk("周建国"),
            "extend",
            ONE,
            made,
            expected_version=version,
            arguments={"due_on": "2026-12-31", "why": "x", "approver": "y"},
        )


def test_a_grid_officer_orders_nothing_and_what_he_reports_waits_for_who_may(maker: Maker) -> None:
    patrol = rectifications.patrol(maker)
    officer = Clerk("网格员甲", roles=frozenset({Role.GRID}))
    with pytest.raises(UserError, match="没有这项权限"):
        through_gate(maker.office, officer, "order_after_patrol", "patrol", patrol, arguments=rectifications.ORDER)
    with maker.office.database.read() as session:
        operator = session.get_one(maker.registry("patrol").record, patrol).operator_id  # type: ignore[attr-defined]
    assert any("巡查上报一般隐患，还没有处理" in said for said in waiting(maker, operator))
    made = do(maker, "order_after_patrol", "patrol", patrol, **rectifications.ORDER)
    assert row(maker, made).source.label == "网格巡查"
    assert not any("还没有处理" in said for said in waiting(maker, operator))


def waiting(maker: Maker, operator: int) -> list[str]:
    with maker.office.desk(maker.clerk) as desk:
        found = desk.get(Operator, operator)
        registry = maker.registry("operator")
        return [item.text for watch in desk.catalogue.watches_on(registry) for item in watch.function(desk, found)]


def test_an_open_order_bars_the_annual_review_until_it_is_done(maker: Maker) -> None:
    case = reviews.case_in(maker, CaseState.UNDER_REVIEW)
    made = do(maker, "order_after_review", "review_case", case, **rectifications.ORDER)
    with pytest.raises(UserError, match="ZG-2026-0001 整改期限"):
        do(maker, "pass_case", "review_case", case)
    inspections.walk(maker, ONE, made, rectifications.VERIFIED)
    do(maker, "pass_case", "review_case", case)


def test_an_order_that_comes_back_is_taken_up_with_a_new_deadline(maker: Maker) -> None:
    made = rectifications.rectification_in(maker, S.CLOSED)
    do(maker, "reopen_rectification", ONE, made, why="反弹", due_on=date(2026, 12, 31))
    assert (row(maker, made).status, row(maker, made).done_on) == (S.UNQUALIFIED, None)
    assert len(deadlines(maker, made)) == 2


def test_the_figures_of_a_past_day_are_those_of_that_day(maker: Maker, clock: Clock) -> None:
    in_time = rectifications.rectification_in(maker, S.VERIFIED)
    late = rectifications.rectification(maker)
    clock.now = datetime(2026, 12, 10, 9)
    assert figures(maker, None)["按期整改率"] == "50.00 %  1/2"
    assert figures(maker, None)["逾期未完成"] == "1 件"
    clock.now = datetime(2026, 12, 20, 9)
    do(maker, "pass_recheck", ONE, late, **rectifications.GOOD)
    now, then = figures(maker, None), figures(maker, date(2026, 12, 10))
    assert (now["整改完成率"], then["整改完成率"]) == ("100.00 %  2/2", "50.00 %  1/2")
    assert (now["逾期未完成"], then["逾期未完成"]) == ("0 件", "1 件")
    assert row(maker, in_time).done_on == date(2026, 11, 23)


def figures(maker: Maker, day: date | None) -> dict[str, str]:
    with maker.office.desk(maker.clerk) as desk:
        table = figures_as_of(desk, desk.catalogue.figure_set(ONE), {}, day)
        return {line.figure.label: line.counted.text for line in table.lines}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"result": "一般隐患", "action": "无需处理"}, "请选处理：当场整改或上报"),
        ({"result": "重大隐患", "action": "当场整改"}, "重大隐患必须上报"),
        ({"visited_at": datetime(2026, 11, 24, 9)}, "还没有到"),
    ],
)
def test_a_visit_that_does_not_hold_together_is_refused(maker: Maker, given: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        rectifications.patrol(maker, **given)


def test_an_officer_who_is_away_did_not_visit(maker: Maker) -> None:
    with pytest.raises(UserError, match="休假，请核对巡查人员"):
        rectifications.patrol(maker, officer=maker.record("staff", status="休假"))


def test_self_checks_come_back_are_judged_and_lead_to_inspections(maker: Maker, clock: Clock) -> None:
    form, registry = rectifications.self_check(maker), maker.registry("self_check")
    with maker.office.database.read() as session:
        kept = session.get_one(registry.record, form)
        campaign, operator = kept.campaign_id, kept.operator_id  # type: ignore[attr-defined]
    clock.now = datetime(2026, 12, 2, 9)
    assert any("自查表未交，2026-11-30 前交回，已逾期" in said for said in waiting(maker, operator))
    maker.perform("take_back", registry, form, signer_name="甲", found="灭火器过期")
    with pytest.raises(UserError, match="还有 1 张交回的自查表没有核对"):
        do(maker, "close_campaign", "special_campaign", campaign)
    with pytest.raises(UserError, match="自查发现了问题，请写核对意见"):
        maker.perform("clear", registry, form)
    check = maker.perform("follow_up", registry, form, task=rectifications.directed(maker), why="隐患未整改")
    assert any("指派检查人员" in note for note in check.notes)
    do(maker, "close_campaign", "special_campaign", campaign)
    with pytest.raises(UserError, match="已结束，内容不再改动"):
        do(maker, "amend", "special_campaign", campaign, remark="x")


def test_a_campaign_takes_in_who_came_since_and_leaves_out_who_is_closed(maker: Maker) -> None:
    campaign = rectifications.campaign(maker)
    inspections.shop(maker, operating_status="歇业")
    assert do(maker, "open_campaign", "special_campaign", campaign) == 1
    inspections.shop(maker)
    assert do(maker, "add_firms", "special_campaign", campaign) == 1
    assert do(maker, "add_firms", "special_campaign", campaign) == 0
