"""需要重签: what has changed since a pledge was drawn up, so that it names somebody who is that no more."""

from collections.abc import Iterator

from sqlalchemy import select

from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.pledge.planning import answer_for, gone, party_of
from wenlv_desk.registries.pledge.records import Pledge, PledgeKind
from wenlv_desk.registries.pledge.vocabulary import PledgeState, WhoWithWhom
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk

RUNNING = (PledgeState.ISSUED, PledgeState.SIGNED_B, PledgeState.EFFECTIVE)


def changes_of(desk: Desk, pledge: Pledge) -> list[str]:
    """Why a pledge must be signed again, a phrase each; nothing where it still holds, or is over."""
    if pledge.status not in RUNNING or pledge.valid_to < desk.today:
        return []
    party_b = _of_officer if pledge.operator_id is None else _of_firm
    return [*party_b(desk, pledge), *_of_leader(desk, pledge)]


def _of_officer(desk: Desk, pledge: Pledge) -> Iterator[str]:
    person = desk.get(Staff, pledge.b_staff_id or 0)
    if gone(person):
        yield f"乙方{pledge.party_b}已离岗"
    elif person.name != pledge.party_b:
        yield f"乙方姓名由“{pledge.party_b}”变更为“{person.name}”"


def _of_firm(desk: Desk, pledge: Pledge) -> Iterator[str]:
    firm = desk.get(Operator, pledge.operator_id or 0)
    if firm.operator_name != pledge.party_b:
        yield f"名称由“{pledge.party_b}”变更为“{firm.operator_name}”"
    if pledge.b_signatory not in (firm.person_in_charge, firm.legal_representative):
        now = firm.person_in_charge or firm.legal_representative or "（未登记）"
        yield f"负责人由{pledge.b_signatory}变更为{now}"


def _of_leader(desk: Desk, pledge: Pledge) -> Iterator[str]:
    if pledge.a_signer_id is None:
        return
    signer = desk.get(Staff, pledge.a_signer_id)
    if gone(signer):
        yield f"甲方签字人{signer.name}已离岗"
    head = answer_for(desk, party_of(pledge)).head_id if signed_by_head(desk, pledge) else None
    if head is not None and head != pledge.a_signer_id:
        yield f"包保领导由{signer.name}调整为{desk.get(Staff, head).name}"


def signed_by_head(desk: Desk, pledge: Pledge) -> bool:
    """Whether it was the head of the grid who signs for the bureau, and not somebody chosen."""
    scenic = desk.get(PledgeKind, pledge.kind_id).parties is WhoWithWhom.LEADER_SCENIC
    return scenic or pledge.head_name == pledge.a_signatory


def to_sign_again(desk: Desk) -> list[tuple[Pledge, list[str]]]:
    """Every pledge that names somebody who is that no more, with why."""
    running = select(Pledge).where(Pledge.status.in_(RUNNING), Pledge.valid_to >= desk.today, ~Pledge.voided)
    found = ((one, changes_of(desk, one)) for one in desk.session.scalars(running.order_by(Pledge.pledge_no)))
    return [(one, why) for one, why in found if why]
