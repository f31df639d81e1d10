"""What the desk remembers for convenience: saved views, heading maps of ledgers, drafts that survive a crash."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from wenlv_desk.store.tables import Memory


def remember(session: Session, kind: str, owner: str, key: str, value: dict[str, Any], at: datetime) -> None:
    """Keep a value under (kind, owner, key), replacing what was there."""
    mine = (Memory.kind == kind, Memory.owner == owner, Memory.key == key)
    known = session.execute(update(Memory).where(*mine).values(value=value, at=at).returning(Memory.id)).first()
    if known is None:
        session.execute(insert(Memory).values(kind=kind, owner=owner, key=key, value=value, at=at))


def recall(session: Session, kind: str, owner: str, key: str) -> dict[str, Any] | None:
    """What was kept, None if nothing."""
    return session.scalar(select(Memory.value).where(Memory.kind == kind, Memory.owner == owner, Memory.key == key))


def recall_all(session: Session, kind: str, owner: str) -> dict[str, dict[str, Any]]:
    """Everything of a kind an owner kept, by key, newest first."""
    statement = (
        select(Memory.key, Memory.value).where(Memory.kind == kind, Memory.owner == owner).order_by(Memory.at.desc())
    )
    return {row.key: row.value for row in session.execute(statement)}


def forget(session: Session, kind: str, owner: str, key: str) -> None:
    session.execute(delete(Memory).where(Memory.kind == kind, Memory.owner == owner, Memory.key == key))
