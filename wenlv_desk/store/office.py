"""The office: a data folder opened — database, files, catalogue and clock — and the desk made from it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wenlv_desk.core.catalogue import Catalogue
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
    catalogue: Catalogue = field(repr=False)
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
