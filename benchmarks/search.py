"""Search in a large register of operators: the index against LIKE over the same columns, in one run.

    python -m benchmarks.search [ROWS]

Times are seconds, the 95th percentile of one query's first 200 hits with the total (exact to 10,000). LIKE may stop there as well, and is
given a column of pinyin initials. Both databases are files in WAL mode, warm.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine

from wenlv_desk.standards.pinyin import initials, readings
from wenlv_desk.store.search import COUNT_LIMIT, SearchText, index_for

REGISTER = "operator"
QUERIES = 100
SLOW_QUERIES = 15
TIMES_FASTER = 20.0  # than LIKE, for the kinds of query the aim names; the others are only to be no slower
LONGEST = 0.05  # seconds
NAMED = ("2 Chinese characters", "pinyin initials", "4 digits of a phone", "a whole code")
PUT_SECONDS = 4.0  # the part of an import of 100,000 rows that indexing may take
LEFT = ["招远市", "龙口市", "蓬莱区", "莱州市", "山东", "烟台", ""]
MIDDLE = "文化 书店 印刷 图文 传媒 音乐 旅游 影视 教育 艺术 网络 体育 广告 酒店 歌厅 游艺 包装 彩印 民宿 电竞".split()  # noqa: SIM905
RIGHT = ["有限公司", "店", "厂", "中心", "工作室", "有限责任公司", "俱乐部", "经营部", ""]
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单仇解查曾"
CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
COLUMNS = ("name", "former", "code", "phone", "person", "initials")
Row = tuple[int, str, str, str, str, str, str]


def rows(count: int, seed: int = 1) -> Iterator[Row]:
    """Invented operators: id, name (4 to 14 characters), former name (of every fifth), credit code, phone, representative, initials."""
    chance = random.Random(seed)
    han = [char for char in readings() if len(char.encode("gb2312", "ignore")) == 2 and "\u4e00" <= char <= "\u9fff"]

    def name() -> str:
        own = "".join(chance.choices(han, k=chance.choice((2, 2, 3))))
        return chance.choice(LEFT) + own + chance.choice(MIDDLE) + chance.choice(RIGHT)

    for key in range(1, count + 1):
        called, former = name(), name() if chance.random() < 0.2 else ""
        code = f"9{chance.choice('12')}370685MA" + "".join(chance.choices(CODE, k=8))
        phone = f"1{chance.choice('35789')}" + "".join(chance.choices(CODE[:10], k=9))
        person = chance.choice(SURNAMES) + "".join(chance.choices(han, k=2))
        short = " ".join((initials(called), initials(former), initials(person, person=True)))
        yield key, called, former, code, phone, person, short


def texts(found: Sequence[Row]) -> Iterator[SearchText]:
    for key, name, former, code, phone, person, _ in found:
        yield SearchText(key, (name, former) if former else (name,), (code, phone), (person,))


def queries(found: Sequence[Row], seed: int = 2) -> dict[str, list[str]]:
    """What clerks type, by kind, taken from rows that exist."""
    chance = random.Random(seed)
    picked = chance.sample(found, QUERIES)
    start = [chance.randrange(3) for _ in picked]
    return {
        "2 Chinese characters": [row[1][at : at + 2] for row, at in zip(picked, start, strict=True)],
        "pinyin initials": [
            initials(row[1])[at : at + chance.choice((3, 4, 5))] for row, at in zip(picked, start, strict=True)
        ],
        "4 digits of a phone": [row[4][at + 3 : at + 7] for row, at in zip(picked, start, strict=True)],
        "a whole code": [row[3] for row in picked],
        "full pinyin": ["".join(_read(row[1][at : at + 2])) for row, at in zip(picked, start, strict=True)],
        "last 4 characters of a name": [row[1][-4:] for row in picked],
        "1 Chinese character": [row[1][at] for row, at in zip(picked, start, strict=True)],
        "2 letters": [initials(row[1])[at : at + 2] for row, at in zip(picked, start, strict=True)],
    }


def _read(name: str) -> list[str]:
    return [readings()[char][0] for char in name]


def timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def like(database: sqlite3.Connection, word: str) -> list[Any]:
    where = " OR ".join(f"{name} LIKE ?" for name in COLUMNS)
    values = (f"%{word}%",) * len(COLUMNS)
    return database.execute(f"SELECT id FROM plain WHERE {where} LIMIT {COUNT_LIMIT + 1}", values).fetchall()


def plain_table(path: Path, found: Sequence[Row]) -> tuple[sqlite3.Connection, float]:
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute(f"CREATE TABLE plain (id INTEGER PRIMARY KEY, {', '.join(COLUMNS)})")

    def fill() -> None:
        with database:
            database.executemany("INSERT INTO plain VALUES (?, ?, ?, ?, ?, ?, ?)", found)

    return database, timed(fill)


def indexed(connection: Connection, found: Sequence[Row], first: int) -> tuple[float, float]:
    """Index all rows in two transactions; seconds for the first `first` rows and for all."""
    index = index_for("sqlite")
    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    connection.exec_driver_sql("PRAGMA synchronous = NORMAL")
    index.ensure(connection, REGISTER)
    connection.commit()

    def put(some: Sequence[Row]) -> None:
        index.put(connection, REGISTER, texts(some))
        connection.commit()

    one = timed(lambda: put(found[:first]))
    return one, one + timed(lambda: put(found[first:]))


def run(size: int = 1_000_000) -> list[dict[str, Any]]:
    """One row a kind of query, seconds of ours and of LIKE and how many times faster; then what indexing costs an import."""
    found = list(rows(size))
    first = min(100_000, size)
    result: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        _, plain_first = plain_table(Path(folder, "first.db"), found[:first])
        database, _ = plain_table(Path(folder, "plain.db"), found)
        engine = create_engine(f"sqlite:///{folder}/ours.db")
        with engine.connect() as connection:
            put_first, _ = indexed(connection, found, first)
            index = index_for("sqlite")
            for kind, asked in queries(found).items():
                ours = p95([timed(lambda q=query: index.find(connection, REGISTER, q)) for query in asked])  # type: ignore[misc]
                floor = p95([timed(lambda q=query: like(database, q)) for query in asked[:SLOW_QUERIES]])  # type: ignore[misc]
                result.append(_row(kind, ours, floor))
        engine.dispose()
        database.close()
    work = f"index {first:,} rows in one transaction (against the {PUT_SECONDS:.0f} s it may take)"
    budget = {"work": work, "ours_s": put_first, "floor_s": PUT_SECONDS, "ratio": put_first / PUT_SECONDS, "aim": 1.0}
    return [*result, {**budget, "executemany_s": plain_first}]


def _row(kind: str, ours: float, floor: float) -> dict[str, Any]:
    aim = TIMES_FASTER if kind in NAMED else 1.0
    times = {"ours_s": ours, "floor_s": floor, "ratio": floor / ours, "aim": aim, "better": "more"}
    return {"work": f"search, {kind}: LIKE / ours, p95", **times, "under 50 ms": ours < LONGEST}


if __name__ == "__main__":
    for line in run(*map(int, sys.argv[1:])):
        print(f"{line['work']:60} {line['ours_s']:8.4f} {line['floor_s']:8.4f} {line['ratio']:8.1f}  {line['aim']}")
