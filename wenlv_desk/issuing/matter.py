"""The matter of a paper: everything a paper function may print, as plain shown texts, gathered from the registers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.kinds import Amount
from wenlv_desk.core.registry import Registry, Section
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.journal import history_of
from wenlv_desk.store.query import Listing, ListQuery


@dataclass(frozen=True)
class Happened:
    """One line of a record's history."""

    at: datetime
    clerk: str
    title: str
    reason: str


@dataclass(frozen=True)
class Shown:
    """A record as shown: labels and texts by field or computed name, its values, and the records it owns by register."""

    register: str
    id: int
    title: str
    labels: Mapping[str, str]
    texts: Mapping[str, str]
    values: Mapping[str, Any]
    sections: tuple[Section, ...] = ()
    by_hand: frozenset[str] = frozenset()  # what a clerk may write
    inner: frozenset[str] = frozenset()  # what the program keeps for itself (规范化编号)
    units: Mapping[str, str] = field(default_factory=dict)  # of amounts: 平方米
    owned: Mapping[str, tuple["Shown", ...]] = field(default_factory=dict)
    history: tuple[Happened, ...] = ()

    def __getitem__(self, name: str) -> str:
        """The shown text of a field; a name no register has is a bug."""
        return self.texts[name]

    def pairs(self, names: Sequence[str]) -> list[tuple[str, str]]:
        """(label, text) of fields, for a form."""
        return [(self.labels[name], self.texts[name]) for name in names]


@dataclass(frozen=True)
class Matter:
    """What a paper is made from: its number, the bureau's settings as text, today, the clerk and the records."""

    number: str
    today: date
    now: datetime
    clerk: str
    office: Mapping[str, str]
    records: tuple[Shown, ...]
    registry: Registry
    titles: Mapping[str, str]  # of every register, by name
    folder: Path  # the data folder, where a bureau keeps its own blanks
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def record(self) -> Shown:
        """The one record of a paper that takes one."""
        return self.records[0]


def gather(
    desk: Desk, registry: Registry, ids: Sequence[int], number: str, options: Mapping[str, Any] | None = None
) -> Matter:
    """Gather the records in the order given, with what they own and their history where there is one record."""
    records = _shown(desk, registry, ids)
    if len(records) != len(set(ids)):
        raise UserError(f"选中的{registry.title}里有 {len(set(ids)) - len(records)} 条已不在库，请刷新后重选")
    if len(records) == 1:
        records = [_with_relations(desk, registry, records[0])]
    settings = next((r for r in desk.catalogue.registries.values() if r.single), None)
    office = {}
    if settings is not None:
        office = {name: f.kind.show(desk.settings.get(name), desk.lookup) for name, f in settings.fields.items()}
    return Matter(
        number=number,
        today=desk.today,
        now=desk.now,
        clerk=desk.clerk.name,
        office=office,
        records=tuple(records),
        registry=registry,
        titles={name: known.title for name, known in desk.catalogue.registries.items()},
        folder=desk.files.folder.parent,
        options=options or {},
    )


def _shown(desk: Desk, registry: Registry, ids: Sequence[int]) -> list[Shown]:
    names = (*registry.fields, *(computed.name for computed in registry.computed))
    listing = Listing(desk.session, desk.catalogue, registry, ListQuery(voided=True), desk.today, names=names)
    labels = {name: registry.shown(name)[0] for name in names}
    units = {name: f.kind.unit for name, f in registry.fields.items() if isinstance(f.kind, Amount)}
    inner = frozenset(name for name, f in registry.fields.items() if f.derive is not None and not f.initial)
    rows = listing.by_ids(list(dict.fromkeys(ids)))
    return [
        Shown(
            registry.name,
            row.id,
            row.shown[registry.named_by],
            labels,
            row.shown,
            row.values,
            _sections(registry),
            frozenset(registry.typed_fields),
            inner,
            units,
        )
        for row in rows
    ]


def _sections(registry: Registry) -> tuple[Section, ...]:
    """The form's sections; a state that follows from the date stands in the first, so that no paper calls a lapsed licence valid."""
    first, *rest = registry.sections
    if not registry.state or any(registry.state in section.fields for section in registry.sections):
        return registry.sections
    return (Section(first.title, (*first.fields, registry.state)), *rest)


def _with_relations(desk: Desk, registry: Registry, record: Shown) -> Shown:
    owned = {}
    for child in desk.catalogue.owned_by(registry):
        assert child.owner is not None
        column = getattr(child.record, child.owner.field)
        statement = select(child.record.id).where(column == record.id, ~child.record.voided).order_by(child.record.id)
        owned[child.name] = tuple(_shown(desk, child, list(desk.session.scalars(statement))))
    entries = history_of(desk.session, registry.name, record.id)
    history = tuple(Happened(e.at, e.clerk, e.title, e.reason) for e in entries)
    return replace(record, owned=owned, history=history)
