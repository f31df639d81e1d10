"""检查人员: who goes where, by chance among all admissible teams, evenly, and not last time's team (domain 4.6 no. 5).

Everything follows from the seed, so that anyone can do it again; the public page does so in JavaScript (`resources/verifier`), which
is why only simple steps are used here. All chance is the order of SHA-256 over texts whose parts are joined by line feeds:
`seed, object, inspector` is the order in which an object calls inspectors, `seed, object` that in which objects are served.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Visit:
    """One object to be inspected: who may not go there, and who went there last time."""

    id: str
    barred: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()


class NoTeamError(Exception):
    """Too few inspectors may go to some objects: their identifiers, and who may."""

    def __init__(self, short: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(f"too few inspectors for {', '.join(short)}")
        self.short = short


def chance(*parts: str) -> str:
    """What chance is ordered by."""
    return sha256("\n".join(parts).encode("utf-8")).hexdigest()


def calling_order(seed: str, identifier: str, inspectors: Sequence[str]) -> list[str]:
    """The order in which an object calls inspectors."""
    return sorted(inspectors, key=lambda one: chance(seed, identifier, one))


def form_teams(
    visits: Sequence[Visit], inspectors: Sequence[str], per_object: int, seed: str
) -> dict[str, tuple[str, ...]]:
    """A team of `per_object` for every object, the first leads. Raises NoTeamError where too few may go.

    Every object takes those it calls first. Then places are passed on along chains (one inspector's place at an object to a second,
    the second's at another object to a third) as long as that brings two loads nearer to each other: when no chain does, no other
    assignment is more even (convex cost flow), so loads are within one of each other wherever they can be. Last time's team is
    kept away first by what an object takes, and at the end by chains that leave the loads as they are.
    """
    admissible = {one.id: [key for key in inspectors if key not in one.barred] for one in visits}
    short = {name: tuple(keys) for name, keys in admissible.items() if len(keys) < per_object}
    if short:
        raise NoTeamError(short)
    served = sorted(visits, key=lambda one: chance(seed, one.id))
    plan = _Plan(served, list(inspectors), admissible)
    for one in served:
        plan.take(one, calling_order(seed, one.id, admissible[one.id])[:per_object], admissible[one.id], seed)
    for strict in (True, False):
        while plan.even_out(strict=strict):
            pass
    for one in served:
        plan.keep_apart(one)
    called = {one.id: calling_order(seed, one.id, inspectors) for one in visits}
    return {one.id: tuple(sorted(plan.teams[one.id], key=called[one.id].index)) for one in visits}


Move = tuple[str, str, str]  # object, who leaves it, who comes


class _Plan:
    """Teams under way, and the chains that improve them."""

    def __init__(
        self, served: Sequence[Visit], inspectors: Sequence[str], admissible: Mapping[str, Sequence[str]]
    ) -> None:
        self.served, self.inspectors, self.admissible = served, inspectors, admissible
        self.teams: dict[str, set[str]] = {}
        self.load = dict.fromkeys(inspectors, 0)

    def take(self, visit: Visit, first: Sequence[str], admissible: Sequence[str], seed: str) -> None:
        """The first ones called; the last of them gives way to the next where it would be last time's team."""
        team = list(first)
        if set(team) == visit.last and len(admissible) > len(team):
            team[-1] = calling_order(seed, visit.id, admissible)[len(team)]
        self.teams[visit.id] = set(team)
        for key in team:
            self.load[key] += 1

    def even_out(self, *, strict: bool) -> bool:
        """Pass places on along one chain from a load to one lower by at least two; whether there was one."""
        for source in sorted(self.inspectors, key=lambda key: -self.load[key]):
            goal = self.load[source] - 2
            if (chain := self._chain(source, goal, (), strict=strict)) is not None:
                self._do(chain)
                return True
        return False

    def keep_apart(self, visit: Visit) -> None:
        """Change last time's team by a chain that leaves the loads, up to who has which, as they are."""
        team = self.teams[visit.id]
        if team != visit.last:
            return
        for leaving in sorted(team, key=self.inspectors.index):
            for coming in self.admissible[visit.id]:
                if coming in team:
                    continue
                first = ((visit.id, leaving, coming),)
                rest = self._chain(coming, self.load[leaving] - 1, first, strict=True, back_to=leaving)
                if rest is not None:
                    self._do(rest)
                    return

    def _chain(
        self, source: str, goal: int, before: tuple[Move, ...], *, strict: bool, back_to: str = ""
    ) -> tuple[Move, ...] | None:
        """The shortest chain from who has one place too many to somebody whose load is no more than `goal` (or back to somebody)."""
        if before and self.load[source] <= goal:
            return before
        reached = {source: before}
        queue = [source]
        for giver in queue:
            used = {name for name, _, _ in reached[giver]}
            for visit in self.served:
                if visit.id in used or giver not in self.teams[visit.id]:
                    continue
                for taker in self.admissible[visit.id]:
                    if taker in reached or not self._fits(visit, giver, taker, strict=strict):
                        continue
                    reached[taker] = (*reached[giver], (visit.id, giver, taker))
                    if self.load[taker] <= goal or taker == back_to:
                        return reached[taker]
                    queue.append(taker)
        return None

    def _fits(self, visit: Visit, leaving: str, coming: str, *, strict: bool) -> bool:
        team = self.teams[visit.id]
        return coming not in team and not (strict and (team - {leaving}) | {coming} == visit.last)

    def _do(self, chain: Sequence[Move]) -> None:
        for name, leaving, coming in chain:
            self.teams[name].discard(leaving)
            self.teams[name].add(coming)
            self.load[leaving] -= 1
            self.load[coming] += 1
