"""A pledge of which every page of one copy is filed is signed: that copy is attached to it upright and in order, as one PDF."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from wenlv_desk.registries.pledge.bundles import signed_copies
from wenlv_desk.registries.pledge.records import Pledge, PledgePage
from wenlv_desk.registries.pledge.signing import SCAN, refuse_signing_day, take_effect
from wenlv_desk.registries.pledge.vocabulary import KEPT, OUT
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.tables import Attachment


def taken(desk: Desk, pledge_ids: Sequence[int]) -> dict[int, frozenset[tuple[int, int]]]:
    """The (copy, page) that are filed, by pledge."""
    there = select(PledgePage.pledge_id, PledgePage.copy_no, PledgePage.page)
    mine = there.where(PledgePage.pledge_id.in_(pledge_ids), PledgePage.status.in_(KEPT))
    found: dict[int, set[tuple[int, int]]] = {one: set() for one in pledge_ids}
    for pledge_id, copy, page in desk.session.execute(mine):
        found[pledge_id or 0].add((copy or 0, page or 0))
    return {pledge_id: frozenset(pages) for pledge_id, pages in found.items()}


def complete(desk: Desk, pledges: Sequence[Pledge], day: date) -> int:
    """Sign those of which every page of one copy is there, and attach that copy as a PDF; how many."""
    desk.session.flush()
    whole = {one.id: (one, pages) for one in pledges if (pages := _whole_copy(desk, one))}
    for one, _ in whole.values():
        refuse_signing_day(desk, one, "签订日期", day)
    if not whole:
        return 0
    for pledge_id, content in signed_copies(desk, {key: pages for key, (_, pages) in whole.items()}).items():
        pledge, pages = whole[pledge_id]
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
