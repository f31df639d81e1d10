"""Tables of grids out of the window as of any day: a file or paper; a table with phones asks why, and the journal keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.core.reports import Report, Sheet
from wenlv_desk.gui.importing.asking import ask_reason
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.listing.exporting import PAPER, ask_target, tell_saved
from wenlv_desk.gui.listing.reporting import KINDS
from wenlv_desk.gui.printing.loose import LooseDialog
from wenlv_desk.gui.seat import Seat
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office

AT_THE_PRINTER: Final = "打印"


@dataclass(frozen=True)
class Wanted:
    """A report about a record, as of a day, and how it is called."""

    report: Report
    registry: Registry
    record_id: int
    day: date
    title: str


@dataclass(frozen=True)
class Saved:
    """How many rows were written."""

    rows: int
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Drawn:
    """The pages."""

    pdf: bytes
    changed: frozenset[str] = frozenset()


def save(owner: QWidget, seat: Seat, wanted: Wanted, *, only_pdf: bool = False) -> None:
    """Ask where to, and why where personal data leaves; write it by the file's ending."""
    ending = ".pdf" if only_pdf else ".xlsx"
    path = ask_target(owner, wanted.title, f"{wanted.title}-{wanted.day:%Y%m%d}{ending}", PAPER if only_pdf else KINDS)
    if path is None:
        return
    path = path.with_suffix(".pdf") if only_pdf else path

    def told(done: Saved) -> None:
        tell_saved(seat, f"{wanted.title}（{wanted.day}）已存为“{path.name}”，共 {done.rows:,} 行", path)

    def write(reason: str) -> Job:
        given = (seat.office, seat.clerk, wanted, path)
        return seat.kit.jobs.write(owner, _written, *given, reason=reason, then=told)

    _with_reason(owner, seat, wanted, "存表", write)


def print_out(owner: QWidget, seat: Seat, wanted: Wanted) -> None:
    """Draw it and open its print preview; it takes no number."""

    def show(done: Drawn) -> None:
        LooseDialog(seat, f"{wanted.title}（{wanted.day}）", done.pdf).open()

    def draw(reason: str) -> Job:
        return seat.kit.jobs.write(owner, _drawn, seat.office, seat.clerk, wanted, reason=reason, then=show)

    _with_reason(owner, seat, wanted, "打印", draw)


def _with_reason(owner: QWidget, seat: Seat, wanted: Wanted, verb: str, then: Callable[[str], Job]) -> None:
    if not wanted.report.personal:
        then("")
        return
    said = ["表中有完整的电话。谁在什么时候因为什么取走，会记入流水。"]
    ask_reason(owner.window(), seat.kit.looks, f"{verb}：{wanted.title}（{wanted.day}）", verb, then, said=said)


def _taken(office: Office, clerk: Clerk, wanted: Wanted, where: str, reason: str) -> Sheet:
    from wenlv_desk.ledger.reporting import take_report

    given = (office, clerk, wanted.registry, wanted.report, wanted.record_id)
    return take_report(*given, where=where, reason=reason, day=wanted.day)


def _written(office: Office, clerk: Clerk, wanted: Wanted, path: Path, *, reason: str) -> Saved:
    from wenlv_desk.registries.handing_in import save_sheet

    return Saved(save_sheet(office, clerk, _taken(office, clerk, wanted, path.name, reason), path))


def _drawn(office: Office, clerk: Clerk, wanted: Wanted, *, reason: str) -> Drawn:
    from wenlv_desk.registries.handing_in import drawn_sheet

    return Drawn(drawn_sheet(office, clerk, _taken(office, clerk, wanted, AT_THE_PRINTER, reason)))
