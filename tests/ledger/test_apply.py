"""Applying a plan: one entry, one transaction, one undo that restores every register; the second time nothing happens."""

import pytest
from sqlalchemy import select

from tests.ledger.desks import CLERK, CODE, OTHER_CODE, at_desk, dump, operators, planned
from wenlv_desk.core.errors import UserError
from wenlv_desk.ledger.apply import apply_plan, outcome
from wenlv_desk.ledger.model import Action, Decision, Verdict
from wenlv_desk.ledger.plan import decide
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery
from wenlv_desk.store.tables import JournalEntry
from wenlv_desk.store.undo import undo

NAMED = ["单位名称", "统一社会信用代码", "备注"]
FAILING = "91110000600037341X"


def last_entry(office: Office) -> JournalEntry:
    with office.database.read() as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert entry is not None
        return entry


def test_new_and_changed_rows_are_written_and_the_rest_is_counted(office: Office) -> None:
    apply_plan(office, CLERK, planned(office, NAMED, ["晨光书店", CODE, "旧"]))
    plan = planned(
        office,
        NAMED,
        ["晨光书店", CODE, "新"],
        ["新岸书店", OTHER_CODE, None],
        ["丙店", FAILING, None],
        [None, None, "x"],
    )
    done = apply_plan(office, CLERK, plan)
    assert done.value == {"new": 1, "changed": 1, "same": 0, "doubtful": 1, "rejected": 1, "skipped": 0, "owners": 0}
    assert [(firm["operator_name"], firm.get("remark")) for firm in operators(office)] == [
        ("晨光书店", "新"),
        ("新岸书店", None),
    ]


def test_the_journal_keeps_the_file_the_counts_and_the_reasons(office: Office) -> None:
    plan = planned(office, NAMED, ["甲店", FAILING, None], ["乙店", None, None])
    with at_desk(office) as desk:
        decide(desk, plan, 2, Decision(Action.ACCEPT, None, "执照原件如此"))
    apply_plan(office, CLERK, plan, reason="年初盘点")
    entry = last_entry(office)
    assert (entry.operation, entry.title, entry.reason) == ("import_ledger", "导入台账 经营单位", "年初盘点")
    assert entry.arguments["file_name"] == "台账.xlsx"
    assert entry.arguments["new"] == 2
    assert entry.arguments["accepted"] == "照此登记：执照原件如此（第 2 行）"


def test_one_undo_restores_every_register_exactly(office: Office) -> None:
    apply_plan(office, CLERK, planned(office, NAMED, ["晨光书店", CODE, "旧"]))
    before = dump(office)
    headings = ["许可证编号", "单位名称", "统一社会信用代码", "法定代表人", "经营场所"]
    rows = [["新出发鲁零字第001号", "新岸书店", OTHER_CODE, "单某", "海政路1号"]]
    apply_plan(office, CLERK, planned(office, NAMED, ["晨光书店", CODE, "新"], ["丁店", None, "x"]))
    apply_plan(office, CLERK, planned(office, headings, *rows, register="publication_licence"))
    assert dump(office) != before
    undo(office, CLERK)
    undo(office, CLERK)
    assert dump(office) == before
    assert check(office) == []


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    rows = [["晨光书店", CODE, "旧"], ["新岸书店", None, None], ["丙店", FAILING, None], ["晨光书店", OTHER_CODE, None]]
    plan = planned(office, NAMED, *rows)
    with at_desk(office) as desk:
        for line in (4, 5):
            decide(desk, plan, line, Decision(Action.ACCEPT, None, "核过"))
    apply_plan(office, CLERK, plan)
    before = dump(office)
    again = planned(office, NAMED, *rows)
    assert {row.verdict for row in again.rows()} == {Verdict.SAME}, [row.why for row in again.rows()]
    assert again.to_write() == 0
    assert dump(office) == before


def test_what_was_imported_is_found_at_once(office: Office) -> None:
    apply_plan(office, CLERK, planned(office, NAMED, ["海阳新岸书店", CODE, None]))
    registry, today = office.catalogue.registry("operator"), office.clock().date()
    with office.database.read() as session:
        for text in ("新岸", "hyxa", CODE[4:9]):
            assert Listing(session, office.catalogue, registry, ListQuery(search=text), today).count() == 1


def test_a_plan_that_the_registers_have_overtaken_is_refused_and_brought_up_to_date(office: Office) -> None:
    plan = planned(office, NAMED, ["晨光书店", CODE, None])
    apply_plan(office, Clerk("王方", "窗口二"), planned(office, NAMED, ["晨光书店", CODE, None]))
    with pytest.raises(UserError, match="涉及 1 行，没有写入任何内容"):
        apply_plan(office, CLERK, plan)
    assert [row.verdict for row in plan.rows()] == [Verdict.SAME]
    assert len(operators(office)) == 1


def test_a_write_elsewhere_does_not_stand_in_the_way(office: Office) -> None:
    plan = planned(office, NAMED, ["晨光书店", CODE, None])
    apply_plan(office, CLERK, planned(office, NAMED, ["新岸书店", OTHER_CODE, None]))
    assert apply_plan(office, CLERK, plan).value["new"] == 1


def test_an_import_without_a_plan_is_refused(office: Office) -> None:
    with pytest.raises(UserError, match="要先核对方案"):
        perform(office, CLERK, "import_ledger", "operator", arguments={"file_name": "x.xlsx"})


def test_rows_skipped_are_left_out_and_counted(office: Office) -> None:
    plan = planned(office, NAMED, ["晨光书店", CODE, None], ["新岸书店", None, None])
    with at_desk(office) as desk:
        decide(desk, plan, 2, Decision(Action.SKIP))
    assert outcome(plan)["skipped"] == 1
    assert apply_plan(office, CLERK, plan).value["new"] == 1


def test_two_rows_for_one_record_are_both_applied_when_accepted(office: Office) -> None:
    apply_plan(office, CLERK, planned(office, NAMED, ["晨光书店", CODE, "旧"]))
    plan = planned(office, NAMED, ["晨光书店", CODE, "甲"], ["晨光书店", CODE, "乙"])
    with at_desk(office) as desk:
        decide(desk, plan, 3, Decision(Action.ACCEPT, None, "后一行为准"))
    apply_plan(office, CLERK, plan)
    assert [firm["remark"] for firm in operators(office)] == ["乙"]
