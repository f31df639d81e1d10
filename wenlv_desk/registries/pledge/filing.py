"""归档扫描件: signed pages find their pledge by the code printed on them; a pledge with every page of one copy is signed.

The originals are kept with the scan, every page of them has a row that says what became of it, and all of a scan is written in one
transaction: a page is filed once or not at all.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import FilePath, Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.pledge.bundles import Bundle, Found, bundle_of, signed_copies
from wenlv_desk.registries.pledge.planning import OVER
from wenlv_desk.registries.pledge.records import Pledge, PledgePage, PledgeScan
from wenlv_desk.registries.pledge.signing import FILERS, SCAN, refuse_signing_day, take_effect
from wenlv_desk.registries.pledge.vocabulary import PageState, PledgeState
from wenlv_desk.standards.page_code import DIGEST_DIGITS, PageCode
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.tables import Attachment

KEPT = (PageState.FILED, PageState.BY_HAND)
OUT = (PledgeState.ISSUED, PledgeState.SIGNED_B)
WAITING = (PageState.UNREADABLE, PageState.FOREIGN, PageState.DOUBLED)
ORIGINAL = "扫描原件"
QUARTERS = (0, 90, 180, 270)


@operation("归档扫描件", subject=Subject.REGISTER, on=(Pledge,), by=FILERS, undoable=False)
def file_scans(
    desk: Desk,
    registry: Registry,  # noqa: ARG001
    *,
    path: Annotated[str, param("扫描件", kind=FilePath(), help="复印机扫出的多页 PDF、照片，或装照片的文件夹")],
    signed_on: Annotated[date | None, param("签订日期", help="双方签字的日期，不填为今天")] = None,
) -> PledgeScan:
    """File a scan. What cannot be filed by itself is listed for assignment by hand; nothing of it is lost."""
    bundle = desk.payload if isinstance(desk.payload, Bundle) else bundle_of(Path(path))
    before = select(PledgeScan).where(PledgeScan.sha256 == bundle.sha256)
    if (same := desk.session.scalar(before)) is not None:
        raise UserError(
            f"没有归档：同样的扫描件在 {same.filed_at:%Y-%m-%d %H:%M} 已归档过（“{same.file_name}”），不必再归档"
        )
    day = signed_on or desk.today
    if day > desk.today:
        raise UserError(f"没有归档：签订日期 {day} 还没有到，请改正")
    scan = PledgeScan(
        file_name=bundle.name[:255],
        sha256=bundle.sha256,
        pages=len(bundle.pages),
        filed_at=desk.now,
        signed_on=day,
        filed=0,
        waiting_pages=0,
    )
    desk.add(scan)
    keep_originals(desk, scan, bundle)
    touched = _file(desk, scan, bundle)
    signed = _complete(desk, touched, day)
    _tell(desk, scan, touched, signed)
    return scan


def keep_originals(desk: Desk, scan: PledgeScan, bundle: Bundle) -> None:
    """The files as they came, in order."""
    for name, content in bundle.originals:
        desk.add(
            Attachment(
                register=PledgeScan.__tablename__,
                record_id=scan.id,
                file_name=name,
                sha256=desk.files.put(content),
                size=len(content),
                note=ORIGINAL,
                added_by=desk.clerk.name,
                added_at=desk.now,
            )
        )


def _file(desk: Desk, scan: PledgeScan, bundle: Bundle) -> list[Pledge]:
    """A row for every page; the pledges that got pages, in the order of the scan."""
    pledges = _pledges_named(desk, bundle.pages)
    taken = _taken(desk, [one.id for one in pledges.values()])
    touched: dict[int, Pledge] = {}
    for found in bundle.pages:
        state, pledge, said = _judge(found, pledges, taken)
        if state is PageState.FILED and pledge is not None and found.code is not None:
            taken.add((pledge.id, found.code.copy, found.code.page))
            touched[pledge.id] = pledge
        desk.add(_page(scan, found, state, pledge, said))
        if state is PageState.FILED:
            scan.filed += 1
        else:
            scan.waiting_pages += 1
    return list(touched.values())


def _page(scan: PledgeScan, found: Found, state: PageState, pledge: Pledge | None, said: str) -> PledgePage:
    kept = found.code if state is PageState.FILED else None
    return PledgePage(
        scan_id=scan.id,
        place=found.place,
        status=state,
        pledge_id=pledge.id if pledge else None,
        page=kept.page if kept else None,
        copy_no=kept.copy if kept else None,
        turned=found.turned,
        said=said[:255],
    )


def _pledges_named(desk: Desk, pages: Sequence[Found]) -> dict[str, Pledge]:
    numbers = {one.code.number for one in pages if one.code is not None}
    listed = desk.session.scalars(select(Pledge).where(Pledge.pledge_no.in_(numbers), ~Pledge.voided))
    return {one.pledge_no: one for one in listed}


def _taken(desk: Desk, pledge_ids: Sequence[int]) -> set[tuple[int, int, int]]:
    """(pledge, copy, page) of what was filed before."""
    there = select(PledgePage.pledge_id, PledgePage.copy_no, PledgePage.page)
    mine = there.where(PledgePage.pledge_id.in_(pledge_ids), PledgePage.status.in_(KEPT))
    return {(row[0] or 0, row[1] or 0, row[2] or 0) for row in desk.session.execute(mine)}


def _judge(
    found: Found, pledges: dict[str, Pledge], taken: set[tuple[int, int, int]]
) -> tuple[PageState, Pledge | None, str]:
    """What a page is: filed, or why it is not."""
    code = found.code
    if code is None:
        return PageState.UNREADABLE, None, found.said or "没有读到页码二维码"
    pledge = pledges.get(code.number)
    if pledge is None:
        return PageState.FOREIGN, None, f"{code.number} 不在责任状台账里"
    if why := _not_its(pledge, code):
        return PageState.FOREIGN, pledge, why
    if (pledge.id, code.copy, code.page) in taken:
        return PageState.DOUBLED, pledge, f"{code.number} 第 {code.copy} 份第 {code.page} 页已有扫描页"
    if pledge.status is PledgeState.EFFECTIVE:
        return PageState.DOUBLED, pledge, f"{code.number} 已归档签订，这是第 {code.copy} 份"
    return PageState.FILED, pledge, f"{code.number} 第 {code.copy} 份第 {code.page} 页"


def _not_its(pledge: Pledge, code: PageCode) -> str:
    """Why a page with a pledge's number is none of its pages."""
    if pledge.digest is None or code.digest != pledge.digest[:DIGEST_DIGITS] or code.pages != pledge.pages:
        return f"{code.number} 的文字与台账不同，可能是别的年度或旧版的纸张"
    if code.copy > pledge.copies:
        return f"{code.number} 只有 {pledge.copies} 份，没有第 {code.copy} 份"
    if pledge.status in OVER:
        return f"{code.number} 已{pledge.status.label}，不再归档"
    return ""


