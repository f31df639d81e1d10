"""放假安排 (holidays): the years a table has come of, and every day off or worked that Monday to Friday would not say."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import String, case, func, inspect, literal, select
from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, OneOf, Text, Whole
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Computed, Duplicate, Owner, Registry, Section
from wenlv_desk.registries.calendar import rules
from wenlv_desk.registries.calendar.vocabulary import DayKind, YearStanding
from wenlv_desk.standards.working_days import shipped_calendar
from wenlv_desk.store.desk import Desk


class HolidayYear(Record):
    """One year. It counts as known once it is complete or came with the program; its days count in any case."""

    __tablename__ = "holiday_year"

    year: Mapped[str] = field("年份", kind=Text(4, size=8), initial=True, aliases=("年度",), help="四位数字，如 2027")
    document: Mapped[str | None] = field(
        "依据文件",
        kind=Text(255, size=28),
        search=Search.CODE,
        aliases=("文号", "放假通知"),
        help="如：国办发明电〔2026〕×号",
    )
    source: Mapped[str | None] = field("来源", kind=Text(255, size=24), help="文件从哪里来；导入时自动记下文件名")
    complete: Mapped[bool] = field(
        "已录全", default=False, readonly=True, help="逐日录完后办“确认已录全”；此后期限不再标“估”"
    )


def title_of(values: Mapping[str, Any]) -> str:
    """2027-02-06 春节放假."""
    day, kind = values.get("day"), values.get("kind")
    return f"{day or ''} {values.get('name') or ''}{DayKind.of(kind).label if kind else ''}".strip()


class Holiday(Record):
    """One day. What stands here goes before what came with the program."""

    __tablename__ = "holiday"

    title: Mapped[str] = field("放假或上班", kind=Text(64, size=22), search=Search.NAME, derive=title_of)
    holiday_year_id: Mapped[int] = field("所属年份", ref="holiday_year", aliases=("年份", "年度"))
    day: Mapped[date] = field("日期", kind=Day(), indexed=True)
    kind: Mapped[DayKind] = field("安排", kind=OneOf(DayKind), aliases=("类别", "类型"))
    name: Mapped[str | None] = field(
        "名称", kind=Text(32, size=16), aliases=("节日", "节假日", "事由"), help="节日名；本地临时放假写事由，如：台风"
    )


def _standing(record: Any, today: date) -> Any:  # noqa: ARG001
    shipped = [str(year) for year in shipped_calendar().years]
    return case(
        (record.complete, _code(YearStanding.KNOWN)),
        (record.year.in_(shipped), _code(YearStanding.SHIPPED)),
        else_=_code(YearStanding.UNDER_WAY),
    )


def _code(standing: YearStanding) -> Any:
    return literal(standing.value, String)


def _days(record: Any, today: date) -> Any:  # noqa: ARG001
    mine = (Holiday.holiday_year_id == record.id) & ~Holiday.voided
    return select(func.count()).select_from(Holiday).where(mine).correlate(record).scalar_subquery()


def entered_before(desk: Desk, record: Record) -> str:
    """A day stands once: whoever enters it again is led to the one on file."""
    if not isinstance(record, Holiday) or inspect(record).persistent:
        return ""
    same = select(Holiday.title).where(Holiday.day == record.day, ~Holiday.voided)
    title = desk.session.scalar(same.limit(1))
    return f"“{title}”已经登记，请打开它修改" if title else ""


HOLIDAY_YEARS = Registry(
    record=HolidayYear,
    title="放假安排年份",
    unit="年",
    named_by="year",
    code="year",
    identity=(("year",),),
    columns=("year", "standing", "days", "document", "source"),
    sections=(Section("年份", ("year", "document", "source", "complete")),),
    filters=("standing",),
    computed=(
        Computed("standing", "状态", _standing, OneOf(YearStanding)),
        Computed("days", "登记天数", _days, Whole()),
    ),
    rules=(rules.year_is_a_year,),
    duplicates=Duplicate(same=("year",)),
    mergeable=False,
    state="standing",
    rail=False,
    icon="calendar",
    empty_hint="近年的放假安排程序自带，不在这里列出。新一年的公布后请“导入放假安排”，或新增年份后逐日登记。",
)

HOLIDAYS = Registry(
    record=Holiday,
    title="放假安排",
    unit="天",
    named_by="title",
    identity=(("holiday_year_id", "day"),),
    columns=("day", "kind", "name", "holiday_year_id"),
    sections=(Section("日子", ("holiday_year_id", "day", "kind", "name")),),
    filters=("holiday_year_id", "kind"),
    rules=(rules.day_lies_by_its_year, rules.day_says_something, rules.shipped_year_is_added_to),
    duplicates=Duplicate(same=("day",)),
    mergeable=False,
    owner=Owner(field="holiday_year_id", register="holiday_year", takes={}),
    fixed=entered_before,
    rail=False,
    icon="calendar",
    empty_hint="程序自带的放假安排不在这里。新一年的安排请在“放假安排年份”里导入；本地临时放假（如台风）在这里新增。",
)
