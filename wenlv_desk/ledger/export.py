"""Lists as Excel and CSV: identifiers as text, dates as dates, no formula can come alive, and a last line that says when and by whom.

What is exported can be imported again without a difference: texts that would be misread carry a mark (`marks`), and the last
line begins with 导出时间, by which reading knows it for a note.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Reference
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.marks import FIRST_CELLS, marked
from wenlv_desk.ledger.references import exact_names
from wenlv_desk.ledger.sheets import LONGEST, Cells, disk_faults, new_workbook, sheet_class
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery, ListRow

Progress = Callable[[int, int], bool]
STEP = 1000


class ExportStopped(Exception):  # noqa: N818 — no error, an answer
    """The clerk stopped it; no file was left behind."""


def whole(registry: Registry) -> tuple[str, ...]:
    """The fields of a whole export: every one a ledger may give, in their order."""
    return tuple(registry.typed_fields)


def export_listing(
    listing: Listing, path: Path, *, clerk: Clerk, at: datetime, progress: Progress | None = None
) -> int:
    """Write a list as it is filtered and sorted to .csv, or for any other extension as .xlsx; returns the number of rows.

    Raises `ExportStopped` when `progress` says stop. Personal data is masked unless the listing says otherwise.
    """
    labels = [listing.registry.shown(name)[0] for name in listing.names]
    last = f"导出时间：{at:%Y-%m-%d %H:%M}　导出人：{clerk.name}（{clerk.counter}）　共 "
    write = _write_csv if path.suffix.lower() == ".csv" else _write_xlsx
    return write(listing, path, labels, last, progress)


def _write_xlsx(listing: Listing, path: Path, labels: Sequence[str], last: str, progress: Progress | None) -> int:
    widths = [
        max(listing.registry.shown(name)[1].width, 2 * len(label) + 2)
        for name, label in zip(listing.names, labels, strict=True)
    ]
    count = 0
    with new_workbook(path) as book:
        sheet = book.add_worksheet(listing.registry.title, sheet_class())
        cells = Cells(book, sheet)
        cells.headings(labels, widths)
        put = cells.put
        for count, values in enumerate(cells_of(listing, progress), 1):
            for column, value in enumerate(values):
                text = type(value) is str
                put(count, column, marked(value[:LONGEST], first=column < FIRST_CELLS) if text else value)
        sheet.write_string(count + 2, 0, f"{last}{count} {listing.registry.unit}")
    return count


def _write_csv(listing: Listing, path: Path, labels: Sequence[str], last: str, progress: Progress | None) -> int:
    count = 0
    with whole_file(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(labels)
        for values in cells_of(listing, progress):
            count += 1
            out.writerow([_text(value, column < FIRST_CELLS) for column, value in enumerate(values)])
        out.writerow([])
        out.writerow([f"{last}{count} {listing.registry.unit}"])
    return count


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A draft beside a file, which takes its place once it is written whole; what goes wrong leaves no file."""
    draft = path.with_name(f".{path.name}.tmp")
    with disk_faults(path):
        try:
            yield draft
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def _text(value: Any, first: bool) -> str:
    if value is None:
        return ""
    return marked(value, csv=True, first=first) if type(value) is str else str(value)


def cells_of(listing: Listing, progress: Progress | None = None) -> Iterator[list[Any]]:
    """The cells of every row; personal fields as they are shown, the rest as their kind exports it."""
    total = listing.count() if progress else 0
    for done, rows in enumerate(_portions(listing)):
        if progress and progress(done * STEP, total):
            raise ExportStopped
        columns = [_cells(listing, name, rows) for name in listing.names]
        yield from map(list, zip(*columns, strict=True))


def _portions(listing: Listing) -> Iterator[list[ListRow]]:
    rows = iter(listing.every(STEP))
    while portion := list(islice(rows, STEP)):
        yield portion


def _cells(listing: Listing, name: str, rows: Sequence[ListRow]) -> list[Any]:
    _, kind = listing.registry.shown(name)
    declared = listing.registry.fields.get(name)
    if declared is not None and declared.secret and not listing.unmask:
        return [row.shown[name] for row in rows]
    values = [row.values[name] for row in rows]
    if isinstance(kind, Reference):
        named = exact_names(listing.session, listing.lookup.catalogue.registry(kind.register), filter(None, values))
        return [named.get(value) for value in values]
    return [kind.export(value, listing.lookup) for value in values]


def _secrets(registry: Registry) -> bool:
    return any(one.secret for one in registry.fields.values())


@operation("导出完整信息", subject=Subject.REGISTER, undoable=False, only=_secrets)
def export_in_full(
    desk: Desk,  # noqa: ARG001
    registry: Registry,  # noqa: ARG001
    *,
    file_name: Annotated[str, param("文件名")],  # noqa: ARG001
    rows: Annotated[int, param("条数")],
    what: Annotated[str | None, param("筛选条件")] = None,  # noqa: ARG001
) -> int:
    """Personal data leaves unmasked: the journal keeps who took what, before it is written."""
    return rows


def export_unmasked(
    office: Office,
    clerk: Clerk,
    registry: Registry,
    query: ListQuery,
    path: Path,
    *,
    names: Sequence[str] = (),
    reason: str = "",
    progress: Progress | None = None,
) -> int:
    """Export with personal data in full, journalled first (查看个人信息要留痕)."""
    today = office.clock().date()
    with office.database.read() as session:
        listing = Listing(session, office.catalogue, registry, query, today, names=names, unmask=True)
        rows = listing.count()
    arguments = {"file_name": path.name, "rows": rows, "what": _said(registry, query) or None}
    perform(office, clerk, export_in_full, registry.name, arguments=arguments, reason=reason)
    with office.database.read() as session:
        listing = Listing(session, office.catalogue, registry, query, today, names=names, unmask=True)
        return export_listing(listing, path, clerk=clerk, at=office.clock(), progress=progress)


def _said(registry: Registry, query: ListQuery) -> str:
    wanted = [f"{registry.shown(name)[0]}={'、'.join(values)}" for name, values in query.where.items()]
    chosen = [f"只含选定的 {len(query.only)} {registry.unit}"] if query.only is not None else []
    return "；".join([*([f"查找“{query.search}”"] if query.search else []), *chosen, *wanted])[:255]
