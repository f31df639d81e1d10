"""Reports (报表) from the window: the tables about the row at the cursor, saved as workbooks, CSV or PDF from the export menu."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.core.reports import Report
from wenlv_desk.gui.importing.asking import ask_reason
from wenlv_desk.gui.listing.exporting import PAPER, TEXT, WORKBOOK, ask_target, tell_saved
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import without_arguments
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office

KINDS = ";;".join((WORKBOOK, TEXT, PAPER))


@dataclass(frozen=True)
class Saved:
    """How many rows were written."""

    rows: int
    changed: frozenset[str] = frozenset()


def add_reports(menu: QMenu, owner: QWidget, seat: Seat, registry: Registry, chosen: Callable[[], int | None]) -> None:
    """Put the reports of the register, about the `chosen` record, into its export menu."""
    if reports := seat.catalogue.reports_on(registry).values():
        menu.addSeparator()
    for report in reports:
        save = partial(_save_chosen, owner, seat, registry, report, chosen)
        menu.addAction(f"{report.title}…").triggered.connect(without_arguments(save))


def _save_chosen(
    owner: QWidget, seat: Seat, registry: Registry, report: Report, chosen: Callable[[], int | None]
) -> None:
    record_id = chosen()
    if record_id is None:
        seat.kit.notices.fail(
            f"“{report.title}”是一{registry.unit}{registry.title}的表，请先在列表里点选一{registry.unit}"
        )
        return
    path = ask_target(owner, report.title, f"{report.title}-{seat.office.clock():%Y%m%d}.xlsx", KINDS)
    if path is None:
        return

    def save(reason: str) -> None:
        def told(done: Saved) -> None:
            tell_saved(seat, f"{report.title}共 {done.rows:,} 行，已存为“{path.name}”", path)

        given = (seat.office, seat.clerk, registry, report, record_id, path)
        seat.kit.jobs.write(owner, save_report, *given, reason=reason, then=told)

    if not report.personal:
        save("")
        return
    said = ["表中有完整的电话。谁在什么时候因为什么取走，会记入流水。"]
    ask_reason(owner.window(), seat.kit.looks, f"存{report.title}", "存表", save, said=said)


def save_report(
    office: Office, clerk: Clerk, registry: Registry, report: Report, record_id: int, path: Path, *, reason: str
) -> Saved:
    """Write the file; for the writing thread, for one with personal data is journalled first."""
    from wenlv_desk.ledger.reporting import take_report
    from wenlv_desk.registries.handing_in import save_sheet

    sheet = take_report(office, clerk, registry, report, record_id, where=path.name, reason=reason)
    return Saved(save_sheet(office, clerk, sheet, path))
