"""Papers of random inspection: the sheets that are signed before and after a draw, the notice, the record, and the lists."""

from collections.abc import Callable, Sequence

from wenlv_desk.core.papers import paper
from wenlv_desk.core.reports import Sheet
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.pages import SIGNED_FOR, delivery_form, footer, notice, sheet_paper
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.told import (
    PLACEHOLDERS,
    CheckTold,
    DrawTold,
    check_placeholders,
    check_told,
    draw_told,
)
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawState, PointConclusion, TaskState
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.fonts import Face
from wenlv_desk.typeset.page import Align, Column, Document, Pair, Paragraph, Style

CODE = Style(Face.HEI, 26.0, Align.CENTER, 1.4)
DIGEST = Style(Face.SANS, 8.5, Align.CENTER, 1.3, 0.2)
MOST_EXCLUDED = 12  # that the one-page sheet names; more stand in the annex
OPEN = (CheckState.ASSIGNED, CheckState.NOTIFIED)
DONE = (CheckState.CHECKED, CheckState.REVIEWED, CheckState.PUBLISHED, CheckState.CLOSED)
DRAWN = (
    TaskState.DRAWN,
    TaskState.IN_PROGRESS,
    TaskState.RESULTS_IN,
    TaskState.REVIEWED,
    TaskState.PUBLISHED,
    TaskState.ARCHIVED,
)
BOXES = "□合格　□不合格　□不适用"
LINES = "\n".join(" " for _ in range(3))


@paper(
    "抽取前确认单",
    on=(InspectionDraw,),
    series="封",
    when=(DrawState.COMMITTED, DrawState.SEEDED),
    number_field="commitment_paper_no",
    data=draw_told,
)
def draw_confirmation(matter: Matter) -> Document:
    """One page that fixes the list before there is a seed: its code, the counts, who is left out and why, to be signed."""
    record, told = matter.record, matter.told
    sections = [
        forms.section(
            "封存码",
            Paragraph(record["code"], CODE, after=0.5),
            Paragraph(f"封存内容的 SHA-256：{record['commitment_sha256']}", DIGEST),
        ),
        _task_section(matter),
        _strata_section(told),
        _excluded_section(told),
        _people_section(told),
    ]
    if told.sealed["earlier"]:
        sections.append(_earlier_section(told))
    return _signed_form(matter, "抽取前确认单", sections, ("封存人", "监督人", "见证人"), CONFIRMED)


CONFIRMED = (
    "以上名单、排除、规则和数量在种子产生以前封存，封存后改动一个字封存码就会不同。签字后再掷骰子、摇球或等待开奖；"
    "抽取后任何人可以用公开的抽取记录核对这个封存码。"
)
RESULTED = (
    "抽取结果由封存的名单和种子算出，任何人可以重新计算。公开的抽取记录和核对网页上的封存码应与抽取前确认单一致。"
)


def _signed_form(matter: Matter, title: str, sections: list[forms.Section], sign: Sequence[str], note: str) -> Document:
    record = matter.record
    page = forms.form(
        title,
        sections,
        office=matter.office.get("bureau_name", ""),
        number=matter.number,
        date=show_date_cn(matter.today),
        qr=f"{record['code']}|{record['record_sha256'] or record['commitment_sha256']}",
        note=note,
        sign=sign,
        footer=footer(matter, record),
    )
    return forms.document(f"{title} {record.title}", page)


def _task_section(matter: Matter) -> forms.Section:
    record, sealed = matter.record, matter.told.sealed
    items = "；".join(f"{one['code']} {one['name']}（第 {one['version']} 版）" for one in sealed["task"]["items"])
    return forms.section(
        "任务",
        forms.pairs(
            [
                Pair("任务", f"{sealed['task']['name']}（{sealed['task']['no']}）", wide=True),
                Pair("抽取", record.title, wide=True),
                Pair("抽查事项", items, wide=True),
                ("检查期间", " 至 ".join(sealed["task"]["window"])),
                ("封存时间", record["committed_at"]),
                Pair("种子来源", f"{record['source']}：{record['source_said']}", wide=True),
            ]
        ),
    )


def _strata_section(told: DrawTold) -> forms.Section:
    columns = [Column("分层", 50), Column("规则", 60), Column("可抽户数", 25), Column("应抽户数", 25)]
    rows = [(one["name"], one["rule"], str(one["size"]), str(one["wanted"])) for one in told.sealed["strata"]]
    total = (
        "合计",
        "",
        str(len(told.sealed["pool"])),
        str(sum(one["wanted"] for one in told.sealed["strata"])),
    )
    return forms.section("名单和数量（可抽单位逐户见附表）", forms.table(columns, [*rows, total]))


