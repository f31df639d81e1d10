"""Teams under way: whether a wish can be met by passing places on, without making loads less even or letting a team go again.

An inspector who gets one place more passes another on to a second, the second to a third, until somebody with a load one higher has given
one up, or the place that was given away is free again. This is a flow with convex costs (the squares of the loads; a last team that goes
again), of which only cheapest ones are looked at: from each of them every other one is reached by such chains that cost nothing, so that
a no is final. Sets of inspectors are whole numbers, one bit each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

ALIKE = -1  # a step at no object: one has a place more, another whose load is one higher has a place fewer


@dataclass
class Seat:
    """An object: who may go, last time's team, who goes now, and who of them cannot be taken away any more."""

    admissible: int
    last: int
    counted: bool = False  # whether a last team that goes again is counted against it
    team: int = 0
    kept: int = 0


class Step(NamedTuple):
    """At an object (or ALIKE) `coming` takes over from `leaving`."""

    place: int
    leaving: int
    coming: int


class Chain(NamedTuple):
    """Who gets a place more, how it is passed on, who has one fewer in the end; and how many more last teams go again."""

    start: int
    steps: tuple[Step, ...]
    end: int
    cost: int


class Plan:
    """Everybody's places: teams are full, loads as even as they can be, and as few last teams go again as can be."""

    def __init__(self, seats: Sequence[Seat], inspectors: int, per_object: int) -> None:
        self._seats, self._size = seats, per_object
        self.load = [0] * inspectors
        self._alike = {0: (1 << inspectors) - 1}  # who has a load
        self._movable: list[set[int]] = [set() for _ in range(inspectors)]  # places of each that can be passed on
        self._again = 0  # last teams that go again, where that is counted
        self._fill()
        for place in range(len(seats)):
            self._count(place)

    def take(self, place: int, one: int) -> bool:
        """Promise that this inspector goes there; whether that can be promised."""
        seat, bit = self._seats[place], 1 << one
        if not seat.team & bit:
            chain = self._cheapest(place, bit, seat.team & ~seat.kept)
            if chain is None or chain.cost:
                return False
            self._exchange(place, chain)
        seat.kept |= bit
        self._movable[one].discard(place)
        return True

    def again(self, place: int) -> bool:
        """Whether all who go there went there last time, too."""
        seat = self._seats[place]
        return (seat.team & seat.last).bit_count() == self._size

    def _fill(self) -> None:
        """Teams of those with the least to do, then places passed on until no two loads can be brought nearer to each other."""
        for place, seat in enumerate(self._seats):
            for one in sorted(_numbers(seat.admissible), key=self.load.__getitem__)[: self._size]:
                self._enter(place, one)
        while any(self._even_out(one) for one in sorted(range(len(self.load)), key=lambda one: -self.load[one])):
            pass

    def _even_out(self, one: int) -> bool:
        lower = sum(mask for load, mask in self._alike.items() if load < self.load[one] - 1)
        chain = self._chain(1 << one, lower, alike=False)
        if chain is not None:
            self._pass_on(chain.steps)
        return chain is not None

    def _count(self, place: int) -> None:
        """From now on let as few last teams as possible go again, this object's among them."""
        seat = self._seats[place]
        if self.again(place):
            chain = self._cheapest(place, seat.admissible & ~seat.last, seat.team)
            if chain is None or chain.cost:
                self._again += 1
            else:
                self._exchange(place, chain)
        seat.counted = True

    def _cheapest(self, place: int, comers: int, leavers: int) -> Chain | None:
        """The cheapest way for one of `comers` to come to an object for one of `leavers`."""
        found = [
            chain._replace(cost=chain.cost + self._price(self._seats[place], leaving, coming))
            for leaving in (leavers & self._seats[place].last, leavers & ~self._seats[place].last)
            for coming in (comers & self._seats[place].last, comers & ~self._seats[place].last)
            if leaving and coming and (chain := self._chain(coming, leaving)) is not None
        ]
        return min(found, key=lambda chain: (chain.cost, len(chain.steps)), default=None)

    def _price(self, seat: Seat, leaving: int, coming: int) -> int:
        """How many more last teams go again by such a step: 1, 0 or -1. All of `leaving`, and of `coming`, were there or were not."""
        if not seat.counted:
            return 0
        before = (seat.team & seat.last).bit_count()
        after = before - bool(leaving & seat.last) + bool(coming & seat.last)
        return (after == self._size) - (before == self._size)

    def _chain(self, starts: int, goals: int, *, alike: bool = True) -> Chain | None:
        """The cheapest and among those the shortest chain, from one of `starts` to one of `goals`.

        The shortest, because two steps of a longer one at the same object might not go together. In rounds: what costs the least
        with so many steps. Where no last team goes again a step that lets one is never made good, and the first chain is cheapest.
        """
        worth = range(-self._again, self._again + 1)
        reached = {cost: starts if cost >= 0 else 0 for cost in worth}  # who at no more than a cost
        rounds: list[dict[int, tuple[int, Step | None]]] = [dict.fromkeys(_numbers(starts), (0, None))]
        best: tuple[int, int, int] | None = None
        for turn in count():
            for one, (cost, _) in rounds[turn].items():
                if goals >> one & 1 and (best is None or cost < best[0]):
                    best = (cost, turn, one)
            if not rounds[turn] or (best is not None and not self._again):
                break
            rounds.append(self._round(rounds[turn], reached, alike=alike))
        return None if best is None else _traced(rounds, *best)

    def _round(
        self, frontier: dict[int, tuple[int, Step | None]], reached: dict[int, int], *, alike: bool
    ) -> dict[int, tuple[int, Step | None]]:
        """Who is reached more cheaply by one more step."""
        fresh: dict[int, tuple[int, Step | None]] = {}
        for leaving, (cost, _) in frontier.items():
            for place, comers, price in self._ways(leaving, alike=alike):
                if cost + price not in reached:
                    continue
                new = comers & ~reached[cost + price]
                for dearer in range(cost + price, self._again + 1):
                    reached[dearer] |= new
                for coming in _numbers(new):
                    fresh[coming] = (cost + price, Step(place, leaving, coming))
        return fresh

    def _ways(self, leaving: int, *, alike: bool) -> Iterator[tuple[int, int, int]]:
        """Where somebody can pass a place on, to whom, at what price."""
        if alike:
            yield ALIKE, self._alike.get(self.load[leaving] + 1, 0), 0
        for place in self._movable[leaving]:
            seat = self._seats[place]
            comers = seat.admissible & ~seat.team
            if not seat.counted:
                yield place, comers, 0
                continue
            for some in (comers & seat.last, comers & ~seat.last):
                if some:
                    yield place, some, self._price(seat, 1 << leaving, some)

    def _exchange(self, place: int, chain: Chain) -> None:
        """Let the chain's start come to the object, and its end leave it."""
        self._pass_on(chain.steps)
        self._leave(place, chain.end)
        self._enter(place, chain.start)

    def _pass_on(self, steps: Sequence[Step]) -> None:
        for step in steps:
            if step.place != ALIKE:
                self._leave(step.place, step.leaving)
                self._enter(step.place, step.coming)

    def _enter(self, place: int, one: int) -> None:
        self._seats[place].team |= 1 << one
        self._movable[one].add(place)
        self._burden(one, 1)

    def _leave(self, place: int, one: int) -> None:
        self._seats[place].team &= ~(1 << one)
        self._movable[one].discard(place)
        self._burden(one, -1)

    def _burden(self, one: int, more: int) -> None:
        self._alike[self.load[one]] &= ~(1 << one)
        self.load[one] += more
        self._alike[self.load[one]] = self._alike.get(self.load[one], 0) | 1 << one


def _traced(rounds: Sequence[dict[int, tuple[int, Step | None]]], cost: int, turn: int, end: int) -> Chain:
    """The chain that came to its end in this round."""
    steps: list[Step] = []
    one = end
    for back in range(turn, 0, -1):
        step = rounds[back][one][1]
        assert step is not None
        steps.append(step)
        one = step.leaving
    return Chain(one, tuple(reversed(steps)), end, cost)


def _numbers(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit
