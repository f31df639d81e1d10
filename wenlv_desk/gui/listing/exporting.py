"""Exports from the window: where to, then a job with progress that can be stopped, then the folder it lies in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.importing.asking import ask_reason
from wenlv_desk.gui.jobs import Progress
from wenlv_desk.gui.listing.lists import ListSource
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.notices import Notice
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery

WORKBOOK = "Excel 工作簿 (*.xlsx)"
TEXT = "CSV 文本 (*.csv)"
PAPER = "PDF 文件 (*.pdf)"
SUFFIXES = {TEXT: ".csv", PAPER: ".pdf"}


@dataclass(frozen=True)
class Exported:
    """How many rows were written; None when it was stopped and no file was left."""

    rows: int | None
    changed: frozenset[str] = frozenset()


def export_list(
    owner: QWidget,
    seat: Seat,
    registry: Registry,
    source: ListSource,
    columns: Sequence[str],
    *,
    whole: bool,
    unmask: bool = False,
) -> None:
    """Ask for a file and export: the list as it stands with its visible columns, or every record with every field.

    `unmask` gives personal data in full: a reason is asked for and kept in the journal.
    """
    name = f"{registry.title}-{seat.office.clock():%Y%m%d}.xlsx"
    path = ask_target(owner, "导出", name, f"{WORKBOOK};;{TEXT}")
    if path is None:
        return
    query = ListQuery() if whole else source.query
    names = (tuple(registry.typed_fields) or tuple(registry.fields)) if whole else tuple(columns)
    if unmask:
        _ask_in_full(owner, seat, registry, query, names, path)
        return
    progress = seat.kit.jobs.progress(f"导出{registry.title}")
    told = partial(_tell, seat, registry, path, "个人信息已遮盖")
    seat.read(owner, write_list, registry, query, names, path, progress, then=told)


def has_personal_data(registry: Registry) -> bool:
    """Whether any field of the register is masked."""
    return any(one.secret for one in registry.fields.values())


def _ask_in_full(
    owner: QWidget, seat: Seat, registry: Registry, query: ListQuery, names: tuple[str, ...], path: Path
) -> None:
    def answered(reason: str) -> None:
        progress = seat.kit.jobs.progress(f"导出{registry.title}")
        told = partial(_tell, seat, registry, path, "含完整个人信息，已记入流水")
        given = (seat.office, seat.clerk, registry, query, names, path)
        seat.kit.jobs.write(owner, write_in_full, *given, reason=reason, progress=progress, then=told)

    said = ["电话、证件号码将不加遮盖地写进文件。谁在什么时候因为什么取走，会记入流水。"]
    ask_reason(owner.window(), seat.kit.looks, "导出完整的个人信息", "导出", answered, said=said)


def _tell(seat: Seat, registry: Registry, path: Path, beside: str, done: Exported) -> None:
    if done.rows is None:
        seat.kit.notices.tell("已停止导出，没有留下文件")
    else:
        tell_saved(seat, f"已导出 {done.rows:,} {registry.unit}到“{path.name}”，{beside}", path)


def tell_saved(seat: Seat, text: str, path: Path) -> None:
    """Say that a file was written, with the way to it."""
    seat.kit.notices.show_notice(Notice(text, action="打开所在文件夹", do=partial(open_folder, path)))


def open_folder(path: Path) -> None:
    """Show the folder of a file in the desktop's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def write_list(
    desk: Desk, registry: Registry, query: ListQuery, names: tuple[str, ...], path: Path, progress: Progress
) -> Exported:
    """Write the file with personal data masked; for a worker thread."""
    from wenlv_desk.ledger.export import ExportStopped, export_listing

    listing = Listing(desk.session, desk.catalogue, registry, query, desk.today, names=names)
    try:
        return Exported(export_listing(listing, path, clerk=desk.clerk, at=desk.now, progress=progress))
    except ExportStopped:
        return Exported(None)


def write_in_full(
    office: Office,
    clerk: Clerk,
    registry: Registry,
    query: ListQuery,
    names: tuple[str, ...],
    path: Path,
    *,
    reason: str,
    progress: Progress,
) -> Exported:
    """Write the file with personal data in full, journalled first; for the writing thread."""
    from wenlv_desk.ledger.export import ExportStopped, export_unmasked

    try:
        rows = export_unmasked(office, clerk, registry, query, path, names=names, reason=reason, progress=progress)
    except ExportStopped:
        return Exported(None)
    return Exported(rows)


def save_empty(owner: QWidget, seat: Seat, registry: Registry) -> None:
    """Save the blank workbook a ledger can be typed into."""
    from wenlv_desk.ledger.template import save_template

    path = ask_target(owner, "空白模板", f"{registry.title}-模板.xlsx", WORKBOOK)
    if path is not None:
        told = partial(tell_saved, seat, f"空白模板已存为“{path.name}”", path)
        seat.read(owner, save_template, registry, path, then=lambda _none: told())


def ask_target(owner: QWidget, title: str, name: str, patterns: str) -> Path | None:
    """Where to write; the extension of the chosen pattern is taken where none was typed, or the name left as proposed."""
    text, chosen = QFileDialog.getSaveFileName(owner, title, name, patterns)
    if not text:
        return None
    path = Path(text)
    return path.with_suffix(SUFFIXES.get(chosen, ".xlsx")) if not path.suffix or path.name == name else path
