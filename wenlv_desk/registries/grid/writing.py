"""Writing posts and assignments: each a new row from a day on, where that day has a place for it."""

from datetime import date
from typing import Annotated

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.registries.grid.answering import answering, no_place_for
from wenlv_desk.registries.grid.loads import load_notes
from wenlv_desk.registries.grid.records import Grid, GridAssignment, GridPost
from wenlv_desk.registries.grid.vocabulary import GridKind, GridState
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.staff.records import Staff, StaffStatus
from wenlv_desk.store.desk import Desk

KEEPERS = (Role.SAFETY,)
SCENIC = "A_SCENIC"
CLOSED = (
    OperatingStatus.RESTING,
    OperatingStatus.CANCELLED,
    OperatingStatus.MOVED,
    OperatingStatus.LOST,
)  # 停业 may end

From = Annotated[date | None, param("生效日期", help="不填为今天")]
Reason = Annotated[str, param("调整原因", kind=Text(255), help="如：人员调岗")]
Document = Annotated[str | None, param("依据文号", kind=Text(64))]
Approver = Annotated[str | None, param("批准人", kind=Text(64))]


def on_duty(desk: Desk, staff_id: int | None, as_what: str) -> Staff | None:
    """Somebody who is at work; UserError where he is not."""
    if staff_id is None:
        return None
    person = desk.get(Staff, staff_id)
    if person.voided or person.status is not StaffStatus.ON_DUTY:
        state = "已移出台账" if person.voided else person.status.label
        raise UserError(f"没有办理：{person.name}{state}，不能任{as_what}，请另选在岗的人")
    return person


def write_post(desk: Desk, grid: Grid, head: int | None, officer: int | None, day: date, **basis: str | None) -> None:
    """Put head and officer of a grid in from a day on; UserError where that day has no place for it."""
    row = GridPost(grid_id=grid.id, head_id=head, officer_id=officer, valid_from=day, **basis)
    if why := no_place_for(desk, row):
        raise UserError(f"没有办理：“{grid.grid_name}”在 {why}")
    desk.add(row)


def write_assignment(desk: Desk, operator: Operator, grid: Grid | None, day: date, **basis: str | None) -> None:
    """Put a firm into a grid (or out of any) from a day on; UserError where that day has no place for it."""
    row = GridAssignment(operator_id=operator.id, grid_id=grid.id if grid else None, valid_from=day, **basis)
    if why := no_place_for(desk, row):
        raise UserError(f"没有办理：“{operator.operator_name}”在 {why}")
    desk.add(row)


def into(desk: Desk, operator: Operator, grid: Grid, day: date, **basis: str | None) -> None:
    """A firm into a grid: one that is in use, and other than the one it is in; with a word on what stands out then."""
    put_in(desk, operator, grid, day, **basis)
    desk.notes.extend(load_notes(desk, grid, day))


def put_in(desk: Desk, operator: Operator, grid: Grid, day: date, **basis: str | None) -> None:
    """The same without a word on the load, for who puts several in."""
    name, state = operator.operator_name, operator.operating_status
    if grid.status is not GridState.ACTIVE or grid.voided:
        raise UserError(f"没有办理：网格“{grid.grid_name}”已撤销，请另选在用的网格")
    if operator.voided:
        raise UserError(f"没有办理：“{name}”已移出台账，请另选，或先“恢复到台账”")
    if state in CLOSED and day >= desk.today:
        raise UserError(f"没有办理：“{name}”已{state.label}，不再归入网格。重新营业的，请先办“经营状态变更”")
    if answering(desk, operator.id, day).grid_id == grid.id:
        raise UserError(f"没有办理：“{name}”从 {day} 起本来就在“{grid.grid_name}”里")
    write_assignment(desk, operator, grid, day, **basis)
    if state is not OperatingStatus.OPEN:
        desk.notes.append(
            f"请注意：“{name}”现为{state.label}，不计入负荷{'，请再办“撤出网格”' if state in CLOSED else ''}"
        )
    if SCENIC in (operator.categories or ()) and grid.grid_kind is not GridKind.EXCLUSIVE:
        desk.notes.append(f"请注意：“{name}”是A级景区，一般由分管领导的专属网格包保")
