"""Rows as they stood: what is replayed from the journal is what stood there, whatever was written, undone and redone since."""

from collections.abc import Callable, Mapping
from datetime import datetime
from time import perf_counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, event, select

from tests.conftest import Clock, Perform
from tests.store.acting import LINXIAO, act, firm
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.images import image_of
from wenlv_desk.store.journal import image_as_of
from wenlv_desk.store.office import Office
from wenlv_desk.store.past import began, contradictions, entry_at, images_as_of, rows_as_of
from wenlv_desk.store.undo import undo

TABLE = Operator.__table__
assert isinstance(TABLE, Table)
Rows = dict[int, Mapping[str, Any]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["enter", "bulk in", "amend", "bulk", "void", "remove", "undo", "both"]), st.integers(0, 99)
    ),
    min_size=1,
    max_size=12,
)


def standing(office: Office) -> Rows:
    """Every row that is not voided, as the database holds it now."""
    with office.database.read() as session:
        found = session.execute(select(TABLE).where(~TABLE.c.voided).order_by(TABLE.c.id)).mappings()
        return {row["id"]: dict(row) for row in found}


def as_of(office: Office, entry_id: int | None, **narrowed: Any) -> Rows:
    with office.database.read() as session:
        return rows_as_of(session, TABLE, entry_id, **narrowed)


def one_by_one(office: Office, entry_id: int) -> dict[int, Any]:
    """The slow way: every id there ever was, asked for by itself."""
    with office.database.read() as session:
        highest = max([*standing(office), *images_as_of(session, TABLE, 0), 0])
        images = {row_id: image_as_of(session, TABLE, row_id, entry_id) for row_id in range(1, highest + 1)}
    return {row_id: image for row_id, image in images.items() if image is not None and not image["voided"]}


def step(office: Office, what: str, number: int) -> int:
    """Do one thing to the operators there are; returns the entry it left, 0 where there was nothing to do."""
    there = sorted(standing(office))
    chosen = there[number % len(there)] if there else None
    if what == "undo":
        try:
            return undo(office, LINXIAO).entry_id
        except UserError:
            return 0
    if chosen is None and what not in ("enter", "bulk in"):
        return 0

    def change(desk: Desk, name: str, value: Any) -> None:
        assert chosen is not None
        setattr(desk.get(Operator, chosen), name, value)

    def enter_and_change(desk: Desk) -> None:
        desk.add(firm(f"新{number}"))
        change(desk, "operating_status", OperatingStatus.RESTING)

    works: dict[str, Callable[[Desk], Any]] = {
        "enter": lambda desk: desk.add(firm(f"店{number}")),
        "bulk in": lambda desk: desk.insert_many(Operator, [{"operator_name": f"批{number}-{n}"} for n in range(3)]),
        "amend": lambda desk: change(desk, "remark", f"改{number}"),
        "void": lambda desk: change(desk, "voided", True),
        "bulk": lambda desk: desk.update_many(Operator, {one: {"township": f"镇{number}"} for one in there[::2]}),
        "remove": lambda desk: desk.session.delete(desk.get(Operator, chosen or 0)),
        "both": enter_and_change,
    }
    return act(office, works[what]).entry_id


