"""Grids and what has ended: firms that closed, grids that were closed, officers who are gone, posts that begin later."""

from datetime import date, datetime

import pytest

from tests import grids, inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_grid_operations import do, settings, sheet
from tests.registries.test_waiting import waiting
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.grid.answering import answering, answers_of
from wenlv_desk.registries.grid.dividing import proposal_of
from wenlv_desk.registries.grid.loads import loads_on
from wenlv_desk.store.query import Listing, ListQuery

NEXT_YEAR = date(2027, 1, 1)


def close(maker: Maker, shop: int, state: str = "注销") -> None:
    given = {"operating_status": state, "changed_on": date(2026, 11, 1), "reason": "不再经营"}
    do(maker, "change_status", "operator", shop, **given)


def texts(maker: Maker, register: str, one: int) -> list[str]:
    return [item.text for item in waiting(maker.office, register, one)]


def test_a_firm_that_closed_is_told_until_it_leaves_its_grid(maker: Maker) -> None:
    shop = grids.firm(maker, grids.grid(maker, grid_code="WG-01"), operator_name="青屿书店")
    close(maker, shop)
    assert "青屿书店已注销，仍在 WG-01：请办“撤出网格”" in texts(maker, "operator", shop)
    do(maker, "leave_grid", "operator", shop, reason="注销")
    assert not any("撤出网格" in text for text in texts(maker, "operator", shop))


def test_a_firm_that_is_suspended_stays_without_a_word(maker: Maker) -> None:
    close(maker, shop := grids.firm(maker), "停业")
    assert not any("撤出网格" in text for text in texts(maker, "operator", shop))


def test_a_load_counts_firms_in_business_as_of_the_day(maker: Maker, clock: Clock) -> None:
    clock.now = datetime(2026, 3, 2, 9)
    own, place = settings(maker, grid_most=1), grids.grid(maker)
    shop, other = (grids.firm(maker, place, established_on=None) for _ in range(2))
    clock.now = datetime(2026, 11, 23, 9)
    close(maker, shop)
    with maker.office.desk(maker.clerk) as desk:
        answers = answers_of(desk)
        loads = [sum(loads_on(answers, day).values()) for day in (date(2026, 11, 22), desk.today, NEXT_YEAR)]
        query = ListQuery(sort=())
        (row,) = Listing(desk.session, desk.catalogue, maker.registry("grid"), query, desk.today, names=("firms",)).top(
            0, 9
        )
    assert (loads, row.shown["firms"]) == ([2, 1, 1], "1")
    assert not any("包保 2 家" in text for text in texts(maker, "grid", place))
    marks = {row[6]: row[-1] for row in sheet(maker, "bureau_settings", "grid_ledger", own).rows}
    assert sorted(marks.values()) == ["", "已注销"]
    marked = sheet(maker, "bureau_settings", "grid_ledger", own, date(2026, 11, 22)).rows
    assert [row[-1] for row in marked] == ["超负荷", "超负荷"]
    assert answering_grid(maker, other) == place


def answering_grid(maker: Maker, shop: int) -> int | None:
    with maker.office.desk(maker.clerk) as desk:
        return answering(desk, shop).grid_id


def test_a_closed_firm_takes_no_room_in_a_proposal(maker: Maker) -> None:
    settings(maker, grid_target=1)
    first, second = (grids.grid(maker, grid_code=code, township=None) for code in ("WG-01", "WG-02"))
    for place, state in ((first, "营业"), (second, "注销")):
        shop = grids.firm(maker, place, township=None, categories=None)
        if state != "营业":
            close(maker, shop)
    with maker.office.desk(maker.clerk) as desk:
        assert proposal_of(desk) == {}
    shop = inspections.shop(maker, township=None)
    with maker.office.desk(maker.clerk) as desk:
        assert proposal_of(desk) == {shop: second}


def test_a_closed_firm_is_not_put_into_a_grid_but_its_past_may_be_entered(maker: Maker) -> None:
    shop, place = inspections.shop(maker, operator_name="青屿书店"), grids.grid(maker, grid_code="WG-01")
    close(maker, shop)
    with pytest.raises(UserError, match="“青屿书店”已注销，不再归入网格"):
        do(maker, "join_grid", "operator", shop, grid=place)
    with pytest.raises(UserError, match="第 1 行的企业“青屿书店”在经营单位台账里，但现为注销"):
        do(maker, "divide", "grid", None, plan="青屿书店 => WG-01")
    done = maker.perform("join_grid", maker.registry("operator"), shop, grid=place, valid_from=grids.EARLY)
    assert "请注意：“青屿书店”现为注销，不计入负荷，请再办“撤出网格”" in done.notes
    with pytest.raises(UserError, match="青屿书店（注销）），请先归入别的网格，其中已注销、歇业等的请办“撤出网格”"):
        do(maker, "close_grid", "grid", place, reason="合并")