def _complete(desk: Desk, pledges: Sequence[Pledge], day: date) -> int:
    """Sign those of which every page of one copy is there, and attach that copy as a PDF; how many."""
    desk.session.flush()
    whole = {one.id: (one, pages) for one in pledges if (pages := _whole_copy(desk, one))}
    for one, _ in whole.values():
        refuse_signing_day(desk, one, "签订日期", day)
    if not whole:
        return 0
    for pledge_id, content in signed_copies(desk, {key: pages for key, (_, pages) in whole.items()}).items():
        pledge = whole[pledge_id][0]
        _attach(desk, pledge, content)
        take_effect(pledge, pledge.b_signed_on or day, day)
    return len(whole)


def _whole_copy(desk: Desk, pledge: Pledge) -> list[PledgePage]:
    """The pages of the first copy that is whole, in order; nothing where none is, or where the pledge waits for none."""
    if pledge.status not in OUT or not pledge.pages:
        return []
    mine = select(PledgePage).where(PledgePage.pledge_id == pledge.id, PledgePage.status.in_(KEPT))
    copies: dict[int, dict[int, PledgePage]] = {}
    for one in desk.session.scalars(mine.order_by(PledgePage.id)):
        copies.setdefault(one.copy_no or 0, {})[one.page or 0] = one
    wanted = set(range(1, pledge.pages + 1))
    return next(
        (([pages[n] for n in sorted(pages)]) for _, pages in sorted(copies.items()) if set(pages) == wanted), []
    )


def _attach(desk: Desk, pledge: Pledge, content: bytes) -> None:
    """The pages upright and in order, as one PDF."""
    pledge.scan_sha256 = desk.files.put(content)
    desk.add(
        Attachment(
            register=Pledge.__tablename__,
            record_id=pledge.id,
            file_name=f"{pledge.pledge_no} 签字扫描件.pdf",
            sha256=pledge.scan_sha256,
            size=len(content),
            note=SCAN,
            added_by=desk.clerk.name,
            added_at=desk.now,
        )
    )


def _tell(desk: Desk, scan: PledgeScan, touched: Sequence[Pledge], signed: int) -> None:
    desk.notes.append(f"共 {scan.pages} 页：归档 {scan.filed} 页，{signed} 份责任状签订完成")
    if lacking := [one.pledge_no for one in touched if one.status in OUT]:
        desk.notes.append(f"还缺页的：{'、'.join(lacking[:5])}{'等' if len(lacking) > 5 else ''}，见“扫描归档结果”")
    if scan.waiting_pages:
        desk.notes.append(f"{scan.waiting_pages} 页没有自动归档，请在“扫描页”里逐页处理")


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
    if (pledge.id, copy, number) in _taken(desk, [pledge.id]):
        raise UserError(f"没有归档：{pledge.pledge_no} 第 {copy} 份第 {number} 页已经有扫描页，请核对")
    if turned is not None and turned not in QUARTERS:
        raise UserError(f"没有归档：转正角度 {turned} 不对，只能是 0、90、180 或 270")
    page.status, page.pledge_id, page.page, page.copy_no = PageState.BY_HAND, pledge.id, number, copy
    page.turned = page.turned if turned is None else turned
    scan = desk.get(PledgeScan, page.scan_id)
    scan.waiting_pages -= 1
    if _complete(desk, [pledge], scan.signed_on):
        desk.notes.append(f"{pledge.pledge_no} 页已齐，签订完成")


@operation("核过不归档", on=(PledgePage,), by=FILERS, when=WAITING, to=PageState.SET_ASIDE)
def set_aside(
    desk: Desk, page: PledgePage, *, reason: Annotated[str, param("理由", kind=Text(200), help="如：空白页；重复扫描")]
) -> None:
    """A clerk says that a page belongs to no pledge; it stays in the original."""
    page.status, page.said = PageState.SET_ASIDE, f"{page.said}；{reason}"[:255]
    desk.get(PledgeScan, page.scan_id).waiting_pages -= 1
