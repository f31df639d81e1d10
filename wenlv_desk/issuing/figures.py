"""Figures on paper: a table with the definitions beside, drawn as any list is. It is no issued paper: no number, no archive."""

from dataclasses import replace

from wenlv_desk.store.desk import Desk
from wenlv_desk.store.figures import FigureTable
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.page import SMALL, Align, Column, Document, Gap, Paragraph


def draw_figures(desk: Desk, table: FigureTable) -> bytes:
    """The PDF of a figure table."""
    from wenlv_desk.typeset.render import render

    return render(figure_document(desk, table))


def figure_document(desk: Desk, table: FigureTable) -> Document:
    """Label, value and definition of every figure; split ones a block a group."""
    title = f"{table.figures.title}统计表"
    grouped = [Column(table.group, 34)] if table.group else []
    columns = [Column("序号", 10, Align.CENTER), *grouped, Column("指标", 42), Column("数值", 44), Column("口径", 120)]
    rows = [
        (
            str(place),
            *([line.group] if table.group else []),
            line.figure.label,
            line.counted.text,
            line.figure.definition,
        )
        for place, line in enumerate(table.lines, 1)
    ]
    page = forms.roster(
        title,
        columns,
        rows,
        left=str(desk.settings.get("bureau_name") or ""),
        right=table.said,
        footer=f"{desk.clerk.name} {desk.now:%Y-%m-%d %H:%M} 打印",
    )
    below = [Paragraph(f"注：{note}。", SMALL) for note in table.notes]
    return forms.document(title, replace(page, blocks=(*page.blocks, Gap(2.0), *below)))
