"""巡查记录 on paper: for the file and to be signed; it is no record of an inspection."""

from wenlv_desk.core.papers import paper
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.pages import footer
from wenlv_desk.registries.patrol.records import Patrol
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.page import Document, Pair


@paper("巡查记录", on=(Patrol,), series="巡")
def patrol_record(matter: Matter) -> Document:
    """One visit: who went where when, what was seen, what was done about it."""
    record = matter.record
    facts = forms.pairs(
        [
            Pair("被巡查单位", record["unit_name"], wide=True),
            ("巡查编号", record["patrol_no"]),
            ("类别", record["kind"]),
            ("巡查人员", record["officer_id"]),
            ("巡查时间", record["visited_at"]),
            Pair("巡查情况", record["seen"], wide=True),
            ("结果", record["result"]),
            ("处理", record["action"]),
        ]
    )
    page = forms.form(
        "巡查记录",
        [forms.section("巡查", facts)],
        office=matter.office.get("bureau_name", ""),
        number=matter.number,
        date=show_date_cn(matter.today),
        sign=("单位负责人", "巡查人员"),
        note="巡查是网格服务和督导，不是行政检查；发现的隐患上报后由执法人员依法处理。",
        footer=footer(matter, record),
    )
    return forms.document(f"巡查记录 {record.title}", page)
