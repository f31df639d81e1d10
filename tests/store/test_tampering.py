"""Tampering that keeps the journal plausible is found too: rows slipped in, put in another order, the whole made over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from tests.conftest import Perform
from wenlv_desk.core.records import Base
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.backup import back_up
from wenlv_desk.store.check import check
from wenlv_desk.store.images import digest_of
from wenlv_desk.store.journal import CHAINED, current_images, entry_digest, image_as_of, rows_digest, rows_of
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import JournalEntry, JournalHead

TABLE = Base.metadata.tables[Operator.__tablename__]


@pytest.fixture
def at_work(office: Office, perform: Perform) -> Office:
    """A firm whose address changed twice, and one whose number was looked at."""
    perform("create", "operator", operator_name="青屿书店", address="甲路")
    perform("amend", "operator", 1, address="乙路")
    perform("amend", "operator", 1, address="丙路")
    perform("reveal", "operator", 1, name="phone")
    return office


def said(session: Session, statement: str) -> None:
    session.execute(text(statement))


@contextmanager
def closing_engine(office: Office) -> Iterator[Engine]:
    """The database as another program opens it: without our foreign keys."""
    engine = create_engine(office.database.url)
    yield engine
    engine.dispose()


def digest_now(session: Session) -> str:
    return digest_of(current_images(session, TABLE, [1])[1])


def a_row_slipped_in(session: Session) -> None:
    """The new content gets a journal row of its own that no entry chains."""
    said(session, "UPDATE operator SET address = '假路' WHERE id = 1")
    said(
        session,
        'INSERT INTO journal_row (entry_id, "table", row_id, before, digest) '
        f"VALUES (9999, 'operator', 1, '{{}}', '{digest_now(session)}')",
    )


def rows_in_another_order(session: Session) -> None:
    """An earlier state is put back, and the journal row that vouches for it moved to the end."""
    image = image_as_of(session, TABLE, 1, 3)
    assert image is not None
    said(session, f"UPDATE operator SET address = '乙路', version = {image['version']} WHERE id = 1")
    said(session, "UPDATE journal_row SET id = 100000 WHERE entry_id = 3")


def an_entry_slipped_in(session: Session) -> None:
    columns = "at, clerk, counter, register, record_id, operation, title, arguments, reason, undoable, rows_digest, previous, digest"
    said(session, f"INSERT INTO journal_entry (id, {columns}) SELECT 99, {columns} FROM journal_entry WHERE id = 3")


def a_before_image_changed(session: Session) -> None:
    said(session, "UPDATE journal_row SET before = replace(before, '甲路', '子路') WHERE entry_id = 3")


def a_row_digest_made_to_fit(session: Session) -> None:
    said(session, "UPDATE operator SET address = '假路' WHERE id = 1")
    said(session, f"UPDATE journal_row SET digest = '{digest_now(session)}' WHERE entry_id = 4")


def an_entry_taken_out_of_the_middle(session: Session) -> None:
    said(session, "DELETE FROM journal_row WHERE entry_id = 3")
    said(session, "DELETE FROM journal_entry WHERE id = 3")


@pytest.mark.parametrize(
    "tamper",
    [
        a_row_slipped_in,
        rows_in_another_order,
        an_entry_slipped_in,
        a_before_image_changed,
        a_row_digest_made_to_fit,
        an_entry_taken_out_of_the_middle,
    ],
    ids=lambda tamper: tamper.__name__,
)
def test_tampering_is_found(at_work: Office, tamper: Callable[[Session], None]) -> None:
    assert check(at_work) == []
    with closing_engine(at_work) as engine, Session(engine) as session:
        tamper(session)
        session.commit()
    assert any("流水" in problem for problem in check(at_work))


def rechain(session: Session) -> None:
    """Make every digest fit again, as somebody who knows the program could."""
    previous, last = "0" * 64, 0
    for entry in session.query(JournalEntry).order_by(JournalEntry.id):
        rows = [row._mapping for row in rows_of(session, entry.id)]
        entry.previous, entry.rows_digest = previous, rows_digest(rows)
        entry.digest = entry_digest(
            {name: getattr(entry, name) for name in (*CHAINED, "undoes", "rows_digest", "previous")}
        )
        previous, last = entry.digest, entry.id
    session.query(JournalHead).update({"entry_id": last, "digest": previous})


def test_a_journal_made_over_as_a_whole_disagrees_with_a_backup(at_work: Office) -> None:
    made = back_up(at_work)
    with at_work.database.write() as session:
        said(session, "UPDATE journal_entry SET clerk = '别人' WHERE id = 2")
        rechain(session)
    assert check(at_work) == [f"流水与备份“{made.name}”不一致：第 5 号以前的流水被整体改写或截去，请用这份备份核对"]


def test_the_last_entry_taken_away_together_with_the_end_disagrees_with_a_backup(at_work: Office) -> None:
    back_up(at_work)
    with at_work.database.write() as session:
        said(session, "DELETE FROM journal_entry WHERE id = 5")
        rechain(session)
    assert any("不一致" in problem for problem in check(at_work))


def test_a_row_is_known_as_it_stood_after_every_entry(at_work: Office) -> None:
    with at_work.database.read() as session:
        stood = [image_as_of(session, TABLE, 1, entry) for entry in range(1, 6)]
    assert [image and image["address"] for image in stood] == [None, "甲路", "乙路", "丙路", "丙路"]
