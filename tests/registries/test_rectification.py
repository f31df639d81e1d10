"""限期整改: every deadline is kept, overdue is never hidden, two who may go look again, and it bars what it must."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests import inspections, rectifications, reviews
from tests.builders import Maker, dump
from tests.conftest import Clock
from tests.registries.test_inspection_draw import do
from tests.registries.test_waiting import waiting
from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import OvertakenError, UserError
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.rectification.rectification import Deadline, Recheck, Rectification
from wenlv_desk.registries.rectification.told import placeholders
from wenlv_desk.registries.rectification.vocabulary import RectificationState as S
from wenlv_desk.registries.review.counter import BARS, view
from wenlv_desk.registries.review.vocabulary import CaseState
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.figures import figures_as_of
from wenlv_desk.store.gate import perform as through_gate
from wenlv_desk.store.query import Listing, ListQuery
from wenlv_desk.store.undo import undo

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


def test_the_counter_says_what_is_open_for_a_firm_and_leads_there(maker: Maker) -> None:
    case = reviews.case_in(maker, CaseState.UNDER_REVIEW)
    made = do(maker, "order_after_review", "review_case", case, **rectifications.ORDER)
    with maker.office.desk(maker.clerk) as desk:
        known = [one for one in view(desk, case, {}).known if one.register == ONE]
    assert [(one.word, one.record_id) for one in known] == [(BARS, made)]
    assert "ZG-2026-0001 整改期限 2026-12-08，还有 15 天，已下达，还没有送达：没有进销货清单" in known[0].text


def test_an_order_that_should_not_have_been_given_is_withdrawn_and_bars_nothing_any_more(maker: Maker) -> None:
    case = reviews.case_in(maker, CaseState.UNDER_REVIEW)
    made = do(maker, "order_after_review", "review_case", case, **rectifications.ORDER)
    papers = maker.registry("issued_paper")
    given = {"paper": "rectification_order", "register": ONE, "records": str(made)}
    paper = maker.perform("issue", papers, **given).value
    with pytest.raises(UserError, match=r"通知书 .* 已经出具，请先在“文书档案”里作废"):
        do(maker, "withdraw_order", ONE, made, reason="下达给了别的单位")
    do(maker, "void_paper", "issued_paper", paper["id"], why="下达给了别的单位")
    before = dump(maker.office)
    done = maker.perform("withdraw_order", maker.registry(ONE), made, reason="下达给了别的单位")
    assert (figures(maker, None)["下达"], waiting(maker.office, ONE, made)) == ("0 件", [])
    undo(maker.office, maker.clerk, done.entry_id)
    assert dump(maker.office) == before
    do(maker, "withdraw_order", ONE, made, reason="下达给了别的单位")
    do(maker, "pass_case", "review_case", case)
    assert row(maker, rectifications.rectification(maker)).rectification_no == "ZG-2026-0002"


def test_a_check_whose_only_order_was_withdrawn_waits_for_one_again(maker: Maker) -> None:
    made = rectifications.after_check(maker)
    check = row(maker, made).check_id or 0
    do(maker, "withdraw_order", ONE, made, reason="问题写错")
    assert any("还没有下达" in item.text for item in waiting(maker.office, "inspection_check", check))


def test_an_order_begins_with_what_the_inspection_found_and_names_who_found_it(maker: Maker) -> None:
    check = rectifications.check_for(maker, "order_after_check") or 0
    registry = maker.registry("inspection_check")
    op = maker.office.catalogue.operation(registry, "order_after_check")
    with maker.office.desk(maker.clerk) as desk:
        found = desk.get(InspectionCheck, check)
        assert op.suggest is not None
        assert op.due is not None
        begun, due = op.suggest(desk, found), op.due(desk, found)
    assert due
    assert begun["problem"] == "没有张挂许可证"
    assert begun["legal_basis"]
    made = do(maker, "order_after_check", "inspection_check", check, **(rectifications.ORDER | begun))
    with maker.office.desk(maker.clerk) as desk:
        assert not op.due(desk, desk.get(InspectionCheck, check)), "it was given"
        told = placeholders(desk, [made])
        team = desk.get(InspectionCheck, check).inspectors
    assert told["问题"] == ["没有张挂许可证。"]
    assert str(told["检查人员和证号"]).count("（执法证号") == 2
    assert row(maker, made).issued_by == team


def test_firms_that_are_merged_bring_their_orders_along(maker: Maker) -> None:
    made = rectifications.rectification(maker)
    other = inspections.shop(maker)
    do(maker, "merge", "operator", other, other=row(maker, made).operator_id)
    assert row(maker, made).operator_id == other
    assert waiting(maker.office, "operator", other)[0].record_id == made


def test_the_ledger_of_a_firm_gives_every_deadline(maker: Maker) -> None:
    made = rectifications.rectification(maker)
    do(maker, "extend", ONE, made, due_on=date(2026, 12, 20), why="备货中", approver="苏若溪")
    registry = maker.registry("operator")
    with maker.office.desk(maker.clerk) as desk:
        sheet = desk.catalogue.report(registry, "rectification_ledger").function(
            desk, desk.get(Operator, row(maker, made).operator_id)
        )
    assert sheet.rows[0][6] == "2026-12-08 首次下达；2026-12-20 批准延期"


def test_who_served_it_notes_it_and_only_who_may_order_puts_it_off(maker: Maker) -> None:
    made = rectifications.rectification(maker)
    for role, may in ((Role.CLERK, False), (Role.INSPECTOR, True), (Role.GRID, None)):
        someone = Clerk("某人", roles=frozenset({role}))
        steps: list[tuple[str, dict[str, Any], bool]] = [
            ("serve", {"receiver": "甲"}, may is not None),
            ("extend", {"due_on": f"2026-12-{20 + made}", "why": "备货", "approver": "苏若溪"}, may is True),
        ]
        for step, given, allowed in steps:
            if allowed:
                through_gate(maker.office, someone, step, ONE, made, arguments=given)
                continue
            with pytest.raises(UserError, match="没有这项权限"):
                through_gate(maker.office, someone, step, ONE, made, arguments=given)
