"""放假安排: years (holiday_year) with their days off and days worked (holiday)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Mapped

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.fields import field
from wenlv_desk.core.kinds import OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Duplicate, Owner, Problem, Registry, RuleContext, Section, Values
from wenlv_desk.standards.finding import Severity

SATURDAY = 5


class DayKind(Choice):
    """What a day is that Monday to Friday would not say."""

    OFF = "OFF", "放假", "green"
    WORKED = "WORKED", "调休上班", "amber"


class HolidayYear(Record):
    """A year whose table the bureau keeps. Only a complete one counts as known; days off of others are local additions."""

    __tablename__ = "holiday_year"

    year: Mapped[int] = field("年份")
    complete: Mapped[bool] = field("已录全", default=False, readonly=True, help="录全后办“确认已录全”，期限不再标“估”")
    document: Mapped[str | None] = field("依据文件", kind=Text(128, size=28), help="如：国办发明电〔2026〕×号")
    remark: Mapped[str | None] = field("备注", kind=Text(500))


class Holiday(Record):
    """One day."""

    __tablename__ = "holiday"

    holiday_year_id: Mapped[int] = field("所属年份", ref="holiday_year")
    day: Mapped[date] = field("日期")
    kind: Mapped[DayKind] = field("放假或上班", kind=OneOf(DayKind))
    name: Mapped[str | None] = field("名称", kind=Text(32), help="如：国庆节；本地临时放假写明原因")


def year_is_a_year(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """A year that can be."""
    year = values.get("year")
    if year is not None and not 2000 <= year <= 2199:
        yield Problem("year", Severity.REJECT, f"“{year}”不是年份，请写四位数字，如 2027")


def day_says_something(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """A weekend marked off or a weekday marked worked says what holds anyway."""
    day, kind = values.get("day"), values.get("kind")
    if day and kind and (day.weekday() >= SATURDAY) == (kind is DayKind.OFF):
        yield Problem("kind", Severity.NOTE, f"{day} 本来就{'是周末' if kind is DayKind.OFF else '上班'}")


HOLIDAY_YEARS = Registry(
    record=HolidayYear,
    title="放假安排",
    unit="年",
    named_by="year",
    identity=(("year",),),
    columns=("year", "complete", "document", "remark"),
    sections=(Section("年份", ("year", "complete", "document", "remark")),),
    rules=(year_is_a_year,),
    duplicates=Duplicate(same=("year",)),
    mergeable=False,
    rail=False,
    empty_hint="程序自带 2020 至 2026 年的放假安排。以后各年可以“导入放假安排”，也可以逐日录入。",
)

HOLIDAYS = Registry(
    record=Holiday,
    title="放假和调休日",
    unit="天",
    named_by="day",
    identity=(("day",),),
    columns=("holiday_year_id", "day", "kind", "name"),
    sections=(Section("日期", ("holiday_year_id", "day", "kind", "name")),),
    filters=("holiday_year_id", "kind"),
    rules=(day_says_something,),
    duplicates=Duplicate(same=("day",)),
    mergeable=False,
    owner=Owner(field="holiday_year_id", register="holiday_year", takes={}),
    rail=False,
    empty_hint="还没有录入。",
)
