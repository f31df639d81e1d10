"""Days and times of day as they are typed in a hurry, 11-25 and 930; together they make a moment. Knows no Qt."""

import re
from datetime import date, datetime, time

from wenlv_desk.standards.dates import read_date
from wenlv_desk.standards.typed import typed_text

_TIME = re.compile(r"(\d{1,2}?)(?:[:.时点]?(\d{2}))?[时点分]?")
_SHORT_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_WHOLE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})\D*(\d{1,2}:\d{2})(?::00)?")
EXAMPLE = "如 930 或 9:30"


def read_time(text: str) -> time | None:
    """The time of day, None where it is none."""
    found = _TIME.fullmatch(typed_text(text))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_day(text: str, near: date) -> date | None:
    """The day, None where it is none or can be read in two ways; month and day alone are those nearest to `near`."""
    short = _SHORT_DAY.fullmatch(typed_text(text))
    if short is None:
        return read_date(text).value if text.strip() else None
    possible = [_day(near.year + step, int(short[1]), int(short[2])) for step in (-1, 0, 1)]
    return min((day for day in possible if day), key=lambda day: abs(day - near), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    return read_date(f"{year}-{month:02d}-{day:02d}").value


def read_moment(day: str, text: str, near: date) -> datetime | None:
    """A time on that day, or a whole `2026-12-02 10:00` where the inspection went on on another one."""
    whole = _WHOLE.fullmatch(text.strip())
    on, at = (read_day(whole[1], near), read_time(whole[2])) if whole else (read_day(day, near), read_time(text))
    return datetime.combine(on, at) if on is not None and at is not None else None


def shown_time(moment: datetime, day: date | None) -> str:
    """09:30, with its day where that is another one."""
    return f"{moment:%H:%M}" if moment.date() == day else f"{moment:%Y-%m-%d %H:%M}"
