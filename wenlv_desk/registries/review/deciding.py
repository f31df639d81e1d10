"""审查, 通过, 暂缓, 复核, 不予通过, and what moves the clock: a case from acceptance to its decision."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Offered, Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.clocks import MOST_EXTENSION, RUNNING, months_after, set_limits
from wenlv_desk.registries.review.handling import (
    Offers,
    bars,
    campaign_blocks,
    campaign_of,
    conclude,
    lacking,
    licence_blocks,
    materials_of,
    offered_grounds,
    take_ground,
    unchecked,
)
from wenlv_desk.registries.review.intake import always
from wenlv_desk.registries.review.material import ReviewPause
from wenlv_desk.registries.review.vocabulary import CaseState, Conclusion, Outcome, PauseCause
from wenlv_desk.registries.staff.records import Staff, StaffStatus
from wenlv_desk.store.desk import Desk

DECIDERS = (Role.REVIEWER, Role.HEAD)
TWO = 2


@operation(
    "审查",
    on=(ReviewCase,),
    when=(CaseState.ACCEPTED,),
    to=CaseState.UNDER_REVIEW,
    blocks=campaign_blocks,
    due=always,
    key="F8",
)
def examine(
    desk: Desk,
    case: ReviewCase,
    *,
    no_violations: Annotated[bool, param("核验期间无违法违规记录")] = True,
    conditions_met: Annotated[bool, param("仍具备许可条件")] = True,
    site_check_by: Annotated[
        str | None, param("现场核查人员", kind=Text(128), help="两人以上，用“、”隔开；没有现场核查的不填（许可法34条）")
    ] = None,
    note: Annotated[str | None, param("审查情况", kind=Text(1000, block=True))] = None,
) -> None:
    """Look into a case; on the spot at least two of the staff go (行政许可法 art. 34)."""
    case.site_check_by = _two(desk, site_check_by) if site_check_by else None
    case.no_violations, case.conditions_met = no_violations, conditions_met
    case.examine_note, case.examined_by = note, desk.clerk.name
    case.status = CaseState.UNDER_REVIEW


def _two(desk: Desk, said: str) -> str:
    names = [part for part in said.replace("，", "、").replace(",", "、").replace(" ", "、").split("、") if part]
    if len(set(names)) < TWO:
        raise UserError(f"现场核查须两人以上（行政许可法第三十四条），现在只有“{said}”")
    known = set(desk.session.scalars(select(Staff.name).where(~Staff.voided, Staff.status == StaffStatus.ON_DUTY)))
    if strange := [name for name in names if name not in known]:
        raise UserError(f"人员台账里没有在岗的“{'、'.join(strange)}”，请核对姓名，或先在“人员”里登记")
    return "、".join(dict.fromkeys(names))


def pass_blocks(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """All that stands in the way of 通过 (domain 1.8, 3.2)."""
    yield from campaign_blocks(desk, case)
    yield from licence_blocks(desk, case)
    if case.accepted_on is None:
        yield "本案还没有收件受理"
    materials = materials_of(desk, case)
    yield from unchecked(materials)
    yield from lacking(materials)
    if case.no_violations is False:
        yield "审查结论：核验期间有违法违规记录"
    if case.conditions_met is False:
        yield "审查结论：不再具备许可条件"
    if _running_pause(desk, case) is not None:
        yield "计时暂停中，请先办“恢复计时”"
    yield from bars(desk, case)
    if campaign_of(desk, case).separate_reviewer and case.received_by == desk.clerk.name:
        yield f"收件和审核须为两人，本案由{case.received_by}收件，请由别的审核员通过"


@operation(
    "通过",
    on=(ReviewCase,),
    by=DECIDERS,
    when=(CaseState.UNDER_REVIEW,),
    to=CaseState.PASSED,
    blocks=pass_blocks,
    due=always,
    key="F9",
)
def pass_case(desk: Desk, case: ReviewCase) -> None:
    """Pass: the unit meets the conditions, nothing is missing, nothing is open."""
    case.status = CaseState.PASSED
    case.ground_code = case.ground_text = case.ground_basis = case.demand = case.deferred_until = None
    conclude(desk, case, Conclusion.PASSED)


def offer_deferrals(desk: Desk, case: ReviewCase) -> Offers:
    return {"ground": offered_grounds(desk, case, Outcome.DEFERRED)}


@operation(
    "暂缓",
    on=(ReviewCase,),
    by=DECIDERS,
    when=(CaseState.UNDER_REVIEW,),
    to=CaseState.DEFERRED,
    blocks=campaign_blocks,
    offers=offer_deferrals,
)
def defer(
    desk: Desk,
    case: ReviewCase,
    *,
    ground: Annotated[str, param("事由", kind=Offered())],
    until: Annotated[date, param("暂缓至")],
    said: Annotated[str | None, param("具体情况", kind=Text(255))] = None,
    demand: Annotated[str | None, param("整改要求", kind=Text(500))] = None,
) -> None:
    """Put the decision off, on a ground of the campaign, no longer than it allows counted from the first deferral."""
    first = case.deferred_from or desk.today
    most = months_after(first, campaign_of(desk, case).max_deferral_months)
    if until <= desk.today:
        raise UserError(f"没有办理：暂缓至 {until} 须晚于今天 {desk.today}，请改正")
    if until > most:
        raise UserError(
            f"没有办理：暂缓最长到 {most}（自 {first} 起 {campaign_of(desk, case).max_deferral_months} 个月），请改正暂缓至"
        )
    take_ground(desk, case, Outcome.DEFERRED, ground, said)
    case.status, case.deferred_from, case.deferred_until, case.demand = CaseState.DEFERRED, first, until, demand
    conclude(desk, case, Conclusion.DEFERRED)


@operation(
    "复核",
    on=(ReviewCase,),
    when=(CaseState.DEFERRED,),
    to=CaseState.UNDER_REVIEW,
    blocks=campaign_blocks,
    due=always,
    key="F8",
)
def look_again(
    desk: Desk,
    case: ReviewCase,
    *,
    no_violations: Annotated[bool, param("违法违规已处理完毕")] = True,
    conditions_met: Annotated[bool, param("已具备许可条件")] = True,
    note: Annotated[str | None, param("复核情况", kind=Text(1000, block=True))] = None,
) -> None:
    """Look at a deferred case again."""
    case.no_violations, case.conditions_met = no_violations, conditions_met
    case.examine_note, case.examined_by = note or case.examine_note, desk.clerk.name
    case.status = CaseState.UNDER_REVIEW


def offer_refusals(desk: Desk, case: ReviewCase) -> Offers:
    return {"ground": offered_grounds(desk, case, Outcome.FAILED)}


@operation(
    "不予通过",
    on=(ReviewCase,),
    many=False,
    by=DECIDERS,
    when=(CaseState.UNDER_REVIEW, CaseState.DEFERRED, CaseState.OVERDUE, CaseState.REMINDED),
    to=CaseState.FAILED,
    blocks=campaign_blocks,
    offers=offer_refusals,
    danger=True,
)
def refuse(
    desk: Desk,
    case: ReviewCase,
    *,
    ground: Annotated[str, param("事由", kind=Offered())],
    said: Annotated[str | None, param("具体情况", kind=Text(255))] = None,
) -> None:
    """Do not pass, on a ground of the campaign. What becomes of the licence is decided on the licence."""
    if case.status in (CaseState.OVERDUE, CaseState.REMINDED) and case.urging_no is None:
        raise UserError("没有办理：逾期未审的须先书面催告，催告书还没有出具（出版物市场管理规定）")
    if case.status is CaseState.REMINDED and case.come_by and desk.today <= case.come_by:
        raise UserError(f"没有办理：催告期限到 {case.come_by}，到期仍不办理的才能不予通过")
    take_ground(desk, case, Outcome.FAILED, ground, said)
    case.status = CaseState.FAILED
    conclude(desk, case, Conclusion.FAILED)
    desk.notes.append(f"请研究许可证 {case.licence_no} 的注销、撤销或缩减经营范围，在许可证上办理")


@operation("暂停计时", on=(ReviewCase,), when=RUNNING, blocks=campaign_blocks)
def pause(
    desk: Desk,
    case: ReviewCase,
    *,
    cause: Annotated[PauseCause, param("原因")],
    note: Annotated[str | None, param("说明")] = None,
) -> None:
    """Stop the clock for what the limit does not count (行政许可法 art. 45)."""
    if _running_pause(desk, case) is not None:
        raise UserError("没有办理：计时已经暂停，请先办“恢复计时”")
    desk.add(ReviewPause(case_id=case.id, cause=cause, paused_from=desk.today, note=note or cause.label))
    set_limits(desk, case, campaign_of(desk, case))


@operation("恢复计时", on=(ReviewCase,), when=RUNNING)
def resume_clock(desk: Desk, case: ReviewCase) -> None:
    """Let the clock run again; today is still left out."""
    running = _running_pause(desk, case)
    if running is None:
        raise UserError("没有办理：计时没有暂停")
    running.paused_to = desk.today
    desk.session.flush()
    set_limits(desk, case, campaign_of(desk, case))


def _running_pause(desk: Desk, case: ReviewCase) -> ReviewPause | None:
    mine = (ReviewPause.case_id == case.id, ReviewPause.paused_to.is_(None), ~ReviewPause.voided)
    return desk.session.scalar(select(ReviewPause).where(*mine))


@operation("延长期限", on=(ReviewCase,), by=(Role.HEAD,), when=RUNNING)
def extend(
    desk: Desk,
    case: ReviewCase,
    *,
    days: Annotated[int, param("延长（工作日）", help="最多十个工作日（许可法42条）")],
    reason: Annotated[str, param("原因", kind=Text(255))],  # noqa: ARG001
) -> None:
    """Ten working days more at most, once, approved by the head (行政许可法 art. 42)."""
    if case.extended_days:
        raise UserError(f"没有办理：本案已经延长过 {case.extended_days} 个工作日，只能延长一次")
    if not 1 <= days <= MOST_EXTENSION:
        raise UserError(f"没有办理：延长须在 1 到 {MOST_EXTENSION} 个工作日之间（行政许可法第四十二条），现为 {days}")
    case.extended_days = days
    set_limits(desk, case, campaign_of(desk, case))
