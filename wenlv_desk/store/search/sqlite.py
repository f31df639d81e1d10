"""The search index on SQLite: stored texts and sounds beside an FTS5 index that only says which records may match.

FTS5 gets tokens made here (`grams`), keeps no text and no positions (content='', detail=none): that is a third smaller and faster than
phrases, and trigram tables are wrong on SQLite 3.40 (no hit below three characters). Words longer than a window are checked against
the stored text (instr) and sound (GLOB with classes of symbols).

Measured on two shared cores, SQLite 3.40.1, 1,000,000 operators (name, former name, credit code, phone, representative; 310 MB), 95th
percentile of `find` and of LIKE over the same columns stopping at 10,001 hits (benchmarks/search.py): two characters 7 ms / 392,
initials 24 / 624, four digits of a phone 11 / 904, a whole code 7 / 698, two syllables in full 74 / 323, one character 43 / 398.
`put` of 100,000 new records, 73 tokens each: 4.5 to 6 s, of which folding 0.8, tokens 1.3, FTS5 2.3 to 2.9.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    case,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy import Text as TextType
from sqlalchemy.exc import DatabaseError, OperationalError

from wenlv_desk.core.errors import UserError
from wenlv_desk.store.search.ahead import begin
from wenlv_desk.store.search.documents import Document, again, document
from wenlv_desk.store.search.folding import words
from wenlv_desk.store.search.grams import Ask, ask, tokens
from wenlv_desk.store.search.interface import COUNT_LIMIT, Hits, Plain, SearchText
from wenlv_desk.store.search.sounds import SEVERAL, stamp

MOST_WORDS = 32
BATCH = 5_000
MOST_RANKED = 2_000  # of the hits by id; the order of more is nobody's concern before the query is made longer
SAMPLE = 2_000
DENSE = SAMPLE // 4
# So many bytes of tokens wait in memory before FTS5 writes them out; with its own 1 MB it merges a quarter longer.
HASH_BYTES = 4_000_000
FORM = "1"  # grows when tokens are made differently
STAMPS = "search_stamps"

T = TypeVar("T")


class SqliteIndex:
    """Tables `search_REGISTER` (`Document`) and `search_REGISTER_fts`; `search_stamps` says what made them."""

    def ensure(self, connection: Connection, register: str) -> None:
        docs = docs_of(register)
        connection.exec_driver_sql(
            f"CREATE TABLE IF NOT EXISTS {STAMPS} (register TEXT PRIMARY KEY, stamp TEXT NOT NULL)"
        )
        held = connection.exec_driver_sql(f"SELECT stamp FROM {STAMPS} WHERE register = ?", (register,)).scalar()
        if held == _stamp():
            return
        if held is None:
            connection.exec_driver_sql(
                f"CREATE TABLE IF NOT EXISTS {docs} (id INTEGER PRIMARY KEY, text TEXT NOT NULL, sound TEXT NOT NULL, initials TEXT NOT NULL)"
            )
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {docs}_fts USING fts5"
                "(tokens, content='', columnsize=0, detail=none, tokenize=\"ascii tokenchars '_.'\")"
            )
            connection.exec_driver_sql(f"INSERT INTO {docs}_fts ({docs}_fts, rank) VALUES ('hashsize', {HASH_BYTES})")
        else:
            _fill(connection, register, map(again, list(_stored(connection, register))))
        connection.exec_driver_sql(f"INSERT OR REPLACE INTO {STAMPS} VALUES (?, ?)", (register, _stamp()))

    def lacking(self, connection: Connection, registers: Iterable[str]) -> list[str]:
        known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = ?", (STAMPS,)).first()
        rows = connection.exec_driver_sql(f"SELECT register, stamp FROM {STAMPS}") if known else ()
        held = {row.register: row.stamp for row in rows}
        return [register for register in registers if held.get(register) != _stamp()]

    def put(self, connection: Connection, register: str, texts: Iterable[SearchText]) -> None:
        for batch in _batches(texts):
            documents = {item.record_id: document(item) for item in batch}
            self.remove(connection, register, documents)
            _insert(connection, register, [documents[key] for key in sorted(documents)])

    def begin(self, texts: Sequence[Plain]) -> Callable[[Connection, str], None]:
        batches = begin(texts)

        def finish(connection: Connection, register: str) -> None:
            for batch in batches():
                _insert_rows(connection, register, *batch)

        return finish

    def remove(self, connection: Connection, register: str, ids: Iterable[int]) -> None:
        docs = docs_of(register)
        for batch in _batches(ids):
            keys = [(key,) for key in sorted(set(batch))]
            held = _held(connection, docs, [key for (key,) in keys])
            if held:
                forget = f"INSERT INTO {docs}_fts ({docs}_fts, rowid, tokens) VALUES ('delete', ?, ?)"
                connection.exec_driver_sql(forget, [(stored.id, tokens(stored)) for stored in held])
                connection.exec_driver_sql(f"DELETE FROM {docs} WHERE id = ?", [(stored.id,) for stored in held])

    def find(self, connection: Connection, register: str, query: str, limit: int = 200) -> Hits:
        asks = _asks(query)
        if not asks:
            return Hits((), 0, False)
        docs = _docs(register)
        through_all = any(one.begins for one in asks) and _is_dense(connection, docs, asks)
        statement = _scan(docs, asks) if through_all else _matches(docs, asks)
        hits = statement.order_by(statement.selected_columns[0]).limit(COUNT_LIMIT + 1).subquery()
        # One row instead of 10,001: fetching them would take longer than finding them.
        ids: list[int] = json.loads(connection.scalar(select(func.json_group_array(hits.c.id))) or "[]")
        best = _best_first(connection, docs, ids[:MOST_RANKED], "".join(one.word for one in asks))
        return Hits((*best, *ids[MOST_RANKED:])[:limit], min(len(ids), COUNT_LIMIT), len(ids) > COUNT_LIMIT)

    def ids_subquery(self, register: str, query: str) -> Select[tuple[int]]:
        asks = _asks(query)
        docs = _docs(register)
        return _matches(docs, asks) if asks else select(docs.c.id).where(false())

    def rebuild(self, connection: Connection, register: str, texts: Iterable[SearchText]) -> None:
        self.ensure(connection, register)
        _fill(connection, register, map(document, texts))

    def verify(self, connection: Connection, register: str, texts: Iterable[SearchText]) -> tuple[str, ...]:
        # Digests, because the documents of a million records would not fit twice into memory.
        held = {stored.id: hash(stored) for stored in _stored(connection, register)}
        expected = {stored.id: hash(stored) for stored in map(document, texts)}
        problems = [f"第 {key} 号记录没有进入查找索引" for key in sorted(expected.keys() - held.keys())]
        problems += [f"查找索引里的第 {key} 号记录已不在登记簿" for key in sorted(held.keys() - expected.keys())]
        changed = (key for key in sorted(expected.keys() & held.keys()) if held[key] != expected[key])
        problems += [f"第 {key} 号记录的查找内容与登记不一致" for key in changed]
        return (*problems, *_token_problems(connection, register))


def docs_of(register: str) -> str:
    """The name of a register's table of documents; registers are named by identifiers."""
    if not register.isidentifier():
        raise ValueError(f"not the name of a register: {register!r}")
    return f"search_{register}"


