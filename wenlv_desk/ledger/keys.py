"""Keys of a plan's rows: what identifies them, which of them say the same, and which records on file have them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.model import Plan
from wenlv_desk.ledger.onfile import Found, Key, Want, empty, find_keys
from wenlv_desk.store.desk import Desk

BESIDE_SHOWN = 20  # neighbours compared by name; more share a phone or address only when it is a market's


@dataclass
class Keys:
    """Keys by row of every identity group and of every field that twins share."""

    groups: list[list[Key | None]]
    beside: dict[str, list[Any]]
    on_file: list[Found] = field(default_factory=list)  # by group
    beside_on_file: dict[str, Found] = field(default_factory=dict)
    repeated: list[dict[Key, list[int]]] = field(default_factory=list)  # by group: rows that share a key
    beside_repeated: dict[str, dict[Any, list[int]]] = field(default_factory=dict)


def key_names(registry: Registry) -> tuple[str, ...]:
    """The fields that matching looks at."""
    beside = registry.duplicates.beside if registry.duplicates.name else ()
    names = [name for group in registry.identity for name in group]
    return tuple(dict.fromkeys([*names, *registry.duplicates.same, *beside]))


def identity_groups(registry: Registry) -> list[tuple[str, ...]]:
    """The groups that identify, best first; fields that show duplicates count as groups of their own."""
    groups = [tuple(group) for group in registry.identity]
    return groups + [(name,) for name in registry.duplicates.same if (name,) not in groups]


def key_columns(plan: Plan) -> dict[str, Sequence[Any]]:
    """The values of the key fields by row, derived ones computed, a new owner standing for itself."""
    registry, size = plan.registry, len(plan)
    made: dict[str, Sequence[Any]] = {}
    derived = any(registry.fields[name].derive is not None for name in key_names(registry))
    complete = plan.complete_columns(range(size)) if derived else {}
    for name in key_names(registry):
        declared = registry.fields[name]
        if registry.owner is not None and name == registry.owner.field:
            made[name] = [_owner_key(plan, place) for place in range(size)]
        elif declared.derive is not None:
            made[name] = complete[name]
        else:
            made[name] = plan.columns.get(name) or [declared.default] * size
    return made


def _owner_key(plan: Plan, place: int) -> int | None:
    new = plan.new_owners.get(place)
    return plan.owner_ids.get(place) or (None if new is None else -id(new))


def make_keys(desk: Desk, plan: Plan, positions: Iterable[int] | None) -> Keys:
    """The keys of all rows; on file only those of `positions` are sought (None: all)."""
    registry = plan.registry
    columns = key_columns(plan)
    groups = [_keys_of(registry, group, [columns[name] for name in group]) for group in identity_groups(registry)]
    beside = {name: list(columns[name]) for name in registry.duplicates.beside} if registry.duplicates.name else {}
    keys = Keys(groups, beside)
    keys.repeated = [_repeated(column) for column in groups]
    keys.beside_repeated = {name: _repeated(column) for name, column in beside.items()}
    if empty(desk.session, registry):
        keys.on_file, keys.beside_on_file = [{} for _ in groups], {name: {} for name in beside}
        return keys
    wanted = None if positions is None else list(positions)
    wants: list[Want] = [
        (group, _different(column, wanted)) for group, column in zip(identity_groups(registry), groups, strict=True)
    ]
    wants += [((name,), {(value,) for value in _different(column, wanted)}) for name, column in beside.items()]
    found = find_keys(desk.session, registry, wants)
    keys.on_file = found[: len(groups)]
    keys.beside_on_file = dict(zip(beside, found[len(groups) :], strict=True))
    return keys


def _different(column: Sequence[Any], places: Sequence[int] | None) -> set[Any]:
    """The different keys of some rows (None: all)."""
    return (set(column) if places is None else {column[place] for place in places}) - {None, ""}


def _keys_of(registry: Registry, group: Sequence[str], columns: Sequence[Sequence[Any]]) -> list[Key | None]:
    """The keys of all rows. A part that may be empty may be so in a key of several; the first part never."""
    if len(columns) == 1:
        return [None if value in (None, "") else (value,) for value in columns[0]]
    needed = [place for place, name in enumerate(group) if place == 0 or registry.fields[name].required]
    return [None if any(key[place] in (None, "") for place in needed) else key for key in zip(*columns, strict=True)]


def _repeated(column: Sequence[Any]) -> dict[Any, list[int]]:
    """Rows by the keys that more than one of them has."""
    filled = len(column) - column.count(None)
    if len({*column} - {None}) == filled:
        return {}
    first: dict[Any, int] = {}
    many: dict[Any, list[int]] = {}
    for place, key in enumerate(column):
        if key is None or key == "":
            continue
        if key in many:
            many[key].append(place)
        elif key in first:
            many[key] = [first[key], place]
        else:
            first[key] = place
    return many


def sharing(plan: Plan, positions: Iterable[int]) -> set[int]:
    """The rows that have a key value or a new owner in common with one of `positions`, those included."""
    wanted = set(positions)
    owners = {id(plan.new_owners[place]) for place in wanted if place in plan.new_owners}
    found = wanted | {place for place, new in plan.new_owners.items() if id(new) in owners}
    for column in key_columns(plan).values():
        values = {value for place in wanted if (value := column[place]) not in (None, "", 0)}
        if values:
            found |= {place for place, value in enumerate(column) if value in values}
    return found
