"""Issuing papers: preview without a number, issue with one, archive the bytes, reprint them, void them.

The number, the archived bytes and the journal entry belong to one transaction; a reprint gives the archived bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.registry import Registry
from wenlv_desk.issuing.matter import gather
from wenlv_desk.issuing.records import BlankOutcome, BlankUse, IssuedPaper, PaperStatus
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import Done, perform
from wenlv_desk.store.office import Office
from wenlv_desk.store.series import last_number
from wenlv_desk.store.tables import JournalHead

LONGEST_ID = 18  # digits
LONGEST_LIST = 100_000  # characters: the ids of a roster
MOST_COPIES = 999
PREVIEW_NUMBER = "（出具时编号）"
OPTIONS = {"columns": "名册的列", "offset": "打印偏移", "calibration": "校准页"}  # what a caller may ask of a paper


def preview(
    desk: Desk, paper: Paper, registry: Registry, ids: Sequence[int], options: Mapping[str, Any] | None = None
) -> bytes:
    """The PDF as it would be issued, without taking a number; for overprints the blank's outline marked 样张."""
    _known(options or {})
    return _render(desk, paper, registry, ids, PREVIEW_NUMBER, {**(options or {}), "specimen": True})


def _known(options: Mapping[str, Any]) -> None:
    if unknown := [name for name in options if name not in OPTIONS]:
        raise UserError(f"打印没有“{'、'.join(unknown)}”这个选项，可用：{'、'.join(OPTIONS)}")


def _render(
    desk: Desk, paper: Paper, registry: Registry, ids: Sequence[int], number: str, options: Mapping[str, Any]
) -> bytes:
    from wenlv_desk.typeset.render import render

    if not ids:
        raise UserError(f"没有选中任何{registry.title}，请先选定再打印“{paper.title}”")
    if len(ids) > 1 and not paper.many:
        raise UserError(f"“{paper.title}”一次只能出具一{registry.unit}，现在选了 {len(ids)} {registry.unit}")
    return render(paper.function(gather(desk, registry, ids, number, options)))


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
    order = _order(desk, paper, register, records, options)
    _check_copies(copies)
    if order.paper.blank and not blank_serial:
        raise UserError(f"“{order.paper.title}”打印在空白证上，请填空白证号（印在空白证上的流水号）")
    if blank_serial and not order.paper.blank:
        raise UserError(f"“{order.paper.title}”不打印在空白证上，请清空空白证号；证号用在哪里只能登记一次")
    from wenlv_desk.typeset.preview import page_sizes

    number = document_number(desk, order.paper, desk.next_number(_series(order.paper)))
    pdf = draft.pdf if draft is not None and draft.fits(desk, order, number) else _drawn(desk, order, number, options)
    made = IssuedPaper(
        paper_no=number,
        title=order.paper.title,
        about=_about(desk, order.registry, order.ids),
        copies=copies,
        purpose=purpose,
        blank_serial=blank_serial,
        issued_by=desk.clerk.name,
        issued_at=desk.now,
        pages=len(page_sizes(pdf)),
        sha256=desk.files.put(pdf),
        paper=order.paper.name,
        register=order.registry.name,
        record_ids=records,
        status=PaperStatus.ISSUED,
    )
    desk.add(made)
    if blank_serial:
        use_blank(desk, order.paper.blank, blank_serial, BlankOutcome.USED, made)
    return {"id": made.id, "number": number, "sha256": made.sha256, "pages": made.pages}


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
class _Order:
    """What is to be printed, about which records."""

    paper: Paper
    registry: Registry
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Draft:
    """Pages drawn ahead of their number, and what they were drawn from: the day and the end of the journal."""

    order: _Order
    number: str
    today: date
    last_entry: int
    pdf: bytes
    options: Mapping[str, Any]

    def fits(self, desk: Desk, order: _Order, number: str) -> bool:
        """Whether drawing now would give the same pages."""
        assert desk.recorder is not None
        same = (self.order, self.number, self.today) == (order, number, desk.today)
        return same and self.last_entry == desk.recorder.entry_id - 1


