"""Teams of inspectors: every rule held, evenly, by chance among all that is admissible, last time's pair kept away."""

import random
from collections import Counter
from itertools import chain, combinations, product

import pytest

from wenlv_desk.registries.inspection.teams import NoTeamError, Visit, form_teams

Teams = dict[str, tuple[str, ...]]


def roster(rng: random.Random) -> tuple[list[Visit], list[str]]:
    """A small roster: up to five inspectors, up to four objects, some barred, most with a last pair."""
    inspectors = [f"R{n}" for n in range(rng.randint(2, 5))]
    visits = []
    for place in range(rng.randint(1, 4)):
        barred = frozenset(one for one in inspectors if rng.random() < 0.25)
        if len(inspectors) - len(barred) < 2:
            barred = frozenset()
        last = frozenset(rng.sample(inspectors, 2)) if rng.random() < 0.7 else frozenset()
        visits.append(Visit(f"o{place}", barred, last))
    return visits, inspectors


def loads(teams: Teams, inspectors: list[str]) -> list[int]:
    counted = Counter(chain(*teams.values()))
    return [counted[one] for one in inspectors]


def squares(teams: Teams, inspectors: list[str]) -> int:
    return sum(load * load for load in loads(teams, inspectors))


def repeats(teams: Teams, visits: list[Visit]) -> int:
    return sum(set(teams[one.id]) == one.last for one in visits)


def every_assignment(visits: list[Visit], inspectors: list[str]) -> list[Teams]:
    """All there are, by brute force."""
    admissible = [[team for team in combinations(inspectors, 2) if not one.barred.intersection(team)] for one in visits]
    names = [one.id for one in visits]
    return [dict(zip(names, chosen, strict=True)) for chosen in product(*admissible)]


def test_no_rule_is_broken_in_ten_thousand_rosters() -> None:
    rng = random.Random(20261123)
    for trial in range(10_000):
        visits, inspectors = roster(rng)
        teams = form_teams(visits, inspectors, 2, f"s{trial}")
        for one in visits:
            assert len(set(teams[one.id])) == 2
            assert not one.barred.intersection(teams[one.id])


def test_nobody_could_share_the_work_more_evenly_and_last_times_pair_comes_only_where_it_must() -> None:
    rng = random.Random(7)
    for trial in range(600):
        visits, inspectors = roster(rng)
        teams = form_teams(visits, inspectors, 2, f"s{trial}")
        every = every_assignment(visits, inspectors)
        fairest = min(squares(one, inspectors) for one in every)
        assert squares(teams, inspectors) == fairest
        spread = min(max(of) - min(of) for of in (loads(one, inspectors) for one in every))
        mine = loads(teams, inspectors)
        assert max(mine) - min(mine) <= max(1, spread)
        even = [one for one in every if squares(one, inspectors) == fairest]
        assert repeats(teams, visits) == min(repeats(one, visits) for one in even)


def test_every_even_assignment_is_reached() -> None:
    inspectors = ["R0", "R1", "R2", "R3"]
    visits = [Visit("o0", frozenset({"R3"})), Visit("o1"), Visit("o2", frozenset({"R0"}))]
    every = every_assignment(visits, inspectors)
    fairest = min(squares(one, inspectors) for one in every)
    wanted = {tuple(frozenset(one[v.id]) for v in visits) for one in every if squares(one, inspectors) == fairest}
    seen = set()
    for n in range(3000):
        teams = form_teams(visits, inspectors, 2, f"s{n}")
        seen.add(tuple(frozenset(teams[v.id]) for v in visits))
    assert seen == wanted


def test_all_pairs_of_inspectors_occur() -> None:
    inspectors = [f"R{n}" for n in range(8)]
    visits = [Visit(f"o{n}") for n in range(14)]
    pairs = Counter(frozenset(team) for n in range(60) for team in form_teams(visits, inspectors, 2, f"s{n}").values())
    assert len(pairs) == 28
    assert max(pairs.values()) < 3 * min(pairs.values())


def test_a_team_of_three_and_many_objects() -> None:
    rng = random.Random(3)
    inspectors = [f"R{n}" for n in range(30)]
    visits = [
        Visit(f"o{n}", frozenset(rng.sample(inspectors, 5)), frozenset(rng.sample(inspectors, 3))) for n in range(200)
    ]
    teams = form_teams(visits, inspectors, 3, "s")
    assert loads(teams, inspectors) == [20] * 30
    assert repeats(teams, visits) == 0
    assert form_teams(list(reversed(visits)), inspectors, 3, "s") == teams


def test_who_has_too_few_is_named_with_those_he_has() -> None:
    with pytest.raises(NoTeamError) as refused:
        form_teams([Visit("o0"), Visit("o1", frozenset({"R1"}))], ["R0", "R1"], 2, "s")
    assert refused.value.short == {"o1": ("R0",)}
    assert form_teams([], ["R0"], 2, "s") == {}
