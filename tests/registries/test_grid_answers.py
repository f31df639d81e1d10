"""Property of the grids: after any hand-overs every firm has exactly one answer on every day, and every past day replays."""

import random
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from tests import grids, inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_grid_operations import settings, sheet
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.grid.answering import ONE_DAY, Answer, Answers, answers_of, no_place_for
from wenlv_desk.registries.grid.records import GridAssignment, GridPost
from wenlv_desk.store.check import check
from wenlv_desk.store.past import entry_at, rows_as_of
from wenlv_desk.store.undo import undo

FIRST = date(2020, 1, 1)
HAND_OVERS, FIRMS, GRIDS, OFFICERS = 10_000, 69, 40, 35


class Book:
    """The naive record: who answers today, written down at the end of every day."""

    def __init__(self) -> None:
        self.grid_of: dict[int, int | None] = {}
        self.officer_of: dict[int, int | None] = {}
        self.days: dict[date, dict[int, Answer]] = {}

    def close(self, day: date) -> None:
        self.days[day] = {
            firm: Answer(grid, None, self.officer_of[grid]) if grid is not None else Answer()
            for firm, grid in self.grid_of.items()
        }


def test_ten_thousand_random_hand_overs_leave_no_gap_and_no_overlap() -> None:
    chance = random.Random(2026)
    assignments: list[GridAssignment] = []
    posts: list[GridPost] = []
    book, day, done = Book(), FIRST, 0
    for grid in range(GRIDS):
        posts.append(GridPost(grid_id=grid, valid_from=day, officer_id=grid % OFFICERS))
        book.officer_of[grid] = grid % OFFICERS
    for firm in range(FIRMS):
        assignments.append(GridAssignment(operator_id=firm, grid_id=firm % GRIDS, valid_from=day))
        book.grid_of[firm] = firm % GRIDS
    book.close(day)
    while done < HAND_OVERS:
        day += ONE_DAY
        for grid in chance.sample(range(GRIDS), chance.randrange(4)):
            book.officer_of[grid] = chance.choice([*range(OFFICERS), None])
            posts.append(GridPost(grid_id=grid, valid_from=day, officer_id=book.officer_of[grid]))
            done += sum(one == grid for one in book.grid_of.values())
        for firm in chance.sample(range(FIRMS), chance.randrange(4)):
            book.grid_of[firm] = chance.choice([*range(GRIDS), None])
            assignments.append(GridAssignment(operator_id=firm, grid_id=book.grid_of[firm], valid_from=day))
            done += 1
        book.close(day)
    chance.shuffle(posts)
    chance.shuffle(assignments)
    answers = Answers(assignments, posts)
    for on, expected in book.days.items():
        assert {firm: answers.on(firm, on) for firm in range(FIRMS)} == expected
    for firm in range(FIRMS):
        spells = answers.spells(firm, FIRST, day)
        assert (spells[0].first, spells[-1].last) == (FIRST, day)
        for before, after in pairwise(spells):
            assert before.last is not None
            assert after.first == before.last + ONE_DAY
            assert after.answer != before.answer
        for spell in spells:
            assert spell.last is not None
            assert spell.answer == book.days[spell.first][firm] == book.days[spell.last][firm]


def test_hand_overs_at_the_desk_replay_from_the_journal(maker: Maker, clock: Clock) -> None:
    chance = random.Random(7)
    clock.now = datetime(2026, 3, 2, 8, 0)
    people = [grids.officer(maker) for _ in range(4)]
    places = [grids.grid(maker, posted=False) for _ in range(5)]
    shops = [inspections.shop(maker, established_on=None) for _ in range(6)]
    seen: dict[date, dict[int, Answer]] = {}
    clock.now = datetime(2026, 3, 2, 9, 0)
    for place in places:
        maker.perform("appoint", maker.registry("grid"), place, officer=chance.choice(people))
    for shop in shops:
        maker.perform("join_grid", maker.registry("operator"), shop, grid=chance.choice(places))
    for _ in range(60):
        seen[clock.now.date()] = _answers(maker, shops, clock.now.date())
        clock.now += timedelta(days=chance.randrange(1, 4))
        _hand_over(maker, chance, (people, places, shops))
    seen[clock.now.date()] = _answers(maker, shops, clock.now.date())
    for day, expected in seen.items():
        assert _answers(maker, shops, day) == expected
        assert _replayed(maker, shops, day) == expected
    assert check(maker.office) == []


def _hand_over(maker: Maker, chance: random.Random, among: tuple[list[int], list[int], list[int]]) -> None:
    people, places, shops = among
    with_whom = chance.choice([*people, None])
    try:
        match chance.randrange(4):
            case 0:
                maker.perform(
                    "hand_over", maker.registry("grid"), chance.choice(places), officer=with_whom, reason="调岗"
                )
            case 1:
                given = {"successor": with_whom, "reason": "离岗"}
                maker.perform("hand_over_all", maker.registry("staff"), chance.choice(people), **given)
            case 2:
                maker.perform("leave_grid", maker.registry("operator"), chance.choice(shops), reason="歇业")
            case _:
                given = {"grid": chance.choice(places)}
                maker.perform("join_grid", maker.registry("operator"), chance.choice(shops), **given)
    except UserError:
        pass  # nothing to hand over, or to whom it is already


