"""The calendar a desk counts by: the shipped tables and what the bureau has added."""

from sqlalchemy import select

from wenlv_desk.registries.calendar.records import DayKind, Holiday, HolidayYear
from wenlv_desk.standards.working_days import Calendar, ListedDay, shipped_calendar
from wenlv_desk.store.desk import Desk


def calendar_of(desk: Desk) -> Calendar:
    """Days the bureau has entered stand over the shipped ones; a year is known when shipped or marked complete."""
    shipped = shipped_calendar()
    rows = desk.session.execute(select(Holiday.day, Holiday.kind, Holiday.name).where(~Holiday.voided)).all()
    complete = desk.session.scalars(select(HolidayYear.year).where(HolidayYear.complete, ~HolidayYear.voided)).all()
    if not rows and not complete:
        return shipped
    own = [ListedDay(row.day, row.kind is DayKind.OFF, row.name or "") for row in rows]
    return shipped.with_days(own, complete)
