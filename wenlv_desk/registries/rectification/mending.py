"""送达、提醒、报整改、延期、移交、销号: an order from the day it was given to its end; overdue is never hidden (domain 4.11)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.inspection.planning import always, refuse_future
from wenlv_desk.registries.rectification.deadlines import Limit, set_deadline
from wenlv_desk.registries.rectification.ordering import ORDERERS
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.rectification.vocabulary import RUNNING, DeadlineCause, RectificationState
from wenlv_desk.registries.review.vocabulary import DeliveryWay
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

State = RectificationState
NOTERS = (Role.CLERK, *ORDERERS)  # who notes down what happened


def since(desk: Desk, one: Rectification, label: str, day: date) -> date:
    """The day, where it lies between the order and today. UserError where it does not."""
    refuse_future(desk, label, day)
    if day < one.issued_on:
        raise UserError(f"没有办理：{label} {day} 早于下达日期 {one.issued_on}，请改正")
    return day


def refuse_past(desk: Desk, due_on: date) -> None:
    """A deadline that is set anew lies ahead."""
    if due_on <= desk.today:
        raise UserError(f"没有办理：再限期至 {due_on} 须晚于今天 {desk.today}，请改正")


@operation("登记送达", on=(Rectification,), by=NOTERS, when=RUNNING, evidence=True)
def serve(
    desk: Desk,
    one: Rectification,
    *,
    service_method: Annotated[DeliveryWay, param("送达方式")] = DeliveryWay.DIRECT,
    served_on: Annotated[date | None, param("送达日期", help="不填为今天")] = None,
    receiver: Annotated[str | None, param("签收人", kind=Text(64))] = None,
    path: Evidence = None,
) -> None:
    """Note how the order reached the firm."""
    one.served_on = since(desk, one, "送达日期", served_on or desk.today)
    if service_method is DeliveryWay.DIRECT and not receiver:
        raise UserError("没有办理：直接送达要有签收人，请填签收人；拒收的选“留置送达”")
    one.service_method, one.receiver = service_method, receiver
    keep_evidence(desk, one, path, "送达回证")


@operation("提醒", on=(Rectification,), by=NOTERS, when=RUNNING)
def remind(
    desk: Desk,
    one: Rectification,
    *,
    note: Annotated[str | None, param("提醒情况", kind=Text(255), help="如：电话通知到负责人")] = None,  # noqa: ARG001
) -> None:
    """Note that the firm was reminded; the journal keeps how."""
    one.reminded_on = desk.today


@operation(
    "企业报整改",
    on=(Rectification,),
    by=NOTERS,
    when=(State.OPEN, State.UNQUALIFIED),
    to=State.SUBMITTED,
    evidence=True,
    due=always,
)
def submit(
    desk: Desk,
    one: Rectification,
    *,
    progress: Annotated[str, param("整改情况", kind=Text(2000, block=True))],
    submitted_on: Annotated[date | None, param("企业报告日期", help="不填为今天")] = None,
    path: Evidence = None,
) -> None:
    """The firm says that it was put right."""
    one.submitted_on = since(desk, one, "企业报告日期", submitted_on or desk.today)
    one.status, one.progress = State.SUBMITTED, progress
    keep_evidence(desk, one, path, "整改报告")


@operation("延期", on=(Rectification,), by=ORDERERS, when=RUNNING, evidence=True)
def extend(
    desk: Desk,
    one: Rectification,
    *,
    due_on: Annotated[date, param("延期至")],
    why: Annotated[str, param("延期理由", kind=Text(255))],
    approver: Annotated[str, param("批准的负责人", kind=Text(64))],
    path: Evidence = None,
) -> None:
    """A later deadline, with who approved it; every earlier one is kept."""
    if due_on <= max(one.due_on, desk.today):
        raise UserError(f"没有办理：延期至 {due_on} 须晚于现在的期限 {one.due_on} 和今天 {desk.today}，请改正")
    one.extensions += 1
    set_deadline(desk, one, Limit(due_on, f"批准延到 {due_on}"), DeadlineCause.EXTENDED, why, approver=approver)
    if one.in_time_until < desk.today:
        desk.notes.append(f"按期完成的截止 {one.in_time_until} 已过才批准延期，统计仍算逾期")
    keep_evidence(desk, one, path, "延期审批")


@operation(
    "移交", on=(Rectification,), by=(Role.REVIEWER, Role.HEAD), when=RUNNING, to=State.TRANSFERRED, evidence=True
)
def transfer(
    desk: Desk,
    one: Rectification,
    *,
    transferred_to: Annotated[str, param("移交给", kind=Text(128), help="如：综合执法大队立案处罚")],
    why: Annotated[str, param("移交理由", kind=Text(255))],  # noqa: ARG001 - the journal keeps it
    transfer_no: Annotated[str | None, param("移交文号", kind=Text(64))] = None,
    transferred_on: Annotated[date | None, param("移交日期", help="不填为今天")] = None,
    path: Evidence = None,
) -> None:
    """Hand it over for a penalty or to another department."""
    one.transferred_on = since(desk, one, "移交日期", transferred_on or desk.today)
    one.status, one.transferred_to, one.transfer_no = State.TRANSFERRED, transferred_to, transfer_no
    keep_evidence(desk, one, path, "移交材料")


@operation(
    "销号",
    on=(Rectification,),
    by=ORDERERS,
    when=(State.VERIFIED, State.TRANSFERRED),
    to=State.CLOSED,
    due=always,
)
def close_rectification(
    desk: Desk,
    one: Rectification,
    *,
    note: Annotated[str | None, param("销号说明", kind=Text(255))] = None,  # noqa: ARG001 - the journal keeps it
) -> None:
    """Cross it off the list."""
    one.status, one.closed_on, one.closed_by = State.CLOSED, desk.today, desk.clerk.name


def withdrawal_blocks(_desk: Desk, one: Rectification) -> Iterator[str]:
    """A notice that is out is taken back first."""
    if one.document_no:
        yield f"通知书 {one.document_no} 已经出具，请先在“文书档案”里作废，并告知单位"


@operation(
    "撤回责令",
    on=(Rectification,),
    by=(Role.HEAD,),
    when=RUNNING,
    blocks=withdrawal_blocks,
    danger=True,
    many=False,
)
def withdraw_order(
    desk: Desk,  # noqa: ARG001
    one: Rectification,
    *,
    reason: Annotated[str, param("撤回原因", kind=Text(255), help="如：下达给了别的单位；复议决定撤销")],  # noqa: ARG001
) -> None:
    """Take back an order that should not have been given: it leaves the lists and figures and keeps its number and its history."""
    one.voided = True
