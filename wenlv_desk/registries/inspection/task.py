"""年度抽查计划 (inspection_plan) and 抽查任务 (inspection_task) with its 分层 and 排除 (domain 4.9, 4.10)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Amount, Day, Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Duplicate, Owner, Problem, Registry, RuleContext, Section, Values
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.vocabulary import CheckKind, DrawKind, DrawState, JointKind, PlanState, TaskState
from wenlv_desk.registries.operator.records import RiskGrade
from wenlv_desk.standards.finding import Severity

TWO = 2  # 行政处罚法 art. 42: inspectors are at least two
MOST_TOGETHER = 9
WHOLE = 100
OF_TASK = Owner(field="task_id", register="inspection_task", takes={})


class InspectionPlan(Record):
    """One year's plan, approved and filed with the level above."""

    __tablename__ = "inspection_plan"

    title: Mapped[str] = field("计划名称", kind=Text(64, size=34), search=Search.NAME, aliases=("抽查计划名称",))
    plan_year: Mapped[int] = field("年度", aliases=("计划年度",))
    plan_no: Mapped[str | None] = field(
        "计划编号",
        kind=Text(32, size=14),
        search=Search.CODE,
        aliases=("抽查计划编号",),
        help="上级平台的编号可填在下面",
    )
    upstream_plan_no: Mapped[str | None] = field("上级平台计划编号", kind=Text(32, size=16), search=Search.CODE)
    basis: Mapped[str | None] = field("依据文件", kind=Text(255, size=22))
    scope: Mapped[str | None] = field("范围和要求", kind=Text(2000, block=True, size=30))
    status: Mapped[PlanState] = field("状态", kind=OneOf(PlanState), default=PlanState.DRAFT, readonly=True)
    approved_by: Mapped[str | None] = field("审批人", kind=Text(64, size=10), readonly=True)
    approved_on: Mapped[date | None] = field("审批日期", kind=Day(), readonly=True)
    approval_no: Mapped[str | None] = field("审批文号", kind=Text(64), readonly=True)
    filed_on: Mapped[date | None] = field("报备日期", kind=Day(), readonly=True)
    filed_with: Mapped[str | None] = field("报备机关", kind=Text(64), readonly=True)
    published_on: Mapped[date | None] = field("公布日期", kind=Day(), readonly=True)
    remark: Mapped[str | None] = field("备注", kind=Text(500))


class InspectionTask(Record):
    """One task of a plan: which items, whom, when, how many, by how many inspectors."""

    __tablename__ = "inspection_task"

    task_name: Mapped[str] = field(
        "任务名称", kind=Text(64, size=40), search=Search.NAME, help="如：2026年第二次出版物市场随机抽查"
    )
    task_no: Mapped[str | None] = field("任务编号", kind=Text(64, size=22), search=Search.CODE, readonly=True)
    plan_id: Mapped[int | None] = field("所属计划", ref="inspection_plan")
    status: Mapped[TaskState] = field("状态", kind=OneOf(TaskState), default=TaskState.PLANNED, readonly=True)
    draw_kind: Mapped[DrawKind] = field("抽查类型", kind=OneOf(DrawKind), default=DrawKind.RANDOM)
    joint_kind: Mapped[JointKind] = field("组织方式", kind=OneOf(JointKind), default=JointKind.INTERNAL)
    check_kind: Mapped[CheckKind] = field("检查类别", kind=OneOf(CheckKind), default=CheckKind.DAILY)
    items: Mapped[tuple[str, ...]] = field("抽查事项", kind=Many(register="inspection_item", size=28))
    categories: Mapped[tuple[str, ...] | None] = field(
        "对象类别", kind=Many(register="category"), help="空白为抽查事项适用的全部类别"
    )
    window_from: Mapped[date] = field("检查起始日")
    window_to: Mapped[date] = field("检查截止日")
    ratio_percent: Mapped[Decimal | None] = field(
        "任务抽查比例（%）", kind=Amount(2), help="与户数只填一项；都空白用事项的比例；有分层的按分层"
    )
    wanted_count: Mapped[int | None] = field("任务抽查户数")
    per_object: Mapped[int] = field("每户检查人数", default=TWO)
    cooldown_months: Mapped[int | None] = field("间隔月数", help="同一事项几个月内随机抽过的不再抽；空白用设置里的")
    basis: Mapped[str | None] = field("依据文件", kind=Text(255, size=22))
    lead_unit: Mapped[str | None] = field("发起部门", kind=Text(64))
    joint_units: Mapped[str | None] = field("配合部门", kind=Text(255))
    upstream_task_no: Mapped[str | None] = field("上级平台任务编号", kind=Text(32, size=16), search=Search.CODE)
    approved_by: Mapped[str | None] = field("审批人", kind=Text(64, size=10), readonly=True)
    approved_on: Mapped[date | None] = field("审批日期", kind=Day(), readonly=True)
    approval_no: Mapped[str | None] = field("审批文号", kind=Text(64), readonly=True)
    draws: Mapped[int] = field("抽取次数", default=0, readonly=True, help="含放弃的")
    reviewed_by: Mapped[str | None] = field("审核人", kind=Text(64, size=10), readonly=True)
    archived_on: Mapped[date | None] = field("归档日期", kind=Day(), readonly=True)
    why_cancelled: Mapped[str | None] = field("作废原因", kind=Text(255), readonly=True)
    remark: Mapped[str | None] = field("备注", kind=Text(500))


