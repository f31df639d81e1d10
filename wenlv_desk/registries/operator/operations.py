"""What is done to operators: their name and whether they are in business change with a date and a reason."""

from datetime import date
from typing import Annotated

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.standards.names import normal_name
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

GONE = (OperatingStatus.CANCELLED, OperatingStatus.MOVED)


@operation("名称变更", on=(Operator,), many=False, evidence=True)
def rename(
    desk: Desk,
    operator: Operator,
    *,
    new_name: Annotated[str, param("新名称", kind=Text(128))],
    renamed_on: Annotated[date, param("变更日期")],
    path: Evidence = None,
    reason: Annotated[str | None, param("原因", kind=Text(255))] = None,  # noqa: ARG001
) -> None:
    """Give the operator its new name and keep the old one among the former names; its licences keep what they say."""
    if renamed_on > desk.today:
        raise UserError(f"变更日期 {renamed_on} 晚于今天 {desk.today}，请改正；到那天再办")
    if normal_name(new_name) == normal_name(operator.operator_name):
        raise UserError(f"没有办理：新名称与现名“{operator.operator_name}”相同，请填变更后的名称")
    take_name(operator, new_name)
    keep_evidence(desk, operator, path, "名称变更")


def take_name(operator: Operator, name: str) -> None:
    """The new name, the old one added to the former names once."""
    if operator.operator_name == name:
        return
    former = [part for part in (operator.former_names or "").split("、") if part and part != name]
    if operator.operator_name not in former:
        former.append(operator.operator_name)
    operator.former_names, operator.operator_name = "、".join(former), name


@operation("经营状态变更", on=(Operator,))
def change_status(
    desk: Desk,
    operator: Operator,
    *,
    operating_status: Annotated[OperatingStatus, param("新经营状态")],
    changed_on: Annotated[date, param("变更日期")],
    reason: Annotated[str, param("原因", kind=Text(255))],
) -> None:
    """Close, rest, move away or open again; who is gone for good leaves the supervised list with date and reason."""
    if changed_on > desk.today:
        raise UserError(f"变更日期 {changed_on} 晚于今天 {desk.today}，请改正；到那天再办")
    if operator.operating_status is operating_status:
        raise UserError(f"没有办理：“{operator.operator_name}”的经营状态已经是“{operating_status.label}”")
    operator.operating_status = operating_status
    gone = operating_status in GONE
    operator.delisted_on, operator.delist_reason = (changed_on, reason) if gone else (None, None)
    if operating_status is OperatingStatus.OPEN and operator.listed_on is None:
        operator.listed_on = changed_on
