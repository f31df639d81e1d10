"""Search (查找): a register's rows by any part of their names, pinyin and codes, behind one interface for every database."""

from wenlv_desk.core.errors import UserError
from wenlv_desk.store.search.interface import COUNT_LIMIT, Hits, SearchIndex, SearchText

__all__ = ["COUNT_LIMIT", "Hits", "SearchIndex", "SearchText", "index_for"]


def index_for(dialect_name: str) -> SearchIndex:
    """The index of a database by SQLAlchemy's name of its dialect. UserError when there is none for it."""
    if dialect_name == "sqlite":
        from wenlv_desk.store.search.sqlite import SqliteIndex

        return SqliteIndex()
    raise UserError(f"数据库“{dialect_name}”还不能用于查找，请改用 SQLite 数据文件。")
