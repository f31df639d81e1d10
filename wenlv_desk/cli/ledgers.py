"""Ledgers in and out: `read`, `import`, `export`, `template`."""

import argparse
import sys
from datetime import timedelta
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell
from wenlv_desk.cli.lists import REGISTER, add_query, query_of
from wenlv_desk.cli.parser import a_file_to_write, a_pair, some_text
from wenlv_desk.cli.text import table
from wenlv_desk.core.errors import UserError

if TYPE_CHECKING:
    from wenlv_desk.core.registry import Registry
    from wenlv_desk.ledger.headings import HeadingMap
    from wenlv_desk.ledger.model import Plan
    from wenlv_desk.ledger.reading import Sheet, Workbook
    from wenlv_desk.store.desk import Clerk, Desk
    from wenlv_desk.store.office import Office


HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    read = commands.add_parser("read", help="看程序在表格文件里读到了什么，不对应任何台账")
    _add_file(read)
    read.set_defaults(run=run_read)
    bring = commands.add_parser("import", help="导入台账文件")
    bring.add_argument("register", metavar="台账", help=REGISTER)
    _add_file(bring)
    bring.add_argument(
        "--map",
        type=a_pair,
        action="append",
        default=[],
        metavar="列名=项目",
        help="某列对应某项；项留空表示不导入该列",
    )
    bring.add_argument(
        "--word", type=a_pair, action="append", default=[], metavar="项目:原词=现词", help="文件里的词对应我们的词"
    )
    bring.add_argument("--dry-run", action="store_true", help="只看会发生什么，不写入")
    bring.add_argument(
        "--rejected", type=a_file_to_write(".xlsx"), metavar="文件", help="没有导入的行连同原因另存为工作簿"
    )
    bring.add_argument("--accept", type=some_text, metavar="理由", help="存疑但可照登的行，以此理由照此登记")
    bring.set_defaults(run=run_import)
    out = commands.add_parser("export", help="导出台账为 xlsx 或 csv")
    out.add_argument("register", metavar="台账", help=REGISTER)
    out.add_argument("file", type=a_file_to_write(".xlsx", ".csv"), metavar="文件", help="存为 .xlsx 或 .csv")
    add_query(out)
    out.add_argument("--all-fields", action="store_true", help="导出全部项目，而不只是列表的列")
    out.add_argument("--unmask", action="store_true", help="电话、证件号码不遮盖（会记入流水）")
    out.set_defaults(run=run_export)
    blank = commands.add_parser("template", help="存一份空白导入模板")
    blank.add_argument("register", metavar="台账", help=REGISTER)
    blank.add_argument("file", type=a_file_to_write(".xlsx"), metavar="文件", help="存为 .xlsx")
    blank.set_defaults(run=run_template)


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="xlsx、xls、et、xml、csv 等表格文件")
    parser.add_argument("--sheet", type=some_text, metavar="名称", help="工作表名称")
    parser.add_argument("--password", metavar="密码", help="打开文件的密码")


def run_read(shell: Shell) -> int:
    """Print what stands in a workbook."""
    from wenlv_desk.ledger.reading import read_workbook

    book = read_workbook(shell.options.file, password=shell.options.password)
    sheets = [_sheet_named(book, shell.options.sheet)] if shell.options.sheet else list(book.sheets)
    data = {"format": book.format, "notes": book.notes, "sheets": [_sheet_data(sheet) for sheet in sheets]}
    text = "\n".join(
        f"【{sheet.name}】\n" + "\n".join("\t".join(map(_cell, row)) for row in sheet.rows) for sheet in sheets
    )
    shell.say(text, data)
    return 0


def _sheet_data(sheet: "Sheet") -> dict[str, Any]:
    rows = [[cell if _is_number(cell) else _cell(cell) for cell in row] for row in sheet.rows]
    return {
        "name": sheet.name,
        "visible": sheet.visible,
        "first_line": sheet.first_line,
        "first_column": sheet.first_column,
        "rows": rows,
    }


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int) or (isinstance(cell, float) and isfinite(cell))  # JSON has no word for infinity


def _cell(cell: Any) -> str:
    if isinstance(cell, timedelta):
        return f"{cell // HOUR}:{cell % HOUR // MINUTE:02}:{cell % MINUTE // SECOND:02}"
    return "" if cell is None else str(cell)


def _sheet_named(book: "Workbook", name: str) -> "Sheet":
    for sheet in book.sheets:
        if sheet.name == name:
            return sheet
    raise UserError(f"文件“{book.path_name}”里没有工作表“{name}”，有：{'、'.join(sheet.name for sheet in book.sheets)}")


def _sheet_to_import(book: "Workbook", name: str | None) -> "Sheet":
    """The sheet asked for, else the first visible one with content; the others are said aloud."""
    if name:
        return _sheet_named(book, name)
    filled = [sheet for sheet in book.sheets if sheet.rows]
    chosen = next((sheet for sheet in filled if sheet.visible), filled[0])
    if others := [sheet.name for sheet in filled if sheet is not chosen]:
        sys.stderr.write(f"只读了工作表“{chosen.name}”；还有：{'、'.join(others)}，可用 --sheet 指定\n")
    return chosen


def run_import(shell: Shell) -> int:
    """Plan an import, show the plan, and unless it is a dry run write it."""
    from wenlv_desk.ledger.apply import apply_plan
    from wenlv_desk.ledger.rejected import save_rejected

    options = shell.options
    with shell.office() as office:
        clerk, registry = shell.clerk(office), office.catalogue.registry(options.register)
        plan = _plan(office, clerk, registry, options)
        if options.rejected:
            save_rejected(plan, options.rejected)
        entry = None
        if not options.dry_run and plan.to_write():
            entry = apply_plan(office, clerk, plan, reason=options.accept or "").entry_id
        return _report(shell, plan, entry)


