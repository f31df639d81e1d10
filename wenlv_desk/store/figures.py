"""Figures counted: a declared set over the rows of today or of any past day, whole or split by a field, with the rows behind each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Table

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.figures import Counted, Figure, FigureSet, Row
from wenlv_desk.core.kinds import Kind, Reference
from wenlv_desk.core.registry import Registry
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.past import began, contradictions, entry_at, rows_as_of

WHOLE = "合计"
EMPTY = "（空）"


@dataclass(frozen=True)
class Line:
    """One figure, over everything or over one group."""

    figure: Figure
    group: str
    counted: Counted


@dataclass(frozen=True)
class FigureTable:
    """A set of figures as it was counted: over what, as of which day, and whatever must be said about it."""

    figures: FigureSet
    scope: tuple[tuple[str, str], ...]  # label, shown
    day: date
    past: bool
    group: str  # label of the field it is split by, empty where it is not
    rows: int  # in the scope
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What was counted, in words: 年审年度 2026，截至 2026-06-30."""
        narrowed = "，".join(f"{label} {shown}" for label, shown in self.scope)
        return "，".join(one for one in (narrowed, f"截至 {self.day}") if one)

    def line(self, figure: Figure, group: str = "") -> Line:
        """The line of a figure; over everything unless a group is named."""
        wanted = group or self.groups[0]
        return next(line for line in self.lines if line.figure is figure and line.group == wanted)

    @property
    def groups(self) -> tuple[str, ...]:
        """The whole, then the groups, in order."""
        return tuple(dict.fromkeys(line.group for line in self.lines))


def figures_as_of(
    desk: Desk, figures: FigureSet, scope: Mapping[str, Any], day: date | None = None, group: str = ""
) -> FigureTable:
    """Every figure of the set over the rows that hold the values of `scope`, as they stood at the end of `day` (None: as they stand).

    Raises `UserError` for a day that has not come or that lies before the first entry, and for a field the set knows nothing of.
    """
    registry = desk.catalogue.registry_of(figures.record)
    _check_names(registry, figures.narrowed_by, scope)
    _check_names(registry, figures.groups, [group] if group else [])
    entry_id, table, of = entry_of(desk, day), _table(registry), day or desk.today
    rows = _rows(desk, figures, of, rows_as_of(desk.session, table, entry_id, scope=scope))
    lines = [Line(one, WHOLE if group else "", one.count(rows)) for one in figures.figures]
    for title, members in _split(desk, registry, rows, group) if group else ():
        lines += [Line(one, title, one.count(members)) for one in figures.figures]
    return FigureTable(
        figures,
        tuple((registry.shown(name)[0], _text(desk, registry.shown(name)[1], value)) for name, value in scope.items()),
        of,
        entry_id is not None,
        registry.shown(group)[0] if group else "",
        len(rows),
        tuple(lines),
        tuple(_notes(desk, table, of, entry_id)) if entry_id is not None else (),
    )


def read_scope(desk: Desk, figures: FigureSet, given: Mapping[str, str]) -> dict[str, Any]:
    """What the set is narrowed by, from texts by the name or label of a field; a text left empty stands for no value."""
    registry = desk.catalogue.registry_of(figures.record)
    read: dict[str, Any] = {}
    for text, value in given.items():
        field = registry.field(text)
        _check_names(registry, figures.narrowed_by, [field.name])
        reading = field.kind.read(value, desk.context)
        if reading.value is None and reading.problem:
            raise UserError(f"{field.label}：{reading.problem}")
        read[field.name] = reading.value
    return read


def scope_of(desk: Desk, figures: FigureSet, codes: Mapping[str, str]) -> dict[str, Any]:
    """What the set is narrowed by, from the codes that a list of values offers (`Listing.distinct`)."""
    registry = desk.catalogue.registry_of(figures.record)
    kinds = {name: registry.shown(name)[1] for name in codes}
    return {
        name: int(code) if isinstance(kinds[name], Reference) else kinds[name].read(code, desk.context).value
        for name, code in codes.items()
    }


