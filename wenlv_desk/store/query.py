"""Lists: filter, search and sort a register, and fetch it page by page as plain rows (never live objects)."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, false, func, or_, select, true, type_coerce
from sqlalchemy.orm import Session

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.choices import Choice
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.kinds import Amount, Day, Kind, Many, Moment, Reference, Whole, YesNo
from wenlv_desk.core.registry import Computed, Registry
from wenlv_desk.store.indexing import index_of, searchable
from wenlv_desk.store.lookup import SessionLookup
from wenlv_desk.store.members import one_of

CHUNK = 500
SHALLOW = 2000  # rows from the top that OFFSET reaches without strain


@dataclass(frozen=True)
class ListQuery:
    """What a list shows: search text, wanted values by field (any of them), sorting, whether voided records appear, and of which
    records alone (those behind a figure)."""

    search: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: tuple[tuple[str, bool], ...] = ()  # (field, descending)
    voided: bool = False
    only: tuple[int, ...] | None = None


@dataclass(frozen=True)
class ListRow:
    """A row as plain data: values by field or computed name, and the texts that are shown."""

    id: int
    version: int
    voided: bool
    values: Mapping[str, Any]
    shown: Mapping[str, str]
    tones: Mapping[str, str]  # of values that are choices: red, amber, green, neutral


class Listing:
    """A query over one register in one session; `names` are the fields and computed values wanted."""

    def __init__(
        self,
        session: Session,
        catalogue: Catalogue,
        registry: Registry,
        query: ListQuery,
        today: date,
        *,
        names: Sequence[str] = (),
        unmask: bool = False,
    ) -> None:
        self.session, self.registry, self.query, self.today, self.unmask = session, registry, query, today, unmask
        self.names = tuple(names) or registry.columns
        self.lookup = SessionLookup(session, catalogue)

    def expression(self, name: str) -> ColumnElement[Any]:
        """The SQL of a field or computed value."""
        if name in self.registry.fields or name in ("id", "version", "voided"):
            return getattr(self.registry.record, name)  # type: ignore[no-any-return]
        computed = next((c for c in self.registry.computed if c.name == name), None)
        if computed is None:
            self.registry.shown(name)  # raises with the names there are
            raise AssertionError(name)
        return computed.sql(self.registry.record, self.today)  # type: ignore[no-any-return]

    @cached_property
    def _worded(self) -> dict[str, Computed]:
        """The computed values that are worded with another one, by the label under which that is fetched."""
        wanted = [c for c in self.registry.computed if c.wording is not None and c.name in self.names]
        return {f"{computed.name}__beside": computed for computed in wanted}

    @cached_property
    def _found(self) -> Select[tuple[int]] | None:
        if not self.query.search.strip():
            return None
        if not searchable(self.registry):
            raise UserError(f"{self.registry.title}没有可以检索的项目，请改用筛选")
        return index_of(self.session).ids_subquery(self.registry.name, self.query.search)

    def _narrow(self, statement: Select[Any]) -> Select[Any]:
        record = self.registry.record
        if not self.query.voided:
            statement = statement.where(~record.voided)
        if self._found is not None:
            statement = statement.where(record.id.in_(self._found))
        if self.query.only is not None:
            statement = statement.where(one_of(record.id, self.query.only))
        for name, wanted in self.query.where.items():
            statement = statement.where(self._matches(name, wanted))
        return statement

    def _matches(self, name: str, wanted: Sequence[str]) -> ColumnElement[bool]:
        _, kind = self.registry.shown(name)
        column, codes = self.expression(name), [code for code in wanted if code]
        found: list[ColumnElement[bool]] = []
        if isinstance(kind, Many):
            stored = type_coerce(column, Text)
            found = [stored.contains(f",{code},", autoescape=True) for code in codes]
        elif codes:
            found = [column.in_([_stored(kind, code) for code in codes])]
        if "" in wanted:
            found.append(column.is_(None))
        return or_(false(), *found)

    def count(self) -> int:
        counted = select(func.count()).select_from(self.registry.record)
        narrowed = self._found is not None or self.query.where or self.query.only is not None
        if not narrowed and not self.query.voided:
            # Both are read off an index without looking at its million entries one by one.
            voided = counted.where(self.registry.record.voided == true())
            return self._count(counted) - self._count(voided)
        return self._count(self._narrow(counted))

    def _count(self, statement: Select[Any]) -> int:
        return int(self.session.execute(statement).scalar_one())

    def _ordered(self, statement: Select[Any]) -> Select[Any]:
        """Empty values come first, and last when descending: SQLite's way, said aloud for databases that differ."""
        wanted = [(self.expression(name), down) for name, down in self.query.sort]
        orders = [by.desc().nulls_last() if down else by.asc().nulls_first() for by, down in wanted]
        return statement.order_by(*orders, self.registry.record.id)

    def ids(self) -> "array[int]":
        """All ids in order: 8 bytes a row, so a list of a million rows scrolls anywhere at once."""
        return array("q", self.session.scalars(self._ordered(self._narrow(select(self.registry.record.id)))))

    def top(self, start: int, count: int) -> list[ListRow]:
        """Rows near the top without reading all ids first."""
        statement = self._ordered(self._narrow(self._select())).offset(start).limit(count)
        return self._rows(self.session.execute(statement).all())

    def by_ids(self, ids: Sequence[int]) -> list[ListRow]:
        """The rows of these ids in this order; ids that are gone are left out."""
        found: dict[int, Any] = {}
        for start in range(0, len(ids), CHUNK):
            chunk = list(ids[start : start + CHUNK])
            found |= {
                row.id: row for row in self.session.execute(self._select().where(self.registry.record.id.in_(chunk)))
            }
        return self._rows([found[i] for i in ids if i in found])

    def every(self, size: int = 1000) -> Iterator[ListRow]:
        """All rows in order, in chunks: for exports and registers on paper."""
        ids = self.ids()
        for start in range(0, len(ids), size):
            yield from self.by_ids(ids[start : start + size])

    def _select(self) -> Select[Any]:
        record = self.registry.record
        extra = {name: self.expression(name).label(name) for name in self.names}
        extra |= {label: self.expression(computed.beside).label(label) for label, computed in self._worded.items()}
        return select(record.id, record.version, record.voided, *extra.values())

    def _rows(self, rows: Sequence[Any]) -> list[ListRow]:
        kinds = {name: self.registry.shown(name)[1] for name in self.names}
        for name, kind in kinds.items():
            if isinstance(kind, Reference):
                self.lookup.prefetch(kind.register, (v for r in rows if (v := getattr(r, name)) is not None))
        return [self._row(row, kinds) for row in rows]

    def _row(self, row: Any, kinds: Mapping[str, Any]) -> ListRow:
        values = {name: _typed(kind, getattr(row, name)) for name, kind in kinds.items()}
        shown = {name: kind.show(values[name], self.lookup) for name, kind in kinds.items()}
        for label, computed in self._worded.items():
            assert computed.wording is not None
            shown[computed.name] = computed.wording(shown[computed.name], getattr(row, label))
        if not self.unmask:
            shown |= {name: kinds[name].mask(text) for name, text in shown.items() if self._secret(name)}
        tones = {name: value.tone for name, value in values.items() if isinstance(value, Choice)}
        return ListRow(row.id, row.version, row.voided, values, shown, tones)

    def _secret(self, name: str) -> bool:
        return name in self.registry.fields and self.registry.fields[name].secret

    def distinct(self, name: str, limit: int = 500) -> list[tuple[str, str]]:
        """(code, label) of the values a filter offers: a vocabulary whole, other fields as they occur."""
        _, kind = self.registry.shown(name)
        if options := kind.options(self.lookup):
            return list(options)
        column = self.expression(name)
        statement = (
            select(column)
            .where(column.is_not(None), ~self.registry.record.voided)
            .distinct()
            .order_by(column)
            .limit(limit)
        )
        values = self.session.scalars(statement)
        return [(str(value), kind.show(value, self.lookup)) for value in values]


def _stored(kind: Kind, code: str) -> Any:
    """What a column holds where a filter says `code`."""
    match kind:
        case YesNo():
            return code == "是"
        case Reference() | Whole():
            return int(code)
        case Amount():
            return Decimal(code)
        case Day():
            return date.fromisoformat(code)
        case Moment():
            return datetime.fromisoformat(code)
    return code


def _typed(kind: Any, value: Any) -> Any:
    """Computed values come from SQL as plain codes; give them back their vocabulary."""
    choice = getattr(kind, "choice", None)
    return choice(value) if choice is not None and isinstance(value, str) and not isinstance(value, Choice) else value
