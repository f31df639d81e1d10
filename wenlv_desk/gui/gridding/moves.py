"""What a hand-over would change, found by rehearsing it: which firms from whom to whom, and the loads after. Knows no Qt."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.kinds import Day
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.grid.answering import NOBODY, Answer, Answers, answers_of
from wenlv_desk.registries.grid.loads import judged, loads_on
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.office import Office
from wenlv_desk.store.rehearsal import rehearsed

REHEARSED = "（预演）"
FILE = "path"  # a document that is only kept when it is done


@dataclass(frozen=True)
class Move:
    """A firm (or a grid without firms) and who answers for it before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class LoadShown:
    """How many firms somebody answers for before and after, and what is to be said of it."""

    name: str
    before: int
    after: int
    word: str
    tone: str


@dataclass(frozen=True)
class Foreseen:
    """What would change from a day on; `later` is a day that is still to come."""

    day: date
    later: bool
    moves: tuple[Move, ...]
    grids: tuple[Move, ...]
    loads: tuple[LoadShown, ...]
    notes: tuple[str, ...]


def foreseen(
    office: Office, clerk: Clerk, op: Operation, registry: Registry, record_id: int, given: Mapping[str, Any]
) -> Foreseen:
    """Rehearse an operation and tell what it changes; UserError where it would be refused. For a worker thread."""
    arguments = {name: value for name, value in given.items() if name != FILE}
    if any(one.name == "reason" and one.required for one in op.parameters(registry)):
        arguments["reason"] = str(arguments.get("reason") or "").strip() or REHEARSED
    with office.desk(clerk) as desk:
        before = answers_of(desk)
    with rehearsed(office, clerk, op, registry, record_id, arguments) as desk:
        day = Day().read(str(arguments.get("valid_from") or ""), desk.context).value or desk.today
        return _compared(desk, before, answers_of(desk), day)
    raise AssertionError("a rehearsal ends with what was seen")


def _compared(desk: Desk, before: Answers, after: Answers, day: date) -> Foreseen:
    then, now = before.firms_on(day), after.firms_on(day)
    moved = {
        one: (then.get(one, NOBODY), now.get(one, NOBODY))
        for one in sorted({*then, *now})
        if then.get(one, NOBODY) != now.get(one, NOBODY)
    }
    names = _Names(desk)
    grids = [
        Move(names.grids[grid], names.people(*before.post_on(grid, day)), names.people(*after.post_on(grid, day)))
        for grid in names.grids
        if before.post_on(grid, day) != after.post_on(grid, day)
    ]
    firms = _named(desk, Operator, "operator_name", moved)
    moves = [Move(firms[one], names.said(old), names.said(new)) for one, (old, new) in moved.items()]
    loads = _loads(desk, names, loads_on(before, day), loads_on(after, day))
    return Foreseen(day, day > desk.today, tuple(moves), tuple(grids), tuple(loads), tuple(desk.notes))


class _Names:
    """How grids and people are called."""

    def __init__(self, desk: Desk) -> None:
        found = desk.session.execute(select(Grid.id, Grid.grid_code).where(~Grid.voided).order_by(Grid.grid_code))
        self.grids: dict[int, str] = {row[0]: row[1] for row in found}
        self.staff = _named(desk, Staff, "name", None)

    def people(self, head: int | None, officer: int | None) -> str:
        """Officer first: he is whom one looks for."""
        led = f"，网格长 {self.staff[head]}" if head is not None else ""
        return f"{self.staff[officer] if officer is not None else '（待安排）'}{led}"

    def said(self, answer: Answer) -> str:
        if answer.grid_id is None:
            return "（不在网格）"
        return f"{self.people(answer.head_id, answer.officer_id)}（{self.grids.get(answer.grid_id, '')}）"


def _named(desk: Desk, record: type[Record], name: str, ids: Iterable[int] | None) -> dict[int, str]:
    table = record.__table__
    query = select(table.c.id, table.c[name])
    if ids is not None:
        query = query.where(table.c.id.in_(list(ids)))
    return {row[0]: row[1] for row in desk.session.execute(query)}


def _loads(desk: Desk, names: _Names, before: Counter[int], after: Counter[int]) -> Iterator[LoadShown]:
    """Everybody whose load changes, the highest first."""
    changed = sorted({*before, *after}, key=lambda one: (-after[one], names.staff[one]))
    for one in changed:
        if before[one] != after[one]:
            load = judged(desk, after[one])
            yield LoadShown(names.staff[one], before[one], after[one], load.label, load.tone)