def _excluded_section(told: DrawTold) -> forms.Section:
    excluded = told.sealed["excluded"]
    if len(excluded) > MOST_EXCLUDED:
        said = f"共排除 {len(excluded)} 户，逐户理由见附表。"
        return forms.section("排除的单位和理由", Paragraph(said, Style(Face.SONG, 10.0)))
    columns = [Column("单位", 70), Column("代码", 45), Column("理由", 70)]
    rows = [(one["name"], one["id"], one["why"]) for one in excluded]
    return forms.section(f"排除的单位和理由（{len(excluded)} 户）", forms.table(columns, rows))


def _people_section(told: DrawTold) -> forms.Section:
    rows = [
        Pair(
            "可派人员",
            f"{'、'.join(told.people.values())}（{len(told.people)} 人，每户 {told.sealed['per_object']} 人）",
            wide=True,
        ),
    ]
    if told.unfit:
        rows.append(Pair("不派人员", "、".join(told.unfit), wide=True))
    return forms.section("检查人员", forms.pairs(rows))


def _earlier_section(told: DrawTold) -> forms.Section:
    columns = [Column("次数", 14), Column("封存码", 55), Column("结果", 22), Column("原因", 80)]
    rows = [(str(one["attempt"]), one["code"], one["state"], one["why"]) for one in told.sealed["earlier"]]
    return forms.section("本任务以前的抽取", forms.table(columns, rows))


@paper("抽取名单（附表）", on=(InspectionDraw,), series="封", data=draw_told)
def draw_pool(matter: Matter) -> Document:
    """Every object that may be drawn, and every one that may not with the reason: the annex of the sheet that is signed."""
    told: DrawTold = matter.told
    strata = told.sealed["strata"]
    rows = [
        (str(place), one["name"], one["id"], one["grade"], strata[one["stratum"]]["name"], "可抽")
        for place, one in enumerate(told.sealed["pool"], 1)
    ]
    rows += [
        (str(place), one["name"], one["id"], "", "", f"排除：{one['why']}")
        for place, one in enumerate(told.sealed["excluded"], len(rows) + 1)
    ]
    page = forms.roster(
        "抽取名单",
        [
            Column("序号", 12, Align.CENTER),
            Column("单位", 80),
            Column("代码", 48),
            Column("风险等级", 20),
            Column("分层", 40),
            Column("情况", 70),
        ],
        rows,
        left=f"{matter.record.title}　封存码 {matter.record['code']}　{matter.number}",
        right=f"共 {len(rows)} 户",
        footer=footer(matter, matter.record),
    )
    return forms.document(f"抽取名单 {matter.record.title}", page)


@paper(
    "抽取结果确认单",
    on=(InspectionDraw,),
    series="抽",
    when=(DrawState.DRAWN,),
    number_field="result_paper_no",
    data=draw_told,
)
def draw_result(matter: Matter) -> Document:
    """What was drawn with which tickets, by whom before whom; the code leads to the record that anyone can check."""
    record, told = matter.record, matter.told
    columns = [Column("分层", 24), Column("名次", 13, Align.CENTER), Column("单位", 50), Column("代码", 48)]
    columns += [Column("票号", 28), Column("检查人员", 36)]
    sections = [
        _task_section(matter),
        forms.section(
            "种子",
            forms.pairs(
                [
                    Pair("种子", record["seed_digits"], wide=True),
                    Pair("见证人", record["witnesses"], wide=True),
                    ("录入时间", record["seeded_at"]),
                    ("抽取时间", record["drawn_at"]),
                    ("封存码", record["code"]),
                    ("名单户数", f"{record['pool_size']} 户，排除 {record['excluded_count']} 户"),
                    ("第几次抽取", f"第 {record['attempt']} 次，以前 {len(told.sealed['earlier'])} 次"),
                    ("抽出户数", record["drawn_count"]),
                ]
            ),
        ),
        forms.section(f"抽中的单位（{len(told.checks)} 户）", forms.table(columns, told.checks)),
    ]
    if told.replaced:
        heads = [Column("替换", 24), Column("原定", 48), Column("顶替", 48), Column("原因", 44), Column("批准人", 22)]
        sections.append(forms.section("抽取后的替换", forms.table(heads, told.replaced)))
    if told.sealed["earlier"]:
        sections.append(_earlier_section(told))
    return _signed_form(matter, "抽取结果确认单", sections, ("抽取人", "监督人", "见证人"), RESULTED)


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
    told: CheckTold = matter.told
    columns = [Column("序号", 11, Align.CENTER), Column("检查要点", 78), Column("结论", 52), Column("问题", 44)]
    rows = [(str(n), text, BOXES, "") for n, text, _, _, _ in told.findings]
    sections = [
        _unit_section(matter, "　　　　年　　月　　日　　时　　分至　　时　　分"),
        forms.section("检查要点", forms.table(columns, rows)),
        forms.section(
            "现场情况和处理",
            forms.pairs(
                [
                    Pair("现场情况", LINES, wide=True),
                    Pair("存在问题", LINES, wide=True),
                    Pair(
                        "检查结果",
                        "□未发现问题　□发现问题　□无法联系　□不配合　□未开展此项经营　□已停业注销",
                        wide=True,
                    ),
                    Pair("处理措施", "□无需处置　□责令改正　□移交　□抄告　□其他：", wide=True),
                    Pair("拒签和见证", " ", wide=True),
                ]
            ),
        ),
    ]
    return _record_form(matter, "现场检查记录", sections)