def _plan(office: "Office", clerk: "Clerk", registry: "Registry", options: argparse.Namespace) -> "Plan":
    from wenlv_desk.ledger.headings import keep, known_headings
    from wenlv_desk.ledger.plan import accept_all, plan_import
    from wenlv_desk.ledger.reading import find_table, read_workbook

    book = read_workbook(options.file, password=options.password)
    found = find_table(_sheet_to_import(book, options.sheet), known=known_headings(office.catalogue, registry))
    with office.desk(clerk) as desk:
        mapping = _mapping(desk, registry, found, options)
        path = Path(options.file)
        plan = plan_import(
            desk, registry, found, mapping, file_name=path.name, digest=sha256(path.read_bytes()).hexdigest()
        )
        if options.accept:
            for about, field in plan.problem_counts():
                accept_all(desk, plan, about, options.accept, field=field)
    if (options.map or options.word) and not options.dry_run:
        with office.database.write() as session:
            keep(_writing(desk, session), registry, mapping)
    return plan


def _writing(desk: "Desk", session: Any) -> "Desk":
    from dataclasses import replace

    return replace(desk, session=session)


def _mapping(desk: "Desk", registry: "Registry", found: Any, options: argparse.Namespace) -> "HeadingMap":
    from wenlv_desk.ledger.headings import propose

    mapping = propose(desk, registry, found)
    for heading, field in options.map:
        mapping = mapping.assign(registry, heading, field)
    for place, value in options.word:
        name, colon, text = place.partition(":")
        if not colon:
            raise UserError(f"--word “{place}={value}”应写成 项目:原词=现词，如 operating_status:开门=营业")
        mapping = mapping.with_word(registry.field(name).name, text, value)
    return mapping


def _report(shell: Shell, plan: "Plan", entry: int | None) -> int:
    """Print the counts and every problem; 1 when rows were left out."""
    from wenlv_desk.ledger.model import Verdict

    counts = plan.counts()
    problems = [
        {
            "line": row.line,
            "field": problem.field,
            "value": problem.value,
            "reason": problem.message,
            "verdict": row.verdict.value,
        }
        for row in plan.rows()
        for problem in row.problems
    ]
    skipped = [{"line": line, "reason": reason} for line, reason in plan.table.skipped]
    data: dict[str, Any] = {verdict.value: count for verdict, count in counts.items()}
    data |= {"rows": len(plan), "written": plan.to_write() if entry else 0, "entry": entry, "unmapped": plan.unmapped}
    data |= {"skipped": skipped, "problems": problems}
    lines = ["　".join(f"{verdict.label} {count}" for verdict, count in counts.items()) + f"　共 {len(plan)} 行"]
    if plan.unmapped:
        lines.append(f"未对应的列：{'、'.join(plan.unmapped)}")
    lines += [f"跳过第 {line} 行：{reason}" for line, reason in plan.table.skipped]
    if problems:
        lines.append(table(["行", "项目", "内容", "原因"], _grouped(plan, problems)))
    lines.append(f"已写入（流水 {entry}），可用 undo 一步撤销" if entry else "没有写入任何内容")
    shell.say("\n".join(lines), data)
    return 1 if counts[Verdict.REJECTED] or len(plan.positions(Verdict.DOUBTFUL)) else 0


def _grouped(plan: "Plan", problems: list[dict[str, Any]]) -> list[list[str]]:
    """The same thing said of many lines is said once, with the first lines and their number."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for problem in problems:
        found.setdefault((problem["field"], problem["value"], problem["reason"]), []).append(problem["line"])
    fields = plan.registry.fields
    return [
        [_lines(lines), fields[name].label if name in fields else "", value[:24], reason]
        for (name, value, reason), lines in found.items()
    ]


def _lines(lines: list[int]) -> str:
    return "、".join(map(str, lines[:3])) + (f" 等 {len(lines)} 行" if len(lines) > 3 else "")


def run_export(shell: Shell) -> int:
    """Write a list to a file; personal data stay masked unless asked for."""
    from wenlv_desk.ledger.export import export_listing, export_unmasked, whole
    from wenlv_desk.store.query import Listing

    options, path = shell.options, shell.options.file
    with shell.office() as office:
        clerk, registry = shell.clerk(office), office.catalogue.registry(options.register)
        names = whole(registry) if options.all_fields else registry.columns
        with office.desk(clerk) as desk:
            query = query_of(desk, registry, options)
            listing = Listing(desk.session, office.catalogue, registry, query, desk.today, names=names)
            count = 0 if options.unmask else export_listing(listing, path, clerk=clerk, at=desk.now)
        if options.unmask:
            count = export_unmasked(office, clerk, registry, query, path, names=names)
    shell.say(f"已导出 {count} {registry.unit}到 {path}", {"rows": count, "file": str(path)})
    return 0


def run_template(shell: Shell) -> int:
    """Write a register's blank template."""
    from wenlv_desk.ledger.template import save_template

    with shell.office() as office, office.desk(shell.clerk(office)) as desk:
        registry = office.catalogue.registry(shell.options.register)
        save_template(desk, registry, shell.options.file)
    shell.say(f"空白模板已存为 {shell.options.file}", {"file": str(shell.options.file)})
    return 0
