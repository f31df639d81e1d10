"""The desk: what an operation is given. There is no other way to a session, a date, a number or a setting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.kinds import Context
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry, RuleContext
from wenlv_desk.store.ahead import begin_index
from wenlv_desk.store.bulk import Columns, Inserted, as_columns, digests_of, insert_columns
from wenlv_desk.store.database import allocate_ids
from wenlv_desk.store.files import FileStore
from wenlv_desk.store.images import image_of, values_of
from wenlv_desk.store.journal import Recorder, current_images, write_rows
from wenlv_desk.store.lookup import SessionLookup
from wenlv_desk.store.series import next_number

R = TypeVar("R", bound=Record)
CHUNK = 5000


@dataclass(frozen=True)
class Clerk:
    """Who sits at the desk, and at which counter (窗口)."""

    name: str
    counter: str = "本机"
    roles: frozenset[Role] = frozenset(Role)


@dataclass
class Desk:
    """One session's world: the clerk, the moment, the catalogue and the files."""

    session: Session
    catalogue: Catalogue
    files: FileStore
    clerk: Clerk
    now: datetime
    recorder: Recorder | None = None
    payload: Any = None  # what an operation is handed beside its journalled arguments: the plan of an import
    notes: list[str] = field(default_factory=list)  # what the clerk is told beside the result

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def lookup(self) -> SessionLookup:
        return SessionLookup(self.session, self.catalogue)

    @property
    def context(self) -> Context:
        return Context(self.today, self.lookup)

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """The values of the settings record by field name, its defaults where none was saved yet."""
        registry = next((r for r in self.catalogue.registries.values() if r.single), None)
        if registry is None:
            return {}
        row = self.session.execute(select(registry.record.__table__)).mappings().first()
        return dict(row) if row else {name: f.default for name, f in registry.fields.items()}

    @property
    def rule_context(self) -> RuleContext:
        return RuleContext(self.today, self.settings, self.lookup)

    def get(self, record: type[R], record_id: int) -> R:
        """The record, or an error that names what is missing."""
        found = self.session.get(record, record_id)
        if found is None:
            title = self.catalogue.registry_of(record).title
            raise UserError(f"{title}中没有编号为 {record_id} 的记录，可能已被撤销，请刷新后再试")
        return found

    def add(self, record: Record) -> Record:
        """Put a new record in and give it its id."""
        self.session.add(record)
        self.session.flush()
        return record

    def next_number(self, series: str, *, yearly: bool = True) -> int:
        return next_number(self.session, series, self.today.year if yearly else 0)

    def next_numbers(self, series: str, count: int, year: int) -> range:
        """The next `count` numbers of a series of that year."""
        last = next_number(self.session, series, year, count)
        return range(last - count + 1, last + 1)

    def insert_many(self, record: type[Record], rows: Sequence[dict[str, Any]]) -> list[int]:
        """Insert rows (column values by name, defaults where one is left out) in bulk, journalled like any other; returns their ids."""
        if not rows:
            return []
        names = list(dict.fromkeys(name for row in rows for name in row))
        defaults = {column.key: _default(column) for column in record.__table__.columns}
        return list(self.insert_columns(record, as_columns((defaults | row for row in rows), names)))

    def insert_columns(self, record: type[Record], columns: Columns) -> range:
        """The same for rows given as columns of equal length. The rows must not be written again in the same operation."""
        table = record.__table__
        assert isinstance(table, Table)
        assert self.recorder is not None
        count = len(next(iter(columns.values())))
        connection = self.session.connection()
        first = allocate_ids(connection, table.name, count)
        made: dict[str, Sequence[Any]] = {column.key: [_default(column)] * count for column in table.columns}
        made |= columns
        made["id"] = ids = range(first, first + count)
        index = begin_index(connection, self.catalogue.registries.get(table.name), first, made)
        insert_columns(connection, table, made)
        self.recorder.inserted.append(Inserted(str(table.name), first, digests_of(made), index))
        return ids

    def update_many(self, record: type[Record], changes: Mapping[int, Mapping[str, Any]]) -> None:
        """Change columns of many rows by id in bulk; versions change and the journal keeps the images before."""
        if not changes:
            return
        table = record.__table__
        assert isinstance(table, Table)
        assert self.recorder is not None
        before = current_images(self.session, table, changes)
        if gone := [row_id for row_id in changes if row_id not in before]:
            raise UserError(f"有 {len(gone)} 条记录在此期间已被撤销，本次没有写入任何内容，请重新核对")
        written = []
        for row_id, values in changes.items():
            old = values_of(table, before[row_id])
            written.append(old | dict(values) | {"version": self.recorder.entry_id})
        for start in range(0, len(written), CHUNK):
            write_rows(self.session, table, written[start : start + CHUNK])
        self.recorder.rows((table.name, row["id"], before[row["id"]], image_of(row)) for row in written)


def _default(column: Any) -> Any:
    """A column's plain default; bulk rows are complete so that one statement serves them all."""
    return column.default.arg if column.default is not None and column.default.is_scalar else None


def name_of(registry: Registry, record: Record) -> str:
    """What a record is called in history and messages."""
    return str(getattr(record, registry.named_by))
