"""整改期限: how a deadline is counted, every one that was ever set, and until when done counts as in time (domain 4.11, 9.1)."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.calendar.days import calendar_of
from wenlv_desk.registries.rectification.rectification import Deadline, Rectification
from wenlv_desk.registries.rectification.vocabulary import RUNNING, DeadlineCause
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.standards.working_days import counted, counted_days
from wenlv_desk.store.desk import Desk

MOST_DAYS = 365
COUNTED = (DeadlineCause.FIRST, DeadlineCause.RECOUNTED)  # from days; every other one is a day that was named


@dataclass(frozen=True)
class Limit:
    """A deadline and how it came about; `days` of which kind it was counted in, None for a day that was named."""

    day: date
    how: str
    estimated: bool = False
    days: int | None = None
    working: bool = False


def counted_limit(desk: Desk, days: int) -> Limit:
    """So many days from today, in the kind of days the bureau counts. UserError beyond a year."""
    if not 1 <= days <= MOST_DAYS:
        raise UserError(f"整改天数须在 1 到 {MOST_DAYS} 之间，现为 {days}，请改正")
    return _count(desk, desk.today, days, working=bool(setting_of(desk, "rectify_in_working_days")))


def _count(desk: Desk, start: date, days: int, *, working: bool) -> Limit:
    """Natural days end on a working day (民法典 art. 203); working days are themselves."""
    made = (counted if working else counted_days)(calendar_of(desk), start, days)
    return Limit(made.deadline.day, made.sentence, made.deadline.estimated, days, working)


def set_deadline(
    desk: Desk, one: Rectification, limit: Limit, cause: DeadlineCause, why: str, *, approver: str | None = None
) -> None:
    """Put a deadline in force and keep it among all that were set."""
    one.in_time_until = _in_time_until(desk, one, limit.day, cause)
    one.due_on, one.due_estimated = limit.day, limit.estimated
    desk.add(
        Deadline(
            rectification_id=one.id,
            cause=cause,
            due_on=limit.day,
            set_on=desk.today,
            how=limit.how[:1000],
            why=why[:255],
            approver=approver,
            set_by=desk.clerk.name,
        )
    )


def _in_time_until(desk: Desk, one: Rectification, day: date, cause: DeadlineCause) -> date:
    """What is put off before it is over is still in time by the later day; nothing else makes late what was late."""
    put_off = cause is DeadlineCause.EXTENDED and desk.today <= one.due_on == one.in_time_until
    return day if put_off or cause in COUNTED else min(day, one.in_time_until)


def recount(desk: Desk) -> int:
    """Count anew, once a calendar has come, the running deadlines that were given in days; how many changed.

    A day that stands on a notice is never brought forward; where it turns out to be a day off, the law itself moves it on.
    """
    running = (Rectification.status.in_(RUNNING), Rectification.days.is_not(None), ~Rectification.voided)
    return sum(_recounted(desk, one) for one in desk.session.scalars(select(Rectification).where(*running)).all())


def _recounted(desk: Desk, one: Rectification) -> bool:
    mine = select(Deadline.cause).where(Deadline.rectification_id == one.id).order_by(Deadline.id.desc())
    if one.days is None or desk.session.scalars(mine).first() not in COUNTED:
        return False
    limit = _count(desk, one.issued_on, one.days, working=one.in_working_days)
    if one.document_no and limit.day < one.due_on:
        limit = replace(limit, day=one.due_on)
    if limit.day != one.due_on:
        set_deadline(desk, one, limit, DeadlineCause.RECOUNTED, "放假安排有了变动")
        one.first_due_on = limit.day
        return True
    changed, one.due_estimated = one.due_estimated != limit.estimated, limit.estimated
    return changed
