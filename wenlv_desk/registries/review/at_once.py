"""One press at the counter: several steps of a case in one transaction, each with the guards it has by itself."""

from collections.abc import Iterator
from typing import Annotated

from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.deciding import DECIDERS, examine, pass_case
from wenlv_desk.registries.review.handling import bars, campaign_of, go, licence_blocks
from wenlv_desk.registries.review.intake import (
    TO_COME,
    AgentName,
    AgentPhone,
    Applicant,
    Way,
    accept,
    correct,
    notify,
    receive,
    receive_blocks,
)
from wenlv_desk.registries.review.vocabulary import CaseState, Channel
from wenlv_desk.store.desk import Desk

Ticked = Annotated[str, param("材料核对", kind=Text(4000, block=True), help="如：全部齐全；6 不适用：未开展网络发行")]
COMING = (*TO_COME, CaseState.CORRECTION)


def settle_blocks(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """What would stop the pass at its end, known before anything is received."""
    yield from receive_blocks(desk, case)
    yield from licence_blocks(desk, case)
    yield from bars(desk, case)
    if campaign_of(desk, case).separate_reviewer:
        yield "收件和审核须为两人，请办“收件并受理”，由别的审核员通过"


def _take(
    desk: Desk,
    case: ReviewCase,
    materials: str,
    applicant: str | None,
    agent: str | None,
    phone: str | None,
    way: Channel,
) -> None:
    """Received for the first time, or what was missing brought."""
    if case.status is CaseState.CORRECTION:
        go(desk, correct, case, materials=materials)
        return
    go(desk, receive, case, materials=materials, applicant=applicant, agent=agent, agent_phone=phone, channel=way)


@operation("当场办结", on=(ReviewCase,), by=DECIDERS, when=COMING, to=CaseState.PASSED, blocks=settle_blocks)
def settle(
    desk: Desk,
    case: ReviewCase,
    *,
    materials: Ticked,
    applicant: Applicant = None,
    agent: AgentName = None,
    agent_phone: AgentPhone = None,
    channel: Way = Channel.COUNTER,
) -> None:
    """Receive, accept, examine and pass in one visit (一次办结). Anything missing refuses the whole."""
    _take(desk, case, materials, applicant, agent, agent_phone, channel)
    go(desk, accept, case)
    go(desk, examine, case)
    go(desk, pass_case, case)


@operation("收件并受理", on=(ReviewCase,), many=False, when=COMING, to=CaseState.ACCEPTED, blocks=receive_blocks)
def receive_and_accept(
    desk: Desk,
    case: ReviewCase,
    *,
    materials: Ticked,
    applicant: Applicant = None,
    agent: AgentName = None,
    agent_phone: AgentPhone = None,
    channel: Way = Channel.COUNTER,
) -> None:
    """Receive and accept a complete case; another one of the staff decides."""
    _take(desk, case, materials, applicant, agent, agent_phone, channel)
    go(desk, accept, case)


@operation(
    "收件并一次性告知", on=(ReviewCase,), many=False, when=TO_COME, to=CaseState.CORRECTION, blocks=receive_blocks
)
def receive_and_notify(
    desk: Desk,
    case: ReviewCase,
    *,
    materials: Ticked,
    applicant: Applicant = None,
    agent: AgentName = None,
    agent_phone: AgentPhone = None,
    channel: Way = Channel.COUNTER,
) -> None:
    """Receive and tell at once, in full, what is missing."""
    _take(desk, case, materials, applicant, agent, agent_phone, channel)
    go(desk, notify, case)