def test_a_firm_off_the_lists_is_not_put_into_a_grid_from_the_grids_side(maker: Maker) -> None:
    shop, place = inspections.shop(maker), grids.grid(maker)
    do(maker, "void", "operator", shop, why="重复")
    with pytest.raises(UserError, match="已移出台账"):
        do(maker, "assign", "grid", place, operator=shop)


def test_a_division_asks_what_joining_asks_and_tells_what_stands_out(maker: Maker) -> None:
    settings(maker, grid_most=1)
    place = grids.grid(maker, grid_code="WG-01")
    grids.firm(maker, place, operator_name="青屿书店")
    inspections.shop(maker, operator_name="新岸书店")
    with pytest.raises(UserError, match="“青屿书店”从 2026-11-23 起本来就在"):
        do(maker, "divide", "grid", None, plan="新岸书店 => WG-01\n青屿书店 => WG-01")
    done = maker.perform("divide", maker.registry("grid"), plan="新岸书店 => WG-01")
    assert any("包保 2 家，超过 1 家" in note for note in done.notes)


def test_a_grid_into_which_a_firm_is_to_come_is_not_closed(maker: Maker) -> None:
    place, shop = grids.grid(maker), inspections.shop(maker, operator_name="青屿书店")
    grids.put(maker, shop, place, NEXT_YEAR)
    with pytest.raises(UserError, match="还有 1 家企业已登记以后归入这个网格（青屿书店（2027-01-01 起））"):
        do(maker, "close_grid", "grid", place, reason="合并")


def test_only_the_officer_changes_where_only_the_officer_is_given(maker: Maker) -> None:
    head, first, second = (grids.officer(maker, name=name) for name in ("苏若溪", "覃志远", "单海燕"))
    place = grids.grid(maker, posted=False)
    do(maker, "appoint", "grid", place, officer=first, head=head, valid_from=grids.EARLY)
    shop = grids.firm(maker, place)
    done = maker.perform("hand_over", maker.registry("grid"), place, officer=second, reason="轮岗")
    assert "从 2026-11-23 起由单海燕负责，连同 1 家企业；网格长苏若溪" in done.notes
    with maker.office.desk(maker.clerk) as desk:
        assert (answering(desk, shop).head_id, answering(desk, shop).officer_id) == (head, second)
    given = {"officer": second, "headless": True, "reason": "分工调整", "valid_from": NEXT_YEAR}
    done = maker.perform("hand_over", maker.registry("grid"), place, **given)
    assert "从 2027-01-01 起由单海燕负责，连同 1 家企业；网格长空缺" in done.notes
    with maker.office.desk(maker.clerk) as desk:
        assert answering(desk, shop, NEXT_YEAR).head_id is None
    assert sheet(maker, "operator", "answered_for", shop).rows[-1][1:3] == ("2027-01-01", "（还没有开始）")


def test_who_left_holds_no_grid_that_is_closed(maker: Maker) -> None:
    gone, place = grids.officer(maker, name="覃志远"), grids.grid(maker, posted=False)
    do(maker, "appoint", "grid", place, officer=gone, valid_from=grids.EARLY)
    do(maker, "close_grid", "grid", place, reason="合并")
    maker.write(maker.registry("staff"), gone, status="LEFT")
    assert texts(maker, "staff", gone) == []


def test_what_an_officer_who_leaves_is_to_have_later_is_told(maker: Maker) -> None:
    settings(maker, grid_most=1)
    leaving, staying = grids.officer(maker, name="覃志远"), grids.officer(maker, name="单海燕")
    now, later = grids.grid(maker, posted=False), grids.grid(maker, posted=False, grid_code="WG-02")
    do(maker, "appoint", "grid", later, officer=leaving, valid_from=NEXT_YEAR)
    with pytest.raises(
        UserError, match=r"现在不是任何网格的网格员或网格长；已登记以后由他担任的网格 WG-02（2027-01-01 起）"
    ):
        do(maker, "hand_over_all", "staff", leaving, successor=staying, reason="退休")
    do(maker, "appoint", "grid", now, officer=leaving, valid_from=grids.EARLY)
    for _ in range(2):
        grids.firm(maker, now)
    done = maker.perform("hand_over_all", maker.registry("staff"), leaving, successor=staying, reason="退休")
    assert any("单海燕从 2026-11-23 起包保 2 家，超过 1 家" in note for note in done.notes)
    assert any("WG-02（2027-01-01 起）没有交接" in note for note in done.notes)
    maker.write(maker.registry("staff"), leaving, status="LEFT")
    assert any("覃志远离岗，已登记以后由他担任的网格 WG-02" in text for text in texts(maker, "staff", leaving))
