"""Grids drawn up and handed over: who may, what stands out, what is proposed, what the ledgers of past days say."""

from datetime import date, datetime

import pytest

from tests import grids, inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_waiting import waiting
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.reports import Sheet
from wenlv_desk.registries.grid.answering import answering, answers_of
from wenlv_desk.registries.grid.dividing import proposal_of
from wenlv_desk.registries.grid.loads import loads_on
from wenlv_desk.registries.grid.proposal import Candidate, Place, propose
from wenlv_desk.store.figures import figures_as_of
from wenlv_desk.store.query import Listing, ListQuery
from wenlv_desk.store.undo import undo


def do(maker: Maker, verb: str, register: str, record_id: int | None, /, **given: object) -> object:
    return maker.perform(verb, maker.registry(register), record_id, **given)


def sheet(maker: Maker, register: str, name: str, record_id: int, day: date | None = None) -> Sheet:
    registry = maker.registry(register)
    with maker.office.desk(maker.clerk) as desk:
        return maker.office.catalogue.report(registry, name).made(desk, desk.get(registry.record, record_id), day)


def settings(maker: Maker, **values: object) -> int:
    return maker.record("bureau_settings", **({"grid_target": 2, "grid_most": 3} | values))


def test_an_officer_who_left_hands_over_everything_he_holds(maker: Maker) -> None:
    leaving, staying = grids.officer(maker, name="覃志远"), grids.officer(maker, name="单海燕")
    first, second = grids.grid(maker, posted=False), grids.grid(maker, posted=False)
    for place in (first, second):
        do(maker, "appoint", "grid", place, officer=leaving, head=leaving, valid_from=grids.EARLY)
    shops = [grids.firm(maker, place) for place in (first, first, second)]
    done = maker.perform("hand_over_all", maker.registry("staff"), leaving, successor=staying, reason="退休")
    assert done.value == shops
    assert "覃志远的 3 家企业从 2026-11-23 起由单海燕负责" in done.notes
    with maker.office.desk(maker.clerk) as desk:
        assert {answering(desk, shop).officer_id for shop in shops} == {staying}
        assert {answering(desk, shop, date(2026, 11, 22)).officer_id for shop in shops} == {leaving}
        assert {answering(desk, shop).head_id for shop in shops} == {staying}
    undo(maker.office, maker.clerk, done.entry_id)
    with maker.office.desk(maker.clerk) as desk:
        assert {answering(desk, shop).officer_id for shop in shops} == {leaving}


def test_an_officer_who_is_away_is_no_successor_and_whoever_left_with_firms_is_told(maker: Maker) -> None:
    away = grids.officer(maker, status="休假", name="仇文博")
    place = grids.grid(maker)
    with pytest.raises(UserError, match="仇文博休假，不能任网格员"):
        do(maker, "hand_over", "grid", place, officer=away, reason="调岗")
    gone = grids.officer(maker, name="单海燕")
    do(maker, "hand_over", "grid", place, officer=gone, reason="调岗")
    grids.firm(maker, place)
    maker.write(maker.registry("staff"), gone, status="LEFT")
    assert any("单海燕离岗，还担着网格" in item.text for item in waiting(maker.office, "staff", gone))


def test_a_hand_over_of_the_future_leaves_today_as_it_is(maker: Maker) -> None:
    place = grids.grid(maker)
    shop, next_one = grids.firm(maker, place), grids.officer(maker)
    do(maker, "hand_over", "grid", place, officer=next_one, reason="轮岗", valid_from=date(2027, 1, 1))
    with maker.office.desk(maker.clerk) as desk:
        assert answering(desk, shop).officer_id != next_one
        assert answering(desk, shop, date(2027, 1, 1)).officer_id == next_one


def test_what_is_unassigned_or_too_much_stands_out(maker: Maker) -> None:
    settings(maker)
    busy = grids.grid(maker)
    for _ in range(3):
        grids.firm(maker, busy)
    fourth = inspections.shop(maker)
    assert any("没有网格员" in item.text for item in waiting(maker.office, "operator", fourth))
    done = maker.perform("assign", maker.registry("grid"), busy, operator=fourth)
    assert any("包保 4 家，超过 3 家" in note for note in done.notes)
    assert any("包保 4 家" in item.text for item in waiting(maker.office, "grid", busy))


def test_a_grid_with_firms_is_not_closed(maker: Maker) -> None:
    place = grids.grid(maker)
    grids.firm(maker, place, operator_name="青屿书店")
    with pytest.raises(UserError, match="还有 1 家企业在这个网格里（青屿书店）"):
        do(maker, "close_grid", "grid", place, reason="合并")


def test_the_ledger_of_a_past_day_has_the_names_of_that_day(maker: Maker, clock: Clock) -> None:
    clock.now = datetime(2026, 3, 2, 9, 0)
    own = settings(maker)
    place = grids.grid(maker)
    shop = grids.firm(maker, place, operator_name="青屿书店", established_on=None)
    clock.now = datetime(2026, 6, 1, 9, 0)
    do(maker, "amend", "operator", shop, operator_name="青屿书局")
    do(maker, "leave_grid", "operator", shop, reason="歇业")
    then, now = (sheet(maker, "bureau_settings", "grid_ledger", own, day) for day in (date(2026, 3, 2), None))
    names = [heading for heading, _ in then.columns].index("包保企业")
    assert [row[names] for row in then.rows] == ["青屿书店"]
    assert [row[names] for row in now.rows] == ["青屿书局"]  # among what waits to be assigned
    assert "在网格 0 家" in now.note
    history = sheet(maker, "operator", "answered_for", shop)
    assert [row[1:3] for row in history.rows] == [("2026-01-01", "2026-05-31"), ("2026-06-01", "至今")]


