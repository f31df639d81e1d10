"""Sealed lists and records of draws for tests, made from chance alone: no database, no person."""

import random
from typing import Any

from wenlv_desk.registries.inspection import proof


def sealed(rng: random.Random, *, units: int | None = None, inspectors: int | None = None) -> dict[str, Any]:
    """A commitment with one to three strata, some barred, some last pairs."""
    count = units if units is not None else rng.randint(1, 25)
    people = [f"R{n}" for n in range(inspectors if inspectors is not None else rng.choice([0, 2, 3, 5, 8]))]
    strata = rng.randint(1, min(3, count))
    pool = [_unit(rng, place, strata, people) for place in range(count)]
    pool.sort(key=lambda one: one["id"])
    sizes = [sum(one["stratum"] == place for one in pool) for place in range(strata)]
    no = f"演文旅抽查〔2026〕{rng.randint(1, 99)}号"
    return {
        "format": proof.COMMITMENT_FORMAT,
        "office": "演示市文化和旅游局",
        "task": {
            "no": no,
            "name": "出版物市场随机抽查",
            "window": ["2026-12-01", "2026-12-20"],
            "items": [{"code": "CB-01", "name": "经营活动检查", "version": "1"}],
        },
        "attempt": 1,
        "earlier": [],
        "committed_at": "2026-11-23T09:00:00",
        "source": {"kind": "当场掷骰子", "said": "二十枚骰子"},
        "seed_prefix": f"{no}/1/",
        "per_object": 2 if people else 0,
        "strata": [
            {"name": f"第{place}层", "rule": "按 20%", "size": size, "wanted": rng.randint(0, size)}
            for place, size in enumerate(sizes)
        ],
        "pool": pool,
        "excluded": [{"id": "X1", "name": "停业的店", "why": "经营状态为停业"}],
        "inspectors": [{"key": key, "name": "张*"} for key in people],
        "not_inspectors": [],
    }


def _unit(rng: random.Random, place: int, strata: int, people: list[str]) -> dict[str, Any]:
    able = len(people) > 3
    return {
        "id": f"92370687MA{rng.randrange(36**8):08d}",
        "name": rng.choice(["䶮", "𠮷", "海", "山"]) + f"书店{place}",
        "stratum": place if place < strata else rng.randrange(strata),
        "grade": rng.choice("ABCD"),
        "barred": sorted(rng.sample(people, 1)) if able and rng.random() < 0.3 else [],
        "last": sorted(rng.sample(people, 2)) if len(people) > 1 and rng.random() < 0.5 else [],
    }


def record(commitment: dict[str, Any], digits: str = "16234515263412635412") -> dict[str, Any]:
    """The record of drawing from it with these digits."""
    return proof.record_of(
        commitment,
        digits=digits,
        entered_at="2026-11-23T09:20:00",
        witnesses=["苏**"],
        drawn_at="2026-11-23T09:21:00",
        result=proof.carry_out(commitment, digits),
    )


def resealed(one: dict[str, Any]) -> dict[str, Any]:
    """A record whose digests were all computed anew by whoever changed it."""
    rest = {name: value for name, value in one.items() if name != "digest"}
    digest = proof.digest_of(rest["commitment"])
    rest |= {"commitment_digest": digest, "code": proof.readable_code(digest)}
    return rest | {"digest": proof.digest_of(rest)}
