"""Undo (撤销): the inverse of a journal entry, performed as an entry of its own; a later entry in the way is named."""

import json
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.records import Base
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import Done
from wenlv_desk.store.images import digest_of, values_of
from wenlv_desk.store.indexing import index_changes
from wenlv_desk.store.journal import Recorder, current_images, images_before, write_entry, write_rows
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import JournalEntry, JournalRow

CHUNK = 5000


def next_undo(session: Session, clerk: Clerk) -> JournalEntry | None:
    """The clerk's newest entry that can still be undone; what Ctrl+Z would undo."""
    undone = aliased(JournalEntry)
    statement = (
        select(JournalEntry)
        .where(JournalEntry.clerk == clerk.name, JournalEntry.undoable, JournalEntry.undoes.is_(None))
        .where(~select(undone.id).where(undone.undoes == JournalEntry.id).exists())
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def undo(office: Office, clerk: Clerk, entry_id: int | None = None, *, reason: str = "") -> Done:
    """Take back an entry (the clerk's newest one if none is named): every row gets its image before, in one transaction."""
    with office.database.write() as session:
        entry = session.get(JournalEntry, entry_id) if entry_id is not None else next_undo(session, clerk)
        if entry is None:
            raise UserError("没有可以撤销的操作" if entry_id is None else f"流水中没有第 {entry_id} 号操作")
        _check_undoable(session, entry)
        recorder = Recorder(session)
        rows = list(images_before(session, entry.id))
        for table_name, group in groupby(rows, key=lambda row: row.table):
            _restore(session, recorder, Base.metadata.tables[table_name], list(group), entry)
        recorder.finish()
        title = f"撤销：{entry.title}"
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


def _check_undoable(session: Session, entry: JournalEntry) -> None:
    if not entry.undoable:
        raise UserError(f"“{entry.title}”不能撤销；已发出的文书请办“作废”，已办的手续请按程序更正")
    again = session.scalar(select(JournalEntry).where(JournalEntry.undoes == entry.id).order_by(JournalEntry.id.desc()))
    if again is not None and session.scalar(select(JournalEntry.id).where(JournalEntry.undoes == again.id)) is None:
        raise UserError(f"“{entry.title}”已由{again.clerk}于 {again.at:%Y-%m-%d %H:%M} 撤销过，不必再撤")


def _restore(
    session: Session, recorder: Recorder, table: Table, rows: Sequence[JournalRow], entry: JournalEntry
) -> None:
    images = current_images(session, table, (row.row_id for row in rows))
    for row in rows:
        now = images.get(row.row_id)
        if (None if now is None else digest_of(now)) != row.digest:
            raise UserError(_in_the_way(session, row, entry))
    before = {row.row_id: None if row.before is None else json.loads(row.before) for row in rows}
    recorder.rows((table.name, row.row_id, images.get(row.row_id), before[row.row_id]) for row in rows)
    removed = [row_id for row_id, image in before.items() if image is None]
    restored = [values_of(table, image) for row_id, image in before.items() if image is not None and row_id in images]
    returned = [
        values_of(table, image) for row_id, image in before.items() if image is not None and row_id not in images
    ]
    try:
        for start in range(0, len(removed), CHUNK):
            session.execute(delete(table).where(table.c.id.in_(removed[start : start + CHUNK])))
        write_rows(session, table, restored)
        if returned:
            session.execute(insert(table), returned)
    except IntegrityError as error:
        raise UserError(f"“{entry.title}”不能撤销：它登记的内容后来已被别的记录引用，请先撤销那些操作") from error


def _in_the_way(session: Session, row: JournalRow, entry: JournalEntry) -> str:
    later = session.scalar(
        select(JournalEntry)
        .join(JournalRow, JournalRow.entry_id == JournalEntry.id)
        .where(JournalRow.table == row.table, JournalRow.row_id == row.row_id, JournalEntry.id > entry.id)
        .order_by(JournalEntry.id.desc())
    )
    if later is None:
        return f"“{entry.title}”不能撤销：它写过的记录被程序以外的途径改动过，请先运行“检查”"
    return f"“{entry.title}”不能撤销：其后 {later.clerk} 于 {later.at:%Y-%m-%d %H:%M} 又办了“{later.title}”，请先撤销那一步"
