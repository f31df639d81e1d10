"""The journal (流水): every write as an entry chained by SHA-256, with the image before and the digest after of each row."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Row, Table, bindparam, event, func, insert, inspect, select, update
from sqlalchemy.orm import ORMExecuteState, Session

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.records import Base, Record
from wenlv_desk.store.bulk import Inserted, insert_tuples
from wenlv_desk.store.images import Image, digest_of, dump, image_of
from wenlv_desk.store.tables import JournalEntry, JournalHead, JournalRow

CHUNK = 500
ROW_COLUMNS = ("entry_id", "table", "row_id", "before", "digest")
Touched = tuple[str, int]  # table, row id
EntryRow = tuple[int, str, int, str | None, str | None]


@dataclass
class Recorder:
    """Collects what a session writes. Images before and after are read from the database, so they are what it keeps.

    Starting one claims the number of the entry to come: the lock on the chain's end serialises writers on every database.
    """

    session: Session
    entry_id: int = 0
    previous: str = ""
    before: dict[Touched, str | None] = field(default_factory=dict)
    after: dict[Touched, Image | None] = field(default_factory=dict)
    added: list[Record] = field(default_factory=list)
    written: dict[str, set[int]] = field(default_factory=dict)  # rows written as objects, by table
    inserted: list[Inserted] = field(default_factory=list)  # new rows in bulk

    def __post_init__(self) -> None:
        self.session.execute(update(JournalHead).values(id=1))
        head = self.session.execute(select(JournalHead.entry_id, JournalHead.digest)).one()
        self.entry_id, self.previous = int(head.entry_id) + 1, head.digest
        event.listen(self.session, "before_flush", self._before_flush)
        event.listen(self.session, "do_orm_execute", _refuse_unseen)

    def _before_flush(self, session: Session, _context: Any, _instances: Any) -> None:
        self.added += [obj for obj in session.new if isinstance(obj, Record)]
        changed = [obj for obj in session.dirty if isinstance(obj, Record) and session.is_modified(obj)]
        for obj in changed:
            obj.version = self.entry_id  # never a number that another state of the row has had, whatever is undone
        touched: dict[Table, list[int]] = {}
        for obj in (*changed, *(obj for obj in session.deleted if isinstance(obj, Record))):
            touched.setdefault(_table(obj), []).append(_id(obj))
        for table, ids in touched.items():
            for row_id, image in current_images(session, table, self._unseen(table, ids)).items():
                self.before[table.name, row_id] = dump(image)
            self.written.setdefault(table.name, set()).update(ids)

    def _unseen(self, table: Table, ids: Iterable[int]) -> list[int]:
        mine = {obj.id for obj in self.added if _table(obj) is table}
        return [row_id for row_id in ids if (table.name, row_id) not in self.before and row_id not in mine]

    def rows(self, rows: Iterable[tuple[str, int, Image | None, Image | None]]) -> None:
        """Rows written in bulk: table, id, image before, image after."""
        for table, row_id, before, after in rows:
            self.before.setdefault((table, row_id), None if before is None else dump(before))
            self.after[(table, row_id)] = after

    def finish(self) -> None:
        """Flush, and take the images of what was written as objects."""
        self.session.flush()
        event.remove(self.session, "before_flush", self._before_flush)
        event.remove(self.session, "do_orm_execute", _refuse_unseen)
        for obj in self.added:
            row_id = _id(obj)
            self.before[_table(obj).name, row_id] = None
            self.written.setdefault(_table(obj).name, set()).add(row_id)
        for name, ids in self.written.items():
            images = current_images(self.session, Base.metadata.tables[name], ids)
            self.after |= {(name, row_id): images.get(row_id) for row_id in ids}
        passing = [key for key, before in self.before.items() if before is None and self.after[key] is None]
        for key in passing:
            del self.before[key], self.after[key]
        if any(table == bulk.table and row_id >= bulk.first for table, row_id in self.before for bulk in self.inserted):
            raise AssertionError("a row inserted in bulk was written again in the same operation")

    def changed_tables(self) -> frozenset[str]:
        return frozenset([table for table, _ in self.after] + [bulk.table for bulk in self.inserted])

    def entry_rows(self) -> list[EntryRow]:
        """The rows of the entry, those inserted in bulk last."""
        rows = [
            (self.entry_id, table, row_id, before, _digest(self.after[table, row_id]))
            for (table, row_id), before in self.before.items()
        ]
        for bulk in self.inserted:
            rows += [
                (self.entry_id, bulk.table, row_id, None, digest)
                for row_id, digest in enumerate(bulk.digests, bulk.first)
            ]
        return rows


def _refuse_unseen(state: ORMExecuteState) -> None:
    """Statements that write records past the session would escape the journal."""
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and state.bind_mapper is not None and issubclass(state.bind_mapper.class_, Record):
        raise AssertionError(
            "records are written as objects or by insert_many and update_many, or the journal misses them"
        )


def _id(obj: Record) -> int:
    """The id by which the session knows an object, even one that is expired or removed."""
    identity = inspect(obj).identity
    assert identity is not None
    return int(identity[0])


def _table(obj: Base) -> Table:
    table = obj.__table__
    assert isinstance(table, Table)
    return table


def write_entry(session: Session, recorder: Recorder, entry: Mapping[str, Any]) -> int:
    """Append an entry with the recorder's rows to the chain; returns its id."""
    rows = recorder.entry_rows()
    made = dict(entry) | {
        "id": recorder.entry_id,
        "previous": recorder.previous,
        "rows_digest": _digest_of_rows(row[1:] for row in rows),
    }
    made["digest"] = entry_digest(made)
    session.execute(insert(JournalEntry), [made])
    insert_tuples(session.connection(), _journal_rows(), ROW_COLUMNS, rows)
    session.execute(update(JournalHead).values(entry_id=recorder.entry_id, digest=made["digest"]))
    return recorder.entry_id


