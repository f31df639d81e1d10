"""Records: rows of a register, declared as typed classes over a table of the same name."""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Date, DateTime, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from wenlv_desk.core.columns import CodeSet
from wenlv_desk.core.fields import Field, field_of_column


class Base(DeclarativeBase):
    """The metadata that registers and the store's own tables share; names are fixed so that migrations are stable."""

    type_annotation_map = {  # noqa: RUF012
        tuple[str, ...]: CodeSet,
        date: Date,
        datetime: DateTime,
        str: String(255),
        dict[str, Any]: JSON,
    }
    metadata_naming = {  # noqa: RUF012
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }


Base.metadata.naming_convention = Base.metadata_naming


class Record(Base):
    """The base of every register's rows.

    `version` is 1, then the number of the journal entry that wrote the row last: it guards against two counters overwriting each
    other and never comes again with other content, even after an undo. `voided` is the only way a record leaves the lists
    (nothing is ever deleted, except by undoing its creation).
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-3)
    version: Mapped[int] = mapped_column(default=1, sort_order=-2)
    voided: Mapped[bool] = mapped_column(default=False, sort_order=-1, index=True)  # a million rows are counted at once

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return {"sqlite_autoincrement": True}

    @declared_attr.directive
    def __mapper_args__(cls) -> Any:
        column = cls.__table__.c.version if "__table__" in cls.__dict__ else cls.version
        return {"version_id_col": column, "version_id_generator": False}


@cache
def fields_of(record: type[Record]) -> dict[str, Field]:
    """The declared fields of a record by name, in the order of declaration."""
    made = {column.key: field_of_column(column.key, column) for column in record.__table__.columns}
    return {name: field for name, field in made.items() if field is not None}
