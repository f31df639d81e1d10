"""What is on file (库中) for the keys of a file: found by a few questions, however many rows stand on either side."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wenlv_desk.core.registry import Registry

ASKED = 5000  # keys up to which the database is asked for them; more are sought in one pass over the register
CHUNK = 500

Key = tuple[Any, ...]
Want = tuple[Sequence[str], set[Key]]  # field names, their values sought
Found = dict[Key, list[int]]


def find_keys(session: Session, registry: Registry, wants: Sequence[Want]) -> list[Found]:
    """For every want the ids of the records in the lists that have those values, lowest first."""
    found: list[Found] = [{} for _ in wants]
    many = [place for place, (_, keys) in enumerate(wants) if len(keys) > ASKED]
    for place, (names, keys) in enumerate(wants):
        if place not in many and keys:
            _collect(found[place], keys, _asked(session, registry, names, keys))
    if many:
        _scan(session, registry, [wants[place] for place in many], [found[place] for place in many])
    return found


def empty(session: Session, registry: Registry) -> bool:
    """Whether the register has no record at all, as before the first import."""
    return session.execute(select(registry.record.__table__.c.id).limit(1)).first() is None


def _collect(found: Found, keys: set[Key], rows: Iterator[tuple[int, Key]]) -> None:
    for record_id, key in rows:
        if key in keys:
            found.setdefault(key, []).append(record_id)


def _asked(session: Session, registry: Registry, names: Sequence[str], keys: set[Key]) -> Iterator[tuple[int, Key]]:
    """Records that have one of the values in the most telling of the columns."""
    columns = registry.record.__table__.c
    filled = [place for place in range(len(names)) if all(key[place] is not None for key in keys)]
    telling = max(filled, key=lambda place: len({key[place] for key in keys}))
    values = sorted({key[telling] for key in keys}, key=str)
    statement = select(columns.id, *(columns[name] for name in names)).where(~columns.voided).order_by(columns.id)
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK]
        for row in session.execute(statement.where(columns[names[telling]].in_(chunk))):
            yield row[0], tuple(row[1:])


def _scan(session: Session, registry: Registry, wants: Sequence[Want], found: Sequence[Found]) -> None:
    columns = registry.record.__table__.c
    names = list(dict.fromkeys(name for wanted, _ in wants for name in wanted))
    places = [[names.index(name) + 1 for name in wanted] for wanted, _ in wants]
    statement = select(columns.id, *(columns[name] for name in names)).where(~columns.voided).order_by(columns.id)
    for row in session.execute(statement.execution_options(yield_per=10000)):
        for (_, keys), at, into in zip(wants, places, found, strict=True):
            key = tuple(row[place] for place in at)
            if key in keys:
                into.setdefault(key, []).append(row[0])


def load(session: Session, registry: Registry, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Whole rows by id."""
    table = registry.record.__table__
    made: dict[int, Mapping[str, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        statement = select(table).where(table.c.id.in_(ids[start : start + CHUNK]))
        made |= {row["id"]: dict(row) for row in session.execute(statement).mappings()}
    return made
