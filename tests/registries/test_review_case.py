"""年审案件: each step leads where the trade says and nowhere else, all that blocks it is listed, and undo restores it exactly."""

import json
import random
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests import reviews
from tests.builders import Maker, dump
from tests.conftest import Clock, Perform
from tests.registries.test_waiting import waiting
from wenlv_desk.core.errors import OvertakenError, UserError
from wenlv_desk.core.operations import Subject
from wenlv_desk.registries.licence.publication import PublicationLicence
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.clocks import Clock as Limit
from wenlv_desk.registries.review.clocks import clocks_of, months_after
from wenlv_desk.registries.review.handling import campaign_of
from wenlv_desk.registries.review.vocabulary import CaseState, Conclusion
from wenlv_desk.store import gate
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.store.undo import undo

S = CaseState
CASE = "review_case"
TO_COME = {S.NOT_STARTED, S.OVERDUE, S.REMINDED, S.WITHDRAWN}
# From which state into which a step may lead (domain 3.2, the shorter path of reports, and back to the counter after 撤回).
ALLOWED: dict[CaseState, set[CaseState]] = {
    **{state: {S.RECEIVED, S.REPORTED, S.CORRECTION, S.ACCEPTED, S.PASSED, S.EXEMPTED} for state in TO_COME},
    S.RECEIVED: {S.CORRECTION, S.ACCEPTED, S.REJECTED, S.WITHDRAWN},
    S.CORRECTION: {S.RECEIVED, S.WITHDRAWN, S.OVERDUE, S.PASSED, S.ACCEPTED},
    S.ACCEPTED: {S.UNDER_REVIEW},
    S.UNDER_REVIEW: {S.PASSED, S.DEFERRED, S.FAILED},
    S.PASSED: {S.STAMPED},
    S.STAMPED: {S.CLOSED},
    S.DEFERRED: {S.UNDER_REVIEW, S.FAILED},
    S.FAILED: {S.CLOSED},
    S.EXEMPTED: {S.CLOSED},
    S.REJECTED: {S.CLOSED},
    S.REPORTED: {S.DISPUTED, S.VERIFIED, S.WITHDRAWN},
    S.DISPUTED: {S.VERIFIED},
    S.VERIFIED: {S.PUBLISHED},
    S.PUBLISHED: {S.CLOSED},
    S.CLOSED: {S.UNDER_REVIEW, S.REPORTED, S.NOT_STARTED},
}
ALLOWED[S.NOT_STARTED] |= {S.OVERDUE}
ALLOWED[S.WITHDRAWN] |= {S.OVERDUE}
ALLOWED[S.OVERDUE] |= {S.REMINDED, S.FAILED}
ALLOWED[S.REMINDED] |= {S.FAILED}
CONCLUDED = {
    S.PASSED: Conclusion.PASSED,
    S.STAMPED: Conclusion.PASSED,
    S.DEFERRED: Conclusion.DEFERRED,
    S.FAILED: Conclusion.FAILED,
    S.EXEMPTED: Conclusion.EXEMPTED,
    S.REJECTED: Conclusion.REJECTED,
    S.OVERDUE: Conclusion.MISSED,
    S.REMINDED: Conclusion.MISSED,
    S.VERIFIED: Conclusion.REPORTED,
    S.PUBLISHED: Conclusion.REPORTED,
}


def get(office: Office, case_id: int) -> ReviewCase:
    with office.desk(Clerk("读")) as desk:
        return desk.get(ReviewCase, case_id)


def licence(office: Office, case_id: int) -> PublicationLicence:
    with office.desk(Clerk("读")) as desk:
        return desk.get(PublicationLicence, desk.get(ReviewCase, case_id).publication_licence_id or 0)


def limits(office: Office, case_id: int) -> list[Limit]:
    with office.desk(Clerk("读")) as desk:
        case = desk.get(ReviewCase, case_id)
        return list(clocks_of(desk, case, campaign_of(desk, case)))


