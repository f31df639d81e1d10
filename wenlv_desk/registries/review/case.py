"""年审案件 (review_case): one licence in one campaign, from 应审未报 to 办结 (domain 3.2, 3.3)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint, case, func, literal, select
from sqlalchemy.orm import Mapped, aliased

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, OneOf, Text, Whole
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Computed, Owner, Registry, Section
from wenlv_desk.core.trade_kinds import Phones
from wenlv_desk.registries.review.vocabulary import (
    CaseState,
    Channel,
    Conclusion,
    LicenceKind,
    NationalState,
    Rating,
    ReviewMode,
)


class ReviewCase(Record):
    """One case. What the licence said when the case was made is copied: names and addresses change later."""

    __tablename__ = "review_case"
    __table_args__ = (
        UniqueConstraint("campaign_id", "publication_licence_id"),
        UniqueConstraint("campaign_id", "printing_licence_id"),
        UniqueConstraint("case_no"),
        {"sqlite_autoincrement": True},
    )

    case_no: Mapped[str] = field("案件编号", kind=Text(32, size=16), search=Search.CODE, readonly=True)
    campaign_id: Mapped[int] = field("年审批次", ref="review_campaign", readonly=True)
    review_year: Mapped[int] = field("年审年度", readonly=True, indexed=True)
    licence_kind: Mapped[LicenceKind] = field("许可证种类", kind=OneOf(LicenceKind), readonly=True)
    review_mode: Mapped[ReviewMode] = field("方式", kind=OneOf(ReviewMode), readonly=True)
    publication_licence_id: Mapped[int | None] = field("出版物许可证", ref="publication_licence", readonly=True)
    printing_licence_id: Mapped[int | None] = field("印刷许可证", ref="printing_licence", readonly=True)
    operator_id: Mapped[int] = field("经营单位", ref="operator", readonly=True)
    licensee_name: Mapped[str] = field("单位名称", kind=Text(128, size=26), search=Search.NAME, readonly=True)
    licence_no: Mapped[str] = field("许可证编号", kind=Text(64, size=20), search=Search.CODE, readonly=True)
    legal_representative: Mapped[str] = field(
        "法定代表人（负责人）", kind=Text(64, size=12), search=Search.PERSON, readonly=True
    )
    contact_phone: Mapped[str | None] = field("联系电话", kind=Phones(), secret=True, readonly=True)
    business_premises: Mapped[str | None] = field("经营场所", kind=Text(255, size=30), readonly=True)
    township: Mapped[str | None] = field("乡镇街道", kind=Text(32, size=12), readonly=True)
    why_in: Mapped[str | None] = field("纳入理由", kind=Text(255, size=30), readonly=True)

    status: Mapped[CaseState] = field("状态", kind=OneOf(CaseState), default=CaseState.NOT_STARTED, readonly=True)
    national_state: Mapped[NationalState] = field(
        "国家系统状态", kind=OneOf(NationalState), default=NationalState.BLANK, readonly=True
    )

    received_at: Mapped[datetime | None] = field("收件时间", readonly=True)
    received_by: Mapped[str | None] = field("收件人", kind=Text(64, size=10), readonly=True)
    channel: Mapped[Channel | None] = field("提交渠道", kind=OneOf(Channel), readonly=True)
    applicant_name: Mapped[str | None] = field("申请人", kind=Text(64, size=12), readonly=True)
    agent_name: Mapped[str | None] = field("代理人", kind=Text(64, size=12), readonly=True)
    agent_phone: Mapped[str | None] = field("代理人电话", kind=Phones(), secret=True, readonly=True)
    visits: Mapped[int] = field("来窗次数", default=0, readonly=True)
    correction_round: Mapped[int] = field("补正轮次", default=0, readonly=True)
    list_version: Mapped[int | None] = field("清单版本", readonly=True)
    receipt_no: Mapped[str | None] = field("收件回执编号", kind=Text(64), readonly=True)

    notice_due: Mapped[date | None] = field("一次告知期限", kind=Day(), readonly=True)
    noticed_on: Mapped[date | None] = field("告知日期", kind=Day(), readonly=True)
    notice_no: Mapped[str | None] = field("一次性告知书编号", kind=Text(64), search=Search.CODE, readonly=True)
    correct_by: Mapped[date | None] = field("补正期限", kind=Day(), readonly=True)
    corrected_on: Mapped[date | None] = field("补正日期", kind=Day(), readonly=True)

    accepted_on: Mapped[date | None] = field("受理日期", kind=Day(), readonly=True)
    acceptance_no: Mapped[str | None] = field("受理通知书编号", kind=Text(64), search=Search.CODE, readonly=True)
    due_on: Mapped[date | None] = field("承诺办结日", kind=Day(), readonly=True)
    legal_due_on: Mapped[date | None] = field("法定期限", kind=Day(), readonly=True)
    extended_days: Mapped[int | None] = field("延长（工作日）", readonly=True)
    estimated: Mapped[bool] = field(
        "期限为估算", default=False, readonly=True, help="有的年份还没有放假安排，按周一至周五估算"
    )

    no_violations: Mapped[bool | None] = field("无违法违规", readonly=True)
    conditions_met: Mapped[bool | None] = field("仍具备条件", readonly=True)
    site_check_by: Mapped[str | None] = field("现场核查人员", kind=Text(128), readonly=True)
    examine_note: Mapped[str | None] = field("审查情况", kind=Text(1000, block=True), readonly=True)
    examined_by: Mapped[str | None] = field("审查人", kind=Text(64), readonly=True)

    conclusion: Mapped[Conclusion | None] = field("结论", kind=OneOf(Conclusion), readonly=True)
    decided_on: Mapped[date | None] = field("决定日期", kind=Day(), readonly=True)
    decided_by: Mapped[str | None] = field("决定人", kind=Text(64), readonly=True)
    ground_code: Mapped[str | None] = field("事由代码", kind=Text(16), readonly=True)
    ground_text: Mapped[str | None] = field("事由", kind=Text(500, size=30), readonly=True)
    ground_basis: Mapped[str | None] = field("依据", kind=Text(255), readonly=True)
    demand: Mapped[str | None] = field("整改要求", kind=Text(500), readonly=True)
    deferred_from: Mapped[date | None] = field("首次暂缓日期", kind=Day(), readonly=True)
    deferred_until: Mapped[date | None] = field("暂缓至", kind=Day(), readonly=True)
    result_no: Mapped[str | None] = field("结果通知编号", kind=Text(64), search=Search.CODE, readonly=True)

    reminded_on: Mapped[date | None] = field("催告日期", kind=Day(), readonly=True)
    come_by: Mapped[date | None] = field("催告期限", kind=Day(), readonly=True)
    urging_no: Mapped[str | None] = field("催告书编号", kind=Text(64), search=Search.CODE, readonly=True)

    stamped_on: Mapped[date | None] = field("盖章（公示）日期", kind=Day(), readonly=True)
    stamped_by: Mapped[str | None] = field("盖章（公示）人", kind=Text(64), readonly=True)
    published_where: Mapped[str | None] = field("公示处", kind=Text(255), readonly=True)
    delivered_on: Mapped[date | None] = field("送达日期", kind=Day(), readonly=True)
    receiver: Mapped[str | None] = field("签收人", kind=Text(64), readonly=True)
    closed_on: Mapped[date | None] = field("办结日期", kind=Day(), readonly=True)
    rating: Mapped[Rating | None] = field("评价", kind=OneOf(Rating), readonly=True)
    remark: Mapped[str | None] = field("备注", kind=Text(1000, block=True, size=20), readonly=True)


def deemed_sql(record: Any, today: date) -> Any:
    """Whether the notice limit passed without a notice: the case counts as accepted (行政许可法 art. 32 (4))."""
    passed = (record.status == CaseState.RECEIVED) & (record.notice_due < today) & record.noticed_on.is_(None)
    return case((passed, literal("视为受理")), else_=None)


def misses_sql(record: Any, today: date) -> Any:  # noqa: ARG001
    """连续未审年数: this year's miss and that of the year before, for the study of 注销 (domain 3.2)."""
    other = aliased(ReviewCase)
    same = (other.publication_licence_id == record.publication_licence_id) | (
        other.printing_licence_id == record.printing_licence_id
    )
    before = (
        select(func.count())
        .where(same, other.review_year == record.review_year - 1, _missed(other))
        .correlate(record)
        .scalar_subquery()
    )
    return case((_missed(record), before + 1), else_=0)


