"""一企一档 (one-firm-one-file): everything on record about an operator, on paper."""

from wenlv_desk.core.papers import paper
from wenlv_desk.core.registry import Section
from wenlv_desk.issuing.matter import Matter, Shown
from wenlv_desk.issuing.pages import footer, record_form, roster, spelled
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.page import Column, Document

MACHINE = 60  # letters and figures in one piece that nobody reads


@paper("一企一档", on=(Operator,), series="档")
def operator_card(matter: Matter) -> Document:
    """The operator's own particulars, every record it owns, and who did what when."""
    operator = matter.record
    sections = record_form(operator)
    for children in operator.owned.values():
        for child in children:
            sections += [
                forms.section(f"{_title(matter, child)}　{child.code or child.title}", *part.blocks)
                if place == 0
                else part
                for place, part in enumerate(record_form(child, _own(operator, child)))
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


def _own(operator: Shown, child: Shown) -> tuple[Section, ...]:
    """The sections of a record. One that only steps write is given as one, without what they copied of the operator as it still is
    and without what only machines read (票号); what a licence says is given whole."""
    if child.by_hand:
        return child.sections
    known = {operator.labels[name]: text for name, text in operator.texts.items()}

    def told(name: str) -> bool:
        text = child.texts.get(name, "")
        machine = len(text) > MACHINE and text.isascii()
        return not machine and text not in (
            operator.title,
            operator.texts.get(name),
            known.get(child.labels.get(name, "")),
        )

    return (Section("", tuple(name for part in child.sections for name in part.fields if told(name))),)


def _history(operator: Shown) -> forms.Section:
    columns = [Column("时间", 30), Column("经办人", 22), Column("事项", 70), Column("理由", 50)]
    rows = [(f"{h.at:%Y-%m-%d %H:%M}", h.clerk, spelled(h.title), spelled(h.reason)) for h in operator.history]
    return forms.section("办理记录", forms.table(columns, rows))
