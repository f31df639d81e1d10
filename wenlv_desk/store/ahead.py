"""What bulk-written rows are found by, given to the search index before the rows are in, so that it works meanwhile."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection

from wenlv_desk.core.fields import Search
from wenlv_desk.core.registry import Registry
from wenlv_desk.store.bulk import Columns
from wenlv_desk.store.search import index_for

ROLES = (Search.NAME, Search.CODE, Search.PERSON)


def begin_index(
    connection: Connection, registry: Registry | None, first: int, columns: Columns
) -> Callable[[Connection], None] | None:
    """Start indexing new rows with the ids from `first` on; the function returned puts them in. None when nothing is searched."""
    if registry is None or not any(one.search for one in registry.fields.values()):
        return None
    of = {role: [columns[one.name] for one in registry.fields.values() if one.search is role] for role in ROLES}
    count = len(columns["id"])
    texts = zip(range(first, first + count), *(_rows(of[role], count) for role in ROLES), strict=True)
    finish = index_for(connection.dialect.name).begin(list(texts))
    return lambda writing: finish(writing, registry.name)


def _rows(columns: Sequence[Sequence[str | None]], count: int) -> Iterable[tuple[str | None, ...]]:
    """The texts of every row; searched fields are texts."""
    if not columns:
        return [()] * count
    return (row if all(row) else tuple(filter(None, row)) for row in zip(*columns, strict=True))
