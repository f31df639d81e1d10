"""巡查登记: what a grid officer writes down after a visit; no finding of it is an administrative act (国办发〔2024〕54号)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Many, Reference, Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.grid.answering import answering
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.patrol.records import Patrol, PatrolAction, PatrolKind, PatrolPoint, PatrolResult
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.staff.records import Staff, StaffStatus
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

PATROLLERS = (Role.GRID, Role.SAFETY)
__all__ = ["patrol", "correct_patrol", "void_patrol"]  # noqa: RUF022 - of the buttons


def as_usual(desk: Desk, operator: Operator) -> Mapping[str, Any]:
    """The firm's own grid officer where on duty, else whoever is at the desk; now."""
    there = select(Staff).where(~Staff.voided, Staff.status == StaffStatus.ON_DUTY).order_by(Staff.id)
    staff = desk.session.scalars(there).all()
    answering_one = answering(desk, operator.id).officer_id
    own = (one.id for one in staff if one.id == answering_one)
    officer = next(own, None) or next((one.id for one in staff if one.name == desk.clerk.name), None)
    return {"visited_at": desk.now.replace(second=0, microsecond=0)} | ({"officer": officer} if officer else {})


@operation("巡查登记", on=(Operator,), by=PATROLLERS, suggest=as_usual, many=False, evidence=True, undoable=False)
def patrol(  # noqa: PLR0913 - one argument a box of the form
    desk: Desk,
    operator: Operator,
    *,
    officer: Annotated[int, param("巡查人员", kind=Reference("staff"))],
    visited_at: Annotated[datetime, param("巡查时间", help="如 2026-12-01 19:30")],
    companion: Annotated[int | None, param("同行人员", kind=Reference("staff"))] = None,
    looked_at: Annotated[tuple[str, ...] | None, param("查看项目", kind=Many(PatrolPoint))] = None,
    seen: Annotated[str, param("巡查情况", kind=Text(2000, block=True))],
    kind: Annotated[PatrolKind, param("类别")] = PatrolKind.PATROL,
    result: Annotated[PatrolResult, param("结果")] = PatrolResult.FINE,
    action: Annotated[PatrolAction, param("处理", help="隐患当场整改，或上报由执法人员处理")] = PatrolAction.NONE,
    signer_name: Annotated[str | None, param("单位签字人", kind=Text(64))] = None,
    path: Evidence = None,
) -> Patrol:
    """Write down a visit. A hazard was mended on the spot or is reported; an officer orders and punishes nothing."""
    _refuse_absent(desk, officer, "巡查人员")
    if companion is not None:
        _refuse_absent(desk, companion, "同行人员")
    if companion == officer:
        raise UserError("没有登记：同行人员就是巡查人员本人，请另选，或不填")
    if visited_at > desk.now:
        raise UserError(f"没有登记：巡查时间 {visited_at:%Y-%m-%d %H:%M} 还没有到，请改正")
    refuse_unanswered(result, action)
    number = desk.next_numbers("patrol", 1, visited_at.year)[0]
    made = Patrol(
        patrol_no=f"XC-{visited_at.year}-{number:04d}",
        operator_id=operator.id,
        unit_name=operator.operator_name,
        officer_id=officer,
        companion_id=companion,
        grid_code=_grid_code(desk, operator, visited_at),
        looked_at=looked_at,
        kind=kind,
        visited_at=visited_at,
        seen=seen,
        result=result,
        action=action,
        signer_name=signer_name,
        recorded_by=desk.clerk.name,
    )
    desk.add(made)
    keep_evidence(desk, made, path, "巡查照片")
    return made


def _refuse_absent(desk: Desk, staff_id: int, as_what: str) -> None:
    """Somebody who is away or off the lists was not there."""
    person = desk.get(Staff, staff_id)
    if person.voided or person.status is not StaffStatus.ON_DUTY:
        raise UserError(
            f"没有登记：{person.name}{'已移出台账' if person.voided else person.status.label}，请核对{as_what}"
        )


def _grid_code(desk: Desk, operator: Operator, at: datetime) -> str | None:
    """The grid the firm stood in on the day of the visit."""
    grid = answering(desk, operator.id, at.date()).grid_id
    return desk.get(Grid, grid).grid_code if grid else None


def refuse_unanswered(result: PatrolResult, action: PatrolAction) -> None:
    """A hazard is never left as it was; a major one is always reported."""
    if result is not PatrolResult.FINE and action is PatrolAction.NONE:
        raise UserError(f"没有登记：结果是“{result.label}”，请选处理：当场整改或上报")
    if result is PatrolResult.MAJOR and action is not PatrolAction.REPORTED:
        raise UserError("没有登记：重大隐患必须上报，请把处理改为“上报”")


def as_it_was(_desk: Desk, one: Patrol) -> Mapping[str, Any]:
    return {"seen": one.seen, "result": one.result, "action": one.action}


@operation("更正", on=(Patrol,), by=(Role.SAFETY,), suggest=as_it_was, many=False)
def correct_patrol(
    desk: Desk,  # noqa: ARG001
    one: Patrol,
    *,
    seen: Annotated[str, param("巡查情况", kind=Text(2000, block=True))],
    result: Annotated[PatrolResult, param("结果")],
    action: Annotated[PatrolAction, param("处理")],
    reason: Annotated[str, param("更正原因", kind=Text(255))],  # noqa: ARG001 - the journal keeps it
) -> None:
    """Mend what was written down wrongly; the journal keeps what stood there, and why."""
    refuse_unanswered(result, action)
    one.seen, one.result, one.action = seen, result, action


def ordered_blocks(desk: Desk, one: Patrol) -> Iterator[str]:
    """An order that rests on the visit."""
    mine = select(Rectification.rectification_no).where(Rectification.patrol_id == one.id, ~Rectification.voided)
    if numbers := list(desk.session.scalars(mine.order_by(Rectification.id))):
        yield f"已据此下达整改 {'、'.join(numbers)}，请先撤回"


@operation("移出台账", on=(Patrol,), by=(Role.SAFETY,), blocks=ordered_blocks, danger=True, many=False)
def void_patrol(
    desk: Desk,  # noqa: ARG001
    one: Patrol,
    *,
    reason: Annotated[str, param("移出原因", kind=Text(255), help="如：记到了别的单位")],  # noqa: ARG001 - the journal keeps it
) -> None:
    """Take a visit that was written down wrongly off the lists; it keeps its number, and undoing brings it back."""
    one.voided = True
