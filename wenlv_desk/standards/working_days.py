"""Working days (工作日) and deadlines under the State Council's yearly 调休 tables.

行政许可法 art. 82: limits of the organ count working days. 民法典 arts. 200-203: the first day is not counted; a
natural-day limit that ends on a statutory day off rolls to the next day after it. A year without a table falls back to
Monday-Friday, and everything computed over it is marked as an estimate (估).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from wenlv_desk.resources import resource

_DAY = timedelta(days=1)
_SATURDAY = 5
_WEEK = "一二三四五六日"
Pause = tuple[date, date | None]  # first and last day, None while it is running


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
        return not_known(self.missing_years) if self.estimated else None


def not_known(years: Iterable[int]) -> str:
    """The banner over what is counted in years without a table (domain 9.2)."""
    return f"未导入 {'、'.join(map(str, years))} 年放假安排，按周一至周五估算"


class CalendarTableError(ValueError):
    """A table that cannot be taken; the message is Chinese and names the fault."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Exceptions to Monday-Friday: `off` maps a day to True (off) or False (worked); `years` are those with a table.

    `names` says of a day in `off` which holiday it belongs to, where the table does.
    """

    off: Mapping[date, bool]
    years: frozenset[int]
    names: Mapping[date, str] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        listed = self.off.get(day)
        return not is_weekend(day) if listed is None else not listed

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

    def add_working_days_excluding(self, start: date, count: int, pauses: Iterable[Pause]) -> Deadline | None:
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
        read = read_table(table)
        return self.with_days(read.days, [read.year])

    def with_days(self, days: Iterable["ListedDay"], years: Iterable[int] = ()) -> "Calendar":
        """A calendar with these days too, which replace what was listed of them, and with a table of these years."""
        listed = tuple(days)
        off = {**self.off, **{one.day: one.off for one in listed}}
        names = {**self.names, **{one.day: one.name for one in listed}}
        return Calendar(off, self.years.union(years), names)

    def _deadline(self, first: date, day: date) -> Deadline:
        return Deadline(day, tuple(year for year in range(first.year, day.year + 1) if year not in self.years))


@dataclass(frozen=True, slots=True)
class ListedDay:
    """One exception to Monday-Friday: a day off, or one that is worked; `name` is the holiday it belongs to."""

    day: date
    off: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A year's table as read; `papers` names the State Council's notice where the file does."""

    year: int
    days: tuple[ListedDay, ...]
    papers: tuple[str, ...] = ()


def read_table(table: Mapping[str, Any]) -> Table:
    """A table in holiday-cn's shape, or a `CalendarTableError` that says what is wrong with it."""
    try:
        year = int(table["year"])
        days = [
            ListedDay(date.fromisoformat(e["date"]), e["isOffDay"], str(e.get("name") or "")) for e in table["days"]
        ]
        papers = tuple(str(paper) for paper in table.get("papers") or ())
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CalendarTableError(f"放假安排文件缺少年份或日期，或格式不对：{error}") from error
    if not all(isinstance(one.off, bool) for one in days):
        raise CalendarTableError("放假安排文件中有的日期没有标明休息还是上班（isOffDay）")
    if stray := [one.day for one in days if abs(one.day.year - year) > 1]:
        raise CalendarTableError(f"放假安排文件写的是 {year} 年，却含有 {stray[0].isoformat()}")
    seen: dict[date, ListedDay] = {}
    for one in days:
        if seen.setdefault(one.day, one).off != one.off:
            raise CalendarTableError(f"放假安排文件里 {one.day.isoformat()} 既写休息又写上班")
    return Table(year, tuple(seen.values()), papers)


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


@dataclass(frozen=True, slots=True)
class Counted:
    """A limit, and one Chinese sentence by which a clerk and a firm can check how it was counted."""

    deadline: Deadline
    sentence: str


def counted(calendar: Calendar, start: date, count: int) -> Counted:
    """`add_working_days`, said."""
    deadline = calendar.add_working_days(start, count)
    return _said(calendar, start, count, deadline, ())


def counted_excluding(calendar: Calendar, start: date, count: int, pauses: Iterable[Pause]) -> Counted | None:
    """`add_working_days_excluding`, said; None while a pause is running."""
    spans = list(pauses)
    deadline = calendar.add_working_days_excluding(start, count, spans)
    return None if deadline is None else _said(calendar, start, count, deadline, spans)


