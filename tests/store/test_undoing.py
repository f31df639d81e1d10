"""Undo: every row gets its image before; a later step in the way is named; undoing is itself a step that can be undone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import SOME_DAY, Maker, dump
from tests.conftest import Perform
from wenlv_desk.core.errors import UserError
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery
from wenlv_desk.store.undo import next_undo, undo


def test_undo_takes_back_the_newest_step_of_the_clerk_and_names_it(
    office: Office, clerk: Clerk, maker: Maker, perform: Perform
) -> None:
    record_id = maker.record("operator", operator_name="青屿书店")
    perform("amend", "operator", record_id, township="东村街道")
    with office.database.read() as session:
        waiting = next_undo(session, clerk)
        assert waiting is not None
        assert waiting.title == "修改 青屿书店"
    assert undo(office, clerk).title == "撤销：修改 青屿书店"


def test_another_clerks_step_is_not_what_undo_takes(office: Office, maker: Maker) -> None:
    maker.record("operator")
    with pytest.raises(UserError, match="没有可以撤销的操作"):
        undo(office, Clerk("王芳", "窗口二"))


def test_the_first_categories_cannot_be_undone(office: Office) -> None:
    with pytest.raises(UserError, match="不能撤销"):
        undo(office, Clerk("系统"), 1)


def test_a_later_step_in_the_way_is_named(office: Office, clerk: Clerk, maker: Maker, perform: Perform) -> None:
    record_id = maker.record("operator", operator_name="青屿书店")
    first = perform("amend", "operator", record_id, township="东村街道")
    perform("rename", "operator", record_id, new_name="青屿书局", renamed_on=SOME_DAY)
    before = dump(office)
    with pytest.raises(UserError) as refused:
        undo(office, clerk, first.entry_id)
    assert "其后 林晓 于 2026-11-23 09:00 又办了“名称变更 青屿书局”，请先撤销那一步" in refused.value.message
    assert dump(office) == before


def test_a_record_that_others_refer_to_is_not_taken_away(office: Office, clerk: Clerk, maker: Maker) -> None:
    registry = maker.registry("operator")
    made = maker.perform("create", registry, **maker.values(registry))
    maker.record("publication_licence", operator_id=made.value)
    with pytest.raises(UserError, match="后来已被别的记录引用"):
        undo(office, clerk, made.entry_id)


def test_what_was_undone_is_not_undone_again_but_the_undoing_can_be(
    office: Office, clerk: Clerk, maker: Maker, perform: Perform
) -> None:
    record_id = maker.record("operator")
    before = dump(office)
    done = perform("amend", "operator", record_id, township="东村街道")
    after = dump(office)
    back = undo(office, clerk, done.entry_id)
    with pytest.raises(UserError, match="撤销过，不必再撤"):
        undo(office, clerk, done.entry_id)
    undo(office, clerk, back.entry_id)
    assert dump(office) == after
    undo(office, clerk, done.entry_id)
    assert dump(office) == before
    assert check(office) == []


def test_search_follows_an_undo(office: Office, clerk: Clerk, maker: Maker, perform: Perform) -> None:
    record_id = maker.record("operator", operator_name="青屿书店")
    perform("rename", "operator", record_id, new_name="栖云书吧", renamed_on=SOME_DAY)
    undo(office, clerk)
    registry = maker.registry("operator")
    with office.desk(clerk) as desk:
        hits = [
            list(Listing(desk.session, office.catalogue, registry, ListQuery(search=text), desk.today).ids())
            for text in ("青屿", "栖云")
        ]
    assert hits == [[record_id], []]


STEPS = st.lists(st.sampled_from(["create", "amend", "rename", "void", "restore", "merge"]), min_size=1, max_size=8)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_undoing_everything_backwards_leads_through_every_earlier_state(
    office: Office, clerk: Clerk, maker: Maker, steps: list[str]
) -> None:
    registry, ids = maker.registry("operator"), [maker.record("operator")]
    states = []
    for step in steps:
        before = dump(office)
        try:
            match step:
                case "create":
                    ids.append(maker.record("operator"))
                case "amend":
                    maker.perform(step, registry, ids[-1], township=f"镇{len(states)}")
                case "rename":
                    maker.perform(step, registry, ids[-1], new_name=f"名{len(states)}", renamed_on=SOME_DAY)
                case "void":
                    maker.perform(step, registry, ids[-1], why="测试")
                case "restore":
                    maker.perform(step, registry, ids[-1])
                case "merge":
                    maker.perform(step, registry, ids[0], other=ids[-1])
        except UserError:
            assert dump(office) == before
            continue
        states.append(before)
    for state in reversed(states):
        undo(office, clerk)
        assert dump(office) == state
    assert check(office) == []
