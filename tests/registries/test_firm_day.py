"""某日情况: one firm's day, as the program knew it."""

from datetime import date, datetime

from tests import grids, rectifications
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_grid_operations import do, sheet


def told(maker: Maker, shop: int, day: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for heading, said, _ in sheet(maker, "operator", "firm_day", shop, day).rows:
        found.setdefault(heading, []).append(said)
    return found


def test_one_firms_day_says_who_answered_what_was_signed_seen_and_open(maker: Maker, clock: Clock) -> None:
    first, second = grids.officer(maker, name="覃志远"), grids.officer(maker, name="单海燕")
    place = grids.grid(maker, posted=False, grid_code="WG-07")
    do(maker, "appoint", "grid", place, officer=first, head=second, valid_from=grids.EARLY)
    shop = grids.firm(maker, place, operator_name="青屿书店")
    made = maker.perform("draw_up", maker.registry("pledge_kind"), grids.kind(maker), year=2026).value
    do(maker, "issue_batch", "pledge_batch", int(made))  # type: ignore[call-overload]
    grids.sign(maker, grids.pledges_of(maker, int(made))[0])  # type: ignore[call-overload]
    given = {"officer": first, "visited_at": datetime(2026, 11, 22, 19, 30), "seen": "通道畅通"}
    do(maker, "patrol", "operator", shop, **given)
    do(maker, "order_after_complaint", "operator", shop, **rectifications.ORDER)
    clock.now = datetime(2026, 12, 20, 9, 0)
    do(maker, "hand_over", "grid", place, officer=second, reason="调岗")
    do(maker, "amend", "operator", shop, operator_name="青屿书局")
    then, now = told(maker, shop, date(2026, 11, 25)), told(maker, shop, date(2026, 12, 20))
    assert then["单位"][0].startswith("青屿书店")
    assert now["单位"][0].startswith("青屿书局")
    assert "网格员 覃志远" in then["责任人"][0]
    assert "网格员 单海燕" in now["责任人"][0]
    assert "双方签订" in then["责任状"][0]
    assert then["最近一次巡查"] == ["2026-11-22 19:30 覃志远：正常，通道畅通"]
    assert "已逾期" not in then["当日未办结"][0]
    assert "限期整改" in then["当日未办结"][0]
    before = told(maker, shop, date(2025, 6, 1))
    assert before["责任人"] == ["当日不在任何网格里"]
    assert before["最近一次检查"] == ["（没有登记）"]
