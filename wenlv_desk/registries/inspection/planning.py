"""计划 and 任务: approval, filing, and the objects of a task that are named instead of drawn (domain 4.1, 4.9)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Reference, Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.inspection.assigning import assign
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.inspectors import refuse_unfit_team
from wenlv_desk.registries.inspection.listing import items_of
from wenlv_desk.registries.inspection.task import InspectionPlan, InspectionTask
from wenlv_desk.registries.inspection.vocabulary import (
    CheckState,
    DirectedCause,
    DrawKind,
    DrawState,
    ItemState,
    PlanState,
    TaskState,
)
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

APPROVERS = (Role.HEAD,)
PLANNERS = (Role.REVIEWER, Role.HEAD, Role.INSPECTOR)
LIVE = (DrawState.COMMITTED, DrawState.SEEDED, DrawState.DRAWN)
OUT = (CheckState.REPLACED, CheckState.CANCELLED)
Approver = Annotated[str | None, param("批准负责人", kind=Text(64), help="不填为办理人")]
ApprovalNo = Annotated[str | None, param("批准文号", kind=Text(64))]
Reason = Annotated[str, param("原因", kind=Text(255))]


def always(_desk: Desk, _record: object) -> bool:
    """A step that is the next sensible one whenever it can be done."""
    return True


@operation(
    "审批",
    on=(InspectionPlan,),
    by=APPROVERS,
    when=(PlanState.DRAFT,),
    to=PlanState.APPROVED,
    due=always,
    evidence=True,
)
def approve_plan(
    desk: Desk,
    plan: InspectionPlan,
    *,
    approver: Approver = None,
    approval_no: ApprovalNo = None,
    path: Evidence = None,
) -> None:
    """Approve the year's plan; its tasks can be approved from now on."""
    plan.status, plan.approved_by = PlanState.APPROVED, approver or desk.clerk.name
    plan.approved_on, plan.approval_no = desk.today, approval_no
    keep_evidence(desk, plan, path, "计划审批")


@operation("报备", on=(InspectionPlan,), by=PLANNERS, when=(PlanState.APPROVED,), evidence=True)
def file_plan(
    desk: Desk,
    plan: InspectionPlan,
    *,
    filed_with: Annotated[str, param("报备到", kind=Text(64), help="上级主管部门或行政执法监督机构")],
    filed_on: Annotated[date | None, param("报备日", help="不填为今天；每年 3 月底前报备")] = None,
    upstream_plan_no: Annotated[str | None, param("上级平台编号", kind=Text(32))] = None,
    path: Evidence = None,
) -> None:
    """Note that the plan was filed with the level above (鲁政办发〔2025〕3号: by the end of March)."""
    day = filed_on or desk.today
    refuse_future(desk, "报备日", day)
    plan.filed_on, plan.filed_with = day, filed_with
    plan.upstream_plan_no = upstream_plan_no or plan.upstream_plan_no
    keep_evidence(desk, plan, path, "计划报备")


@operation("公布计划", on=(InspectionPlan,), by=PLANNERS, when=(PlanState.APPROVED,))
def publish_plan(
    desk: Desk,
    plan: InspectionPlan,
    *,
    published_on: Annotated[date | None, param("公布日", help="不填为今天")] = None,
) -> None:
    """Note that the plan was made public."""
    day = published_on or desk.today
    refuse_future(desk, "公布日", day)
    plan.published_on = day


def _tasks_begun(desk: Desk, plan: InspectionPlan) -> Iterator[str]:
    begun = (InspectionTask.plan_id == plan.id, InspectionTask.status != TaskState.PLANNED, ~InspectionTask.voided)
    if names := list(desk.session.scalars(select(InspectionTask.task_name).where(*begun).limit(3))):
        yield f"计划里的任务“{'、'.join(names)}”已经审批，计划不能再改"


@operation(
    "退回修改",
    on=(InspectionPlan,),
    by=APPROVERS,
    when=(PlanState.APPROVED,),
    to=PlanState.DRAFT,
    blocks=_tasks_begun,
)
def send_back_plan(desk: Desk, plan: InspectionPlan, *, reason: Reason) -> None:  # noqa: ARG001
    """Open an approved plan for changes; nothing of it has begun."""
    plan.status, plan.approved_by, plan.approved_on, plan.approval_no = PlanState.DRAFT, None, None, None


