"""Open items (现在要处理): what waits to be done about a record, declared beside the register that knows of it.

    @open_items(on=(Operator,))
    def lapsed_licences(desk: Desk, operator: Operator) -> Iterable[OpenItem]: ...

The card of a record lists them; a later register adds its own by declaring another function.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from wenlv_desk.core.records import Record


@dataclass(frozen=True)
class OpenItem:
    """One thing that waits: a word and its tone (red overdue, amber due), a sentence, and the record where it is done.

    `bars`: while it is open, no favourable decision (年审通过) is made about what it concerns.
    """

    word: str
    tone: str
    text: str
    register: str = ""
    record_id: int = 0
    bars: bool = False


@dataclass(frozen=True)
class Watch:
    """A declared function from (desk, record) to what is open about the record."""

    function: Callable[..., Iterable[OpenItem]]
    on: tuple[type[Record], ...]


def open_items(*, on: tuple[type[Record], ...]) -> Callable[[Callable[..., Iterable[Any]]], Watch]:
    """Declare a function as a source of open items for these records."""

    def declare(function: Callable[..., Iterable[OpenItem]]) -> Watch:
        return Watch(function, on)

    return declare
