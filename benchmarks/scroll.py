"""Scrolling a list of 1,000,000 rows by wheel, by page and end to end: the longest the window was busy at a stretch, against a 60 Hz frame."""

import gc
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer

from wenlv_desk.gui.app import make_application
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.memory import Memory
from wenlv_desk.gui.table import Cell, Column, Marked, RecordTable, Row, Tag

ROWS = 1_000_000
FRAME = 1 / 60
AIM = 0.033 / FRAME
SIZE = (1200, 800)
MB = 1024 * 1024


class Synthetic:
    """Rows made when they are asked for, as wide as a real list, with tags and search hits."""

    columns = (
        Column("name", "单位名称", 180),
        Column("code", "统一社会信用代码", 166, muted=True),
        Column("category", "类别", 98),
        Column("number", "许可证编号", 166),
        Column("until", "有效期止", 88),
        Column("status", "状态", 120, tag=True),
        Column("town", "乡镇街道", 98, muted=True),
        Column("staff", "从业人数", 80, align="right"),
        Column("address", "地址", 200),
    )

    def count(self) -> int:
        return ROWS

    def fetch(self, start: int, count: int) -> list[Row]:
        return [Row(number, self._cells(number)) for number in range(start, min(ROWS, start + count))]

    def _cells(self, number: int) -> tuple[Cell, ...]:
        day = f"20{26 + number % 9}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        status = Tag(f"{number % 90} 天后到期", "amber") if number % 3 == 0 else Tag("有效", "green")
        return (
            Marked(f"示范文化用品书店第{number}号", ((7, 8),)),
            f"9237{number:014}",
            "出版物零售",
            f"新出发鲁零字第{number:07}号",
            day,
            status,
            "示范街道",
            str(number % 1000),
            f"示范镇海政路 {number % 977} 号沿街商铺二层东侧",
        )


class Drive(QObject):
    """Moves the scroll bar once a turn of the event loop and notes how long each turn took, painting and loading included."""

    def __init__(self, table: RecordTable, positions: Iterator[int], done: QTimer) -> None:
        super().__init__()
        self.turns: list[float] = []
        self._table, self._positions, self._done = table, positions, done
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.turns.append(now - self._last)
        self._last = now
        position = next(self._positions, None)
        if position is None:
            self._timer.stop()
            self._done.start()
        else:
            self._table.verticalScrollBar().setValue(position)


def positions(table: RecordTable) -> Iterator[int]:
    """300 wheel steps, 200 pages, a drag from end to end in 600 steps, then pages back from the end."""
    bar = table.verticalScrollBar()
    page, step = table.viewport().height(), 3 * 32
    yield from range(0, 300 * step, step)
    yield from range(300 * step, 300 * step + 200 * page, page)
    yield from (bar.maximum() * at // 600 for at in range(601))
    yield from range(bar.maximum(), bar.maximum() - 200 * page, -page)


def resident() -> int:
    """Bytes of memory in use now; 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if statm.exists() else 0


def measure() -> tuple[list[float], int]:
    """Seconds of every turn of the loop, and how many bytes the scrolling has added."""
    app = make_application([])
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(Memory(Path(folder)))
        table = RecordTable("benchmark", "测速", Synthetic.columns, shell.kit)
        table.resize(*SIZE)
        done = QTimer(singleShot=True, interval=0)
        done.timeout.connect(app.quit)
        drives: list[Drive] = []

        def start() -> None:
            gc.collect()
            drives.append(Drive(table, positions(table), done))

        table.rows.opened.connect(start)
        table.show()
        table.load(Synthetic())
        before = resident()
        app.exec()
        added = resident() - before
        table.close()
        shell.close()
    return drives[0].turns[1:], added


def run() -> list[dict[str, Any]]:
    """Two rows: the worst turn against a 60 Hz frame, and the memory added in MB against the rows on the screen's budget of 64 MB."""
    turns, added = measure()
    turns.sort()
    work = f"scroll {ROWS:,} rows, worst of {len(turns)} frames (median {turns[len(turns) // 2] * 1000:.1f} ms)"
    return [
        {"work": work, "ours_s": turns[-1], "floor_s": FRAME, "ratio": turns[-1] / FRAME, "aim": AIM},
        {
            "work": "memory added by scrolling",
            "ours_mb": added / MB,
            "floor_mb": 64.0,
            "ratio": added / MB / 64,
            "aim": 1.0,
        },
    ]


if __name__ == "__main__":
    for row in run():
        print(row)