def _missed(record: Any) -> Any:
    """Overdue, or refused because it never came."""
    never = (record.conclusion == Conclusion.FAILED) & record.received_at.is_(None)
    return (record.conclusion == Conclusion.MISSED) | never


def _recount(desk: Any) -> int:
    from wenlv_desk.registries.review.clocks import recount  # it needs this module's record

    return recount(desk)


REVIEW_CASES = Registry(
    record=ReviewCase,
    title="年审案件",
    unit="件",
    named_by="licensee_name",
    code="case_no",
    identity=(("case_no",),),
    columns=(
        "case_no",
        "licensee_name",
        "status",
        "conclusion",
        "township",
        "contact_phone",
        "national_state",
        "notice_due",
        "due_on",
        "licence_no",
        "campaign_id",
    ),
    sections=(
        Section(
            "案件",
            ("case_no", "status", "conclusion", "campaign_id", "why_in", "national_state", "remark"),
        ),
        Section(
            "单位",
            ("operator_id", "licensee_name", "licence_no", "legal_representative", "contact_phone", "township"),
        ),
        Section(
            "收件与告知",
            (
                "received_at",
                "received_by",
                "channel",
                "applicant_name",
                "agent_name",
                "agent_phone",
                "visits",
                "correction_round",
                "receipt_no",
                "notice_due",
                "noticed_on",
                "notice_no",
                "correct_by",
                "corrected_on",
            ),
        ),
        Section(
            "受理与审核",
            (
                "accepted_on",
                "acceptance_no",
                "due_on",
                "legal_due_on",
                "extended_days",
                "estimated",
                "no_violations",
                "conditions_met",
                "site_check_by",
                "examine_note",
                "examined_by",
            ),
        ),
        Section(
            "结论",
            (
                "decided_on",
                "decided_by",
                "ground_code",
                "ground_text",
                "ground_basis",
                "demand",
                "deferred_until",
                "result_no",
            ),
        ),
        Section("催告", ("reminded_on", "come_by", "urging_no")),
        Section(
            "盖章与办结",
            ("stamped_on", "stamped_by", "published_where", "delivered_on", "receiver", "closed_on", "rating"),
        ),
    ),
    filters=(
        "review_year",
        "campaign_id",
        "status",
        "conclusion",
        "township",
        "licence_kind",
        "national_state",
        "misses",
    ),
    computed=(
        Computed("deemed", "视为受理", deemed_sql, Text(16)),
        Computed("misses", "连续未审年数", misses_sql, Whole()),
    ),
    owner=Owner(field="operator_id", register="operator", takes={}),
    state="status",
    typed=False,
    recount=_recount,
    group="年审",
    icon="calendar-check",
    empty_hint="还没有年审案件。先在“年审批次”里建批次，再办“启动”。",
)
