"""现在要处理 about the annual review: limits that run out, units not yet seen, decisions that wait."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.case import REVIEW_CASES, ReviewCase, misses_sql
from wenlv_desk.registries.review.clocks import clocks_of, newest_list
from wenlv_desk.registries.review.handling import campaign_of
from wenlv_desk.registries.review.vocabulary import CampaignState, CaseState
from wenlv_desk.store.desk import Desk

DONE = (CaseState.CLOSED, CaseState.EXEMPTED)
TWICE = 2


@open_items(on=(ReviewCase,))
def of_case(desk: Desk, case: ReviewCase) -> Iterable[OpenItem]:
    """What waits about one case."""
    yield from _items(desk, case)
    if case.list_version is not None and case.list_version != newest_list(desk, case.campaign_id):
        yield OpenItem(
            "清单", "amber", "批次的材料清单在收件后有修改，本案仍按收件时的清单办理", REVIEW_CASES.name, case.id
        )


@open_items(on=(Operator,))
def of_operator(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """What waits about the cases of a firm in campaigns under way."""
    mine = (
        select(ReviewCase)
        .join(ReviewCampaign, ReviewCampaign.id == ReviewCase.campaign_id)
        .where(
            ReviewCase.operator_id == operator.id,
            ReviewCampaign.status == CampaignState.OPEN,
            ReviewCase.status.not_in(DONE),
        )
        .order_by(ReviewCase.id)
    )
    for case in desk.session.scalars(mine):
        yield from _items(desk, case)


def _items(desk: Desk, case: ReviewCase) -> Iterator[OpenItem]:
    for clock in clocks_of(desk, case, campaign_of(desk, case)):
        yield OpenItem(
            "期限", "red" if clock.red else "amber", f"年审 {case.case_no} {clock.said}", REVIEW_CASES.name, case.id
        )
    if case.status in (CaseState.NOT_STARTED, CaseState.OVERDUE):
        word = "年审" if case.status is CaseState.NOT_STARTED else "逾期"
        tone = "amber" if case.status is CaseState.NOT_STARTED else "red"
        campaign = campaign_of(desk, case)
        text = f"{campaign.title} {case.status.label}，现场核验 {campaign.onsite_from} 至 {campaign.onsite_to}"
        yield OpenItem(word, tone, text, REVIEW_CASES.name, case.id)
    misses = desk.session.scalar(select(misses_sql(ReviewCase, desk.today)).where(ReviewCase.id == case.id))
    if misses is not None and misses >= TWICE:
        yield OpenItem("连续未审", "red", f"连续 {misses} 年没有参加年审，请研究是否注销", REVIEW_CASES.name, case.id)
