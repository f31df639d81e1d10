"""The journal (流水): every write as an entry chained by SHA-256, with the image before and the digest after of each row."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Table, bindparam, event, func, insert, inspect, select, update
from sqlalchemy.orm import Session

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
    """Collects what a session writes: images before, and the objects whose images after are taken at the end."""

    session: Session
    before: dict[Touched, str | None] = field(default_factory=dict)
    after: dict[Touched, Image | None] = field(default_factory=dict)
    objects: list[tuple[Record, Image | None]] = field(default_factory=list)
    inserted: list[Inserted] = field(default_factory=list)  # new rows in bulk
    removed: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        event.listen(self.session, "before_flush", self._before_flush)

    def _before_flush(self, session: Session, _context: Any, _instances: Any) -> None:
        for obj in session.new:
            if isinstance(obj, Record):
                self.objects.append((obj, None))
        for obj in session.dirty:
            if isinstance(obj, Record) and session.is_modified(obj):
                self.objects.append((obj, _image_before(obj)))
        for obj in session.deleted:
            if isinstance(obj, Record):
                self.rows([(_table(obj).name, obj.id, _image_before(obj), None)])

    def rows(self, rows: Iterable[tuple[str, int, Image | None, Image | None]]) -> None:
        """Rows written in bulk: table, id, image before, image after."""
        for table, row_id, before, after in rows:
            self.before.setdefault((table, row_id), None if before is None else dump(before))
            self.after[(table, row_id)] = after

    def finish(self) -> None:
        """Flush, and take the images of the objects as they now stand."""
        self.session.flush()
        event.remove(self.session, "before_flush", self._before_flush)
        self.rows((_table(obj).name, obj.id, before, image_of_record(obj)) for obj, before in self.objects)
        if any(table == bulk.table and row_id >= bulk.first for table, row_id in self.before for bulk in self.inserted):
            raise AssertionError("a row inserted in bulk was written again in the same operation")

    def changed_tables(self) -> frozenset[str]:
        return frozenset([table for table, _ in self.after] + [bulk.table for bulk in self.inserted])

    def entry_rows(self, entry_id: int) -> list[EntryRow]:
        """The rows of the entry in the order they were written."""
        rows = [
            (entry_id, table, row_id, before, _digest(self.after[table, row_id]))
            for (table, row_id), before in self.before.items()
        ]
        for bulk in self.inserted:
            rows += [
                (entry_id, bulk.table, row_id, None, digest) for row_id, digest in enumerate(bulk.digests, bulk.first)
            ]
        return rows


def _table(obj: Base) -> Table:
    table = obj.__table__
    assert isinstance(table, Table)
    return table


def image_of_record(obj: Record) -> Image:
    """The image of a record as it stands in memory."""
    return image_of({column.key: getattr(obj, column.key) for column in _table(obj).columns})


def _image_before(obj: Record) -> Image:
    state = inspect(obj)
    values = {column.key: getattr(obj, column.key) for column in _table(obj).columns}
    return image_of(values | {key: old for key, old in state.committed_state.items() if key in values})


def write_entry(session: Session, recorder: Recorder, entry: Mapping[str, Any]) -> int:
    """Append an entry with the recorder's rows to the chain; returns its id. The head's row lock serialises writers."""
    session.execute(update(JournalHead).values(id=1))
    head = session.execute(select(JournalHead.entry_id, JournalHead.digest)).one()
    entry_id = int(head.entry_id) + 1
    rows = recorder.entry_rows(entry_id)
    made = dict(entry) | {
        "id": entry_id,
        "previous": head.digest,
        "rows_digest": _digest_of_rows(row[1:] for row in rows),
    }
    made["digest"] = entry_digest(made)
    session.execute(insert(JournalEntry), [made])
    insert_tuples(session.connection(), _journal_rows(), ROW_COLUMNS, rows)
    session.execute(update(JournalHead).values(entry_id=entry_id, digest=made["digest"]))
    return entry_id


def _digest(image: Image | None) -> str | None:
    return None if image is None else digest_of(image)


def rows_digest(rows: Iterable[Mapping[Any, Any]]) -> str:
    """One digest over the rows of an entry, in their order."""
    return _digest_of_rows((row["table"], row["row_id"], row["before"], row["digest"]) for row in rows)


def _digest_of_rows(rows: Iterable[tuple[str, int, str | None, str | None]]) -> str:
    total = sha256()
    for table, row_id, before, digest in rows:
        line = f"{table}\x1f{row_id}\x1f{before or ''}\x1f{digest or ''}\x1e"
        total.update(line.encode("utf-8", "surrogatepass"))
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


def history_of(session: Session, table: str, row_id: int) -> list[JournalEntry]:
    """The entries that touched a row, newest first."""
    ids = select(JournalRow.entry_id).where(JournalRow.table == table, JournalRow.row_id == row_id)
    return list(session.scalars(select(JournalEntry).where(JournalEntry.id.in_(ids)).order_by(JournalEntry.id.desc())))


def images_before(session: Session, entry_id: int) -> Iterator[JournalRow]:
    """The rows of an entry, last written first."""
    statement = select(JournalRow).where(JournalRow.entry_id == entry_id).order_by(JournalRow.id.desc())
    yield from session.scalars(statement.execution_options(yield_per=5000))


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
