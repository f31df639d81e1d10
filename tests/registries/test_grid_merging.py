"""Grids when a duplicate is merged, and when an entry is undone: what was answered in the past stays as it was told."""

from datetime import date, datetime

import pytest

from tests import grids, inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_grid_operations import do, settings, sheet
from tests.registries.test_waiting import waiting
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.grid.answering import answering, posts_of
from wenlv_desk.store.check import check
from wenlv_desk.store.undo import undo


@pytest.fixture
def spring(clock: Clock) -> Clock:
    """The bureau begins in March."""
    clock.now = datetime(2026, 3, 2, 9)
    return clock


def firm(maker: Maker, place: int | None = None, **values: str) -> int:
    return grids.firm(maker, place, established_on=None, **values)


def grid_on(maker: Maker, firm: int, day: date | None = None) -> int | None:
    with maker.office.desk(maker.clerk) as desk:
        return answering(desk, firm, day).grid_id


def test_after_a_merge_the_firm_that_is_kept_stands_where_its_twin_stood(maker: Maker, spring: Clock) -> None:
    own, place = settings(maker), grids.grid(maker, grid_code="WG-01")
    twin = firm(maker, place, operator_name="青屿书店（重）")
    kept = inspections.shop(maker, operator_name="青屿书店", established_on=None)
    before = sheet(maker, "bureau_settings", "grid_ledger", own, date(2026, 4, 1)).rows
    spring.now = datetime(2026, 6, 1, 9)
    done = maker.perform("merge", maker.registry("operator"), kept, other=twin)
    assert "“青屿书店”从 2026-06-01 起接着归入网格 WG-01" in done.notes
    assert (grid_on(maker, kept), grid_on(maker, kept, date(2026, 5, 31))) == (place, None)
    assert (grid_on(maker, twin), grid_on(maker, twin, date(2026, 5, 31))) == (None, place)
    past = sheet(maker, "bureau_settings", "grid_ledger", own, date(2026, 3, 2)).rows
    assert [row[:-2] for row in past] == [row[:-2] for row in before]
    traced = sheet(maker, "operator", "answered_for", kept)
    assert "2026-06-01 并入“青屿书店（重）”，此前登记在该记录名下：2026-01-01 至 2026-05-31 WG-01 网格员" in traced.note
    history = [(row[1], row[2]) for row in sheet(maker, "grid", "grid_history", place).rows]
    assert {("2026-06-01", "移出台账"), ("2026-06-01", "归入")} <= set(history)
    undo(maker.office, maker.clerk, done.entry_id)
    assert (grid_on(maker, kept), grid_on(maker, twin)) == (None, place)
    assert "并入" not in sheet(maker, "operator", "answered_for", kept).note
    assert check(maker.office) == []


def test_a_firm_that_has_its_own_grid_keeps_it_and_the_clerk_is_told(maker: Maker, spring: Clock) -> None:
    first, second = grids.grid(maker, grid_code="WG-01"), grids.grid(maker, grid_code="WG-02")
    kept, twin = (firm(maker, one, operator_name=name) for one, name in ((first, "青屿书店"), (second, "青屿书社")))
    done = maker.perform("merge", maker.registry("operator"), kept, other=twin)
    assert "“青屿书社”原在网格 WG-02；“青屿书店”仍为 WG-01" in done.notes
    assert grid_on(maker, kept) == first


def test_a_merge_with_no_place_for_the_twins_grid_is_refused(maker: Maker, spring: Clock) -> None:
    twin, kept = firm(maker), firm(maker, operator_name="青屿书店")
    do(maker, "leave_grid", "operator", kept, reason="停业")
    with pytest.raises(UserError, match="没有合并：请先给“青屿书店”办“归入网格”，再合并"):
        do(maker, "merge", "operator", kept, other=twin)


def test_who_is_kept_of_two_records_of_one_officer_holds_his_grids(maker: Maker, spring: Clock) -> None:
    kept, twin = (grids.officer(maker, name="覃志远") for _ in range(2))
    place = grids.grid(maker, posted=False)
    do(maker, "appoint", "grid", place, officer=twin, head=twin, valid_from=grids.EARLY)
    do(maker, "merge", "staff", kept, other=twin)
    with maker.office.desk(maker.clerk) as desk:
        assert [one.id for one in posts_of(desk, kept, desk.today)] == [place]
        assert [one.id for one in posts_of(desk, twin, date(2026, 2, 1))] == [place]
        assert posts_of(desk, twin, desk.today) == []


def test_a_hand_over_is_undone_only_from_the_last_backwards(maker: Maker, spring: Clock) -> None:
    shop = firm(maker, place := grids.grid(maker))
    others = [grids.officer(maker) for _ in range(2)]
    made = []
    for month, one in zip((4, 6), others, strict=True):
        spring.now = datetime(2026, month, 1, 9)
        made.append(maker.perform("hand_over", maker.registry("grid"), place, officer=one, reason="轮岗").entry_id)
    spring.now = datetime(2026, 7, 1, 9)
    with pytest.raises(
        UserError, match=r"它从 2026-04-01 起算，其后还有从 2026-06-01 起的网格任职.*请从最后一次起往前逐次撤销"
    ):
        undo(maker.office, maker.clerk, made[0])
    with maker.office.desk(maker.clerk) as desk:
        assert answering(desk, shop, date(2026, 5, 1)).officer_id == others[0]
    again = [undo(maker.office, maker.clerk, one).entry_id for one in reversed(made)]
    do(maker, "hand_over", "grid", place, officer=others[1], reason="轮岗", valid_from=date(2026, 6, 1))
    with pytest.raises(UserError, match="其后还有从"):
        undo(maker.office, maker.clerk, again[1])  # 重做 of the first would change June
    assert check(maker.office) == []


def test_a_firm_that_was_moved_twice_is_undone_from_the_last_backwards(maker: Maker, spring: Clock) -> None:
    shop, other = firm(maker), grids.grid(maker)
    given = {"grid": other, "valid_from": date(2026, 2, 1)}
    moved = maker.perform("join_grid", maker.registry("operator"), shop, **given)
    last = maker.perform("leave_grid", maker.registry("operator"), shop, reason="歇业")
    with pytest.raises(UserError, match="其后还有从 2026-03-02 起的包保记录"):
        undo(maker.office, maker.clerk, moved.entry_id)
    for one in (last, moved):
        undo(maker.office, maker.clerk, one.entry_id)
    assert grid_on(maker, shop) not in (None, other)
    assert not any("没有网格员" in item.text for item in waiting(maker.office, "operator", shop))
