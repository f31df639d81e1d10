"""Work of many commits at one go: in the file itself at the end, whatever else is open."""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select, text

from tests.store.acting import LINXIAO
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.database import Database
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import DATABASE_FILE, Office

VALUES = {"operator_name": "青屿书店", "categories": "BOOK_RETAIL"}


def on_disk(office: Office, copy: Path) -> list[str]:
    """The firms in the database file alone, without the log beside it."""
    shutil.copy(office.folder / DATABASE_FILE, copy)
    with closing(Database(copy)) as database, database.read() as session:
        return list(session.scalars(select(Operator.operator_name)))


def test_work_at_one_go_is_in_the_file_at_its_end(office: Office, tmp_path: Path) -> None:
    with office.database.at_one_go() as database:
        perform(replace(office, database=database), LINXIAO, "create", "operator", arguments=VALUES)
        assert on_disk(office, tmp_path / "before.sqlite") == []
        with office.database.read() as session:
            assert session.scalars(select(Operator.operator_name)).all() == ["青屿书店"]
    assert on_disk(office, tmp_path / "after.sqlite") == ["青屿书店"]


def test_only_work_at_one_go_does_not_wait_for_the_disk_at_every_commit(office: Office) -> None:
    with office.database.at_one_go() as quick:
        for database, waits in ((quick, 1), (office.database, 2)):
            with database.read() as session:
                assert session.scalar(text("PRAGMA synchronous")) == waits
