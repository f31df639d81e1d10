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
    firm = record.related.get("operator_id")
    facts = forms.pairs(
        [
            Pair("被巡查单位", record["unit_name"], wide=True),
            Pair("地址", firm["address"] if firm else "", wide=True),
            ("巡查编号", record["patrol_no"]),
            ("类别", record["kind"]),
            ("巡查人员", record["officer_id"]),
            ("巡查时间", f"{record.values['visited_at']:%Y-%m-%d %H:%M}"),
            ("同行人员", record["companion_id"]),
            ("网格编号", record["grid_code"]),
            Pair("查看项目", record["looked_at"], wide=True),
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
