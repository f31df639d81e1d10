"""责令整改, from what found it: an inspection, a patrol, the annual review, a special campaign or a complaint (domain 4.11)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from sqlalchemy import ColumnElement, select

from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.inspection.assigning import findings_of
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.vocabulary import CheckState, Disposal, DrawKind, PointConclusion
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.patrol.records import Patrol, PatrolAction, PatrolResult
from wenlv_desk.registries.rectification.ordering import ORDERERS, USUAL_DAYS, order
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.rectification.vocabulary import HazardKind, Level, Source
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.vocabulary import CaseState
from wenlv_desk.registries.special.records import SelfCheck, SelfCheckState
from wenlv_desk.store.desk import Desk

Problem = Annotated[str, param("问题", kind=Text(2000, block=True), help="违法事实或隐患，一行一条")]
Requirement = Annotated[str, param("整改要求", kind=Text(2000, block=True), help="一行一条")]
Hazard = Annotated[HazardKind, param("问题类别")]
Days = Annotated[int | None, param("整改天数", help="自下达次日起；与整改期限填一项")]
DueOn = Annotated[date | None, param("整改期限", help=f"直接写到哪天；都不填按 {USUAL_DAYS} 天")]
Basis = Annotated[str | None, param("依据", kind=Text(500))]
HowBad = Annotated[Level, param("问题等级")]
Responsible = Annotated[str | None, param("企业整改责任人", kind=Text(64))]
DONE = (CheckState.CHECKED, CheckState.REVIEWED, CheckState.PUBLISHED)
UNDER_WAY = (
    CaseState.RECEIVED,
    CaseState.ACCEPTED,
    CaseState.UNDER_REVIEW,
    CaseState.DEFERRED,
    CaseState.FAILED,
    CaseState.REPORTED,
    CaseState.DISPUTED,
)


def none_yet(desk: Desk, found_in: ColumnElement[bool]) -> bool:
    """Whether nothing was ordered yet because of what is named; what was withdrawn does not count."""
    return desk.session.scalar(select(Rectification.id).where(found_in, ~Rectification.voided).limit(1)) is None


def of_the_check(desk: Desk, check: InspectionCheck) -> Mapping[str, Any]:
    """What the order begins with: what was found, a line each, and the law of the points that were not met."""
    bases = [one.basis for one in findings_of(desk, check) if one.conclusion is PointConclusion.BAD and one.basis]
    said = {
        "problem": (check.problems or "").replace("；", "\n"),
        "legal_basis": "、".join(dict.fromkeys(bases))[:500],
    }
    return {name: value for name, value in said.items() if value}


def after_check_due(desk: Desk, check: InspectionCheck) -> bool:
    """Whether the record says that an order follows, and none was given yet."""
    wanted = check.disposal is Disposal.ORDERED and check.status is CheckState.CHECKED
    return wanted and none_yet(desk, Rectification.check_id == check.id)


@operation(
    "责令整改",
    on=(InspectionCheck,),
    by=ORDERERS,
    when=DONE,
    suggest=of_the_check,
    due=after_check_due,
    many=False,
    undoable=False,  # the order's number is taken; a wrong one is withdrawn
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
        issued_by=(check.inspectors or "")[:128] or None,
        check_id=check.id,
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


def after_patrol_due(desk: Desk, patrol: Patrol) -> bool:
    """Whether it was reported and nobody has taken it up."""
    return patrol.action is PatrolAction.REPORTED and none_yet(desk, Rectification.patrol_id == patrol.id)


@operation(
    "转限期整改",
    on=(Patrol,),
    by=ORDERERS,
    blocks=patrol_blocks,
    suggest=of_the_patrol,
    due=after_patrol_due,
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
    legal_basis: Basis = None,
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
        legal_basis=legal_basis,
        patrol_id=patrol.id,
    )


def of_the_form(_desk: Desk, form: SelfCheck) -> Mapping[str, Any]:
    return {"problem": form.found} if form.found else {}


@operation(
    "责令整改",
    on=(SelfCheck,),
    by=ORDERERS,
    when=(SelfCheckState.RETURNED, SelfCheckState.FOLLOWED),
    to=SelfCheckState.FOLLOWED,
    suggest=of_the_form,
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
    level: HowBad = Level.ORDINARY,
    legal_basis: Basis = None,
) -> Rectification:
    """What a firm found itself, and has not mended, is to be put right; that settles its form."""
    made = order(
        desk,
        desk.get(Operator, form.operator_id),
        source=Source.CAMPAIGN,
        problem=problem,
        requirement=requirement,
        hazard_kind=hazard_kind,
        days=days,
        due_on=due_on,
        level=level,
        legal_basis=legal_basis,
        campaign_id=form.campaign_id,
    )
    said = f"责令整改 {made.rectification_no}"
    form.status, form.verdict = SelfCheckState.FOLLOWED, f"{form.verdict}；{said}"[:500] if form.verdict else said
    return made


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
