"""The search index between transactions, connections and restarts, on a file in WAL mode."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event

from wenlv_desk.store.search import SearchText, index_for

REGISTER = "operator"
index = index_for("sqlite")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'desk.db'}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA journal_mode = WAL"))
    with engine.begin() as connection:
        index.ensure(connection, REGISTER)
    yield engine
    engine.dispose()


def total(engine: Engine, query: str) -> int:
    with engine.connect() as connection:
        return index.find(connection, REGISTER, query).total


def test_another_connection_finds_what_was_committed_and_only_that(engine: Engine) -> None:
    with engine.connect() as writing, engine.connect() as reading:
        index.put(writing, REGISTER, [SearchText(1, ("新华书店",), ("91370685MA3C8XKW7T",))])
        assert index.find(writing, REGISTER, "xhsd").ids == (1,)
        assert index.find(reading, REGISTER, "xhsd").ids == ()
        reading.rollback()
        writing.commit()
        assert index.find(reading, REGISTER, "xhsd").ids == (1,)


def test_what_is_rolled_back_is_not_found(engine: Engine) -> None:
    with engine.begin() as connection:
        index.put(connection, REGISTER, [SearchText(1, ("老名",), ())])
    with engine.connect() as connection:
        index.put(connection, REGISTER, [SearchText(1, ("新名",), ()), SearchText(2, ("新店",), ())])
        connection.rollback()
    assert (total(engine, "新"), total(engine, "老名")) == (0, 1)


def test_two_connections_write_in_turn(engine: Engine) -> None:
    items = [SearchText(key, (f"书店{key}",), ()) for key in (1, 2)]
    for item in items:
        with engine.begin() as connection:
            index.put(connection, REGISTER, [item])
    with engine.begin() as connection:
        index.remove(connection, REGISTER, [1, 77])
    with engine.connect() as connection:
        assert index.verify(connection, REGISTER, items[1:]) == ()


def test_the_index_outlives_the_program(engine: Engine) -> None:
    with engine.begin() as connection:
        index.put(connection, REGISTER, [SearchText(1, ("新华书店",), ())])
    engine.dispose()
    with engine.begin() as connection:
        index.ensure(connection, REGISTER)
        assert index.find(connection, REGISTER, "书店").ids == (1,)


def test_more_records_than_a_batch_are_put_replaced_and_removed(engine: Engine) -> None:
    count = 12_000
    with engine.begin() as connection:
        index.put(connection, REGISTER, (SearchText(key, (f"甲{key}",), ()) for key in range(count, 0, -1)))
        index.put(connection, REGISTER, (SearchText(key, (f"乙{key}",), ()) for key in range(1, count + 1)))
        index.remove(connection, REGISTER, range(1, count))
        assert index.verify(connection, REGISTER, [SearchText(count, (f"乙{count}",), ())]) == ()
        assert index.find(connection, REGISTER, "甲").total == 0
