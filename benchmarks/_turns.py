"""Ours and the floor timed by turns, so that a machine that slows down slows both."""

import time
from collections.abc import Callable

ROUNDS = 3


def by_turns(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Seconds of each, the best of three."""
    times: dict[str, list[float]] = {"ours": [], "floor": []}
    for _ in range(ROUNDS):
        for name, work in (("ours", ours), ("floor", floor)):
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return min(times["ours"]), min(times["floor"])
