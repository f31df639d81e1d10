"""The past: the rows of a register as they stood at the end of any day, replayed from the journal.

The journal keeps the image before of every write, so that what stood after an entry is what its next one found.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, case, func, or_, select, union
from sqlalchemy.orm import Session

from wenlv_desk.store.images import Image, dump, plain, values_of
from wenlv_desk.store.tables import JournalEntry, JournalRow

CHUNK = 500
Values = Mapping[str, Any]
Turns = tuple[Sequence[date], Sequence[Any]]  # days in order, and what held from each of them on


def began(session: Session) -> datetime | None:
    """The earliest moment that the journal knows of."""
    return session.scalar(select(func.min(JournalEntry.at)))


def entry_at(session: Session, moment: datetime) -> int:
    """The number of the last entry that had been written by a moment; 0 where none had.

    The order of the journal is what happened. Where the moments in it contradict that order (补录, a wrong clock) it is cut
    where they do least; `contradictions` tells how often they still do.
    """
    by_then = JournalEntry.at <= moment
    last = session.scalar(select(func.max(JournalEntry.id)).where(by_then)) or 0
    following = session.scalar(select(func.min(JournalEntry.id)).where(~by_then))
    if following is None or following > last:
        return last
    agreeing = func.sum(case((by_then, 1), else_=-1)).over(order_by=JournalEntry.id)
    counted = select(JournalEntry.id, agreeing.label("agreeing")).subquery()
    best = session.execute(select(counted).order_by(counted.c.agreeing.desc(), counted.c.id).limit(1)).one()
    return best.id if best.agreeing > 0 else 0


@dataclass(frozen=True)
class Contradictions:
    """Entries about a register whose moment says otherwise than their place in the journal."""

    later: int  # bear a moment up to the one asked for, but were written after the cut: entered afterwards under an earlier day
    ahead: int  # bear a later moment, but were written before the cut: under a clock that was ahead


def contradictions(session: Session, table: Table, entry_id: int, moment: datetime) -> Contradictions:
    """How many entries that wrote to the table the cut at `entry_id` does not agree with."""
    wrote = select(JournalRow.id).where(JournalRow.entry_id == JournalEntry.id, JournalRow.table == table.name).exists()

    def how_many(*which: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(JournalEntry).where(*which, wrote)) or 0

    return Contradictions(
        how_many(JournalEntry.at <= moment, JournalEntry.id > entry_id),
        how_many(JournalEntry.at > moment, JournalEntry.id <= entry_id),
    )


def images_as_of(
    session: Session, table: Table, entry_id: int, ids: Collection[int] | None = None
) -> dict[int, Image | None]:
    """Every row that was touched after `entry_id`, as it stood right after that entry; None where it was not there.

    `ids` asks for these rows only. Rows that are not among the result stand today as they stood then.
    """
    mine = (JournalRow.table == table.name, JournalRow.entry_id > entry_id)
    found: dict[int, Image | None] = {}
    for which in [()] if ids is None else [(JournalRow.row_id.in_(part),) for part in _chunks(ids)]:
        next_one = select(func.min(JournalRow.id)).where(*mine, *which).group_by(JournalRow.row_id)
        for row_id, before in session.execute(
            select(JournalRow.row_id, JournalRow.before).where(JournalRow.id.in_(next_one))
        ):
            found[row_id] = None if before is None else json.loads(before)
    return found


def rows_as_of(
    session: Session,
    table: Table,
    entry_id: int | None = None,
    *,
    scope: Values | None = None,
    ids: Collection[int] | None = None,
    voided: bool = False,
) -> dict[int, Values]:
    """The rows of a register by id, as column values, as they stood right after `entry_id` (None: as they stand).

    Rows born later are left out, rows removed since are back, voided ones are left out unless asked for. `scope` keeps the
    rows that hold these values then, `ids` these rows.
    """
    wanted = dict(scope or {})
    past = {} if entry_id is None else images_as_of(session, table, entry_id, ids)
    made: dict[int, Values] = {
        row["id"]: dict(row)
        for statement in _present(table, wanted, ids, voided=voided)
        for row in session.execute(statement).mappings()
        if row["id"] not in past
    }
    made |= {row_id: values_of(table, image) for row_id, image in past.items() if image is not None}
    kept = {row_id: row for row_id, row in made.items() if (voided or not row["voided"]) and _holds(row, wanted)}
    return dict(sorted(kept.items()))


def first_images(session: Session, table: Table) -> dict[int, Image]:
    """Every row that was written to after it was entered, as it was entered. Rows that are not among the result stand so today."""
    later = (JournalRow.table == table.name, JournalRow.before.is_not(None))
    first = select(func.min(JournalRow.id)).where(*later).group_by(JournalRow.row_id)
    found = session.execute(select(JournalRow.row_id, JournalRow.before).where(JournalRow.id.in_(first)))
    return {row_id: json.loads(before) for row_id, before in found if before is not None}


def turns_of(session: Session, table: Table, usual: Values, among: Select[Any]) -> dict[str, dict[int, Turns]]:
    """What columns held from which day on, by column, of those rows (`among` selects ids) that were ever other than as usual.

    What a row was entered with is told of the days before, too.
    """
    found = [*session.scalars(_ever_other(table, usual, among))]
    now: dict[int, Any] = {}
    for part in _chunks(found):
        columns = [table.c[name] for name in usual]
        now |= {row[0]: row for row in session.execute(select(table.c.id, *columns).where(table.c.id.in_(part)))}
    written = _written(session, table, now)
    return {
        name: {row_id: _turns(table, name, written.get(row_id, []), row[at]) for row_id, row in now.items()}
        for at, name in enumerate(usual, 1)
    }


def _ever_other(table: Table, usual: Values, among: Select[Any]) -> CompoundSelect[Any]:
    """The rows that hold, or ever held by their images, something other than usual."""
    mine = (JournalRow.table == table.name, JournalRow.row_id.in_(among))
    said = (dump({name: plain(value)})[1:-1] for name, value in usual.items())
    then = or_(*(~JournalRow.before.contains(one, autoescape=True) for one in said))
    now = or_(*(table.c[name] != value for name, value in usual.items()))
    return union(select(table.c.id).where(table.c.id.in_(among), now), select(JournalRow.row_id).where(*mine, then))


def _written(session: Session, table: Table, ids: Collection[int]) -> dict[int, list[tuple[date, str | None]]]:
    """Every write to these rows in order: its day, and the image before."""
    found: dict[int, list[tuple[date, str | None]]] = {}
    for part in _chunks(ids):
        rows = select(JournalRow.row_id, JournalEntry.at, JournalRow.before).join(
            JournalEntry, JournalEntry.id == JournalRow.entry_id
        )
        mine = (JournalRow.table == table.name, JournalRow.row_id.in_(part))
        for row_id, at, before in session.execute(rows.where(*mine).order_by(JournalRow.id)):
            found.setdefault(row_id, []).append((at.date(), before))
    return found


def _turns(table: Table, name: str, written: Sequence[tuple[date, str | None]], now: Any) -> Turns:
    """After a write stands what the next one found, after the last one what stands now."""
    days = [date.min, *(day for day, _ in written[1:])]
    held = {
        day: values_of(table, json.loads(before))[name]
        for day, (_, before) in zip(days, written[1:], strict=False)
        if before is not None
    }
    turns = dict(sorted((held | {days[-1]: now}).items()))
    return list(turns), list(turns.values())


def _present(table: Table, wanted: Values, ids: Collection[int] | None, *, voided: bool) -> Iterable[Select[Any]]:
    """What reads the rows as they stand; several statements where many ids are asked for."""
    statement = select(table) if voided else select(table).where(~table.c.voided)
    for name, value in wanted.items():
        if not isinstance(value, tuple):  # a set of codes is asked for its members, below
            statement = statement.where(table.c[name].is_(None) if value is None else table.c[name] == value)
    return [statement] if ids is None else [statement.where(table.c.id.in_(part)) for part in _chunks(ids)]


def _chunks(ids: Collection[int]) -> list[list[int]]:
    listed = list(ids)
    return [listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK)]


def _holds(row: Values, wanted: Values) -> bool:
    return all(
        set(value) <= set(row[name] or ()) if isinstance(value, tuple) else row[name] == value
        for name, value in wanted.items()
    )
