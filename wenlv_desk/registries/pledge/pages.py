"""What a clerk does with single pages of a scan: assigns them by hand, sets them aside, takes back what was filed wrongly."""

from collections.abc import Iterator
from typing import Annotated

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.pledge.bundles import is_unread_file
from wenlv_desk.registries.pledge.completing import complete, taken, withdraw
from wenlv_desk.registries.pledge.planning import OVER
from wenlv_desk.registries.pledge.records import Pledge, PledgePage, PledgeScan
from wenlv_desk.registries.pledge.signing import FILERS
from wenlv_desk.registries.pledge.sorting import named
from wenlv_desk.registries.pledge.vocabulary import KEPT, OUT, WAITING, PageState
from wenlv_desk.store.desk import Desk

QUARTERS = (0, 90, 180, 270)


def has_no_page(desk: Desk, page: PledgePage) -> Iterator[str]:
    """What stands for a file that cannot be read is no page of anything."""
    if is_unread_file(desk.get(PledgeScan, page.scan_id), page):
        yield "这是一个读不出的文件，里面没有可归的页。请按原因换成能读的另行归档，这一行办“核过不归档”"


@operation(
    "人工归档",
    on=(PledgePage,),
    by=FILERS,
    when=(*WAITING, PageState.BLANK),
    to=PageState.BY_HAND,
    due=lambda desk, page: not any(has_no_page(desk, page)),
    blocks=has_no_page,
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
    scan = desk.get(PledgeScan, page.scan_id)
    scan.waiting_pages -= page.status in WAITING
    page.status, page.pledge_id, page.page, page.copy_no = PageState.BY_HAND, pledge.id, number, copy
    page.turned = page.turned if turned is None else turned
    if complete(desk, [pledge], scan.signed_on):
        desk.notes.append(f"{pledge.pledge_no} 页已齐，签订完成")


@operation("核过不归档", on=(PledgePage,), by=FILERS, when=WAITING, to=PageState.SET_ASIDE)
def set_aside(
    desk: Desk, page: PledgePage, *, reason: Annotated[str, param("理由", kind=Text(200), help="如：空白页；重复扫描")]
) -> None:
    """A clerk says that a page belongs to no pledge; it stays in the original."""
    page.status, page.said = PageState.SET_ASIDE, f"{page.said}；{reason}"[:255]
    desk.get(PledgeScan, page.scan_id).waiting_pages -= 1


def stands_fast(desk: Desk, page: PledgePage) -> Iterator[str]:
    """What was built upon a filed page: it is not drawn away from under it."""
    pledge = desk.get(Pledge, page.pledge_id or 0)
    if pledge.status in OVER:
        yield f"{pledge.pledge_no} 已{pledge.status.label}，扫描页随它存档，不再退回"
    elif pledge.assessed_on is not None:
        yield f"{pledge.pledge_no} 已在 {pledge.assessed_on} 考核，请先撤销考核"


@operation(
    "退回待处理",
    on=(PledgePage,),
    by=FILERS,
    when=KEPT,
    to=PageState.RETURNED,
    due=lambda _desk, _one: False,
    blocks=stands_fast,
    danger=True,
)
def take_back(
    desk: Desk,
    page: PledgePage,
    *,
    reason: Annotated[str, param("理由", kind=Text(200), help="如：归错了单位；没有签字")],
) -> None:
    """A page is its pledge's no more; a pledge that was signed by that copy waits to be signed again."""
    pledge, scan = desk.get(Pledge, page.pledge_id or 0), desk.get(PledgeScan, page.scan_id)
    copy, day = page.copy_no or 0, pledge.a_signed_on
    scan.filed -= page.status is PageState.FILED
    scan.waiting_pages += 1
    page.said = f"原归 {named(pledge.pledge_no, copy, page.page or 0)}，退回：{reason}"[:255]
    page.status, page.pledge_id, page.page, page.copy_no = PageState.RETURNED, None, None, None
    if not withdraw(desk, pledge, copy):
        return
    if day is not None and complete(desk, [pledge], day):
        desk.notes.append(f"{pledge.pledge_no} 的另一份页齐，仍为“{pledge.status.label}”，扫描件换成那一份")
    else:
        desk.notes.append(f"{pledge.pledge_no} 退回“{pledge.status.label}”，签订日期和签字扫描件一并撤下")
