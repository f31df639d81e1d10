"""限期整改 (rectification) with every deadline and every re-check it had (domain 4.11)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, literal
from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Computed, Owner, Registry, Section
from wenlv_desk.core.trade_kinds import Phones
from wenlv_desk.registries.rectification.vocabulary import (
    DeadlineCause,
    HazardKind,
    Level,
    RecheckResult,
    RectificationState,
    Source,
    Standing,
)
from wenlv_desk.registries.review.vocabulary import DeliveryWay

SOON = 3  # days before the deadline from which it is amber
BELONGS = Owner(field="rectification_id", register="rectification", takes={})


class Rectification(Record):
    """One order to put something right. Name, address and people are as they were when it was given."""

    __tablename__ = "rectification"

    rectification_no: Mapped[str] = field("整改编号", kind=Text(32, size=16), search=Search.CODE, readonly=True)
    rectification_year: Mapped[int] = field("年度", readonly=True, indexed=True)
    source: Mapped[Source] = field("来源", kind=OneOf(Source), readonly=True)
    source_note: Mapped[str | None] = field("来源说明", kind=Text(255), readonly=True, help="内部掌握，不公示")
    check_id: Mapped[int | None] = field("来自检查", ref="inspection_check", readonly=True)
    patrol_id: Mapped[int | None] = field("来自巡查", ref="patrol", readonly=True)
    case_id: Mapped[int | None] = field("来自年审案件", ref="review_case", readonly=True)
    campaign_id: Mapped[int | None] = field("来自专项整治", ref="special_campaign", readonly=True)
    operator_id: Mapped[int] = field("经营单位", ref="operator", readonly=True)
    unit_name: Mapped[str] = field("被责令单位", kind=Text(128, size=26), search=Search.NAME, readonly=True)
    legal_representative: Mapped[str | None] = field(
        "法定代表人（负责人）", kind=Text(64, size=12), search=Search.PERSON, readonly=True
    )
    contact_phone: Mapped[str | None] = field("联系电话", kind=Phones(), secret=True, readonly=True)
    premises: Mapped[str | None] = field("地址", kind=Text(255, size=28), readonly=True)
    township: Mapped[str | None] = field("乡镇街道", kind=Text(32, size=12), readonly=True)

    status: Mapped[RectificationState] = field(
        "状态", kind=OneOf(RectificationState), default=RectificationState.OPEN, readonly=True
    )
    problem: Mapped[str] = field("问题", kind=Text(2000, block=True, size=30), readonly=True)
    hazard_kind: Mapped[HazardKind] = field("问题类别", kind=OneOf(HazardKind), readonly=True)
    level: Mapped[Level] = field("问题等级", kind=OneOf(Level), readonly=True)
    legal_basis: Mapped[str | None] = field("依据", kind=Text(500, size=24), readonly=True)
    requirement: Mapped[str] = field("整改要求", kind=Text(2000, block=True, size=30), readonly=True)
    issued_on: Mapped[date] = field("下达日期", kind=Day(), readonly=True)
    issued_by: Mapped[str] = field("下达人", kind=Text(128, size=14), readonly=True)
    first_due_on: Mapped[date] = field("首次期限", kind=Day(), readonly=True)
    due_on: Mapped[date] = field("整改期限", kind=Day(), readonly=True)
    due_estimated: Mapped[bool] = field("整改期限为估算", default=False, readonly=True)
    in_time_until: Mapped[date] = field(
        "按期完成截止", kind=Day(), readonly=True, help="首次期限或期满前批准的延期；期满后的延期、再限期不改变它"
    )
    days: Mapped[int | None] = field("整改天数", readonly=True, help="按天数下达的；直接写明日期的为空")
    in_working_days: Mapped[bool] = field("天数按工作日", default=False, readonly=True)
    extensions: Mapped[int] = field("延期次数", default=0, readonly=True)
    document_no: Mapped[str | None] = field("责令整改通知书编号", kind=Text(64), search=Search.CODE, readonly=True)
    responsible_person: Mapped[str | None] = field("企业整改责任人", kind=Text(64), readonly=True)
    officer_id: Mapped[int | None] = field("包保人员", ref="staff", readonly=True)

    service_method: Mapped[DeliveryWay | None] = field("送达方式", kind=OneOf(DeliveryWay), readonly=True)
    served_on: Mapped[date | None] = field("送达日期", kind=Day(), readonly=True)
    receiver: Mapped[str | None] = field("签收人", kind=Text(64), readonly=True)
    reminded_on: Mapped[date | None] = field("最近提醒日期", kind=Day(), readonly=True)

    submitted_on: Mapped[date | None] = field("企业报告日期", kind=Day(), readonly=True)
    progress: Mapped[str | None] = field("整改情况", kind=Text(2000, block=True), readonly=True)
    rechecked_on: Mapped[date | None] = field("最近复查日期", kind=Day(), readonly=True)
    recheck_by: Mapped[str | None] = field("复查人员", kind=Text(128), readonly=True)
    recheck_result: Mapped[RecheckResult | None] = field("复查结论", kind=OneOf(RecheckResult), readonly=True)
    recheck_note: Mapped[str | None] = field("复查情况", kind=Text(1000, block=True), readonly=True)
    opinion_no: Mapped[str | None] = field("复查意见书编号", kind=Text(64), search=Search.CODE, readonly=True)
    transferred_on: Mapped[date | None] = field("移交日期", kind=Day(), readonly=True)
    transferred_to: Mapped[str | None] = field("移交给", kind=Text(128), readonly=True)
    transfer_no: Mapped[str | None] = field("移交文号", kind=Text(64), readonly=True)
    done_on: Mapped[date | None] = field("完成日期", kind=Day(), readonly=True, help="复查合格之日")
    closed_on: Mapped[date | None] = field("销号日期", kind=Day(), readonly=True)
    closed_by: Mapped[str | None] = field("销号人", kind=Text(64), readonly=True)


class Deadline(Record):
    """整改期限记录: every deadline that was ever set, with who approved it."""

    __tablename__ = "rectification_deadline"

    rectification_id: Mapped[int] = field("所属整改", ref="rectification", readonly=True)
    cause: Mapped[DeadlineCause] = field("缘由", kind=OneOf(DeadlineCause), readonly=True)
    due_on: Mapped[date] = field("期限", kind=Day(), readonly=True)
    set_on: Mapped[date] = field("设定日期", kind=Day(), readonly=True)
    how: Mapped[str | None] = field("怎样算的", kind=Text(1000, size=24), readonly=True)
    why: Mapped[str] = field("理由", kind=Text(255, size=24), search=Search.NAME, readonly=True)
    approver: Mapped[str | None] = field("批准人", kind=Text(64), readonly=True)
    set_by: Mapped[str] = field("经办人", kind=Text(64), readonly=True)


class Recheck(Record):
    """复查记录: one look at whether it was put right."""

    __tablename__ = "rectification_recheck"

    rectification_id: Mapped[int] = field("所属整改", ref="rectification", readonly=True)
    rechecked_on: Mapped[date] = field("复查日期", kind=Day(), readonly=True)
    recheck_by: Mapped[str] = field("复查人员", kind=Text(128, size=18), readonly=True)
    result: Mapped[RecheckResult] = field("复查结论", kind=OneOf(RecheckResult), readonly=True)
    note: Mapped[str] = field("复查情况", kind=Text(1000, block=True, size=30), search=Search.NAME, readonly=True)
    opinion_no: Mapped[str | None] = field("复查意见书编号", kind=Text(64), readonly=True)


def standing_sql(record: Any, today: date) -> Any:
    """期限情况 by the deadline in force and the day it was done; a deadline set anew does not make late what was late."""
    state, due, done, in_time = record.status, record.due_on, record.done_on, record.in_time_until
    return case(
        (done.is_not(None) & (done <= in_time), literal(Standing.ENDED_IN_TIME.value)),
        (done.is_not(None), literal(Standing.ENDED_LATE.value)),
        (state == RectificationState.TRANSFERRED, literal(Standing.HANDED_OVER.value)),
        (
            record.transferred_on.is_not(None) & (state == RectificationState.CLOSED),
            literal(Standing.HANDED_OVER.value),
        ),
        (due < today, literal(Standing.OVERDUE.value)),
        (in_time < today, literal(Standing.AGAIN.value)),
        (due <= today + timedelta(SOON), literal(Standing.SOON.value)),
        else_=literal(Standing.RUNNING.value),
    )


def _recount(desk: Any) -> int:
    from wenlv_desk.registries.rectification.deadlines import recount  # it needs this module's record

    return recount(desk)


RECTIFICATIONS = Registry(
    record=Rectification,
    title="限期整改",
    unit="件",
    named_by="unit_name",
    code="rectification_no",
    identity=(("rectification_no",),),
    columns=(
        "rectification_no",
        "unit_name",
        "status",
        "standing",
        "due_on",
        "problem",
        "source",
        "level",
        "township",
        "issued_on",
    ),
    sections=(
        Section(
            "整改",
            (
                "rectification_no",
                "status",
                "rectification_year",
                "problem",
                "hazard_kind",
                "level",
                "legal_basis",
                "requirement",
            ),
        ),
        Section(
            "单位",
            (
                "operator_id",
                "unit_name",
                "legal_representative",
                "contact_phone",
                "premises",
                "township",
                "responsible_person",
                "officer_id",
            ),
        ),
        Section("来源", ("source", "source_note", "check_id", "patrol_id", "case_id", "campaign_id")),
        Section(
            "期限",
            (
                "issued_on",
                "issued_by",
                "days",
                "in_working_days",
                "first_due_on",
                "due_on",
                "due_estimated",
                "in_time_until",
                "extensions",
                "document_no",
                "reminded_on",
            ),
        ),
        Section("送达", ("service_method", "served_on", "receiver")),
        Section(
            "整改和复查",
            ("submitted_on", "progress", "rechecked_on", "recheck_by", "recheck_result", "recheck_note", "opinion_no"),
        ),
        Section("了结", ("transferred_on", "transferred_to", "transfer_no", "done_on", "closed_on", "closed_by")),
    ),
    filters=("status", "standing", "source", "hazard_kind", "level", "township", "rectification_year"),
    computed=(Computed("standing", "期限情况", standing_sql, OneOf(Standing)),),
    owner=Owner(field="operator_id", register="operator", takes={}),
    state="status",
    typed=False,
    recount=_recount,
    group="限期整改",
    icon="triangle-alert",
    empty_hint="还没有限期整改。检查、巡查、年审发现问题时办“责令整改”，投诉举报的在经营单位上办。",
)

DEADLINES = Registry(
    record=Deadline,
    title="整改期限记录",
    unit="次",
    named_by="why",
    identity=(("rectification_id", "set_on", "due_on"),),
    columns=("rectification_id", "cause", "due_on", "set_on", "why", "approver", "how", "set_by"),
    sections=(Section("期限", ("rectification_id", "cause", "due_on", "set_on", "how", "why", "approver", "set_by")),),
    owner=BELONGS,
    state="cause",
    typed=False,
    rail=False,
    empty_hint="还没有期限。",
)

RECHECKS = Registry(
    record=Recheck,
    title="复查记录",
    unit="次",
    named_by="note",
    identity=(("rectification_id", "rechecked_on"),),
    columns=("rectification_id", "rechecked_on", "result", "recheck_by", "note", "opinion_no"),
    sections=(Section("复查", ("rectification_id", "rechecked_on", "recheck_by", "result", "note", "opinion_no")),),
    owner=BELONGS,
    state="result",
    typed=False,
    rail=False,
    empty_hint="还没有复查。",
)
