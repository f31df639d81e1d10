"""Keeping the search index in step with the registers: which texts of a record it holds, and when it is written."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.fields import Search
from wenlv_desk.core.registry import Registry
from wenlv_desk.store.database import Database
from wenlv_desk.store.journal import Recorder
from wenlv_desk.store.office import Office
from wenlv_desk.store.search import SearchIndex, SearchText, index_for


def search_text(registry: Registry, row_id: int, values: Mapping[Any, Any]) -> SearchText:
    """What a record is found by."""
    by_role: dict[Search, list[str]] = {role: [] for role in Search}
    for name, field in registry.fields.items():
        if field.search is not None and (value := values.get(name)):
            by_role[field.search].append(str(value))
    return SearchText(row_id, tuple(by_role[Search.NAME]), tuple(by_role[Search.CODE]), tuple(by_role[Search.PERSON]))


def searchable(registry: Registry) -> bool:
    return any(field.search for field in registry.fields.values())


def index_of(session: Session) -> SearchIndex:
    return index_for(session.get_bind().dialect.name)


def index_changes(session: Session, catalogue: Catalogue, recorder: Recorder) -> None:
    """Bring the index in line with the rows just written."""
    by_table: dict[str, tuple[list[SearchText], list[int]]] = {}
    for (table, row_id), image in recorder.after.items():
        registry = catalogue.registries.get(table)
        if registry is None or not searchable(registry):
            continue
        texts, gone = by_table.setdefault(table, ([], []))
        if image is None:
            gone.append(row_id)
        else:
            texts.append(search_text(registry, row_id, image))
    index, connection = index_of(session), session.connection()
    for table, (texts, gone) in by_table.items():
        index.remove(connection, table, gone)
        index.put(connection, table, texts)
    for bulk in recorder.inserted:
        if bulk.index is not None:
            bulk.index(connection)


def all_texts(session: Session, registry: Registry) -> Iterable[SearchText]:
    """The texts of every record of a register, for rebuilding and checking the index."""
    for row in session.execute(select(registry.record.__table__).execution_options(yield_per=5000)).mappings():
        yield search_text(registry, row["id"], row)


def ensure_indexes(database: Database, catalogue: Catalogue) -> None:
    """Make sure that every register can be searched; takes the write lock only where something is missing."""
    names = [name for name, registry in catalogue.registries.items() if searchable(registry)]
    with database.read() as session:
        index = index_of(session)
        missing = index.lacking(session.connection(), names)
    if missing:
        with database.write() as session:
            for name in missing:
                index.ensure(session.connection(), name)


def rebuild_index(office: Office) -> None:
    """Write the index anew from the registers."""
    with office.database.write() as session:
        index, connection = index_of(session), session.connection()
        for registry in office.catalogue.registries.values():
            if searchable(registry):
                index.rebuild(connection, registry.name, all_texts(session, registry))
