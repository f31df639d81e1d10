"""The matter of a paper: everything a paper function may print, as plain shown texts, gathered from the registers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.kinds import Amount, Reference
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.registry import Registry, Section
from wenlv_desk.issuing.wording import wordings_of
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.journal import histories_of
from wenlv_desk.store.query import Listing, ListQuery

CHUNK = 500


@dataclass(frozen=True)
class Happened:
    """One line of a record's history."""

    at: datetime
    clerk: str
    title: str
    reason: str


@dataclass(frozen=True)
class Shown:
    """A record as shown: labels and texts by field or computed name, its values, the records it owns by register, and those it
    refers to (whose own relations are left out)."""

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
    related: Mapping[str, "Shown"] = field(default_factory=dict)  # what it refers to, by field
    history: tuple[Happened, ...] = ()
    code: str = ""  # what names it exactly (许可证编号), where its register has such a field

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
    told: Any = None  # what the paper itself asked for (`Paper.data`)
    wordings: Mapping[str, str] = field(default_factory=dict)  # the office's texts of notices, by code

    @property
    def record(self) -> Shown:
        """The one record of a paper that takes one."""
        return self.records[0]


def gather(
    desk: Desk, registry: Registry, ids: Sequence[int], number: str, options: Mapping[str, Any] | None = None
) -> Matter:
    """Gather the records in the order given, with their relations and their history where there is one record."""
    records = shown_records(desk, registry, ids)
    if len(records) != len(set(ids)):
        raise UserError(f"选中的{registry.title}里有 {len(set(ids)) - len(records)} 条已不在库，请刷新后重选")
    if len(records) == 1:
        records = _with_relations(desk, registry, records)
    return _matter(desk, registry, records, number, options or {})


def gather_each(
    desk: Desk, registry: Registry, ids: Sequence[int], options: Mapping[str, Any] | None = None
) -> dict[int, Matter]:
    """A matter for each record by itself, as `gather` makes it but for the number; all are read together. What is gone is missing."""
    records = _with_relations(desk, registry, shown_records(desk, registry, ids))
    frame = _matter(desk, registry, (), "", options or {})
    return {record.id: replace(frame, records=(record,)) for record in records}


def _matter(
    desk: Desk, registry: Registry, records: Sequence[Shown], number: str, options: Mapping[str, Any]
) -> Matter:
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
        options=options,
        wordings=wordings_of(desk),
    )


def shown_records(desk: Desk, registry: Registry, ids: Iterable[int]) -> list[Shown]:
    """Records as shown, each once, in the order given; those that are gone are left out."""
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
            code=row.shown[registry.code] if registry.code else "",
        )
        for row in rows
    ]


def _sections(registry: Registry) -> tuple[Section, ...]:
    """The form's sections; a state that follows from the date stands in the first, so that no paper calls a lapsed licence valid."""
    first, *rest = registry.sections
    if not registry.state or any(registry.state in section.fields for section in registry.sections):
        return registry.sections
    return (Section(first.title, (*first.fields, registry.state)), *rest)


def _with_relations(desk: Desk, registry: Registry, records: Sequence[Shown]) -> list[Shown]:
    """The records with what they own, what they refer to and their history, each table read once for all of them."""
    ids = [record.id for record in records]
    owned = {child.name: _owned(desk, child, ids) for child in desk.catalogue.owned_by(registry)}
    related = _related(desk, registry, records)
    histories = histories_of(desk.session, registry.name, ids)
    return [
        replace(
            record,
            owned={name: tuple(rows.get(record.id, ())) for name, rows in owned.items()},
            related=related[record.id],
            history=tuple(Happened(e.at, e.clerk, e.title, e.reason) for e in histories[record.id]),
        )
        for record in records
    ]


def _owned(desk: Desk, child: Registry, ids: Sequence[int]) -> dict[int, list[Shown]]:
    """The rows of a register by the record they belong to."""
    assert child.owner is not None
    column = getattr(child.record, child.owner.field)
    owners: dict[int, int] = {}
    for start in range(0, len(ids), CHUNK):
        mine = column.in_(ids[start : start + CHUNK])
        statement = select(child.record.id, column).where(mine, ~child.record.voided).order_by(child.record.id)
        owners |= {row.id: row[1] for row in desk.session.execute(statement)}
    found: dict[int, list[Shown]] = {}
    for row in shown_records(desk, child, owners):
        found.setdefault(owners[row.id], []).append(row)
    return found


def _related(desk: Desk, registry: Registry, records: Sequence[Shown]) -> dict[int, dict[str, Shown]]:
    """The records that each one refers to, by field."""
    found: dict[int, dict[str, Shown]] = {record.id: {} for record in records}
    for name, declared in registry.fields.items():
        if not isinstance(declared.kind, Reference):
            continue
        other = desk.catalogue.registry(declared.kind.register)
        wanted = (record.values[name] for record in records)
        there = {row.id: row for row in shown_records(desk, other, (key for key in wanted if key is not None))}
        for record in records:
            if (key := record.values[name]) in there:
                found[record.id][name] = there[key]
    return found


def pdf_of(paper: Paper, matter: Matter) -> bytes:
    """The paper as a PDF; one that another program has drawn (a bureau's own Word file) as it is."""
    from wenlv_desk.typeset.render import render

    made = paper.function(matter)
    return made if isinstance(made, bytes) else render(made)
