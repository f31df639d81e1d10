"""A scan as the page shows it, as plain data: what became of every page, what is missing, which pledges still wait. Knows no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.kinds import Day
from wenlv_desk.registries.pledge.bundles import Bundle, bundle_of, is_unread_file, kept_source
from wenlv_desk.registries.pledge.records import Pledge, PledgePage, PledgeScan
from wenlv_desk.registries.pledge.tables import lacking_pages
from wenlv_desk.registries.pledge.vocabulary import KEPT, OUT, WAITING, PledgeState
from wenlv_desk.scanning.model import Chosen, Place, Progress, Source
from wenlv_desk.scanning.showing import pictures_of
from wenlv_desk.store.desk import Desk

EARLIER_SHOWN = 6


@dataclass(frozen=True)
class PageShown:
    """A page of a scan; `number`, `page` and `copy` are those of its pledge where it is known.

    `waiting` may be assigned by hand or set aside, `kept` is filed and may be taken back; `file` is no page, but a file
    that cannot be read.
    """

    id: int
    version: int
    place: int
    state: str
    tone: str
    waiting: bool
    kept: bool
    file: bool
    said: str
    number: str
    page: int | None
    copy: int | None
    turned: int

    @property
    def name(self) -> str:
        return "读不出的文件" if self.file else f"第 {self.place} 页"


@dataclass(frozen=True)
class Lacking:
    """A pledge of which pages came in, and which page of that copy did not."""

    number: str
    party: str
    copy: int
    page: int


@dataclass(frozen=True)
class OpenPledge:
    """A pledge that waits to be signed: what a page may be assigned to."""

    number: str
    party: str
    pages: int
    copies: int


@dataclass(frozen=True)
class ScanView:
    """Everything the page shows of one scan."""

    id: int
    name: str
    signed_on: date
    filed_at: datetime
    pages: tuple[PageShown, ...]
    lacking: tuple[Lacking, ...]
    open: tuple[OpenPledge, ...]
    signed: int

    @property
    def waiting(self) -> tuple[PageShown, ...]:
        return tuple(one for one in self.pages if one.waiting)

    @property
    def files(self) -> int:
        """How many files cannot be read."""
        return sum(one.file for one in self.pages)

    def counted(self) -> list[tuple[str, str, int]]:
        """(state, tone, pages) of the states there are, in the order in which they are first met."""
        read = [one for one in self.pages if not one.file]
        states = dict.fromkeys((one.state, one.tone) for one in read)
        return [(state, tone, sum(one.state == state for one in read)) for state, tone in states]


@dataclass(frozen=True)
class Earlier:
    """A scan of which pages still wait."""

    id: int
    name: str
    filed_at: datetime
    waiting: int


@dataclass(frozen=True)
class HandedIn:
    """A scan that was read, and the day on which it was signed."""

    bundle: Bundle
    signed_on: date


def view_of(desk: Desk, scan_id: int) -> ScanView:
    """Read how a scan stands."""
    scan = desk.get(PledgeScan, scan_id)
    found = desk.session.scalars(
        select(PledgePage).where(PledgePage.scan_id == scan_id).order_by(PledgePage.place)
    ).all()
    ids = {one.pledge_id for one in found if one.pledge_id is not None}
    pledges = {one.id: one for one in desk.session.scalars(select(Pledge).where(Pledge.id.in_(ids)))}
    return ScanView(
        scan.id,
        scan.file_name,
        scan.signed_on,
        scan.filed_at,
        tuple(_page(one, is_unread_file(scan, one), pledges.get(one.pledge_id or 0)) for one in found),
        tuple(_lacking(desk, sorted(pledges.values(), key=lambda one: one.pledge_no))),
        tuple(_open(desk)),
        sum(one.status is PledgeState.EFFECTIVE for one in pledges.values()),
    )


def _page(one: PledgePage, file: bool, pledge: Pledge | None) -> PageShown:
    return PageShown(
        one.id,
        one.version,
        one.place,
        one.status.label,
        one.status.tone,
        one.status in WAITING,
        one.status in KEPT,
        file,
        one.said,
        pledge.pledge_no if pledge else "",
        one.page,
        one.copy_no,
        one.turned,
    )


def _lacking(desk: Desk, pledges: Sequence[Pledge]) -> list[Lacking]:
    made = []
    for one in pledges:
        copy, pages = lacking_pages(desk, one)
        made += [Lacking(one.pledge_no, one.party_b, copy, page) for page in pages]
    return made


def _open(desk: Desk) -> list[OpenPledge]:
    columns = select(Pledge.pledge_no, Pledge.party_b, Pledge.pages, Pledge.copies)
    waiting = columns.where(Pledge.status.in_(OUT), ~Pledge.voided).order_by(Pledge.pledge_no)
    return [OpenPledge(row[0], row[1], row[2] or 0, row[3]) for row in desk.session.execute(waiting)]


def scan_of_page(desk: Desk, page_id: int) -> tuple[int, int]:
    """The scan of a page, and its place in it."""
    page = desk.get(PledgePage, page_id)
    return page.scan_id, page.place


def earlier_of(desk: Desk) -> list[Earlier]:
    """The newest scans of which pages still wait."""
    mine = select(PledgeScan).where(PledgeScan.waiting_pages > 0, ~PledgeScan.voided).order_by(PledgeScan.id.desc())
    listed = desk.session.scalars(mine.limit(EARLIER_SHOWN))
    return [Earlier(one.id, one.file_name, one.filed_at, one.waiting_pages) for one in listed]


def signing_day(desk: Desk, text: str) -> date:
    """The day of signing as it was typed; empty is today. UserError before anything is read."""
    reading = Day().read(text, desk.context)
    if reading.value is None and reading.problem:
        raise UserError(f"签订日期：{reading.problem}")
    day: date = reading.value or desk.today
    if day > desk.today:
        raise UserError(f"签订日期 {day} 还没有到，请改正")
    return day


def read_scan(desk: Desk, paths: Sequence[Path], signed_on: str, progress: Progress) -> HandedIn:
    """Read every page of what was handed in; UserError, ScanStopped."""
    day = signing_day(desk, signed_on)
    return HandedIn(bundle_of(list(paths), progress), day)


def source_of(desk: Desk, scan_id: int) -> Source:
    """The originals of a scan where they are kept."""
    return kept_source(desk, scan_id)


def drawn(source: Source, wanted: Sequence[tuple[int, int]], pixels: int) -> list[bytes]:
    """JPEGs of (place from 1, turned) of a scan; empty where nothing can be drawn or the original has no such page."""
    places = source.places()
    there = [_chosen(places, place, turned) for place, turned in wanted]
    made = iter(pictures_of([one for one in there if one is not None], pixels))
    return [next(made) if one is not None else b"" for one in there]


def _chosen(places: Sequence[Place], place: int, turned: int) -> Chosen | None:
    if not 1 <= place <= len(places):
        return None
    found = places[place - 1]
    return Chosen(found.file, found.page, turned)