@pytest.mark.parametrize("state", list(CaseState), ids=str)
def test_every_state_is_reached_by_the_clerks_own_steps_and_each_step_is_undone_exactly(
    maker: Maker, state: CaseState
) -> None:
    mode = "报告（公示）" if state in reviews.OF_REPORT else "核验（盖章）"
    case_id = reviews.fresh_case(maker, review_mode=mode)
    for step in reviews.PATHS[state]:
        before = dump(maker.office)
        about = (
            ("review_campaign", reviews.campaign_id(maker, case_id)) if step[0] == "mark_overdue" else (CASE, case_id)
        )
        done = maker.perform(step[0], maker.registry(about[0]), about[1], **step[1])
        undo(maker.office, maker.clerk, done.entry_id)
        assert dump(maker.office) == before, step[0]
        maker.perform(step[0], maker.registry(about[0]), about[1], **step[1])
    case = get(maker.office, case_id)
    assert case.status is state
    assert case.conclusion is (Conclusion.PASSED if state is S.CLOSED else CONCLUDED.get(state))
    assert check(maker.office) == []


@pytest.mark.parametrize("mode", ["核验（盖章）", "报告（公示）"])
@pytest.mark.parametrize("seed", range(3))
def test_steps_in_any_order_keep_to_the_trades_path(
    maker: Maker, clock: Clock, office: Office, mode: str, seed: int
) -> None:
    chance = random.Random(seed)
    case_id = reviews.fresh_case(maker, review_mode=mode)
    registry = maker.registry(CASE)
    verbs = [op for op in office.catalogue.operations_on(registry).values() if op.on and op.subject is Subject.RECORD]
    done = 0
    for _ in range(70):
        before = get(office, case_id)
        op = chance.choice([op for op in verbs if not op.when or before.status in op.when] or verbs)
        given: dict[str, Any] = maker.arguments(registry, op, case_id)
        if "materials" in {one.name for one in op.arguments(registry)} and op.name != "receive_and_notify":
            given["materials"] = chance.choice(("全部齐全", "1 缺：没带；2 齐全"))
        try:
            maker.perform(op, registry, case_id, **given)
        except UserError:
            assert get(office, case_id).version == before.version, op.name
            continue
        done += 1
        holds(office, before, get(office, case_id), op.name)
        if chance.random() < 0.2:
            clock.now = datetime.combine(clock.now.date() + (date(2026, 1, 3) - date(2026, 1, 1)), clock.now.time())
    assert done > 10
    assert check(office) == []


def holds(office: Office, before: ReviewCase, now: ReviewCase, step: str) -> None:
    """What is true after any step."""
    if now.status is not before.status:
        assert now.status in ALLOWED[before.status], (step, before.status, now.status)
        assert before.status is not S.CLOSED or step == "reopen"
    if now.status in CONCLUDED:
        assert now.conclusion is CONCLUDED[now.status], step
    assert now.visits >= before.visits
    assert now.correction_round >= before.correction_round
    assert now.status is not S.RECEIVED or now.notice_due is not None
    assert now.status is not S.CORRECTION or now.correct_by is not None
    assert (
        now.status not in (S.PASSED, S.STAMPED)
        or (now.accepted_on and now.received_at and now.legal_due_on is None)
        or (now.due_on is not None)
    )
    kept = licence(office, now.id)
    if now.status in (S.PASSED, S.DEFERRED, S.FAILED, S.VERIFIED, S.EXEMPTED):
        assert now.conclusion is not None
        assert (kept.last_review_year, kept.last_review_result) == (now.review_year, now.conclusion.label)


def test_a_step_from_a_state_it_is_not_for_is_refused_with_the_state(maker: Maker, office: Office) -> None:
    registry = maker.registry(CASE)
    for state in (S.NOT_STARTED, S.ACCEPTED, S.CLOSED, S.VERIFIED):
        case_id = reviews.case_in(maker, state)
        before = dump(office)
        for op in office.catalogue.operations_on(registry).values():
            if op.when and state not in op.when:
                with pytest.raises(UserError, match=f"现为“{state.label}”，不能办“{op.title}”"):
                    maker.perform(op, registry, case_id, **maker.arguments(registry, op, case_id))
        assert dump(office) == before


def test_a_case_closed_twice_is_refused(maker: Maker, perform: Perform) -> None:
    case_id = reviews.case_in(maker, S.CLOSED)
    with pytest.raises(UserError, match=r"现为“办结”，不能办“办结”。现在可以办：.*重新办理"):
        perform("close", CASE, case_id)


