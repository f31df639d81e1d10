"""一公开: review by another person, publication on time, corrections and withdrawals that keep what was said (domain 4.8)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.calendar.days import calendar_of
from wenlv_desk.registries.inspection.assigning import findings_of
from wenlv_desk.registries.inspection.check import InspectionCheck, Publication
from wenlv_desk.registries.inspection.planning import always, refuse_future
from wenlv_desk.registries.inspection.progress import advance
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.vocabulary import (
    CheckState,
    Disposal,
    PointConclusion,
    PublicationEvent,
)
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.rectification.vocabulary import RectificationState
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.standards.working_days import Counted, counted
from wenlv_desk.store.desk import Desk

REVIEWERS = (Role.REVIEWER, Role.HEAD)
ENDED = (RectificationState.CLOSED, RectificationState.TRANSFERRED)
WHERE = "政府门户网站"
Channel = Annotated[str | None, param("公示渠道", kind=Text(128), help="不填用设置里的")]
Url = Annotated[str | None, param("公示网址", kind=Text(255))]
Reason = Annotated[str, param("原因", kind=Text(255))]


def publish_limit(desk: Desk, check: InspectionCheck) -> Counted | None:
    """公示期限 in working days from the day the check ended, and how it was counted; None before the check."""
    if check.ended_at is None:
        return None
    return counted(calendar_of(desk), check.ended_at.date(), setting_of(desk, "publish_within_days"))


def set_publish_due(desk: Desk, check: InspectionCheck) -> None:
    """Count the last day of publication anew."""
    limit = publish_limit(desk, check)
    check.publish_due = limit.deadline.day if limit else None
    check.due_estimated = bool(limit and limit.deadline.estimated)


def recount(desk: Desk) -> int:
    """Count the limits of all unpublished checks anew, once a calendar has come; how many changed."""
    waiting = (InspectionCheck.ended_at.is_not(None), InspectionCheck.published_on.is_(None))
    changed = 0
    for check in desk.session.scalars(select(InspectionCheck).where(*waiting)):
        before = check.publish_due, check.due_estimated
        set_publish_due(desk, check)
        changed += before != (check.publish_due, check.due_estimated)
    return changed


def review_blocks(desk: Desk, check: InspectionCheck) -> Iterator[str]:
    """What stands in the way of a review: points nobody looked at, an order that was not given, one's own work."""
    pending = [one.position for one in findings_of(desk, check) if one.conclusion is PointConclusion.PENDING]
    if pending:
        yield f"检查要点第 {'、'.join(map(str, pending))} 项还是“未检查”，请办“更正检查记录”"
    if check.disposal is Disposal.ORDERED and not _rectifications(desk, check):
        yield "处理措施是责令改正，还没有下达，请先办“责令整改”"
    if setting_of(desk, "separate_publisher") and check.recorded_by == desk.clerk.name:
        yield f"录入和审核须为两人，本件由{check.recorded_by}录入，请由别的审核员审核"


def _rectifications(desk: Desk, check: InspectionCheck) -> list[Rectification]:
    mine = select(Rectification).where(Rectification.check_id == check.id, ~Rectification.voided)
    return list(desk.session.scalars(mine.order_by(Rectification.id)))


@operation(
    "审核",
    on=(InspectionCheck,),
    by=REVIEWERS,
    when=(CheckState.CHECKED,),
    to=CheckState.REVIEWED,
    blocks=review_blocks,
    due=always,
)
def review(
    desk: Desk,
    check: InspectionCheck,
    *,
    note: Annotated[str | None, param("审核意见", kind=Text(255))] = None,
) -> None:
    """Another person looks at the record before it is made public."""
    check.status, check.reviewed_by, check.reviewed_on = CheckState.REVIEWED, desk.clerk.name, desk.today
    check.review_note = note
    _follow(desk, check)


@operation("退回更正", on=(InspectionCheck,), by=REVIEWERS, when=(CheckState.REVIEWED,), to=CheckState.CHECKED)
def return_record(desk: Desk, check: InspectionCheck, *, reason: Reason) -> None:
    """Send a reviewed record back to be corrected."""
    check.status, check.review_note = CheckState.CHECKED, reason
    check.reviewed_by = check.reviewed_on = None
    advance(desk, check.task_id)


def said_of(check: InspectionCheck) -> str:
    """What the public is told of a check: no remarks, no complainant, no person (domain 4.8)."""
    assert check.result_code is not None
    assert check.disposal is not None
    parts = [check.unit_name, check.uscc or "", f"检查结果：{check.result_code.label}"]
    parts.append(f"处理措施：{check.disposal.label}")
    return "；".join(part for part in parts if part)


