"""专项整治 (special_campaign) and 自查表 (self_check): what firms were asked to look at themselves, and what they returned."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Duplicate, Owner, Problem, Registry, RuleContext, Section, Values
from wenlv_desk.core.trade_kinds import Phones
from wenlv_desk.standards.finding import Severity


class CampaignState(Choice):
    """Where a special campaign stands."""

    PREPARING = "PREPARING", "筹备", "amber"
    OPEN = "OPEN", "进行中", "green"
    CLOSED = "CLOSED", "已结束"


class SelfCheckState(Choice):
    """自查表."""

    DUE = "DUE", "未交", "amber"
    RETURNED = "RETURNED", "已交待核", "amber"
    CLEARED = "CLEARED", "已核无问题", "green"
    FOLLOWED = "FOLLOWED", "已转处理", "red"


class SpecialCampaign(Record):
    """One campaign: whom it concerns, what they look at themselves, by when."""

    __tablename__ = "special_campaign"

    title: Mapped[str] = field(
        "专项名称", kind=Text(64, size=28), search=Search.NAME, help="如：2026年出版物市场秋季专项整治"
    )
    campaign_year: Mapped[int] = field("年度")
    basis: Mapped[str | None] = field("依据文件", kind=Text(255, size=22))
    period_from: Mapped[date] = field("起始日")
    period_to: Mapped[date] = field("截止日")
    categories: Mapped[tuple[str, ...]] = field("对象类别", kind=Many(register="category"))
    items: Mapped[tuple[str, ...] | None] = field(
        "涉及事项", kind=Many(register="inspection_item", size=28), help="转为检查时按这些事项查"
    )
    self_check_due: Mapped[date | None] = field("自查表交回期限", kind=Day())
    questions: Mapped[str | None] = field(
        "自查内容", kind=Text(4000, block=True, size=30), help="一行一条，印在自查表上"
    )
    status: Mapped[CampaignState] = field(
        "状态", kind=OneOf(CampaignState), default=CampaignState.PREPARING, readonly=True
    )
    opened_on: Mapped[date | None] = field("启动日期", kind=Day(), readonly=True)
    closed_on: Mapped[date | None] = field("结束日期", kind=Day(), readonly=True)
    summary: Mapped[str | None] = field("总结", kind=Text(2000, block=True), readonly=True)
    remark: Mapped[str | None] = field("备注", kind=Text(500))


class SelfCheck(Record):
    """One firm's form in a campaign."""

    __tablename__ = "self_check"
    __table_args__ = (UniqueConstraint("campaign_id", "operator_id"), {"sqlite_autoincrement": True})

    campaign_id: Mapped[int] = field("专项整治", ref="special_campaign", readonly=True)
    operator_id: Mapped[int] = field("经营单位", ref="operator", readonly=True)
    unit_name: Mapped[str] = field("自查单位", kind=Text(128, size=26), search=Search.NAME, readonly=True)
    legal_representative: Mapped[str | None] = field(
        "法定代表人（负责人）", kind=Text(64, size=12), search=Search.PERSON, readonly=True
    )
    contact_phone: Mapped[str | None] = field("联系电话", kind=Phones(), secret=True, readonly=True)
    premises: Mapped[str | None] = field("地址", kind=Text(255, size=28), readonly=True)
    township: Mapped[str | None] = field("乡镇街道", kind=Text(32, size=12), readonly=True)
    status: Mapped[SelfCheckState] = field(
        "状态", kind=OneOf(SelfCheckState), default=SelfCheckState.DUE, readonly=True
    )
    due_on: Mapped[date | None] = field("交回期限", kind=Day(), readonly=True)
    returned_on: Mapped[date | None] = field("交回日期", kind=Day(), readonly=True)
    signer_name: Mapped[str | None] = field("自查人", kind=Text(64), readonly=True)
    found: Mapped[str | None] = field("自查发现的问题", kind=Text(2000, block=True, size=24), readonly=True)
    mended: Mapped[str | None] = field("自行整改情况", kind=Text(2000, block=True), readonly=True)
    verdict: Mapped[str | None] = field("核对意见", kind=Text(500), readonly=True)
    check_id: Mapped[int | None] = field("转为检查", ref="inspection_check", readonly=True)


def dates_agree(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    first, last, due = (values.get(name) for name in ("period_from", "period_to", "self_check_due"))
    if first and last and last < first:
        yield Problem("period_to", Severity.REJECT, f"截止日 {last} 早于起始日 {first}，请改正")
    if due and ((first and due < first) or (last and due > last)):
        yield Problem("self_check_due", Severity.WARN, f"自查表交回期限 {due} 不在专项起止之间，请核对")
    year = values.get("campaign_year")
    if year is not None and not 1990 <= year <= 2199:
        yield Problem("campaign_year", Severity.REJECT, f"“{year}”不是年度，请写四位年份，如 2026")


def is_late(form: SelfCheck, day: date) -> bool:
    """Whether a form was not handed in by its day."""
    return form.status is SelfCheckState.DUE and form.due_on is not None and form.due_on < day


def open_stands(_desk: Any, record: Any) -> str:
    """Firms were told what stands here."""
    if record.status in (None, CampaignState.PREPARING):  # a new one has none yet
        return ""
    return f"“{record.title}”已{'启动' if record.status is CampaignState.OPEN else '结束'}，内容不再改动"


CAMPAIGNS = Registry(
    record=SpecialCampaign,
    title="专项整治",
    unit="次",
    named_by="title",
    identity=(("title",),),
    columns=("title", "campaign_year", "status", "period_from", "period_to", "categories", "self_check_due"),
    sections=(
        Section("专项", ("title", "campaign_year", "status", "basis", "period_from", "period_to", "remark")),
        Section("查谁、查什么", ("categories", "items", "self_check_due", "questions")),
        Section("经过", ("opened_on", "closed_on", "summary")),
    ),
    filters=("campaign_year", "status"),
    rules=(dates_agree,),
    duplicates=Duplicate(same=("title",)),
    mergeable=False,
    fixed=open_stands,
    state="status",
    group="双随机",
    icon="shuffle",
    empty_hint="还没有专项整治。按 Ctrl+N 新增，办“启动”后每家单位各有一张自查表。",
)

SELF_CHECKS = Registry(
    record=SelfCheck,
    title="自查表",
    unit="张",
    named_by="unit_name",
    identity=(("campaign_id", "operator_id"),),
    columns=("unit_name", "campaign_id", "status", "due_on", "returned_on", "found", "township", "contact_phone"),
    sections=(
        Section(
            "单位",
            (
                "campaign_id",
                "operator_id",
                "unit_name",
                "legal_representative",
                "contact_phone",
                "premises",
                "township",
            ),
        ),
        Section("自查", ("status", "due_on", "returned_on", "signer_name", "found", "mended", "verdict", "check_id")),
    ),
    filters=("campaign_id", "status", "township"),
    owner=Owner(field="operator_id", register="operator", takes={}),
    state="status",
    typed=False,
    group="双随机",
    icon="shuffle",
    empty_hint="还没有自查表。专项整治启动后自动建立。",
)
