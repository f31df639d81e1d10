"""What a paper is made from: a record with what it owns, what it refers to and its history; many at once are as one by one."""

from dataclasses import replace

import pytest

from tests.builders import Maker
from tests.conftest import Perform
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.matter import gather, gather_each
from wenlv_desk.store.office import Office


def test_one_record_comes_with_what_it_refers_to_by_field(office: Office, maker: Maker) -> None:
    operator = maker.record("operator", operator_name="新岸书刊社", address="海政路1号")
    licence = maker.record("publication_licence", operator_id=operator)
    with office.desk(maker.clerk) as desk:
        record = gather(desk, maker.registry("publication_licence"), [licence], "").record
    firm = record.related["operator_id"]
    assert (firm.register, firm.id, firm["address"]) == ("operator", operator, "海政路1号")
    assert not firm.related
    assert not firm.owned


def test_an_empty_reference_has_nothing_behind_it(office: Office, maker: Maker) -> None:
    case = maker.record("review_case")
    with office.desk(maker.clerk) as desk:
        record = gather(desk, maker.registry("review_case"), [case], "").record
    empty = [name for name in ("publication_licence_id", "printing_licence_id") if record.values[name] is None]
    assert len(empty) == 1
    assert set(record.related) == {"campaign_id", "operator_id", "publication_licence_id", "printing_licence_id"} - set(
        empty
    )


def test_a_list_of_records_comes_without_relations(office: Office, maker: Maker) -> None:
    ids = [maker.record("publication_licence") for _ in range(2)]
    with office.desk(maker.clerk) as desk:
        records = gather(desk, maker.registry("publication_licence"), ids, "").records
    assert [(record.related, record.history) for record in records] == [({}, ()), ({}, ())]


@pytest.mark.parametrize("register", ["operator", "publication_licence", "printing_licence", "review_case"])
def test_many_gathered_together_are_what_each_is_by_itself(office: Office, maker: Maker, register: str) -> None:
    registry = maker.registry(register)
    ids = [maker.record(register) for _ in range(3)]
    for number in range(2):
        if register == "operator":
            maker.record("publication_licence", operator_id=ids[0])
        if register == "printing_licence":
            maker.record("printing_equipment", licence_id=ids[number])
    maker.perform("attach", registry, ids[1], path=str(maker.file()))
    with office.desk(maker.clerk) as desk:
        together = gather_each(desk, registry, [*ids[::-1], 999], {"columns": ()})
        assert list(together) == ids[::-1]
        for row_id, matter in together.items():
            assert replace(matter, number="1号") == gather(desk, registry, [row_id], "1号", {"columns": ()})
    assert together[ids[1]].record.history[0].title.startswith("添加附件")


def test_a_record_that_is_gone_is_said(office: Office, maker: Maker, perform: Perform) -> None:
    perform("create", "operator", operator_name="新岸书刊社")
    with office.desk(maker.clerk) as desk, pytest.raises(UserError, match="选中的经营单位里有 1 条已不在库"):
        gather(desk, maker.registry("operator"), [1, 99], "")
