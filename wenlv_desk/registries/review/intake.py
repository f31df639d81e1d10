"""收件, 一次性告知, 补正, 受理, 不予受理, 撤回: a case until it is accepted (行政许可法 art. 32; domain 3.2)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Offered, Text
from wenlv_desk.core.operations import operation
from wenlv_desk.core.trade_kinds import Phones
from wenlv_desk.registries.calendar.days import calendar_of
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.clocks import notice_limit, receipt_of, set_limits
from wenlv_desk.registries.review.handling import (
    Offers,
    campaign_blocks,
    campaign_of,
    conclude,
    lacking,
    lay_list,
    licence_blocks,
    materials_of,
    mode_blocks,
    offered_grounds,
    take_ground,
    tick,
    unchecked,
)
from wenlv_desk.registries.review.ticking import LACKING
from wenlv_desk.registries.review.vocabulary import CaseState, Channel, Conclusion, Outcome, ReviewMode
from wenlv_desk.standards.working_days import counted
from wenlv_desk.store.desk import Desk

TO_COME = (CaseState.NOT_STARTED, CaseState.OVERDUE, CaseState.REMINDED, CaseState.WITHDRAWN)
Materials = Annotated[
    str | None,
    param(
        "材料核对",
        kind=Text(4000, block=True),
        help="一行一项，如：3 缺：来时未带＝请携带原件；全部交齐写“全部齐全”；不写为先收下再核对",
    ),
]
When = Annotated[datetime | None, param("收件时间", help="不填为现在；过了当日收件截止的从下一工作日起算")]
Applicant = Annotated[str | None, param("申请人", kind=Text(64), help="不填为法定代表人（负责人）")]
AgentName = Annotated[str | None, param("代理人", kind=Text(64), help="代办的须有委托书")]
AgentPhone = Annotated[str | None, param("代理人电话", kind=Phones())]
Way = Annotated[Channel, param("提交渠道")]


def receive_blocks(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """What stands in the way of a receipt."""
    yield from campaign_blocks(desk, case)
    yield from mode_blocks(case, ReviewMode.VERIFICATION, "报告收件")


def always(_desk: Desk, _case: ReviewCase) -> bool:
    return True


@operation(
    "收件",
    on=(ReviewCase,),
    many=False,
    when=TO_COME,
    to=CaseState.RECEIVED,
    blocks=receive_blocks,
    due=always,
    key="F5",
)
def receive(
    desk: Desk,
    case: ReviewCase,
    *,
    materials: Materials = None,
    received_at: When = None,
    applicant: Applicant = None,
    agent: AgentName = None,
    agent_phone: AgentPhone = None,
    channel: Way = Channel.COUNTER,
) -> None:
    """Take in a case. The limit of the one notice runs from here; the list of materials is copied as it stands now."""
    take_in(desk, case, received_at, applicant, agent, agent_phone, channel)
    case.status = CaseState.RECEIVED
    limit = notice_limit(desk, case.received_at or desk.now)
    case.notice_due, case.estimated = limit.deadline.day, limit.deadline.estimated
    if materials:
        tick(desk, case, materials)


def take_in(
    desk: Desk,
    case: ReviewCase,
    received_at: datetime | None,
    applicant: str | None,
    agent: str | None,
    agent_phone: str | None,
    channel: Channel,
) -> None:
    """Who brought what when."""
    at = received_at or desk.now
    if at > desk.now:
        raise UserError(f"收件时间 {at:%Y-%m-%d %H:%M} 晚于现在，请改正")
    case.received_at, case.received_by, case.channel = at, desk.clerk.name, channel
    case.applicant_name = applicant or case.legal_representative
    case.agent_name, case.agent_phone = agent, agent_phone
    case.visits += 1
    case.conclusion = case.noticed_on = case.notice_no = case.receipt_no = case.correct_by = case.corrected_on = None
    old = materials_of(desk, case)
    for one in old:  # an earlier attempt that was withdrawn or ran out
        one.voided = True
    desk.session.flush()
    lay_list(desk, case)


@operation("核对材料", on=(ReviewCase,), many=False, when=(CaseState.RECEIVED, CaseState.REPORTED), key="F6")
def check_materials(
    desk: Desk,
    case: ReviewCase,
    *,
    materials: Annotated[
        str, param("材料核对", kind=Text(4000, block=True), help="如：1-2 齐全；3 缺：来时未带＝请携带原件")
    ],
) -> None:
    """Say of the materials what was found."""
    tick(desk, case, materials)


def notice_blocks(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """One notice says everything: so everything must have been looked at, and something must be missing."""
    yield from campaign_blocks(desk, case)
    materials = materials_of(desk, case)
    yield from unchecked(materials)
    if not any(one.state in LACKING for one in materials):
        yield "没有缺少或不合格的材料，不必告知，请办“受理”"


@operation(
    "一次性告知",
    on=(ReviewCase,),
    many=False,
    when=(CaseState.RECEIVED,),
    to=CaseState.CORRECTION,
    blocks=notice_blocks,
    key="F7",
)
def notify(
    desk: Desk,
    case: ReviewCase,
    *,
    reason: Annotated[str | None, param("原因", kind=Text(255), help="再次告知时必填：法律要求一次告知全部")] = None,
) -> None:
    """Tell once and in full what is missing. A second notice breaks the rule of the one notice and needs a reason."""
    if case.correction_round and not reason:
        raise UserError(
            "没有办理：本案已经告知过一次，补正材料须一次告知（行政许可法第三十二条）。确需再次告知，请写明原因"
        )
    limit = counted(calendar_of(desk), desk.today, campaign_of(desk, case).correction_days)
    if case.notice_due and desk.today > case.notice_due:
        desk.notes.append(f"一次告知期限 {case.notice_due} 已过，自收到之日起视为受理；本告知书不能再作为不受理的依据")
    case.status, case.noticed_on, case.notice_no = CaseState.CORRECTION, desk.today, None
    case.correct_by, case.estimated = limit.deadline.day, limit.deadline.estimated


@operation(
    "补正收件",
    on=(ReviewCase,),
    many=False,
    when=(CaseState.CORRECTION,),
    to=CaseState.RECEIVED,
    blocks=campaign_blocks,
    due=always,
    key="F5",
)
def correct(
    desk: Desk,
    case: ReviewCase,
    *,
    materials: Annotated[str, param("材料核对", kind=Text(4000, block=True), help="补来的材料，如：3 齐全；5 齐全")],
) -> None:
    """Take in what was missing: one round more, one visit more."""
    case.status, case.corrected_on = CaseState.RECEIVED, desk.today
    case.correction_round += 1
    case.visits += 1
    limit = notice_limit(desk, receipt_of(case) or desk.now)
    case.notice_due, case.estimated = limit.deadline.day, limit.deadline.estimated
    tick(desk, case, materials)


def accept_blocks(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """Every material that is not there, at once."""
    yield from campaign_blocks(desk, case)
    materials = materials_of(desk, case)
    if case.notice_due and case.notice_due < desk.today and case.noticed_on is None:
        return  # accepted by law already
    yield from unchecked(materials)
    yield from lacking(materials)


@operation(
    "受理",
    on=(ReviewCase,),
    when=(CaseState.RECEIVED,),
    to=CaseState.ACCEPTED,
    blocks=accept_blocks,
    due=always,
    key="F8",
)
def accept(desk: Desk, case: ReviewCase) -> None:
    """Accept a complete case; one that nobody was told about in time counts as accepted from the day it was received."""
    deemed = bool(case.notice_due and case.notice_due < desk.today and case.noticed_on is None)
    assert case.received_at is not None
    case.status = CaseState.ACCEPTED
    case.accepted_on = case.received_at.date() if deemed else desk.today
    if deemed:
        desk.notes.append(f"一次告知期限 {case.notice_due} 内没有告知，自收到之日 {case.accepted_on} 起视为受理")
    set_limits(desk, case, campaign_of(desk, case))


def offer_rejections(desk: Desk, case: ReviewCase) -> Offers:
    return {"ground": offered_grounds(desk, case, Outcome.REJECTED)}


@operation(
    "不予受理",
    on=(ReviewCase,),
    many=False,
    when=(CaseState.RECEIVED,),
    to=CaseState.REJECTED,
    offers=offer_rejections,
    danger=True,
)
def reject(
    desk: Desk,
    case: ReviewCase,
    *,
    ground: Annotated[str, param("事由", kind=Offered())],
    said: Annotated[str | None, param("具体情况", kind=Text(255), help="不属本机关的，写明应向何机关申请")] = None,
) -> None:
    """Do not accept: nothing to be licensed here, or another authority's business (行政许可法 art. 32 (1), (2))."""
    take_ground(desk, case, Outcome.REJECTED, ground, said)
    case.status, case.conclusion = CaseState.REJECTED, Conclusion.REJECTED
    case.decided_on, case.decided_by = desk.today, desk.clerk.name


