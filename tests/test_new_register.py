"""One more register costs its declaration and nothing else: a throw-away one is driven through everything derived from it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.builders import Maker, dump
from tests.conftest import Clock
from tests.throwaway import COMPLAINTS, open_with_complaints
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.journal import history_of
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery, ListRow
from wenlv_desk.store.undo import undo


@pytest.fixture
def office(template: Path, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """An office that keeps complaints beside the program's own registers."""
    shutil.copytree(template, tmp_path / "data")
    opened = open_with_complaints(tmp_path / "data", clock)
    yield opened
    opened.close()


@pytest.fixture
def complaint(maker: Maker) -> int:
    operator = maker.record("operator", operator_name="青屿书店")
    return maker.record(
        "complaint", operator_id=operator, complaint_no="投2026-7", matter="噪声扰民", phone="13812348000", state="待办"
    )


def listed(office: Office, clerk: Clerk, query: ListQuery) -> list[ListRow]:
    with office.desk(clerk) as desk:
        return Listing(desk.session, office.catalogue, COMPLAINTS, query, desk.today).top(0, 50)


def test_it_is_listed_with_what_it_refers_to_and_with_secrets_masked(
    office: Office, clerk: Clerk, complaint: int
) -> None:
    (row,) = listed(office, clerk, ListQuery(where={"state": ("OPEN",)}, sort=(("received_on", True),)))
    assert row.shown == {
        "complaint_no": "投2026-7",
        "operator_id": "青屿书店",
        "matter": "噪声扰民",
        "received_on": "2026-11-20",
        "state": "待办",
        "phone": "138****8000",
    }
    assert row.tones == {"state": "amber"}


@pytest.mark.parametrize("text", ["噪声", "zsrm", "zaosheng", "投2026", "8000", "声扰"])
def test_it_is_found_like_any_record(office: Office, clerk: Clerk, complaint: int, text: str) -> None:
    assert [row.id for row in listed(office, clerk, ListQuery(search=text))] == [complaint]


def test_its_fields_and_rules_refuse_in_chinese(maker: Maker) -> None:
    with pytest.raises(UserError, match="收到日期：2026-11-24 晚于今天，请改正"):
        maker.record("complaint", received_on="2026-11-24")
    with pytest.raises(UserError, match="库中没有“无名书店”"):
        maker.record("complaint", operator_id="无名书店")


def test_its_card_stands_on_the_card_of_its_owner(office: Office) -> None:
    operators = office.catalogue.registry("operator")
    assert COMPLAINTS in office.catalogue.owned_by(operators)


def operations() -> list[str]:
    from tests.throwaway import with_complaints

    return list(with_complaints().operations_on(COMPLAINTS))


def test_it_has_its_own_verb_and_those_of_every_register() -> None:
    own, *common = operations()
    assert own == "close"
    assert {"create", "amend", "void", "restore", "merge", "reveal", "attach", "import_ledger"} <= set(common)


@pytest.mark.parametrize("name", operations())
def test_every_verb_is_journalled_shown_in_the_history_and_undone(office: Office, maker: Maker, name: str) -> None:
    op = office.catalogue.operation(COMPLAINTS, name)
    record_id = maker.ready(COMPLAINTS, op)
    given = maker.arguments(COMPLAINTS, op, record_id)
    before = dump(office)
    done = maker.perform(op, COMPLAINTS, record_id, **given)
    if record_id is not None:
        assert history(office, record_id)[0] == done.title
    if op.undoable:
        undo(office, maker.clerk, done.entry_id)
        assert dump(office) == before
    assert check(office) == []


def history(office: Office, record_id: int) -> list[str]:
    with office.database.read() as session:
        return [entry.title for entry in history_of(session, "complaint", record_id)]


def test_its_steps_keep_to_its_workflow(maker: Maker, complaint: int) -> None:
    maker.perform("close", COMPLAINTS, complaint, answer="已责令整改")
    with pytest.raises(UserError, match="“投2026-7”现为“办结”，不能办“答复办结”"):
        maker.perform("close", COMPLAINTS, complaint, answer="再办")
    with pytest.raises(UserError, match="状态不能直接修改"):
        maker.perform("amend", COMPLAINTS, complaint, state="待办")


def test_it_goes_out_to_a_workbook_and_comes_back_without_a_difference(
    office: Office, clerk: Clerk, complaint: int, tmp_path: Path
) -> None:
    from wenlv_desk.ledger.export import export_listing, whole
    from wenlv_desk.ledger.headings import known_headings, propose
    from wenlv_desk.ledger.plan import plan_import
    from wenlv_desk.ledger.reading import read_workbook
    from wenlv_desk.ledger.reading.shape import find_table

    path = tmp_path / "投诉举报.xlsx"
    with office.desk(clerk) as desk:
        names = whole(COMPLAINTS)
        listing = Listing(desk.session, office.catalogue, COMPLAINTS, ListQuery(), desk.today, names=names, unmask=True)
        assert export_listing(listing, path, clerk=clerk, at=desk.now) == 1
        (sheet,) = [sheet for sheet in read_workbook(path).sheets if sheet.visible]
        table = find_table(sheet, known=known_headings(office.catalogue, COMPLAINTS))
        plan = plan_import(desk, COMPLAINTS, table, propose(desk, COMPLAINTS, table), file_name=path.name)
    assert {verdict: count for verdict, count in plan.counts().items() if count} == {"same": 1}


def test_a_program_without_it_still_opens_the_folder(office: Office, clock: Clock, complaint: int) -> None:
    plain = open_desk(office.folder, clock=clock)
    assert check(plain) == []
    plain.close()


def test_nothing_of_the_program_knows_it() -> None:
    package = Path(__file__).resolve().parents[1] / "wenlv_desk"
    naming = [path for path in package.rglob("*.py") if re.search("complaint_no|投诉举报", path.read_text("utf-8"))]
    assert naming == []


def test_its_rows_are_checked_like_any(office: Office, complaint: int) -> None:
    from tests.throwaway import Complaint

    with office.database.write() as session:
        table = Complaint.__table__
        assert session.scalar(select(Complaint.id)) == complaint
        session.execute(table.update().values(matter="改过"))  # type: ignore[attr-defined]
    assert "投诉举报第 1 号被程序以外的途径改动过" in check(office)
