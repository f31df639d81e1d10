"""Backups (备份) from the window: one a day at the start, more when asked for."""

from datetime import datetime
from pathlib import Path

from wenlv_desk.store.backup import back_up, last_backup
from wenlv_desk.store.office import Office


def backup_today(office: Office) -> str:
    """Make today's backup if there is none, and say which one is the newest; for a worker thread."""
    if not office.database.is_sqlite:
        return "备份由数据库服务器负责"
    newest = last_backup(office.backups)
    if newest is None or _made_at(newest).date() != office.clock().date():
        newest = back_up(office)
    return said(newest, office.clock())


def said(newest: Path, now: datetime) -> str:
    """最近一次可用备份 今天 11:32（已验证）."""
    at = _made_at(newest)
    days = (now.date() - at.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, f"{at:%Y-%m-%d}")
    return f"最近一次可用备份 {day} {at:%H:%M}（已验证）"


def _made_at(backup: Path) -> datetime:
    """When a backup was made: its name says so (wenlv-20261123-090000.sqlite), and copying a folder does not change it."""
    parts = backup.stem.split("-")
    try:
        return datetime.strptime("-".join(parts[1:3]), "%Y%m%d-%H%M%S")
    except ValueError:
        return datetime.fromtimestamp(backup.stat().st_mtime)  # noqa: DTZ006 - the desk keeps local time
