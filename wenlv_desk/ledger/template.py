"""Blank templates (空白模板): the headings of a register with drop-downs, hints, and text format for identifiers."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import Day, Editor
from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.sheets import Cells, new_workbook
from wenlv_desk.store.desk import Desk

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 5000  # rows that have drop-downs
REQUIRED = "*"  # before the heading; reading drops it


def save_template(desk: Desk, registry: Registry, path: Path) -> None:
    """Write the blank workbook of a register: one column a field, 选项 on a second sheet that is hidden."""
    fields = list(registry.typed_fields.values())
    with new_workbook(path, constant_memory=False) as book:
        sheet = book.add_worksheet(registry.title)
        lists = book.add_worksheet("选项")
        lists.hide()
        cells = Cells(book, sheet)
        headings = [f"{REQUIRED}{one.label}" if one.required else one.label for one in fields]
        cells.headings(headings, [max(one.kind.width, 2 * len(one.label) + 3) for one in fields])
        for column, one in enumerate(fields):
            style = cells.day if isinstance(one.kind, Day) else None if one.kind.right else cells.text
            sheet.set_column(column, column, max(one.kind.width, 2 * len(one.label) + 3), style)
            sheet.write_comment(0, column, _hint(desk, one), {"x_scale": 2})
            _drop_down(book, sheet, lists, column, [label for _, label in one.kind.options(desk.lookup)], one)


def _hint(desk: Desk, one: Field) -> str:
    """What a clerk should know before typing."""
    said = ["必填" if one.required else "可不填"]
    if one.help:
        said.append(one.help)
    if one.kind.editor is Editor.MANY:
        said.append("可填多个，用“、”隔开")
    if isinstance(one.kind, Day):
        said.append(
            "写成 2026-01-05"
            + (f"；空白或“{one.kind.none_text}”表示{one.kind.none_text}" if one.kind.none_text else "")
        )
    if one.kind.identifier:
        said.append("文本格式，不会丢位")
    options = [label for _, label in one.kind.options(desk.lookup)]
    if options:
        said.append("可选：" + "、".join(options))
    if one.aliases:
        said.append("台账里也写作：" + "、".join(one.aliases))
    return "\n".join(said)


def _drop_down(
    book: "Workbook", sheet: "Worksheet", lists: "Worksheet", column: int, labels: Sequence[str], one: Field
) -> None:
    if not labels:
        return
    for row, label in enumerate(labels):
        lists.write_string(row, column, label)
    name = f"list_{column}"
    letters = _letters(column)
    book.define_name(name, f"=选项!${letters}$1:${letters}${len(labels)}")
    several = one.kind.editor is Editor.MANY
    rule = {
        "validate": "list",
        "source": f"={name}",
        "error_title": one.label,
        "error_message": "请从列表中选" + ("；多个用“、”隔开" if several else ""),
        "error_type": "information" if several else "stop",
    }
    sheet.data_validation(1, column, ROWS, column, rule)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
