"""A pledge of which every page of one copy is filed is signed: that copy is attached to it upright and in order, as one PDF.

Where a page of that copy is taken back, the pledge goes back to what it was before.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, select

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.pledge.bundles import signed_copies
from wenlv_desk.registries.pledge.records import Pledge, PledgePage
from wenlv_desk.registries.pledge.signing import SCAN, refuse_signing_day, take_effect
from wenlv_desk.registries.pledge.vocabulary import KEPT, OUT, PledgeState
from wenlv_desk.store.attachments import attach_content
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.images import values_of
from wenlv_desk.store.tables import Attachment, JournalRow


def taken(desk: Desk, pledge_ids: Sequence[int]) -> dict[int, frozenset[tuple[int, int]]]:
    """The (copy, page) that are filed, by pledge."""
    there = select(PledgePage.pledge_id, PledgePage.copy_no, PledgePage.page)
    mine = there.where(PledgePage.pledge_id.in_(pledge_ids), PledgePage.status.in_(KEPT))
    found: dict[int, set[tuple[int, int]]] = {one: set() for one in pledge_ids}
    for pledge_id, copy, page in desk.session.execute(mine):
        found[pledge_id or 0].add((copy or 0, page or 0))
    return {pledge_id: frozenset(pages) for pledge_id, pages in found.items()}


def complete(desk: Desk, pledges: Sequence[Pledge], day: date) -> int:
    """Attach as a PDF the copy of which every page is there, and sign; how many were signed.

    One that was printed after that day keeps its copy and waits for the date to be put right: it holds up no other.
    """
    desk.session.flush()
    whole = {one.id: (one, pages) for one in pledges if (pages := _whole_copy(desk, one))}
    fresh = {key: pages for key, (one, pages) in whole.items() if one.scan_sha256 is None}
    for pledge_id, content in (signed_copies(desk, fresh) if fresh else {}).items():
        _attach(desk, whole[pledge_id][0], fresh[pledge_id][0].copy_no or 0, content)
    return sum(_signed(desk, one, day) for one, _ in whole.values())


def _signed(desk: Desk, pledge: Pledge, day: date) -> bool:
    try:
        refuse_signing_day(desk, pledge, "签订日期", day)
    except UserError:
        desk.notes.append(
            f"{pledge.pledge_no}（{pledge.party_b}）页已齐，但签订日期 {day} 早于下发日期 {pledge.issued_on}，"
            "没有登记签订，请核对日期后办“登记双方签订”"
        )
        return False
    take_effect(pledge, pledge.b_signed_on or day, day)
    return True


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


def _attach(desk: Desk, pledge: Pledge, copy: int, content: bytes) -> None:
    pledge.scan_sha256 = attach_content(desk, pledge, f"{pledge.pledge_no} 签字扫描件.pdf", content, _note(copy)).sha256


def _note(copy: int) -> str:
    """What is said of a copy made of filed pages, and tells it from a scan that a clerk attached."""
    return f"{SCAN}（归档的第 {copy} 份）"


def withdraw(desk: Desk, pledge: Pledge, copy: int) -> bool:
    """Take this copy off a pledge that is in force by it, and put the pledge back to what it was before; whether it was."""
    mine = (Attachment.register == Pledge.__tablename__, Attachment.record_id == pledge.id)
    made = (Attachment.sha256 == pledge.scan_sha256, Attachment.note == _note(copy))
    kept = desk.session.scalar(select(Attachment).where(*mine, *made).order_by(Attachment.id.desc()).limit(1))
    if kept is None or pledge.status not in (*OUT, PledgeState.EFFECTIVE):
        return False
    if pledge.status is PledgeState.EFFECTIVE:
        for name, value in _while_out(desk, pledge).items():
            setattr(pledge, name, value)
    pledge.scan_sha256, kept.voided = None, True
    return True


def _while_out(desk: Desk, pledge: Pledge) -> dict[str, Any]:
    """What the pledge said of its signing when it last waited to be signed, by the journal."""
    table = Pledge.__table__
    assert isinstance(table, Table)
    mine = (JournalRow.table == table.name, JournalRow.row_id == pledge.id, JournalRow.before.is_not(None))
    images = desk.session.scalars(select(JournalRow.before).where(*mine).order_by(JournalRow.id.desc()))
    values = next(one for image in images if (one := values_of(table, json.loads(image or "{}")))["status"] in OUT)
    return {name: values[name] for name in ("status", "b_signed_on", "a_signed_on")}