@operation("结束", on=(InspectionPlan,), by=PLANNERS, when=(PlanState.APPROVED,), to=PlanState.CLOSED)
def close_plan(desk: Desk, plan: InspectionPlan) -> None:  # noqa: ARG001
    """The year is over."""
    plan.status = PlanState.CLOSED


def item_blocks(desk: Desk, task: InspectionTask) -> Iterator[str]:
    """清单之外无检查: what is not on the published list, or has no legal basis, is not inspected."""
    for item in items_of(desk, task.items):
        if item.status is ItemState.RETIRED:
            yield f"事项“{item.item_name}”已停用，请改选"
        elif item.status is not ItemState.PUBLISHED and setting_of(desk, "draw_published_only"):
            yield f"事项“{item.item_name}”还没有公布（清单之外无检查），请先办事项的“公布”"
        if not item.legal_basis.strip():
            yield f"事项“{item.item_name}”没有抽查依据，不得检查"


def approval_blocks(desk: Desk, task: InspectionTask) -> Iterator[str]:
    """What stands in the way of a task's approval."""
    yield from item_blocks(desk, task)
    if task.plan_id is not None and (plan := desk.get(InspectionPlan, task.plan_id)).status is PlanState.DRAFT:
        yield f"所属计划“{plan.title}”还没有审批"
    if task.plan_id is None and task.draw_kind is DrawKind.RANDOM:
        yield "随机抽查须列入年度计划，请先填所属计划"
    if task.window_to < desk.today:
        yield f"检查截止日 {task.window_to} 已经过去，请修改检查期间"


@operation(
    "审批任务",
    on=(InspectionTask,),
    by=APPROVERS,
    when=(TaskState.PLANNED,),
    to=TaskState.APPROVED,
    blocks=approval_blocks,
    due=always,
    evidence=True,
    undoable=False,  # the task's number is taken
)
def approve_task(
    desk: Desk,
    task: InspectionTask,
    *,
    approver: Approver = None,
    approval_no: ApprovalNo = None,
    path: Evidence = None,
) -> None:
    """Approve a task: it gets its number and stands from now on."""
    task.status, task.approved_by = TaskState.APPROVED, approver or desk.clerk.name
    task.approved_on, task.approval_no = desk.today, approval_no
    if task.task_no is None:
        number = desk.next_number("inspection/task")
        task.task_no = f"{desk.settings.get('document_code') or ''}抽查〔{desk.today.year}〕{number}号"
    keep_evidence(desk, task, path, "任务审批")


def _drawn(desk: Desk, task: InspectionTask) -> Iterator[str]:
    if (live := live_draw(desk, task)) is not None:
        yield f"{live.title}{live.status.label}，请先办它的“放弃抽取”"
    if desk.session.scalar(select(InspectionCheck.id).where(InspectionCheck.task_id == task.id).limit(1)) is not None:
        yield "任务里已经有检查对象"


@operation(
    "退回修改",
    on=(InspectionTask,),
    by=APPROVERS,
    when=(TaskState.APPROVED,),
    to=TaskState.PLANNED,
    blocks=_drawn,
)
def send_back_task(desk: Desk, task: InspectionTask, *, reason: Reason) -> None:  # noqa: ARG001
    """Open an approved task for changes; it keeps its number."""
    task.status, task.approved_by, task.approved_on, task.approval_no = TaskState.PLANNED, None, None, None


def live_draw(desk: Desk, task: InspectionTask) -> InspectionDraw | None:
    """The draw of a task that was not abandoned."""
    mine = select(InspectionDraw).where(InspectionDraw.task_id == task.id, InspectionDraw.status.in_(LIVE))
    return desk.session.scalars(mine.order_by(InspectionDraw.attempt.desc())).first()


def cancel_blocks(desk: Desk, task: InspectionTask) -> Iterator[str]:
    """What was begun is carried to its end."""
    live = live_draw(desk, task)
    if live is not None and live.status is not DrawState.DRAWN:
        yield f"{live.title}{live.status.label}，请先办它的“放弃抽取”"
    begun = (InspectionCheck.task_id == task.id, InspectionCheck.status.not_in((*OUT, CheckState.ASSIGNED)))
    if desk.session.scalar(select(InspectionCheck.id).where(*begun).limit(1)) is not None:
        yield "已经有单位通知或检查过，请逐户办完"


