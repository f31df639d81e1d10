"""Issuing papers: preview without a number, issue with one, archive the bytes, reprint them, void them.

The number, the archived bytes and the journal entry belong to one transaction; a reprint gives the archived bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.registry import Registry
from wenlv_desk.issuing.blanks import spoil_with, use_blank
from wenlv_desk.issuing.matter import gather, pdf_of
from wenlv_desk.issuing.order import (
    Order,
    check_copies,
    check_count,
    check_ready,
    document_number,
    give_number_back,
    keep_number,
    known,
    next_serial,
    order_of,
    series_of,
)
from wenlv_desk.issuing.records import BlankOutcome, IssuedPaper, PaperStatus
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import Done, perform
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import JournalHead

LONGEST_LIST = 100_000  # characters: the ids of a roster
PREVIEW_NUMBER = "（出具时编号）"


def preview(
    desk: Desk, paper: Paper, registry: Registry, ids: Sequence[int], options: Mapping[str, Any] | None = None
) -> bytes:
    """The PDF as it would be issued, without taking a number; for overprints the blank's outline marked 样张.

    What could not be issued is not shown either; a calibration sheet says nothing about a record.
    """
    given = options or {}
    known(given)
    check_count(paper, registry, ids)
    if not given.get("calibration"):
        check_ready(desk, paper, registry, ids)
    return _drawn(desk, Order(paper, registry, tuple(ids)), PREVIEW_NUMBER, {**given, "specimen": True})


def _drawn(desk: Desk, order: Order, number: str, options: Mapping[str, Any]) -> bytes:
    told = order.paper.data(desk, order.ids) if order.paper.data is not None else None
    matter = replace(gather(desk, order.registry, order.ids, number, options), told=told)
    return pdf_of(order.paper, matter)


@operation("出具文书", subject=Subject.REGISTER, on=(IssuedPaper,), undoable=False)
def issue(
    desk: Desk,
    registry: Registry,  # noqa: ARG001
    *,
    paper: Annotated[str, param("文书种类", kind=Text(64))],
    register: Annotated[str, param("台账", kind=Text(64))],
    records: Annotated[str, param("记录编号", kind=Text(LONGEST_LIST, block=True))],
    copies: Annotated[int, param("份数")] = 1,
    purpose: Annotated[str | None, param("用途", kind=Text(128))] = None,
    blank_serial: Annotated[str | None, param("空白证号", kind=Text(64))] = None,
) -> dict[str, Any]:
    """Take the next number, render, archive and record a paper. Returns its id, number and digest."""
    draft = desk.payload if isinstance(desk.payload, Draft) else None
    options = draft.options if draft is not None else desk.payload or {}
    order = order_of(desk, paper, register, records, options)
    check_count(order.paper, order.registry, order.ids)
    check_copies(copies)
    _check_blank(order.paper, blank_serial)
    check_ready(desk, order.paper, order.registry, order.ids)
    number = document_number(desk, order.paper, desk.next_number(series_of(order.paper)))
    pdf = draft.pdf if draft is not None and draft.fits(desk, order, number) else _drawn(desk, order, number, options)
    row = archive_row(desk, order, number, desk.files.put(pdf), sheets_of(pdf), copies, purpose)
    made = IssuedPaper(**row, blank_serial=blank_serial)
    desk.add(made)
    if blank_serial:
        use_blank(desk, order.paper.blank, blank_serial, BlankOutcome.USED, made)
    keep_number(desk, order, dict.fromkeys(order.ids, number))
    return {"id": made.id, "number": number, "sha256": made.sha256, "pages": made.pages}


def _check_blank(paper: Paper, serial: str | None) -> None:
    if paper.takes_serial and not serial:
        raise UserError(f"“{paper.title}”打印在空白证上，请填空白证号（印在空白证上的流水号）")
    if serial and not paper.takes_serial:
        raise UserError(f"“{paper.title}”不打印在空白证上，请清空空白证号；证号用在哪里只能登记一次")


def archive_row(
    desk: Desk, order: Order, number: str, digest: str, pages: int, copies: int, purpose: str | None
) -> dict[str, Any]:
    """An issued paper as 文书档案 keeps it."""
    first = desk.lookup.label(order.registry.name, order.ids[0])
    count = len(order.ids)
    return {
        "paper_no": number,
        "title": order.paper.title,
        "about": first if count == 1 else f"{first} 等 {count} {order.registry.unit}",
        "copies": copies,
        "purpose": purpose,
        "issued_by": desk.clerk.name,
        "issued_at": desk.now,
        "pages": pages,
        "sha256": digest,
        "paper": order.paper.name,
        "register": order.registry.name,
        "record_ids": ",".join(map(str, order.ids)),
        "status": PaperStatus.ISSUED,
    }


def sheets_of(pdf: bytes) -> int:
    """How many sheets a PDF has."""
    from wenlv_desk.typeset.preview import page_sizes

    return len(page_sizes(pdf))


def issue_paper(
    office: Office, clerk: Clerk, arguments: Mapping[str, Any], options: Mapping[str, Any] | None = None
) -> Done:
    """`issue` with its pages drawn before the lock is taken, so that a thousand of them keep no other counter waiting.

    The number is taken inside, without gaps; where somebody wrote meanwhile, the pages are drawn again there.
    """
    with office.desk(clerk) as desk:
        draft = _draft(desk, arguments, options or {})
    return perform(office, clerk, "issue", IssuedPaper.__tablename__, arguments=arguments, payload=draft)


@dataclass(frozen=True)
class Draft:
    """Pages drawn ahead of their number, and what they were drawn from: the day and the end of the journal."""

    order: Order
    number: str
    today: date
    last_entry: int
    pdf: bytes
    options: Mapping[str, Any]

    def fits(self, desk: Desk, order: Order, number: str) -> bool:
        """Whether drawing now would give the same pages."""
        same = (self.order, self.number, self.today) == (order, number, desk.today)
        return same and unwritten_since(desk, self.last_entry)


def journal_end(desk: Desk) -> int:
    """The last entry of the journal."""
    return int(desk.session.execute(select(JournalHead.entry_id)).scalar_one())


def unwritten_since(desk: Desk, last_entry: int) -> bool:
    """Whether nobody wrote between that entry and this operation."""
    assert desk.recorder is not None
    return last_entry == desk.recorder.entry_id - 1


def _draft(desk: Desk, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> Draft:
    paper, register, records = (str(arguments.get(name) or "") for name in ("paper", "register", "records"))
    order = order_of(desk, paper, register, records, options)
    check_count(order.paper, order.registry, order.ids)
    check_ready(desk, order.paper, order.registry, order.ids)
    number = document_number(desk, order.paper, next_serial(desk, order.paper))
    return Draft(order, number, desk.today, journal_end(desk), _drawn(desk, order, number, options), options)


def archived(desk: Desk, paper_id: int) -> bytes:
    """The bytes of an issued paper exactly as issued, checked against the digest on record."""
    return desk.files.get(desk.get(IssuedPaper, paper_id).sha256)


@operation("重印", on=(IssuedPaper,), undoable=False)
def reprint(
    desk: Desk,
    record: IssuedPaper,
    *,
    copies: Annotated[int, param("份数")] = 1,
    why: Annotated[str | None, param("原因")] = None,
) -> dict[str, Any]:
    """Print the archived bytes again; the journal keeps who, when and why."""
    if record.status is PaperStatus.VOID:
        raise UserError(f"“{record.paper_no}”已作废，不能重印；可以在文书档案里查看")
    check_copies(copies)
    desk.files.get(record.sha256)
    desk.notes.append(f"重印 {copies} 份" + (f"：{why}" if why else ""))
    return {"id": record.id, "number": record.paper_no, "sha256": record.sha256, "pages": record.pages}


@operation("作废", on=(IssuedPaper,), when=(PaperStatus.ISSUED,), to=PaperStatus.VOID, danger=True, undoable=False)
def void_paper(
    desk: Desk,
    record: IssuedPaper,
    *,
    why: Annotated[str, param("作废原因")],
    replaced_by: Annotated[str | None, param("更正后的文书编号", kind=Text(64))] = None,
) -> None:
    """Mark a paper void. It keeps its number and its bytes; a blank it stood on becomes spoiled, and what it was issued about
    can have another one."""
    record.status, record.void_reason, record.replaced_by = PaperStatus.VOID, why, replaced_by
    spoil_with(desk, record, why)
    give_number_back(desk, record.paper, record.register, record.record_ids, record.paper_no)
