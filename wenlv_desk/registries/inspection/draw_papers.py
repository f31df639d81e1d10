"""Papers of a draw: the sheet that is signed before there is a seed, its list, and the sheet that is signed afterwards (domain 4.6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from wenlv_desk.core.papers import paper
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.pages import footer, on_one_sheet
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.told import DrawTold, draw_told
from wenlv_desk.registries.inspection.vocabulary import DrawState
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.fonts import Face
from wenlv_desk.typeset.page import Align, Column, Document, KeyValueTable, Page, Pair, Paragraph, Style, Table

CODE = Style(Face.HEI, 26.0, Align.CENTER, 1.3)
DIGEST = Style(Face.SANS, 8.5, Align.CENTER, 1.3, 0.2)
MOST_EXCLUDED = 12  # that the sheet itself names; more stand on a sheet that follows
TIGHT = Style(Face.SONG, 8.5, leading=1.15)  # of lists that should not push the signatures off the sheet
OF_QR = 16  # characters of a digest: enough to tell two records apart
CONFIRMED = (
    "以上名单、排除、规则和数量在种子产生以前封存，封存后改动一个字封存码就会不同。签字后再掷骰子、摇球或等待开奖；"
    "抽取后任何人可以用公开的抽取记录核对这个封存码。"
)
RESULTED = (
    "抽取结果由封存的名单和种子算出，任何人可以重新计算。公开的抽取记录和核对网页上的封存码应与抽取前确认单一致。"
)


@paper(
    "抽取前确认单",
    on=(InspectionDraw,),
    series="封",
    when=(DrawState.COMMITTED, DrawState.SEEDED),
    number_field="commitment_paper_no",
    data=draw_told,
)
def draw_confirmation(matter: Matter) -> Document:
    """One sheet that fixes the list before there is a seed: its code, the counts, who is left out and why, to be signed."""
    return on_one_sheet(_confirmations(matter))


def _confirmations(matter: Matter) -> Iterator[Document]:
    """With the excluded on the sheet itself; and, where that is too much for it, on a sheet that follows."""
    told: DrawTold = matter.told
    excluded = told.sealed["excluded"]
    title = f"抽取前确认单 {matter.record.title}"
    if len(excluded) <= MOST_EXCLUDED:
        heading = f"排除的单位和理由（{len(excluded)} 户）"
        yield forms.document(title, _confirmation(matter, forms.section(heading, _excluded_table(told))))
    said = forms.pairs([Pair("排除", f"共 {len(excluded)} 户，逐户理由见附表", wide=True)])
    yield forms.document(
        title, _confirmation(matter, forms.section("排除的单位和理由", said)), _excluded_page(matter, told)
    )


def _confirmation(matter: Matter, excluded: forms.Section) -> Page:
    record, told = matter.record, matter.told
    code = forms.section(
        "封存码",
        Paragraph(record["code"], CODE, after=0.5),
        Paragraph(f"封存内容的 SHA-256：{record['commitment_sha256']}", DIGEST),
    )
    sections = [code, _task_section(matter), _strata_section(told), excluded, _people_section(told)]
    return _signed_page(matter, "抽取前确认单", [*sections, *_earlier(told)], ("封存人", "监督人", "见证人"), CONFIRMED)


def _excluded_table(told: DrawTold) -> Table:
    columns = [Column("序号", 11, Align.CENTER), Column("单位", 57), Column("代码", 39), Column("理由", 79)]
    rows = [(str(at), one["name"], one["id"], one["why"]) for at, one in enumerate(told.sealed["excluded"], 1)]
    return _tight(columns, rows)


def _low(rows: Sequence[Pair]) -> KeyValueTable:
    """Labels and values in rows no higher than they need."""
    return replace(forms.pairs(rows), row_height=0.0)


def _tight(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Table:
    return replace(forms.table(columns, rows), style=TIGHT, row_height=0.0)


def _excluded_page(matter: Matter, told: DrawTold) -> Page:
    return forms.form(
        "排除的单位和理由（附表）",
        [forms.section("", _excluded_table(told))],
        number=f"{matter.record.title}　封存码 {matter.record['code']}",
        date=f"共 {len(told.sealed['excluded'])} 户",
        footer=footer(matter, matter.record),
    )


def _signed_page(matter: Matter, title: str, sections: list[forms.Section], sign: Sequence[str], note: str) -> Page:
    record = matter.record
    digest = record["record_sha256"] or record["commitment_sha256"]
    return forms.form(
        title,
        sections,
        office=matter.office.get("bureau_name", ""),
        number=matter.number,
        date=show_date_cn(matter.today),
        qr=f"{record['code']}|{digest[:OF_QR]}",
        note=note,
        sign=sign,
        footer=footer(matter, record),
    )


def _task_section(matter: Matter) -> forms.Section:
    record, sealed = matter.record, matter.told.sealed
    items = "；".join(f"{one['code']} {one['name']}（第 {one['version']} 版）" for one in sealed["task"]["items"])
    rows = [
        Pair("任务", f"{sealed['task']['name']}（{record.title}）", wide=True),
        Pair("抽查事项", items, wide=True),
        Pair("检查期间", " 至 ".join(sealed["task"]["window"])),
        Pair("封存", f"{record['committed_at']}　{record['committed_by']}"),
        Pair("种子来源", f"{record['source']}：{record['source_said']}", wide=True),
    ]
    return forms.section("任务", _low(rows))


def _strata_section(told: DrawTold) -> forms.Section:
    columns = [Column("分层", 60), Column("规则", 60), Column("可抽户数", 25), Column("应抽户数", 25)]
    rows = [(one["name"], one["rule"], str(one["size"]), str(one["wanted"])) for one in told.sealed["strata"]]
    if len(rows) > 1:
        wanted = sum(one["wanted"] for one in told.sealed["strata"])
        rows.append(("合计", "", str(len(told.sealed["pool"])), str(wanted)))
    return forms.section("名单和数量（可抽的单位逐户见“抽取名单”）", _tight(columns, rows))


def _people_section(told: DrawTold) -> forms.Section:
    how_many = f"（{len(told.people)} 人，每户 {told.sealed['per_object']} 人）"
    rows = [Pair("可派人员", "、".join(told.people) + how_many, wide=True)]
    if told.unfit:
        rows.append(Pair("不派人员", "、".join(told.unfit), wide=True))
    return forms.section("检查人员", _low(rows))


def _earlier(told: DrawTold) -> list[forms.Section]:
    """Every draw of the task that was begun before; no section where there is none."""
    if not told.sealed["earlier"]:
        return []
    columns = [Column("次数", 12, Align.CENTER), Column("封存码", 50), Column("结果", 20), Column("原因", 100)]
    rows = [(str(one["attempt"]), one["code"], one["state"], one["why"]) for one in told.sealed["earlier"]]
    return [forms.section("本任务以前的抽取", _tight(columns, rows))]


@paper("抽取名单（附表）", on=(InspectionDraw,), series="封", data=draw_told)
def draw_pool(matter: Matter) -> Document:
    """Every object that may be drawn, and every one that may not with the reason: the annex of the sheet that is signed."""
    told: DrawTold = matter.told
    strata = told.sealed["strata"]
    rows = [
        (one["name"], one["id"], one["grade"], strata[one["stratum"]]["name"], "可抽", "")
        for one in told.sealed["pool"]
    ]
    rows += [(one["name"], one["id"], "", "", "排除", one["why"]) for one in told.sealed["excluded"]]
    columns = [Column("序号", 12, Align.CENTER), Column("单位", 76), Column("代码", 40), Column("风险等级", 18)]
    page = forms.roster(
        "抽取名单",
        [*columns, Column("分层", 40), Column("情况", 14), Column("理由", 73)],
        [(str(place), *row) for place, row in enumerate(rows, 1)],
        left=f"{matter.record.title}　封存码 {matter.record['code']}　{matter.number}",
        right=f"可抽 {len(told.sealed['pool'])} 户，排除 {len(told.sealed['excluded'])} 户",
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
    told: DrawTold = matter.told
    columns = [Column("分层", 28), Column("名次", 12, Align.CENTER), Column("单位", 46), Column("代码", 39)]
    columns += [Column("票号（前九位）", 27), Column("检查人员", 36)]
    sections = [
        _task_section(matter),
        _seed_section(matter),
        forms.section(f"抽中的单位（{len(told.drawn)} 户）", _tight(columns, told.drawn)),
    ]
    if told.replaced:
        heads = [Column("替换", 20), Column("原定", 56), Column("顶替", 46), Column("原因", 44), Column("批准人", 20)]
        sections.append(forms.section("抽取后的替换", _tight(heads, told.replaced)))
    sections += _earlier(told)
    page = _signed_page(matter, "抽取结果确认单", sections, ("抽取人", "监督人", "见证人"), RESULTED)
    return forms.document(f"抽取结果确认单 {matter.record.title}", page)


def _seed_section(matter: Matter) -> forms.Section:
    record = matter.record
    return forms.section(
        "种子和抽取",
        _low(
            [
                Pair("种子", record["seed_digits"], wide=True),
                Pair("见证人", record["witnesses"], wide=True),
                Pair("录入种子", f"{record['seeded_at']}　{record['seeded_by']}"),
                Pair("抽取", f"{record['drawn_at']}　{record['drawn_by']}"),
                Pair("封存码", record["code"]),
                Pair("名单", f"可抽 {record['pool_size']} 户，排除 {record['excluded_count']} 户"),
                Pair("以前的抽取", f"{len(matter.told.sealed['earlier'])} 次"),
                Pair("抽出户数", f"{record['drawn_count']} 户"),
            ]
        ),
    )
