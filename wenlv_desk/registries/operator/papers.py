"""一企一档 (one-firm-one-file): everything on record about an operator, on paper."""

from wenlv_desk.core.papers import paper
from wenlv_desk.issuing.matter import Matter, Shown
from wenlv_desk.issuing.pages import footer, record_form, roster, spelled
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.page import Column, Document


@paper("一企一档", on=(Operator,), series="档")
def operator_card(matter: Matter) -> Document:
    """The operator's own particulars, every record it owns, and who did what when."""
    operator = matter.record
    sections = record_form(operator)
    for children in operator.owned.values():
        for child in children:
            sections += [
                forms.section(f"{_title(matter, child)}　{child.title}", *part.blocks) if place == 0 else part
                for place, part in enumerate(record_form(child))
            ]
    sections.append(_history(operator))
    page = forms.form(
        "一企一档",
        sections,
        office=matter.office.get("bureau_name", ""),
        number=matter.number,
        date=show_date_cn(matter.today),
        qr=f"{matter.number}|{operator.register}/{operator.id}",
        footer=footer(matter, operator),
    )
    return forms.document(f"一企一档 {operator.title}", page)


@paper("经营单位名册", on=(Operator,), series="册", many=True)
def operator_roster(matter: Matter) -> Document:
    """The listed operators as a table."""
    return roster(matter, "经营单位名册")


def _title(matter: Matter, child: Shown) -> str:
    return matter.titles[child.register]


def _history(operator: Shown) -> forms.Section:
    columns = [Column("时间", 30), Column("经办人", 22), Column("事项", 70), Column("理由", 50)]
    rows = [(f"{h.at:%Y-%m-%d %H:%M}", h.clerk, spelled(h.title), spelled(h.reason)) for h in operator.history]
    return forms.section("办理记录", forms.table(columns, rows))
