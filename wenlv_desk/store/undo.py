"""Undo (撤销): the inverse of a journal entry, performed as an entry of its own; a later entry in the way is named."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.records import Base
from wenlv_desk.core.registry import Registry
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import Done, check_right, readable
from wenlv_desk.store.images import Image, digest_of, values_of
from wenlv_desk.store.indexing import index_changes
from wenlv_desk.store.journal import Recorder, current_images, rows_of, write_entry, write_rows
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import JournalEntry, JournalRow

CHUNK = 5000


def next_undo(session: Session, clerk: Clerk) -> JournalEntry | None:
    """The clerk's newest entry that can still be undone; what Ctrl+Z would undo."""
    undone, redone = aliased(JournalEntry), aliased(JournalEntry)
    never_redone = ~select(redone.id).where(redone.undoes == undone.id).exists()
    statement = (
        select(JournalEntry)
        .where(JournalEntry.clerk == clerk.name, JournalEntry.undoable, JournalEntry.undoes.is_(None))
        .where(~select(undone.id).where(undone.undoes == JournalEntry.id, never_redone).exists())
        .order_by(JournalEntry.id.desc())
        .execution_options(yield_per=20)
    )
    return next((entry for entry in session.scalars(statement) if undone_by(session, entry) is None), None)


def undo(office: Office, clerk: Clerk, entry_id: int | None = None, *, reason: str = "") -> Done:
    """Take back an entry (the clerk's newest one if none is named): every row gets its image before, in one transaction.

    An undo is an entry too, and undoing it does the thing again. Whoever undoes must have the right to do.
    """
    reason = readable(reason)
    with office.database.write() as session:
        recorder = Recorder(session)
        entry = session.get(JournalEntry, entry_id) if entry_id is not None else next_undo(session, clerk)
        if entry is None:
            raise UserError("没有可以撤销的操作" if entry_id is None else f"流水中没有第 {entry_id} 号操作")
        done, again = _origin(session, entry)
        _check_undoable(session, office.catalogue, clerk, entry, done)
        _restore(session, office.catalogue, recorder, entry)
        recorder.finish()
        title = f"{'重做' if again else '撤销'}：{done.title}"
        made = {
            "at": office.clock(),
            "clerk": clerk.name,
            "counter": clerk.counter,
            "register": entry.register,
            "record_id": entry.record_id,
            "operation": "undo",
            "title": title,
            "arguments": {"entry": entry.id},
            "reason": reason,
            "undoable": True,
            "undoes": entry.id,
        }
        new_id = write_entry(session, recorder, made)
        index_changes(session, office.catalogue, recorder)
        return Done(entry.id, new_id, title, recorder.changed_tables())


def undone_by(session: Session, entry: JournalEntry) -> JournalEntry | None:
    """The entry that took this one back and has not been taken back itself."""
    again = session.scalar(select(JournalEntry).where(JournalEntry.undoes == entry.id).order_by(JournalEntry.id.desc()))
    return again if again is not None and undone_by(session, again) is None else None


def _origin(session: Session, entry: JournalEntry) -> tuple[JournalEntry, bool]:
    """The operation behind a chain of undos, and whether undoing the end of the chain does it again."""
    again = False
    while entry.undoes is not None:
        entry, again = session.get_one(JournalEntry, entry.undoes), not again
    return entry, again


def _check_undoable(
    session: Session, catalogue: Catalogue, clerk: Clerk, entry: JournalEntry, done: JournalEntry
) -> None:
    registry = catalogue.registries.get(done.register)
    op = catalogue.operations_on(registry).get(done.operation) if registry is not None else None
    if registry is not None and op is not None:
        check_right(clerk, op, registry)
    if not entry.undoable:
        raise UserError(f"“{entry.title}”不能撤销；已发出的文书请办“作废”，已办的手续请按程序更正")
    if (by := undone_by(session, entry)) is not None:
        raise UserError(f"“{entry.title}”已由{by.clerk}于 {by.at:%Y-%m-%d %H:%M} 撤销过，不必再撤")


