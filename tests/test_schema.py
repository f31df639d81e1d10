"""The schema: migrations lead exactly to the models, older databases are backed up and brought along, newer ones are refused."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from tests.builders import Maker, dump
from tests.conftest import Clock
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.records import Base
from wenlv_desk.registries import catalogue
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.registries.schema import include
from wenlv_desk.store.backup import last_backup
from wenlv_desk.store.check import check, journalled_tables
from wenlv_desk.store.database import Database
from wenlv_desk.store.migrate import MIGRATIONS, current, head, migrate
from wenlv_desk.store.office import DATABASE_FILE, Office
from wenlv_desk.store.opening import open_office

LATER = """
import sqlalchemy as sa
from alembic import op

revision = "{later}"
down_revision = "{now}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("later_register", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("operator", recreate="always") as batch:
        batch.add_column(sa.Column("later_column", sa.String(length=8)))
"""


def differences(database: Database) -> list[Any]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    catalogue()
    with database.read() as session:
        options = {"include_object": include, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(session.connection(), opts=options)
        return list(compare_metadata(context, Base.metadata))


def test_a_migrated_empty_database_is_what_the_models_say(tmp_path: Path, clock: Clock) -> None:
    database = Database(tmp_path / "empty.sqlite")
    migrate(database, tmp_path, clock())
    assert differences(database) == []
    database.close()


def test_a_database_at_work_is_what_the_models_say(office: Office, maker: Maker) -> None:
    maker.record("publication_licence")
    assert differences(office.database) == []


def test_no_table_uses_an_id_twice_however_it_was_migrated(office: Office) -> None:
    with office.database.read() as session:
        for _, table in journalled_tables(office.catalogue):
            made = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
            assert "AUTOINCREMENT" in session.execute(made, {"name": table.name}).scalar_one(), table.name


def test_migrating_again_changes_nothing(office: Office, clock: Clock) -> None:
    before = dump(office)
    migrate(office.database, office.folder, clock())
    assert dump(office) == before
    assert last_backup(office.folder / "backups") is None


def test_a_database_of_a_newer_program_is_refused_and_left_alone(office: Office, clock: Clock) -> None:
    with office.database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    office.close()
    with pytest.raises(UserError, match="更新版本的程序（9999）写过"):
        open_office(office.folder, catalogue(), clock)
    assert current(office.database) == "9999"


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a program of tomorrow: one more step, which rebuilds a table that others refer to."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    number = f"{int(head()) + 1:04d}"
    step = LATER.format(later=number, now=head())
    (folder / "versions" / f"{number}_later.py").write_text(step, encoding="utf-8")
    return folder


def test_an_older_database_is_backed_up_and_brought_along_with_its_rows(
    office: Office, maker: Maker, clock: Clock, later: Path
) -> None:
    maker.record("publication_licence")
    before = dump(office)
    migrate(office.database, office.folder, clock(), migrations=later)
    assert current(office.database) == head(later)
    assert dump(office) == before
    with office.database.read() as session:
        inspector = inspect(session.connection())
        assert inspector.has_table("later_register")
        assert "later_column" in [column["name"] for column in inspector.get_columns("operator")]
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    kept = last_backup(office.folder / "backups")
    assert kept is not None
    assert current(Database(kept)) == head()


def test_the_backup_opens_as_a_sound_desk_of_its_own(
    office: Office, maker: Maker, clock: Clock, later: Path, tmp_path: Path
) -> None:
    maker.record("operator")
    before = dump(office)
    migrate(office.database, office.folder, clock(), migrations=later)
    kept = last_backup(office.folder / "backups")
    assert kept is not None
    (tmp_path / "again").mkdir()
    shutil.copy(kept, tmp_path / "again" / DATABASE_FILE)
    again = open_desk(tmp_path / "again", clock=clock)
    assert dump(again) == before
    assert check(again) == []
    again.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    office: Office, maker: Maker, clock: Clock, later: Path
) -> None:
    maker.record("operator")
    before = dump(office)
    (step,) = (later / "versions").glob("*_later.py")
    step.write_text(step.read_text("utf-8") + "    raise ValueError('power cut')\n", encoding="utf-8")
    with pytest.raises(ValueError, match="power cut"):
        migrate(office.database, office.folder, clock(), migrations=later)
    assert current(office.database) == head()
    assert dump(office) == before
    with office.database.read() as session:
        assert not inspect(session.connection()).has_table("later_register")
