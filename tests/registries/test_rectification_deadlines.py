"""整改期限: what was late stays late whatever is set anew, a calendar that comes counts anew what was given in days, and no deadline is lost."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import rectifications
from tests.builders import Maker, dump
from tests.conftest import Clock
from tests.registries.test_inspection_draw import do
from tests.registries.test_rectification import figures, row, standing
from tests.registries.test_waiting import waiting
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.rectification.rectification import Deadline, Recheck, Rectification
from wenlv_desk.registries.rectification.vocabulary import RUNNING, DeadlineCause
from wenlv_desk.registries.rectification.vocabulary import RectificationState as S
from wenlv_desk.store.check import check
from wenlv_desk.store.undo import undo

ONE = "rectification"
APPROVED = {"why": "备货中", "approver": "苏若溪"}
DUE = date(2026, 12, 8)  # the usual fifteen days from the tests' today
LATER = datetime(2026, 12, 10, 9)


def kept(maker: Maker, one: int) -> Sequence[Deadline]:
    with maker.office.database.read() as session:
        return session.scalars(select(Deadline).where(Deadline.rectification_id == one).order_by(Deadline.id)).all()


def issue(maker: Maker, one: int, paper: str = "rectification_order") -> str:
    given = {"paper": paper, "register": ONE, "records": str(one)}
    return str(maker.perform("issue", maker.registry("issued_paper"), **given).value["number"])


def calendar_comes(maker: Maker, *off: str) -> int:
    """The table of 2027 with these days off; the entry that counted anew."""
    year = do(maker, "create", "holiday_year", year="2027")
    for day in off:
        do(maker, "create", "holiday", holiday_year_id=year, day=day, kind="放假", name="元旦")
    return maker.perform("confirm_year", maker.registry("holiday_year"), year, reason="国办通知").entry_id


def test_a_sentence_says_how_the_first_deadline_was_counted(maker: Maker) -> None:
    said = [kept(maker, rectifications.rectification(maker, **given))[0].how or "" for given in ({}, {"days": 5})]
    assert said[0] == "自 2026-11-23（星期一）次日起第 15 天（自然日），即 2026-12-08（星期二）"
    assert "即 2026-11-28（星期六），逢双休日，顺延至 2026-11-30（星期一）" in said[1]
    estimated = kept(maker, rectifications.rectification(maker, days=39))[0].how or ""
    assert "（估）" in estimated
    assert "未导入 2027 年放假安排" in estimated


def test_a_day_that_was_named_is_no_estimate(maker: Maker) -> None:
    made = rectifications.rectification(maker, due_on=date(2027, 2, 1))
    assert (row(maker, made).due_estimated, row(maker, made).days) == (False, None)
    do(maker, "extend", ONE, made, due_on=date(2027, 3, 1), **APPROVED)
    assert row(maker, made).due_estimated is False


def test_what_is_put_off_before_it_is_over_is_in_time_by_the_later_day(maker: Maker, clock: Clock) -> None:
    made = rectifications.rectification(maker)
    do(maker, "extend", ONE, made, due_on=date(2026, 12, 20), **APPROVED)
    clock.now = datetime(2026, 12, 20, 9)
    do(maker, "pass_recheck", ONE, made, **rectifications.GOOD)
    assert standing(maker, made) == "按期完成"
    assert (figures(maker, None)["按期完成"], figures(maker, None)["首次期限内完成"]) == ("1 件", "0 件")


def test_what_is_put_off_after_it_was_over_stays_late_and_the_clerk_is_told(maker: Maker, clock: Clock) -> None:
    made = rectifications.rectification(maker)
    clock.now = LATER
    done = maker.perform("extend", maker.registry(ONE), made, due_on=date(2026, 12, 20), **APPROVED)
    assert done.notes == ("按期完成的截止 2026-12-08 已过才批准延期，统计仍算逾期",)
    assert standing(maker, made) == "逾期后再限期"
    assert figures(maker, None)["逾期未完成"] == "1 件"
    do(maker, "pass_recheck", ONE, made, **rectifications.GOOD)
    assert standing(maker, made) == "逾期完成"
    assert figures(maker, None)["按期整改率"] == "0.00 %  0/1"


def test_a_failed_re_check_sets_a_day_but_does_not_make_late_what_was_late(maker: Maker, clock: Clock) -> None:
    made = rectifications.rectification(maker)
    operator = row(maker, made).operator_id
    clock.now = LATER
    do(maker, "fail_recheck", ONE, made, **rectifications.BAD)
    assert (row(maker, made).due_on, row(maker, made).in_time_until) == (date(2026, 12, 31), DUE)
    (item,) = waiting(maker.office, "operator", operator)
    assert (item.word, item.tone, item.bars) == ("逾期", "red", True)
    assert "2026-12-08 已逾期 2 天，再限期到 2026-12-31，还有 21 天，复查不合格" in item.text
    do(maker, "extend", ONE, made, due_on=date(2027, 1, 15), **APPROVED)
    do(maker, "pass_recheck", ONE, made, **rectifications.GOOD)
    assert standing(maker, made) == "逾期完成"


def test_one_that_failed_early_and_is_done_by_the_first_deadline_is_in_time(maker: Maker, clock: Clock) -> None:
    made = rectifications.rectification(maker)
    do(maker, "fail_recheck", ONE, made, **rectifications.BAD)
    assert standing(maker, made) == "期限内"
    clock.now = datetime(2026, 12, 8, 9)
    do(maker, "pass_recheck", ONE, made, **rectifications.GOOD)
    assert standing(maker, made) == "按期完成"


def test_what_is_handed_over_does_not_leave_the_share_that_was_done_in_time(maker: Maker, clock: Clock) -> None:
    rectifications.rectification_in(maker, S.VERIFIED)
    other = rectifications.rectification(maker)
    clock.now = LATER
    do(maker, "transfer", ONE, other, transferred_to="执法大队", why="拒不整改")
    now = figures(maker, None)
    assert (now["按期整改率"], now["逾期未完成"], now["移交"]) == ("50.00 %  1/2", "0 件", "1 件")


def test_a_calendar_counts_anew_what_was_given_in_days_and_one_undo_takes_both_back(maker: Maker) -> None:
    made = rectifications.rectification(maker, days=39)
    named = rectifications.rectification(maker, due_on=date(2027, 1, 1))
    put_off = rectifications.rectification(maker, days=20)
    do(maker, "extend", ONE, put_off, due_on=date(2027, 1, 2), **APPROVED)
    assert (row(maker, made).due_on, row(maker, made).due_estimated) == (date(2027, 1, 1), True)
    others = [row(maker, one).due_on for one in (named, put_off)]
    before = dump(maker.office)[ONE]
    entry = calendar_comes(maker, "2027-01-01", "2027-01-02", "2027-01-03")
    after = row(maker, made)
    assert (after.due_on, after.first_due_on, after.in_time_until) == (date(2027, 1, 4),) * 3
    assert after.due_estimated is False
    assert [one.cause for one in kept(maker, made)] == [DeadlineCause.FIRST, DeadlineCause.RECOUNTED]
    assert "元旦放假，顺延至 2027-01-04" in (kept(maker, made)[1].how or "")
    assert [row(maker, one).due_on for one in (named, put_off)] == others
    undo(maker.office, maker.clerk, entry)
    assert dump(maker.office)[ONE] == before
    assert len(kept(maker, made)) == 1


def test_a_day_on_a_notice_moves_on_where_it_is_a_day_off_but_is_never_brought_forward(maker: Maker) -> None:
    moved = rectifications.rectification(maker, days=39)  # Friday 2027-01-01
    stands = rectifications.rectification(maker, days=40)  # Saturday: estimated as Monday 2027-01-04
    assert row(maker, stands).due_on == date(2027, 1, 4)
    for one in (moved, stands):
        issue(maker, one)
    year = do(maker, "create", "holiday_year", year="2027")
    do(maker, "create", "holiday", holiday_year_id=year, day="2027-01-01", kind="放假", name="元旦")
    do(maker, "create", "holiday", holiday_year_id=year, day="2027-01-02", kind="调休上班", name="元旦")
    do(maker, "confirm_year", "holiday_year", year, reason="国办通知")
    assert (row(maker, moved).due_on, row(maker, moved).due_estimated) == (date(2027, 1, 2), False)
    assert (row(maker, stands).due_on, row(maker, stands).due_estimated) == (date(2027, 1, 4), False)


def test_it_is_counted_anew_in_the_days_in_which_it_was_given(maker: Maker) -> None:
    settings = maker.record("bureau_settings", rectify_in_working_days=True)
    made = rectifications.rectification(maker, days=30)
    assert row(maker, made).due_on == date(2027, 1, 4)
    do(maker, "amend", "bureau_settings", settings, rectify_in_working_days=False)
    calendar_comes(maker, "2027-01-01", "2027-01-04")
    assert row(maker, made).due_on == date(2027, 1, 6)


def test_every_opinion_keeps_its_number_with_the_re_check_it_was_about(maker: Maker) -> None:
    made = rectifications.rectification_in(maker, S.UNQUALIFIED)
    first = issue(maker, made, "rectification_opinion")
    do(maker, "pass_recheck", ONE, made, **rectifications.GOOD)
    second = issue(maker, made, "rectification_opinion")
    do(maker, "reopen_rectification", ONE, made, why="反弹", due_on=date(2026, 12, 31))
    with maker.office.database.read() as session:
        assert session.scalars(select(Recheck.opinion_no).order_by(Recheck.id)).all() == [first, second]
    with pytest.raises(UserError, match="“复查日期”"):
        issue(maker, made, "rectification_opinion")


def test_steps_in_any_order_lose_no_deadline_and_hide_no_lateness(maker: Maker, clock: Clock) -> None:
    for seed in range(4):
        chance = random.Random(seed)
        made = rectifications.rectification(maker)
        operations = maker.office.catalogue.operations_on(maker.registry(ONE)).values()
        verbs = [op for op in operations if op.on and op.name not in ("withdraw_order", "close_rectification")]
        for _ in range(30):
            before = row(maker, made)
            op = chance.choice([op for op in verbs if before.status in op.when] or verbs)
            given = maker.arguments(maker.registry(ONE), op, made)
            if "due_on" in given:
                given["due_on"] = clock.now.date() + timedelta(chance.randint(-3, 40))
            try:
                maker.perform(op, maker.registry(ONE), made, **given)
            except UserError:
                assert row(maker, made).version == before.version
                continue
            holds(maker, row(maker, made), clock.now.date())
            clock.now += timedelta(days=chance.choice((0, 0, 2, 9)))
        holds(maker, row(maker, made), clock.now.date())
    assert check(maker.office) == []


def holds(maker: Maker, one: Rectification, today: date) -> None:
    """What is true after any step."""
    every = kept(maker, one.id)
    assert (every[0].due_on, every[-1].due_on) == (one.first_due_on, one.due_on)
    extended = [kept for kept in every if kept.cause is DeadlineCause.EXTENDED]
    assert len(extended) == one.extensions
    assert all(kept.approver for kept in extended)
    assert one.in_time_until <= one.due_on
    assert one.in_time_until == one.first_due_on or extended or one.in_time_until < one.first_due_on
    assert (one.done_on is not None) == (one.status is S.VERIFIED)
    if one.status in RUNNING and one.in_time_until < today:
        assert standing(maker, one.id) in ("逾期未完成", "逾期后再限期")
