"""Annual reviews for tests: a campaign with its list and grounds, and cases brought into any state by the operations themselves."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from wenlv_desk.core.choices import Choice
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.material import ReviewMaterial, ReviewPause
from wenlv_desk.registries.review.vocabulary import CampaignState, CaseState, ReviewMode

if TYPE_CHECKING:
    from tests.builders import Maker

COMPLETE = {"materials": "全部齐全"}
LACKING = {"materials": "1 缺：来时未带＝请携带原件；2 齐全"}
BEFORE_ALL = date(1990, 1, 1)  # no licence is as old
Step = tuple[str, Mapping[str, Any]]
RECEIVED: Sequence[Step] = (("receive", COMPLETE),)
TOLD: Sequence[Step] = (("receive", LACKING), ("notify", {}))
ACCEPTED: Sequence[Step] = (*RECEIVED, ("accept", {}))
EXAMINED: Sequence[Step] = (*ACCEPTED, ("examine", {}))
PASSED: Sequence[Step] = (*EXAMINED, ("pass_case", {}))
STAMPED: Sequence[Step] = (*PASSED, ("stamp", {}))
REPORTED: Sequence[Step] = (("report", COMPLETE),)
VERIFIED: Sequence[Step] = (*REPORTED, ("verify", {}))

# The steps that lead from 应审未报 into a state; `mark_overdue` is done to the campaign.
PATHS: Mapping[CaseState, Sequence[Step]] = {
    CaseState.NOT_STARTED: (),
    CaseState.RECEIVED: RECEIVED,
    CaseState.CORRECTION: TOLD,
    CaseState.ACCEPTED: ACCEPTED,
    CaseState.UNDER_REVIEW: EXAMINED,
    CaseState.PASSED: PASSED,
    CaseState.STAMPED: STAMPED,
    CaseState.DEFERRED: (*EXAMINED, ("defer", {"ground": "01", "until": date(2026, 12, 31)})),
    CaseState.FAILED: (*EXAMINED, ("refuse", {"ground": "01"})),
    CaseState.OVERDUE: (("mark_overdue", {}),),
    CaseState.REMINDED: (("mark_overdue", {}), ("urge", {})),
    CaseState.WITHDRAWN: (*RECEIVED, ("withdraw", {"reason": "改日再来"})),
    CaseState.REJECTED: (*RECEIVED, ("reject", {"ground": "01"})),
    CaseState.EXEMPTED: (("exempt", {"reason": "当年新设"}),),
    CaseState.REPORTED: REPORTED,
    CaseState.DISPUTED: (*REPORTED, ("dispute", {"note": "销售额不符"})),
    CaseState.VERIFIED: VERIFIED,
    CaseState.PUBLISHED: (*VERIFIED, ("publish", {"published_where": "门户网站"})),
    CaseState.CLOSED: (*STAMPED, ("close", {})),
}
OF_REPORT = {CaseState.REPORTED, CaseState.DISPUTED, CaseState.VERIFIED, CaseState.PUBLISHED}


def campaign(maker: "Maker", **values: Any) -> int:
    """A campaign not yet begun, with a list of two materials and a ground for every outcome."""
    made = maker.record("review_campaign", **values)
    for position, name in enumerate(("登记表", "许可证副本"), 1):
        maker.record(
            "review_requirement", campaign_id=made, position=position, name=name, applies="全部", compulsory=True
        )
    for outcome in ("暂缓", "不予通过", "不予受理"):
        maker.record("review_ground", campaign_id=made, outcome=outcome, code="01")
    return made


def campaign_in(maker: "Maker", state: Choice) -> int:
    """A campaign in a state, without cases."""
    made, registry = campaign(maker, include_issued_by=BEFORE_ALL), maker.registry("review_campaign")
    if state is not CampaignState.PREPARING:
        maker.perform("open", registry, made)
    if state is CampaignState.CLOSED:
        maker.perform("close", registry, made)
    return made


def fresh_case(maker: "Maker", **values: Any) -> int:
    """A case in 应审未报: a licence, a campaign of its own, begun. `values` are the campaign's."""
    licence = maker.record("publication_licence", status="有效")
    begun = campaign(maker, **values)
    maker.perform("open", maker.registry("review_campaign"), begun)
    mine = (ReviewCase.campaign_id == begun, ReviewCase.publication_licence_id == licence)
    with maker.office.database.read() as session:
        return int(session.scalars(select(ReviewCase.id).where(*mine)).one())


def case_in(maker: "Maker", state: Choice, **values: Any) -> int:
    """A case in a state, reached by the clerk's own steps."""
    assert isinstance(state, CaseState)
    mode = ReviewMode.REPORT if state in OF_REPORT else ReviewMode.VERIFICATION
    case_id = fresh_case(maker, **({"review_mode": mode.label} | values))
    walk(maker, case_id, PATHS[state])
    return case_id


def walk(maker: "Maker", case_id: int, steps: Sequence[Step]) -> None:
    """Do these steps to a case."""
    for operation, given in steps:
        if operation == "mark_overdue":
            maker.perform(operation, maker.registry("review_campaign"), campaign_id(maker, case_id))
        else:
            maker.perform(operation, maker.registry("review_case"), case_id, **given)


def campaign_id(maker: "Maker", case_id: int) -> int:
    with maker.office.database.read() as session:
        return session.get_one(ReviewCase, case_id).campaign_id


def case_for(maker: "Maker", operation: str) -> int | None:
    """A case for a step that asks for more than a state; None where the state is enough."""
    match operation:
        case "report":
            return fresh_case(maker, review_mode=ReviewMode.REPORT.label)
        case "notify":
            made = fresh_case(maker)
            walk(maker, made, TOLD[:1])
            return made
        case "resume_clock":
            made = case_in(maker, CaseState.ACCEPTED)
            walk(maker, made, [("pause", {"cause": "听证"})])
            return made
    return None


def material(maker: "Maker") -> int:
    """A material of a case received."""
    made = case_in(maker, CaseState.RECEIVED)
    return _first(maker, ReviewMaterial, made)


def pause(maker: "Maker") -> int:
    """A pause of a case accepted."""
    made = case_in(maker, CaseState.ACCEPTED)
    walk(maker, made, [("pause", {"cause": "听证"})])
    return _first(maker, ReviewPause, made)


def _first(maker: "Maker", record: type[ReviewMaterial] | type[ReviewPause], case_id: int) -> int:
    with maker.office.database.read() as session:
        return int(session.scalars(select(record.id).where(record.case_id == case_id).order_by(record.id)).first() or 0)
