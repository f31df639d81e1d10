"""One paper a record for a selection (逐件出具): each with a number and archived bytes of its own, many to a transaction.

Pages are drawn and their bytes kept before the lock is taken; numbers are taken inside, in the order of the selection. Whatever
stops a batch, what was issued is whole and numbered without a gap; what was not is listed with its reason.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.registry import Registry
from wenlv_desk.issuing.drawing import Drafts, Drawing, Drawn
from wenlv_desk.issuing.issue import LONGEST_LIST, archive_row, archived, journal_end
from wenlv_desk.issuing.order import (
    Order,
    check_about,
    check_copies,
    hindrance,
    keep_number,
    known,
    next_serial,
    order_of,
    records_of,
    series_of,
)
from wenlv_desk.issuing.records import ISSUED_PAPERS, IssuedPaper
from wenlv_desk.store.batch import GONE, Able, Foreseen, LeftOut, Progress, called
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import check_right, perform
from wenlv_desk.store.office import Office

CHUNK = 50  # papers to a transaction
STOPPED = "没有出具：出具到这里之前停止了"


@dataclass(frozen=True)
class IssuedOne:
    """A paper that was issued about one record."""

    record_id: int
    paper_id: int
    number: str
    pages: int


@dataclass(frozen=True)
class IssuedMany:
    """What issuing to a selection left behind, both in its order; `stopped` where it did not come to its end."""

    issued: tuple[IssuedOne, ...]
    left_out: tuple[LeftOut, ...]
    changed: frozenset[str]
    stopped: bool = False

    @property
    def paper_ids(self) -> tuple[int, ...]:
        return tuple(one.paper_id for one in self.issued)


def foresee_papers(desk: Desk, paper: Paper, registry: Registry, ids: Sequence[int]) -> Foreseen:
    """Which records of a selection a paper may be issued about as they stand, and which not, why."""
    _check_each(paper)
    able: list[Able] = []
    left_out: list[LeftOut] = []
    held = records_of(desk, registry, ids)
    for row_id in dict.fromkeys(ids):
        record = held.get(row_id)
        named = called(registry, row_id, record)
        reason = hindrance(desk.catalogue, paper, registry, record) if record is not None else GONE
        if record is None or reason:
            left_out.append(LeftOut(row_id, *named, (reason,)))
        else:
            able.append(Able(row_id, record.version, *named))
    return Foreseen(tuple(able), tuple(left_out))


def _check_each(paper: Paper) -> None:
    if not paper.alone:
        raise UserError(f"“{paper.title}”把选中的写在一份里，不能逐件出具，请直接打印")
    if paper.blank:
        raise UserError(f"“{paper.title}”打印在证件上，要一张一张地放纸，请一件一件地打印")


def issue_many(
    office: Office,
    clerk: Clerk,
    paper: Paper,
    registry: Registry,
    ids: Sequence[int],
    *,
    copies: int = 1,
    purpose: str | None = None,
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> IssuedMany:
    """A paper for each record, in the order given. `progress(done, total)` may say stop before any paper.

    Raises `UserError` before anything is issued where the paper, the right or the number of copies is wrong for all.
    """
    check_right(clerk, issue_each, ISSUED_PAPERS)
    check_about(office.catalogue, paper, registry)
    _check_each(paper)
    check_copies(copies)
    known(options or {})
    wanted = list(dict.fromkeys(ids))
    arguments = {"paper": paper.name, "register": registry.name, "copies": copies, "purpose": purpose}
    batch = _Batch(office, clerk, arguments, options or {}, progress, len(wanted))
    for start in range(0, len(wanted), CHUNK):
        if not batch.ended:
            batch.issue(Order(paper, registry, tuple(wanted[start : start + CHUNK])), start)
    if progress is not None:
        progress(len(wanted), len(wanted))
    issued = {one.record_id for one in batch.issued}
    with office.desk(clerk) as desk:
        reasons = {row_id: batch.left_out.get(row_id, batch.ended) for row_id in wanted if row_id not in issued}
        held = records_of(desk, registry, list(reasons))
        left_out = tuple(
            LeftOut(row_id, *called(registry, row_id, held.get(row_id)), (why,)) for row_id, why in reasons.items()
        )
    return IssuedMany(tuple(batch.issued), left_out, frozenset(batch.changed), stopped=bool(batch.ended))


@dataclass
class _Batch:
    """A batch under way. `ended` says why it came to no more: it was stopped, or something failed that would fail again."""

    office: Office
    clerk: Clerk
    arguments: Mapping[str, Any]
    options: Mapping[str, Any]
    progress: Progress | None
    total: int
    issued: list[IssuedOne] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    ended: str = ""

    def issue(self, order: Order, done: int) -> None:
        """Issue to one chunk of the selection, of which `done` records are behind."""
        try:
            with self.office.desk(self.clerk) as desk:
                drafts = self._draw(desk, order, done)
            self.left_out |= drafts.left_out
            if drafts.drawn:
                self._confirm(drafts)
        except NoneIssuedError as error:
            self.left_out |= error.left_out
        except (
            UserError
        ) as error:  # a full disk or a locked database would refuse the others as well, each after its time
            self.ended = f"没有出具：出了故障（{error.message}）"

    def _draw(self, desk: Desk, order: Order, done: int) -> Drafts:
        """Draw one paper while the one before it is written to the disk."""
        drafts = Drafts(self.options, desk.today, journal_end(desk))
        drawing = Drawing(desk, order, self.options)
        serial, keeping = next_serial(desk, order.paper), dict[int, Future[Drawn]]()
        with ThreadPoolExecutor(1) as disk:
            for place, row_id in enumerate(order.ids):
                if self.progress is not None and self.progress(done + place, self.total):
                    self.ended = STOPPED
                    break
                number = drawing.number(serial + len(keeping))
                try:
                    pdf = drawing.pdf(row_id, number)
                except UserError as error:
                    drafts.left_out[row_id] = error.message
                else:
                    keeping[row_id] = disk.submit(drawing.kept, pdf, number)
            drafts.drawn |= {row_id: kept.result() for row_id, kept in keeping.items()}
        return drafts

    def _confirm(self, drafts: Drafts) -> None:
        arguments = {**self.arguments, "records": ",".join(map(str, drafts.drawn))}
        done = perform(
            self.office, self.clerk, issue_each, IssuedPaper.__tablename__, arguments=arguments, payload=drafts
        )
        self.issued += [IssuedOne(*one) for one in done.value["issued"]]
        self.left_out |= dict(done.value["left_out"])
        self.changed |= done.changed


class NoneIssuedError(UserError):
    """None of the records can have the paper any more; `left_out` says why of each."""

    def __init__(self, left_out: Mapping[int, str]) -> None:
        super().__init__("一件也没有出具：" + "；".join(dict.fromkeys(left_out.values())))
        self.left_out = left_out


@operation("逐件出具文书", subject=Subject.REGISTER, on=(IssuedPaper,), undoable=False)
def issue_each(
    desk: Desk,
    registry: Registry,  # noqa: ARG001
    *,
    paper: Annotated[str, param("文书种类", kind=Text(64))],
    register: Annotated[str, param("台账", kind=Text(64))],
    records: Annotated[str, param("记录编号", kind=Text(LONGEST_LIST, block=True))],
    copies: Annotated[int, param("份数")] = 1,
    purpose: Annotated[str | None, param("用途", kind=Text(128))] = None,
) -> dict[str, Any]:
    """A paper of its own for each record. Returns (record, paper, number, sheets) of each, and why the others were left out."""
    drafts = desk.payload if isinstance(desk.payload, Drafts) else None
    options = drafts.options if drafts is not None else desk.payload or {}
    order = order_of(desk, paper, register, records, options)
    _check_each(order.paper)
    check_copies(copies)
    drawn, left_out = _drawn_now(desk, order, options, drafts.drawn if drafts is not None and drafts.fit(desk) else {})
    if not drawn:
        raise NoneIssuedError(left_out)
    desk.next_numbers(series_of(order.paper), len(drawn), desk.today.year)
    desk.lookup.prefetch(order.registry.name, drawn)
    rows = [
        archive_row(desk, replace(order, ids=(row_id,)), one.number, one.digest, one.pages, copies, purpose)
        for row_id, one in drawn.items()
    ]
    ids = desk.insert_many(IssuedPaper, rows)
    keep_number(desk, order, {row_id: one.number for row_id, one in drawn.items()})
    desk.notes += [f"没有出具“{desk.lookup.label(register, row_id)}”：{why}" for row_id, why in left_out.items()]
    issued = [
        (row_id, paper_id, one.number, one.pages) for paper_id, (row_id, one) in zip(ids, drawn.items(), strict=True)
    ]
    return {"issued": issued, "left_out": list(left_out.items())}


def _drawn_now(
    desk: Desk, order: Order, options: Mapping[str, Any], ahead: Mapping[int, Drawn]
) -> tuple[dict[int, Drawn], dict[int, str]]:
    """The papers as they are now: those drawn ahead where they still are right, the others drawn again; and who cannot have one."""
    drawing = Drawing(desk, order, options)
    first = next_serial(desk, order.paper)
    drawn: dict[int, Drawn] = {}
    left_out: dict[int, str] = {}
    for row_id in order.ids:
        number, made = drawing.number(first + len(drawn)), ahead.get(row_id)
        if made is not None and made.number == number:
            drawn[row_id] = made
            continue
        try:
            pdf = drawing.pdf(row_id, number)
        except UserError as error:
            left_out[row_id] = error.message
        else:
            drawn[row_id] = drawing.kept(pdf, number)
    return drawn, left_out


def merged_archive(desk: Desk, paper_ids: Sequence[int]) -> bytes:
    """The archived pages of issued papers as one PDF for the printer, in the order given; of one paper its own bytes."""
    from wenlv_desk.typeset.merge import merged

    pdfs = [archived(desk, paper_id) for paper_id in paper_ids]
    return pdfs[0] if len(pdfs) == 1 else merged(pdfs)
