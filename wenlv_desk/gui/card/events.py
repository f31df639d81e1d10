"""The history of records with what each step changed, before and after, as plain data. Knows no Qt."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from wenlv_desk.core.records import Base
from wenlv_desk.core.registry import Registry
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.images import Image, values_of
from wenlv_desk.store.journal import current_images
from wenlv_desk.store.tables import JournalEntry, JournalRow

SHOWN = 100


@dataclass(frozen=True)
class Change:
    """One field before and after; personal data stays masked."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One entry of the journal that touched a record of the card."""

    entry_id: int
    at: datetime
    clerk: str
    counter: str
    title: str
    reason: str
    changes: tuple[Change, ...]


def events_of(desk: Desk, rows: Collection[tuple[str, int]], limit: int = SHOWN) -> list[Event]:
    """The newest entries that touched any of the rows (table, id) or were about it (revealing, merging), newest first."""
    touched = _touched(desk, rows)
    wanted = sorted({row.entry_id for row in touched} | _about(desk, rows), reverse=True)[:limit]
    entries = desk.session.scalars(
        select(JournalEntry).where(JournalEntry.id.in_(wanted)).order_by(JournalEntry.id.desc())
    )
    changes = _changes(desk, touched)
    return [Event(e.id, e.at, e.clerk, e.counter, e.title, e.reason, tuple(changes.get(e.id, ()))) for e in entries]


def _by_table(rows: Collection[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for table, row_id in rows:
        found.setdefault(table, []).append(row_id)
    return found


def _about(desk: Desk, rows: Collection[tuple[str, int]]) -> set[int]:
    """Entries that name one of the rows as their record; they need not have changed it."""
    entry = JournalEntry
    named = or_(*(and_(entry.register == name, entry.record_id.in_(ids)) for name, ids in _by_table(rows).items()))
    return set(desk.session.scalars(select(entry.id).where(named)))


def _touched(desk: Desk, rows: Collection[tuple[str, int]]) -> list[JournalRow]:
    by_table = _by_table(rows)
    mine = or_(*(and_(JournalRow.table == table, JournalRow.row_id.in_(ids)) for table, ids in by_table.items()))
    return list(desk.session.scalars(select(JournalRow).where(mine).order_by(JournalRow.id)))


def _changes(desk: Desk, touched: Iterable[JournalRow]) -> dict[int, list[Change]]:
    """By entry. A row's image after an entry is its image before the next one, or as it stands now."""
    by_row: dict[tuple[str, int], list[JournalRow]] = {}
    for row in touched:
        by_row.setdefault((row.table, row.row_id), []).append(row)
    found: dict[int, list[Change]] = {}
    for (table_name, row_id), steps in by_row.items():
        registry = desk.catalogue.registries.get(table_name)
        if registry is None:
            continue
        table = Base.metadata.tables[table_name]
        now = current_images(desk.session, table, [row_id]).get(row_id)
        befores = [None if step.before is None else json.loads(step.before) for step in steps]
        for step, before, after in zip(steps, befores, [*befores[1:], now], strict=True):
            found.setdefault(step.entry_id, []).extend(changes_between(desk, registry, before, after))
    return found


def changes_between(desk: Desk, registry: Registry, before: Image | None, after: Image | None) -> list[Change]:
    """What is shown differently; nothing for a record that came or went as a whole."""
    if before is None or after is None:
        return []
    table = Base.metadata.tables[registry.name]
    old, new = values_of(table, before), values_of(table, after)
    made = [
        Change(field.label, shown_value(desk, registry, name, old), shown_value(desk, registry, name, new))
        for name, field in registry.fields.items()
        if old[name] != new[name] and (field.derive is None or field.initial)
    ]
    if old["voided"] != new["voided"]:
        made.append(Change("台账", "已移出" if old["voided"] else "在册", "已移出" if new["voided"] else "在册"))
    return made


def shown_value(desk: Desk, registry: Registry, name: str, values: Mapping[str, Any]) -> str:
    """The text of one field, masked when it is personal."""
    field = registry.fields[name]
    text = field.kind.show(values[name], desk.lookup)
    return field.kind.mask(text) if field.secret else text
