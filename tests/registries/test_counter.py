"""The counter as plain data: what a text leads to, what is known of a firm, which step comes next and the paper it leads to."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.conftest import Clock
from tests.seasons import (
    CLEAN,
    DECIDER,
    FIRST_DAY,
    LAPSED,
    NONE,
    OTHER,
    STOPPED,
    TOO_NEW,
    case_of,
    copy_of,
    season_in,
)
from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.records import IssuedPaper
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.registries.review.case import REVIEW_CASES, ReviewCase
from wenlv_desk.registries.review.counter import BARS, FINE, CounterView, foreseen, season, view
from wenlv_desk.registries.review.proposing import Step
from wenlv_desk.registries.review.seeking import CounterHit, search
from wenlv_desk.registries.review.ticking import Tick
from wenlv_desk.registries.review.vocabulary import CaseState, MaterialState
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office
from wenlv_desk.store.rehearsal import rehearsed

PLAIN_CLERK = Clerk("林晓", "窗口二", frozenset({Role.CLERK}))
ALL_THERE = {position: Tick(MaterialState.COMPLETE) for position in range(1, 6)}
ONE_MISSING = {**ALL_THERE, 3: Tick(MaterialState.MISSING, "来时未带", "请携带许可证副本原件")}


@pytest.fixture(scope="module")
def season_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return season_in(tmp_path_factory.mktemp("season") / "template")


@pytest.fixture
def day() -> Clock:
    return Clock(FIRST_DAY)


@pytest.fixture
def bureau(season_template: Path, tmp_path: Path, day: Clock) -> Iterator[Office]:
    office = open_desk(copy_of(season_template, tmp_path), clock=day)
    yield office
    office.close()


def found(office: Office, text: str) -> list[CounterHit]:
    with office.desk(DECIDER) as desk:
        return search(desk, text)


def seen(office: Office, name: str, ticks: dict[int, Tick] | None = None, clerk: Clerk = DECIDER) -> CounterView:
    case_id = case_of(office, name)
    with office.desk(clerk) as desk:
        return view(desk, case_id, ticks or {})


def do(office: Office, name: str, operation: str, clerk: Clerk = DECIDER, **arguments: Any) -> None:
    perform(office, clerk, operation, REVIEW_CASES.name, case_of(office, name), arguments=arguments)


def press(office: Office, name: str, step: Step, clerk: Clerk = DECIDER) -> None:
    do(office, name, step.operation, clerk, **step.arguments)


def proposed(office: Office, name: str, ticks: dict[int, Tick] | None = None, clerk: Clerk = DECIDER) -> Step:
    step = seen(office, name, ticks, clerk).proposal.step
    assert step is not None
    return step


@pytest.mark.parametrize(
    "text", ["海书香", "hsxwh", "haishuxiang", "新出发鲁零字第示001号", "示001", "NS-CB-2026-0001", "翟志远"]
)
def test_anything_that_names_the_firm_finds_its_case(bureau: Office, text: str) -> None:
    first = found(bureau, text)[0]
    assert (first.case_id, first.name) == (case_of(bureau, CLEAN), CLEAN)


def test_a_credit_code_and_a_phone_find_one_line_a_case(bureau: Office) -> None:
    with bureau.database.read() as session:
        case = session.get_one(ReviewCase, case_of(bureau, CLEAN))
        phone = str(case.contact_phone)
    code = dict(seen(bureau, CLEAN).pairs)["信用代码"]
    for text in (code, phone):
        assert [hit.case_id for hit in found(bureau, text)] == [case.id]


def test_a_firm_without_a_case_is_found_with_the_reason(bureau: Office) -> None:
    assert [(hit.case_id, hit.why) for hit in found(bureau, NONE)] == [(0, "没有正在年审的许可证")]
    (hit,) = found(bureau, TOO_NEW)
    assert hit.case_id == 0
    assert "不参加：首次领证日期 2026-01-05 晚于纳入截止日 2025-12-31" in hit.why


def test_what_is_nowhere_is_not_found(bureau: Office) -> None:
    assert found(bureau, "查无此店") == []


def test_a_firm_with_nothing_open_is_said_to_be_fine_and_its_phone_is_masked(bureau: Office) -> None:
    shown = seen(bureau, CLEAN)
    assert [one.word for one in shown.known] == [FINE]
    assert "****" in dict(shown.pairs)["电话"]
    assert dict(shown.pairs)["去年"] == "没有记录"


def test_a_lapsed_licence_bars_and_is_named(bureau: Office) -> None:
    shown = seen(bureau, LAPSED, ALL_THERE)
    assert shown.known[0].word == BARS
    assert shown.known[0].register == "publication_licence"
    assert shown.proposal.step is None
    assert any("到期" in one for one in shown.proposal.blocks)
    assert "receive" in [step.operation for step in shown.proposal.others]


def test_a_licence_under_an_order_to_stop_bars(bureau: Office) -> None:
    assert any("停业整顿中" in one for one in seen(bureau, STOPPED, ALL_THERE).proposal.blocks)


def test_nothing_is_proposed_before_everything_was_looked_at(bureau: Office) -> None:
    proposal = seen(bureau, CLEAN, {1: Tick(MaterialState.COMPLETE)}).proposal
    assert proposal.step is None
    assert proposal.waits.startswith("第 2、3、4、5 项还没有核对")


def test_a_complete_case_is_settled_and_its_result_printed(bureau: Office) -> None:
    step = proposed(bureau, CLEAN, ALL_THERE)
    assert (step.operation, step.paper) == ("settle", "review_result")
    press(bureau, CLEAN, step)
    assert seen(bureau, CLEAN).state == "通过"


def test_who_may_not_decide_accepts(bureau: Office) -> None:
    step = proposed(bureau, CLEAN, ALL_THERE, PLAIN_CLERK)
    assert (step.operation, step.paper) == ("receive_and_accept", "review_acceptance")
    press(bureau, CLEAN, step, PLAIN_CLERK)
    assert seen(bureau, CLEAN).state == "已受理"


def test_where_the_campaign_wants_two_one_only_accepts(bureau: Office) -> None:
    perform(bureau, DECIDER, "amend", "review_campaign", 1, arguments={"separate_reviewer": True})
    assert proposed(bureau, CLEAN, ALL_THERE).operation == "receive_and_accept"


def test_something_missing_is_told_at_once_in_full(bureau: Office) -> None:
    step = proposed(bureau, CLEAN, ONE_MISSING)
    assert (step.operation, step.paper) == ("receive_and_notify", "review_correction")
    press(bureau, CLEAN, step)
    shown = seen(bureau, CLEAN)
    assert shown.state == "已告知待补正"
    assert (shown.materials[2].state, shown.materials[2].remedy) == (MaterialState.MISSING, "请携带许可证副本原件")
    assert shown.clocks[0].label == "补正期限"


def test_what_was_decided_but_not_printed_is_owed_first(bureau: Office) -> None:
    do(bureau, CLEAN, "settle", materials="全部齐全；6 不适用")
    step = proposed(bureau, CLEAN)
    assert (step.operation, step.paper) == ("", "review_result")
    given = {"paper": "review_result", "register": REVIEW_CASES.name, "records": str(case_of(bureau, CLEAN))}
    perform(bureau, DECIDER, "issue", "issued_paper", arguments=given)
    assert proposed(bureau, CLEAN).operation == "stamp"
    do(bureau, CLEAN, "stamp")
    assert proposed(bureau, CLEAN).operation == "close"


def test_a_case_told_once_waits_for_what_is_missing_and_is_then_settled(bureau: Office) -> None:
    press(bureau, CLEAN, proposed(bureau, CLEAN, ONE_MISSING))
    given = {"paper": "review_correction", "register": REVIEW_CASES.name, "records": str(case_of(bureau, CLEAN))}
    perform(bureau, DECIDER, "issue", "issued_paper", arguments=given)
    assert seen(bureau, CLEAN).proposal.waits.startswith("第 3 项还没有补来")
    step = proposed(bureau, CLEAN, {3: Tick(MaterialState.COMPLETE)})
    assert (step.operation, step.arguments["materials"]) == ("settle", "3 齐全")
    press(bureau, CLEAN, step)
    assert seen(bureau, CLEAN).state == "通过"


def test_a_required_material_that_does_not_apply_wants_a_reason(bureau: Office) -> None:
    ticks = {**ALL_THERE, 5: Tick(MaterialState.NOT_APPLICABLE)}
    assert "请写明原因" in seen(bureau, CLEAN, ticks).proposal.waits
    ticks[5] = Tick(MaterialState.NOT_APPLICABLE, "没有门店")
    assert proposed(bureau, CLEAN, ticks).operation == "settle"


def test_a_received_case_is_checked_then_told_or_accepted(bureau: Office) -> None:
    do(bureau, CLEAN, "receive")
    assert seen(bureau, CLEAN).proposal.step is None
    step = proposed(bureau, CLEAN, ALL_THERE)
    assert step.operation == "check_materials"
    press(bureau, CLEAN, step)
    assert proposed(bureau, CLEAN).operation == "accept"


def test_the_limit_that_has_passed_is_said_in_red_and_the_case_accepted(bureau: Office, day: Clock) -> None:
    do(bureau, CLEAN, "receive")
    day.now += timedelta(days=14)
    shown = seen(bureau, CLEAN)
    assert shown.clocks[0].red
    assert "视为受理" in shown.clocks[0].said
    assert proposed(bureau, CLEAN).operation == "accept"


def test_a_closed_case_has_nothing_left_to_do(bureau: Office) -> None:
    do(bureau, CLEAN, "settle", materials="全部齐全；6 不适用")
    do(bureau, CLEAN, "stamp")
    do(bureau, CLEAN, "close")
    shown = seen(bureau, CLEAN)
    assert shown.proposal.step is None
    assert "办结" in shown.proposal.waits
    assert not shown.open_list


def test_the_paper_is_seen_before_the_step_and_nothing_is_written(bureau: Office) -> None:
    case_id = case_of(bureau, CLEAN)
    pdf = foreseen(bureau, DECIDER, case_id, proposed(bureau, CLEAN, ONE_MISSING))
    assert pdf.startswith(b"%PDF")
    with bureau.database.read() as session:
        assert session.get_one(ReviewCase, case_id).status is CaseState.NOT_STARTED
        assert session.scalar(select(func.count()).select_from(IssuedPaper)) == 0


def test_a_rehearsal_shows_what_would_be_and_keeps_nothing(bureau: Office) -> None:
    case_id, op = case_of(bureau, CLEAN), bureau.catalogue.operation(REVIEW_CASES, "settle")
    given = {"materials": "全部齐全；6 不适用"}
    with rehearsed(bureau, DECIDER, op, REVIEW_CASES, case_id, given) as desk:
        assert desk.get(ReviewCase, case_id).status is CaseState.PASSED
    assert seen(bureau, CLEAN).state == "应审未报"
    do(bureau, CLEAN, "settle", **given)
    assert seen(bureau, CLEAN).state == "通过"


def test_a_rehearsal_refuses_what_the_step_refuses(bureau: Office) -> None:
    op = bureau.catalogue.operation(REVIEW_CASES, "settle")
    with (
        pytest.raises(UserError, match="到期"),
        rehearsed(bureau, DECIDER, op, REVIEW_CASES, case_of(bureau, LAPSED), {"materials": "全部齐全"}),
    ):
        pytest.fail("it was let through")


def test_todays_figures_count_what_was_decided_and_what_took_one_visit(bureau: Office, day: Clock) -> None:
    do(bureau, CLEAN, "settle", materials="全部齐全；6 不适用")
    press(bureau, OTHER, proposed(bureau, OTHER, ONE_MISSING))
    do(bureau, OTHER, "settle", materials="3 齐全")
    with bureau.desk(DECIDER) as desk:
        shown = season(desk)
    assert (shown.done, shown.at_once) == (2, 1)
    assert shown.onsite == "现场 1 月 26 日至 30 日"
    day.now += timedelta(days=1)
    with bureau.desk(DECIDER) as desk:
        assert season(desk).done == 0


def test_a_list_changed_in_season_is_mentioned_to_who_was_received_before(bureau: Office) -> None:
    do(bureau, CLEAN, "receive", materials="全部齐全；6 不适用")
    perform(bureau, DECIDER, "amend", "review_requirement", 1, arguments={"note": "盖章，双面打印"})
    assert any("仍按收件时的清单" in one.text for one in seen(bureau, CLEAN).known)
