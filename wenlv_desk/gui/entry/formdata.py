"""What a form begins with and what is said about the values typed so far, as plain data made in worker threads. Knows no Qt.

A form's raw value is what its editor holds: a text, for one-of a code, for a set of codes a list, for a record its id or a typed text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import Editor, Kind, Many, OneOf, Reference
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.standards.finding import Reading, Severity
from wenlv_desk.store.checks import Checked, check_record, check_values
from wenlv_desk.store.common import check_amended
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.duplicates import twins_of
from wenlv_desk.store.memory import recall

Raw = Mapping[str, Any]
DRAFT = "draft"
OTHERS = "其他"
HANDLING = "本次办理"
MASKED = "库中的号码核对有疑点，请显示完整号码后核对"


@dataclass(frozen=True)
class FormData:
    """Everything a form needs to stand: nothing is asked of the database afterwards but checks."""

    register: str
    operation: str
    record_id: int | None
    version: int | None
    title: str
    fields: tuple[Field, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    raw: Raw
    hidden: frozenset[str] = frozenset()  # personal data of which only a part stands in the field
    locked: frozenset[str] = frozenset()  # changed by operations only
    stored: frozenset[str] = frozenset()  # values of the record itself: handed over only where they were changed
    options: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)  # of referenced records, by field
    draft: Mapping[str, Any] | None = None

    @property
    def draft_key(self) -> str:
        return f"{self.register}:{self.operation}:{self.record_id or 0}"


@dataclass(frozen=True)
class Said:
    """One remark about a value. `position` is the place of the wrong character in the value as read."""

    field: str
    severity: Severity
    text: str
    position: int | None = None
    suggestions: tuple[tuple[Any, str], ...] = ()  # raw value, what the button says


@dataclass(frozen=True)
class TwinShown:
    """A record on file that may be the same thing, beside what was typed: (label, typed, on file)."""

    record_id: int
    title: str
    why: str
    certain: bool
    beside: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Verdict:
    """What is said about a form as it stands."""

    said: tuple[Said, ...] = ()
    read_as: Mapping[str, str] = field(default_factory=dict)  # how a value will be stored, by field
    twins: tuple[TwinShown, ...] = ()

    @property
    def refused(self) -> bool:
        return any(one.severity is Severity.REJECT for one in self.said)

    @property
    def refused_fields(self) -> frozenset[str]:
        return frozenset(one.field for one in self.said if one.severity is Severity.REJECT)

    @property
    def wants_reason(self) -> bool:
        return bool(self.twins) or any(one.severity in (Severity.WARN, Severity.DOUBT) for one in self.said)


def form_of(desk: Desk, registry: Registry, op: Operation, record_id: int | None, given: Raw) -> FormData:
    """The form of an operation: it begins with what is on file, else with what the operation suggests. `given` are raw values
    to begin with instead (a licence entered from its operator's card)."""
    fields = op.parameters(registry)
    record = desk.get(registry.record, record_id) if record_id is not None else None
    about = record if op.takes_values else None
    begins = op.suggest(desk, record) if op.suggest is not None and record is not None else {}
    raw, hidden, labels = {}, set(), {}
    stored = frozenset(f.name for f in fields if f.name in registry.typed_fields) if about is not None else frozenset()
    for one in fields:
        value = getattr(about, one.name) if one.name in stored else begins.get(one.name, one.default)
        raw[one.name] = given.get(one.name, raw_of(one.kind, value, desk))
        if one.name in stored and one.secret and value is not None:
            raw[one.name] = one.kind.mask(one.kind.show(value, desk.lookup))
            hidden.add(one.name)
        if isinstance(one.kind, Reference) and isinstance(raw[one.name], int):
            labels[one.name] = desk.lookup.label(one.kind.register, raw[one.name])
    name = str(getattr(record, registry.named_by)) if record is not None else ""
    offered = op.offers(desk, record) if op.offers is not None else {}
    made = FormData(
        registry.name,
        op.name,
        record_id,
        record.version if record is not None else None,
        f"{op.title} · {name or registry.title}",
        fields,
        _sections(registry, op),
        raw,
        frozenset(hidden),
        frozenset(one.name for one in fields if one.name in stored and one.initial),
        stored,
        {
            one.name: tuple(offered.get(one.name, one.kind.options(desk.lookup)))
            for one in fields
            if one.kind.editor in (Editor.ONE, Editor.MANY)
        },
        labels,
    )
    return _with_draft(desk, made)


def _with_draft(desk: Desk, made: FormData) -> FormData:
    return replace(made, draft=recall(desk.session, DRAFT, desk.clerk.name, made.draft_key))


def _sections(registry: Registry, op: Operation) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The register's own sections where the verb takes its values, what stands in none of them, then what the verb asks."""
    own = tuple(one.name for one in op.arguments(registry))
    if not op.takes_values:
        return (("", own),)
    typed = tuple(one.name for one in op.parameters(registry) if one.name not in own)
    made = [(section.title, tuple(n for n in section.fields if n in typed)) for section in registry.sections]
    placed = {name for _, names in made for name in names}
    rest = tuple(name for name in typed if name not in placed)
    return tuple(one for one in (*made, (OTHERS, rest), (HANDLING, own)) if one[1])


def raw_of(kind: Kind, value: Any, desk: Desk) -> Any:
    """The raw value an editor of this kind holds for a stored value."""
    if value is None:
        return [] if isinstance(kind, Many) else ""
    if isinstance(kind, OneOf):
        return value.value
    if isinstance(kind, Many):
        return list(value)
    if isinstance(kind, Reference):
        return value
    return kind.show(value, desk.lookup)


def typed_raw(fields: Sequence[Field], raw: Raw) -> dict[str, Any]:
    """Raw values as `Kind.read` takes them: JSON lists become tuples."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in raw.items()
        if name in {f.name for f in fields}
    }


def judge(desk: Desk, registry: Registry, op: Operation, record_id: int | None, raw: Raw) -> Verdict:
    """What is said about the values: each by its kind, the register's rules, and records that look the same."""
    given = typed_raw(op.parameters(registry), raw)
    own = check_values(op.arguments(registry), given, desk.context)
    if not op.takes_values:
        return Verdict(tuple(_said(desk, op.arguments(registry), own)), _read_as(desk, op.arguments(registry), own))
    if record_id is not None:
        record = desk.get(registry.record, record_id)
        now = {name: getattr(record, name) for name in registry.fields}
        checked = check_amended(desk, registry, record_id, now, given)
    else:
        checked = check_record(registry, given, desk.context, desk.rule_context)
    fields = (*registry.typed_fields.values(), *op.arguments(registry))
    # What stands masked in the form is judged without showing it: neither as read nor in the words of a remark.
    kept = (
        frozenset(f.name for f in fields if f.secret and f.name not in given) if record_id is not None else frozenset()
    )
    said = (*_said(desk, fields, checked), *_said(desk, op.arguments(registry), own))
    said = tuple(replace(one, text=MASKED, position=None, suggestions=()) if one.field in kept else one for one in said)
    read_as = {name: text for name, text in _read_as(desk, fields, checked).items() if name not in kept}
    twins = _twins(desk, registry, checked.values) if record_id is None else ()
    return Verdict(said, read_as, twins)


def _said(desk: Desk, fields: Sequence[Field], checked: Checked) -> list[Said]:
    by_name = {one.name: one for one in fields}
    made = []
    for problem in checked.problems:
        reading = checked.readings.get(problem.field)
        own = reading is not None and reading.problem == problem.message
        position = reading.position if own and reading is not None else None
        choices = _choices(desk, by_name[problem.field], reading) if own and reading is not None else ()
        made.append(Said(problem.field, problem.severity, problem.message, position, choices))
    return made


def _choices(desk: Desk, declared: Field, reading: Reading[Any]) -> tuple[tuple[Any, str], ...]:
    """The suggestions of a reading with the words of their buttons: the one digit that differs, or the whole."""
    made = []
    for value in reading.suggestions:
        raw = raw_of(declared.kind, value, desk)
        text = desk.lookup.label(declared.kind.register, value) if isinstance(declared.kind, Reference) else str(raw)
        at = reading.position
        one_digit = (
            isinstance(reading.value, str)
            and isinstance(value, str)
            and at is not None
            and len(value) == len(reading.value)
        )
        if (
            one_digit
            and at is not None
            and value[:at] == str(reading.value)[:at]
            and value[at + 1 :] == str(reading.value)[at + 1 :]
        ):
            text = value[at]
        made.append((raw, f"改为 {text}"))
    return tuple(made)


def _read_as(desk: Desk, fields: Sequence[Field], checked: Checked) -> dict[str, str]:
    lines = (one for one in fields if one.kind.editor in (Editor.LINE, Editor.DAY))
    found = {one.name: checked.readings[one.name] for one in lines if one.name in checked.readings}
    kinds = {one.name: one.kind for one in fields}
    return {
        name: kinds[name].show(reading.value, desk.lookup)
        for name, reading in found.items()
        if reading.value is not None
    }


def _twins(desk: Desk, registry: Registry, values: Mapping[str, Any]) -> tuple[TwinShown, ...]:
    found = twins_of(desk.session, registry, values, limit=3)
    return tuple(
        TwinShown(
            t.record_id,
            desk.lookup.label(registry.name, t.record_id),
            t.why,
            t.certain,
            _beside(desk, registry, values, t.record_id),
        )
        for t in found
    )


def _beside(
    desk: Desk, registry: Registry, values: Mapping[str, Any], record_id: int
) -> tuple[tuple[str, str, str], ...]:
    """Typed and stored texts of the fields that either has; personal data masked."""
    row = (
        desk.session.execute(select(registry.record.__table__).where(registry.record.id == record_id)).mappings().one()
    )
    made = []
    for name, one in registry.typed_fields.items():
        typed, stored = (one.kind.show(source.get(name), desk.lookup) for source in (values, row))
        if one.secret:
            typed, stored = one.kind.mask(typed), one.kind.mask(stored)
        if typed or stored:
            made.append((one.label, typed, stored))
    return tuple(made)


def taken_over(desk: Desk, registry: Registry, owner_id: int) -> dict[str, Any]:
    """What a new record takes over from the one it belongs to, as raw values by its own field."""
    if registry.owner is None:
        return {}
    owner = desk.catalogue.registry(registry.owner.register)
    record = desk.get(owner.record, owner_id)
    typed = registry.typed_fields
    return {
        mine: raw_of(typed[mine].kind, getattr(record, theirs), desk)
        for theirs, mine in registry.owner.takes.items()
        if mine in typed and getattr(record, theirs) not in (None, "", ())
    }


def search_records(desk: Desk, registry: Registry, text: str, limit: int = 12) -> list[tuple[int, str, str]]:
    """(id, name, code) of records a picker offers."""
    from wenlv_desk.store.indexing import index_of, searchable
    from wenlv_desk.store.query import Listing, ListQuery

    names = tuple(dict.fromkeys(name for name in (registry.named_by, registry.code) if name))
    query = ListQuery(voided=True)
    listing = Listing(desk.session, desk.catalogue, registry, query, desk.today, names=names)
    if searchable(registry) and text.strip():
        ids: Sequence[int] = index_of(desk.session).find(desk.session.connection(), registry.name, text, limit).ids
        rows = [row for row in listing.by_ids(ids) if not row.voided]
    else:
        rows = [row for row in listing.top(0, 200) if not row.voided and text in row.shown[registry.named_by]][:limit]
    return [(row.id, row.shown[registry.named_by], row.shown.get(registry.code, "")) for row in rows]
