"""What a clerk does with single pages of a scan: assigns them by hand, or sets them aside."""

from typing import Annotated

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.pledge.completing import complete, taken
from wenlv_desk.registries.pledge.records import Pledge, PledgePage, PledgeScan
from wenlv_desk.registries.pledge.signing import FILERS
from wenlv_desk.registries.pledge.vocabulary import OUT, WAITING, PageState
from wenlv_desk.store.desk import Desk

QUARTERS = (0, 90, 180, 270)


@operation(
    "人工归档",
    on=(PledgePage,),
    by=FILERS,
    when=WAITING,
    to=PageState.BY_HAND,
    due=lambda _desk, _one: True,
    many=False,
)
def assign_page(
    desk: Desk,
    page: PledgePage,
    *,
    pledge_no: Annotated[str, param("责任状编号", kind=Text(48), help="纸上印的编号")],
    number: Annotated[int, param("第几页", help="这份责任状的第几页")],
    copy: Annotated[int, param("第几份")] = 1,
    turned: Annotated[int | None, param("转正角度", help="顺时针转 0、90、180 或 270 度，不填照读到的")] = None,
) -> None:
    """A clerk says whose page it is, having looked at it."""
    pledge = desk.session.scalar(select(Pledge).where(Pledge.pledge_no == pledge_no.strip(), ~Pledge.voided))
    if pledge is None:
        raise UserError(f"没有归档：责任状“{pledge_no}”不在台账里，请核对纸上的编号")
    if pledge.status not in OUT:
        raise UserError(f"没有归档：{pledge.pledge_no} 是“{pledge.status.label}”，只有已下发、没有签完的才归档")
    if not pledge.pages or not 1 <= number <= pledge.pages or not 1 <= copy <= pledge.copies:
        raise UserError(
            f"没有归档：{pledge.pledge_no} 每份 {pledge.pages} 页、一式 {pledge.copies} 份，请核对页码和份数"
        )
    if (copy, number) in taken(desk, [pledge.id])[pledge.id]:
        raise UserError(f"没有归档：{pledge.pledge_no} 第 {copy} 份第 {number} 页已经有扫描页，请核对")
    if turned is not None and turned not in QUARTERS:
        raise UserError(f"没有归档：转正角度 {turned} 不对，只能是 0、90、180 或 270")
    page.status, page.pledge_id, page.page, page.copy_no = PageState.BY_HAND, pledge.id, number, copy
    page.turned = page.turned if turned is None else turned
    scan = desk.get(PledgeScan, page.scan_id)
    scan.waiting_pages -= 1
    if complete(desk, [pledge], scan.signed_on):
        desk.notes.append(f"{pledge.pledge_no} 页已齐，签订完成")


@operation("核过不归档", on=(PledgePage,), by=FILERS, when=WAITING, to=PageState.SET_ASIDE)
def set_aside(
    desk: Desk, page: PledgePage, *, reason: Annotated[str, param("理由", kind=Text(200), help="如：空白页；重复扫描")]
) -> None:
    """A clerk says that a page belongs to no pledge; it stays in the original."""
    page.status, page.said = PageState.SET_ASIDE, f"{page.said}；{reason}"[:255]
    desk.get(PledgeScan, page.scan_id).waiting_pages -= 1
