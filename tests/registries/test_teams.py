"""Teams of inspectors: every rule held, evenly, by chance among all that is admissible, last time's pair kept away."""

import random
from collections import Counter
from itertools import chain, combinations, product
from typing import Any

import pytest

from wenlv_desk.registries.inspection.teams import NoTeamError, Visit, arrange, form_teams

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


def crowded(rng: random.Random) -> tuple[list[Visit], list[str]]:
    """A roster in which few may go where, and most of those went last time: some last pairs must go again."""
    inspectors = [f"R{n}" for n in range(rng.randint(3, 6))]
    visits = []
    for place in range(rng.randint(2, 4)):
        able = rng.sample(inspectors, rng.randint(2, len(inspectors)))
        last = rng.sample(able, 2) if rng.random() < 0.9 else []
        visits.append(Visit(f"o{place}", frozenset(inspectors).difference(able), frozenset(last)))
    return visits, inspectors


def test_where_some_last_pairs_must_go_again_as_few_do_as_can_be() -> None:
    rng, forced = random.Random(13), 0
    for trial in range(800):
        visits, inspectors = crowded(rng)
        made = arrange(visits, inspectors, 2, f"s{trial}")
        best = min((squares(one, inspectors), repeats(one, visits)) for one in every_assignment(visits, inspectors))
        assert (squares(made.of, inspectors), repeats(made.of, visits)) == best
        assert len(made.again) == best[1]
        assert (made.least, made.most) == (min(loads(made.of, inspectors)), max(loads(made.of, inspectors)))
        forced += best[1] > 0
    assert forced > 300


def test_two_of_three_who_went_last_time_are_last_times_team_too() -> None:
    visits = [Visit("o0", frozenset({"R3"}), frozenset({"R0", "R1", "R9"})), Visit("o1")]
    for n in range(50):
        assert set(form_teams(visits, ["R0", "R1", "R2", "R3"], 2, f"s{n}")["o0"]) != {"R0", "R1"}


def test_the_order_of_the_lists_does_not_matter() -> None:
    rng = random.Random(17)
    for trial in range(500):
        visits, inspectors = crowded(rng)
        teams = form_teams(visits, inspectors, 2, f"s{trial}")
        assert (
            form_teams(rng.sample(visits, len(visits)), rng.sample(inspectors, len(inspectors)), 2, f"s{trial}")
            == teams
        )


@pytest.mark.parametrize(("objects", "people"), [(3, 5), (10, 9)])
def test_nobody_is_favoured_by_a_place_on_the_list(objects: int, people: int) -> None:
    """All are alike here, so all pairs are: chi-square of an object's pairs is not rejected at 0.001, nor are the leads."""
    inspectors, draws = [f"R{n}" for n in range(people)], 6000
    visits = [Visit(f"o{n}") for n in range(objects)]
    teams = [form_teams(visits, inspectors, 2, f"s{n}")["o0"] for n in range(draws)]
    assert (
        chi_square(Counter(map(frozenset, teams)), draws, people * (people - 1) // 2)
        < {10: 27.88, 36: 66.62}[people * (people - 1) // 2]
    )
    assert chi_square(Counter(team[0] for team in teams), draws, people) < {5: 18.47, 9: 26.12}[people]


def chi_square(counted: Counter[Any], draws: int, kinds: int) -> float:
    expected = draws / kinds
    return sum((n - expected) ** 2 / expected for n in counted.values()) + (kinds - len(counted)) * expected


def test_names_that_occur_twice_are_refused() -> None:
    for visits, inspectors in (([Visit("o"), Visit("o")], ["R0", "R1"]), ([Visit("o")], ["R0", "R0"])):
        with pytest.raises(ValueError, match="same name"):
            form_teams(visits, inspectors, 2, "s")
