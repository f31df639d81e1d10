"""期限: the limits of a case in working days, and how each was counted (domain 0.2 no. 5, 9)."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select

from wenlv_desk.registries.calendar.days import calendar_of
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.material import ReviewPause
from wenlv_desk.registries.review.vocabulary import CaseState
from wenlv_desk.standards.working_days import Calendar, Counted, counted, counted_excluding, counted_receipt
from wenlv_desk.store.desk import Desk

NOTICE_DAYS = 5  # 行政许可法 art. 32 (4): told once and in full within five days, else the case counts as accepted
MOST_EXTENSION = 10  # 行政许可法 art. 42
SOON = 1  # working days before a limit from which it is said in red
CLOSING = time(17, 0)
RUNNING = (CaseState.ACCEPTED, CaseState.UNDER_REVIEW)


@dataclass(frozen=True)
class Clock:
    """A limit of a case as the counter shows it: `left` working days, red when it is (nearly) over; `how` it was counted."""

    label: str
    day: date
    left: int
    red: bool
    how: str
    said: str

    @property
    def estimated(self) -> bool:
        return "估" in self.how


def _closing(desk: Desk) -> time:
    text = desk.settings.get("closing_time")
    return time.fromisoformat(text) if text else CLOSING


def notice_limit(desk: Desk, at: datetime) -> Counted:
    """一次告知期限: the last day to tell what is missing; after hours or on a day off the next working day counts as received."""
    calendar = calendar_of(desk)
    receipt = counted_receipt(calendar, at, _closing(desk))
    limit = counted(calendar, receipt.deadline.day, NOTICE_DAYS)
    return Counted(limit.deadline, "；".join(part for part in (receipt.sentence, limit.sentence) if part))


def receipt_of(case: ReviewCase) -> datetime | None:
    """From when the notice limit runs: from the receipt, later from the day the missing materials came."""
    return datetime.combine(case.corrected_on, time()) if case.corrected_on else case.received_at


def pauses_of(desk: Desk, case: ReviewCase) -> list[tuple[date, date | None]]:
    """When the clock stood still."""
    found = select(ReviewPause.paused_from, ReviewPause.paused_to).where(
        ReviewPause.case_id == case.id, ~ReviewPause.voided
    )
    return [(row.paused_from, row.paused_to) for row in desk.session.execute(found.order_by(ReviewPause.id))]


def limit_of(desk: Desk, case: ReviewCase, days: int) -> Counted | None:
    """A limit of so many working days from acceptance, extensions added and pauses left out; None while a pause runs."""
    assert case.accepted_on is not None
    return counted_excluding(
        calendar_of(desk), case.accepted_on, days + (case.extended_days or 0), pauses_of(desk, case)
    )


def set_limits(desk: Desk, case: ReviewCase, campaign: ReviewCampaign) -> None:
    """Count the limits of an accepted case anew; none while a pause runs."""
    promised, legal = (limit_of(desk, case, days) for days in (campaign.promised_days, campaign.legal_days))
    case.due_on = promised.deadline.day if promised else None
    case.legal_due_on = legal.deadline.day if legal else None
    case.estimated = any(one is not None and one.deadline.estimated for one in (promised, legal))


def clocks_of(desk: Desk, case: ReviewCase, campaign: ReviewCampaign) -> Iterator[Clock]:
    """The limits that run for a case now, the most pressing first."""
    calendar = calendar_of(desk)
    if case.status is CaseState.RECEIVED and case.received_at is not None and case.noticed_on is None:
        limit = notice_limit(desk, case.received_at)
        clock = _clock(desk, calendar, "一次告知期限", limit)
        yield clock if clock.left >= 0 else _deemed(clock, case.received_at.date())
    if case.status is CaseState.CORRECTION and case.correct_by and case.noticed_on:
        yield _clock(desk, calendar, "补正期限", counted(calendar, case.noticed_on, campaign.correction_days))
    if case.status in RUNNING and case.accepted_on is not None:
        for label, days in (("承诺办结日", campaign.promised_days), ("法定期限", campaign.legal_days)):
            if (made := limit_of(desk, case, days)) is None:
                yield Clock(label, desk.today, 0, red=False, how="计时暂停中，恢复后再算", said=f"{label}：计时暂停中")
                return
            yield _clock(desk, calendar, label, made)
    if case.status is CaseState.DEFERRED and case.deferred_until:
        yield _natural(desk, "暂缓至", case.deferred_until, f"{case.decided_on} 决定暂缓到这天，到期前须复核")
    if case.status is CaseState.REMINDED and case.come_by and case.reminded_on:
        yield _clock(desk, calendar, "催告期限", counted(calendar, case.reminded_on, campaign.urging_days))


def _clock(desk: Desk, calendar: Calendar, label: str, made: Counted) -> Clock:
    day = made.deadline.day
    left = calendar.working_days_between(desk.today, day)
    mark = "（估）" if made.deadline.estimated else ""
    still = f"还有 {left} 个工作日" if left else "就在今天"
    said = f"{label} {day}{mark}，" + (still if left >= 0 else f"已过 {-left} 个工作日")
    return Clock(label, day, left, left <= SOON, made.sentence, said)


def _deemed(clock: Clock, received: date) -> Clock:
    said = f"{clock.said}，没有告知：自 {received} 收到之日起视为受理（行政许可法第三十二条），请办“受理”"
    return Clock(clock.label, clock.day, clock.left, True, clock.how, said)


def _natural(desk: Desk, label: str, day: date, how: str) -> Clock:
    left = (day - desk.today).days
    said = f"{label} {day}，" + (f"还有 {left} 天" if left > 0 else "就在今天" if left == 0 else f"已过 {-left} 天")
    return Clock(label, day, left, left <= 7, how, said)


def months_after(day: date, months: int) -> date:
    """The corresponding day of a later month, its last day where there is none (民法典 art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def recount(desk: Desk) -> int:
    """Count the limits of all open cases anew, once a calendar has come; how many changed."""
    campaigns: dict[int, ReviewCampaign] = {}
    changed = 0
    counting = (CaseState.RECEIVED, CaseState.CORRECTION, CaseState.REMINDED, *RUNNING)
    for case in desk.session.scalars(select(ReviewCase).where(ReviewCase.status.in_(counting))):
        campaign = campaigns.setdefault(case.campaign_id, desk.get(ReviewCampaign, case.campaign_id))
        before = _kept(case)
        _count(desk, case, campaign)
        changed += before != _kept(case)
    return changed


def _kept(case: ReviewCase) -> tuple[date | bool | None, ...]:
    return (case.notice_due, case.correct_by, case.come_by, case.due_on, case.legal_due_on, case.estimated)


def _count(desk: Desk, case: ReviewCase, campaign: ReviewCampaign) -> None:
    """Count the limit that runs in the case's state."""
    calendar = calendar_of(desk)
    if case.status is CaseState.RECEIVED and (receipt := receipt_of(case)):
        limit = notice_limit(desk, receipt).deadline
        case.notice_due, case.estimated = limit.day, limit.estimated
    elif case.status is CaseState.CORRECTION and case.noticed_on:
        limit = counted(calendar, case.noticed_on, campaign.correction_days).deadline
        case.correct_by, case.estimated = limit.day, limit.estimated
    elif case.status is CaseState.REMINDED and case.reminded_on:
        limit = counted(calendar, case.reminded_on, campaign.urging_days).deadline
        case.come_by, case.estimated = limit.day, limit.estimated
    elif case.status in RUNNING and case.accepted_on:
        set_limits(desk, case, campaign)


def newest_list(desk: Desk, campaign_id: int) -> int:
    """A number that is another one after every change of a campaign's list of materials; a new row is of version 1 in any list."""
    from wenlv_desk.registries.review.requirements import ReviewRequirement

    mine = ReviewRequirement.campaign_id == campaign_id
    written = func.sum(ReviewRequirement.version + ReviewRequirement.id)
    return int(desk.session.scalar(select(written).where(mine)) or 0)
