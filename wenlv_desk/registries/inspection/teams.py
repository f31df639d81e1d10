"""检查人员: who goes where, by chance among all admissible teams, evenly, and not last time's team (domain 4.6 no. 5).

Everything follows from the seed, so that anyone can do it again; the public page does so in JavaScript (`resources/verifier`). These come
before each other, in this order: nobody goes where they may not; loads are as even as they can be (the sum of their squares is the
smallest: none higher and none lower than must be, within one of each other wherever possible); as few last teams as possible go again.
Within that objects are served one after another, in the order of SHA-256 over `seed, object`, and each calls inspectors in the order of
SHA-256 over `seed, object, inspector`: the next one with whom all of the above can still be kept is taken. The first one leads (主办).

What is hashed is the UTF-8 of the parts with a line feed between them; the hexadecimal digests are compared, of equals the names. Of
`shifting` nothing but yes or no is asked, so that nothing depends on how it finds its answer, nor on the order of any list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from wenlv_desk.registries.inspection.shifting import Plan, Seat


@dataclass(frozen=True)
class Visit:
    """One object to be inspected: who may not go there, and who went there last time."""

    id: str
    barred: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Teams:
    """Who goes where, the first of each leads; the lowest and the highest load; where nobody goes who did not go last time."""

    of: dict[str, tuple[str, ...]]
    least: int
    most: int
    again: tuple[str, ...]


class NoTeamError(Exception):
    """Too few inspectors may go to some objects: their identifiers, and who may."""

    def __init__(self, short: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(f"too few inspectors for {', '.join(short)}")
        self.short = short


def chance(*parts: str) -> str:
    """What chance is ordered by."""
    return sha256("\n".join(parts).encode("utf-8")).hexdigest()


def calling_order(seed: str, identifier: str, inspectors: Iterable[str]) -> list[str]:
    """The order in which an object calls inspectors."""
    return sorted(inspectors, key=lambda one: (chance(seed, identifier, one), one))


def form_teams(
    visits: Sequence[Visit], inspectors: Sequence[str], per_object: int, seed: str
) -> dict[str, tuple[str, ...]]:
    """A team of `per_object` for every object, the first leads. Raises NoTeamError where too few may go."""
    return arrange(visits, inspectors, per_object, seed).of


def arrange(visits: Sequence[Visit], inspectors: Sequence[str], per_object: int, seed: str) -> Teams:
    """The teams, and what could be kept. Raises NoTeamError where too few may go, ValueError for names that occur twice."""
    if len({one.id for one in visits}) != len(visits) or len(set(inspectors)) != len(inspectors):
        raise ValueError("two objects or two inspectors have the same name")
    admissible = {one.id: tuple(key for key in inspectors if key not in one.barred) for one in visits}
    if short := {name: keys for name, keys in admissible.items() if len(keys) < per_object}:
        raise NoTeamError(short)
    bits = {key: 1 << number for number, key in enumerate(inspectors)}
    seats = [Seat(_mask(bits, admissible[one.id]), _mask(bits, one.last)) for one in visits]
    plan = Plan(seats, len(inspectors), per_object)
    chosen: dict[str, tuple[str, ...]] = {}
    for place in sorted(range(len(visits)), key=lambda place: (chance(seed, visits[place].id), visits[place].id)):
        name = visits[place].id
        chosen[name] = _called(plan, place, calling_order(seed, name, admissible[name]), inspectors, per_object)
    again = tuple(sorted(one.id for place, one in enumerate(visits) if plan.again(place)))
    return Teams(
        {one.id: chosen[one.id] for one in visits}, min(plan.load, default=0), max(plan.load, default=0), again
    )


def _mask(bits: Mapping[str, int], keys: Iterable[str]) -> int:
    """The keys as bits; who is no inspector any more has none."""
    return sum(bits.get(key, 0) for key in keys)


def _called(
    plan: Plan, place: int, order: Sequence[str], inspectors: Sequence[str], per_object: int
) -> tuple[str, ...]:
    """The first of those called who can be taken. Who was refused once would be refused again: promises only grow."""
    number = {key: n for n, key in enumerate(inspectors)}
    team: list[str] = []
    for key in order:
        if len(team) < per_object and plan.take(place, number[key]):
            team.append(key)
    return tuple(team)