def _digest(image: Image | None) -> str | None:
    return None if image is None else digest_of(image)


def rows_digest(rows: Iterable[Mapping[Any, Any]]) -> str:
    """One digest over the rows of an entry, in their order."""
    return _digest_of_rows((row["table"], row["row_id"], row["before"], row["digest"]) for row in rows)


def _digest_of_rows(rows: Iterable[tuple[str, int, str | None, str | None]]) -> str:
    total = sha256()
    lines = (f"{row[0]}\x1f{row[1]}\x1f{row[2] or ''}\x1f{row[3] or ''}\x1e" for row in rows)
    while portion := "".join(islice(lines, CHUNK)):
        total.update(portion.encode("utf-8", "surrogatepass"))
    return total.hexdigest()


def _journal_rows() -> Table:
    table = JournalRow.__table__
    assert isinstance(table, Table)
    return table


CHAINED = (
    "id",
    "at",
    "clerk",
    "counter",
    "register",
    "record_id",
    "operation",
    "title",
    "arguments",
    "reason",
    "undoable",
)


def entry_digest(entry: Mapping[str, Any]) -> str:
    """The digest that chains an entry: everything it says, its rows' digest and the digest of the entry before it."""
    said = image_of({name: entry[name] for name in (*CHAINED, "undoes", "rows_digest", "previous")})
    return digest_of(said)


def watched(catalogue: Catalogue) -> Iterator[type[Record]]:
    """Every kind of record the journal keeps: those of the catalogue's registers, and the program's own (attachments)."""
    package = __name__.split(".", maxsplit=1)[0]
    for mapper in Base.registry.mappers:
        record = mapper.class_
        if not issubclass(record, Record) or mapper.local_table is None:
            continue
        if record.__tablename__ in catalogue.registries or record.__module__.startswith(f"{package}."):
            yield record


def history_of(session: Session, table: str, row_id: int, *, written: bool = False) -> list[JournalEntry]:
    """The entries that touched a row or were about it (attaching, revealing), newest first; `written` asks for the former only."""
    return histories_of(session, table, [row_id], written=written)[row_id]


def histories_of(
    session: Session, table: str, ids: Sequence[int], *, written: bool = False
) -> dict[int, list[JournalEntry]]:
    """The histories of many rows of one table, read together."""
    found: dict[int, set[int]] = {row_id: set() for row_id in ids}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        touched = (JournalRow.table == table, JournalRow.row_id.in_(chunk))
        about = (JournalEntry.register == table, JournalEntry.record_id.in_(chunk))
        pairs = [*session.execute(select(JournalRow.row_id, JournalRow.entry_id).where(*touched))]
        if not written:
            pairs += session.execute(select(JournalEntry.record_id, JournalEntry.id).where(*about))
        for row_id, entry_id in pairs:
            found[row_id].add(entry_id)
    wanted, known = sorted(set().union(*found.values())), dict[int, JournalEntry]()
    for start in range(0, len(wanted), CHUNK):
        here = select(JournalEntry).where(JournalEntry.id.in_(wanted[start : start + CHUNK]))
        known |= {entry.id: entry for entry in session.scalars(here)}
    return {row_id: [known[one] for one in sorted(entries, reverse=True)] for row_id, entries in found.items()}


def rows_of(session: Session, entry_id: int) -> Sequence[Row[str, int, str | None, str | None]]:
    """What an entry touched: table, row_id, before, digest, in the order of the journal."""
    columns = (JournalRow.table, JournalRow.row_id, JournalRow.before, JournalRow.digest)
    return session.execute(select(*columns).where(JournalRow.entry_id == entry_id).order_by(JournalRow.id)).all()


def image_as_of(session: Session, table: Table, row_id: int, entry_id: int) -> Image | None:
    """The row as it stood right after `entry_id`: the image before of the next entry that touched it, else as it stands."""
    later = (
        select(JournalRow.before)
        .where(JournalRow.table == table.name, JournalRow.row_id == row_id, JournalRow.entry_id > entry_id)
        .order_by(JournalRow.id)
        .limit(1)
    )
    row = session.execute(later).first()
    if row is not None:
        return None if row[0] is None else json.loads(row[0])
    return current_images(session, table, [row_id]).get(row_id)


def current_images(session: Session, table: Table, ids: Iterable[int]) -> dict[int, Image]:
    """The images of rows as they stand in the database, read in chunks."""
    wanted = list(ids)
    statement = select(table).where(table.c.id.in_(bindparam("ids", expanding=True)))
    found: dict[int, Image] = {}
    for start in range(0, len(wanted), CHUNK):
        for row in session.execute(statement, {"ids": wanted[start : start + CHUNK]}).mappings():
            found[row["id"]] = image_of(row)
    return found


def write_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write whole rows over those with the same ids."""
    if rows:
        columns: dict[str, Any] = {name: bindparam(name) for name in table.columns.keys() if name != "id"}  # noqa: SIM118
        statement = update(table).where(table.c.id == bindparam("row_id")).values(columns)
        session.connection().execute(statement, [{**row, "row_id": row["id"]} for row in rows])


def last_digests(session: Session, table: str) -> Iterator[tuple[int, str | None]]:
    """For every row ever written to a table: its id and the digest the journal expects now (None: removed)."""
    newest = select(func.max(JournalRow.id)).where(JournalRow.table == table).group_by(JournalRow.row_id)
    for row in session.execute(select(JournalRow.row_id, JournalRow.digest).where(JournalRow.id.in_(newest))):
        yield row.row_id, row.digest
