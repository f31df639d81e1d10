"""Drawing one paper a record: the records are read together, each page is drawn under the number it is to have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.kinds import Reference
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry
from wenlv_desk.issuing.issue import sheets_of, unwritten_since
from wenlv_desk.issuing.matter import Matter, gather_each, pdf_of
from wenlv_desk.issuing.order import Order, document_number, hindrance, records_of
from wenlv_desk.store.batch import GONE
from wenlv_desk.store.desk import Desk


@dataclass(frozen=True)
class Drawn:
    """A paper drawn under the number it is to have; its bytes are kept under the digest."""

    number: str
    digest: str
    pages: int


@dataclass
class Drafts:
    """Papers drawn ahead of their numbers, by record, and what they were drawn from: the day and the end of the journal."""

    options: Mapping[str, Any]
    today: date
    last_entry: int
    drawn: dict[int, Drawn] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)  # why no paper can be drawn

    def fit(self, desk: Desk) -> bool:
        """Whether drawing now would give the same pages."""
        return self.today == desk.today and unwritten_since(desk, self.last_entry)


class Drawing:
    """Draws the papers of an order one by one; the records are read together when the first is asked for."""

    def __init__(self, desk: Desk, order: Order, options: Mapping[str, Any]) -> None:
        self._desk, self._order, self._options = desk, order, options
        self._beside: list[Record] = []  # what the records refer to, held so that `Paper.data` has it at hand

    @cached_property
    def _held(self) -> dict[int, Record]:
        held = records_of(self._desk, self._order.registry, self._order.ids)
        self._beside = _referred_to(self._desk, self._order.registry, held.values())
        return held

    @cached_property
    def _matters(self) -> dict[int, Matter]:
        return gather_each(self._desk, self._order.registry, self._order.ids, self._options)

    def _refuse_unready(self, row_id: int) -> None:
        """UserError that says why a record cannot have the paper."""
        record, order = self._held.get(row_id), self._order
        reason = hindrance(self._desk.catalogue, order.paper, order.registry, record) if record is not None else GONE
        if reason:
            raise UserError(reason)

    def pdf(self, row_id: int, number: str) -> bytes:
        """The paper of a record; UserError where it cannot have one, or where it cannot be drawn."""
        self._refuse_unready(row_id)
        paper = self._order.paper
        told = paper.data(self._desk, (row_id,)) if paper.data is not None else None
        return pdf_of(paper, replace(self._matters[row_id], number=number, told=told))

    def number(self, serial: int) -> str:
        return document_number(self._desk, self._order.paper, serial)

    def kept(self, pdf: bytes, number: str) -> Drawn:
        """The paper with its bytes in the archive. Safe in any thread."""
        return Drawn(number, self._desk.files.put(pdf), sheets_of(pdf))


def _referred_to(desk: Desk, registry: Registry, records: Iterable[Record]) -> list[Record]:
    """What the records refer to, read a register at a time."""
    found: list[Record] = []
    for name, declared in registry.fields.items():
        if isinstance(declared.kind, Reference):
            keys = {key for one in records if (key := getattr(one, name)) is not None}
            found += records_of(desk, desk.catalogue.registry(declared.kind.register), list(keys)).values()
    return found
