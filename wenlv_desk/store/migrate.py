"""Bringing a database up to this version: back up first, migrate, and refuse one written by a newer program."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert, inspect, select, text
from sqlalchemy.orm import Session

from wenlv_desk.core.errors import UserError
from wenlv_desk.store.backup import copy_database
from wenlv_desk.store.database import Database
from wenlv_desk.store.office import BACKUPS_FOLDER
from wenlv_desk.store.tables import JournalHead

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = MIGRATIONS / "versions"


@cache
def head(migrations: Path = MIGRATIONS) -> str:
    """The newest schema this program knows: versions are files named 0001_…, so no Alembic is needed to tell."""
    return max(path.name.split("_")[0] for path in (migrations / "versions").glob("[0-9]*.py"))


def current(database: Database) -> str | None:
    """The schema a database has, None for an empty one."""
    with database.read() as session:
        return _stamp(session)


def _stamp(session: Session) -> str | None:
    if not inspect(session.connection()).has_table("alembic_version"):
        return None
    return session.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(database: Database, folder: Path, at: datetime, *, migrations: Path = MIGRATIONS) -> None:
    """Make the schema the newest one. An existing SQLite file is backed up before it is touched; `at` names the backup."""
    now, newest = current(database), head(migrations)
    if now == newest:
        return
    if now is not None and now > newest:
        raise UserError(f"这个数据文件夹由更新版本的程序（{now}）写过，本程序（{newest}）不能打开，请升级程序")
    if now is not None and database.is_sqlite:
        copy_database(Path(str(database.url.database)), folder / BACKUPS_FOLDER, at, "-升级前")
    from alembic import command

    with database.rebuild() as session:
        if _stamp(session) == newest:  # another counter opened the folder at the same moment and was first
            return
        config = configuration(migrations)
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")
        if session.execute(select(JournalHead)).first() is None:
            session.execute(insert(JournalHead).values(id=1, entry_id=0, digest="0" * 64))


def configuration(migrations: Path = MIGRATIONS) -> "Config":
    """Alembic's configuration without an ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("path_separator", "os")
    return config
