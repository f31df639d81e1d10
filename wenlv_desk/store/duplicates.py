"""Duplicates (重复): the same firm or licence entered twice, found by code, normalised number, or name with phone or address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from wenlv_desk.core.kinds import Context
from wenlv_desk.core.registry import Problem, Registry
from wenlv_desk.core.trade_kinds import CreditCode
from wenlv_desk.standards.finding import Severity
from wenlv_desk.standards.names import firm_similarity

ALIKE = (
    0.5  # two spellings of one firm, or a shop and its branch, score above this; unrelated firms at one address below
)


@dataclass(frozen=True)
class Twin:
    """A record that may be the same thing, with the reason in words."""

    record_id: int
    why: str
    certain: bool  # same code or number


def twins_of(
    session: Session, registry: Registry, values: Mapping[str, Any], *, but: int = 0, limit: int = 20
) -> list[Twin]:
    """Records on file that may be what `values` describe, surest first; `but` is the record's own id."""
    spec, record = registry.duplicates, registry.record
    found: dict[int, Twin] = {}
    for name in spec.same:
        if value := values.get(name):
            why = f"{registry.fields[name].label}相同"
            for record_id in session.scalars(_others(registry, but).where(getattr(record, name) == value).limit(limit)):
                found.setdefault(record_id, Twin(record_id, why, certain=True))
    given = [name for name in spec.beside if values.get(name)]
    if spec.name and values.get(spec.name) and given:
        for twin in _alike(session, registry, values, given, but):
            found.setdefault(twin.record_id, twin)
    return list(found.values())[:limit]


def taken_codes(
    session: Session, registry: Registry, now: Mapping[str, Any], new: Mapping[str, Any], but: int
) -> tuple[Problem, ...]:
    """A code or number newly given to the record `but` that another record has: a remark on the field a clerk writes."""
    record, made = registry.record, []
    for name in registry.duplicates.same:
        if not new[name] or new[name] == now[name]:
            continue
        called = select(getattr(record, registry.named_by)).where(~record.voided, record.id != but)
        other = session.scalar(called.where(getattr(record, name) == new[name]).order_by(record.id).limit(1))
        if other is not None:
            written = name if registry.fields[name].typed else registry.code
            made.append(Problem(written, Severity.WARN, f"与库中“{other}”的相同，请核对"))
    return tuple(made)


def _others(registry: Registry, but: int) -> Select[int]:
    return select(registry.record.id).where(~registry.record.voided, registry.record.id != but)


def _alike(
    session: Session, registry: Registry, values: Mapping[str, Any], given: Sequence[str], but: int
) -> list[Twin]:
    spec, record = registry.duplicates, registry.record
    beside = [getattr(record, name) for name in given]
    statement = select(record.id, getattr(record, spec.name), *beside).where(~record.voided, record.id != but)
    statement = statement.where(
        or_(*(column == values[name] for column, name in zip(beside, given, strict=True)))
    ).limit(200)
    twins = []
    for row in session.execute(statement):
        if firm_similarity(str(values[spec.name]), str(row[1])) >= ALIKE:
            equal = [registry.fields[n].label for n, there in zip(given, row[2:], strict=True) if there == values[n]]
            twins.append(Twin(row[0], f"名称相近，{'、'.join(equal)}相同", certain=False))
    return twins


def same_code(session: Session, registry: Registry, text: str, context: Context) -> list[int]:
    """Records whose code is the text once both are normalised (a licence number typed with other brackets or spaces)."""
    codes = (name for name, field in registry.fields.items() if isinstance(field.kind, CreditCode))
    for name in dict.fromkeys((*registry.duplicates.same, *codes)):
        field = registry.fields[name]
        wanted = field.derive({registry.code: text}) if field.derive else field.kind.read(text, context).value
        column = getattr(registry.record, name)
        if wanted and (found := list(session.scalars(_others(registry, 0).where(column == wanted).limit(20)))):
            return found
    return []