def test_all_that_keeps_a_case_from_passing_is_said_at_once(maker: Maker, office: Office, perform: Perform) -> None:
    case_id = reviews.fresh_case(maker, separate_reviewer=True)
    reviews.walk(maker, case_id, [("receive", {"materials": "全部齐全"}), ("accept", {})])
    perform("examine", CASE, case_id, no_violations=False, conditions_met=False)
    perform("suspend", "publication_licence", licence(office, case_id).id, **SUSPENSION)
    with pytest.raises(UserError) as refused:
        perform("pass_case", CASE, case_id)
    for part in ("1. ", "停业整顿中", "违法违规记录", "不再具备许可条件", "收件和审核须为两人，本案由林晓收件"):
        assert part in refused.value.message
    assert get(office, case_id).status is S.UNDER_REVIEW


SUSPENSION = {"suspended_from": "2026-11-20", "suspended_to": "2026-12-31", "document_no": "罚1号", "reason": "未验证"}


def test_another_one_of_the_staff_may_pass_what_the_first_received(
    maker: Maker, office: Office, perform: Perform
) -> None:
    case_id = reviews.case_in(maker, S.UNDER_REVIEW, separate_reviewer=True)
    with pytest.raises(UserError, match="须为两人"):
        perform("pass_case", CASE, case_id)
    gate.perform(office, Clerk("王芳"), "pass_case", CASE, case_id)
    assert get(office, case_id).decided_by == "王芳"


def test_what_is_missing_is_listed_whole_before_acceptance(maker: Maker, perform: Perform) -> None:
    case_id = reviews.fresh_case(maker)
    perform("receive", CASE, case_id, materials="2 不合格：缺页＝请补")
    with pytest.raises(UserError, match=r"1\. 第 1 项“登记表”还没有核对；2\. 第 2 项“许可证副本”不合格：缺页"):
        perform("accept", CASE, case_id)
    with pytest.raises(UserError, match="第 1 项“登记表”还没有核对"):
        perform("notify", CASE, case_id)


def test_there_is_one_notice_and_a_second_one_needs_a_reason(maker: Maker, office: Office, perform: Perform) -> None:
    case_id = reviews.case_in(maker, S.CORRECTION)
    perform("correct", CASE, case_id, materials="1 不合格：未盖章")
    with pytest.raises(UserError, match=r"补正材料须一次告知.*请写明原因"):
        perform("notify", CASE, case_id)
    perform("notify", CASE, case_id, reason="补来的登记表没有盖章")
    case = get(office, case_id)
    assert (case.visits, case.correction_round, case.status) == (2, 1, S.CORRECTION)


def test_after_five_working_days_without_a_notice_a_case_counts_as_accepted(
    maker: Maker, office: Office, perform: Perform, clock: Clock
) -> None:
    case_id = reviews.fresh_case(maker)
    perform("receive", CASE, case_id, materials="1 缺：没带；2 齐全")
    assert get(office, case_id).notice_due == date(2026, 11, 30)
    assert not limits(office, case_id)[0].red
    clock.now = datetime(2026, 11, 27, 9)
    (limit,) = limits(office, case_id)
    assert limit.red
    assert "一次告知期限 2026-11-30，还有 1 个工作日" in limit.said
    with pytest.raises(UserError, match="第 1 项“登记表”缺"):
        perform("accept", CASE, case_id)
    clock.now = datetime(2026, 12, 1, 9)
    assert "视为受理" in limits(office, case_id)[0].said
    assert "视为受理" in perform("accept", CASE, case_id).notes[0]
    assert get(office, case_id).accepted_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 11, 23, 16, 59), date(2026, 11, 30)),
        (datetime(2026, 11, 23, 17, 1), date(2026, 12, 1)),  # after hours
        (datetime(2026, 11, 22, 10, 0), date(2026, 11, 30)),  # a Sunday
        (datetime(2026, 9, 30, 10, 0), date(2026, 10, 13)),  # over the holidays, with worked days
    ],
)
def test_the_notice_limit_runs_from_the_working_day_of_receipt(
    maker: Maker, office: Office, perform: Perform, clock: Clock, at: datetime, due: date
) -> None:
    clock.now = datetime(2026, 11, 23, 18)
    case_id = reviews.fresh_case(maker)
    perform("receive", CASE, case_id, received_at=at)
    assert get(office, case_id).notice_due == due


def test_a_deferral_ends_within_the_months_the_campaign_allows(maker: Maker, office: Office, perform: Perform) -> None:
    case_id = reviews.case_in(maker, S.UNDER_REVIEW, max_deferral_months=6)
    for until, said in (("2026-11-23", "须晚于今天"), ("2027-05-24", "暂缓最长到 2027-05-23")):
        with pytest.raises(UserError, match=said):
            perform("defer", CASE, case_id, ground="01", until=until)
    with pytest.raises(UserError, match="没有“暂缓”的事由“99”，可用：01"):
        perform("defer", CASE, case_id, ground="99", until="2026-12-31")
    perform("defer", CASE, case_id, ground="01", until="2027-05-23")


