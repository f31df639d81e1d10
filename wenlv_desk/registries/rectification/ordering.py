"""责令整改: an order to put something right, from whatever found it (domain 4.11)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.vocabulary import CheckState, Disposal, DrawKind
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.patrol.records import Patrol, PatrolResult
from wenlv_desk.registries.rectification.deadlines import deadline_after, set_deadline
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.rectification.vocabulary import DeadlineCause, HazardKind, Level, Source
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.vocabulary import CaseState
from wenlv_desk.registries.special.records import SelfCheck, SelfCheckState
from wenlv_desk.store.desk import Desk

# Who may give an order: a grid officer without a certificate may not (国办发〔2024〕54号).
ORDERERS = (Role.INSPECTOR, Role.REVIEWER, Role.HEAD)
USUAL_DAYS = 15

Problem = Annotated[str, param("问题", kind=Text(2000, block=True), help="违法事实或隐患，一行一条")]
Requirement = Annotated[str, param("整改要求", kind=Text(2000, block=True))]
Hazard = Annotated[HazardKind, param("问题类别")]
Days = Annotated[int | None, param("整改天数", help="自下达次日起；与整改期限填一项")]
DueOn = Annotated[date | None, param("整改期限", help="直接写到哪天；都不填按 15 天")]
Basis = Annotated[str | None, param("依据", kind=Text(500))]
HowBad = Annotated[Level, param("问题等级")]
Responsible = Annotated[str | None, param("企业整改责任人", kind=Text(64))]


def order(  # noqa: PLR0913 - what an order says
    desk: Desk,
    operator: Operator,
    *,
    source: Source,
    problem: str,
    requirement: str,
    hazard_kind: HazardKind,
    days: int | None,
    due_on: date | None,
    level: Level = Level.ORDINARY,
    legal_basis: str | None = None,
    responsible: str | None = None,
    issued_by: str | None = None,
    **found_in: Any,
) -> Rectification:
    """Give an order to an operator; `found_in` names what found it (check_id, patrol_id, case_id, campaign_id, source_note)."""
    due, how = _due(desk, days, due_on)
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
        officer_id=operator.grid_officer_id,
        problem=problem,
        requirement=requirement,
        hazard_kind=hazard_kind,
        level=level,
        legal_basis=legal_basis,
        responsible_person=responsible or operator.person_in_charge or operator.legal_representative,
        issued_on=desk.today,
        issued_by=issued_by or desk.clerk.name,
        first_due_on=due,
        due_on=due,
        **found_in,
    )
    desk.add(one)
    set_deadline(desk, one, due, DeadlineCause.FIRST, "首次下达", how=how)
    desk.notes.append(f"整改期限到 {due}（{how}）。请出具“责令限期整改通知书”并送达")
    return one


def _due(desk: Desk, days: int | None, due_on: date | None) -> tuple[date, str]:
    if days is not None and due_on is not None:
        raise UserError("没有下达：整改天数和整改期限只填一项，请清空一项")
    if due_on is None:
        day, estimated, how = deadline_after(desk, desk.today, days if days is not None else USUAL_DAYS)
        return day, how + ("（估）" if estimated else "")
    if due_on < desk.today:
        raise UserError(f"没有下达：整改期限 {due_on} 早于今天 {desk.today}，请改正")
    return due_on, f"写明到 {due_on}"


DONE = (CheckState.CHECKED, CheckState.REVIEWED, CheckState.PUBLISHED)


def of_the_check(_desk: Desk, check: InspectionCheck) -> Mapping[str, Any]:
    """What the order begins with: what was found."""
    return {"problem": check.problems} if check.problems else {}


def wanted(_desk: Desk, check: InspectionCheck) -> bool:
    """Whether the record says that an order follows, and none was given yet."""
    return check.disposal is Disposal.ORDERED and check.status is CheckState.CHECKED


@operation(
    "责令整改",
    on=(InspectionCheck,),
    by=ORDERERS,
    when=DONE,
    suggest=of_the_check,
    due=wanted,
    many=False,
    undoable=False,
)
def order_after_check(  # noqa: PLR0913 - one argument a box of the form
    desk: Desk,
    check: InspectionCheck,
    *,
    problem: Problem,
    requirement: Requirement,
    hazard_kind: Hazard,
    days: Days = None,
    due_on: DueOn = None,
    level: HowBad = Level.ORDINARY,
    legal_basis: Basis = None,
    responsible: Responsible = None,
) -> Rectification:
    """What an inspection found is to be put right."""
    return order(
        desk,
        desk.get(Operator, check.operator_id),
        source=Source.RANDOM if check.draw_kind is DrawKind.RANDOM else Source.DIRECTED,
        problem=problem,
        requirement=requirement,
        hazard_kind=hazard_kind,
        days=days,
        due_on=due_on,
        level=level,
        legal_basis=legal_basis,
        responsible=responsible,
        issued_by=check.inspectors,
        check_id=check.id,
    )


UNDER_WAY = (
    CaseState.RECEIVED,
    CaseState.ACCEPTED,
    CaseState.UNDER_REVIEW,
    CaseState.DEFERRED,
    CaseState.FAILED,
    CaseState.REPORTED,
    CaseState.DISPUTED,
)


def of_the_case(_desk: Desk, case: ReviewCase) -> Mapping[str, Any]:
    said = {"problem": case.ground_text, "requirement": case.demand, "legal_basis": case.ground_basis}
    return {name: value for name, value in said.items() if value}


@operation("责令整改", on=(ReviewCase,), by=ORDERERS, when=UNDER_WAY, suggest=of_the_case, many=False, undoable=False)
def order_after_review(
    desk: Desk,
    case: ReviewCase,
    *,
    problem: Problem,
    requirement: Requirement,
    hazard_kind: Hazard = HazardKind.LICENCE,
    days: Days = None,
    due_on: DueOn = None,
    legal_basis: Basis = None,
) -> Rectification:
    """What the annual review found is to be put right; while it is open the case cannot pass."""
    return order(
        desk,
        desk.get(Operator, case.operator_id),
        source=Source.REVIEW,
        problem=problem,
        requirement=requirement,
        hazard_kind=hazard_kind,
        days=days,
        due_on=due_on,
        legal_basis=legal_basis,
        case_id=case.id,
    )


def patrol_blocks(_desk: Desk, patrol: Patrol) -> Iterator[str]:
    if patrol.result is PatrolResult.FINE:
        yield "这次巡查结果正常，没有要整改的"


def of_the_patrol(_desk: Desk, patrol: Patrol) -> Mapping[str, Any]:
    level = Level.MAJOR if patrol.result is PatrolResult.MAJOR else Level.ORDINARY
    return {"problem": patrol.seen, "level": level}


@operation(
    "转限期整改",
    on=(Patrol,),
    by=ORDERERS,
    blocks=patrol_blocks,
    suggest=of_the_patrol,
    many=False,
    undoable=False,
)
def order_after_patrol(
    desk: Desk,
    patrol: Patrol,
    *,
    problem: Problem,
    requirement: Requirement,
    hazard_kind: Hazard,
    days: Days = None,
    due_on: DueOn = None,
    level: HowBad = Level.ORDINARY,
) -> Rectification:
    """What a grid officer reported is ordered to be put right by somebody who may order."""
    return order(
        desk,
        desk.get(Operator, patrol.operator_id),
        source=Source.PATROL,
        problem=problem,
        requirement=requirement,
        hazard_kind=hazard_kind,
        days=days,
        due_on=due_on,
        level=level,
        patrol_id=patrol.id,
    )


@operation(
    "责令整改",
    on=(SelfCheck,),
    by=ORDERERS,
    when=(SelfCheckState.RETURNED, SelfCheckState.FOLLOWED),
    many=False,
    undoable=False,
)
def order_after_self_check(
    desk: Desk,
    form: SelfCheck,
    *,
    problem: Problem,
    requirement: Requirement,
    hazard_kind: Hazard,
    days: Days = None,
    due_on: DueOn = None,
) -> Rectification:
    """What a firm found itself, and has not mended, is to be put right."""
    return order(
        desk,
        desk.get(Operator, form.operator_id),
        source=Source.CAMPAIGN,
        problem=problem,
        requirement=requirement,
        hazard_kind=hazard_kind,
        days=days,
        due_on=due_on,
        campaign_id=form.campaign_id,
    )


@operation("责令整改", on=(Operator,), by=ORDERERS, many=False, undoable=False)
def order_after_complaint(  # noqa: PLR0913 - one argument a box of the form
    desk: Desk,
    operator: Operator,
    *,
    problem: Problem,
    requirement: Requirement,
    hazard_kind: Hazard,
    source_note: Annotated[
        str | None, param("来源说明", kind=Text(255), help="如 12345 工单号；不写举报人，内部掌握不公示")
    ] = None,
    days: Days = None,
    due_on: DueOn = None,
    level: HowBad = Level.ORDINARY,
    legal_basis: Basis = None,
) -> Rectification:
    """What a complaint brought to light is to be put right."""
    return order(
        desk,
        operator,
        source=Source.COMPLAINT,
        problem=problem,
        requirement=requirement,
        hazard_kind=hazard_kind,
        days=days,
        due_on=due_on,
        level=level,
        legal_basis=legal_basis,
        source_note=source_note,
    )
