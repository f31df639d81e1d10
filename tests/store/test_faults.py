"""The environment's faults are said in Chinese with a remedy, and leave nothing half done."""

import multiprocessing
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from tests.builders import dump
from tests.conftest import Clock, Perform
from tests.store.acting import LINXIAO, act, firm
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store import database as database_module
from wenlv_desk.store.check import check
from wenlv_desk.store.database import Database
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.office import DATABASE_FILE, Office


@contextmanager
def every_connection(office: Office, pragma: str) -> Iterator[None]:
    def say(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA {pragma}")

    office.database.close()
    event.listen(office.database.engine, "connect", say)
    yield
    event.remove(office.database.engine, "connect", say)
    office.database.close()


def test_an_error_that_reaches_the_log_says_nobody_s_number(office: Office) -> None:
    with pytest.raises(IntegrityError) as error, office.database.write() as session:
        session.execute(text("INSERT INTO operator (phone) VALUES (:phone)"), {"phone": "13800138000"})
    assert "13800138000" not in str(error.value)


@pytest.mark.parametrize(
    ("pragma", "said"), [("max_page_count=1", "磁盘已满"), ("query_only=ON", "数据库文件是只读的")]
)
def test_a_database_that_cannot_be_written_is_named_and_stays_as_it_was(office: Office, pragma: str, said: str) -> None:
    before = dump(office)
    with every_connection(office, pragma), pytest.raises(UserError, match=f"{said}.*没有写入任何内容"):
        act(office, lambda desk: desk.insert_many(type(firm()), [{"operator_name": f"店{n}"} for n in range(3000)]))
    assert dump(office) == before
    assert check(office) == []


def test_a_database_another_program_holds_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch, perform: Perform
) -> None:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0)
    impatient = Office(office.folder, Database(office.folder / DATABASE_FILE), office.catalogue, office.clock)
    with office.database.write() as session:
        session.execute(text("UPDATE operator SET remark = remark"))
        with pytest.raises(UserError, match="长时间占用"):
            act(impatient, lambda desk: desk.add(firm()))
    perform("create", "operator", operator_name="新岸书刊社")
    impatient.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a text file, long enough to be no database" * 40, "不是文旅台账的数据库"),
        (b"SQLite format 3\0" * 99, "数据库"),
    ],
)
def test_a_file_that_is_no_database_is_named(tmp_path: Path, clock: Clock, content: bytes, said: str) -> None:
    (tmp_path / DATABASE_FILE).write_bytes(content)
    with pytest.raises(UserError, match=said):
        open_desk(tmp_path, clock=clock)
    assert (tmp_path / DATABASE_FILE).read_bytes() == content


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError, match="建不起来"):
        open_desk(tmp_path / "file" / "data", clock=clock)


def test_a_folder_that_went_away_is_named(tmp_path: Path) -> None:
    database = Database(tmp_path / "gone" / DATABASE_FILE)
    with pytest.raises(UserError, match="打不开数据库文件"), database.read() as session:
        session.execute(text("SELECT 1"))


@pytest.mark.parametrize("fault", [KeyboardInterrupt, SystemExit, MemoryError, UserError])
def test_whatever_stops_an_operation_nothing_of_it_stays(office: Office, fault: type[BaseException]) -> None:
    before = dump(office)

    def work(desk: Desk) -> None:
        desk.add(firm())
        desk.next_number("试")
        raise fault("stopped")

    with pytest.raises(fault):
        act(office, work)
    assert dump(office) == before
    assert act(office, lambda desk: desk.next_number("试")).value == 1
    assert check(office) == []


def test_only_a_writer_takes_the_lock(office: Office) -> None:
    said: list[str] = []
    event.listen(
        office.database.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_: said.append(statement),
    )
    with office.database.read() as session:
        session.execute(text("SELECT 1"))
    with office.database.write() as session:
        session.execute(text("SELECT 2"))
    assert said == ["BEGIN", "SELECT 1", "BEGIN IMMEDIATE", "SELECT 2"]


def test_many_threads_read_while_one_writes(office: Office) -> None:
    act(office, lambda desk: desk.add(firm()))

    def read(_: int) -> int:
        with office.desk(LINXIAO) as desk:
            return len(desk.session.execute(text("SELECT id FROM operator")).all())

    with ThreadPoolExecutor(30) as pool, office.database.write() as session:
        session.execute(text("UPDATE operator SET remark = 'not yet'"))
        assert set(pool.map(read, range(120))) == {1}
        session.rollback()


def opened(folder: Path) -> list[str]:
    office = open_desk(folder, clock=Clock())
    act(office, lambda desk: desk.add(firm()))
    problems = check(office)
    office.close()
    return problems


def test_several_counters_that_open_a_new_folder_at_once_all_get_it(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(opened, [folder] * 2)) == [[], []]
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as file:
        assert file.execute("SELECT count(*) FROM operator").fetchone() == (2,)
        rows, codes = file.execute("SELECT count(*), count(DISTINCT code) FROM category").fetchone()
        assert rows == codes > 0
