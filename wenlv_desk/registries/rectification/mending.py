"""送达、提醒、报整改、延期、复查、移交、销号: an order from the day it was given to its end; overdue is never hidden (domain 4.11)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.inspection.planning import always, refuse_future
from wenlv_desk.registries.rectification.deadlines import set_deadline
from wenlv_desk.registries.rectification.ordering import ORDERERS
from wenlv_desk.registries.rectification.rectification import Recheck, Rectification
from wenlv_desk.registries.rectification.vocabulary import (
    RUNNING,
    DeadlineCause,
    RecheckResult,
    RectificationState,
    Source,
)
from wenlv_desk.registries.review.vocabulary import DeliveryWay
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.registries.staff.records import Staff, StaffStatus
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

State = RectificationState
TWO = 2
OF_INSPECTIONS = (Source.RANDOM, Source.DIRECTED)


def _since(desk: Desk, one: Rectification, label: str, day: date) -> date:
    refuse_future(desk, label, day)
    if day < one.issued_on:
        raise UserError(f"没有办理：{label} {day} 早于下达日期 {one.issued_on}，请改正")
    return day


@operation("登记送达", on=(Rectification,), when=RUNNING, evidence=True)
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
    one.served_on = _since(desk, one, "送达日期", served_on or desk.today)
    if service_method is DeliveryWay.DIRECT and not receiver:
        raise UserError("没有办理：直接送达要有签收人，请填签收人；拒收的选“留置送达”")
    one.service_method, one.receiver = service_method, receiver
    keep_evidence(desk, one, path, "送达回证")


@operation("提醒", on=(Rectification,), when=RUNNING)
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
    one.submitted_on = _since(desk, one, "企业报告日期", submitted_on or desk.today)
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
    set_deadline(desk, one, due_on, DeadlineCause.EXTENDED, why, approver=approver, how=f"批准延到 {due_on}")
    keep_evidence(desk, one, path, "延期审批")


def _as_before(_desk: Desk, one: Rectification) -> Mapping[str, Any]:
    return {"recheck_by": one.issued_by} if one.source in OF_INSPECTIONS else {}


def _reported(_desk: Desk, one: Rectification) -> bool:
    """Whether the firm has said that it is done."""
    return one.status is State.SUBMITTED


By = Annotated[str, param("复查人员", kind=Text(128), help="检查引起的须两名持证人员，用“、”隔开")]
Seen = Annotated[str, param("复查情况", kind=Text(1000, block=True))]
On = Annotated[date | None, param("复查日期", help="不填为今天")]


@operation(
    "复查合格",
    on=(Rectification,),
    by=ORDERERS,
    when=RUNNING,
    to=State.VERIFIED,
    due=_reported,
    suggest=_as_before,
    evidence=True,
)
def pass_recheck(
    desk: Desk, one: Rectification, *, recheck_by: By, note: Seen, rechecked_on: On = None, path: Evidence = None
) -> None:
    """It was put right: done on the day of the re-check."""
    one.done_on = _look(desk, one, recheck_by, RecheckResult.QUALIFIED, note, rechecked_on)
    one.status = State.VERIFIED
    keep_evidence(desk, one, path, "复查记录")


@operation(
    "复查不合格",
    on=(Rectification,),
    by=ORDERERS,
    when=RUNNING,
    to=State.UNQUALIFIED,
    suggest=_as_before,
    evidence=True,
)
def fail_recheck(
    desk: Desk,
    one: Rectification,
    *,
    recheck_by: By,
    note: Seen,
    due_on: Annotated[date, param("再限期至", help="拒不整改的，随后办“移交”")],
    rechecked_on: On = None,
    path: Evidence = None,
) -> None:
    """It was not: a new deadline is set, the earlier ones are kept."""
    if due_on <= desk.today:
        raise UserError(f"没有办理：再限期至 {due_on} 须晚于今天 {desk.today}，请改正")
    _look(desk, one, recheck_by, RecheckResult.UNQUALIFIED, note, rechecked_on)
    one.status = State.UNQUALIFIED
    set_deadline(desk, one, due_on, DeadlineCause.AGAIN, note[:255], how=f"复查不合格，再限期到 {due_on}")
    keep_evidence(desk, one, path, "复查记录")


def _look(desk: Desk, one: Rectification, by: str, result: RecheckResult, note: str, on: date | None) -> date:
    """Keep a re-check; the day it was done."""
    day = _since(desk, one, "复查日期", on or desk.today)
    people = recheckers(desk, one, by, day)
    one.rechecked_on, one.recheck_by, one.recheck_result, one.recheck_note = day, people, result, note
    one.opinion_no = None
    desk.add(Recheck(rectification_id=one.id, rechecked_on=day, recheck_by=people, result=result, note=note))
    return day


def recheckers(desk: Desk, one: Rectification, said: str, day: date) -> str:
    """The names of those who re-check. UserError where two certificate holders are asked for and the names are none."""
    names = list(dict.fromkeys(part.strip() for part in said.replace("，", "、").split("、") if part.strip()))
    if one.source not in OF_INSPECTIONS or not setting_of(desk, "recheck_by_two"):
        return "、".join(names)
    if len(names) < TWO:
        raise UserError(f"没有办理：检查引起的整改须两名执法人员复查（行政处罚法第四十二条），现在只有“{said}”")
    holders = select(Staff).where(Staff.name.in_(names), ~Staff.voided)
    fit = {
        person.name
        for person in desk.session.scalars(holders)
        if person.enforcement_cert_no
        and person.status is StaffStatus.ON_DUTY
        and not person.is_expert
        and (person.cert_valid_to is None or person.cert_valid_to >= day)
    }
    if unfit := [name for name in names if name not in fit]:
        raise UserError(f"没有办理：{'、'.join(unfit)}不是在岗且执法证有效的执法人员，请核对姓名或改派")
    return "、".join(names)


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
    one.transferred_on = _since(desk, one, "移交日期", transferred_on or desk.today)
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


@operation(
    "重新整改",
    on=(Rectification,),
    by=(Role.HEAD,),
    when=(State.VERIFIED, State.CLOSED, State.TRANSFERRED),
    to=State.UNQUALIFIED,
)
def reopen_rectification(
    desk: Desk,
    one: Rectification,
    *,
    why: Annotated[str, param("重新整改理由", kind=Text(255))],
    due_on: Annotated[date, param("再限期至")],
) -> None:
    """Take it up again: it came back, or was closed by mistake. It gets a new deadline."""
    if due_on <= desk.today:
        raise UserError(f"没有办理：再限期至 {due_on} 须晚于今天 {desk.today}，请改正")
    one.status = State.UNQUALIFIED
    one.done_on = one.closed_on = one.closed_by = one.transferred_on = one.transferred_to = one.transfer_no = None
    set_deadline(desk, one, due_on, DeadlineCause.AGAIN, why, approver=desk.clerk.name, how=f"重新限期到 {due_on}")
