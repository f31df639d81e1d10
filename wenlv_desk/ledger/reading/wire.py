"""What passes between the program and its reading process: the request, and the result as messages, rows turned into columns.

Columns instead of rows let both ends work at the speed of C: most columns hold one type and need no look at single cells.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, TypedDict, cast

from wenlv_desk.ledger.reading.model import Cell, Row

Column = tuple[str, list[object]]
"""How the cells are written: "plain" as they are, "date" as ordinals, "mixed" with dates and times as bytes."""

_EXACT_FLOAT: Final = 2.0**53
_LONGEST_NUMBER: Final = 1e22  # no identifier is longer; beyond it a float stays a float


class Request(TypedDict):
    """What the parent asks for; `limits` are the fields of `Limits`, `cpu_seconds` what this file may use."""

    path: str
    password: str | None
    cpu_seconds: int
    memory_mb: int
    unpacked_mb: int
    cells: int


def whole(number: float) -> int | float:
    """15.0 becomes 15. Beyond 2**53 the shortest decimal form counts: it is what Excel shows, not the binary tail."""
    if not number.is_integer():
        return number
    if abs(number) < _EXACT_FLOAT:
        return int(number)
    return int(Decimal(repr(number))) if abs(number) < _LONGEST_NUMBER else number


def _packed_datetime(value: datetime) -> bytes:
    return b"m" + value.isoformat().encode()


_PACKERS: Final[dict[type, Callable[..., object]]] = {
    str: lambda value: value or None,
    int: lambda value: value,
    float: whole,
    bool: lambda value: value,
    type(None): lambda nothing: nothing,
    date: lambda value: b"d" + value.isoformat().encode(),
    datetime: _packed_datetime,
    time: lambda value: b"t" + value.isoformat().encode(),
    timedelta: lambda value: b"s%d.%06d" % (value.days * 86400 + value.seconds, value.microseconds),
}
_PLAIN: Final = frozenset({str, int, bool, type(None)})


def _pack_column(cells: Sequence[Cell]) -> Column:
    kinds = set(map(type, cells))
    if kinds <= _PLAIN:
        return "plain", [None if cell == "" else cell for cell in cells] if "" in cells else list(cells)
    if kinds == {float}:
        return "plain", _whole_column(cast(Sequence[float], cells))
    if kinds == {date}:
        return "date", list(map(date.toordinal, cast(Sequence[date], cells)))
    return "mixed", [_PACKERS[type(cell)](cell) for cell in cells]


def _whole_column(cells: Sequence[float]) -> list[object]:
    if all(map(float.is_integer, cells)) and max(map(abs, cells)) < _EXACT_FLOAT:
        return list(map(int, cells))
    return [whole(cell) for cell in cells]


def pack_rows(rows: Iterable[Sequence[Cell]]) -> list[Column]:
    """Turn rows of equal length into columns fit for marshal; "" becomes None, 15.0 becomes 15."""
    return [_pack_column(column) for column in zip(*rows, strict=True)]


def _unpack_cell(packed: bytes) -> Cell:
    text = packed[1:].decode()
    match packed[:1]:
        case b"d":
            return date.fromisoformat(text)
        case b"m":
            return datetime.fromisoformat(text)
        case b"t":
            return time.fromisoformat(text)
        case _:
            seconds, microseconds = text.split(".")
            return timedelta(seconds=int(seconds), microseconds=int(microseconds))


class _Unpacked(dict[bytes, Cell]):
    def __missing__(self, packed: bytes) -> Cell:
        return self.setdefault(packed, _unpack_cell(packed))


def _unpack_column(written: str, cells: list[object], known: _Unpacked) -> list[Cell]:
    match written:
        case "date":
            return list(map(date.fromordinal, cast(list[int], cells)))
        case "mixed":
            return [known[cell] if isinstance(cell, bytes) else cast(Cell, cell) for cell in cells]
        case _:
            return cast(list[Cell], cells)


def unpack_rows(columns: Sequence[Column]) -> list[Row]:
    """The rows that `pack_rows` was given, as tuples."""
    known = _Unpacked()
    return list(zip(*(_unpack_column(written, cells, known) for written, cells in columns), strict=True))
