"""Importing 100,000 rows x 12 columns of xlsx, checked, journalled, indexed, committed, against calamine and sqlite3 alone."""

import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks._ledger import CLERK, HEADINGS, ROWS, forked, office, peak_mb, workbook

AIM = 4.0


def run() -> list[dict[str, Any]]:
    """Ours and the floor by turns, three times each; the quicker of each counts."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        opened = office(folder / "names")
        with opened.desk(CLERK) as desk:
            labels = tuple(label for _, label in desk.lookup.options("category"))
        opened.close()
        file = folder / "ledger.xlsx"
        workbook(file, ROWS, labels)
        turns = [
            (
                forked("benchmarks.import_rows:ours", str(file), str(folder / f"office{turn}")),
                forked("benchmarks.import_rows:floor", str(file), str(folder / f"floor{turn}.sqlite")),
            )
            for turn in range(3)
        ]
    best = min((turn[0] for turn in turns), key=lambda one: one["seconds"])
    floor_s = min(turn[1]["seconds"] for turn in turns)
    row = {"work": f"import {ROWS:,} rows x {len(HEADINGS)} columns", "ours_s": best["seconds"], "floor_s": floor_s}
    steps = {name: best[name] for name in ("read_s", "plan_s", "apply_s", "peak_mb")}
    return [row | {"ratio": best["seconds"] / floor_s, "aim": AIM} | steps]


def ours(file: str, folder: str) -> dict[str, float]:
    """Everything a clerk's import does, from the file to the commit."""
    from wenlv_desk.ledger.apply import apply_plan
    from wenlv_desk.ledger.headings import known_headings, propose
    from wenlv_desk.ledger.plan import plan_import
    from wenlv_desk.ledger.reading import find_table, read_workbook

    opened = office(Path(folder))
    registry = opened.catalogue.registry("operator")
    begun = time.perf_counter()
    book = read_workbook(file)
    table = find_table(book.sheets[0], known=known_headings(opened.catalogue, registry))
    del book
    read = time.perf_counter()
    with opened.desk(CLERK) as desk:
        plan = plan_import(desk, registry, table, propose(desk, registry, table), file_name=Path(file).name)
    planned = time.perf_counter()
    done = apply_plan(opened, CLERK, plan)
    ended = time.perf_counter()
    if done.value["new"] != ROWS:
        raise SystemExit(f"only {done.value} of {ROWS} rows were written")
    opened.close()
    return {
        "seconds": ended - begun,
        "read_s": read - begun,
        "plan_s": planned - read,
        "apply_s": ended - planned,
        "peak_mb": peak_mb(),
    }


def floor(file: str, database: str) -> dict[str, float]:
    """The same rows read by calamine and written by sqlite3 into a table of twelve columns."""
    import python_calamine

    begun = time.perf_counter()
    rows = python_calamine.load_workbook(file).get_sheet_by_index(0).to_python()
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    columns = ", ".join(f"c{number} TEXT" for number in range(len(HEADINGS)))
    connection.execute(f"CREATE TABLE operator (id INTEGER PRIMARY KEY AUTOINCREMENT, {columns})")
    marks = ", ".join("?" * (len(HEADINGS) + 1))
    connection.execute("BEGIN IMMEDIATE")
    plain = ([None, *(str(cell) if cell else None for cell in row)] for row in rows[1:])
    connection.executemany(f"INSERT INTO operator VALUES ({marks})", plain)
    connection.execute("COMMIT")
    connection.close()
    return {"seconds": time.perf_counter() - begun, "peak_mb": peak_mb()}
