"""Plain tables as workbooks: what the program worked out (a batch's left out, figures, the rows behind one), to keep or to hand on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wenlv_desk.core.figures import Figure
from wenlv_desk.ledger.sheets import LONGEST, Cells, new_workbook, sheet_class
from wenlv_desk.store.batch import LeftOut
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.figures import FigureTable, Line, RowsBehind

TITLE_LENGTH = 31  # of a sheet
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
WIDEST, NARROWEST = 60, 8


@dataclass(frozen=True)
class Plain:
    """One sheet: its headings, its rows, and lines below them."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    below: tuple[str, ...] = ()


def save_plain(path: Path, sheets: Sequence[Plain], *, clerk: Clerk, at: datetime) -> None:
    """Write the tables, a sheet each; the last line of the first says when and by whom."""
    last = f"导出时间：{at:%Y-%m-%d %H:%M}　导出人：{clerk.name}（{clerk.counter}）"
    with new_workbook(path) as book:
        for place, plain in enumerate(sheets):
            sheet = book.add_worksheet(plain.title.translate(FORBIDDEN)[:TITLE_LENGTH], sheet_class())
            cells = Cells(book, sheet)
            cells.headings(plain.headings, _widths(plain))
            for number, row in enumerate(plain.rows, 1):
                for column, value in enumerate(row):
                    cells.put(number, column, value[:LONGEST] if isinstance(value, str) else value)
            for number, text in enumerate((*plain.below, *([] if place else [last])), len(plain.rows) + 2):
                sheet.write_string(number, 0, text)


def _widths(plain: Plain) -> list[int]:
    """In characters, a Chinese one being two; by the headings and the first rows."""
    columns = zip(plain.headings, *plain.rows[:200], strict=True)
    return [min(WIDEST, max(NARROWEST, *(_wide(cell) + 2 for cell in column))) for column in columns]


def _wide(cell: Any) -> int:
    return sum(1 if ord(char) < 0x2E80 else 2 for char in str(cell if cell is not None else ""))


def left_out_sheet(left_out: Sequence[LeftOut], *, title: str) -> Plain:
    """Who was left out of a batch, and why."""
    rows = [(one.record_id, one.name, one.code, "；".join(one.reasons)) for one in left_out]
    return Plain(title, ("编号", "名称", "证号或代码", "原因"), rows)


def figure_sheets(table: FigureTable) -> list[Plain]:
    """The figures with their definitions; split ones once more, a row a group."""
    below = (f"{table.figures.title}统计：{table.said}，共 {table.rows} 条", *table.notes)
    whole = table.groups[0] if table.lines else ""
    lines = [line for line in table.lines if line.group == whole]
    made = [Plain("统计", ("指标", "数值", "计入", "总数", "口径"), [_cells(line) for line in lines], below)]
    if table.group:
        by = {(line.group, line.figure.name): line.counted.text for line in table.lines}
        figures: tuple[Figure, ...] = table.figures.figures
        rows = [(group, *(by[group, one.name] for one in figures)) for group in table.groups]
        made.append(Plain(f"按{table.group}", (table.group, *(one.label for one in figures)), rows))
    return made


def _cells(line: Line) -> tuple[Any, ...]:
    counted = line.counted
    whole = len(counted.whole) if counted.whole else None
    return line.figure.label, counted.text, len(counted.rows), whole, line.figure.definition


def rows_sheet(line: Line, behind: RowsBehind) -> Plain:
    """The rows behind a figure; of a ratio those of the denominator, marked where they are in the numerator."""
    counted = set(line.counted.rows)
    rows = [(row_id, "是" if row_id in counted else "否", *cells) for row_id, cells in behind.rows]
    return Plain(line.figure.label, ("编号", "计入", *behind.labels), rows)