@operation(
    "作废",
    on=(InspectionTask,),
    by=APPROVERS,
    when=(TaskState.PLANNED, TaskState.APPROVED, TaskState.DRAWN),
    to=TaskState.CANCELLED,
    blocks=cancel_blocks,
    danger=True,
)
def cancel_task(desk: Desk, task: InspectionTask, *, reason: Reason) -> None:
    """Give a task up before anybody was inspected; it stays on record with its number and its draws."""
    task.status, task.why_cancelled = TaskState.CANCELLED, reason
    for check in desk.session.scalars(select(InspectionCheck).where(InspectionCheck.task_id == task.id)):
        if check.status not in OUT:
            check.status, check.cancelled_why = CheckState.CANCELLED, f"任务作废：{reason}"[:255]


NAMING = (TaskState.APPROVED, TaskState.DRAWN, TaskState.IN_PROGRESS, TaskState.RESULTS_IN)


def _directed_only(_desk: Desk, task: InspectionTask) -> Iterator[str]:
    if task.draw_kind is not DrawKind.DIRECTED:
        yield "这是随机抽查任务，不能指名；指名检查请另立“定向”任务，两者在统计里分开"


@operation("指名检查", on=(InspectionTask,), by=PLANNERS, when=NAMING, blocks=_directed_only, undoable=False)
def name_operator(
    desk: Desk,
    task: InspectionTask,
    *,
    operator: Annotated[int, param("被检查单位", kind=Reference("operator"))],
    cause: Annotated[DirectedCause, param("定向缘由")],
    why: Annotated[str, param("定向理由", kind=Text(255), help="内部掌握，不公示；不写举报人")],
    lead: Annotated[int | None, param("主办人员", kind=Reference("staff"))] = None,
    second: Annotated[int | None, param("协办人员", kind=Reference("staff"))] = None,
) -> InspectionCheck:
    """Put a firm into a directed task, for a reason; two certificate holders go there too."""
    return name_object(desk, task, desk.get(Operator, operator), cause=cause, why=why, lead=lead, second=second)


def name_object(
    desk: Desk,
    task: InspectionTask,
    operator: Operator,
    *,
    cause: DirectedCause,
    why: str,
    lead: int | None = None,
    second: int | None = None,
) -> InspectionCheck:
    """A check of a named firm; its inspectors may be named later (`InspectionCheck`: 指派检查人员)."""
    for hindrance in _directed_only(desk, task):
        raise UserError(f"没有办理：{hindrance}")
    if task.status not in NAMING:
        raise UserError(f"没有办理：任务“{task.task_name}”现为“{task.status.label}”，不能再增加对象，请另立任务")
    same = (InspectionCheck.task_id == task.id, InspectionCheck.operator_id == operator.id)
    there = select(InspectionCheck.check_no).where(*same, InspectionCheck.status.not_in(OUT))
    if number := desk.session.scalar(there.limit(1)):
        raise UserError(f"没有办理：“{operator.operator_name}”已在任务“{task.task_name}”里（{number}）")
    team: list[Staff] = [desk.get(Staff, one) for one in (lead, second) if one is not None]
    if team:
        refuse_unfit_team(desk, task, operator, team)
    made = assign(desk, task, operator, team, cause=cause, why_directed=why)
    task.status = TaskState.IN_PROGRESS
    return made


@operation("归档", on=(InspectionTask,), by=PLANNERS, when=(TaskState.PUBLISHED,), to=TaskState.ARCHIVED, due=always)
def archive(desk: Desk, task: InspectionTask) -> None:
    """Put the file away: every result is public."""
    task.status, task.archived_on = TaskState.ARCHIVED, desk.today


def refuse_future(desk: Desk, label: str, day: date) -> None:
    """Nothing is noted before it has happened."""
    if day > desk.today:
        raise UserError(f"没有办理：{label} {day} 晚于今天 {desk.today}，请改正；到那天再办")