def _answers(maker: Maker, shops: list[int], day: date) -> dict[int, Answer]:
    with maker.office.desk(maker.clerk) as desk:
        answers = answers_of(desk)
        return {shop: answers.on(shop, day) for shop in shops}


def _replayed(maker: Maker, shops: list[int], day: date) -> dict[int, Answer]:
    """From the rows as the journal says that they stood at the end of the day."""
    with maker.office.database.read() as session:
        entry = entry_at(session, datetime(day.year, day.month, day.day, 23, 59))
        assignments = rows_as_of(session, GridAssignment.__table__, entry).values()  # type: ignore[arg-type]
        posts = rows_as_of(session, GridPost.__table__, entry).values()  # type: ignore[arg-type]
    kept = ("version", "voided", "id")
    answers = Answers(
        [GridAssignment(**{name: value for name, value in row.items() if name not in kept}) for row in assignments],
        [GridPost(**{name: value for name, value in row.items() if name not in kept}) for row in posts],
    )
    return {shop: answers.on(shop, day) for shop in shops}


@pytest.mark.parametrize("record", [GridAssignment, GridPost])
def test_the_database_itself_refuses_two_answers_on_one_day(maker: Maker, record: type) -> None:
    place = grids.grid(maker)
    shop = grids.firm(maker, place)
    mine = {"operator_id": shop, "grid_id": place} if record is GridAssignment else {"grid_id": place}
    row = mine | {"valid_from": grids.EARLY, "version": 1, "voided": False}
    with pytest.raises(IntegrityError), maker.office.database.write() as session:
        session.execute(insert(record).values(**row))


def test_a_day_between_two_hand_overs_or_on_one_is_refused_naming_it(maker: Maker) -> None:
    shop, other = grids.firm(maker), grids.grid(maker)
    grids.put(maker, shop, other, date(2026, 6, 1))
    third = grids.grid(maker)
    with pytest.raises(UserError, match="2026-06-01 已有一次交接"):
        grids.put(maker, shop, third, date(2026, 6, 1))
    with pytest.raises(UserError, match="2026-03-01 在已登记的交接（2026-01-01 到 2026-06-01）中间"):
        grids.put(maker, shop, third, date(2026, 3, 1))
    with maker.office.desk(maker.clerk) as desk:
        row = GridAssignment(operator_id=shop, grid_id=third, valid_from=date(2025, 1, 1))
        assert no_place_for(desk, row) == ""  # before what is on record nothing is contradicted


def test_what_was_handed_over_is_not_amended_and_not_taken_off(maker: Maker) -> None:
    grids.firm(maker)
    registry = maker.registry("grid_assignment")
    with maker.office.database.read() as session:
        row = session.scalar(select(GridAssignment.id))
    offered = maker.office.catalogue.operations_on(registry)
    assert not {"amend", "void", "merge"} & set(offered)
    assert row is not None


def held(maker: Maker, day: date) -> set[int]:
    with maker.office.desk(maker.clerk) as desk:
        return set(answers_of(desk).firms_on(day))


def test_a_firm_that_leaves_the_lists_stays_in_the_ledgers_of_the_days_before(maker: Maker, clock: Clock) -> None:
    clock.now = datetime(2026, 3, 2, 9)
    place = grids.grid(maker)
    shop, twin = (grids.firm(maker, place, established_on=None) for _ in range(2))
    clock.now = datetime(2026, 6, 1, 9)
    maker.perform("void", maker.registry("operator"), shop, why="重复")
    done = maker.perform("void", maker.registry("operator"), twin, why="重复")
    clock.now = datetime(2026, 9, 1, 9)
    maker.perform("restore", maker.registry("operator"), shop)
    assert [held(maker, date(2026, month, 15)) for month in (2, 4, 7, 9)] == [{shop, twin}, {shop, twin}, set(), {shop}]
    with maker.office.desk(maker.clerk) as desk:
        spells = answers_of(desk).spells(shop, date(2026, 1, 1))
    assert [(one.first, one.answer.grid_id) for one in spells] == [
        (date(2026, 1, 1), place),
        (date(2026, 6, 1), None),
        (date(2026, 9, 1), place),
    ]
    undo(maker.office, maker.clerk, done.entry_id)
    assert held(maker, clock.now.date()) == {shop, twin}


def test_a_ledger_of_before_a_firm_was_entered_tells_it_as_it_was_entered(maker: Maker, clock: Clock) -> None:
    clock.now = datetime(2026, 3, 2, 9)
    own, shop = settings(maker), grids.firm(maker, operator_name="青屿书店", established_on=None)
    clock.now = datetime(2026, 6, 1, 9)
    maker.perform("amend", maker.registry("operator"), shop, operator_name="青屿书局")
    maker.perform("void", maker.registry("operator"), shop, why="重复")
    made = sheet(maker, "bureau_settings", "grid_ledger", own, date(2026, 2, 1))
    assert [row[6] for row in made.rows] == ["青屿书店"]
    assert "其中 1 家当日还没有录入本系统，名称等按首次录入的写" in made.note