class Stratum(Record):
    """分层: a part of the objects with a ratio or a count of its own; who fits several belongs to the first."""

    __tablename__ = "inspection_stratum"

    task_id: Mapped[int] = field("所属任务", ref="inspection_task")
    position: Mapped[int] = field("序号")
    title: Mapped[str] = field("分层名称", kind=Text(64, size=20), search=Search.NAME)
    categories: Mapped[tuple[str, ...] | None] = field(
        "对象类别", kind=Many(register="category"), help="空白为不分类别"
    )
    grades: Mapped[tuple[str, ...] | None] = field("风险等级", kind=Many(RiskGrade), help="空白为不分等级")
    ratio_percent: Mapped[Decimal | None] = field("抽查比例（%）", kind=Amount(2), help="比例和户数只填一项")
    wanted_count: Mapped[int | None] = field("抽查户数")


class Exclusion(Record):
    """排除: an object left out of a draw by hand, for a reason that is made public with the draw."""

    __tablename__ = "inspection_exclusion"

    task_id: Mapped[int] = field("所属任务", ref="inspection_task")
    operator_id: Mapped[int] = field("排除的单位", ref="operator", aliases=("单位名称",))
    why: Mapped[str] = field(
        "排除理由", kind=Text(255, size=30), search=Search.NAME, help="随抽取记录一并公开，不要写个人信息"
    )
    document_no: Mapped[str | None] = field("依据文号", kind=Text(64))


