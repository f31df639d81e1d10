"""Owners (所属单位) of a file's rows: the firm on file they name, or a new one entered once however many rows name it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wenlv_desk.core.kinds import plain_text
from wenlv_desk.core.registry import Owner, Registry
from wenlv_desk.ledger.marks import NOTHING, unmarked
from wenlv_desk.ledger.model import About, Action, NewOwner, Plan, RowProblem
from wenlv_desk.ledger.onfile import Key, find_keys, load
from wenlv_desk.ledger.references import keys_of
from wenlv_desk.standards.finding import Severity
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.duplicates import ALIKE


@dataclass
class _Seeker:
    desk: Desk
    plan: Plan
    owner: Owner
    theirs: Registry
    made: dict[Any, NewOwner] = field(default_factory=dict)  # by code and by name
    problems: dict[int, RowProblem] = field(default_factory=dict)

    def named(self, position: int) -> str:
        """What the owner's own column says, where the file has one."""
        raw = self.plan.cell(position, self.owner.field)
        text = "" if raw is None else unmarked(plain_text(raw).strip())
        return "" if text in NOTHING else text

    def values(self, position: int) -> dict[str, Any]:
        """What the row says of its owner, by the owner's fields."""
        columns = self.plan.columns
        taken = {name: columns[here][position] for name, here in self.owner.takes.items() if here in columns}
        return {name: value for name, value in taken.items() if value is not None}

    def identity(self, position: int) -> list[tuple[tuple[str, ...], Key]]:
        """The keys that may find the owner, best first. A text in the owner's own column goes before all."""
        values, said = self.values(position), self.named(position)
        keys = keys_of(self.theirs, said, self.desk.context) if said else []
        for group in self.theirs.identity:
            if all(name in values for name in group):
                keys.append((tuple(group), tuple(values[name] for name in group)))
        return keys

    def said_keys(self, position: int) -> int:
        """How many of the keys come from the owner's own column."""
        said = self.named(position)
        return len(keys_of(self.theirs, said, self.desk.context)) if said else 0

    @cached_property
    def can_be_entered(self) -> bool:
        """Whether a row can say all that a new owner needs."""
        needed = (one.name for one in self.theirs.typed_fields.values() if one.required)
        return all(name in self.owner.takes for name in needed)


def resolve_owners(desk: Desk, plan: Plan, positions: Iterable[int]) -> dict[int, RowProblem]:
    """Fill `plan.owner_ids` and `plan.new_owners` for the rows; returns what is doubtful about them by row."""
    owner = plan.registry.owner
    if owner is None:
        return {}
    seeker = _Seeker(desk, plan, owner, desk.catalogue.registry(owner.register))
    places = list(positions)
    for place in places:
        plan.owner_ids.pop(place, None)
        plan.new_owners.pop(place, None)
    _known_new_owners(seeker)
    sought = {place: seeker.identity(place) for place in places}
    wants: dict[tuple[str, ...], set[Key]] = {}
    for keys in sought.values():
        for group, key in keys:
            wants.setdefault(group, set()).add(key)
    found = dict(zip(wants, find_keys(desk.session, seeker.theirs, list(wants.items())), strict=True))
    hits = {place: [(group, found[group].get(key, [])) for group, key in keys] for place, keys in sought.items()}
    on_file = load(desk.session, seeker.theirs, sorted({i for per in hits.values() for _, ids in per for i in ids}))
    for place in places:
        _settle(seeker, place, hits[place], on_file)
    return seeker.problems


def _known_new_owners(seeker: _Seeker) -> None:
    for new in seeker.plan.new_owners.values():
        for name in (seeker.theirs.code, seeker.theirs.named_by):
            if name and new.values.get(name):
                seeker.made.setdefault((name, new.values[name]), new)


