"""What any database must offer so that one field finds anything: the interface every search index keeps."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

COUNT_LIMIT = 10_000  # totals are exact up to here, then "10,000+"


@dataclass(frozen=True, slots=True)
class SearchText:
    """What one record is found by, as stored in its register; folding is the index's business."""

    record_id: int
    names: tuple[str, ...]  # any part, and by pinyin
    codes: tuple[str, ...]  # any part
    people: tuple[str, ...] = ()  # any part, and by pinyin with surname readings


Plain = tuple[int, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""A `SearchText` unpacked, as other processes take it."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The best ids first (a whole name or code, then a beginning, then the rest by id), and how many there are."""

    ids: tuple[int, ...]
    total: int  # at most COUNT_LIMIT
    capped: bool  # True: there are more than COUNT_LIMIT


class SearchIndex(Protocol):
    """Finds the records of a register by any part of their texts; all methods work inside the caller's transaction.

    A query is words parted by spaces, all of which must hit. A word hits a text that contains it (upper and lower case, full and half
    width, marks and accents do not matter) or a name in which it is the initials of neighbouring characters, or their full pinyin
    from the start of a syllable on. A query without letters, digits or characters finds nothing.
    """

    def ensure(self, connection: "Connection", register: str) -> None:
        """Create the storage of a register if it is absent; bring it up to date after a change of the pinyin table."""

    def lacking(self, connection: "Connection", registers: "Iterable[str]") -> list[str]:
        """Those of the registers whose storage is not there or not up to date; writes nothing."""

    def put(self, connection: "Connection", register: str, texts: Iterable[SearchText]) -> None:
        """Insert or replace records."""

    def begin(self, texts: Sequence[Plain]) -> "Callable[[Connection, str], None]":
        """Start preparing records that were never indexed; the function returned inserts them for a register."""

    def remove(self, connection: "Connection", register: str, ids: Iterable[int]) -> None:
        """Forget records; ids that are not there are no error."""

    def find(self, connection: "Connection", register: str, query: str, limit: int = 200) -> Hits:
        """The first `limit` hits. UserError when the query has too many words."""

    def ids_subquery(self, register: str, query: str) -> "Select[tuple[int]]":
        """A SELECT of the ids of all hits, for `column.in_(...)` or a join."""

    def rebuild(self, connection: "Connection", register: str, texts: Iterable[SearchText]) -> None:
        """Forget everything and index these records."""

    def verify(self, connection: "Connection", register: str, texts: Iterable[SearchText]) -> tuple[str, ...]:
        """Compare with what the register holds; Chinese problems, empty when the index is right."""
