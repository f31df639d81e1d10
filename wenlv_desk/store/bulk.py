"""Rows written in bulk (成批写入): column by column, so that what a column repeats is converted and encoded once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring
from types import NoneType
from typing import Any

from sqlalchemy import Connection, Table, insert

from wenlv_desk.store.images import dump, plain

Columns = Mapping[str, Sequence[Any]]
NUMBERS = frozenset({bool, int, float})  # True, 1 and 1.0 are one key of a dictionary


@dataclass(frozen=True)
class Inserted:
    """New rows of a table: their ids are `first`, `first` + 1, … ; `digests` of their images in the same order."""

    table: str
    first: int
    digests: Sequence[str]
    index: Callable[[Connection], None] | None = None  # puts them into the search index


def converted(column: Sequence[Any], convert: Callable[[Any], Any]) -> list[Any]:
    """`convert` of every value, asked once for values that occur again (but where `NUMBERS` are mixed)."""
    if len(NUMBERS.intersection(map(type, column))) > 1:
        return list(map(convert, column))
    known = {value: convert(value) for value in dict.fromkeys(column)}
    return list(map(known.__getitem__, column))


def insert_columns(connection: Connection, table: Table, columns: Columns) -> None:
    """Insert rows given as columns of Python values."""
    names = [name for name, column in columns.items() if _filled(column)]
    bound = []
    for name in names:
        processor = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        bound.append(columns[name] if processor is None else converted(columns[name], processor))
    insert_tuples(connection, table, names, list(zip(*bound, strict=True)))


def insert_tuples(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of values as the driver takes them, in the order of `names`."""
    if not rows:
        return
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(names))
    given: list[Any] = list(rows)
    if compiled.positional:
        places = [names.index(name) for name in compiled.positiontup or names]
        if places != list(range(len(names))):
            given = [tuple(row[place] for place in places) for row in rows]
    else:
        given = [dict(zip(names, row, strict=True)) for row in rows]
    connection.exec_driver_sql(str(compiled), given)


def _filled(column: Sequence[Any]) -> bool:
    return isinstance(column, range) or column.count(None) < len(column)


def digests_of(columns: Columns) -> list[str]:
    """`digest_of(image_of(row))` of every row."""
    filled = [name for name in sorted(columns) if _filled(columns[name])]
    fragments = [_fragments(name, columns[name]) for name in filled]
    rows = zip(*fragments, strict=True)
    return [
        sha256(("{" + ",".join(filter(None, row)) + "}").encode("utf-8", "surrogatepass")).hexdigest() for row in rows
    ]


def _fragments(name: str, column: Sequence[Any]) -> list[str | None]:
    """`"name":value` of every value as `dump` writes it, None for empty ones."""

    head = dump(name) + ":"
    kinds = set(map(type, column)) - {NoneType}
    if kinds == {str}:
        return [None if value is None else head + encode_basestring(value) for value in column]
    if kinds == {int}:
        return [None if value is None else f"{head}{value}" for value in column]
    return converted(column, lambda value: None if value is None else head + dump(plain(value)))


def as_columns(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> dict[str, list[Any]]:
    """Rows as columns."""
    listed = list(rows)
    return {name: [row[name] for row in listed] for name in names}
