"""An office that keeps one more register than the program: the throw-away one of tests/complaint.

Its table is made here, where a real register has its migration; tests/test_new_register_folder.py goes the whole way.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tests.complaint import figures, operations, records
from wenlv_desk.core.catalogue import Catalogue, collect
from wenlv_desk.core.records import Base
from wenlv_desk.registries import catalogue
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store.database import Database
from wenlv_desk.store.office import DATABASE_FILE, Office


def with_complaints() -> Catalogue:
    """The program's catalogue with the throw-away register in it."""
    own, more = catalogue(), collect([records, operations, figures])
    return Catalogue(
        own.registries | more.registries,
        own.operations + more.operations,
        own.papers,
        own.watches,
        own.figures | more.figures,
    )


def lay_complaints(folder: Path) -> None:
    """Make the register's table in a data folder of the program."""
    database = Database(folder / DATABASE_FILE)
    with database.write() as session:
        Base.metadata.tables["complaint"].create(session.connection(), checkfirst=True)
    database.close()


def open_with_complaints(folder: Path, clock: Callable[[], datetime]) -> Office:
    """An office that keeps complaints too, over a data folder that has the table."""
    return open_desk(folder, clock=clock, catalogue=with_complaints())
