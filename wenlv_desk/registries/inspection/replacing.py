"""替换: who stands in for an object or an inspector after a draw; the original stays, the next ticket stands in (domain 4.6 no. 6)."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Reference, Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.inspection.assigning import assign, set_team, team_of
from wenlv_desk.registries.inspection.check import InspectionCheck, Replacement
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.drawing import commitment_kept, operators_by_identifier
from wenlv_desk.registries.inspection.inspectors import refuse_unfit_team, roster_of, shortage
from wenlv_desk.registries.inspection.listing import items_of
from wenlv_desk.registries.inspection.pool import identifier_of
from wenlv_desk.registries.inspection.progress import advance
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.teams import calling_order
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawKind, ReplacementKind
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.standards.consistent_sampler import order
from wenlv_desk.store.desk import Desk

CHANGERS = (Role.REVIEWER, Role.HEAD)
BEFORE = (CheckState.ASSIGNED, CheckState.NOTIFIED)
Why = Annotated[str, param("替换原因", kind=Text(255), help="如：已停业；出差；与经营者是近亲属")]
Approver = Annotated[str, param("批准的负责人", kind=Text(64))]


def seed_of(draw: InspectionDraw) -> str:
    """The seed that tickets of a draw come from: its prefix and the digits."""
    return f"{draw.seed_prefix}{draw.seed_digits}"


def object_blocks(_desk: Desk, check: InspectionCheck) -> Iterator[str]:
    """Only what was drawn has a next ticket."""
    if check.draw_kind is not DrawKind.RANDOM or check.draw_id is None:
        yield "这是指名检查，没有下一张票；不查了请办“取消检查”"


@operation(
    "替换对象",
    on=(InspectionCheck,),
    by=CHANGERS,
    when=BEFORE,
    to=CheckState.REPLACED,
    blocks=object_blocks,
    many=False,
    undoable=False,
)
def replace_object(desk: Desk, check: InspectionCheck, *, why: Why, approver: Approver) -> InspectionCheck:
    """The next ticket of the same stratum stands in; who would be next but is gone too is named and passed over."""
    assert check.draw_id is not None
    draw, task = desk.get(InspectionDraw, check.draw_id), desk.get(InspectionTask, check.task_id)
    operator, ticket, rank = _next_object(desk, draw, check)
    team = _team_for(desk, task, draw, operator, check)
    check.status = CheckState.REPLACED
    made = assign(
        desk, task, operator, team,
        draw_id=draw.id, stratum=check.stratum, rank=rank, ticket=ticket, replaces_id=check.id, why_replaced=why,
    )  # fmt: skip
    said = {"original": check.unit_name, "stand_in": operator.operator_name, "ticket": ticket}
    _note(desk, check, ReplacementKind.OBJECT, **said, why=why, approver=approver)
    desk.notes.append(f"“{operator.operator_name}”（第 {rank} 名）顶替“{check.unit_name}”，检查人员：{made.inspectors}")
    return made


def _next_object(desk: Desk, draw: InspectionDraw, check: InspectionCheck) -> tuple[Operator, str, int]:
    """The next of the sealed list in the order of the tickets. Raises UserError when the stratum is used up."""
    content = commitment_kept(desk, draw)
    stratum = next(n for n, one in enumerate(content["strata"]) if one["name"] == check.stratum)
    mine = [one["id"] for one in content["pool"] if one["stratum"] == stratum]
    known = operators_by_identifier(desk, mine)
    taken = set(desk.session.scalars(select(InspectionCheck.operator_id).where(InspectionCheck.draw_id == draw.id)))
    for rank, ticket in enumerate(order(mine, seed_of(draw)), 1):
        operator = desk.get(Operator, known[ticket.id])
        if operator.id in taken:
            continue
        if operator.voided or operator.operating_status is not OperatingStatus.OPEN:
            desk.notes.append(f"第 {rank} 名“{operator.operator_name}”现为{operator.operating_status.label}，顺延")
            continue
        return operator, ticket.number, rank
    raise UserError(f"没有替换：分层“{check.stratum}”的名单已经用完，没有下一张票。请办“取消检查”，或另立任务补抽")


def _team_for(
    desk: Desk, task: InspectionTask, draw: InspectionDraw, operator: Operator, check: InspectionCheck
) -> list[Staff]:
    """The same inspectors where they may go there; who may not is replaced by the next in the drawn order."""
    roster = roster_of(desk, task, items_of(desk, task.items))
    if said := shortage(roster, operator, task.per_object):
        raise UserError(f"没有替换：{said}")
    admissible = {one.id: one for one in roster.admissible(operator)}
    kept = [admissible[one.id] for one in team_of(desk, check) if one.id in admissible]
    keys = calling_order(seed_of(draw), identifier_of(operator), list(roster.by_key))
    others = [roster.by_key[key] for key in keys]
    return [*kept, *(one for one in others if one.id in admissible and one not in kept)][: task.per_object]


def inspector_blocks(_desk: Desk, check: InspectionCheck) -> Iterator[str]:
    if check.lead_id is None:
        yield "还没有检查人员，请办“指派检查人员”"


@operation("更换检查人员", on=(InspectionCheck,), by=CHANGERS, when=BEFORE, blocks=inspector_blocks, many=False)
def replace_inspector(
    desk: Desk,
    check: InspectionCheck,
    *,
    leaving: Annotated[int, param("换下的人员", kind=Reference("staff"))],
    why: Why,
    approver: Approver,
) -> str:
    """The next inspector in the drawn order stands in for one who is ill, away or recused."""
    task, operator = desk.get(InspectionTask, check.task_id), desk.get(Operator, check.operator_id)
    team = team_of(desk, check)
    gone = desk.get(Staff, leaving)
    if gone not in team:
        raise UserError(f"没有更换：{gone.name}不是这次检查的人员（{check.inspectors}），请核对")
    roster = roster_of(desk, task, items_of(desk, task.items))
    draw = desk.get(InspectionDraw, check.draw_id) if check.draw_id is not None else None
    seed = seed_of(draw) if draw is not None else check.check_no
    barred = roster.bars(operator)
    keys = calling_order(seed, identifier_of(operator), list(roster.by_key))
    waiting = [roster.by_key[key] for key in keys if key not in barred]
    stand_in = next((one for one in waiting if one not in team), None)
    if stand_in is None:
        without = "；".join(bar.said for bar in (*barred.values(), *(bar for _, bar in roster.unfit)))
        raise UserError(f"没有更换：没有别的人可派{'：' + without if without else ''}。请先在“人员”里登记其他持证人员")
    set_team(check, [stand_in if one is gone else one for one in team])
    said = {"original": gone.name, "stand_in": stand_in.name, "why": why, "approver": approver}
    _note(desk, check, ReplacementKind.INSPECTOR, **said)
    desk.notes.append(f"{stand_in.name}顶替{gone.name}")
    return stand_in.name


def _note(desk: Desk, check: InspectionCheck, kind: ReplacementKind, **said: str | None) -> None:
    """Keep who was replaced by whom, why, and who approved it."""
    desk.add(
        Replacement(check_id=check.id, kind=kind, replaced_on=desk.today, done_by=desk.clerk.name, **said),
    )


def team_blocks(_desk: Desk, check: InspectionCheck) -> Iterator[str]:
    """The team of a draw is drawn, not named."""
    if check.draw_kind is DrawKind.RANDOM:
        yield "随机抽查的人员由抽取确定；有变化请办“更换检查人员”"


@operation("指派检查人员", on=(InspectionCheck,), by=CHANGERS, when=BEFORE, blocks=team_blocks)
def name_team(
    desk: Desk,
    check: InspectionCheck,
    *,
    lead: Annotated[int, param("主办人员", kind=Reference("staff"))],
    second: Annotated[int, param("协办人员", kind=Reference("staff"))],
) -> None:
    """Name the two who go to a firm that was itself named."""
    task, operator = desk.get(InspectionTask, check.task_id), desk.get(Operator, check.operator_id)
    team: Sequence[Staff] = [desk.get(Staff, one) for one in (lead, second)]
    refuse_unfit_team(desk, task, operator, team)
    set_team(check, team)


@operation(
    "取消检查", on=(InspectionCheck,), by=CHANGERS, when=BEFORE, to=CheckState.CANCELLED, danger=True, many=False
)
def cancel_check(desk: Desk, check: InspectionCheck, *, why: Why, approver: Approver) -> None:  # noqa: ARG001
    """Do not inspect after all; it stays on record, and in the figures as drawn and not inspected."""
    check.status, check.cancelled_why = CheckState.CANCELLED, why
    desk.session.flush()
    advance(desk, check.task_id)