@paper(
    "现场检查记录",
    on=(InspectionCheck,),
    series="录",
    when=DONE,
    number_field="record_no",
    data=check_told,
)
def check_record(matter: Matter) -> Document:
    """The record as it was entered, for the file and to be signed again where the paper was lost."""
    record, told = matter.record, matter.told
    columns = [
        Column("序号", 11, Align.CENTER),
        Column("检查要点", 60),
        Column("依据", 66),
        Column("结论", 17),
        Column("问题或说明", 34),
    ]
    rows = [
        (str(n), text, basis, said or PointConclusion.PENDING.label, note)
        for n, text, basis, said, note in told.findings
    ]
    sections = [
        _unit_section(matter, f"{record['started_at']} 至 {record['ended_at']}"),
        forms.section("检查要点", forms.table(columns, rows)),
        forms.section(
            "现场情况和处理",
            forms.pairs(
                [
                    Pair("现场情况", record["situation"], wide=True),
                    Pair("存在问题", record["problems"], wide=True),
                    ("检查结果", record["result_code"]),
                    ("处理措施", record["disposal"]),
                    Pair("处理说明", record["disposal_note"], wide=True),
                    ("签字情况", f"{record['sign_state']} {record['signer_name']}".strip()),
                    ("协助专家", record["helpers"]),
                    Pair("拒签和见证", record["sign_note"], wide=True),
                ]
            ),
        ),
    ]
    return _record_form(matter, "现场检查记录", sections)


def _unit_section(matter: Matter, when: str) -> forms.Section:
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
            ]
        ),
    )


def _record_form(matter: Matter, title: str, sections: list[forms.Section]) -> Document:
    record = matter.record
    page = forms.form(
        title,
        sections,
        office=matter.office.get("bureau_name", ""),
        number=f"{matter.number}　{record['check_no']}",
        date=matter.told.values["任务编号"],
        qr=f"{record['check_no']}|{record.register}/{record.id}",
        note="检查记录经被检查单位核对无误后签字；拒绝签字的，由检查人员注明情况，有见证人的由见证人签名。",
        sign=("被检查单位负责人", "检查人员", "检查人员"),
        footer=footer(matter, record),
    )
    return forms.document(f"{title} {record.title}", page)


@paper("检查送达回证", on=(InspectionCheck,), series="送", when=(CheckState.NOTIFIED, *DONE), data=check_placeholders)
def check_delivery(matter: Matter) -> Document:
    """Which papers of a check were delivered."""
    record, told = matter.record, matter.told
    issued = [("检查通知书", record["notice_no"]), ("现场检查记录", record["record_no"])]
    facts: list[Pair | tuple[str, str]] = [
        Pair("受送达人", told["单位名称"], wide=True),
        Pair("送达地点", told["经营场所"], wide=True),
        ("检查编号", told["检查编号"]),
    ]
    return delivery_form(matter, [one for one in issued if one[1]], facts)


def _table_of(name: str) -> Callable[[Desk, Sequence[int]], Sheet]:
    def data(desk: Desk, ids: Sequence[int]) -> Sheet:
        task = desk.get(InspectionTask, ids[0])
        return desk.catalogue.report(desk.catalogue.registry_of(InspectionTask), name).function(desk, task)

    return data


@paper("检查结果汇总表", on=(InspectionTask,), series="表", when=DRAWN, data=_table_of("task_summary"))
def summary_of_task(matter: Matter) -> Document:
    """Every check of a task in the columns that are handed in; for the office."""
    return sheet_paper(matter)


@paper("检查结果公示表", on=(InspectionTask,), series="示", when=DRAWN, data=_table_of("task_public"))
def published_of_task(matter: Matter) -> Document:
    """What the public is told of a task."""
    return sheet_paper(matter)
