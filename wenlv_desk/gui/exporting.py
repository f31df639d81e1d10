"""Exports from the window: where to, then a job with progress that can be stopped."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.jobs import Progress
from wenlv_desk.gui.lists import ListSource
from wenlv_desk.gui.seat import Seat
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.query import Listing, ListQuery

WORKBOOK = "Excel 工作簿 (*.xlsx)"
TEXT = "CSV 文本 (*.csv)"


def export_list(
    owner: QWidget, seat: Seat, registry: Registry, source: ListSource, columns: Sequence[str], *, whole: bool
) -> None:
    """Ask for a file and export: the list as it stands with its visible columns, or every record with every field."""
    name = f"{registry.title}-{seat.office.clock():%Y%m%d}.xlsx"
    path = ask_target(owner, "导出", name, f"{WORKBOOK};;{TEXT}")
    if path is None:
        return
    query = ListQuery() if whole else source.query
    names = tuple(registry.typed_fields) if whole else tuple(columns)
    progress = seat.kit.jobs.progress(f"导出{registry.title}")

    def told(count: int | None) -> None:
        if count is None:
            seat.kit.notices.tell("已停止导出，没有留下文件")
        else:
            seat.kit.notices.tell(f"已导出 {count:,} {registry.unit}到“{path.name}”，个人信息已遮盖")

    seat.read(owner, write_list, registry, query, names, path, progress, then=told)


def write_list(
    desk: Desk, registry: Registry, query: ListQuery, names: tuple[str, ...], path: Path, progress: Progress
) -> int | None:
    """Write the file; the number of rows, None when it was stopped."""
    from wenlv_desk.ledger.export import ExportStopped, export_listing

    listing = Listing(desk.session, desk.catalogue, registry, replace(query), desk.today, names=names)
    try:
        return export_listing(listing, path, clerk=desk.clerk, at=desk.now, progress=progress)
    except ExportStopped:
        return None


def save_empty(owner: QWidget, seat: Seat, registry: Registry) -> None:
    """Save the blank workbook a ledger can be typed into."""
    from wenlv_desk.ledger.template import save_template

    path = ask_target(owner, "空白模板", f"{registry.title}-模板.xlsx", WORKBOOK)
    if path is not None:
        told = f"空白模板已存为“{path.name}”"
        seat.read(owner, save_template, registry, path, then=lambda _none: seat.kit.notices.tell(told))


def ask_target(owner: QWidget, title: str, name: str, patterns: str) -> Path | None:
    """Where to write; the extension of the chosen pattern is added where none was typed."""
    text, chosen = QFileDialog.getSaveFileName(owner, title, name, patterns)
    if not text:
        return None
    path = Path(text)
    return path if path.suffix else path.with_suffix(".csv" if chosen == TEXT else ".xlsx")
