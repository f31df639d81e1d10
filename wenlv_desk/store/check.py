"""The check (检查): is the database sound, the journal's chain whole, every row as the journal left it, every file there?"""

from collections.abc import Iterator

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.registry import Registry
from wenlv_desk.store.backup import backups_in, journal_end
from wenlv_desk.store.files import FileStore
from wenlv_desk.store.images import digest_of, image_of
from wenlv_desk.store.indexing import all_texts, index_of, searchable
from wenlv_desk.store.journal import CHAINED, entry_digest, last_digests, rows_digest, watched
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import Attachment, JournalEntry, JournalHead, JournalRow

TITLES = {"attachment": "附件"}


def check(office: Office) -> list[str]:
    """Every defect found, as Chinese sentences; an empty list means that all is sound."""
    with office.database.read() as session:
        found = [
            *_database(session),
            *_chain(session),
            *_against_backups(session, office),
            *_rows(session, office.catalogue),
            *_files(session, office.files),
        ]
    return [*found, *_index(office)]


def _database(session: Session) -> Iterator[str]:
    if session.get_bind().dialect.name == "sqlite":
        for (said,) in session.connection().exec_driver_sql("PRAGMA integrity_check(20)"):
            if said != "ok":
                yield f"数据库文件有损坏：{said}"


def _chain(session: Session) -> Iterator[str]:
    """Recompute the chain entry by entry, with the rows of each."""
    previous, last, last_row = "0" * 64, 0, 0
    for entry in session.scalars(select(JournalEntry).order_by(JournalEntry.id).execution_options(yield_per=1000)):
        columns = (JournalRow.id, JournalRow.table, JournalRow.row_id, JournalRow.before, JournalRow.digest)
        found = session.execute(select(*columns).where(JournalRow.entry_id == entry.id).order_by(JournalRow.id))
        rows = found.mappings().all()
        said = {name: getattr(entry, name) for name in (*CHAINED, "undoes", "rows_digest", "previous")}
        chained = entry.previous == previous and entry.digest == entry_digest(said)
        in_order = not rows or rows[0]["id"] > last_row
        if not chained or not in_order or entry.rows_digest != rows_digest(rows):
            yield f"流水第 {entry.id} 号“{entry.title}”被程序以外的途径改动过，或其前有记录被删"
        previous, last, last_row = entry.digest, entry.id, rows[-1]["id"] if rows else last_row
    head = session.execute(select(JournalHead.entry_id, JournalHead.digest)).one()
    if (head.entry_id, head.digest) != (last, previous):
        yield f"流水末尾缺少记录：应到第 {head.entry_id} 号，实到第 {last} 号"
    stray = session.scalar(select(func.count(JournalRow.id)).where(JournalRow.entry_id.not_in(select(JournalEntry.id))))
    if stray:
        yield f"流水里有 {stray} 行不属于任何操作，是程序以外的途径写入的"


def _against_backups(session: Session, office: Office) -> Iterator[str]:
    """A journal made over as a whole agrees with itself, but not with the ends that the backups hold."""
    for path in backups_in(office.backups):
        end = journal_end(path)
        if end is None or end[0] == 0:
            continue
        digest = session.scalar(select(JournalEntry.digest).where(JournalEntry.id == end[0]))
        if digest != end[1]:
            yield f"流水与备份“{path.name}”不一致：第 {end[0]} 号以前的流水被整体改写或截去，请用这份备份核对"


def journalled_tables(catalogue: Catalogue) -> Iterator[tuple[str, Table]]:
    """Title and table of everything the journal watches."""
    for record in watched(catalogue):
        table = record.__table__
        assert isinstance(table, Table)
        registry = catalogue.registries.get(table.name)
        yield registry.title if registry else TITLES.get(table.name, table.name), table


def _rows(session: Session, catalogue: Catalogue) -> Iterator[str]:
    """Every row against the digest the journal left: edits, additions and removals behind the program's back."""
    for title, table in journalled_tables(catalogue):
        expected = dict(last_digests(session, table.name))
        for row in session.execute(select(table).execution_options(yield_per=5000)).mappings():
            known = expected.pop(row["id"], None)
            if known is None:
                yield f"{title}第 {row['id']} 号不是由本程序写入的"
            elif known != digest_of(image_of(row)):
                yield f"{title}第 {row['id']} 号被程序以外的途径改动过"
        yield from (f"{title}第 {row_id} 号被程序以外的途径删除" for row_id, digest in expected.items() if digest)


def _files(session: Session, files: FileStore) -> Iterator[str]:
    for attachment in session.scalars(select(Attachment)):
        try:
            files.get(attachment.sha256)
        except UserError as error:
            yield f"附件“{attachment.file_name}”：{error.message}"


def _index(office: Office) -> Iterator[str]:
    """SQLite counts proving an index as a write, so each is proven under the lock of its own, and writers wait no longer than that."""
    for registry in office.catalogue.registries.values():
        if searchable(registry):
            with office.database.write() as session:
                yield from list(_index_of(session, registry))


def _index_of(session: Session, registry: Registry) -> Iterator[str]:
    index, connection = index_of(session), session.connection()
    for problem in index.verify(connection, registry.name, all_texts(session, registry)):
        yield f"{registry.title}的检索索引与台账不一致（{problem}），请管理员用命令 wenlv-desk check --rebuild-index 重建"
