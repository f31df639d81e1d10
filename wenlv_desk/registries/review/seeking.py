"""Finding a case at the counter (窗口): by anything typed or scanned, one line a case, a firm without one with the reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.scope import RECORDS, judged
from wenlv_desk.registries.review.vocabulary import CampaignState
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.indexing import index_of

MOST = 8  # lines that are offered
DEEP = 60  # hits of one register that are looked at
ASKED = ("review_case", "operator", "publication_licence", "printing_licence")


@dataclass(frozen=True)
class CounterHit:
    """A case of a campaign under way, or (case_id 0) a firm that has none and why."""

    case_id: int
    operator_id: int
    name: str
    beside: str
    state: str = ""
    tone: str = "neutral"
    why: str = ""


def open_campaigns(desk: Desk) -> list[ReviewCampaign]:
    """The campaigns under way, the newest first."""
    under_way = (ReviewCampaign.status == CampaignState.OPEN, ~ReviewCampaign.voided)
    newest = (ReviewCampaign.onsite_from.desc(), ReviewCampaign.id.desc())
    return list(desk.session.scalars(select(ReviewCampaign).where(*under_way).order_by(*newest)))


def search(desk: Desk, text: str) -> list[CounterHit]:
    """What a text leads to: the best first, cases before firms without one."""
    found = {name: _ids(desk, name, text) for name in ASKED}
    cases = _cases(desk, found)
    hits = [_of_case(case) for case in cases]
    with_case = {case.operator_id for case in cases}
    firms = [one for one in _firms(desk, found) if one not in with_case]
    return (hits + list(_without_case(desk, firms[: MOST - len(hits)] if len(hits) < MOST else [])))[:MOST]


def _ids(desk: Desk, register: str, text: str) -> tuple[int, ...]:
    return tuple(index_of(desk.session).find(desk.session.connection(), register, text, DEEP).ids)


def _cases(desk: Desk, found: dict[str, tuple[int, ...]]) -> list[ReviewCase]:
    """The cases of campaigns under way that any register's hits belong to, in the order of the hits."""
    keys = {
        "review_case": ReviewCase.id,
        "operator": ReviewCase.operator_id,
        "publication_licence": ReviewCase.publication_licence_id,
        "printing_licence": ReviewCase.printing_licence_id,
    }
    statement = (
        select(ReviewCase)
        .join(ReviewCampaign, ReviewCampaign.id == ReviewCase.campaign_id)
        .where(
            ReviewCampaign.status == CampaignState.OPEN,
            ~ReviewCase.voided,
            or_(*(column.in_(found[name]) for name, column in keys.items())),
        )
    )

    def place(case: ReviewCase) -> tuple[int, int]:
        ranks = (found[name].index(key) for name, key in _keys_of(case) if key in found[name])
        return min(ranks), case.id

    return sorted(desk.session.scalars(statement), key=place)[:MOST]


def _keys_of(case: ReviewCase) -> Iterator[tuple[str, int]]:
    yield "review_case", case.id
    yield "operator", case.operator_id
    if case.publication_licence_id is not None:
        yield "publication_licence", case.publication_licence_id
    if case.printing_licence_id is not None:
        yield "printing_licence", case.printing_licence_id


def _of_case(case: ReviewCase) -> CounterHit:
    state = case.status
    return CounterHit(case.id, case.operator_id, case.licensee_name, case.licence_no, state.label, state.tone)


def _firms(desk: Desk, found: dict[str, tuple[int, ...]]) -> list[int]:
    """The firms that the hits are or belong to."""
    firms = list(found["operator"])
    for record in RECORDS.values():
        ids = found[str(record.__tablename__)]
        firms += desk.session.scalars(select(record.operator_id).where(record.id.in_(ids)).order_by(record.id))
    return list(dict.fromkeys(firms))


def _without_case(desk: Desk, firms: Sequence[int]) -> Iterator[CounterHit]:
    campaigns = open_campaigns(desk)
    named = {one.id: one for one in desk.session.scalars(select(Operator).where(Operator.id.in_(firms)))}
    for firm in (named[one] for one in firms if one in named):
        why = "；".join(dict.fromkeys(_why_none(desk, firm, campaigns)))
        yield CounterHit(0, firm.id, firm.operator_name, firm.uscc or "", why=why)


def _why_none(desk: Desk, firm: Operator, campaigns: Iterable[ReviewCampaign]) -> Iterator[str]:
    """Why a firm has no case, a sentence a campaign and licence."""
    if firm.voided:
        yield "该单位已移出台账"
        return
    said = False
    for campaign in campaigns:
        record = RECORDS[campaign.licence_kind]
        for licence_id in desk.session.scalars(select(record.id).where(record.operator_id == firm.id)):
            for one in judged(desk, campaign, licence_id):
                said = True
                more = "；在批次里办“补充建案”后可受理" if one.included else ""
                yield f"{one.licence.licence_no} {one.why}{more}"
    if not said:
        yield "没有正在年审的许可证"