def test_the_history_of_a_grid_tells_its_people_and_firms_in_order(maker: Maker) -> None:
    place = grids.grid(maker)
    shop = grids.firm(maker, place, operator_name="青屿书店")
    grids.put(maker, shop, grids.grid(maker), date(2026, 7, 1))
    told = [row[1:4] for row in sheet(maker, "grid", "grid_history", place).rows]
    assert [one[1] for one in told] == ["任职", "归入", "离开"]
    assert told[2][0] == "2026-07-01"


def test_a_proposal_balances_by_kind_and_township_and_can_be_edited(maker: Maker) -> None:
    settings(maker)
    east, west = grids.grid(maker, township="东镇"), grids.grid(maker, township="西镇")
    own = grids.grid(maker, grid_kind="专属网格", township=None)
    scenic = inspections.shop(maker)
    maker.write(maker.registry("operator"), scenic, categories=("A_SCENIC",))
    shops = [inspections.shop(maker, township=town) for town in ("东镇", "西镇", "东镇", "西镇")]
    with maker.office.desk(maker.clerk) as desk:
        proposed = proposal_of(desk)
    assert proposed[scenic] == own
    assert [proposed[shop] for shop in shops] == [east, west, east, west]


def test_a_line_of_a_division_that_cannot_be_read_refuses_all_of_it(maker: Maker) -> None:
    place = grids.grid(maker, grid_code="WG-01")
    shop = inspections.shop(maker, operator_name="青屿书店")
    for plan, said in (
        ("青屿书店 => WG-01\n不存在的店 => WG-01", "第 2 行的企业“不存在的店”不在经营单位台账里"),
        ("青屿书店 => WG-99", "第 1 行的网格“WG-99”不在台账里"),
        ("青屿书店 WG-01", "第 1 行“青屿书店 WG-01”写法不对"),
        ("  \n", "必填"),
    ):
        with pytest.raises(UserError, match=said):
            do(maker, "divide", "grid", None, plan=plan)
    do(maker, "divide", "grid", None, plan="青屿书店 => WG-01")
    with maker.office.desk(maker.clerk) as desk:
        assert answering(desk, shop).grid_id == place
        assert sum(loads_on(answers_of(desk), desk.today).values()) == 1


def test_the_same_firms_and_grids_are_proposed_the_same_and_evenly() -> None:
    places = [Place(n, f"WG-{n:02d}", exclusive=n > 35, township=f"镇{n % 7}") for n in range(1, 41)]
    firms = [
        Candidate(n, f"企业{n}", f"镇{n % 7}", frozenset({f"类{n % 4}"}), scenic=n % 14 == 0) for n in range(1, 70)
    ]
    made = propose(places, firms, 2)
    assert propose(places[::-1], firms[::-1], 2) == made
    assert set(made) == {one.id for one in firms}
    loads = {one.id: 0 for one in places if not one.exclusive}
    for firm in firms:
        assert (made[firm.id] > 35) == firm.scenic
        if not firm.scenic:
            loads[made[firm.id]] += 1
    assert max(loads.values()) <= 2
    assert max(loads.values()) - min(loads.values()) <= 1


def test_figures_say_how_many_have_an_officer_as_of_a_day(maker: Maker) -> None:
    grids.firm(maker)
    inspections.shop(maker)
    figures = maker.office.catalogue.figure_set("grid")
    with maker.office.desk(maker.clerk) as desk:
        counted = figures_as_of(desk, figures, {}, None, None)
    assert [line.counted.text for line in counted.lines if not line.group or line.group == "合计"][:4] == [
        "2 户",
        "1 户",
        "50.00 %  1/2",
        "1 户",
    ]


def test_an_officer_of_several_grids_has_the_firms_of_all_of_them() -> None:
    places = [
        Place(1, "WG-01", exclusive=False, officer=7),
        Place(2, "WG-02", exclusive=False, firms=2, officer=7),
        Place(3, "WG-03", exclusive=False, firms=1, officer=8),
        Place(4, "WG-04", exclusive=False, vacant=True),
    ]
    assert propose(places, [Candidate(1, "新书屋")], 2) == {1: 3}
    assert propose(places[3:], [Candidate(1, "新书屋")], 2) == {1: 4}


def test_the_list_names_every_grids_own_people(maker: Maker) -> None:
    for name in ("覃志远", "单海燕"):
        made = grids.grid(maker, posted=False)
        do(maker, "appoint", "grid", made, officer=grids.officer(maker, name=name), valid_from=grids.EARLY)
    registry = maker.registry("grid")
    with maker.office.desk(maker.clerk) as desk:
        query = ListQuery(sort=())
        rows = Listing(desk.session, desk.catalogue, registry, query, desk.today, names=("officer",)).top(0, 9)
    assert {row.shown["officer"] for row in rows} == {"覃志远", "单海燕"}