def year_is_a_year(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    year = values.get("plan_year")
    if year is not None and not 1990 <= year <= 2199:
        yield Problem("plan_year", Severity.REJECT, f"“{year}”不是年度，请写四位年份，如 2026")


def window_is_a_window(values: Values, context: RuleContext) -> Iterable[Problem]:
    """The window ends after it begins; one that lies in the past is pointed out."""
    first, last = values.get("window_from"), values.get("window_to")
    if first and last and last < first:
        yield Problem("window_to", Severity.REJECT, f"检查截止日 {last} 早于起始日 {first}，请改正")
    elif last and last < context.today:
        yield Problem("window_to", Severity.WARN, f"检查截止日 {last} 已经过去，请核对")


def one_measure(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """A ratio or a count, not both; 0 < ratio ≤ 100; a count of at least one."""
    ratio, count = values.get("ratio_percent"), values.get("wanted_count")
    if ratio is not None and count is not None:
        yield Problem("wanted_count", Severity.REJECT, "抽查比例和户数只填一项，请清空一项")
    if ratio is not None and not 0 < ratio <= WHOLE:
        yield Problem("ratio_percent", Severity.REJECT, f"抽查比例须大于 0、不超过 100，现为 {ratio}，请改正")
    if count is not None and count < 1:
        yield Problem("wanted_count", Severity.REJECT, f"抽查户数至少 1 户，现为 {count}，请改正")


def stratum_has_a_measure(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    if values.get("ratio_percent") is None and values.get("wanted_count") is None:
        yield Problem("ratio_percent", Severity.REJECT, "分层要填抽查比例或户数中的一项")


def at_least_two(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """Two certificate holders at least (行政处罚法 art. 42)."""
    number, months = values.get("per_object"), values.get("cooldown_months")
    if number is not None and not TWO <= number <= MOST_TOGETHER:
        yield Problem(
            "per_object", Severity.REJECT, f"每户检查人数须在 2 到 {MOST_TOGETHER} 之间，现为 {number}，请改正"
        )
    if months is not None and not 0 <= months <= 60:
        yield Problem("cooldown_months", Severity.REJECT, f"间隔月数须在 0 到 60 之间，现为 {months}，请改正")


def approved_stands(_desk: Any, record: Any) -> str:
    """What was approved is carried out as it was approved."""
    if record.status not in (None, TaskState.PLANNED):  # a new one has none yet
        return f"“{record.task_name}”已审批，内容不再改动；确需改动请办“退回修改”，或作废后另立任务"
    return ""


def belongs_to_planned(desk: Any, record: Any) -> str:
    """The strata of an approved task stand with it."""
    return approved_stands(desk, desk.get(InspectionTask, record.task_id))


def sealed_stands(desk: Any, record: Any) -> str:
    """Once a list is sealed nobody is taken off it by hand."""
    task = desk.get(InspectionTask, record.task_id)
    live = (DrawState.COMMITTED, DrawState.SEEDED, DrawState.DRAWN)
    mine = (InspectionDraw.task_id == task.id, InspectionDraw.status.in_(live))
    if desk.session.scalar(select(InspectionDraw.id).where(*mine).limit(1)) is not None:
        return f"“{task.task_name}”的抽取名单已封存，不能再排除或恢复单位；抽取后情况有变的，请在检查上办“替换对象”"
    if task.status not in (TaskState.PLANNED, TaskState.APPROVED):
        return f"“{task.task_name}”现为“{task.status.label}”，不能再改排除名单"
    return ""


def plan_stands(_desk: Any, record: Any) -> str:
    if record.status not in (None, PlanState.DRAFT):
        return f"“{record.title}”已审批，不再改动；要改请先办“退回修改”"
    return ""


PLANS = Registry(
    record=InspectionPlan,
    title="抽查计划",
    unit="个",
    named_by="title",
    identity=(("title",),),
    columns=("title", "plan_year", "status", "approved_by", "approved_on", "filed_on", "upstream_plan_no"),
    sections=(
        Section("计划", ("title", "plan_year", "plan_no", "upstream_plan_no", "basis", "scope", "remark")),
        Section(
            "审批和报备",
            ("status", "approved_by", "approved_on", "approval_no", "filed_on", "filed_with", "published_on"),
        ),
    ),
    filters=("plan_year", "status"),
    rules=(year_is_a_year,),
    duplicates=Duplicate(same=("title",)),
    mergeable=False,
    fixed=plan_stands,
    state="status",
    group="双随机",
    icon="shuffle",
    empty_hint="还没有抽查计划。每年的计划须经审批，并在 3 月底前报上级备案。按 Ctrl+N 新增。",
)

TASKS = Registry(
    record=InspectionTask,
    title="抽查任务",
    unit="个",
    named_by="task_name",
    code="task_no",
    identity=(("task_no",), ("task_name",)),
    columns=(
        "task_name",
        "task_no",
        "status",
        "draw_kind",
        "items",
        "window_from",
        "window_to",
        "draws",
        "plan_id",
    ),
    sections=(
        Section(
            "任务", ("task_name", "task_no", "status", "plan_id", "draw_kind", "joint_kind", "check_kind", "basis")
        ),
        Section("查什么、查谁", ("items", "categories")),
        Section(
            "时间和数量", ("window_from", "window_to", "ratio_percent", "wanted_count", "per_object", "cooldown_months")
        ),
        Section("部门", ("lead_unit", "joint_units", "upstream_task_no", "remark")),
        Section(
            "经过",
            ("approved_by", "approved_on", "approval_no", "draws", "reviewed_by", "archived_on", "why_cancelled"),
        ),
    ),
    filters=("status", "draw_kind", "plan_id", "check_kind"),
    rules=(window_is_a_window, one_measure, at_least_two),
    duplicates=Duplicate(same=("task_name",)),
    mergeable=False,
    owner=Owner(field="plan_id", register="inspection_plan", takes={}),
    fixed=approved_stands,
    state="status",
    group="双随机",
    icon="shuffle",
    empty_hint="还没有抽查任务。先有已审批的计划和已公布的事项，再按 Ctrl+N 新增任务。",
)

STRATA = Registry(
    record=Stratum,
    title="抽查分层",
    unit="层",
    named_by="title",
    identity=(("task_id", "title"),),
    columns=("task_id", "position", "title", "categories", "grades", "ratio_percent", "wanted_count"),
    sections=(
        Section("分层", ("task_id", "position", "title", "categories", "grades", "ratio_percent", "wanted_count")),
    ),
    rules=(one_measure, stratum_has_a_measure),
    mergeable=False,
    owner=OF_TASK,
    fixed=belongs_to_planned,
    rail=False,
    empty_hint="没有分层：全部对象按任务的比例或户数一起抽。",
)

EXCLUSIONS = Registry(
    record=Exclusion,
    title="抽查排除名单",
    unit="家",
    named_by="why",
    identity=(("task_id", "operator_id"),),
    columns=("task_id", "operator_id", "why", "document_no"),
    sections=(Section("排除", ("task_id", "operator_id", "why", "document_no")),),
    mergeable=False,
    owner=OF_TASK,
    fixed=sealed_stands,
    rail=False,
    empty_hint="没有排除任何单位。停业、注销、已到年度上限等程序会自动排除并写明理由。",
)
