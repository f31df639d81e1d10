"""复查: whether it was put right, looked at by two who may, with a new deadline where it was not (domain 4.11)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.rectification.deadlines import Limit, set_deadline
from wenlv_desk.registries.rectification.mending import refuse_past, since
from wenlv_desk.registries.rectification.ordering import ORDERERS
from wenlv_desk.registries.rectification.rectification import Recheck, Rectification
from wenlv_desk.registries.rectification.vocabulary import (
    RUNNING,
    DeadlineCause,
    RecheckResult,
    RectificationState,
    Source,
)
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.registries.staff.records import Staff, StaffStatus
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

State = RectificationState
TWO = 2
OF_INSPECTIONS = (Source.RANDOM, Source.DIRECTED)
By = Annotated[str, param("复查人员", kind=Text(128), help="检查引起的须两名持证人员，用“、”隔开")]
Seen = Annotated[str, param("复查情况", kind=Text(1000, block=True))]
On = Annotated[date | None, param("复查日期", help="不填为今天")]


def _as_before(_desk: Desk, one: Rectification) -> Mapping[str, Any]:
    return {"recheck_by": one.issued_by} if one.source in OF_INSPECTIONS else {}


def _reported(_desk: Desk, one: Rectification) -> bool:
    """Whether the firm has said that it is done."""
    return one.status is State.SUBMITTED


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
    refuse_past(desk, due_on)
    _look(desk, one, recheck_by, RecheckResult.UNQUALIFIED, note, rechecked_on)
    one.status = State.UNQUALIFIED
    set_deadline(desk, one, Limit(due_on, f"复查不合格，再限期到 {due_on}"), DeadlineCause.AGAIN, note)
    keep_evidence(desk, one, path, "复查记录")


def _look(desk: Desk, one: Rectification, by: str, result: RecheckResult, note: str, on: date | None) -> date:
    """Keep a re-check; the day it was done."""
    day = since(desk, one, "复查日期", on or desk.today)
    people = recheckers(desk, one, by, day)
    keep_opinion(desk, one)
    one.rechecked_on, one.recheck_by, one.recheck_result, one.recheck_note = day, people, result, note
    desk.add(Recheck(rectification_id=one.id, rechecked_on=day, recheck_by=people, result=result, note=note))
    return day


def keep_opinion(desk: Desk, one: Rectification) -> None:
    """The number of the opinion that was issued goes with the re-check it was about, so that the next one has its own."""
    mine = select(Recheck).where(Recheck.rectification_id == one.id).order_by(Recheck.id.desc())
    if one.opinion_no and (last := desk.session.scalars(mine).first()) is not None:
        last.opinion_no = one.opinion_no
    one.opinion_no = None


def recheckers(desk: Desk, one: Rectification, said: str, day: date) -> str:
    """The names of those who re-check. UserError where two certificate holders are asked for and the names are none."""
    names = list(dict.fromkeys(part.strip() for part in said.replace("，", "、").split("、") if part.strip()))
    if one.source not in OF_INSPECTIONS or not setting_of(desk, "recheck_by_two"):
        return "、".join(names)
    if len(names) < TWO:
        raise UserError(f"没有办理：检查引起的整改须两名执法人员复查（行政处罚法第四十二条），现在只有“{said}”")
    holders = select(Staff).where(Staff.name.in_(names), ~Staff.voided)
    fit = {person.name for person in desk.session.scalars(holders) if _may(person, day)}
    if unfit := [name for name in names if name not in fit]:
        raise UserError(f"没有办理：{'、'.join(unfit)}不是在岗且执法证有效的执法人员，请核对姓名或改派")
    return "、".join(names)


def _may(person: Staff, day: date) -> bool:
    """Whether somebody holds a certificate that is valid on that day, and is there to go."""
    valid = person.cert_valid_to is None or person.cert_valid_to >= day
    there = person.status is StaffStatus.ON_DUTY and not person.is_expert
    return bool(person.enforcement_cert_no) and valid and there


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
    """Take it up again: it came back, or was closed by mistake. It gets a new deadline; what the re-checks found is kept with them."""
    refuse_past(desk, due_on)
    keep_opinion(desk, one)
    one.status = State.UNQUALIFIED
    one.done_on = one.closed_on = one.closed_by = one.transferred_on = one.transferred_to = one.transfer_no = None
    one.rechecked_on = one.recheck_by = one.recheck_result = one.recheck_note = None
    limit = Limit(due_on, f"重新限期到 {due_on}")
    set_deadline(desk, one, limit, DeadlineCause.AGAIN, why, approver=desk.clerk.name)
