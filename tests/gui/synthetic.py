"""A list of as many rows as a test wants, which notes what it was asked for."""

import threading
from dataclasses import dataclass, field

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.table import Cell, Column, Marked, Row, Tag

COLUMNS = (
    Column("name", "单位名称", 160),
    Column("code", "统一社会信用代码", 166, tabular=True, muted=True),
    Column("status", "状态", 100, tag=True),
    Column("staff", "从业人数", 80, align="right"),
    Column("note", "备注", 120, sortable=False, shown=False),
)


@dataclass
class Synthetic:
    """Row n has the id `first_id + n`. `gate`, where given, holds every fetch until it is set."""

    size: int
    first_id: int = 1
    prefix: str = "单位"
    gate: threading.Event | None = None
    broken: bool = False
    asked: list[int] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    columns: tuple[Column, ...] = COLUMNS

    def count(self) -> int:
        self.threads.add(threading.current_thread().name)
        return self.size

    def fetch(self, start: int, count: int) -> list[Row]:
        self.threads.add(threading.current_thread().name)
        if self.gate is not None and start > 0:
            assert self.gate.wait(20)
        if self.broken and start > 0:
            raise UserError("数据库被占用，请稍后再试")
        self.asked.append(start)
        return [self.row(number) for number in range(start, min(self.size, start + count))]

    def position(self, record_id: int) -> int | None:
        number = record_id - self.first_id
        return number if 0 <= number < self.size else None

    def row(self, number: int) -> Row:
        tag = Tag("20 天后到期", "amber") if number % 2 else Tag("有效", "green")
        cells: tuple[Cell, ...] = (
            Marked(f"{self.prefix}{number}", ((0, 1),)),
            f"9237{number:014}",
            tag,
            str(number % 100),
            "一行\t里有制表符",
        )
        return Row(self.first_id + number, cells)
