"""An order to put something right (责令限期整改), whatever found it: its number, its first deadline, the firm as it was (domain 4.11)."""

from datetime import date
from typing import Any

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.grid.answering import answering
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.rectification.deadlines import Limit, counted_limit, set_deadline
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.rectification.vocabulary import DeadlineCause, HazardKind, Level, Source
from wenlv_desk.store.desk import Desk

# Who may give an order: a grid officer without a certificate may not (国办发〔2024〕54号).
ORDERERS = (Role.INSPECTOR, Role.REVIEWER, Role.HEAD)
USUAL_DAYS = 15


def order(  # noqa: PLR0913 - what an order says
    desk: Desk,
    operator: Operator,
    *,
    source: Source,
    problem: str,
    requirement: str,
    hazard_kind: HazardKind,
    days: int | None = None,
    due_on: date | None = None,
    level: Level = Level.ORDINARY,
    legal_basis: str | None = None,
    responsible: str | None = None,
    issued_by: str | None = None,
    **found_in: Any,
) -> Rectification:
    """Give an order to an operator; `found_in` names what found it (check_id, patrol_id, case_id, campaign_id, source_note)."""
    limit = _limit(desk, days, due_on)
    number = desk.next_number("rectification")
    one = Rectification(
        rectification_no=f"ZG-{desk.today.year}-{number:04d}",
        rectification_year=desk.today.year,
        source=source,
        operator_id=operator.id,
        unit_name=operator.operator_name,
        legal_representative=operator.legal_representative,
        contact_phone=operator.phone,
        premises=operator.address,
        township=operator.township,
        officer_id=answering(desk, operator.id).officer_id,
        problem=problem,
        requirement=requirement,
        hazard_kind=hazard_kind,
        level=level,
        legal_basis=legal_basis,
        responsible_person=responsible or operator.person_in_charge or operator.legal_representative,
        issued_on=desk.today,
        issued_by=issued_by or desk.clerk.name,
        days=limit.days,
        in_working_days=limit.working,
        first_due_on=limit.day,
        due_on=limit.day,
        in_time_until=limit.day,
        **found_in,
    )
    desk.add(one)
    set_deadline(desk, one, limit, DeadlineCause.FIRST, "首次下达")
    desk.notes.append(f"整改期限到 {limit.day}（{limit.how}）。请出具“责令限期整改通知书”并送达")
    return one


def _limit(desk: Desk, days: int | None, due_on: date | None) -> Limit:
    if days is not None and due_on is not None:
        raise UserError("没有下达：整改天数和整改期限只填一项，请清空一项")
    if due_on is None:
        return counted_limit(desk, days if days is not None else USUAL_DAYS)
    if due_on < desk.today:
        raise UserError(f"没有下达：整改期限 {due_on} 早于今天 {desk.today}，请改正")
    return Limit(due_on, f"写明到 {due_on}")
