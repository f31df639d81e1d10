"""整改期限: how a deadline is counted, and every one that was ever set (domain 4.11, 9.1)."""

from datetime import date, timedelta

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.calendar.days import calendar_of
from wenlv_desk.registries.rectification.rectification import Deadline, Rectification
from wenlv_desk.registries.rectification.vocabulary import RUNNING, DeadlineCause
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.standards.working_days import counted
from wenlv_desk.store.desk import Desk

MOST_DAYS = 365


def deadline_after(desk: Desk, start: date, days: int) -> tuple[date, bool, str]:
    """The last of so many days from a day, whether it is an estimate, and how it was counted.

    Natural days end on a working day (民法典 art. 203) unless the bureau counts working days.
    """
    if not 1 <= days <= MOST_DAYS:
        raise UserError(f"整改天数须在 1 到 {MOST_DAYS} 之间，现为 {days}，请改正")
    calendar = calendar_of(desk)
    if setting_of(desk, "rectify_in_working_days"):
        made = counted(calendar, start, days)
        return made.deadline.day, made.deadline.estimated, made.sentence
    last = first = start + timedelta(days)
    while not calendar.is_working_day(last):
        last += timedelta(1)
    said = f"自 {start} 的次日起 {days} 个自然日，到 {first}"
    said += f"，逢休息日顺延到 {last}（民法典第二百零三条）" if last != first else ""
    return last, not calendar.knows(last.year), said


def set_deadline(
    desk: Desk,
    one: Rectification,
    due_on: date,
    cause: DeadlineCause,
    why: str,
    *,
    approver: str | None = None,
    how: str | None = None,
) -> None:
    """Put a deadline in force and keep it among all that were set."""
    one.due_on = due_on
    one.due_estimated = not calendar_of(desk).knows(due_on.year)
    desk.add(
        Deadline(
            rectification_id=one.id,
            cause=cause,
            due_on=due_on,
            set_on=desk.today,
            how=how,
            why=why,
            approver=approver,
            set_by=desk.clerk.name,
        )
    )


def recount(desk: Desk) -> int:
    """Say anew, once a calendar has come, whether a running deadline is an estimate; the day that was written on paper stands."""
    changed = 0
    for one in desk.session.scalars(select(Rectification).where(Rectification.status.in_(RUNNING))):
        before = one.due_estimated
        one.due_estimated = not calendar_of(desk).knows(one.due_on.year)
        changed += before != one.due_estimated
    return changed
