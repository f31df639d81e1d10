"""巡查频次: who is to be visited by when, closer in the fire season, and what stands out."""

from datetime import date, datetime

import pytest

from tests import grids, inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_grid_operations import settings, sheet
from tests.registries.test_waiting import waiting
from wenlv_desk.registries.grid.vocabulary import PatrolCycle
from wenlv_desk.registries.patrol.cycles import in_fire_season, visits_on


def visit(maker: Maker, shop: int, at: datetime) -> None:
    given = {"officer": grids.officer(maker), "visited_at": at, "seen": "正常", "looked_at": "消防通道、灭火器"}
    maker.perform("patrol", maker.registry("operator"), shop, **given)


@pytest.mark.parametrize(
    ("day", "hot"),
    [("2026-10-31", False), ("2026-11-01", True), ("2027-02-01", True), ("2027-05-31", True), ("2027-06-01", False)],
)
def test_the_fire_season_runs_over_the_end_of_the_year(maker: Maker, day: str, hot: bool) -> None:
    with maker.office.desk(maker.clerk) as desk:
        assert in_fire_season(desk, date.fromisoformat(day)) is hot


def test_a_scenic_area_is_visited_more_often_in_the_fire_season(maker: Maker) -> None:
    settings(maker, fire_season_cycle="每周")
    place = grids.grid(maker, grid_kind="专属网格", patrol_cycle="每月")
    shop = grids.firm(maker, place)
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
