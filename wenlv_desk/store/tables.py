"""The store's own tables: journal, number series, attachments, remembered views, headings and drafts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wenlv_desk.core.records import Base, Record


class JournalEntry(Base):
    """One operation performed (流水): who, when, where, what, why; chained to the entry before it by SHA-256."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_about", "register", "record_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    clerk: Mapped[str] = mapped_column(String(64))
    counter: Mapped[str] = mapped_column(String(64))
    register: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[int | None]
    operation: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text)  # as shown in history and by undo: 变更 新岸书刊社
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    undoable: Mapped[bool]
    undoes: Mapped[int | None] = mapped_column(index=True)
    rows_digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class JournalRow(Base):
    """A row that an entry touched: its image before (None when it was created) and the digest after (None when removed)."""

    __tablename__ = "journal_row"
    __table_args__ = (Index("ix_journal_row_of", "table", "row_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entry.id"), index=True)
    table: Mapped[str] = mapped_column(String(64))
    row_id: Mapped[int]
    before: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))


class JournalHead(Base):
    """The end of the chain; updating it first serialises writers on every database."""

    __tablename__ = "journal_head"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


class Series(Base):
    """The last number taken of a series in a year (0 for series that never restart)."""

    __tablename__ = "series"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Attachment(Record):
    """A file kept with a record (附件), stored by its SHA-256 in the data folder."""

    __tablename__ = "attachment"
    register: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    note: Mapped[str] = mapped_column(String(255), default="")
    added_by: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]


class Memory(Base):
    """What the desk remembers for convenience: saved views, heading maps, drafts. Not a record; not journalled."""

    __tablename__ = "memory"
    __table_args__ = (UniqueConstraint("kind", "owner", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    owner: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(255))
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]
