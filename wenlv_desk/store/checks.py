"""Checking a record's values: every field by its kind, then the register's rules. Used by forms, the gate and imports alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import Context
from wenlv_desk.core.registry import Problem, Registry, RuleContext
from wenlv_desk.standards.finding import Reading, Severity


@dataclass(frozen=True)
class Checked:
    """Values as read, and what is wrong with them."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]
    readings: dict[str, Reading[Any]]

    def of(self, *severities: Severity) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity in severities)


def read_field(field: Field, raw: Any, context: Context) -> Reading[Any]:
    """One value by its kind; an absent required one is a defect, for another that is never empty its default stands."""
    reading = field.kind.read(raw, context)
    if reading.value is not None or reading.problem is not None or not field.never_empty:
        return reading
    return Reading(None, f"“{field.label}”必填", Severity.REJECT) if field.required else Reading(field.default)


def check_values(fields: Iterable[Field], raw: Mapping[str, Any], context: Context) -> Checked:
    """Read every field given or required. Keys are field names; a name that no field has is an error of the caller."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    readings: dict[str, Reading[Any]] = {}
    for field in fields:
        given = raw.get(field.name, field.default)
        reading = readings[field.name] = read_field(field, given, context)
        values[field.name] = reading.value
        if reading.problem and reading.severity:
            problems.append(Problem(field.name, reading.severity, reading.problem))
    return Checked(values, tuple(problems), readings)


def derived(registry: Registry, values: dict[str, Any]) -> dict[str, Any]:
    """The values with the register's derived fields computed."""
    for name, field in registry.fields.items():
        if field.derive is not None:
            values[name] = field.derive(values)
    return values


def check_record(registry: Registry, raw: Mapping[str, Any], context: Context, rules: RuleContext) -> Checked:
    """A whole record: fields, derived fields, rules. Fields that operations set are taken as they are."""
    checked = check_values(registry.typed_fields.values(), raw, context)
    kept = {name: raw[name] for name, field in registry.fields.items() if not field.typed and name in raw}
    values = derived(registry, kept | checked.values)
    found = [problem for rule in registry.rules for problem in rule(values, rules)]
    return Checked(values, (*checked.problems, *found), checked.readings)


def insist(registry: Registry, checked: Checked, reason: str) -> None:
    """Refuse what cannot be stored, and what may only be stored with a reason when none is given."""
    refused = [
        problem
        for problem in checked.problems
        if problem.severity is Severity.REJECT or _unread(registry, checked, problem)
    ]
    if refused:
        raise UserError("没有保存：" + "；".join(_said(registry, problem) for problem in refused))
    open_ones = checked.of(Severity.WARN, Severity.DOUBT)
    if open_ones and not reason.strip():
        listed = "；".join(_said(registry, problem) for problem in open_ones)
        raise UserError(f"没有保存：{listed}。请改正；确需照此登记的，请写明理由")


def _unread(registry: Registry, checked: Checked, problem: Problem) -> bool:
    """Whether a doubt leaves what must be there without a value: no reason fills it."""
    field = registry.fields.get(problem.field)
    return field is not None and field.never_empty and checked.values.get(problem.field) is None


def _said(registry: Registry, problem: Problem) -> str:
    field = registry.fields.get(problem.field)
    return f"{field.label}：{problem.message}" if field and field.label not in problem.message else problem.message
