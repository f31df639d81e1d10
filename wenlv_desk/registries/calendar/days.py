"""The calendar a desk counts by: the shipped tables and what the bureau keeps beside them."""

from datetime import date

from sqlalchemy import select

from wenlv_desk.registries.calendar.records import Holiday, HolidayYear
from wenlv_desk.registries.calendar.vocabulary import DayKind
from wenlv_desk.standards.working_days import Calendar, ListedDay, shipped_calendar
from wenlv_desk.store.desk import Desk

LAST_QUARTER = 10  # the month from which next year's table is waited for
_KEPT = "working_days"


def calendar_of(desk: Desk) -> Calendar:
    """Days on the register go before the shipped ones; a year is known when it is shipped or complete. Read once a desk."""
    kept = desk.session.info.get(_KEPT)
    if not isinstance(kept, Calendar):
        kept = desk.session.info[_KEPT] = _read(desk)
    return kept


def forget_calendar(desk: Desk) -> None:
    """Read the calendar anew: days were written at this desk."""
    desk.session.info.pop(_KEPT, None)


def is_working(desk: Desk, day: date) -> bool | None:
    """Whether it is a working day; None where no table of the year has come."""
    calendar = calendar_of(desk)
    return calendar.is_working_day(day) if calendar.knows(day.year) else None


def missing_years(desk: Desk) -> tuple[int, ...]:
    """Years whose table should be there by now: this one, and in its last quarter the next."""
    today, calendar = desk.today, calendar_of(desk)
    wanted = (today.year, today.year + 1) if today.month >= LAST_QUARTER else (today.year,)
    return tuple(year for year in wanted if not calendar.knows(year))


def _read(desk: Desk) -> Calendar:
    ours = select(HolidayYear.year).where(HolidayYear.complete, ~HolidayYear.voided)
    listed = (
        select(Holiday.day, Holiday.kind, Holiday.name)
        .join(HolidayYear, HolidayYear.id == Holiday.holiday_year_id)
        .where(~Holiday.voided, ~HolidayYear.voided)
        .order_by(Holiday.version, Holiday.id)  # of a day that was let in twice the one written last holds
    )
    days = [ListedDay(row.day, row.kind is DayKind.OFF, row.name or "") for row in desk.session.execute(listed)]
    return shipped_calendar().with_days(days, map(int, desk.session.scalars(ours)))
