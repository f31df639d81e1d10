"""Rivest's consistent sampler (一致抽样): a ticket for every object from the seed and its own identifier; the smallest are drawn.

A ticket depends on nothing but the seed and the identifier, so the list's order does not matter, another object changes at most
one place, and a larger sample extends a smaller one. Tickets are those of the public Python package `consistent_sampler` 1.0.10
(first tickets, sampling without replacement): SHA-256 over the seed's own SHA-256 and the identifier, in decimal, read backwards.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from heapq import nsmallest
from typing import NamedTuple

SHOWN_DIGITS = 9
LEAST_DIGITS = 64  # a ticket has as many decimals, though its number be small
HEAD = 1000  # tickets are sorted out by their first three decimals before they are written out
_REVERSED = [int(f"{low:03d}"[::-1]) for low in range(HEAD)]  # what three last digits are as first decimals


class Ticket(NamedTuple):
    """A ticket's number (0.ddd…, compared as text) and whose it is."""

    number: str
    id: str


def seed_hash(seed: str) -> str:
    """The seed as tickets use it: its SHA-256 in hexadecimal."""
    return sha256(seed.encode("utf-8")).hexdigest()


def ticket(hashed_seed: str, identifier: str) -> str:
    """The number of an object's ticket, between 0 and 1, as decimal text of full length."""
    return _written(int.from_bytes(sha256((hashed_seed + identifier).encode("utf-8")).digest()))


def _written(number: int) -> str:
    return "0." + f"{number:0{LEAST_DIGITS}d}"[::-1]


def shown(number: str) -> str:
    """A ticket's number cut to nine digits after any leading nines, as the package shows it."""
    nines = len(number) - 2 - len(number[2:].lstrip("9"))
    return number[: 2 + nines + SHOWN_DIGITS]


def order(identifiers: Sequence[str], seed: str) -> list[Ticket]:
    """Every object in the order in which it would be drawn. ValueError when two have one identifier."""
    _refuse_doubles(identifiers)
    hashed = seed_hash(seed)
    return sorted(Ticket(ticket(hashed, one), one) for one in identifiers)


def smallest(identifiers: Sequence[str], seed: str, count: int) -> list[Ticket]:
    """The `count` smallest tickets in order, as `order` begins. ValueError when two of those looked at have one identifier.

    Only objects whose first decimals are low enough get their number written out: that takes longer than hashing.
    """
    if count <= 0:
        return []
    prefix = seed_hash(seed).encode("ascii")
    limit = _limit(len(identifiers), count)
    kept = _below(identifiers, prefix, limit)
    if len(kept) < min(count, len(identifiers)):  # chance gave fewer low ones than can be expected
        kept = _below(identifiers, prefix, HEAD)
    _refuse_doubles([one.id for one in kept])
    return nsmallest(count, kept)


def _limit(population: int, count: int) -> int:
    """First decimals below which far more than `count` of the tickets lie (six standard deviations)."""
    wanted = count + 6 * count**0.5 + 10
    return min(HEAD, int(HEAD * wanted / max(population, 1)) + 1)


def _below(identifiers: Iterable[str], prefix: bytes, limit: int) -> list[Ticket]:
    """The tickets whose first three decimals are below the limit."""
    low = [_REVERSED[last] < limit for last in range(HEAD)]
    hashed, number_of = sha256, int.from_bytes
    return [
        Ticket(_written(number), one)
        for one in identifiers
        if low[(number := number_of(hashed(prefix + one.encode()).digest())) % HEAD]
    ]


def _refuse_doubles(identifiers: Sequence[str]) -> None:
    if len(set(identifiers)) != len(identifiers):
        raise ValueError("two objects have the same identifier")