@operation(
    "公示",
    on=(InspectionCheck,),
    by=REVIEWERS,
    when=(CheckState.REVIEWED,),
    to=CheckState.PUBLISHED,
    due=always,
)
def publish(
    desk: Desk,
    check: InspectionCheck,
    *,
    published_on: Annotated[date | None, param("公示日期", help="不填为今天")] = None,
    channel: Channel = None,
    url: Url = None,
) -> None:
    """The result was made public; what was said is kept."""
    day = published_on or desk.today
    refuse_future(desk, "公示日期", day)
    assert check.ended_at is not None
    if day < check.ended_at.date():
        raise UserError(f"没有办理：公示日期 {day} 早于检查日期 {check.ended_at.date()}，请改正")
    check.status, check.published_on = CheckState.PUBLISHED, day
    check.publish_channel, check.publish_url = channel or setting_of(desk, "publish_channels") or WHERE, url
    check.withdrawn_on = None
    _told(desk, check, PublicationEvent.PUBLISHED, day, None)
    if check.publish_due and day > check.publish_due:
        desk.notes.append(f"公示日期 {day} 晚于期限 {check.publish_due}，按逾期公示统计")
    _follow(desk, check)


def _told(desk: Desk, check: InspectionCheck, event: PublicationEvent, day: date, why: str | None) -> None:
    entry = Publication(
        check_id=check.id,
        event=event,
        happened_on=day,
        channel=check.publish_channel,
        url=check.publish_url,
        said=said_of(check),
        why=why,
        done_by=desk.clerk.name,
    )
    desk.add(entry)


@operation("更正公示", on=(InspectionCheck,), by=REVIEWERS, when=(CheckState.PUBLISHED, CheckState.CLOSED))
def correct_publication(
    desk: Desk,
    check: InspectionCheck,
    *,
    reason: Reason,
    result_note: Annotated[
        str | None, param("处理说明", kind=Text(500), help="如：整改后复查合格；处罚决定书文号")
    ] = None,
    corrected_on: Annotated[date | None, param("更正日期", help="不填为今天")] = None,
) -> None:
    """Tell the public anew: a re-check or a penalty that came since, or a mistake. What was said before is kept."""
    day = corrected_on or desk.today
    refuse_future(desk, "更正日期", day)
    check.corrected_on, check.disposal_note = day, result_note or check.disposal_note
    _told(desk, check, PublicationEvent.CORRECTED, day, reason)


@operation(
    "撤回公示", on=(InspectionCheck,), by=REVIEWERS, when=(CheckState.PUBLISHED,), to=CheckState.CHECKED, danger=True
)
def withdraw_publication(
    desk: Desk,
    check: InspectionCheck,
    *,
    reason: Reason,
    withdrawn_on: Annotated[date | None, param("撤回日期", help="不填为今天")] = None,
) -> None:
    """Take a published result back (market supervision rule: within three working days of the decision); it is reviewed anew."""
    day = withdrawn_on or desk.today
    refuse_future(desk, "撤回日期", day)
    _told(desk, check, PublicationEvent.WITHDRAWN, day, reason)
    check.status, check.withdrawn_on = CheckState.CHECKED, day
    check.published_on = check.publish_channel = check.publish_url = check.reviewed_by = check.reviewed_on = None
    advance(desk, check.task_id)


def closing_blocks(desk: Desk, check: InspectionCheck) -> Iterator[str]:
    """A check is closed once everything it led to has ended."""
    for one in _rectifications(desk, check):
        if one.status not in ENDED:
            yield f"整改 {one.rectification_no} 还是“{one.status.label}”，销号或移交后才能办结"


@operation(
    "办结",
    on=(InspectionCheck,),
    by=REVIEWERS,
    when=(CheckState.PUBLISHED,),
    to=CheckState.CLOSED,
    blocks=closing_blocks,
    due=always,
)
def close_check(desk: Desk, check: InspectionCheck) -> None:
    """Nothing is left to do about the check."""
    check.status, check.closed_on = CheckState.CLOSED, desk.today
    _follow(desk, check)


def _follow(desk: Desk, check: InspectionCheck) -> None:
    advance(desk, check.task_id)
    task = desk.get(InspectionTask, check.task_id)
    if check.status is CheckState.REVIEWED:
        task.reviewed_by = check.reviewed_by
