"""Working days (工作日) and deadlines under the State Council's yearly 调休 tables.

行政许可法 art. 82: limits of the organ count working days. 民法典 arts. 200-203: the first day is not counted; a
natural-day limit that ends on a statutory day off rolls to the next day after it. A year without a table falls back to
Monday-Friday, and everything computed over it is marked as an estimate (估).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from wenlv_desk.resources import resource

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, and the years without a table that it was counted over."""

    day: date
    missing_years: tuple[int, ...] = ()

    @property
    def estimated(self) -> bool:
        return bool(self.missing_years)

    @property
    def remark(self) -> str | None:
        """The banner that goes with an estimate, None without one."""
        if not self.estimated:
            return None
        years = "、".join(f"{year}" for year in self.missing_years)
        return f"未导入 {years} 年放假安排，按周一至周五估算"


class CalendarTableError(ValueError):
    """A table that cannot be taken; the message is Chinese and names the fault."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Exceptions to Monday-Friday: `off` maps a day to True (off) or False (worked); `years` are those with a table."""

    off: Mapping[date, bool]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        listed = self.off.get(day)
        return day.weekday() < _SATURDAY if listed is None else not listed

    def knows(self, year: int) -> bool:
        return year in self.years

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add_working_days(day, 1).day

    def add_working_days(self, start: date, count: int) -> Deadline:
        """The `count`-th working day after `start`, which is not counted; 0 gives `start`, negative is an error."""
        if count < 0:
            raise ValueError("count must not be negative")
        day = start
        for _ in range(count):
            day += _DAY
            while not self.is_working_day(day):
                day += _DAY
        return self._deadline(start + _DAY if count else start, day)

    def add_days(self, start: date, count: int) -> Deadline:
        """A natural-day limit of `count` days: only when its last day is off it rolls to the next working day."""
        return self.roll(start + timedelta(days=count))

    def roll(self, day: date) -> Deadline:
        """`day` itself when it is worked, else the next working day (民法典 art. 203)."""
        rolled = day
        while not self.is_working_day(rolled):
            rolled += _DAY
        return self._deadline(day, rolled)

    def effective_start(self, received: date, *, after_hours: bool = False) -> date:
        """The day a submission counts as received: after closing time, or on a day off, the next working day."""
        if after_hours or not self.is_working_day(received):
            return self.next_working_day(received)
        return received

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=step)) for step in range(1, days + 1))

    def add_working_days_excluding(
        self, start: date, count: int, pauses: Iterable[tuple[date, date | None]]
    ) -> Deadline | None:
        """As `add_working_days`, without the days of a pause, first and last included (公示、听证、检验、补正待补).

        None while a pause without an end is running before the limit is reached (行政许可法 art. 45).
        """
        if count < 0:
            raise ValueError("count must not be negative")
        spans = list(pauses)
        day, left = start, count
        while left:
            day += _DAY
            inside = [last for first, last in spans if first <= day and (last is None or day <= last)]
            if None in inside:
                return None
            left -= self.is_working_day(day) and not inside
        return self._deadline(start + _DAY if count else start, day)

    def with_table(self, table: Mapping[str, Any]) -> "Calendar":
        """A calendar that also knows `table` (holiday-cn's shape); a day listed before is replaced."""
        year, days = _read_table(table)
        return Calendar({**self.off, **days}, self.years | {year})

    def _deadline(self, first: date, day: date) -> Deadline:
        return Deadline(day, tuple(year for year in range(first.year, day.year + 1) if year not in self.years))


def _read_table(table: Mapping[str, Any]) -> tuple[int, dict[date, bool]]:
    try:
        year = int(table["year"])
        days = {date.fromisoformat(entry["date"]): entry["isOffDay"] for entry in table["days"]}
    except (KeyError, TypeError, ValueError) as error:
        raise CalendarTableError(f"放假安排文件缺少年份或日期，或格式不对：{error}") from error
    if not all(isinstance(off, bool) for off in days.values()):
        raise CalendarTableError("放假安排文件中有的日期没有标明休息还是上班（isOffDay）")
    if stray := [day for day in days if abs(day.year - year) > 1]:
        raise CalendarTableError(f"放假安排文件写的是 {year} 年，却含有 {stray[0].isoformat()}")
    return year, days


def load_calendar(folders: Iterable[Path]) -> Calendar:
    """Every YEAR.json of the folders, year by year; within a year a later folder wins.

    A year file follows the State Council's paper and may set the last days of the year before, so all are read.
    """
    files = {path.stem: path for folder in folders for path in sorted(folder.glob("*.json"))}
    calendar = Calendar({}, frozenset())
    for stem in sorted(files):
        try:
            table = json.loads(files[stem].read_text(encoding="utf-8-sig"))
        except ValueError as error:
            raise CalendarTableError(f"放假安排文件 {files[stem].name} 不是 JSON：{error}") from error
        if not isinstance(table, dict):
            raise CalendarTableError(f"放假安排文件 {files[stem].name} 的结构不对")
        if table.get("days"):  # holiday-cn keeps an empty file for a year whose notice is not out
            calendar = calendar.with_table(table)
    return calendar


@cache
def shipped_calendar() -> Calendar:
    """The tables that came with the program."""
    return load_calendar([resource("calendars")])
