"""Rivest's consistent sampler: the known answers, the public package, and what a fair draw must be."""

import json
import random
from collections import Counter
from math import sqrt

import pytest
from consistent_sampler import sampler
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import DATA, needs_shared
from wenlv_desk.standards.consistent_sampler import order, seed_hash, shown, smallest, ticket

UNITS, DRAWN, SEEDS = 69, 14, 100_000
SHOPS = [f"9137068{n:011d}" for n in range(UNITS)]


def vectors() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        (DATA / "sampler" / "consistent_sampler_vectors.json").read_text("utf-8")
    )
    return found


@needs_shared
def test_the_known_answers_come_out() -> None:
    seen, many = 0, [*(f"AB-{n}" for n in range(2000)), *(f"CD-{n}" for n in range(1000))]
    for vector in vectors():
        ids = many if isinstance(vector["ids"], str) else [str(one) for one in vector["ids"]]  # type: ignore[attr-defined]
        args: dict[str, object] = vector["args"]  # type: ignore[assignment]
        made = order(ids, str(args["seed"]))
        if vector["name"] == "stratified: tickets < 0.01 of 3000 ids AB-":
            made = [one for one in made if one.number < "0.01"]
        made = made[int(args.get("drop", 0)) :]  # type: ignore[call-overload]
        for expected, one in zip(vector["expected"], made, strict=False):  # type: ignore[call-overload]
            if isinstance(expected, list):
                assert [shown(one.number), one.id] == [expected[0], str(expected[1])]
            else:
                assert one.id == str(expected)
            seen += 1
    assert seen > 40


def test_tickets_are_those_of_the_public_package() -> None:
    theirs = sampler(SHOPS, seed="青文旅抽查〔2026〕3号/1/314159", take=UNITS)
    ours = order(SHOPS, "青文旅抽查〔2026〕3号/1/314159")
    assert [(shown(one.number), one.id) for one in ours] == [(one[0], one[1]) for one in theirs]


@given(st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=80), st.text(max_size=6), st.integers(0, 90))
def test_the_quick_way_is_the_plain_one(ids: list[str], seed: str, count: int) -> None:
    ids = [one.encode("utf-8", "ignore").decode() + f"#{place}" for place, one in enumerate(ids)]
    seed = seed.encode("utf-8", "ignore").decode()
    assert smallest(ids, seed, count) == order(ids, seed)[:count]


def test_the_quick_way_is_the_plain_one_of_many() -> None:
    ids = [f"U{n}" for n in range(20_000)]
    for count in (0, 1, 7, 500, 19_999, 20_000, 30_000):
        assert smallest(ids, "s", count) == order(ids, "s")[:count]


def test_two_objects_with_one_identifier_cannot_be_drawn() -> None:
    for draw in (order, lambda ids, seed: smallest(ids, seed, 3)):
        with pytest.raises(ValueError, match="same identifier"):
            draw(["a", "b", "a"], "s")


def test_a_thousand_shuffles_of_the_list_give_the_same_draw() -> None:
    rng, expected = random.Random(11), smallest(SHOPS, "seed", DRAWN)
    for _ in range(1000):
        shuffled = SHOPS[:]
        rng.shuffle(shuffled)
        assert smallest(shuffled, "seed", DRAWN) == expected


def test_one_more_unit_changes_at_most_one_place_and_a_larger_draw_extends_a_smaller_one() -> None:
    for n in range(200):
        before = [one.id for one in smallest(SHOPS, f"s{n}", DRAWN)]
        after = [one.id for one in smallest([*SHOPS, "one more"], f"s{n}", DRAWN)]
        assert len(set(before) - set(after)) <= 1
        assert [one for one in after if one != "one more"] == before[: len(after) - ("one more" in after)]
        assert [one.id for one in smallest(SHOPS, f"s{n}", DRAWN + 5)][:DRAWN] == before


def test_every_unit_is_drawn_as_often_as_every_other() -> None:
    """100,000 seeds over 14 of 69: each within 4 sigma of 20.29 %, and the whole not rejected at 0.001."""
    counted: Counter[str] = Counter()
    for n in range(SEEDS):
        counted.update(one.id for one in smallest(SHOPS, f"{n}", DRAWN))
    share = DRAWN / UNITS
    expected, sigma = SEEDS * share, sqrt(SEEDS * share * (1 - share))
    assert sum(counted.values()) == SEEDS * DRAWN
    assert max(abs(counted[one] - expected) for one in SHOPS) < 4 * sigma
    # Sampling without replacement: the counts' covariance is that of a multinomial times (1 - share) N / (N - 1).
    statistic = sum((counted[one] - expected) ** 2 for one in SHOPS) / (expected * (1 - share) * UNITS / (UNITS - 1))
    assert statistic < 111.06, statistic  # chi-square with 68 degrees of freedom, upper 0.001


def test_a_ticket_is_a_fraction_as_long_as_it_gets() -> None:
    number = ticket(seed_hash("01382438112797316654"), "AB-130")
    assert number.startswith("0.262997141")
    assert len(number) >= 66
    assert shown("0.9991234567890") == "0.999123456789"
