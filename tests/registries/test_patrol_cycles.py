"""巡查频次: who is to be visited by when, closer in the fire season, and what stands out."""

from datetime import date, datetime

import pytest

from tests import grids, inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_grid_operations import do, settings, sheet
from tests.registries.test_waiting import waiting
from wenlv_desk.registries.grid.vocabulary import PatrolCycle
from wenlv_desk.registries.patrol.cycles import fire_season_on, visits_on


def visit(maker: Maker, shop: int, at: datetime) -> None:
    given = {"officer": grids.officer(maker), "visited_at": at, "seen": "正常", "looked_at": "消防通道、灭火器"}
    maker.perform("patrol", maker.registry("operator"), shop, **given)


@pytest.mark.parametrize(
    ("day", "hot"),
    [("2026-10-31", False), ("2026-11-01", True), ("2027-02-01", True), ("2027-05-31", True), ("2027-06-01", False)],
)
def test_the_fire_season_runs_over_the_end_of_the_year(maker: Maker, day: str, hot: bool) -> None:
    with maker.office.desk(maker.clerk) as desk:
        began = fire_season_on(desk, date.fromisoformat(day)).began
    assert began == (date(2026, 11, 1) if hot else None)


def test_a_scenic_area_is_visited_more_often_in_the_fire_season(maker: Maker, clock: Clock) -> None:
    clock.now = datetime(2026, 6, 1, 9)
    settings(maker, fire_season_cycle="每周")
    place = grids.grid(maker, grid_kind="专属网格", patrol_cycle="每月")
    shop = grids.firm(maker, place, established_on=None)
    maker.write(maker.registry("operator"), shop, categories=("A_SCENIC",))
    with maker.office.desk(maker.clerk) as desk:
        ((winter,), (summer,)) = (list(visits_on(desk, day)) for day in (date(2026, 11, 20), date(2026, 7, 20)))
    assert (winter.cycle, summer.cycle) == (PatrolCycle.WEEKLY, PatrolCycle.MONTHLY)


def test_an_overdue_visit_is_told_at_the_firm_and_listed_by_officer_until_it_is_made(
    maker: Maker, clock: Clock
) -> None:
    own = settings(maker)
    shop = grids.firm(maker, grids.grid(maker, patrol_cycle="每月"), operator_name="青屿书店")
    visit(maker, shop, datetime(2026, 10, 20, 9, 30))
    clock.now = datetime(2026, 11, 23, 9, 0)
    (item,) = (item for item in waiting(maker.office, "operator", shop) if item.word == "巡查")
    assert (item.tone, item.text) == ("amber", "每月巡查已逾期 3 天，上次 2026-10-20")
    (row,) = sheet(maker, "bureau_settings", "overdue_patrols", own).rows
    assert row[2:] == ("青屿书店", row[3], "每月", "2026-10-20", "2026-11-20", "3 天")
    visit(maker, shop, datetime(2026, 11, 22, 20, 0))
    assert [item for item in waiting(maker.office, "operator", shop) if item.word == "巡查"] == []


def test_a_firm_that_was_never_visited_is_counted_from_when_it_came_into_the_grid(maker: Maker) -> None:
    shop = inspections.shop(maker)
    grids.put(maker, shop, grids.grid(maker, patrol_cycle="每月"), date(2026, 11, 1))
    with maker.office.desk(maker.clerk) as desk:
        (found,) = visits_on(desk, date(2026, 11, 23))
    assert (found.last, found.due) == (None, date(2026, 12, 2))


def due(maker: Maker, day: date) -> tuple[date, int]:
    with maker.office.desk(maker.clerk) as desk:
        (found,) = visits_on(desk, day)
    return found.due, found.days_late(day)


