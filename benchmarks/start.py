"""Starting the window on 1,000,000 operators: until it is painted, until rows and search are usable, against an empty QMainWindow.

    python -m benchmarks.start [ROWS]

Every start is a process of its own without a screen; the time runs from before the process is made to the line it prints.
"""

import gc
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

ROWS = 1_000_000
FEW = 69
CHUNK = 50_000
STARTS = 5
PAINTED, USABLE, AS_FEW = 1.5, 4.0, 1.25

FLOOR = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: (print("painted", flush=True), app.quit()))
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""


def run(rows: int = ROWS) -> list[dict[str, Any]]:
    """Floor, a small and the large office by turns; medians."""
    with tempfile.TemporaryDirectory() as made:
        few, many = Path(made, "few"), Path(made, "many")
        fill(few, FEW)
        fill(many, rows)
        turns = [(started("-c", FLOOR), started(*child(few)), started(*child(many))) for _ in range(STARTS + 1)][1:]
    floor = median(turn[0]["painted"] for turn in turns)
    few_s = {name: median(turn[1][name] for turn in turns) for name in ("painted", "usable", "found")}
    many_s = {name: median(turn[2][name] for turn in turns) for name in ("painted", "usable", "found")}
    said = f"{rows:,} rows"
    return [
        _row(f"start, painted, {said}", many_s["painted"], floor, PAINTED),
        _row(f"start, rows usable, {said}", many_s["usable"], floor, USABLE),
        _row(f"start, a search answered, {said}", many_s["found"], floor, USABLE),
        _row(f"start, rows usable, {said} (floor: {FEW} rows)", many_s["usable"], few_s["usable"], AS_FEW),
    ]


def _row(work: str, ours: float, floor: float, aim: float) -> dict[str, Any]:
    return {"work": work, "ours_s": ours, "floor_s": floor, "ratio": ours / floor, "aim": aim}


def child(folder: Path) -> tuple[str, ...]:
    return ("-c", "import sys; from benchmarks.start import opened; opened(sys.argv[1])", str(folder))


def started(*command: str) -> dict[str, float]:
    """Seconds from before the process to each line it prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[1])}
    begun, marks = time.perf_counter(), {}
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            marks[line.strip()] = time.perf_counter() - begun
    if process.returncode != 0:
        raise SystemExit(f"a start ended with {process.returncode}")
    return marks


def opened(folder: str) -> None:
    """What `wenlv-desk desk` does, with a line when it is painted, when rows stand, and when a search was answered."""
    gc.disable()
    from wenlv_desk.gui import app as gui

    qt = gui.make_application([])
    shell = gui.Shell(gui.Memory(Path(folder)))
    opening = gui.Opening(shell, Path(folder), lambda: datetime(2026, 11, 23, 9, 0), "林晓")

    def painted() -> None:
        print("painted", flush=True)
        gui.load_rare_fonts()
        opening.start()

    def ready() -> None:
        from wenlv_desk.gui.frame.finding import find_everywhere

        print("usable", flush=True)
        assert opening.desktop is not None
        opening.desktop.seat.read(shell, find_everywhere, "海书", then=lambda _hits: found())

    def found() -> None:
        print("found", flush=True)
        shell.close()
        qt.quit()

    shell.painted.connect(painted)
    opening.ready.connect(ready)
    shell.show()
    qt.exec()


def fill(folder: Path, count: int) -> None:
    """An office with settings and so many operators, indexed; written past the gate, for their history is not measured."""
    from sqlalchemy import insert

    from benchmarks._ledger import CLERK, firms, office
    from wenlv_desk.core.choices import Choice
    from wenlv_desk.registries.operator.records import EntityKind, OperatingStatus, Operator, RiskGrade
    from wenlv_desk.store.gate import perform
    from wenlv_desk.store.indexing import rebuild_index

    opened_office = office(folder)
    perform(opened_office, CLERK, "set_up", "bureau_settings", arguments={"bureau_name": "示范市文化和旅游局"})
    fixed: dict[str, Choice | bool | int] = {
        "entity_kind": EntityKind.INDIVIDUAL,
        "operating_status": OperatingStatus.OPEN,
        "risk_grade": RiskGrade.NONE,
        "version": 1,
        "voided": False,
    }
    names = ("operator_name", "uscc", "", "", "legal_representative", "phone", "address", "township", "established_on")
    made = firms(count, ("书店",))
    while chunk := list(islice(made, CHUNK)):
        rows = [fixed | {name: value for name, value in zip(names, firm, strict=False) if name} for firm in chunk]
        with opened_office.database.write() as session:
            session.connection().execute(insert(Operator.__table__), rows)  # type: ignore[arg-type]
    rebuild_index(opened_office)
    opened_office.close()


if __name__ == "__main__":
    for line in run(*map(int, sys.argv[1:])):
        print(f"{line['work']:60} {line['ours_s']:8.3f} {line['floor_s']:8.3f} {line['ratio']:6.2f}  {line['aim']}")
