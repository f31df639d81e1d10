"""The schema of this version, and the command that writes the migration towards it.

python -m wenlv_desk.registries.schema "add the register of …"
"""

import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from wenlv_desk.core.records import Base
from wenlv_desk.registries import catalogue
from wenlv_desk.store.database import Database
from wenlv_desk.store.migrate import VERSIONS, configuration, head, migrate


def own_tables() -> frozenset[str]:
    """The tables the program's models declare: registers and the store's own."""
    mine = (mapper for mapper in Base.registry.mappers if mapper.class_.__module__.startswith("wenlv_desk."))
    return frozenset(str(mapper.local_table.name) for mapper in mine if isinstance(mapper.local_table, Table))


def include(_item: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Leave out what the models do not own: the search index's tables."""
    return kind != "table" or name in own_tables()


def generate(message: str) -> str:
    """Write the migration from the newest one to the models; returns its number."""
    from alembic import command

    catalogue()
    number = f"{int(head()) + 1:04d}" if any(VERSIONS.glob("[0-9]*.py")) else "0001"
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "empty.sqlite")
        if number != "0001":
            migrate(database, Path(folder), datetime.min)  # noqa: DTZ901 - names a backup that is never made
        config = configuration()
        config.attributes["include_object"] = include
        with database.write() as session:
            config.attributes["connection"] = session.connection()
            command.revision(config, message, autogenerate=True, rev_id=number)
        database.close()
    return number


if __name__ == "__main__":
    sys.stdout.write(f"{generate(sys.argv[1])}\n")
