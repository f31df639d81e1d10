"""Opening an office: the folder made, the database migrated, every register searchable."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.store.database import Database
from wenlv_desk.store.indexing import ensure_indexes
from wenlv_desk.store.migrate import migrate
from wenlv_desk.store.office import DATABASE_FILE, Office


def open_office(folder: Path, catalogue: Catalogue, clock: Callable[[], datetime], *, url: str = "") -> Office:
    """Open (and, when new or older, bring up to date) the data folder. `url` names a server database instead of the file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"数据文件夹“{folder}”建不起来（{fault(error)}），请换一个文件夹") from error
    database = Database(url or folder / DATABASE_FILE)
    migrate(database, folder, clock())
    ensure_indexes(database, catalogue)
    return Office(folder, database, catalogue, clock)
