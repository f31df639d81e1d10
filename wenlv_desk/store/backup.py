"""Backups (备份): a whole copy of the database made beside running work, opened and checked before it counts."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from wenlv_desk.core.errors import UserError

KEEP = 30


def backup_file(source: Path, folder: Path, now: datetime, label: str = "") -> Path:
    """Copy a SQLite database whole into `folder` and prove that the copy opens and is sound; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{source.stem}-{now:%Y%m%d-%H%M%S}{label}.sqlite"
    partial = target.with_suffix(".partial")
    try:
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(partial)) as there:
            here.backup(there, pages=2000)
            said = there.execute("PRAGMA quick_check").fetchone()[0]
    except (sqlite3.Error, OSError) as error:
        partial.unlink(missing_ok=True)
        raise UserError(f"备份没有做成（{error}），请检查磁盘空间和文件夹“{folder.name}”的写权限") from error
    if said != "ok":
        partial.unlink(missing_ok=True)
        raise UserError(f"备份未通过检验（{said}），原数据库可能已损坏，请立即停止使用并联系维护人员")
    partial.replace(target)
    _keep_newest(folder)
    return target


def last_backup(folder: Path) -> Path | None:
    """The newest backup that was finished and checked."""
    found = sorted(folder.glob("*.sqlite"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found else None


def _keep_newest(folder: Path) -> None:
    found = sorted(folder.glob("*.sqlite"), key=lambda path: path.stat().st_mtime)
    for path in found[:-KEEP]:
        path.unlink(missing_ok=True)
