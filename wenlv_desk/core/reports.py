"""Reports (报表): the tables that are handed in about one record, declared beside the register they are about.

    @report("未参审名单", on=(ReviewCampaign,))
    def missed(desk: Desk, campaign: ReviewCampaign) -> Sheet: ...

Command, workbook and the window's menu follow from the declaration; a paper may print the same table.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.records import Record

NUMBER = ("序号", 11.0)


def numbered(rows: Iterable[Sequence[str | None]]) -> tuple[tuple[str, ...], ...]:
    """Rows with their place before them, empty where there is nothing."""
    return tuple((str(n), *(text or "" for text in row)) for n, row in enumerate(rows, 1))


@dataclass(frozen=True)
class Sheet:
    """A table: its title, (heading, width in mm) of its columns, its rows of texts, and a line that says what is counted.

    A `public` one is given to everybody: it says when it was made and not by whom. `as_of` is the day it tells of, where that is
    not the day on which it is made.
    """

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    public: bool = False
    as_of: date | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The headings, told apart where one stands over two columns: 联系电话, 联系电话2."""
        found: list[str] = []
        for heading, _ in self.columns:
            again = sum(heading == before for before, _ in self.columns[: len(found)])
            found.append(f"{heading}{again + 1}" if again else heading)
        return tuple(found)

    @property
    def named_rows(self) -> list[dict[str, str]]:
        """The rows by their `keys`."""
        return [dict(zip(self.keys, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Report:
    """A declared function from (desk, record) to a table. `personal` is the register whose personal data it gives in full.

    One that takes `day` as well tells how things stood on that day.
    """

    title: str
    function: Callable[..., Sheet]
    on: tuple[type[Record], ...]
    personal: str = ""

    @property
    def name(self) -> str:
        return str(self.function.__name__)

    @property
    def dated(self) -> bool:
        return "day" in inspect.signature(self.function).parameters

    def made(self, desk: Any, record: Record, day: date | None = None) -> Sheet:
        """The table, as of a day (today); UserError where it knows only today."""
        if self.dated:
            return self.function(desk, record, day=day or desk.today)
        if day is not None:
            raise UserError(f"“{self.title}”只有现在的情况，不能按以前的日子出")
        return self.function(desk, record)


def report(title: str, *, on: tuple[type[Record], ...], personal: str = "") -> Callable[[Callable[..., Any]], Report]:
    """Declare a function as a report about these records."""

    def declare(function: Callable[..., Sheet]) -> Report:
        return Report(title, function, on, personal)

    return declare
