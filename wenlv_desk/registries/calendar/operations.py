"""How a year's table comes: imported from a file, or typed in and confirmed; then every date counted over it is counted anew."""

import json
from pathlib import Path
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import FilePath, Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.calendar.records import DayKind, Holiday, HolidayYear
from wenlv_desk.standards.working_days import CalendarTableError, Table, read_table
from wenlv_desk.store.desk import Desk

LARGEST = 1_000_000  # bytes; a year's table has some five thousand


@operation("导入放假安排", subject=Subject.REGISTER, on=(HolidayYear,))
def import_table(
    desk: Desk,
    registry: Registry,  # noqa: ARG001
    *,
    path: Annotated[str, param("文件", kind=FilePath(), help="holiday-cn 格式的 JSON，如 2027.json")],
    reason: Annotated[str | None, param("原因", kind=Text(255))] = None,
) -> HolidayYear:
    """Take a year's table whole, in place of what was entered of it."""
    table = _table(Path(path))
    mine = select(HolidayYear).where(HolidayYear.year == table.year, ~HolidayYear.voided)
    made = desk.session.scalar(mine)
    if made is not None and made.complete and not reason:
        raise UserError(f"没有导入：{table.year} 年的放假安排已经录全。确需更换，请写明原因")
    if made is None:
        made = HolidayYear(year=table.year, complete=False)
        desk.add(made)
    made.complete, made.document = True, "、".join(table.papers)[:128] or made.document
    known = {row.day: row for row in desk.session.scalars(select(Holiday).where(~Holiday.voided))}
    for one in table.days:
        kind, name = DayKind.OFF if one.off else DayKind.WORKED, one.name[:32] or None
        if (row := known.get(one.day)) is not None:
            row.kind, row.name = kind, name
        else:
            desk.session.add(Holiday(holiday_year_id=made.id, day=one.day, kind=kind, name=name))
    desk.session.flush()
    desk.notes.append(f"已导入 {table.year} 年放假安排 {len(table.days)} 天")
    recount(desk)
    return made


@operation("确认已录全", on=(HolidayYear,))
def confirm_year(desk: Desk, year: HolidayYear) -> None:
    """Say that a year's table was typed in whole."""
    if year.complete:
        raise UserError(f"{year.year} 年的放假安排已经确认录全")
    mine = select(Holiday.id).where(Holiday.holiday_year_id == year.id, ~Holiday.voided)
    if desk.session.scalar(mine.limit(1)) is None:
        raise UserError(f"没有办理：{year.year} 年还没有录入任何一天，请先在“放假和调休日”里录入")
    year.complete = True
    recount(desk)


def recount(desk: Desk) -> None:
    """Count the dates of every register anew that keeps some, and say how many changed."""
    desk.session.flush()
    changed = sum(one.recount(desk) for one in desk.catalogue.registries.values() if one.recount is not None)
    if changed:
        desk.notes.append(f"已按新的放假安排重算 {changed} 件的期限")


def _content(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(f"“{path.name}”太大，不像放假安排文件，没有导入")
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UserError(f"读不了“{path.name}”（{fault(error)}），没有导入") from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"“{path.name}”不是 JSON 文件，没有导入。请选用 holiday-cn 格式的放假安排文件") from error


def _table(path: Path) -> Table:
    content = _content(path)
    try:
        if not isinstance(content, dict):
            raise CalendarTableError("放假安排文件的结构不对")
        table = read_table(content)
    except CalendarTableError as error:
        raise UserError(f"“{path.name}”没有导入：{error}") from error
    if not table.days:
        raise UserError(f"“{path.name}”里没有任何日期，没有导入；国务院办公厅的通知可能还没有发布")
    return table