def test_a_second_deferral_is_counted_from_the_first(maker: Maker, perform: Perform, clock: Clock) -> None:
    case_id = reviews.case_in(maker, S.DEFERRED, max_deferral_months=6)
    clock.now = datetime(2027, 3, 1, 9)
    perform("look_again", CASE, case_id)
    with pytest.raises(UserError, match="暂缓最长到 2027-05-23（自 2026-11-23 起 6 个月）"):
        perform("defer", CASE, case_id, ground="01", until="2027-08-31")


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_there_is(day: date, months: int, last: date) -> None:
    assert months_after(day, months) == last


def test_on_the_spot_there_are_two_of_the_staff(maker: Maker, office: Office, perform: Perform) -> None:
    case_id = reviews.case_in(maker, S.ACCEPTED)
    maker.record("staff", name="甲某")
    maker.record("staff", name="乙某")
    for said, refusal in (("甲某", "须两人以上"), ("甲某、甲某", "须两人以上"), ("甲某、丙某", "没有在岗的“丙某”")):
        with pytest.raises(UserError, match=refusal):
            perform("examine", CASE, case_id, site_check_by=said)
    perform("examine", CASE, case_id, site_check_by="甲某，乙某")
    assert get(office, case_id).site_check_by == "甲某、乙某"


def test_an_open_case_keeps_the_list_it_was_received_with_and_says_so(
    maker: Maker, office: Office, perform: Perform
) -> None:
    case_id = reviews.case_in(maker, S.RECEIVED)
    campaign = reviews.campaign_id(maker, case_id)
    values = {"campaign_id": campaign, "position": 3, "name": "消防证明", "applies": "全部", "compulsory": True}
    before = dump(office)["review_material"]
    maker.record("review_requirement", **values)
    assert dump(office)["review_material"] == before
    assert "仍按收件时的清单办理" in "".join(item.text for item in waiting(office, CASE, case_id))
    perform("accept", CASE, case_id)


def test_a_licence_cancelled_meanwhile_does_not_pass(maker: Maker, office: Office, perform: Perform) -> None:
    case_id = reviews.case_in(maker, S.UNDER_REVIEW)
    registry = maker.registry("publication_licence")
    op = office.catalogue.operation(registry, "cancel")
    mine = licence(office, case_id)
    maker.perform(op, registry, mine.id, **maker.arguments(registry, op, mine.id))
    with pytest.raises(UserError, match=f"许可证 {mine.licence_no} 已于 .* 注销，本案只能“免审”或“不予通过”后办结"):
        perform("pass_case", CASE, case_id)
    perform("refuse", CASE, case_id, ground="01")


def test_of_two_clerks_on_one_case_the_second_is_told(maker: Maker, office: Office, clerk: Clerk) -> None:
    case_id = reviews.case_in(maker, S.UNDER_REVIEW)
    seen = get(office, case_id).version
    gate.perform(office, clerk, "pass_case", CASE, case_id, expected_version=seen)
    with pytest.raises(OvertakenError, match=r"林晓.*已办“通过"):
        gate.perform(office, Clerk("王芳"), "refuse", CASE, case_id, expected_version=seen, arguments={"ground": "01"})
    assert get(office, case_id).status is S.PASSED


def test_a_closed_case_is_taken_up_again_by_the_head_with_a_reason_where_it_can_go_on(
    maker: Maker, office: Office, perform: Perform
) -> None:
    case_id = reviews.case_in(maker, S.CLOSED)
    with pytest.raises(UserError, match="原因"):
        perform("reopen", CASE, case_id)
    perform("reopen", CASE, case_id, reason="面积不符")
    case = get(office, case_id)
    assert (case.status, case.conclusion, case.closed_on) == (S.UNDER_REVIEW, None, None)
    assert licence(office, case_id).last_review_year is None
    for state, again in ((S.PUBLISHED, S.REPORTED), (S.EXEMPTED, S.NOT_STARTED), (S.REJECTED, S.NOT_STARTED)):
        case_id = reviews.case_in(maker, state)
        perform("close", CASE, case_id)
        perform("reopen", CASE, case_id, reason="更正")
        assert get(office, case_id).status is again


