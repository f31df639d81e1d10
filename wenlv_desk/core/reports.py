"""Reports (报表): the tables that are handed in about one record, declared beside the register they are about.

    @report("未参审名单", on=(ReviewCampaign,))
    def missed(desk: Desk, campaign: ReviewCampaign) -> Sheet: ...

Command, workbook and the window's menu follow from the declaration; a paper may print the same table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wenlv_desk.core.records import Record


@dataclass(frozen=True)
class Sheet:
    """A table: its title, (heading, width in mm) of its columns, its rows of texts, and a line that says what is counted."""

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Report:
    """A declared function from (desk, record) to a table. `personal` is the register whose personal data it gives in full."""

    title: str
    function: Callable[..., Sheet]
    on: tuple[type[Record], ...]
    personal: str = ""

    @property
    def name(self) -> str:
        return str(self.function.__name__)


def report(title: str, *, on: tuple[type[Record], ...], personal: str = "") -> Callable[[Callable[..., Any]], Report]:
    """Declare a function as a report about these records."""

    def declare(function: Callable[..., Sheet]) -> Report:
        return Report(title, function, on, personal)

    return declare
