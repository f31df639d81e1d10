"""The office: a data folder opened — database, files, catalogue and clock — and the desk made from it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.store.database import Database
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.files import FileStore

DATABASE_FILE = "wenlv.sqlite"
FILES_FOLDER = "files"
BACKUPS_FOLDER = "backups"


@dataclass
class Office:
    """Everything that outlives a single operation."""

    folder: Path
    database: Database
    catalogue: Catalogue
    clock: Callable[[], datetime]

    @property
    def files(self) -> FileStore:
        return FileStore(self.folder / FILES_FOLDER)

    @property
    def backups(self) -> Path:
        """Where backups go when no other folder is named."""
        return self.folder / BACKUPS_FOLDER

    @contextmanager
    def desk(self, clerk: Clerk) -> Iterator[Desk]:
        """A desk that only reads."""
        with self.database.read() as session:
            yield Desk(session, self.catalogue, self.files, clerk, self.clock())

    def close(self) -> None:
        self.database.close()


def open_office(folder: Path, catalogue: Catalogue, clock: Callable[[], datetime], *, url: str = "") -> Office:
    """Open (and, when new or older, bring up to date) the data folder. `url` names a server database instead of the file."""
    from wenlv_desk.store.indexing import ensure_indexes
    from wenlv_desk.store.migrate import migrate

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"数据文件夹“{folder}”建不起来（{fault(error)}），请换一个文件夹") from error
    database = Database(url or folder / DATABASE_FILE)
    migrate(database, folder, clock())
    ensure_indexes(database, catalogue)
    return Office(folder, database, catalogue, clock)
