"""检查 (inspection_check): one firm in one task, with its findings, what became of its publication, and who stood in (domain 4.10)."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import UniqueConstraint, case, literal
from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Computed, Owner, Registry, Section
from wenlv_desk.core.trade_kinds import CreditCode, Phones
from wenlv_desk.registries.inspection.vocabulary import (
    CheckKind,
    CheckState,
    DirectedCause,
    Disposal,
    DrawKind,
    Outcome,
    PointConclusion,
    PublicationEvent,
    PublishLight,
    ReplacementKind,
    ResultCode,
    SignState,
)
from wenlv_desk.registries.operator.records import RiskGrade

SOON = 5  # natural days before the last day of publication from which the light is amber
BELONGS = Owner(field="check_id", register="inspection_check", takes={})


class InspectionCheck(Record):
    """One check. What the firm was called, where it was and who inspected is copied: all of it changes later."""

    __tablename__ = "inspection_check"
    __table_args__ = (
        UniqueConstraint("task_id", "draw_id", "operator_id"),
        UniqueConstraint("check_no"),
        {"sqlite_autoincrement": True},
    )

    check_no: Mapped[str] = field("检查编号", kind=Text(32, size=16), search=Search.CODE, readonly=True)
    task_id: Mapped[int] = field("抽查任务", ref="inspection_task", readonly=True)
    draw_id: Mapped[int | None] = field("抽取", ref="inspection_draw", readonly=True)
    check_year: Mapped[int] = field("年度", readonly=True, indexed=True)
    draw_kind: Mapped[DrawKind] = field("抽查类型", kind=OneOf(DrawKind), readonly=True)
    check_kind: Mapped[CheckKind] = field("检查类别", kind=OneOf(CheckKind), readonly=True)
    operator_id: Mapped[int] = field("经营单位", ref="operator", readonly=True)
    unit_name: Mapped[str] = field("被检查单位", kind=Text(128, size=26), search=Search.NAME, readonly=True)
    uscc: Mapped[str | None] = field("统一社会信用代码", kind=CreditCode(), search=Search.CODE, readonly=True)
    legal_representative: Mapped[str | None] = field(
        "法定代表人（负责人）", kind=Text(64, size=12), search=Search.PERSON, readonly=True
    )
    contact_phone: Mapped[str | None] = field("联系电话", kind=Phones(), secret=True, readonly=True)
    premises: Mapped[str | None] = field("检查地址", kind=Text(255, size=28), readonly=True)
    township: Mapped[str | None] = field("乡镇街道", kind=Text(32, size=12), readonly=True)
    categories: Mapped[tuple[str, ...] | None] = field("经营类别", kind=Many(register="category"), readonly=True)
    risk_grade: Mapped[RiskGrade | None] = field("风险等级", kind=OneOf(RiskGrade), readonly=True)
    items: Mapped[tuple[str, ...] | None] = field(
        "抽查事项", kind=Many(register="inspection_item", size=28), readonly=True
    )
    window_from: Mapped[date] = field("检查起始日", kind=Day(), readonly=True)
    window_to: Mapped[date] = field("检查截止日", kind=Day(), readonly=True)

    stratum: Mapped[str | None] = field("分层", kind=Text(64), readonly=True)
    rank: Mapped[int | None] = field("抽取名次", readonly=True)
    ticket: Mapped[str | None] = field("票号", kind=Text(96, size=14), readonly=True)
    cause: Mapped[DirectedCause | None] = field("定向缘由", kind=OneOf(DirectedCause), readonly=True)
    why_directed: Mapped[str | None] = field("定向理由", kind=Text(255), readonly=True, help="内部掌握，不公示")

    status: Mapped[CheckState] = field("状态", kind=OneOf(CheckState), default=CheckState.ASSIGNED, readonly=True)
    lead_id: Mapped[int | None] = field("主办", ref="staff", readonly=True)
    second_id: Mapped[int | None] = field("协办", ref="staff", readonly=True)
    inspectors: Mapped[str | None] = field("检查人员", kind=Text(255, size=18), search=Search.PERSON, readonly=True)
    cert_nos: Mapped[str | None] = field("执法证号", kind=Text(255), readonly=True)
    team_ids: Mapped[str | None] = field("检查人员编号", kind=Text(64), readonly=True)  # 3,5 in the staff register
    helpers: Mapped[str | None] = field("协助专家", kind=Text(255), readonly=True)

    notice_no: Mapped[str | None] = field("检查通知书编号", kind=Text(64), search=Search.CODE, readonly=True)
    notified_on: Mapped[date | None] = field("通知日期", kind=Day(), readonly=True)
    approval_no: Mapped[str | None] = field("检查审批文号", kind=Text(64), readonly=True)
    scan_record_no: Mapped[str | None] = field("扫码记录号", kind=Text(64), readonly=True)

    started_at: Mapped[datetime | None] = field("检查开始", readonly=True)
    ended_at: Mapped[datetime | None] = field("检查结束", readonly=True)
    place: Mapped[str | None] = field("检查地点", kind=Text(255, size=24), readonly=True)
    situation: Mapped[str | None] = field("现场情况", kind=Text(4000, block=True), readonly=True)
    problems: Mapped[str | None] = field("存在问题", kind=Text(4000, block=True), readonly=True)
    bad_points: Mapped[int | None] = field("不合格要点数", readonly=True)
    result_code: Mapped[ResultCode | None] = field("检查结果", kind=OneOf(ResultCode), readonly=True)
    outcome: Mapped[Outcome | None] = field("结论", kind=OneOf(Outcome), readonly=True)
    disposal: Mapped[Disposal | None] = field("处理措施", kind=OneOf(Disposal), readonly=True)
    disposal_note: Mapped[str | None] = field("处理说明", kind=Text(500), readonly=True)
    sign_state: Mapped[SignState | None] = field("签字情况", kind=OneOf(SignState), readonly=True)
    signer_name: Mapped[str | None] = field("签字人", kind=Text(64, size=10), readonly=True)
    sign_note: Mapped[str | None] = field("拒签和见证说明", kind=Text(255), readonly=True)
    record_no: Mapped[str | None] = field("检查记录编号", kind=Text(64), search=Search.CODE, readonly=True)
    recorded_by: Mapped[str | None] = field("录入人", kind=Text(64), readonly=True)
    recorded_on: Mapped[date | None] = field("录入日期", kind=Day(), readonly=True)

    reviewed_by: Mapped[str | None] = field("审核人", kind=Text(64), readonly=True)
    reviewed_on: Mapped[date | None] = field("审核日期", kind=Day(), readonly=True)
    review_note: Mapped[str | None] = field("审核意见", kind=Text(255), readonly=True)
    publish_due: Mapped[date | None] = field("公示期限", kind=Day(), readonly=True)
    due_estimated: Mapped[bool] = field("公示期限为估算", default=False, readonly=True)
    published_on: Mapped[date | None] = field("公示日期", kind=Day(), readonly=True)
    publish_channel: Mapped[str | None] = field("公示渠道", kind=Text(128), readonly=True)
    publish_url: Mapped[str | None] = field("公示网址", kind=Text(255), readonly=True)
    corrected_on: Mapped[date | None] = field("公示更正日期", kind=Day(), readonly=True)
    withdrawn_on: Mapped[date | None] = field("公示撤回日期", kind=Day(), readonly=True)

    replaces_id: Mapped[int | None] = field("替换了", ref="inspection_check", readonly=True)
    why_replaced: Mapped[str | None] = field("替换原因", kind=Text(255), readonly=True)
    cancelled_why: Mapped[str | None] = field("取消原因", kind=Text(255), readonly=True)
    closed_on: Mapped[date | None] = field("办结日期", kind=Day(), readonly=True)
    remark: Mapped[str | None] = field("内部备注", kind=Text(1000, block=True, size=20), readonly=True, help="不公示")


class CheckFinding(Record):
    """检查要点结论: what was found of one point, in the words the list had then."""

    __tablename__ = "check_finding"

    check_id: Mapped[int] = field("所属检查", ref="inspection_check", readonly=True)
    position: Mapped[int] = field("序号", readonly=True)
    item: Mapped[str] = field("抽查事项", kind=Text(64, size=20), readonly=True)
    text: Mapped[str] = field("检查要点", kind=Text(255, size=40), search=Search.NAME, readonly=True)
    basis: Mapped[str | None] = field("依据", kind=Text(255, size=24), readonly=True)
    conclusion: Mapped[PointConclusion] = field(
        "要点结论", kind=OneOf(PointConclusion), default=PointConclusion.PENDING, readonly=True
    )
    note: Mapped[str | None] = field("问题或说明", kind=Text(500, size=24), readonly=True)


class Publication(Record):
    """公示记录: what the public was told when and where; a correction or a withdrawal is another one."""

    __tablename__ = "publication_entry"

    check_id: Mapped[int] = field("所属检查", ref="inspection_check", readonly=True)
    event: Mapped[PublicationEvent] = field("事项", kind=OneOf(PublicationEvent), readonly=True)
    happened_on: Mapped[date] = field("日期", kind=Day(), readonly=True)
    channel: Mapped[str | None] = field("渠道", kind=Text(128, size=20), readonly=True)
    url: Mapped[str | None] = field("网址", kind=Text(255), readonly=True)
    said: Mapped[str] = field("公示内容", kind=Text(2000, block=True, size=40), search=Search.NAME, readonly=True)
    why: Mapped[str | None] = field("原因", kind=Text(255), readonly=True)
    done_by: Mapped[str] = field("经办人", kind=Text(64, size=10), readonly=True)


class Replacement(Record):
    """替换记录: who stands in for whom after a draw, why, and who approved it; the original stays."""

    __tablename__ = "inspection_replacement"

    check_id: Mapped[int] = field("所属检查", ref="inspection_check", readonly=True)
    kind: Mapped[ReplacementKind] = field("替换", kind=OneOf(ReplacementKind), readonly=True)
    original: Mapped[str] = field("原定", kind=Text(128, size=24), search=Search.NAME, readonly=True)
    stand_in: Mapped[str] = field("顶替", kind=Text(128, size=24), search=Search.NAME, readonly=True)
    ticket: Mapped[str | None] = field("顶替的票号", kind=Text(96, size=14), readonly=True)
    why: Mapped[str] = field("原因", kind=Text(255, size=24), readonly=True)
    approver: Mapped[str] = field("批准人", kind=Text(64), readonly=True)
    replaced_on: Mapped[date] = field("日期", kind=Day(), readonly=True)
    done_by: Mapped[str] = field("经办人", kind=Text(64), readonly=True)


def light_sql(record: Any, today: date) -> Any:
    """公示时限: green, amber or red by the last day and whether it was published; nothing before the check was done."""
    due, done = record.publish_due, record.published_on
    return case(
        (due.is_(None), None),
        (done.is_not(None) & (done <= due), literal(PublishLight.DONE.value)),
        (done.is_not(None), literal(PublishLight.DONE_LATE.value)),
        (due < today, literal(PublishLight.LATE.value)),
        (due <= today + timedelta(SOON), literal(PublishLight.SOON.value)),
        else_=literal(PublishLight.RUNNING.value),
    )


def _recount(desk: Any) -> int:
    from wenlv_desk.registries.inspection.publishing import recount  # it needs this module's record

    return recount(desk)


CHECKS = Registry(
    record=InspectionCheck,
    title="检查",
    unit="户次",
    named_by="unit_name",
    code="check_no",
    identity=(("check_no",),),
    columns=(
        "check_no",
        "unit_name",
        "status",
        "outcome",
        "inspectors",
        "window_to",
        "started_at",
        "light",
        "publish_due",
        "draw_kind",
        "township",
        "task_id",
    ),
    sections=(
        Section("检查", ("check_no", "status", "task_id", "draw_id", "check_year", "draw_kind", "check_kind", "items")),
        Section(
            "单位",
            (
                "operator_id",
                "unit_name",
                "uscc",
                "legal_representative",
                "contact_phone",
                "premises",
                "township",
                "categories",
                "risk_grade",
            ),
        ),
        Section(
            "怎样选定",
            (
                "window_from",
                "window_to",
                "stratum",
                "rank",
                "ticket",
                "cause",
                "why_directed",
                "replaces_id",
                "why_replaced",
            ),
        ),
        Section("人员", ("lead_id", "second_id", "inspectors", "cert_nos", "helpers")),
        Section("通知", ("notice_no", "notified_on", "approval_no", "scan_record_no")),
        Section(
            "现场",
            (
                "started_at",
                "ended_at",
                "place",
                "situation",
                "problems",
                "bad_points",
                "result_code",
                "outcome",
                "disposal",
                "disposal_note",
            ),
        ),
        Section("签字", ("sign_state", "signer_name", "sign_note", "record_no", "recorded_by", "recorded_on")),
        Section("审核", ("reviewed_by", "reviewed_on", "review_note")),
        Section(
            "公示",
            (
                "publish_due",
                "due_estimated",
                "published_on",
                "publish_channel",
                "publish_url",
                "corrected_on",
                "withdrawn_on",
            ),
        ),
        Section("办结", ("closed_on", "cancelled_why", "remark")),
    ),
    filters=("status", "outcome", "light", "task_id", "draw_kind", "check_year", "lead_id", "township", "result_code"),
    computed=(Computed("light", "公示时限", light_sql, OneOf(PublishLight)),),
    owner=Owner(field="operator_id", register="operator", takes={}),
    state="status",
    typed=False,
    recount=_recount,
    group="双随机",
    icon="shuffle",
    empty_hint="还没有检查。抽取后每户自动建一件；定向检查在任务上办“指名检查”。",
)

FINDINGS = Registry(
    record=CheckFinding,
    title="检查要点结论",
    unit="条",
    named_by="text",
    identity=(("check_id", "position"),),
    columns=("check_id", "position", "text", "conclusion", "note", "item"),
    sections=(Section("要点", ("check_id", "position", "item", "text", "basis", "conclusion", "note")),),
    owner=BELONGS,
    state="conclusion",
    typed=False,
    rail=False,
    empty_hint="还没有检查要点。请先在抽查事项里登记。",
)

PUBLICATIONS = Registry(
    record=Publication,
    title="公示记录",
    unit="次",
    named_by="said",
    identity=(("check_id", "happened_on", "event"),),
    columns=("check_id", "event", "happened_on", "channel", "said", "why", "done_by"),
    sections=(Section("公示", ("check_id", "event", "happened_on", "channel", "url", "said", "why", "done_by")),),
    filters=("event",),
    owner=BELONGS,
    state="event",
    typed=False,
    rail=False,
    empty_hint="还没有公示。",
)

REPLACEMENTS = Registry(
    record=Replacement,
    title="替换记录",
    unit="次",
    named_by="original",
    identity=(("check_id", "replaced_on", "kind"),),
    columns=("check_id", "kind", "original", "stand_in", "why", "approver", "replaced_on", "ticket"),
    sections=(
        Section(
            "替换",
            ("check_id", "kind", "original", "stand_in", "ticket", "why", "approver", "replaced_on", "done_by"),
        ),
    ),
    filters=("kind",),
    owner=BELONGS,
    typed=False,
    rail=False,
    empty_hint="没有替换过。",
)
