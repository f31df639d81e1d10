"""What must hold of a year and of a day of the holiday tables."""

import re
from collections.abc import Iterable

from wenlv_desk.core.registry import Problem, RuleContext, Values
from wenlv_desk.registries.calendar.vocabulary import DayKind
from wenlv_desk.standards.finding import Severity
from wenlv_desk.standards.working_days import is_weekend, shipped_calendar

YEAR = re.compile(r"(19|20|21)[0-9]{2}")


def year_is_a_year(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    if (year := values.get("year")) and not YEAR.fullmatch(year):
        yield Problem("year", Severity.REJECT, f"“{year}”不是年份，请写四位数字，如 2027")


def day_lies_by_its_year(values: Values, context: RuleContext) -> Iterable[Problem]:
    """A table may set days of its neighbours (元旦 from the end of December), none further away."""
    day, owner = values.get("day"), values.get("holiday_year_id")
    if day is None or owner is None:
        return
    year = context.lookup.label("holiday_year", owner)
    if year.isdigit() and abs(day.year - int(year)) > 1:
        yield Problem("day", Severity.REJECT, f"{day} 与所属年份 {year} 相差一年以上，请改正其中一项")


def day_says_something(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """A weekend marked off or a weekday marked worked says what holds anyway; tables list such days, so it is only said."""
    day, kind = values.get("day"), values.get("kind")
    if day and kind and is_weekend(day) == (kind == DayKind.OFF):
        yield Problem("kind", Severity.NOTE, f"{day} 本来就{'休息' if kind == DayKind.OFF else '上班'}，请核对日期")


def shipped_year_is_added_to(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    day = values.get("day")
    if day and day.year in shipped_calendar().years:
        said = f"{day.year} 年的安排程序自带，这一天以登记的为准；保存后请对该年办“重算期限”，已算的日期才会跟着改"
        yield Problem("day", Severity.NOTE, said)