def _draft(desk: Desk, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> Draft:
    paper, register, records = (str(arguments.get(name) or "") for name in ("paper", "register", "records"))
    order = _order(desk, paper, register, records, options)
    serial = last_number(desk.session, _series(order.paper), desk.today.year) + 1
    number = document_number(desk, order.paper, serial)
    last_entry = desk.session.execute(select(JournalHead.entry_id)).scalar_one()
    return Draft(order, number, desk.today, last_entry, _drawn(desk, order, number, options), options)


def _order(desk: Desk, paper: str, register: str, records: str, options: Mapping[str, Any]) -> _Order:
    declared, about = desk.catalogue.paper(paper), desk.catalogue.registry(register)
    _known(options)
    if options.get("calibration"):
        raise UserError("校准页不是文书，不编号也不归档，请在预览里直接打印")
    if declared.name not in desk.catalogue.papers_on(about):
        raise UserError(f"“{declared.title}”不能用于{about.title}，请换一种文书或台账")
    parts = records.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < LONGEST_ID for part in parts):
        raise UserError(f"“{records}”读不出记录编号，请写成用英文逗号隔开的编号，如 3,5,8")
    return _Order(declared, about, tuple(int(part) for part in parts))


def _check_copies(copies: int) -> None:
    if not 1 <= copies <= MOST_COPIES:
        raise UserError(f"份数须在 1 到 {MOST_COPIES} 之间，请改正份数")


def _drawn(desk: Desk, order: _Order, number: str, options: Mapping[str, Any]) -> bytes:
    return _render(desk, order.paper, order.registry, order.ids, number, options)


def _series(paper: Paper) -> str:
    return f"paper/{paper.series}"


def document_number(desk: Desk, paper: Paper, serial: int) -> str:
    """机关代字＋系列＋〔年〕＋序号: no leading zeros, brackets U+3014/3015 (GB/T 9704)."""
    return f"{desk.settings.get('document_code') or ''}{paper.series}〔{desk.today.year}〕{serial}号"


def _about(desk: Desk, registry: Registry, ids: Sequence[int]) -> str:
    first = desk.lookup.label(registry.name, ids[0])
    return first if len(ids) == 1 else f"{first} 等 {len(ids)} {registry.unit}"


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
    _check_copies(copies)
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
    """Mark a paper void. It keeps its number and its bytes; a blank it stood on becomes spoiled."""
    record.status, record.void_reason, record.replaced_by = PaperStatus.VOID, why, replaced_by
    for used in desk.session.scalars(select(BlankUse).where(BlankUse.issued_paper_id == record.id)):
        used.outcome = BlankOutcome.SPOILED
        used.note = why


def use_blank(
    desk: Desk, blank: str, serial: str, outcome: BlankOutcome, paper: IssuedPaper | None, note: str = ""
) -> BlankUse:
    """Record where a blank's serial went; one already recorded is refused with what it was used for."""
    serial = serial.strip()
    known = desk.session.scalar(
        select(BlankUse).where(BlankUse.blank == blank, BlankUse.serial_no == serial, ~BlankUse.voided)
    )
    if known is not None:
        raise UserError(
            f"空白证 {serial} 已于 {known.noted_at:%Y-%m-%d} 登记为“{known.outcome.label}”（{known.about or known.note}），请核对号码"
        )
    made = BlankUse(
        blank=blank,
        serial_no=serial,
        outcome=outcome,
        issued_paper_id=paper.id if paper else None,
        about=paper.about if paper else None,
        noted_by=desk.clerk.name,
        noted_at=desk.now,
        note=note or None,
    )
    desk.add(made)
    return made


@operation("登记作废空白证", subject=Subject.REGISTER, on=(BlankUse,))
def spoil(
    desk: Desk,
    registry: Registry,  # noqa: ARG001
    *,
    blank: Annotated[str, param("空白证种类", kind=Text(64))],
    serial: Annotated[str, param("空白证号", kind=Text(64))],
    why: Annotated[str, param("原因")],
) -> BlankUse:
    """Record a blank that was spoiled before anything was issued on it."""
    return use_blank(desk, blank, serial, BlankOutcome.SPOILED, None, why)