def _settle(
    seeker: _Seeker, place: int, hits: list[tuple[tuple[str, ...], list[int]]], on_file: Mapping[int, Mapping[str, Any]]
) -> None:
    plan, values = seeker.plan, seeker.values(place)
    group, ids = next(((group, ids) for group, ids in hits if ids), ((), []))
    decision = plan.decisions.get(place)
    if not ids:
        _new_owner(seeker, place, values)
        return
    # The firm named outright may be called otherwise on the licence; one found by the licence's own words must agree with them.
    outright = bool(seeker.named(place)) and any(ids is there for _, there in hits[: seeker.said_keys(place)])
    problem = _against(seeker, place, {} if outright else values, group, [on_file[i] for i in ids])
    if problem is None:
        plan.owner_ids[place] = ids[0]
        return
    seeker.problems[place] = problem
    if decision is not None and decision.action is Action.ACCEPT:
        if seeker.theirs.code in group and len(ids) == 1:
            plan.owner_ids[place] = ids[0]
        else:
            _new_owner(seeker, place, values)


def _against(
    seeker: _Seeker, place: int, values: Mapping[str, Any], group: tuple[str, ...], found: list[Mapping[str, Any]]
) -> RowProblem | None:
    """Why the record found may not be the owner that is meant."""
    from wenlv_desk.standards.names import firm_similarity

    theirs, code, name = seeker.theirs, seeker.theirs.code, seeker.theirs.named_by
    label = seeker.plan.registry.fields[seeker.owner.field].label
    if len(found) > 1:
        texts = tuple(str(row[code]) for row in found if code and row[code])
        message = f"{label}：库中有 {len(found)} {theirs.unit}“{found[0][name]}”，请指明是哪一{theirs.unit}"
        return _doubt(seeker, place, message, texts)
    (row,) = found
    given_code, given_name = values.get(code), values.get(name)
    if code and code not in group and given_code and row[code] and row[code] != given_code:
        said = theirs.fields[code].label
        message = f"{label}：库中同名{theirs.title}“{row[name]}”的{said}是 {row[code]}，这一行是 {given_code}"
        return _doubt(seeker, place, message, (str(row[code]),))
    if code in group and given_name and firm_similarity(str(given_name), str(row[name])) < ALIKE:
        message = f"{label}：{theirs.fields[code].label}属于库中的“{row[name]}”，这一行写的是“{given_name}”"
        return _doubt(seeker, place, message, ())
    return None


def _doubt(seeker: _Seeker, place: int, message: str, suggestions: tuple[str, ...]) -> RowProblem:
    said = seeker.named(place) or str(seeker.values(place).get(seeker.theirs.named_by, ""))
    return RowProblem(seeker.owner.field, said, Severity.DOUBT, message, About.OWNER, suggestions)


def _new_owner(seeker: _Seeker, place: int, values: dict[str, Any]) -> None:
    """The row's owner is to be entered; rows that name the same one share it."""
    theirs = seeker.theirs
    said = seeker.named(place)
    if said and not values.get(theirs.named_by):
        values = {**values, theirs.named_by: said}
    if not values.get(theirs.named_by) or not seeker.can_be_entered:
        label = seeker.plan.registry.fields[seeker.owner.field].label
        code = theirs.fields[theirs.code].label if theirs.code else "编号"
        message = f"{label}：库中没有“{said}”，请先登记或改正写法" if said else f"没有写明{label}：请补上名称或{code}"
        seeker.problems[place] = RowProblem(seeker.owner.field, said, Severity.REJECT, message, About.OWNER)
        return
    keys = [(name, values[name]) for name in (theirs.code, theirs.named_by) if name and values.get(name)]
    known = next((new for key in keys if (new := seeker.made.get(key)) and _agrees(theirs, new, values)), None)
    if known is None:
        known = NewOwner(dict(values), str(values[theirs.named_by]))
    else:
        known.values = {**values, **known.values}
    for key in keys:
        seeker.made.setdefault(key, known)
    seeker.plan.new_owners[place] = known


def _agrees(theirs: Registry, new: NewOwner, values: Mapping[str, Any]) -> bool:
    """Whether two rows can mean the same new owner: never with two different codes."""
    code = theirs.code
    return not code or not new.values.get(code) or not values.get(code) or new.values[code] == values[code]
