"""Counting: `figures`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell, a_date
from wenlv_desk.cli.parser import a_file_to_write, a_pair, some_text
from wenlv_desk.cli.text import table
from wenlv_desk.core.errors import UserError, fault

if TYPE_CHECKING:
    from wenlv_desk.core.figures import FigureSet
    from wenlv_desk.store.desk import Desk
    from wenlv_desk.store.figures import FigureTable, Line, RowsBehind


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    figures = commands.add_parser("figures", help="统计：每个数连同口径，今天的或以前任何一天的")
    figures.add_argument("set", nargs="?", default="", metavar="统计", help="名称，如 review；不写则列出有哪些统计")
    figures.add_argument("--year", type=some_text, metavar="年度", help="只算这一年度的")
    figures.add_argument(
        "--where",
        type=a_pair,
        action="append",
        default=[],
        metavar="项目=值",
        help="只算这样的，可重复；值留空表示没有填的",
    )
    figures.add_argument(
        "--as-of", type=a_date, metavar="日期", help="按这一天结束时的样子，如 2026-06-30；不写则按现在"
    )
    figures.add_argument("--by", type=some_text, metavar="项目", help="按这一项分开算，如 township")
    figures.add_argument("--rows", type=some_text, metavar="指标", help="列出这个数背后的记录")
    figures.add_argument("--out", type=a_file_to_write(".xlsx", ".pdf"), metavar="文件", help="存为 .xlsx 或 .pdf")
    figures.set_defaults(run=run_figures)


def run_figures(shell: Shell) -> int:
    """Count a set of figures and print or save it; without a name, say which sets there are."""
    from wenlv_desk.store.figures import figures_as_of, rows_behind

    options = shell.options
    if not options.set:
        return _tell_sets(shell)
    with shell.office() as office, office.desk(shell.clerk(office)) as desk:
        figures = office.catalogue.figure_set(options.set)
        registry = office.catalogue.registry_of(figures.record)
        group = registry.field(options.by).name if options.by else ""
        counted = figures_as_of(desk, figures, _scope(desk, figures, options), options.as_of, group)
        line = counted.line(figures.figure(options.rows)) if options.rows else None
        behind = rows_behind(desk, figures, line.counted.behind, options.as_of) if line else None
        if options.out:
            _save(desk, counted, line, behind, options.out)
        _tell(shell, counted, line, behind, str(options.out or ""))
    return 0


def _tell_sets(shell: Shell) -> int:
    sets = shell.catalogue.figures.values()
    rows = [[one.name, one.title, "、".join(figure.label for figure in one.figures)] for one in sets]
    data = [{"name": one.name, "title": one.title, "figures": [f.name for f in one.figures]} for one in sets]
    shell.say(table(["统计", "名称", "指标"], rows) if rows else "还没有统计", data)
    return 0


def _scope(desk: "Desk", figures: "FigureSet", options: Any) -> dict[str, Any]:
    """What the options narrow the rows to; the year is the set's own field of it."""
    from wenlv_desk.store.figures import read_scope

    registry = desk.catalogue.registry_of(figures.record)
    given: dict[str, str] = {}
    if options.year:
        if not figures.year:
            raise UserError(f"{figures.title}统计没有年度，不能用 --year，请改用 --where")
        given[figures.year] = options.year
    for text, value in options.where:
        name = registry.field(text).name
        if name in given:
            raise UserError(f"“{registry.shown(name)[0]}”写了两次，统计一次只按一个值，请分两次统计")
        given[name] = value
    return read_scope(desk, figures, given)


def _save(desk: "Desk", counted: "FigureTable", line: "Line | None", behind: "RowsBehind | None", path: Path) -> None:
    if path.suffix.lower() == ".pdf":
        from wenlv_desk.issuing.figures import draw_figures

        if line is not None:
            raise UserError("PDF 里只有统计表，没有背后的记录，请去掉 --rows 或存为 .xlsx")
        try:
            path.write_bytes(draw_figures(desk, counted))
        except OSError as error:
            raise UserError(f"写不了“{path}”（{fault(error)}），请换一个路径") from error
        return
    from wenlv_desk.ledger.plain import figure_sheets, rows_sheet, save_plain

    sheets = figure_sheets(counted)
    if line is not None and behind is not None:
        sheets.append(rows_sheet(line, behind))
    save_plain(path, sheets, clerk=desk.clerk, at=desk.now)


def _tell(shell: Shell, counted: "FigureTable", line: "Line | None", behind: "RowsBehind | None", saved: str) -> None:
    grouped = [counted.group] if counted.group else []
    rows = [
        [*([one.group] if grouped else []), one.figure.label, one.counted.text, one.figure.definition]
        for one in counted.lines
    ]
    lines = [f"{counted.figures.title}统计：{counted.said}，共 {counted.rows} 条"]
    lines += [table([*grouped, "指标", "数值", "口径"], rows)]
    lines += [f"注意：{note}" for note in counted.notes]
    if line is not None and behind is not None:
        marks = set(line.counted.rows)
        listed = [[str(row_id), "是" if row_id in marks else "否", *cells] for row_id, cells in behind.rows]
        lines += [f"\n【{line.figure.label}】{line.counted.text}", table(["编号", "计入", *behind.labels], listed)]
    if saved:
        lines.append(f"已存为 {saved}")
    shell.say("\n".join(lines), _data(counted, line, behind) | ({"out": saved} if saved else {}))


def _data(counted: "FigureTable", line: "Line | None", behind: "RowsBehind | None") -> dict[str, Any]:
    made: dict[str, Any] = {
        "set": counted.figures.name,
        "scope": dict(counted.scope),
        "as_of": counted.day,
        "past": counted.past,
        "rows": counted.rows,
        "figures": [
            {
                "name": one.figure.name,
                "label": one.figure.label,
                "group": one.group,
                "value": one.counted.text,
                "definition": one.figure.definition,
                "ids": one.counted.rows,
                "of": one.counted.whole,
            }
            for one in counted.lines
        ],
        "notes": counted.notes,
    }
    if line is not None and behind is not None:
        made["behind"] = [{"id": row_id} | dict(zip(behind.names, cells, strict=True)) for row_id, cells in behind.rows]
    return made