def _restore(session: Session, catalogue: Catalogue, recorder: Recorder, entry: JournalEntry) -> None:
    """Give every row its image before: owners return before what refers to them, and go after it."""
    by_table: dict[str, list[_Restored]] = {}
    for row in rows_of(session, entry.id):
        by_table.setdefault(row.table, []).append(_Restored(row.row_id, _loaded(row.before), row.digest))
    parts = [_part(session, recorder, table, by_table[table.name], entry) for table in _owners_first(by_table)]
    for part in parts:
        if part.table.name in catalogue.registries:
            _refuse_out_of_turn(session, catalogue.registries[part.table.name], part, entry)
    try:
        for part in parts:
            part.bring_back(session)
        for part in parts:
            write_rows(session, part.table, part.changed)
        for part in reversed(parts):
            part.take_away(session)
    except IntegrityError as error:
        raise UserError(f"“{entry.title}”不能撤销：它登记的内容后来已被别的记录引用，请先撤销那些操作") from error


class _Restored(NamedTuple):
    row_id: int
    before: Image | None
    digest: str | None


@dataclass(frozen=True)
class _Part:
    """What undoing an entry does to one table: rows that return, change back and go."""

    table: Table
    returning: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    going: list[int]

    def bring_back(self, session: Session) -> None:
        if self.returning:
            session.execute(insert(self.table), self.returning)

    def take_away(self, session: Session) -> None:
        for start in range(0, len(self.going), CHUNK):
            chunk = self.going[start : start + CHUNK]
            session.execute(delete(self.table).where(self.table.c.id.in_(chunk)))


def _loaded(before: str | None) -> Image | None:
    return None if before is None else json.loads(before)


def _owners_first(names: Iterable[str]) -> list[Table]:
    wanted = set(names)
    return [table for table in Base.metadata.sorted_tables if table.name in wanted]


def _part(session: Session, recorder: Recorder, table: Table, rows: Sequence[_Restored], entry: JournalEntry) -> _Part:
    images = current_images(session, table, (row.row_id for row in rows))
    for row in rows:
        now = images.get(row.row_id)
        if (None if now is None else digest_of(now)) != row.digest:
            raise UserError(_in_the_way(session, table, row.row_id, entry))
    recorder.rows((table.name, row.row_id, images.get(row.row_id), row.before) for row in rows)
    return _Part(
        table,
        [values_of(table, row.before) for row in rows if row.before is not None and row.row_id not in images],
        [values_of(table, row.before) for row in rows if row.before is not None and row.row_id in images],
        [row.row_id for row in rows if row.before is None],
    )


def _refuse_out_of_turn(session: Session, registry: Registry, part: _Part, entry: JournalEntry) -> None:
    """Where a row holds until the next one, undoing it below a later one would change what is told of the days between."""
    if registry.turns is None:
        return
    whose, day = (part.table.c[name] for name in registry.turns)
    touched = {row["id"]: (row[whose.key], row[day.key]) for row in part.returning}
    last: dict[Any, tuple[date, int]] = {}
    going = set(part.going)
    for row_id, key, on in session.execute(select(part.table.c.id, whose, day)):
        if row_id in going:
            touched[row_id] = (key, on)
        else:
            last[key] = max(last.get(key, (on, row_id)), (on, row_id))
    for key, on in touched.values():
        later, row_id = last.get(key, (on, 0))
        if later > on:
            raise UserError(
                f"“{entry.title}”不能撤销：它从 {on} 起算，其后还有从 {later} 起的{registry.title}"
                f"{_entered_by(session, part.table, row_id)}，撤销中间的会改变以前的台账。请从最后一次起往前逐次撤销"
            )


def _entered_by(session: Session, table: Table, row_id: int) -> str:
    """Who wrote a row down, for a message."""
    made = session.scalar(
        select(JournalEntry)
        .join(JournalRow, JournalRow.entry_id == JournalEntry.id)
        .where(JournalRow.table == table.name, JournalRow.row_id == row_id, JournalRow.before.is_(None))
        .order_by(JournalEntry.id.desc())
    )
    return f"（{made.clerk} {made.at:%Y-%m-%d %H:%M} 办的“{made.title}”）" if made is not None else ""


def _in_the_way(session: Session, table: Table, row_id: int, entry: JournalEntry) -> str:
    later = session.scalar(
        select(JournalEntry)
        .join(JournalRow, JournalRow.entry_id == JournalEntry.id)
        .where(JournalRow.table == table.name, JournalRow.row_id == row_id, JournalEntry.id > entry.id)
        .order_by(JournalEntry.id.desc())
    )
    if later is None:
        return f"“{entry.title}”不能撤销：它写过的记录被程序以外的途径改动过，请先运行“检查”"
    return f"“{entry.title}”不能撤销：其后 {later.clerk} 于 {later.at:%Y-%m-%d %H:%M} 又办了“{later.title}”，请先撤销那一步"