def test_the_earlier_years_result_comes_back_to_the_licence(maker: Maker, office: Office, perform: Perform) -> None:
    case_id = reviews.case_in(maker, S.CLOSED)
    mine = licence(office, case_id)
    campaign = reviews.campaign(maker, review_year=2027, onsite_from=date(2027, 1, 4), onsite_to=date(2027, 1, 29))
    perform("open", "review_campaign", campaign)
    with office.desk(Clerk("读")) as desk:
        found = select(ReviewCase.id).where(ReviewCase.campaign_id == campaign)
        later = desk.session.scalars(found.where(ReviewCase.publication_licence_id == mine.id)).one()
    perform("settle", CASE, later, materials="全部齐全")
    reviews.walk(maker, later, [("stamp", {}), ("close", {})])
    assert licence(office, case_id).last_review_year == 2027
    perform("reopen", CASE, later, reason="更正")
    kept = licence(office, case_id)
    assert (kept.last_review_year, kept.last_review_result) == (2026, "通过")


def test_pauses_and_an_extension_move_the_limits(maker: Maker, office: Office, perform: Perform, clock: Clock) -> None:
    case_id = reviews.case_in(maker, S.ACCEPTED, promised_days=5, legal_days=20)
    assert get(office, case_id).due_on == date(2026, 11, 30)
    perform("pause", CASE, case_id, cause="听证")
    assert get(office, case_id).due_on is None
    assert "计时暂停中" in limits(office, case_id)[0].said
    clock.now = datetime(2026, 11, 25, 9)
    perform("resume_clock", CASE, case_id)
    moved = get(office, case_id).due_on
    assert moved is not None
    assert moved > date(2026, 11, 30)
    with pytest.raises(UserError, match=r"须在 1 到 10 个工作日之间.*现为 11"):
        perform("extend", CASE, case_id, days=11, reason="疑难")
    perform("extend", CASE, case_id, days=10, reason="疑难")
    assert (get(office, case_id).due_on or moved) > moved
    with pytest.raises(UserError, match="已经延长过 10 个工作日"):
        perform("extend", CASE, case_id, days=1, reason="疑难")
    assert [limit.label for limit in limits(office, case_id)] == ["承诺办结日", "法定期限"]


def test_a_refusal_for_not_coming_asks_for_the_urging_first(maker: Maker, perform: Perform) -> None:
    for state in (S.OVERDUE, S.REMINDED):
        case_id = reviews.case_in(maker, state)
        with pytest.raises(UserError, match="须先书面催告"):
            perform("refuse", CASE, case_id, ground="01")


def test_a_year_without_a_table_is_estimated_until_its_table_comes(
    maker: Maker, office: Office, perform: Perform, clock: Clock, tmp_path: Path
) -> None:
    clock.now = datetime(2026, 12, 29, 9)
    case_id = reviews.case_in(maker, S.ACCEPTED, promised_days=5, legal_days=20)
    before = get(office, case_id)
    assert before.estimated
    assert "（估）" in limits(office, case_id)[0].said
    days = [date(2027, 1, day) for day in (1, 4, 5)] + [date(2027, 5, day) for day in (1, 2)]
    days += [date(2027, 10, day) for day in range(1, 9)]
    table = {
        "year": 2027,
        "papers": ["测试"],
        "days": [{"name": "假", "date": f"{day}", "isOffDay": True} for day in days],
    }
    path = tmp_path / "2027.json"
    path.write_text(json.dumps(table), "utf-8")
    notes = perform("import_table", "holiday_year", path=path, reason="测试用").notes
    assert any("年审案件 1 件" in note for note in notes), notes
    after = get(office, case_id)
    assert not after.estimated
    assert (before.due_on, after.due_on) == (date(2027, 1, 5), date(2027, 1, 8))


def test_one_who_was_urged_has_his_term_counted_anew_too(
    maker: Maker, office: Office, perform: Perform, clock: Clock
) -> None:
    clock.now = datetime(2026, 12, 29, 9)
    case_id = reviews.case_in(maker, S.REMINDED, urging_days=5)
    assert get(office, case_id).estimated
    year = maker.record("holiday_year", year="2027")
    maker.record("holiday", holiday_year_id=year, day=date(2027, 1, 4), kind="放假")
    perform("confirm_year", "holiday_year", year, reason="测试用")
    assert (get(office, case_id).come_by, get(office, case_id).estimated) == (date(2027, 1, 6), False)
