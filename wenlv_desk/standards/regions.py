"""Codes of the administrative divisions (行政区划代码, GB/T 2260) with their history from 1981.

The table is advisory: old papers rightly carry abolished codes, and counties are founded faster than tables are made.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache

from wenlv_desk.resources import resource
from wenlv_desk.standards.finding import Reading, Severity
from wenlv_desk.standards.typed import typed_text

_CODE = re.compile(r"[1-9]\d{5}", re.ASCII)
_FOR_EVER = 9999


@dataclass(frozen=True, slots=True)
class Region:
    """One division under one name: in force from `start` up to, not including, `end` (None: still)."""

    code: str
    name: str
    start: int
    end: int | None
    successors: tuple[str, ...]  # codes that took over when it ended

    def in_force(self, year: int) -> bool:
        return self.start <= year < (self.end or _FOR_EVER)


@cache
def _table() -> dict[str, tuple[Region, ...]]:
    """Code to its divisions, oldest first."""
    found: dict[str, list[Region]] = {}
    with resource("regions", "gbt2260.csv").open(encoding="utf-8", newline="") as file:
        for code, name, start, end, successors in list(csv.reader(file))[1:]:
            entry = Region(code, name, int(start), int(end) if end else None, _final(successors) if end else ())
            found.setdefault(code, []).append(entry)
    return {code: tuple(sorted(entries, key=lambda entry: entry.start)) for code, entries in found.items()}


def _final(successors: str) -> tuple[str, ...]:
    """The codes without a year: parts handed over earlier, `[2001]`, are not where the division went in the end."""
    parts = successors.split(";") if successors else []
    return tuple(part for part in parts if "[" not in part) or tuple(part[:6] for part in parts)


@cache
def _prefixes(length: int) -> frozenset[str]:
    return frozenset(code[:length] for code in _table())


def is_known_province(code: str) -> bool:
    """Whether the first two digits are those of a province-level division, present or past."""
    return code[:2] in _prefixes(2)


def is_known_prefecture(code: str) -> bool:
    """Whether any division, present or past, shares the first four digits."""
    return code[:4] in _prefixes(4)


def find_region(code: str, year: int | None = None) -> Region | None:
    """The division with the code in `year`; without a year the present one, else the last that was."""
    entries = _table().get(code, ())
    if year is not None:
        return next((entry for entry in entries if entry.in_force(year)), None)
    return max(entries, key=lambda entry: entry.end or _FOR_EVER, default=None)


def full_name(code: str, year: int | None = None) -> str | None:
    """山东省烟台市海阳市 for 370687, with the names of the year (its first year in force when it is gone)."""
    region = find_region(code, year)
    if region is None:
        return None
    then = year if year is not None or region.end is None else region.end - 1
    above = [find_region(upper, then) for upper in dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00")) if upper != code]
    return "".join(part.name for part in (*above, region) if part is not None)


def successors(code: str) -> tuple[str, ...]:
    """The codes in force today that follow an abolished code; the code itself when it is in force."""
    open_codes, seen, current = [code], set(), []
    while open_codes:
        region = find_region(candidate := open_codes.pop(0))
        if region is None or candidate in seen:
            continue
        seen.add(candidate)
        if region.end is None:
            current.append(candidate)
        else:
            open_codes.extend(region.successors)
    return tuple(sorted(current))


def children(code: str) -> tuple[Region, ...]:
    """The divisions in force one level below a province (or prefecture), in the order of their codes."""
    if code.endswith("0000"):
        below = [entry for entry in _current() if entry.code[:2] == code[:2] and entry.code != code]
        cities = {entry.code for entry in below if entry.code.endswith("00")}
        return tuple(entry for entry in below if entry.code in cities or f"{entry.code[:4]}00" not in cities)
    return tuple(entry for entry in _current() if entry.code[:4] == code[:4] and entry.code != code)


def _current() -> list[Region]:
    found = (find_region(code) for code in sorted(_table()))
    return [entry for entry in found if entry is not None and entry.end is None]


def read_region(raw: object) -> Reading[str]:
    """A six-digit code; one that is unknown or abolished is kept with a warning that names who followed."""
    text = typed_text(raw)
    if not text:
        return Reading(None)
    if not _CODE.fullmatch(text):
        return Reading(None, f"行政区划代码应为 6 位数字，“{text}”不是", Severity.REJECT)
    region = find_region(text)
    if region is None:
        return Reading(text, f"区划代码表（1981—2024年）中没有 {text}，请核对", Severity.WARN)
    if region.end is None:
        return Reading(text)
    following = successors(text)
    named = "、".join(f"{code} {full_name(code)}" for code in following)
    tail = f"，现为 {named}" if named else ""
    return Reading(text, f"{text} {region.name}已于 {region.end} 年撤销或更名{tail}", Severity.WARN, None, following)
