"""Undo takes back exactly what an entry did, whatever it touched and in whatever order, and only by who may do it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text, update

from tests.builders import dump
from tests.conftest import Perform
from tests.store.acting import LINXIAO, act, firm, licence, machine
from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import OvertakenError, UserError
from wenlv_desk.registries.licence.printing import PrintingEquipment, PrintingLicence
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import perform as through_gate
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import Attachment
from wenlv_desk.store.undo import next_undo, undo


def a_firm_with_everything(desk: Desk) -> Operator:
    operator = firm()
    desk.add(operator)
    held = licence(operator, plant_area_m2=Decimal("12.50"), valid_to=date(2027, 1, 1))
    desk.add(held)
    desk.add(machine(held))
    return operator


def in_bulk_then_one_by_one(desk: Desk) -> None:
    (operator_id,) = desk.insert_many(Operator, [{"operator_name": "新岸书刊社"}])
    desk.add(licence(desk.get(Operator, operator_id), "印证字9号"))


def to_a_new_owner(desk: Desk) -> None:
    heir = firm("新岸文化公司")
    desk.add(heir)
    desk.get(PrintingLicence, 1).operator_id = heir.id


def to_a_new_owner_in_bulk(desk: Desk) -> None:
    heir = firm("新岸文化公司")
    desk.add(heir)
    desk.update_many(PrintingLicence, {1: {"operator_id": heir.id}})
    desk.add(machine(desk.get(PrintingLicence, 1), "装订机"))


def several_flushes(desk: Desk) -> None:
    operator = desk.get(Operator, 1)
    for name in ("甲", "乙", "丙"):
        operator.operator_name = name
        desk.session.flush()


def added_and_changed_in_bulk(desk: Desk) -> None:
    made = desk.add(firm("甲"))
    desk.update_many(Operator, {made.id: {"operator_name": "乙"}})


def changed_and_removed(desk: Desk) -> None:
    gone = desk.get(PrintingEquipment, 1)
    gone.quantity = 9
    desk.session.flush()
    desk.session.delete(gone)


def added_and_removed(desk: Desk) -> None:
    desk.session.delete(desk.add(firm("甲")))


def not_loaded(desk: Desk) -> None:
    operator = desk.get(Operator, 1)
    desk.session.expire(operator)
    operator.operator_name = "改名"


def values_not_yet_as_stored(desk: Desk) -> None:
    """12.5 where two places are stored, a list, a plain code, 1 for true."""
    operator = firm("甲", categories=["BOOK", "PRINT"], operating_status="OPEN", key_supervision=1)
    desk.add(operator)
    desk.add(licence(operator, "印证字9号", plant_area_m2=Decimal("12.5")))


@pytest.mark.parametrize(
    "work",
    [
        a_firm_with_everything,
        in_bulk_then_one_by_one,
        to_a_new_owner,
        to_a_new_owner_in_bulk,
        several_flushes,
        added_and_changed_in_bulk,
        changed_and_removed,
        added_and_removed,
        not_loaded,
        values_not_yet_as_stored,
    ],
    ids=lambda work: work.__name__,
)
def test_undo_and_redo_lead_back_and_forth_exactly(office: Office, work: Callable[[Desk], object]) -> None:
    act(office, a_firm_with_everything)
    before = dump(office)
    done = act(office, work)
    after = dump(office)
    assert check(office) == []
    for _ in range(2):
        undone = undo(office, LINXIAO, done.entry_id)
        assert dump(office) == before
        done = undo(office, LINXIAO, undone.entry_id)
        assert dump(office) == after
    assert check(office) == []


def test_an_object_set_back_leaves_nothing_to_undo(office: Office) -> None:
    act(office, a_firm_with_everything)
    before = dump(office)

    def work(desk: Desk) -> None:
        operator = desk.get(Operator, 1)
        operator.operator_name, kept = "甲", operator.operator_name
        operator.operator_name = kept

    assert act(office, work).changed == frozenset()
    assert dump(office) == before


def test_a_statement_that_would_escape_the_journal_is_refused(office: Office) -> None:
    act(office, a_firm_with_everything)
    before = dump(office)
    with pytest.raises(AssertionError, match="the journal misses them"):
        act(office, lambda desk: desk.session.execute(update(Operator).values(remark="x")))
    assert dump(office) == before


def test_a_redone_step_is_what_comes_next_again(office: Office) -> None:
    def waiting() -> str | None:
        with office.database.read() as session:
            entry = next_undo(session, LINXIAO)
            return None if entry is None else entry.title

    act(office, lambda desk: desk.add(firm("甲")))
    done = act(office, lambda desk: desk.add(firm("乙")))
    for _ in range(3):
        undone = undo(office, LINXIAO)
        assert (undone.value, undone.title) == (done.entry_id, "撤销：试办 乙")
        assert waiting() == "试办 甲"
        assert undo(office, LINXIAO, undone.entry_id).title == "重做：试办 乙"
        assert waiting() == "试办 乙"


def test_what_is_undone_cannot_be_undone_twice_along_any_chain(office: Office) -> None:
    done = act(office, lambda desk: desk.add(firm()))
    first = undo(office, LINXIAO, done.entry_id)
    redone = undo(office, LINXIAO, first.entry_id)
    with pytest.raises(UserError, match="撤销过"):
        undo(office, LINXIAO, first.entry_id)
    undo(office, LINXIAO, redone.entry_id)
    for entry in (done, redone):
        with pytest.raises(UserError, match=r"撤销过|请先撤销"):
            undo(office, LINXIAO, entry.entry_id)


def test_a_row_changed_behind_the_programs_back_is_not_overwritten(office: Office) -> None:
    done = act(office, lambda desk: desk.add(firm()))
    with office.database.engine.begin() as connection:
        connection.execute(text("UPDATE operator SET remark = '私改'"))
    with pytest.raises(UserError, match="程序以外的途径"):
        undo(office, LINXIAO, done.entry_id)


def test_somebody_who_may_not_do_a_thing_may_neither_undo_nor_redo_it(office: Office, perform: Perform) -> None:
    done = perform("create", "operator", operator_name="新岸书刊社")
    stranger = Clerk("旁人", roles=frozenset({Role.AUDITOR}))
    with pytest.raises(UserError, match="须由录入员办理，旁人没有这项权限"):
        undo(office, stranger, done.entry_id)
    undone = undo(office, LINXIAO, done.entry_id)
    with pytest.raises(UserError, match="须由录入员办理，旁人没有这项权限"):
        undo(office, stranger, undone.entry_id)


@pytest.mark.parametrize("in_bulk", [False, True], ids=["as an object", "in bulk"])
def test_a_form_opened_before_an_undo_does_not_overwrite_what_came_after_it(office: Office, in_bulk: bool) -> None:
    """A state is opened, then undone, and another takes its place: the first form must not win by an equal version."""

    def write(remark: str) -> int:
        def work(desk: Desk) -> None:
            if in_bulk:
                desk.update_many(Operator, {1: {"remark": remark}})
            else:
                desk.get(Operator, 1).remark = remark

        return act(office, work).entry_id

    act(office, lambda desk: desk.add(firm()))
    changed = write("第一人")
    with office.desk(LINXIAO) as desk:
        opened = desk.get(Operator, 1).version
    undo(office, LINXIAO, changed)
    write("另一人")
    with pytest.raises(OvertakenError):
        through_gate(office, LINXIAO, "amend", "operator", 1, expected_version=opened, arguments={"remark": "第一人"})


def test_a_merge_moves_attachments_and_every_reference_and_is_undone(
    office: Office, perform: Perform, tmp_path: Path
) -> None:
    kept = act(office, lambda desk: desk.add(firm("新岸书刊社"))).value
    other = act(office, a_firm_with_everything).value
    scan = tmp_path / "营业执照.pdf"
    scan.write_bytes(b"%PDF-1.7")
    perform("attach", "operator", other, path=str(scan))
    before = dump(office)
    merged = perform("merge", "operator", kept, other=other)
    with office.desk(LINXIAO) as desk:
        assert desk.get(PrintingLicence, 1).operator_id == kept
        assert desk.get(Attachment, 1).record_id == kept
        assert desk.get(Operator, other).voided
    undo(office, LINXIAO, merged.entry_id)
    assert dump(office) == before
    assert check(office) == []


def test_an_attachment_is_taken_back_and_given_again(office: Office, perform: Perform, tmp_path: Path) -> None:
    perform("create", "operator", operator_name="新岸书刊社")
    scan = tmp_path / "营业执照.pdf"
    scan.write_bytes(b"%PDF-1.7")
    before = dump(office)
    done = perform("attach", "operator", 1, path=str(scan))
    undone = undo(office, LINXIAO, done.entry_id)
    assert dump(office) == before
    undo(office, LINXIAO, undone.entry_id)
    with office.desk(LINXIAO) as desk:
        assert desk.files.get(desk.get(Attachment, 1).sha256) == b"%PDF-1.7"
