"""Exporting 100,000 rows as a list has them, against XlsxWriter's constant-memory mode writing the same cells."""

import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks._ledger import CLERK, HEADINGS, ROWS, firms, forked, office, peak_mb

AIM = 1.5
FIELDS = (
    "operator_name",
    "uscc",
    "entity_kind",
    "categories",
    "legal_representative",
    "phone",
    "address",
    "township",
    "established_on",
    "operating_status",
    "archive_no",
    "remark",
)


def run() -> list[dict[str, Any]]:
    """Ours and the floor by turns, twice each; the quicker of each counts."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        fill(folder / "office")
        turns = [
            (
                forked("benchmarks.export_rows:ours", str(folder / "office"), str(folder / f"ours{turn}.xlsx")),
                forked("benchmarks.export_rows:floor", str(folder / "office"), str(folder / f"floor{turn}.xlsx")),
            )
            for turn in range(2)
        ]
    best = min((turn[0] for turn in turns), key=lambda one: one["seconds"])
    floor_s = min(turn[1]["seconds"] for turn in turns)
    return [
        {
            "work": f"export {ROWS:,} rows x {len(FIELDS)} columns",
            "ours_s": best["seconds"],
            "floor_s": floor_s,
            "ratio": best["seconds"] / floor_s,
            "aim": AIM,
            "peak_mb": best["peak_mb"],
        }
    ]


def fill(folder: Path) -> None:
    """An office with the invented operators in it."""
    from wenlv_desk.ledger.apply import apply_plan
    from wenlv_desk.ledger.headings import propose
    from wenlv_desk.ledger.plan import plan_import
    from wenlv_desk.ledger.reading import Table, TableRow

    opened = office(folder)
    with opened.desk(CLERK) as desk:
        labels = tuple(label for _, label in desk.lookup.options("category"))
        rows = tuple(TableRow(line, tuple(cells)) for line, cells in enumerate(firms(ROWS, labels), 2))
        table = Table(HEADINGS, tuple(range(1, len(HEADINGS) + 1)), rows, (), (1,))
        registry = opened.catalogue.registry("operator")
        plan = plan_import(desk, registry, table, propose(desk, registry, table), file_name="ledger.xlsx")
    apply_plan(opened, CLERK, plan)
    opened.close()


def ours(folder: str, file: str) -> dict[str, float]:
    """The export of a list, masked as usual."""
    from wenlv_desk.ledger.export import export_listing
    from wenlv_desk.store.query import Listing, ListQuery

    opened = office(Path(folder))
    registry = opened.catalogue.registry("operator")
    begun = time.perf_counter()
    with opened.database.read() as session:
        listing = Listing(session, opened.catalogue, registry, ListQuery(), opened.clock().date(), names=FIELDS)
        export_listing(listing, Path(file), clerk=CLERK, at=opened.clock())
    seconds = time.perf_counter() - begun
    opened.close()
    return {"seconds": seconds, "peak_mb": peak_mb()}


def floor(folder: str, file: str) -> dict[str, float]:
    """The cells of that export, already in memory, written by XlsxWriter alone."""
    from xlsxwriter import Workbook

    from wenlv_desk.ledger.export import cells_of
    from wenlv_desk.store.query import Listing, ListQuery

    opened = office(Path(folder))
    registry = opened.catalogue.registry("operator")
    with opened.database.read() as session:
        listing = Listing(session, opened.catalogue, registry, ListQuery(), opened.clock().date(), names=FIELDS)
        rows = list(cells_of(listing))
    opened.close()
    begun = time.perf_counter()
    with Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(rows, 1):
            for column, value in enumerate(cells):
                sheet.write(line, column, value)
    return {"seconds": time.perf_counter() - begun, "peak_mb": peak_mb()}
