"""The database: one engine, reads that overlap, writes one after another, and the environment's faults put into words."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from wenlv_desk.core.errors import UserError

BUSY_SECONDS = 15

FAULTS = {  # what SQLite and PostgreSQL say -> what the clerk can do
    "database is locked": "数据库正被另一个窗口长时间占用，本次没有写入任何内容，请稍后再试",
    "disk is full": "磁盘已满，本次没有写入任何内容。请清出空间后再试",
    "readonly database": "数据库文件是只读的，本次没有写入任何内容。请检查文件夹的写权限",
    "unable to open": "打不开数据库文件，请检查文件夹是否存在、是否有读写权限",
    "disk i/o error": "读写磁盘出错，本次没有写入任何内容。请检查磁盘是否已满、网络盘是否连接",
    "malformed": "数据库文件已损坏，请停止使用并从最近一次备份恢复",
    "not a database": "这个文件不是文旅台账的数据库，请检查数据文件夹",
    "connection refused": "连不上数据库服务器，请检查网络或联系管理员",
}


class Database:
    """An engine over a SQLite file (WAL) or, by URL, PostgreSQL. Sessions are short and never leave their thread."""

    def __init__(self, target: Path | str, *, synchronous: str = "FULL") -> None:
        self.url: URL = make_url(f"sqlite:///{target}") if isinstance(target, Path) else make_url(target)
        arguments = {"timeout": BUSY_SECONDS} if self.is_sqlite else {}
        # An error's text goes to the log: the values of its statement are people's numbers and stay out of it.
        self.engine: Engine = create_engine(self.url, connect_args=arguments, hide_parameters=True)
        if self.is_sqlite:
            event.listen(self.engine, "connect", partial(_prepare_sqlite, synchronous))
            event.listen(self.engine, "begin", _begin_sqlite)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def name(self) -> str:
        """What the status bar calls it."""
        return Path(self.url.database or "").name if self.is_sqlite else f"{self.url.host}/{self.url.database}"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and writes nothing."""
        # PostgreSQL shows every statement the newest state unless told; SQLite's readers keep the one they began with
        engine = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        with _faults_in_words(), Session(engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session holding the write lock; commits at the end, rolls everything back on any error."""
        engine = self.engine.execution_options(write=True)
        with _faults_in_words(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def rebuild(self) -> Iterator[Session]:
        """A session for migrations. SQLite alters a table by making it anew, which references to it forbid until they are proven."""
        if not self.is_sqlite:
            with self.write() as session:
                yield session
            return
        with closing(Database(str(self.url))) as other, other.write() as session:
            connection = session.connection()
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield session
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise UserError(f"升级数据库时发现 {len(broken)} 处记录之间的引用断裂，没有升级，请联系维护人员")

    @contextmanager
    def at_one_go(self) -> Iterator["Database"]:
        """The same database for work of many commits that is worth nothing by halves: it is on the disk at the end, and not before."""
        if not self.is_sqlite:
            yield self
            return
        with closing(Database(str(self.url), synchronous="NORMAL")) as other:
            yield other
            with closing(other.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(FULL)")

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _faults_in_words() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).lower()
        for fault, words in FAULTS.items():
            if fault in said:
                raise UserError(words) from error
        raise


def _prepare_sqlite(synchronous: str, connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin event says BEGIN itself
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "foreign_keys=ON",
        "cache_size=-65536",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once, so two writers wait instead of failing half-way."""
    writing = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def allocate_ids(connection: Connection, table: str, count: int) -> int:
    """The first of `count` fresh ids for rows inserted in bulk; ids are never used twice."""
    if connection.dialect.name == "sqlite":
        row = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name=?", (table,)).first()
        return int(row[0]) + 1 if row else 1
    rows = connection.exec_driver_sql(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), nextval(pg_get_serial_sequence('{table}', 'id')) + {count})"
    )
    return int(rows.scalar_one()) - count
