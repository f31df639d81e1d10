"""Opening the desk: the office of this program's registers, its category list entered when the folder is new."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from wenlv_desk import registries
from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.wording import PaperWording, outdated
from wenlv_desk.registries.settings.records import BureauSettings, Category
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office
from wenlv_desk.store.opening import open_office
from wenlv_desk.store.tables import JournalEntry

SYSTEM = Clerk("系统", "本机")


def open_desk(
    folder: Path, *, clock: Callable[[], datetime], url: str = "", catalogue: Catalogue | None = None
) -> Office:
    """Open the data folder (or the database at `url`), migrated; a new one gets its categories in one journalled step.

    `catalogue` is the program's own unless another is handed in.
    """
    office = open_office(folder, catalogue or registries.catalogue(), clock, url=url)
    if _is_new(office):
        try:
            perform(office, SYSTEM, "seed", Category.__tablename__)
        except UserError:
            if _is_new(office):  # else another counter opened the new folder at the same moment and was first
                raise
    _bring_wordings(office)
    return office


def _bring_wordings(office: Office) -> None:
    """Take over the texts of notices of this version. A folder that cannot be written to keeps the ones it has and is still read."""
    with office.desk(SYSTEM) as desk:
        stale = bool(outdated(desk))
    if stale:
        with suppress(UserError):  # another counter may have been first
            perform(office, SYSTEM, "bring_wordings", PaperWording.__tablename__)


def _is_new(office: Office) -> bool:
    with office.database.read() as session:
        return session.scalar(select(JournalEntry.id).limit(1)) is None


def needs_set_up(office: Office) -> bool:
    """Whether nobody has said yet which bureau this is: the first-run dialog asks."""
    with office.database.read() as session:
        return session.scalar(select(BureauSettings.id).limit(1)) is None