@dataclass(frozen=True)
class RowsBehind:
    """The rows behind a figure as they stood, as texts in the columns of the register's list; personal data masked."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def rows_behind(desk: Desk, figures: FigureSet, ids: Collection[int], day: date | None = None) -> RowsBehind:
    """These rows as they stood at the end of a day. What is computed from today (到期状态) is not shown of the past."""
    registry = desk.catalogue.registry_of(figures.record)
    found = rows_as_of(desk.session, _table(registry), entry_of(desk, day), ids=ids)
    names = tuple(name for name in registry.columns if name in registry.fields)
    columns = [_column(desk, registry, name, [row[name] for row in found.values()]) for name in names]
    shown = zip(found, zip(*columns, strict=True), strict=True) if found else ()
    return RowsBehind(names, tuple(registry.fields[name].label for name in names), tuple(shown))


def _column(desk: Desk, registry: Registry, name: str, values: Sequence[Any]) -> list[str]:
    field = registry.fields[name]
    if isinstance(field.kind, Reference):
        desk.lookup.prefetch(field.kind.register, (value for value in values if value is not None))
    shown = [field.kind.show(value, desk.lookup) for value in values]
    return [field.kind.mask(text) for text in shown] if field.secret else shown


def _check_names(registry: Registry, known: Sequence[str], asked: Collection[str]) -> None:
    if wrong := [name for name in asked if name not in known]:
        labels = "、".join(registry.shown(name)[0] for name in known) or "（没有可用的项目）"
        said = "、".join(registry.shown(name)[0] for name in wrong)
        raise UserError(f"{registry.title}的统计不能按“{said}”划分，可用：{labels}")


def _table(registry: Registry) -> Table:
    table = registry.record.__table__
    assert isinstance(table, Table)
    return table


def entry_of(desk: Desk, day: date | None) -> int | None:
    """The last entry of a day; None where the day is today, and nothing is replayed."""
    if day is None or day == desk.today:
        return None
    if day > desk.today:
        raise UserError(f"{day} 还没有到（今天是 {desk.today}），只能看今天和以前的统计，请改日期")
    entry_id = entry_at(desk.session, _evening(day))
    if not entry_id:
        since = began(desk.session)
        known = f"流水从 {since:%Y-%m-%d} 开始，" if since is not None else ""
        raise UserError(f"{known}{day} 还没有任何登记，请选以后的日子")
    return entry_id


def _evening(day: date) -> datetime:
    return datetime.combine(day, time.max)


def _notes(desk: Desk, table: Table, day: date, entry_id: int) -> Iterator[str]:
    """What must be said about a past day: where the days in the journal and its order disagree."""
    found = contradictions(desk.session, table, entry_id, _evening(day))
    if found.later:
        yield f"另有 {found.later} 步业务记在 {day} 或以前，却是在那以后才录入的，当时还不知道，没有计入"
    if found.ahead:
        yield f"有 {found.ahead} 步业务记在 {day} 以后，却是在那以前录入的（当时电脑的日期可能不对），已计入"


def _rows(desk: Desk, figures: FigureSet, day: date, rows: Mapping[int, Row]) -> Mapping[int, Row]:
    """The rows with what the set derives from each."""
    if figures.derive is None:
        return rows
    derive = figures.derive(desk, day)
    return {row_id: {**row, **derive(row)} for row_id, row in rows.items()}


def _split(desk: Desk, registry: Registry, rows: Mapping[int, Row], name: str) -> list[tuple[str, Mapping[int, Row]]]:
    """The rows by the value of a field: a vocabulary in its own order, other values by their text, those without one last."""
    kind = registry.shown(name)[1]
    shown = dict(zip(rows, _column(desk, registry, name, [row[name] for row in rows.values()]), strict=True))
    parts: dict[str, dict[int, Row]] = {}
    for row_id, text in shown.items():
        parts.setdefault(text, {})[row_id] = rows[row_id]
    order = {label: place for place, (_, label) in enumerate(kind.options(desk.lookup))}
    return [
        (text or EMPTY, parts[text])
        for text in sorted(parts, key=lambda text: (not text, order.get(text, len(order)), text))
    ]


def _text(desk: Desk, kind: Kind, value: Any) -> str:
    return kind.show(value, desk.lookup) or EMPTY
