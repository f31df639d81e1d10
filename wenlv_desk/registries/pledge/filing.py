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
from wenlv_desk.core.kinds import FilePath
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.pledge.bundles import LISTED, ORIGINAL, UNREAD, Bundle, bundle_of
from wenlv_desk.registries.pledge.completing import complete, taken
from wenlv_desk.registries.pledge.planning import OVER
from wenlv_desk.registries.pledge.records import Pledge, PledgePage, PledgeScan
from wenlv_desk.registries.pledge.signing import FILERS
from wenlv_desk.registries.pledge.sorting import Expected, Found, Sorted, sort_pages
from wenlv_desk.registries.pledge.vocabulary import OUT, WAITING, PageState, PledgeState
from wenlv_desk.standards.page_code import DIGEST_DIGITS
from wenlv_desk.store.attachments import ACCEPTED, attach_content
from wenlv_desk.store.desk import Desk


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
    day = signed_on or desk.today
    if day > desk.today:
        raise UserError(f"没有归档：签订日期 {day} 还没有到，请改正")
    scan = _new_scan(desk, bundle, day)
    keep_originals(desk, scan, bundle)
    touched = _file(desk, scan, bundle)
    signed = complete(desk, touched, day)
    _tell(desk, scan, bundle, touched, signed)
    return scan


def _new_scan(desk: Desk, bundle: Bundle, day: date) -> PledgeScan:
    before = select(PledgeScan).where(PledgeScan.sha256 == bundle.sha256)
    if (same := desk.session.scalar(before)) is not None:
        raise UserError(
            f"没有归档：同样的扫描件在 {same.filed_at:%Y-%m-%d %H:%M} 已归档过（“{same.file_name}”），不必再归档"
        )
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
    return scan


def keep_originals(desk: Desk, scan: PledgeScan, bundle: Bundle) -> None:
    """The files as they came, in order; those without pages are told from the others by their note."""
    for name, content in bundle.originals:
        _keep(desk, scan, name, content, ORIGINAL)
    for one in bundle.unread:
        _keep(desk, scan, one.name, one.content, UNREAD)


def _keep(desk: Desk, scan: PledgeScan, name: str, content: bytes, note: str) -> None:
    harmless = Path(name).suffix.lower().lstrip(".") in ACCEPTED  # what lay by chance among scans may be a program
    attach_content(desk, scan, name if harmless else f"{name[:250]}.bin", content, note)


def _file(desk: Desk, scan: PledgeScan, bundle: Bundle) -> list[Pledge]:
    """A row for every page; the pledges that got pages, in the order of the scan."""
    known = _expected(desk, bundle.pages)
    touched: dict[int, Pledge] = {}
    for page in sort_pages(bundle.pages, {number: expected for number, (_, expected) in known.items()}):
        code = page.found.code
        pledge = known[code.number][0] if code is not None and code.number in known else None
        desk.add(_row(scan, page, pledge))
        if page.code is not None and pledge is not None:
            touched[pledge.id] = pledge
            scan.filed += 1
        elif page.state in WAITING:
            scan.waiting_pages += 1
    _list_unread(desk, scan, bundle)
    return list(touched.values())


def _list_unread(desk: Desk, scan: PledgeScan, bundle: Bundle) -> None:
    """A row for every file without pages, behind those of the pages."""
    for place, one in enumerate(bundle.unread, scan.pages + 1):
        found = Found(place, 0, None)
        desk.add(_row(scan, Sorted(found, PageState.UNREADABLE, f"“{one.name}”{one.why}"), None))
        scan.waiting_pages += 1


def _expected(desk: Desk, pages: Sequence[Found]) -> dict[str, tuple[Pledge, Expected]]:
    """The pledges that pages of a scan name, by number."""
    numbers = {one.code.number for one in pages if one.code is not None}
    mine = select(Pledge).where(Pledge.pledge_no.in_(numbers), ~Pledge.voided)
    pledges = {one.pledge_no: one for one in desk.session.scalars(mine)}
    before = taken(desk, [one.id for one in pledges.values()])
    return {number: (one, _given_out(one, before[one.id])) for number, one in pledges.items()}


def _given_out(pledge: Pledge, before: frozenset[tuple[int, int]]) -> Expected:
    return Expected(
        pages=pledge.pages or 0,
        copies=pledge.copies,
        digest=(pledge.digest or "")[:DIGEST_DIGITS],
        over=pledge.status.label if pledge.status in OVER else "",
        signed=pledge.status is PledgeState.EFFECTIVE,
        taken=before,
    )


def _row(scan: PledgeScan, page: Sorted, pledge: Pledge | None) -> PledgePage:
    return PledgePage(
        scan_id=scan.id,
        place=page.found.place,
        status=page.state,
        pledge_id=pledge.id if pledge else None,
        page=page.code.page if page.code else None,
        copy_no=page.code.copy if page.code else None,
        turned=page.found.turned,
        said=page.said[:255],
    )


def _tell(desk: Desk, scan: PledgeScan, bundle: Bundle, touched: Sequence[Pledge], signed: int) -> None:
    blank = scan.pages + len(bundle.unread) - scan.filed - scan.waiting_pages
    backs = f"，空白页 {blank} 页（纸的背面，不用处理）" if blank else ""
    desk.notes.append(f"共 {scan.pages} 页：归档 {scan.filed} 页{backs}，{signed} 份责任状签订完成")
    if lacking := [one.pledge_no for one in touched if one.status in OUT]:
        desk.notes.append(f"还缺页的：{'、'.join(lacking[:5])}{'等' if len(lacking) > 5 else ''}，见“扫描归档结果”")
    if waiting := scan.waiting_pages - len(bundle.unread):
        desk.notes.append(f"{waiting} 页没有自动归档，请在“扫描页”里逐页处理")
    if bundle.unread:
        named = "；".join(f"“{one.name}”{one.why}" for one in bundle.unread[:LISTED])
        more = "等" if len(bundle.unread) > LISTED else ""
        desk.notes.append(f"{len(bundle.unread)} 个文件读不出，原件已存，列在“扫描页”里：{named}{more}")
