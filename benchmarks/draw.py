"""Drawing 1,000 of 1,000,000 objects, against the bare SHA-256 work of the same tickets."""

from hashlib import sha256
from typing import Any

from benchmarks._turns import by_turns
from wenlv_desk.standards.consistent_sampler import seed_hash, smallest

OBJECTS, DRAWN, SEED = 1_000_000, 1_000, "演文旅抽查〔2026〕1号/1/16234515263412635412"
AIM = 1.5


def run() -> list[dict[str, Any]]:
    """One row: seconds of ours and of the floor (best of three, taken in turns), their ratio and the aim."""
    objects = [f"91370687MA{n:08d}" for n in range(OBJECTS)]
    ours, floor = by_turns(lambda: smallest(objects, SEED, DRAWN), lambda: _hash(objects))
    work = f"draw {DRAWN:,} of {OBJECTS:,} objects"
    return [{"work": work, "ours_s": ours, "floor_s": floor, "ratio": ours / floor, "aim": AIM}]


def _hash(objects: list[str]) -> None:
    prefix = seed_hash(SEED).encode("ascii")
    for one in objects:
        sha256(prefix + one.encode()).digest()
