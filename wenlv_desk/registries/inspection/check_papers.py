"""Papers of a check: the notice, the form that is taken along, the record, and how they were delivered (domain 4.10)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wenlv_desk.core.papers import paper
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.pages import SIGNED_FOR, delivery_form, footer, notice, on_one_sheet
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.told import PLACEHOLDERS, CheckTold, check_placeholders, check_told
from wenlv_desk.registries.inspection.vocabulary import CheckState, PointConclusion
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.fonts import Face
from wenlv_desk.typeset.page import Align, Column, Document, Pair, Style

OPEN = (CheckState.ASSIGNED, CheckState.NOTIFIED)
DONE = (CheckState.CHECKED, CheckState.REVIEWED, CheckState.PUBLISHED, CheckState.CLOSED)
BOXES = "□合格　□不合格　□不适用"
RESULTS = "□未发现问题　□发现问题　□无法联系　□不配合　□未开展此项经营　□已停业、注销"
DISPOSALS = "□无需处置　□责令改正　□移交　□抄告　□停止检查　□其他："
RECUSAL = "□不申请　□申请，理由："
# Room to write in: mm of a row of the points, and lines for what was seen. The first that fits a sheet is taken, else the last.
ROOM = ((8.0, 9), (8.0, 7), (8.0, 5), (7.4, 4), (6.8, 4), (6.8, 3), (6.4, 3), (0.0, 3), (0.0, 2), (8.0, 5))
TIGHT = Style(Face.SONG, 8.5, leading=1.15)
SIGNING = "检查记录经被检查单位核对无误后签字；拒绝签字的，由检查人员注明情况，有见证人的由见证人签名。"


@paper(
    "检查通知书",
    on=(InspectionCheck,),
    series="检",
    when=(CheckState.NOTIFIED,),
    number_field="notice_no",
    data=check_placeholders,
    wordings=("inspection_notice",),
    placeholders=PLACEHOLDERS,
)
def check_notice(matter: Matter) -> Document:
    """That a firm is inspected: what, when, by whom, on what ground, and what it may ask for."""
    return notice(matter, "inspection_notice", SIGNED_FOR)


@paper("现场检查记录表（空白）", on=(InspectionCheck,), series="表", when=OPEN, data=check_told)
def check_blank(matter: Matter) -> Document:
    """The form that inspectors take along: the firm filled in, the points to be ticked, lines to write on."""
    return on_one_sheet(_blanks(matter))


def _blanks(matter: Matter) -> Iterator[Document]:
    """With ever less room to write, and at last with enough on several sheets."""
    told: CheckTold = matter.told
    columns = [Column("序号", 11, Align.CENTER), Column("检查要点", 76), Column("结论", 50), Column("问题", 48)]
    rows = [(str(n), text, BOXES, "") for n, text, _, _, _ in told.findings]
    unit = _unit_section(matter, "　　　　年　　月　　日　　时　　分至　　时　　分", _present())
    for height, lines in ROOM:
        points = replace(forms.table(columns, rows), row_height=height)
        yield _record_form(
            matter, [unit, forms.section("检查要点", points), _written_section("\n".join([" "] * lines))]
        )


def _present() -> list[Pair | tuple[str, str]]:
    """Who was there, and whether inspectors are objected to: asked on the spot."""
    return [("现场负责人", ""), ("职务和电话", ""), Pair("申请回避", RECUSAL, wide=True)]


def _written_section(lines: str) -> forms.Section:
    return forms.section(
        "现场情况和处理",
        forms.pairs(
            [
                Pair("现场情况", lines, wide=True),
                Pair("存在问题", lines, wide=True),
                Pair("检查结果", RESULTS, wide=True),
                Pair("处理措施", DISPOSALS, wide=True),
                Pair("拒签和见证", " ", wide=True),
            ]
        ),
    )


@paper("现场检查记录", on=(InspectionCheck,), series="录", when=DONE, number_field="record_no", data=check_told)
def check_record(matter: Matter) -> Document:
    """The record as it was entered, for the file and to be signed again where the paper was lost."""
    record, told = matter.record, matter.told
    columns = [Column("序号", 11, Align.CENTER), Column("检查要点", 60), Column("依据", 64)]
    columns += [Column("结论", 17), Column("问题或说明", 36)]
    rows = [
        (str(n), text, basis, said or PointConclusion.PENDING.label, note)
        for n, text, basis, said, note in told.findings
    ]
    grounds = [("检查通知书", record["notice_no"]), ("审批文号", record["approval_no"])]
    unit = _unit_section(matter, told.when, [one for one in grounds if one[1]])
    table = forms.table(columns, rows)
    return on_one_sheet(
        _record_form(matter, [unit, forms.section("检查要点", points), _found_section(matter)])
        for points in (table, replace(table, style=TIGHT, row_height=0.0))
    )


def _found_section(matter: Matter) -> forms.Section:
    """What was found; what does not apply is said, so that nothing can be added afterwards."""
    record = matter.record
    return forms.section(
        "现场情况和处理",
        forms.pairs(
            [
                Pair("现场情况", record["situation"] or "见检查要点的结论", wide=True),
                Pair("存在问题", record["problems"], wide=True),
                ("检查结果", record["result_code"]),
                ("处理措施", record["disposal"]),
                Pair("处理说明", record["disposal_note"], wide=True),
                ("签字情况", f"{record['sign_state']}　{record['signer_name']}".strip()),
                ("协助专家", record["helpers"]),
                Pair("拒签和见证", record["sign_note"], wide=True),
            ],
            empty="无",
        ),
    )


def _unit_section(matter: Matter, when: str, more: Sequence[Pair | tuple[str, str]]) -> forms.Section:
    record, values = matter.record, matter.told.values
    people = f"我们是{values['本单位']}的执法人员{values['检查人员和证号']}，已出示执法证件，现依法对你单位进行检查，请予以配合。"
    return forms.section(
        "被检查单位",
        forms.pairs(
            [
                Pair("单位名称", record["unit_name"], wide=True),
                ("信用代码", record["uscc"]),
                ("负责人", record["legal_representative"]),
                Pair("检查地址", record["place"] or record["premises"], wide=True),
                Pair("检查事项", values["检查事项"], wide=True),
                Pair("检查时间", when, wide=True),
                Pair("告知", people, wide=True),
                *more,
            ]
        ),
    )


def _record_form(matter: Matter, sections: list[forms.Section]) -> Document:
    record = matter.record
    page = forms.form(
        "现场检查记录",
        sections,
        office=matter.office.get("bureau_name", ""),
        number=f"{matter.number}　{record['check_no']}",
        date=matter.told.values["任务编号"],
        qr=f"{record['check_no']}|{record.register}/{record.id}",
        note=SIGNING,
        sign=("被检查单位负责人", "检查人员", "检查人员"),
        footer=footer(matter, record),
    )
    return forms.document(f"现场检查记录 {record.title}", page)


@paper("检查送达回证", on=(InspectionCheck,), series="送", when=(CheckState.NOTIFIED, *DONE), data=check_placeholders)
def check_delivery(matter: Matter) -> Document:
    """Which papers of a check were delivered; where none has a number yet, the notice with room for it."""
    record, told = matter.record, matter.told
    papers = [("检查通知书", record["notice_no"]), ("现场检查记录", record["record_no"])]
    issued = [one for one in papers if one[1]] or papers[:1]
    facts: list[Pair | tuple[str, str]] = [
        Pair("受送达人", told["单位名称"], wide=True),
        Pair("送达地点", told["经营场所"], wide=True),
        ("检查编号", told["检查编号"]),
    ]
    return delivery_form(matter, issued, facts)