@given(STEPS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_history_is_replayed_as_it_was(office: Office, steps: list[tuple[str, int]]) -> None:
    stood: dict[int, Rows] = {}
    for what, number in steps:
        if entry_id := step(office, what, number):
            stood[entry_id] = standing(office)
    for entry_id, rows in stood.items():
        assert as_of(office, entry_id) == rows
        assert {one: image_of(row) for one, row in rows.items()} == one_by_one(office, entry_id)
        some = sorted(rows)[:2]
        assert as_of(office, entry_id, ids=some) == {one: rows[one] for one in some}
        resting = {"operating_status": OperatingStatus.RESTING, "remark": None}
        narrowed = {one: row for one, row in rows.items() if {name: row[name] for name in resting} == resting}
        assert as_of(office, entry_id, scope=resting) == narrowed
    assert as_of(office, None) == standing(office)


def test_a_set_of_codes_is_asked_for_its_members(office: Office) -> None:
    made = act(office, lambda desk: desk.add(firm(categories=("BOOK", "PRINT"))))
    act(office, lambda desk: desk.add(firm("另一家", categories=("PRINT",))))
    assert list(as_of(office, None, scope={"categories": ("BOOK",)})) == [made.value]
    assert list(as_of(office, made.entry_id, scope={"categories": ("PRINT",)})) == [made.value]
    assert as_of(office, None, scope={"categories": ("BOOK",), "remark": "x"}) == {}


# the day


def cut(office: Office, *day: int) -> tuple[int, int, int]:
    """The last entry of a day, and how many entries about operators contradict it."""
    moment = datetime(*day, 23, 59, 59)  # type: ignore[misc,arg-type]
    with office.database.read() as session:
        entry_id = entry_at(session, moment)
        found = contradictions(session, TABLE, entry_id, moment)
        return entry_id, found.later, found.ahead


def enter_on(office: Office, clock: Clock, *days: tuple[int, int]) -> list[int]:
    """One entry a day (month, day) of 2027, in the order given."""
    made = []
    for month, day in days:
        clock.now = datetime(2027, month, day, 9, 30)
        made.append(act(office, lambda desk: desk.add(firm())).entry_id)
    return made


def test_a_day_ends_with_its_last_entry(office: Office, clock: Clock) -> None:
    first, second, third = enter_on(office, clock, (1, 5), (1, 5), (1, 7))
    assert [cut(office, 2027, 1, day)[0] for day in (4, 5, 6, 7, 8)] == [first - 1, second, second, third, third]
    assert cut(office, 2000, 1, 1) == (0, 0, 0)
    with office.database.read() as session:
        assert began(session) == datetime(2026, 11, 23, 9, 0)


def test_what_was_entered_later_under_an_earlier_day_was_not_known_then(office: Office, clock: Clock) -> None:
    _, second, *_ = enter_on(office, clock, (1, 5), (1, 6), (1, 20), (1, 21), (1, 6))
    assert cut(office, 2027, 1, 6) == (second, 1, 0)


def test_a_clock_that_was_ahead_once_does_not_hide_what_came_after(office: Office, clock: Clock) -> None:
    *_, fourth, _ = enter_on(office, clock, (1, 5), (12, 31), (1, 6), (1, 7), (1, 20))
    assert cut(office, 2027, 1, 7) == (fourth, 0, 1)


def test_a_clock_that_fell_back_for_good_leaves_what_was_there_before_it(office: Office, clock: Clock) -> None:
    before = cut(office, 2027, 1, 1)[0]
    enter_on(office, clock, (9, 1), (9, 1), (9, 2), (2, 1), (2, 2))
    assert cut(office, 2027, 3, 1) == (before, 2, 0)


# size


def test_ten_thousand_rows_touched_since_are_there_at_once(office: Office) -> None:
    names = [{"operator_name": f"店{n}", "township": "东村街道", "remark": "原样"} for n in range(10_000)]
    entered = act(office, lambda desk: desk.insert_many(Operator, names))
    ids = list(entered.value)
    for _ in range(3):
        act(office, lambda desk: desk.update_many(Operator, {one: {"remark": "改过"} for one in ids[::2]}))
    asked: list[str] = []
    event.listen(office.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    began = perf_counter()
    rows = as_of(office, entered.entry_id, scope={"township": "东村街道"})
    took = perf_counter() - began
    assert len(rows) == 10_000
    assert {row["remark"] for row in rows.values()} == {"原样"}
    assert len(asked) <= 4
    assert took < 3, "it takes about a third of a second"


def test_the_past_of_an_empty_register_is_empty(office: Office, perform: Perform) -> None:
    assert as_of(office, 1) == {}
    made = perform("create", "operator", operator_name="新岸书刊社")
    assert as_of(office, made.entry_id - 1) == {}
    assert list(as_of(office, made.entry_id)) == [made.value]
