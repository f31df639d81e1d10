"""From the painted frame to usable rows: heavy modules, database and sign-in come in a worker thread, then the pages are built.

Nothing here imports a heavy module before it runs.
"""

import getpass
import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.frame.failing import FailedPage
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.memory import CLERK_KEY, COUNTER_KEY

if TYPE_CHECKING:
    from wenlv_desk.core.catalogue import Catalogue
    from wenlv_desk.gui.frame.desktop import Desktop
    from wenlv_desk.store.desk import Clerk
    from wenlv_desk.store.office import Office

URL_VARIABLE: Final = "WENLV_DESK_DATABASE"
HERE: Final = "本机"


@dataclass(frozen=True)
class Opened:
    """The office, and the clerk if the name given may sign in; else the names that may."""

    office: "Office"
    clerk: "Clerk | None"
    names: tuple[str, ...]
    needs_set_up: bool


def open_all(
    folder: Path, clock: Callable[[], datetime], name: str, counter: str, catalogue: "Catalogue | None" = None
) -> Opened:
    """Import what the pages need, open the office, sign in; for a worker thread."""
    importlib.import_module("wenlv_desk.gui.frame.desktop")
    from wenlv_desk.registries.opening import needs_set_up, open_desk
    from wenlv_desk.registries.staff.clerks import sign_in

    office = open_desk(folder, clock=clock, url=os.environ.get(URL_VARIABLE, ""), catalogue=catalogue)
    try:
        clerk = sign_in(office, name, counter=counter)
    except UserError:
        return Opened(office, None, staff_names(office), needs_set_up=False)
    return Opened(office, clerk, (), needs_set_up(office))


def staff_names(office: "Office") -> tuple[str, ...]:
    """Who is on the staff register."""
    from sqlalchemy import select

    from wenlv_desk.registries.staff.records import Staff

    with office.database.read() as session:
        return tuple(session.scalars(select(Staff.name).where(~Staff.voided).order_by(Staff.name)))


class Opening(QObject):
    """Runs once; `ready` when the first page shows its rows."""

    ready = Signal()
    complete = Signal()  # and the first row's card stands
    failed = Signal(str)

    def __init__(
        self,
        shell: Shell,
        folder: Path,
        clock: Callable[[], datetime],
        clerk: str,
        catalogue: "Catalogue | None" = None,
    ) -> None:
        super().__init__(shell)
        self._shell, self._folder, self._clock, self._catalogue = shell, folder, clock, catalogue
        memory = shell.kit.memory
        self._name = clerk or memory.text(CLERK_KEY) or getpass.getuser()
        self._counter = memory.text(COUNTER_KEY) or HERE
        self.desktop: Desktop | None = None

    def start(self) -> None:
        """Open everything; may be called again after a failure."""
        arguments = (self._folder, self._clock, self._name, self._counter, self._catalogue)
        self._shell.kit.jobs.read(self, open_all, *arguments, then=self._opened, otherwise=self._failed)

    def _opened(self, opened: Opened) -> None:
        if opened.clerk is None:
            self._ask_clerk(opened)
        else:
            self._furnish(opened, opened.clerk)

    def _furnish(self, opened: Opened, clerk: "Clerk") -> None:
        from wenlv_desk.gui.frame.desktop import Desktop

        self.desktop = Desktop(self._shell, opened.office, clerk)
        self.desktop.ready.connect(self.ready)
        self.desktop.complete.connect(self.complete)
        self.desktop.furnish(first_run=opened.needs_set_up)

    def _ask_clerk(self, opened: Opened) -> None:
        from wenlv_desk.gui.frame.signing import ClerkDialog

        dialog = ClerkDialog(self._shell.kit.looks, self._shell, opened.names, self._name)
        dialog.chosen.connect(self._sign_in)
        dialog.rejected.connect(self._shell.close)
        opened.office.close()
        dialog.open()

    def _sign_in(self, name: str) -> None:
        self._name = name
        self._shell.kit.memory.keep(CLERK_KEY, name)
        self.start()

    def _failed(self, error: Exception) -> None:
        """The data folder does not open: say why where the page would be, and offer to try again."""
        if not isinstance(error, UserError):
            self._shell.kit.jobs.present(error)
        message = error.message if isinstance(error, UserError) else "打开数据时程序出了错，编号见下方消息。"
        page = FailedPage(message, self._folder)
        page.again.connect(lambda: self._shell.close_guest(page))
        page.again.connect(self.start)
        page.leave.connect(self._shell.close)
        self._shell.show_guest(page, "")
        self.failed.emit(message)


def shoot(shell: Shell, path: str, app: QApplication) -> None:
    """Save a picture of the window as it stands once it is painted, and leave."""

    def save() -> None:
        saved = shell.grab().save(path)
        shell.close()
        app.exit(0 if saved else 2)

    QTimer.singleShot(0, save)
