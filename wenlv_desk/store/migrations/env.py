"""Alembic's environment: runs the steps on the connection it is handed."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from wenlv_desk.core.records import Base


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as what the database stores, so that old steps never depend on today's code."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_type,
    include_object=context.config.attributes.get("include_object"),
)
with context.begin_transaction():
    context.run_migrations()
