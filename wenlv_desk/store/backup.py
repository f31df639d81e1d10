"""Backups (备份): the database and every file kept with it, copied beside running work and proven before they count.

A backup folder holds one `wenlv-20261123-090000.sqlite` a backup, and one `files/` that all of them share: files are named by their
digest and never change, so each is copied once. To restore, put a backup as `wenlv.sqlite` beside its `files/` into a data folder.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.store.files import FileStore
from wenlv_desk.store.office import FILES_FOLDER, Office

KEEP = 30
NAMED = 3  # so many missing files are named


def back_up(office: Office, folder: Path | None = None) -> Path:
    """Back up into `folder` (the office's own `backups` if none is named); returns the copy of the database.

    Raises `UserError` when no sound copy could be made, or when files that the database names are in neither place.
    """
    if not office.database.is_sqlite:
        raise UserError("数据在数据库服务器上，备份由服务器负责，请联系管理员")
    target = folder or office.backups
    pool = FileStore(target / FILES_FOLDER)
    made = copy_database(
        Path(str(office.database.url.database)), target, office.clock(), beside=lambda: _copy_files(office.files, pool)
    )
    if missing := list(_missing(made, pool)):
        raise UserError(
            f"数据库已备份到“{made}”，但有 {len(missing)} 个附件或存档文书不在数据文件夹里：{'、'.join(missing[:NAMED])}。"
            "请从更早的备份找回，再运行“检查”"
        )
    return made


def copy_database(
    source: Path, folder: Path, now: datetime, label: str = "", *, beside: Callable[[], None] | None = None
) -> Path:
    """Copy a SQLite database whole into `folder` and prove that the copy opens and is sound; returns its path.

    `beside` copies what belongs to it; only when that is done too does the copy get its name.
    """
    target = folder / f"{source.stem}-{now:%Y%m%d-%H%M%S}{label}.sqlite"
    partial = target.with_suffix(".partial")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            said = _copied(source, partial)
            if said != "ok":
                raise UserError(f"备份未通过检验（{said}），原数据库可能已损坏，请立即停止使用并联系维护人员")
            if beside is not None:
                beside()
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"备份没有做成（{fault(error)}），请检查磁盘空间和文件夹“{folder}”的写权限") from error
    except sqlite3.Error as error:
        raise UserError(
            f"备份没有做成（数据库说：{error}），请检查磁盘空间和文件夹“{folder}”的写权限；仍不行，请运行“检查”"
        ) from error
    _keep_newest(folder)
    return target


def _copied(source: Path, target: Path) -> str:
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there, pages=2000)
        there.execute("PRAGMA journal_mode=DELETE")  # one file, that opens from a read-only disk too
        return str(there.execute("PRAGMA quick_check").fetchone()[0])


def _copy_files(files: FileStore, pool: FileStore) -> None:
    """Copy what the pool lacks. A damaged file is left out: the pool may hold it sound, and what it lacks is said at the end."""
    for digest in files.digests():
        if not pool.path(digest).exists():
            try:
                content = files.get(digest)
            except UserError:
                continue
            pool.put(content)


def last_backup(folder: Path) -> Path | None:
    """The newest backup that was finished and checked."""
    found = backups_in(folder)
    return found[-1] if found else None


def verify_backup(path: Path) -> list[str]:
    """What is wrong with a backup, as Chinese sentences: the database copy, the end of its journal, every file it names."""
    if not path.is_file():
        return [f"没有“{path}”这个文件，请写明备份的数据库文件"]
    try:
        with closing(_opened(path)) as copy:
            said = [str(row[0]) for row in copy.execute("PRAGMA integrity_check(20)")]
            problems = [f"备份的数据库有损坏：{one}" for one in said if one != "ok"]
            head = copy.execute("SELECT entry_id, digest FROM journal_head").fetchone()
            last = copy.execute("SELECT id, digest FROM journal_entry ORDER BY id DESC LIMIT 1").fetchone()
    except sqlite3.Error as error:
        why = "不是数据库文件" if "not a database" in str(error) else f"读不出来：{error}"
        return [f"“{path.name}”不是完好的备份（{why}），请换一份"]
    if head is None or (head[0] and head != last):
        problems.append("备份里的流水不完整：末尾缺少记录")
    pool = FileStore(path.parent / FILES_FOLDER)
    for digest in dict.fromkeys(_named(path)):
        try:
            pool.get(digest)
        except UserError:
            problems.append(f"备份里缺少文件 {digest[:12]}…，或它已损坏")
    return problems


def journal_end(path: Path) -> tuple[int, str] | None:
    """Number and digest of the last journal entry that a backup holds; None when it cannot be read."""
    try:
        with closing(_opened(path)) as copy:
            found = copy.execute("SELECT entry_id, digest FROM journal_head").fetchone()
    except sqlite3.Error:
        return None
    return None if found is None else (int(found[0]), str(found[1]))


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _named(path: Path) -> Iterator[str]:
    """The digests that a database names: every column `sha256` stands for a kept file."""
    with closing(_opened(path)) as copy:
        tables = (
            "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type='table' AND c.name='sha256'"
        )
        for (table,) in copy.execute(tables).fetchall():
            yield from (digest for (digest,) in copy.execute(f'SELECT DISTINCT sha256 FROM "{table}"'))


def _missing(path: Path, pool: FileStore) -> Iterator[str]:
    return (digest for digest in dict.fromkeys(_named(path)) if not pool.path(digest).exists())


def backups_in(folder: Path) -> list[Path]:
    """Finished backups, oldest first."""
    return sorted(folder.glob("*.sqlite"), key=lambda path: path.stat().st_mtime_ns)


def _keep_newest(folder: Path) -> None:
    for path in backups_in(folder)[:-KEEP]:
        path.unlink(missing_ok=True)
