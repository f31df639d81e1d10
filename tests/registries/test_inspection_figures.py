"""双随机统计 to the last case: who counts as drawn, what counts as in time, and how it stood on any past day."""

from datetime import date, datetime, timedelta

from tests import inspections, rectifications
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_inspection_cycle import row
from tests.registries.test_inspection_draw import do
from tests.registries.test_inspection_tables import figures
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawState

CHECK, DRAW, TASK = "inspection_check", "inspection_draw", "inspection_task"
CANCEL = {"why": "任务调整", "approver": "苏若溪"}


def test_leaving_a_firm_out_does_not_raise_the_rate(maker: Maker) -> None:
    first, second = inspections.checks_of(maker, inspections.draw(maker, DrawState.DRAWN))
    inspections.walk(maker, CHECK, first, inspections.CHECKED)
    do(maker, "cancel_check", CHECK, second, **CANCEL)
    now = figures(maker, "inspection")
    assert (now["抽查户数"], now["取消户数"], now["抽查完成率"]) == ("2 户", "1 户", "50.00 %  1/2")


def test_a_firm_that_was_replaced_counts_once_by_its_stand_in(maker: Maker) -> None:
    inspections.check_in(maker, CheckState.REPLACED)
    now = figures(maker, "inspection")
    assert (now["抽查户数"], now["替换户数"], now["取消户数"]) == ("1 户", "1 户", "0 户")


def test_a_draw_that_was_given_up_and_a_task_that_was_cancelled_drew_nobody(maker: Maker, clock: Clock) -> None:
    draw = inspections.draw(maker, DrawState.DRAWN)
    other = inspections.task_of(maker, inspections.fresh_check(maker))
    before = figures(maker, "inspection")
    assert before["抽查户数"] == "3 户"
    clock.now += timedelta(days=1)
    do(maker, "abandon", DRAW, draw, **inspections.GIVEN_UP)
    do(maker, "cancel_task", TASK, other, reason="计划调整")
    now = figures(maker, "inspection")
    assert (now["抽查户数"], now["替换户数"], now["取消户数"], now["抽查完成率"]) == ("0 户", "0 户", "0 户", "—  0/0")
    assert figures(maker, "inspection", date(2026, 11, 23)) == before


def test_an_order_counts_as_late_from_the_day_after_its_deadline(maker: Maker, clock: Clock) -> None:
    order = rectifications.after_check(maker)
    with maker.office.database.read() as session:
        found = session.get_one(maker.registry("rectification").record, order)
        due: date = found.due_on  # type: ignore[attr-defined]
    clock.now = datetime.combine(due, clock.now.time())
    assert figures(maker, "inspection")["按期整改率"] == "—  0/0"
    clock.now += timedelta(days=1)
    assert figures(maker, "inspection")["按期整改率"] == "0.00 %  0/1"
    assert figures(maker, "inspection", due)["按期整改率"] == "—  0/0"


def test_what_was_withdrawn_is_not_published_and_in_time_no_more(maker: Maker, clock: Clock) -> None:
    check = inspections.check_in(maker, CheckState.PUBLISHED)
    assert figures(maker, "inspection")["公示及时率"] == "100.00 %  1/1"
    clock.now = datetime(2026, 12, 30, 9)
    do(maker, "withdraw_publication", CHECK, check, reason="结果有误")
    now = figures(maker, "inspection")
    assert (now["已公示"], now["公示及时率"]) == ("0 户次", "0.00 %  0/1")
    assert figures(maker, "inspection", date(2026, 12, 29))["公示及时率"] == "100.00 %  1/1"


def test_the_middle_time_of_a_visit_is_in_minutes(maker: Maker) -> None:
    inspections.check_in(maker, CheckState.CHECKED)
    assert figures(maker, "inspection")["检查用时中位数"] == "40 分钟"


def test_a_firm_is_on_the_directory_from_the_day_it_was_taken_up_to_the_day_it_was_taken_off(
    maker: Maker, clock: Clock
) -> None:
    inspections.shop(maker, listed_on=date(2026, 11, 1))
    later = inspections.shop(maker, listed_on=date(2026, 12, 1))
    inspections.shop(maker, operating_status="歇业")
    clock.now += timedelta(days=1)
    assert figures(maker, "coverage")["在册户数"] == "1 户"
    clock.now = datetime(2026, 12, 1, 9)
    assert figures(maker, "coverage")["在册户数"] == "2 户"
    clock.now = datetime(2026, 12, 10, 9)
    do(maker, "delist", "operator", later, reason="迁出")
    assert figures(maker, "coverage")["在册户数"] == "1 户"
    assert figures(maker, "coverage", date(2026, 12, 9))["在册户数"] == "2 户"


def test_a_year_is_over_on_the_same_day_of_the_next(maker: Maker, clock: Clock) -> None:
    inspections.check_in(maker, CheckState.CHECKED, shops=2)
    for day, years in (
        (date(2027, 11, 22), ("50.00 %  1/2", "50.00 %  1/2")),
        (date(2027, 11, 23), ("0.00 %  0/2", "50.00 %  1/2")),
        (date(2029, 11, 23), ("0.00 %  0/2", "0.00 %  0/2")),
    ):
        clock.now = datetime.combine(day, clock.now.time())
        now = figures(maker, "coverage")
        assert (now["一年覆盖率"], now["三年覆盖率"]) == years


def test_a_named_check_reaches_a_firm_too(maker: Maker) -> None:
    named = inspections.named_check(maker, shops=0)
    do(maker, "name_team", CHECK, named, lead=inspections.inspector(maker), second=inspections.inspector(maker))
    inspections.walk(maker, CHECK, named, inspections.CHECKED)
    assert figures(maker, "coverage")["一年覆盖率"] == "100.00 %  1/1"
    now = figures(maker, "inspection")
    assert (now["问题发现率（随机）"], now["抽查完成率"]) == ("—  0/0", "—  0/0")


def test_figures_split_by_stratum_and_grade(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.CHECKED)
    kept = row(maker, check)
    for group, label in (("stratum", kept.stratum), ("risk_grade", kept.risk_grade)):
        shown = label.label if hasattr(label, "label") else label
        assert figures(maker, "inspection", None, group)[f"{shown}检查户次"] == "1 户次"
