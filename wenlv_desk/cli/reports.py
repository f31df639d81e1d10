"""Tables handed in: `report` shows one about a record, or writes it as a workbook, CSV or PDF."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell, a_date, record_of
from wenlv_desk.cli.lists import RECORD, REGISTER
from wenlv_desk.cli.parser import a_file_to_write
from wenlv_desk.cli.text import table
from wenlv_desk.core.errors import UserError

if TYPE_CHECKING:
    from wenlv_desk.core.registry import Registry
    from wenlv_desk.core.reports import Sheet
    from wenlv_desk.store.office import Office

SCREEN = "屏幕"  # where a table goes that is written to no file


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    reporting = commands.add_parser(
        "report", help="看一条记录的报表（如年审批次的汇总表、应审范围），或存为 Excel、CSV、PDF"
    )
    reporting.add_argument("register", metavar="台账", help=REGISTER)
    reporting.add_argument("record", metavar="记录", help=RECORD)
    reporting.add_argument("report", metavar="报表", nargs="?", default="", help="报表的名称；不写则列出有哪些")
    reporting.add_argument("--search", default="", metavar="文字", help="只要含有这些字的行，如单位名称、证号")
    reporting.add_argument(
        "--out", type=a_file_to_write(".xlsx", ".csv", ".pdf"), metavar="文件", help="存为 .xlsx、.csv 或 .pdf"
    )
    reporting.add_argument("--reason", default="", metavar="理由", help="报表含完整个人信息时记入流水的理由")
    reporting.add_argument("--as-of", type=a_date, metavar="日期", help="按这一天的情况，如 2026-06-30；不写则按今天")
    reporting.set_defaults(run=run_report)


def run_report(shell: Shell) -> int:
    """Print a report of a record, or write it to a file."""
    options = shell.options
    with shell.office() as office:
        registry = office.catalogue.registry(options.register)
        with office.desk(shell.clerk(office)) as desk:
            record_id = record_of(desk, registry, options.record)
        if not options.report:
            return _list(shell, registry)
        hand_over(shell, office, registry, options.report, record_id, options.search)
    return 0


def hand_over(
    shell: Shell, office: "Office", registry: "Registry", report: str, record_id: int, search: str = ""
) -> None:
    """Say a report, or write it to the file that --out names; --reason and --as-of are taken from the command as well."""
    from wenlv_desk.ledger.reporting import take_report
    from wenlv_desk.registries.handing_in import save_sheet

    options, clerk = shell.options, shell.clerk(office)
    given = {"where": options.out.name if options.out else SCREEN, "reason": options.reason, "day": options.as_of}
    sheet = take_report(office, clerk, registry, office.catalogue.report(registry, report), record_id, **given)
    sheet = _narrowed(sheet, search)
    data: dict[str, Any] = {"title": sheet.title, "note": sheet.note}
    if options.out:
        rows = save_sheet(office, clerk, sheet, options.out)
        shell.say(f"{sheet.title}共 {rows} 行，写入 {options.out}", data | {"rows": rows, "out": str(options.out)})
        return
    headings = [heading for heading, _ in sheet.columns]
    text = "\n".join(part for part in (sheet.title, table(headings, sheet.rows), sheet.note) if part)
    shell.say(text, data | {"columns": list(sheet.keys), "rows": sheet.named_rows})


def _list(shell: Shell, registry: "Registry") -> int:
    reports = shell.catalogue.reports_on(registry)
    if not reports:
        raise UserError(f"{registry.title}没有报表")
    shell.say(
        table(["报表", "名称"], [[one.name, one.title] for one in reports.values()]),
        {one.name: one.title for one in reports.values()},
    )
    return 0


def _narrowed(sheet: "Sheet", text: str) -> "Sheet":
    """The rows that have the text in any cell; a search that finds none is refused."""
    if not text:
        return sheet
    rows = tuple(row for row in sheet.rows if any(text in cell for cell in row))
    if not rows:
        raise UserError(f"{sheet.title}里没有含“{text}”的行，请换个写法，或不写 --search 看全部")
    return replace(sheet, rows=rows)
