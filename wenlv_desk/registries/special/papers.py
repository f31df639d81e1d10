"""Papers of a special campaign: the form that firms fill in, and the tables that are handed in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wenlv_desk.core.papers import paper
from wenlv_desk.core.reports import Sheet
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.pages import footer, sheet_paper
from wenlv_desk.registries.special.records import CampaignState, SelfCheck, SpecialCampaign
from wenlv_desk.registries.special.tables import self_check_summary
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.page import Align, Column, Document, Pair

BEGUN = (CampaignState.OPEN, CampaignState.CLOSED)
BY_HAND = 10.0  # mm of a row that is written into
BLANK = "\n \n \n "
GENERAL = ("证照齐全、在有效期内，证载事项与现场一致", "经营活动合法，没有超范围经营", "消防、用电和设施设备安全")


@dataclass(frozen=True)
class Asked:
    """What a form asks, of which campaign, by when it is due."""

    campaign: str
    questions: tuple[str, ...]
    due: str


def asked(desk: Desk, ids: Sequence[int]) -> Asked:
    """The questions of the form's campaign; the general ones where it has none of its own."""
    form = desk.get(SelfCheck, ids[0])
    campaign = desk.get(SpecialCampaign, form.campaign_id)
    own = tuple(line.strip() for line in (campaign.questions or "").splitlines() if line.strip())
    return Asked(campaign.title, own or GENERAL, f"{show_date_cn(form.due_on)}前（含当日）" if form.due_on else "")


@paper("自查表", on=(SelfCheck,), series="表", data=asked)
def self_check_form(matter: Matter) -> Document:
    """The form a firm fills in and signs."""
    record, told = matter.record, matter.told
    facts: list[Pair | tuple[str, str]] = [
        Pair("自查单位", record["unit_name"], wide=True),
        ("负责人", record["legal_representative"]),
        ("乡镇街道", record["township"]),
        Pair("地址", record["premises"], wide=True),
        Pair("交回期限", told.due or "按通知规定的期限", wide=True),
    ]
    if where := matter.office.get("contact_address"):
        facts.append(Pair("交回地点", where, wide=True))
    columns = [
        Column("序号", 11, Align.CENTER),
        Column("自查内容", 92),
        Column("是否符合", 32),
        Column("存在的问题", 50),
    ]
    rows = [(str(n), text, "□是　□否", "") for n, text in enumerate(told.questions, 1)]
    questions = replace(forms.table(columns, rows), row_height=BY_HAND)
    page = forms.form(
        "自查表",
        [
            forms.section(told.campaign, forms.pairs(facts)),
            forms.section("自查", questions),
            forms.section("情况", forms.pairs([Pair("自行整改情况", BLANK, wide=True)])),
        ],
        office=matter.office.get("bureau_name", ""),
        number=matter.number,
        date=show_date_cn(matter.today),
        sign=("自查人", "单位负责人（盖章）"),
        note="请如实填写。自查发现并及时整改的，依法从轻、减轻或者不予处罚；隐瞒不报的，依法处理。",
        footer=footer(matter, record),
    )
    return forms.document(f"自查表 {record.title}", page)


def _summary(desk: Desk, ids: Sequence[int]) -> Sheet:
    sheet: Sheet = self_check_summary.function(desk, desk.get(SpecialCampaign, ids[0]))
    return sheet


@paper("自查情况表", on=(SpecialCampaign,), series="表", when=BEGUN, data=_summary)
def special_summary(matter: Matter) -> Document:
    """What every firm handed in."""
    return sheet_paper(matter)
