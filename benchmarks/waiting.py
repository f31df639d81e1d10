"""How long a firm waits to be drawn: ten years of 14 of 69 a year, simulated with the sampler, beside the exact probabilities.

Rows are the year in which a firm is drawn for the first time, and never; ours is the share simulated, the floor the exact one,
p (1 - p)^(year - 1) and (1 - p)^10 with p = 14/69.
"""

from collections import Counter
from math import sqrt
from typing import Any

from wenlv_desk.standards.consistent_sampler import smallest

UNITS, DRAWN, YEARS, HISTORIES = 69, 14, 10, 3000
AIM = 1.1  # at the shares that are small chance alone makes some per cent
SHOPS = [f"92370687MA{n:08d}" for n in range(UNITS)]


def run() -> list[dict[str, Any]]:
    """A row a year, and one for who is never drawn."""
    first: Counter[int] = Counter()
    for history in range(HISTORIES):
        waiting = set(SHOPS)
        for year in range(1, YEARS + 1):
            drawn = waiting.intersection(one.id for one in smallest(SHOPS, f"{history}/{year}", DRAWN))
            first[year] += len(drawn)
            waiting -= drawn
        first[0] += len(waiting)
    share = DRAWN / UNITS
    exact = {year: share * (1 - share) ** (year - 1) for year in range(1, YEARS + 1)} | {0: (1 - share) ** YEARS}
    return [_row(year, first[year], exact[year]) for year in exact]


def _row(year: int, count: int, exact: float) -> dict[str, Any]:
    total = UNITS * HISTORIES
    sigma = (count - total * exact) / sqrt(total * exact * (1 - exact))
    work = f"first drawn in year {year}" if year else f"never drawn in {YEARS} years"
    seen = count / total
    return {"work": work, "ours": seen, "floor": exact, "ratio": seen / exact, "aim": AIM, "sigmas": round(sigma, 2)}