@operation(
    "申请人撤回",
    on=(ReviewCase,),
    many=False,
    when=(CaseState.RECEIVED, CaseState.CORRECTION, CaseState.REPORTED),
    to=CaseState.WITHDRAWN,
)
def withdraw(
    desk: Desk,  # noqa: ARG001
    case: ReviewCase,
    *,
    reason: Annotated[str, param("原因", kind=Text(255))],  # noqa: ARG001
) -> None:
    """The applicant takes the papers back; he may come again."""
    case.status = CaseState.WITHDRAWN


@operation("免审", on=(ReviewCase,), when=TO_COME, to=CaseState.EXEMPTED, blocks=campaign_blocks)
def exempt(desk: Desk, case: ReviewCase, *, reason: Annotated[str, param("原因", kind=Text(255))]) -> None:
    """Not to be reviewed this year, and why (新设, 已注销)."""
    case.status, case.remark = CaseState.EXEMPTED, reason
    conclude(desk, case, Conclusion.EXEMPTED)


def report_blocks(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """What stands in the way of taking in a report."""
    yield from campaign_blocks(desk, case)
    yield from mode_blocks(case, ReviewMode.REPORT, "收件")


@operation(
    "报告收件",
    on=(ReviewCase,),
    many=False,
    when=TO_COME,
    to=CaseState.REPORTED,
    blocks=report_blocks,
    due=always,
    key="F5",
)
def report(
    desk: Desk,
    case: ReviewCase,
    *,
    materials: Materials = None,
    received_at: When = None,
    channel: Way = Channel.ONLINE,
) -> None:
    """Take in an annual report (年度报告, 印刷业管理条例 art. 7)."""
    take_in(desk, case, received_at, None, None, None, channel)
    case.status = CaseState.REPORTED
    if materials:
        tick(desk, case, materials)


def verify_blocks(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """What is missing from a report."""
    yield from campaign_blocks(desk, case)
    yield from licence_blocks(desk, case)
    materials = materials_of(desk, case)
    yield from unchecked(materials)
    yield from lacking(materials)


@operation(
    "核实",
    on=(ReviewCase,),
    when=(CaseState.REPORTED, CaseState.DISPUTED),
    to=CaseState.VERIFIED,
    blocks=verify_blocks,
    due=always,
)
def verify(
    desk: Desk, case: ReviewCase, *, note: Annotated[str | None, param("核实情况", kind=Text(500))] = None
) -> None:
    """The report was looked at and holds."""
    case.status = CaseState.VERIFIED
    case.examine_note, case.examined_by = note or case.examine_note, desk.clerk.name
    conclude(desk, case, Conclusion.REPORTED)


@operation("内容不实", on=(ReviewCase,), many=False, when=(CaseState.REPORTED,), to=CaseState.DISPUTED)
def dispute(desk: Desk, case: ReviewCase, *, note: Annotated[str, param("不实之处", kind=Text(500))]) -> None:
    """The report does not hold; it is looked into."""
    case.status, case.examine_note, case.examined_by = CaseState.DISPUTED, note, desk.clerk.name


@operation("公示", on=(ReviewCase,), when=(CaseState.VERIFIED,), to=CaseState.PUBLISHED, due=always)
def publish(
    desk: Desk,
    case: ReviewCase,
    *,
    published_where: Annotated[str, param("公示处", kind=Text(255), help="网站或公示栏")],
) -> None:
    """The report was made public."""
    case.status, case.stamped_on, case.stamped_by, case.published_where = (
        CaseState.PUBLISHED,
        desk.today,
        desk.clerk.name,
        published_where,
    )
