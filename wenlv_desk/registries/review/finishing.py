"""盖章, 催告, 送达, 办结, 重新办理: what follows a decision; and what the national system shows."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.calendar.days import calendar_of
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.handling import campaign_blocks, campaign_of, note_on_licence
from wenlv_desk.registries.review.intake import always
from wenlv_desk.registries.review.vocabulary import CaseState, NationalState, Rating, ReviewMode
from wenlv_desk.standards.working_days import counted
from wenlv_desk.store.desk import Desk

TO_CLOSE = (CaseState.STAMPED, CaseState.PUBLISHED, CaseState.FAILED, CaseState.EXEMPTED, CaseState.REJECTED)


@operation("盖章", on=(ReviewCase,), when=(CaseState.PASSED,), to=CaseState.STAMPED, due=always, key="F10")
def stamp(desk: Desk, case: ReviewCase) -> None:
    """The yearly stamp was put on the duplicate."""
    case.status, case.stamped_on, case.stamped_by = CaseState.STAMPED, desk.today, desk.clerk.name


def closing_blocks(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """A refusal is closed only once its notice has been issued."""
    yield from campaign_blocks(desk, case)
    if case.status is CaseState.FAILED and case.result_no is None:
        yield "不予通过的结果通知还没有出具"


@operation("办结", on=(ReviewCase,), when=TO_CLOSE, to=CaseState.CLOSED, blocks=closing_blocks, due=always, key="F11")
def close(
    desk: Desk,
    case: ReviewCase,
    *,
    receiver: Annotated[str | None, param("签收人", kind=Text(64), help="不填为申请人")] = None,
    delivered_on: Annotated[date | None, param("送达日期", help="不填为今天")] = None,
    rating: Annotated[Rating | None, param("评价")] = None,
) -> None:
    """Hand out and close."""
    if delivered_on and delivered_on > desk.today:
        raise UserError(f"没有办理：送达日期 {delivered_on} 晚于今天 {desk.today}，请改正")
    case.receiver = receiver or case.applicant_name
    case.delivered_on, case.rating = delivered_on or desk.today, rating
    case.status, case.closed_on = CaseState.CLOSED, desk.today


@operation(
    "书面催告", on=(ReviewCase,), when=(CaseState.OVERDUE,), to=CaseState.REMINDED, blocks=campaign_blocks, due=always
)
def urge(desk: Desk, case: ReviewCase) -> None:
    """Set the overdue unit a last term; the paper is 书面催告."""
    limit = counted(calendar_of(desk), desk.today, campaign_of(desk, case).urging_days).deadline
    case.status, case.reminded_on, case.come_by, case.urging_no = CaseState.REMINDED, desk.today, limit.day, None
    case.estimated = limit.estimated


@operation(
    "重新办理",
    on=(ReviewCase,),
    many=False,
    by=(Role.HEAD,),
    when=(CaseState.CLOSED,),
    blocks=campaign_blocks,
)
def reopen(
    desk: Desk,
    case: ReviewCase,
    *,
    reason: Annotated[str, param("原因", kind=Text(255))],
) -> None:
    """Take a closed case up again, by the head only and with a reason; the earlier decision no longer stands."""
    case.status = _taken_up(case)
    case.remark = f"{desk.today} 重新办理：{reason}\n{case.remark or ''}".strip()[:1000]
    case.conclusion = case.decided_on = case.decided_by = case.result_no = None
    case.closed_on = case.delivered_on = case.receiver = case.stamped_on = case.stamped_by = None
    note_on_licence(desk, case, None)


def _taken_up(case: ReviewCase) -> CaseState:
    """Where a case goes on: with the review of what was accepted, the report that came, or from the beginning."""
    if case.accepted_on is not None:
        return CaseState.UNDER_REVIEW
    reported = case.review_mode is ReviewMode.REPORT and case.received_at is not None
    return CaseState.REPORTED if reported else CaseState.NOT_STARTED


@operation("登记国家系统状态", on=(ReviewCase,))
def note_national(
    desk: Desk,  # noqa: ARG001
    case: ReviewCase,
    *,
    state: Annotated[NationalState, param("国家系统状态", help="照全国发行单位年度核验登记系统里看到的登记")],
) -> None:
    """Keep what the national system shows; the program does not speak with it."""
    case.national_state = state


@operation("评价", on=(ReviewCase,), many=False, when=(CaseState.CLOSED,))
def rate(desk: Desk, case: ReviewCase, *, rating: Annotated[Rating, param("评价")]) -> None:  # noqa: ARG001
    """好差评."""
    case.rating = rating
