"""补录已签: pledges that were signed on paper before they could be drawn up here, entered with their own dates and their scan."""

from datetime import date
from typing import Annotated

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Reference, Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.pledge.drawing_up import Signer, Year, chosen, not_used, this_year, write_down
from wenlv_desk.registries.pledge.period import period_of
from wenlv_desk.registries.pledge.planning import answer_for, pledge_for, standing_ones
from wenlv_desk.registries.pledge.records import Pledge, PledgeBatch, PledgeKind
from wenlv_desk.registries.pledge.signing import FILERS, sign_with_scan
from wenlv_desk.registries.pledge.vocabulary import BatchState
from wenlv_desk.store.attachments import Evidence
from wenlv_desk.store.desk import Desk

ON_PAPER = "补录的纸质责任状"


@operation(
    "补录已签",
    on=(PledgeKind,),
    by=FILERS,
    suggest=this_year,
    blocks=not_used,
    due=lambda *_: False,
    many=False,
    evidence=True,
    undoable=False,
)
def enter_signed(  # noqa: PLR0913 - one argument a box of the form
    desk: Desk,
    kind: PledgeKind,
    *,
    operator: Annotated[int, param("经营单位", kind=Reference("operator"))],
    year: Year,
    b_signed_on: Annotated[date, param("乙方签字日期")],
    a_signed_on: Annotated[date, param("甲方签字日期")],
    signer: Signer = None,
    paper_no: Annotated[str | None, param("纸上的编号", kind=Text(64), help="原来编过号的照填")] = None,
    storage: Annotated[str | None, param("存放位置", kind=Text(128))] = None,
    path: Evidence = None,
) -> Pledge:
    """Enter a pledge that a firm signed on a sheet of other making; it gets a number of ours and says no text of its own."""
    party = ("operator", operator)
    first, last = period_of(kind.season_from, kind.season_to, year)
    if (there := standing_ones(desk, kind, first, last).get(party)) is not None:
        raise UserError(f"没有补录：这家在 {first} 至 {last} 已有 {there}，请在那一份上登记签订")
    planned = pledge_for(desk, kind, party, answer_for(desk, party), chosen(desk, signer))
    if isinstance(planned, str):
        raise UserError(f"没有补录：{planned}")
    (made,) = write_down(desk, _batch(desk, kind, year), kind, [planned])
    made.wording = f"{ON_PAPER}（原编号 {paper_no}）"[:64] if paper_no else ON_PAPER
    sign_with_scan(desk, made, b_signed_on, a_signed_on, path)
    made.storage = storage
    return made


def _batch(desk: Desk, kind: PledgeKind, year: int) -> PledgeBatch:
    """The batch of a year's pledges on paper, made with the first of them."""
    title = f"{year}年度{kind.kind_name}（补录）"
    if (there := desk.session.scalar(select(PledgeBatch).where(PledgeBatch.title == title))) is not None:
        return there
    first, last = period_of(kind.season_from, kind.season_to, year)
    made = PledgeBatch(
        title=title,
        kind_id=kind.id,
        pledge_year=year,
        valid_from=first,
        valid_to=last,
        made_on=desk.today,
        status=BatchState.CLOSED,
    )
    desk.add(made)
    return made