def _stamp() -> str:
    return f"{FORM}:{stamp()}"


def _docs(register: str) -> Any:
    return table(
        docs_of(register),
        column("id", Integer),
        column("text", TextType),
        column("sound", TextType),
        column("initials", TextType),
    )


def _batches(items: Iterable[T]) -> Iterator[Sequence[T]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _stored(connection: Connection, register: str) -> Iterator[Document]:
    for row in connection.exec_driver_sql(f"SELECT id, text, sound, initials FROM {docs_of(register)} ORDER BY id"):
        yield Document(*row)


def _held(connection: Connection, docs: str, keys: Sequence[int]) -> list[Document]:
    """Those of the sorted keys that are stored, by id: FTS5 writes out what waits whenever ids go backwards."""
    statement = f"SELECT id, text, sound, initials FROM {docs} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return [Document(*row) for row in connection.exec_driver_sql(statement, (_json(keys),))]


def _insert(connection: Connection, register: str, documents: Sequence[Document]) -> None:
    _insert_rows(connection, register, list(documents), [(stored.id, tokens(stored)) for stored in documents])


def _insert_rows(
    connection: Connection,
    register: str,
    documents: Sequence[tuple[int, str, str, str]],
    said: list[tuple[int, str]],
) -> None:
    docs = docs_of(register)
    connection.exec_driver_sql(f"INSERT INTO {docs} (id, text, sound, initials) VALUES (?, ?, ?, ?)", list(documents))
    connection.exec_driver_sql(f"INSERT INTO {docs}_fts (rowid, tokens) VALUES (?, ?)", said)


def _fill(connection: Connection, register: str, documents: Iterable[Document]) -> None:
    """Replace everything a register holds, and merge the index into one piece."""
    docs = docs_of(register)
    connection.exec_driver_sql(f"INSERT INTO {docs}_fts ({docs}_fts) VALUES ('delete-all')")
    connection.exec_driver_sql(f"DELETE FROM {docs}")
    for batch in _batches(documents):
        _insert(connection, register, sorted(batch))
    connection.exec_driver_sql(f"INSERT INTO {docs}_fts ({docs}_fts) VALUES ('optimize')")


def _asks(query: str) -> list[Ask]:
    """What to ask for each word. UserError when there are too many."""
    found = words(query)
    if len(found) > MOST_WORDS:
        raise UserError(f"查找内容有 {len(found)} 个词，最多 {MOST_WORDS} 个，请删去一些再找。")
    return [ask(word) for word in found]


def _hits(docs: Any, one: Ask) -> ColumnElement[bool]:
    """Whether a stored document is a hit of a word: the definition, which the index only hastens."""
    text, sound, initials = docs.c.text, docs.c.sound, docs.c.initials
    ways = [func.instr(text, one.word) > 0]
    if one.is_letters:
        ways.append(func.instr(initials, one.word) > 0)
        ways += [_like(sound, pattern) for pattern in one.syllables]
        ways.append(and_(func.instr(initials, SEVERAL) > 0, _like(sound, one.initials)))
    return or_(*ways)


def _like(sound: ColumnElement[str], pattern: str) -> ColumnElement[bool]:
    return sound.op("GLOB", is_comparison=True)(f"*{pattern}*")


def _matches(docs: Any, asks: Sequence[Ask]) -> Select[tuple[int]]:
    """The ids of all hits, through the index."""
    fts = table(f"{docs.name}_fts", column("rowid", Integer))
    match = literal_column(fts.name).op("MATCH")(" AND ".join(f"({one.match})" for one in asks))
    ids = select(fts.c.rowid.label("id")).where(match)
    if all(one.sure for one in asks):
        return ids
    # Sorted by the index's own row number, in which FTS5 delivers, SQLite stops at the limit; by docs.id it would sort all hits.
    looked = (_hits(docs, one) for one in asks if not one.sure)
    return ids.select_from(fts.join(docs, docs.c.id == fts.c.rowid)).where(*looked)


def _scan(docs: Any, asks: Sequence[Ask]) -> Select[tuple[int]]:
    """The ids of all hits, document by document: faster than the index where a beginning is in every fourth record."""
    return select(docs.c.id).where(*(_hits(docs, one) for one in asks))


def _is_dense(connection: Connection, docs: Any, asks: Sequence[Ask]) -> bool:
    """Whether so many records match that reading documents until there are enough is quick."""
    sample = select(docs.c.text, docs.c.sound, docs.c.initials).order_by(docs.c.id).limit(SAMPLE).subquery()
    count = select(func.count()).select_from(sample).where(*(_hits(sample, one) for one in asks))
    return (connection.execute(count).scalar() or 0) >= DENSE


def _best_first(connection: Connection, docs: Any, ids: Sequence[int], whole: str) -> list[int]:
    """The ids with those first that have the query as a whole name or code, then as the beginning of one."""
    held = func.json_each(_json(ids)).table_valued("value")
    place = case((func.instr(docs.c.text, f"\n{whole}\n") > 0, 0), else_=1)
    begins = select(docs.c.id, place).where(
        docs.c.id.in_(select(held.c.value)), func.instr(docs.c.text, f"\n{whole}") > 0
    )
    best = [row[0] for row in sorted(connection.execute(begins), key=lambda row: (row[1], row[0]))]
    chosen = set(best)
    return [*best, *(key for key in ids if key not in chosen)]


def _json(ids: Iterable[int]) -> str:
    return "[" + ",".join(map(str, ids)) + "]"


def _token_problems(connection: Connection, register: str) -> Iterator[str]:
    """Whether FTS5 holds, token by token, as many records as the stored documents say."""
    fts = f"{docs_of(register)}_fts"
    try:
        connection.exec_driver_sql(f"INSERT INTO {fts} ({fts}) VALUES ('integrity-check')")
    except OperationalError:  # locked by a writer: nothing is wrong with the index
        raise
    except DatabaseError:
        yield "查找索引已损坏，请重建索引"
        return
    expected: Counter[str] = Counter()
    for stored in _stored(connection, register):
        expected.update(set(tokens(stored).split(" ")) - {""})
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab(main, {fts}, row)")
    found = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT term, doc FROM temp.search_terms")}
    connection.exec_driver_sql("DROP TABLE temp.search_terms")
    if wrong := sum(found.get(token, 0) != expected[token] for token in found.keys() | expected.keys()):
        yield f"查找索引有 {wrong} 个词与所存内容不一致，请重建索引"
