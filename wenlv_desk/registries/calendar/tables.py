"""A year's table as a file: holiday-cn's JSON, read with its faults said in Chinese."""

import json
from pathlib import Path
from typing import Any

from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.core.kinds import unprintable
from wenlv_desk.registries.calendar.records import HOLIDAYS
from wenlv_desk.registries.calendar.rules import YEAR
from wenlv_desk.standards.working_days import CalendarTableError, Table, read_table

LARGEST = 1024 * 1024  # bytes; a year's table has some five thousand


def read_file(path: Path) -> Table:
    """The table in a file, or an error that names the file and the fault."""
    content = _content(path)
    try:
        if not isinstance(content, dict):
            raise CalendarTableError("放假安排文件的结构不对")
        table = read_table(content)
    except CalendarTableError as error:
        raise UserError(f"没有导入“{path.name}”：{error}。请换用 holiday-cn 的年度文件，如 2027.json") from error
    if problem := _problem(table):
        raise UserError(f"没有导入“{path.name}”：{problem}")
    return table


def _content(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise UserError(f"读不了文件“{path.name}”（{fault(error)}），没有导入，请检查文件是否还在") from error
    if len(raw) > LARGEST:
        raise UserError(f"没有导入“{path.name}”：文件超过 1 MB，不像一年的放假安排，请核对选的文件")
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UserError(f"没有导入“{path.name}”：不是 JSON 文件，请选 holiday-cn 的年度文件，如 2027.json") from error


def _problem(table: Table) -> str:
    """What keeps a well-formed table from being entered, empty when nothing does."""
    if not YEAR.fullmatch(f"{table.year}"):
        return f"“{table.year}”不是年份，请核对文件里的 year"
    if not table.days:
        return f"文件里 {table.year} 年还没有一天安排，国务院办公厅的通知可能还没有公布，请以后再导入"
    limit = HOLIDAYS.fields["name"].kind.limit  # type: ignore[attr-defined]
    for one in table.days:
        if unprintable(one.name) or len(one.name) > limit:
            return f"{one.day} 的名称含有控制字符或超过 {limit} 个字，请改短后再导入"
    if any(unprintable(paper) for paper in table.papers):
        return "文件里的依据文件（papers）含有控制字符，请删去后再导入"
    return ""
