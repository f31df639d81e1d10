"""两库 (the two directories): risk grades of the objects, recusals and absences of the inspectors (domain 4.4, 4.5)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Owner, Problem, Registry, RuleContext, Section, Values
from wenlv_desk.registries.inspection.vocabulary import AbsenceKind, GradingSource, RecusalCause
from wenlv_desk.registries.operator.records import RiskGrade
from wenlv_desk.standards.finding import Severity

OF_STAFF = Owner(field="staff_id", register="staff", takes={})


class RiskGrading(Record):
    """风险评级记录: a grade given to an operator, written by 风险评级 only; the newest is on the operator itself."""

    __tablename__ = "risk_grading"

    operator_id: Mapped[int] = field("经营单位", ref="operator", readonly=True)
    grade: Mapped[RiskGrade] = field("风险等级", kind=OneOf(RiskGrade), readonly=True)
    before: Mapped[RiskGrade] = field("原等级", kind=OneOf(RiskGrade), readonly=True)
    graded_on: Mapped[date] = field("评级日期", kind=Day(), readonly=True)
    source: Mapped[GradingSource] = field("来源", kind=OneOf(GradingSource), readonly=True)
    why: Mapped[str] = field("依据", kind=Text(255, size=30), search=Search.NAME, readonly=True)
    graded_by: Mapped[str] = field("评定人", kind=Text(64), readonly=True)


class Recusal(Record):
    """回避: an inspector who does not inspect a firm (行政处罚法 art. 43)."""

    __tablename__ = "recusal"

    staff_id: Mapped[int] = field("执法人员", ref="staff", aliases=("姓名",))
    operator_id: Mapped[int] = field("回避的单位", ref="operator", aliases=("单位名称",))
    cause: Mapped[RecusalCause] = field("理由", kind=OneOf(RecusalCause))
    note: Mapped[str | None] = field("说明", kind=Text(255, size=24), search=Search.NAME)
    since: Mapped[date | None] = field("自", kind=Day())
    until: Mapped[date | None] = field("至", kind=Day(none_text="长期"))
    title: Mapped[str] = field("摘要", kind=Text(64, size=16), derive=lambda values: f"回避：{_label(values, 'cause')}")


class Absence(Record):
    """离岗时段: who is away is neither drawn nor assigned, first and last day included."""

    __tablename__ = "absence"

    staff_id: Mapped[int] = field("人员", ref="staff", aliases=("姓名",))
    kind: Mapped[AbsenceKind] = field("类别", kind=OneOf(AbsenceKind))
    away_from: Mapped[date] = field("离岗自")
    away_to: Mapped[date | None] = field("离岗至", kind=Day(none_text="未定"))
    note: Mapped[str | None] = field("说明", kind=Text(255, size=24), search=Search.NAME)
    title: Mapped[str] = field(
        "摘要", kind=Text(64, size=16), derive=lambda values: f"{_label(values, 'kind')} {values.get('away_from')} 起"
    )


def _label(values: Values, name: str) -> Any:
    return values[name].label if values.get(name) else ""


def ends_after_it_begins(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """A term that ends before it begins bars nobody."""
    for first, last in (("since", "until"), ("away_from", "away_to")):
        if values.get(first) and values.get(last) and values[last] < values[first]:
            yield Problem(last, Severity.REJECT, f"{values[last]} 早于起始日 {values[first]}，请改正")


RISK_GRADINGS = Registry(
    record=RiskGrading,
    title="风险评级记录",
    unit="次",
    named_by="why",
    identity=(("operator_id", "graded_on"),),
    columns=("operator_id", "graded_on", "grade", "before", "source", "why", "graded_by"),
    sections=(Section("评级", ("operator_id", "graded_on", "grade", "before", "source", "why", "graded_by")),),
    filters=("grade", "source"),
    owner=Owner(field="operator_id", register="operator", takes={}),
    typed=False,
    rail=False,
    empty_hint="还没有评过风险等级。",
)

RECUSALS = Registry(
    record=Recusal,
    title="回避关系",
    unit="条",
    named_by="title",
    identity=(("staff_id", "operator_id"),),
    columns=("staff_id", "operator_id", "cause", "note", "since", "until"),
    sections=(Section("回避", ("staff_id", "operator_id", "cause", "note", "since", "until")),),
    filters=("staff_id", "cause"),
    rules=(ends_after_it_begins,),
    mergeable=False,
    owner=OF_STAFF,
    rail=False,
    empty_hint="还没有回避关系。抽取前请让执法人员申报，在人员的卡片上新增。",
)

ABSENCES = Registry(
    record=Absence,
    title="离岗时段",
    unit="段",
    named_by="title",
    identity=(("staff_id", "away_from"),),
    columns=("staff_id", "kind", "away_from", "away_to", "note"),
    sections=(Section("离岗", ("staff_id", "kind", "away_from", "away_to", "note")),),
    filters=("staff_id", "kind"),
    rules=(ends_after_it_begins,),
    mergeable=False,
    owner=OF_STAFF,
    rail=False,
    empty_hint="没有登记离岗。休假、借调、培训期间不参加抽取，请在人员的卡片上新增。",
)