def counted_days(calendar: Calendar, start: date, count: int) -> Counted:
    """`add_days`, said: natural days, of which only the last may not be a day off."""
    deadline, last = calendar.add_days(start, count), start + count * _DAY
    said = f"自 {dated(start)}次日起第 {count} 天（自然日），即 {dated(last)}" if count else f"{dated(start)}当日"
    if deadline.day != last:
        off = "、".join(_off(calendar, _between(last - _DAY, deadline.day - _DAY), start.year))
        said += f"，逢{off}，顺延至 {dated(deadline.day)}"
    return Counted(deadline, _joined(said, deadline))


def counted_receipt(calendar: Calendar, at: datetime, closing: time) -> Counted:
    """`effective_start` of what came in at a moment, said; the sentence is empty where the day counts itself."""
    day, late = at.date(), at.time() > closing
    start = calendar.effective_start(day, after_hours=late)
    deadline = calendar._deadline(day, start)
    if start == day:
        return Counted(deadline, "")
    why = f"已过当日收件截止 {closing:%H:%M}" if calendar.is_working_day(day) else "不是工作日"
    return Counted(deadline, _joined(f"{dated(day)}{at:%H:%M} 收件，{why}，视为 {dated(start)}收件", deadline))


def is_weekend(day: date) -> bool:
    """Saturday or Sunday, whatever a table says of it."""
    return day.weekday() >= _SATURDAY


def weekday(day: date) -> str:
    """星期五."""
    return f"星期{_WEEK[day.weekday()]}"


def dated(day: date) -> str:
    """2026-02-13（星期五）."""
    return f"{day.isoformat()}（{weekday(day)}）"


def _said(calendar: Calendar, start: date, count: int, deadline: Deadline, pauses: Sequence[Pause]) -> Counted:
    head = f"自 {dated(start)}次日起第 {count} 个工作日，即 {dated(deadline.day)}" if count else f"{dated(start)}当日"
    return Counted(deadline, _joined(head, deadline, *_passed(calendar, start, deadline.day, pauses)))


def _joined(head: str, deadline: Deadline, *more: str) -> str:
    mark, remark = ("（估）", (deadline.remark,)) if deadline.remark else ("", ())
    return "；".join((head + mark, *more, *remark))


def _passed(calendar: Calendar, start: date, end: date, pauses: Sequence[Pause]) -> Iterator[str]:
    """What a clerk would stumble over between the two days: days skipped, weekends worked, pauses."""
    paused = [(first, last or end) for first, last in sorted(set(pauses), key=lambda pause: pause[0])]
    paused = [(first, last) for first, last in paused if first <= last and first <= end and last > start]
    days = [day for day in _between(start, end) if not any(first <= day <= last for first, last in paused)]
    if off := _off(calendar, [day for day in days if not calendar.is_working_day(day)], start.year):
        yield f"跳过{'' if off[0][0] == '双' else ' '}{'、'.join(off)}"
    worked = [day for day in days if is_weekend(day) and calendar.is_working_day(day)]
    if worked:
        yield f"{'、'.join(f'{_short(day, start.year)}（{weekday(day)}）' for day in worked)}调休上班，计入"
    if paused:
        yield f"{'、'.join(_span(first, last, start.year) for first, last in paused)}暂停计时，不计入"


def _between(start: date, end: date) -> list[date]:
    """The days after `start` up to and including `end`."""
    return [start + _DAY * step for step in range(1, (end - start).days + 1)]


def _off(calendar: Calendar, days: Sequence[date], year: int) -> list[str]:
    """Days off in words: ordinary weekends as one, listed ones run by run with the names of their holidays."""
    runs: list[list[date]] = []
    for day in (day for day in days if day in calendar.off):
        if runs and day - runs[-1][-1] == _DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    plain = ["双休日"] if any(day not in calendar.off for day in days) else []
    return plain + [f"{_span(run[0], run[-1], year)}{_named(calendar, run)}" for run in runs]


def _named(calendar: Calendar, run: Sequence[date]) -> str:
    names = "、".join(dict.fromkeys(name for day in run if (name := calendar.names.get(day))))
    return f"{names}放假"


def _short(day: date, year: int) -> str:
    """2月15日, with the year where it is another one."""
    return f"{'' if day.year == year else f'{day.year}年'}{day.month}月{day.day}日"


def _span(first: date, last: date, year: int) -> str:
    """2月15日至23日."""
    if first == last:
        return _short(first, year)
    same = (first.year, first.month) == (last.year, last.month)
    return f"{_short(first, year)}至{f'{last.day}日' if same else _short(last, first.year)}"
