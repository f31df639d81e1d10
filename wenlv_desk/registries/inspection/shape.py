"""The shape of a draw's documents, as data: which fields, of which kind, and nothing else. The public page has the same table."""

from collections.abc import Iterator
from typing import Any

TEXT, WHOLE = "text", "number"
MOST = 2**53 - 1  # what JavaScript counts exactly
Shape = Any  # TEXT, WHOLE, [shape] for a list, {name: shape} for fields
COMMITMENT: Shape = {
    "format": TEXT,
    "office": TEXT,
    "task": {"no": TEXT, "name": TEXT, "window": [TEXT], "items": [{"code": TEXT, "name": TEXT, "version": TEXT}]},
    "attempt": WHOLE,
    "earlier": [{"attempt": WHOLE, "code": TEXT, "state": TEXT, "why": TEXT, "committed_at": TEXT}],
    "committed_at": TEXT,
    "source": {"kind": TEXT, "said": TEXT},
    "seed_prefix": TEXT,
    "per_object": WHOLE,
    "strata": [{"name": TEXT, "rule": TEXT, "size": WHOLE, "wanted": WHOLE}],
    "pool": [{"id": TEXT, "name": TEXT, "stratum": WHOLE, "grade": TEXT, "barred": [TEXT], "last": [TEXT]}],
    "excluded": [{"id": TEXT, "name": TEXT, "why": TEXT}],
    "inspectors": [{"key": TEXT, "name": TEXT}],
    "not_inspectors": [{"key": TEXT, "name": TEXT, "why": TEXT}],
}
RECORD: Shape = {
    "format": TEXT,
    "commitment": COMMITMENT,
    "commitment_digest": TEXT,
    "code": TEXT,
    "seed": {"digits": TEXT, "entered_at": TEXT, "witnesses": [TEXT]},
    "drawn_at": TEXT,
    "result": {"drawn": [{"stratum": WHOLE, "rank": WHOLE, "id": TEXT, "ticket": TEXT, "team": [TEXT]}]},
    "digest": TEXT,
}


def problems_of(value: Any, shape: Shape, where: str = "记录") -> Iterator[str]:
    """What does not have the shape, a sentence each."""
    if isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{where}应是一列"
            return
        for place, one in enumerate(value):
            yield from problems_of(one, shape[0], f"{where}[{place}]")
    elif isinstance(shape, dict):
        yield from _fields(value, shape, where)
    elif shape == TEXT and not (isinstance(value, str) and _whole_text(value)):
        yield f"{where}应是文字"
    elif shape == WHOLE and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST):
        yield f"{where}应是不小于 0 的整数"


def _fields(value: Any, shape: dict[str, Shape], where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}应是一组项目"
        return
    if lacking := [name for name in shape if name not in value]:
        yield f"{where}缺少 {'、'.join(lacking)}"
    if extra := [name for name in value if name not in shape]:
        yield f"{where}多出 {'、'.join(extra)[:80]}"
    for name, inner in shape.items():
        if name in value:
            yield from problems_of(value[name], inner, f"{where}.{name}")


def _whole_text(text: str) -> bool:
    """Whether a text can be written as UTF-8: half a surrogate pair cannot."""
    return not any(0xD800 <= ord(char) < 0xE000 for char in text)