def test_a_firm_that_came_back_into_a_grid_or_to_a_new_officer_is_counted_from_that_day(
    maker: Maker, clock: Clock
) -> None:
    clock.now = datetime(2026, 1, 10, 9)
    place = grids.grid(maker, patrol_cycle="每月")
    shop = grids.firm(maker, place, established_on=None)
    visit(maker, shop, datetime(2026, 1, 9, 9))
    do(maker, "leave_grid", "operator", shop, reason="停业", valid_from=date(2026, 2, 1))
    grids.put(maker, shop, place, date(2026, 11, 2))
    assert due(maker, date(2026, 11, 2)) == (date(2026, 12, 3), 0)
    assert due(maker, date(2026, 1, 20)) == (date(2026, 2, 9), 0)
    given = {"officer": grids.officer(maker), "reason": "轮岗", "valid_from": date(2026, 12, 10)}
    do(maker, "hand_over", "grid", place, **given)
    assert due(maker, date(2026, 12, 9)) == (date(2026, 12, 3), 6)
    assert due(maker, date(2026, 12, 10)) == (date(2027, 1, 10), 0)
    grids.put(maker, shop, other := grids.grid(maker, posted=False, patrol_cycle="每月"), date(2026, 12, 20))
    do(maker, "appoint", "grid", other, officer=given["officer"], valid_from=date(2026, 12, 1))
    assert due(maker, date(2026, 12, 20))[0] == date(2027, 1, 10)  # another grid of the same officer


def test_the_closer_cycle_of_the_fire_season_makes_no_place_late_before_it_has_passed_once(
    maker: Maker, clock: Clock
) -> None:
    clock.now = datetime(2026, 10, 13, 9)
    settings(maker, fire_season_cycle="每周")
    shop = grids.firm(maker, grids.grid(maker, patrol_cycle="每月"), established_on=None)
    maker.write(maker.registry("operator"), shop, categories=("A_SCENIC",))
    visit(maker, shop, datetime(2026, 10, 12, 9))
    assert due(maker, date(2026, 10, 31)) == (date(2026, 11, 12), 0)
    assert due(maker, date(2026, 11, 1)) == (date(2026, 11, 8), 0)
    assert due(maker, date(2026, 11, 10)) == (date(2026, 11, 8), 2)
    clock.now = datetime(2027, 1, 9, 9)
    visit(maker, shop, datetime(2027, 1, 8, 9))
    assert due(maker, date(2027, 1, 9))[0] == date(2027, 1, 15)


def test_the_overdue_visits_of_a_past_day_are_told_as_the_registers_stood_then(maker: Maker, clock: Clock) -> None:
    clock.now = datetime(2026, 6, 1, 9)
    own, place = settings(maker), grids.grid(maker, patrol_cycle="每周")
    shop = grids.firm(maker, place, operator_name="青屿书店", established_on=None)
    clock.now = datetime(2026, 11, 23, 9)
    do(maker, "amend", "operator", shop, operator_name="青屿书局")
    do(maker, "amend", "grid", place, patrol_cycle="每季")
    given = {"operating_status": "注销", "changed_on": date(2026, 11, 1), "reason": "不再经营"}
    do(maker, "change_status", "operator", shop, **given)
    then, now = (sheet(maker, "bureau_settings", "overdue_patrols", own, day) for day in (date(2026, 7, 1), None))
    assert [row[2:5:2] for row in then.rows] == [("青屿书店", "每周")]
    assert "防火期和加密频次按现在的设置" in then.note
    assert (now.rows, now.note) == ((), "共 0 家")


def test_a_firm_that_opens_again_is_counted_from_that_day(maker: Maker, clock: Clock) -> None:
    clock.now = datetime(2026, 6, 1, 9)
    shop = grids.firm(maker, grids.grid(maker, patrol_cycle="每月"), established_on=None)
    for month, state in ((7, "停业"), (11, "营业")):
        clock.now = datetime(2026, month, 1, 9)
        given = {"operating_status": state, "changed_on": clock.now.date(), "reason": "整修"}
        do(maker, "change_status", "operator", shop, **given)
    assert due(maker, date(2026, 11, 20)) == (date(2026, 12, 2), 0)
