"""How a year's table comes: imported whole, or typed in and confirmed; then every date counted over it is counted anew."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import FilePath, Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.calendar.days import calendar_of, forget_calendar
from wenlv_desk.registries.calendar.records import Holiday, HolidayYear, title_of
from wenlv_desk.registries.calendar.tables import read_file
from wenlv_desk.registries.calendar.vocabulary import DayKind
from wenlv_desk.standards.working_days import Table, is_weekend, shipped_calendar
from wenlv_desk.store.desk import Desk

FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))  # days off by the sun's calendar in any year
STATUTORY = 13  # days off a year (全国年节及纪念日放假办法, 2024 revision)
Reason = Annotated[str | None, param("理由", kind=Text(255), help="有疑点仍照办时写明，如：本年安排另有调整")]


@operation("导入放假安排", subject=Subject.REGISTER, on=(HolidayYear,))
def import_table(
    desk: Desk,
    registry: Registry,  # noqa: ARG001
    *,
    path: Annotated[
        str, param("文件", kind=FilePath(), help="一年放假安排的数据文件（holiday-cn 格式），如 2027.json")
    ],
    reason: Reason = None,
) -> HolidayYear:
    """Take a year's table whole; days on the register that it does not name stay and are named."""
    table = read_file(Path(path))
    year = desk.session.scalar(select(HolidayYear).where(HolidayYear.year == f"{table.year}", ~HolidayYear.voided))
    if not reason:
        _refuse_doubtful(table, year)
    if year is None:
        year = HolidayYear(year=f"{table.year}")
        desk.add(year)
    year.complete = True
    year.document = "、".join(table.papers)[:255] or year.document
    year.source = Path(path).name[:255]
    notes = _write_days(desk, year, table)
    desk.notes += [f"{notes[0]}；{count_anew(desk)}", *notes[1:]]
    return year


def _refuse_doubtful(table: Table, year: HolidayYear | None) -> None:
    found = list(doubts(table.year, [one.day for one in table.days if one.off]))
    if year is not None and year.complete:
        found.insert(0, f"{table.year} 年的放假安排已经录全（来源：{year.source or '逐日登记'}）")
    elif shipped_calendar().knows(table.year):
        found.insert(0, f"{table.year} 年的放假安排程序自带，一般不用导入")
    if found:
        raise UserError(f"没有导入：{'；'.join(found)}。确要照这个文件导入，请写明理由")


def doubts(year: int, off: Iterable[date]) -> Iterator[str]:
    """Why these days off cannot well be all of the year's."""
    listed = {day for day in off if day.year == year}
    if lacking := [f"{month}月{day}日" for month, day in FIXED if date(year, month, day) not in listed]:
        yield f"{'、'.join(lacking)}没有列为放假"
    if len(listed) < STATUTORY:
        yield f"{year} 年只列了 {len(listed)} 天放假，法定节假日有 {STATUTORY} 天"


def _write_days(desk: Desk, year: HolidayYear, table: Table) -> list[str]:
    """Enter what is new, mend what differs; what was done, and what the file leaves standing."""
    known = {row.day: row for row in desk.session.scalars(select(Holiday).where(~Holiday.voided).order_by(Holiday.id))}
    made, mended = [], 0
    for one in table.days:
        values: dict[str, Any] = {"day": one.day, "kind": DayKind.OFF if one.off else DayKind.WORKED}
        values["name"] = one.name or None
        values["title"] = title_of(values)
        if (row := known.get(one.day)) is None:
            made.append(values | {"holiday_year_id": year.id})
        elif row.title != values["title"]:
            row.kind, row.name, row.title, mended = values["kind"], values["name"], values["title"], mended + 1
    desk.insert_many(Holiday, made)
    off = sum(one.off for one in table.days)
    counts = f"放假 {off} 天、调休上班 {len(table.days) - off} 天；新登记 {len(made)} 天，更正 {mended} 天"
    return [f"{table.year} 年{counts}", *_left(year, table, known)]


def _left(year: HolidayYear, table: Table, known: dict[date, Holiday]) -> Iterator[str]:
    """What the file does not name and yet goes on counting: nothing is taken away in silence."""
    named = {one.day for one in table.days}
    mine = [row.title for row in known.values() if row.holiday_year_id == year.id and row.day not in named]
    if mine:
        yield f"文件里没有、原已登记的仍然有效：{'、'.join(mine)}；不再有效的请“移出台账”后办“重算期限”"
    shipped = shipped_calendar()
    theirs = [
        f"{day}{'放假' if off else '上班'}"
        for day, off in sorted(shipped.off.items())
        if day.year == table.year and day not in named and day not in known and off != is_weekend(day)
    ]
    if theirs:
        yield f"文件里没有、程序自带的仍然有效：{'、'.join(theirs)}；不再有效的请逐日登记后办“重算期限”"


def _confirmed(desk: Desk, year: HolidayYear) -> Iterator[str]:  # noqa: ARG001
    if year.complete:
        yield "已经确认过；改了日子请办“重算期限”"
    elif _shipped(year):
        yield "这一年的安排程序自带，不用确认；另登记了日子请办“重算期限”"


def _looks_whole(desk: Desk, year: HolidayYear) -> bool:
    """Whether confirming is the next step: the days of the year are there."""
    return not year.complete and not _shipped(year) and not list(doubts(int(year.year), _days_off(desk)))


def _shipped(year: HolidayYear) -> bool:
    return shipped_calendar().knows(int(year.year))


def _days_off(desk: Desk) -> list[date]:
    return [day for day, off in calendar_of(desk).off.items() if off]


@operation("确认已录全", on=(HolidayYear,), many=False, blocks=_confirmed, due=_looks_whole)
def confirm_year(desk: Desk, year: HolidayYear, *, reason: Reason = None) -> None:
    """Say that the days of a year were typed in whole: limits over it are estimates no more."""
    if not reason and (found := list(doubts(int(year.year), _days_off(desk)))):
        raise UserError(f"没有确认：{'；'.join(found)}。请补录后再确认；确已录全的，请写明理由")
    year.complete = True
    desk.notes.append(count_anew(desk))


@operation("重算期限", on=(HolidayYear,), many=False)
def recount(desk: Desk, year: HolidayYear) -> None:  # noqa: ARG001
    """Count every kept date anew after days of a known year were added or changed (a typhoon, an amended notice)."""
    desk.notes.append(count_anew(desk))


def count_anew(desk: Desk) -> str:
    """Have every register count its dates by the calendar as it now stands, and say how many changed."""
    desk.session.flush()
    forget_calendar(desk)
    counted = [(one, one.recount(desk)) for one in desk.catalogue.registries.values() if one.recount is not None]
    told = [f"{one.title} {count} {one.unit}" for one, count in counted if count]
    return f"已按现行安排重算期限：{'、'.join(told)}" if told else "没有要改动的期限"
