"""Starting the window: the frame is painted first, everything heavy is loaded afterwards."""

import gc
import logging
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from wenlv_desk.gui.frame.opening import Opening, shoot
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.frame.topbar import BRAND
from wenlv_desk.gui.look.fonts import load_rare_fonts, load_screen_fonts
from wenlv_desk.gui.memory import Memory

if TYPE_CHECKING:
    from wenlv_desk.core.catalogue import Catalogue

_LOG_BYTES: Final = 2_000_000
_LOGS_KEPT: Final = 5
_MADE: Final = "made"  # on the application, once it looks and speaks as it should
_SWITCH: Final = 0.001  # seconds a worker thread may keep the window waiting; Python's own 0.005 is a third of a frame

log = logging.getLogger(__name__)


def make_application(arguments: list[str]) -> QApplication:
    """The application with its fonts, style and Qt's own words in Chinese; the one there is, if there is one."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([BRAND, *arguments])
    if not app.property(_MADE):
        app.setProperty(_MADE, True)
        app.setApplicationDisplayName(BRAND)
        app.setStyle("Fusion")
        load_screen_fonts()
        speak_chinese(app)
    return app


def speak_chinese(app: QCoreApplication) -> None:
    """Qt's own Chinese for standard buttons and dialogs."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    else:
        log.warning("Qt's Chinese translation is missing")


def keep_log(folder: Path) -> None:
    """Write the program's log to logs/desk.log in the data folder; old ones are kept up to a size."""
    import logging.handlers

    target = folder / "logs"
    target.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        target / "desk.log", maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def settle() -> None:
    """What a start has loaded lives as long as the window: keep it out of the collector's sight, and let it collect the rest."""
    gc.freeze()
    gc.enable()


def run(
    folder: Path,
    clock: Callable[[], datetime],
    *,
    clerk: str = "",
    shot: str = "",
    catalogue: "Catalogue | None" = None,
) -> int:
    """Open the window on a data folder and return the exit code: the frame is painted first, then everything heavy comes.

    `clerk` signs in (else who signed in last, else the system's user); `shot` saves a picture of the first page and leaves;
    `catalogue` is the program's own unless another is handed in.
    """
    sys.setswitchinterval(_SWITCH)
    app = make_application([])
    keep_log(folder)
    shell = Shell(Memory(folder))
    shell.kit.faults.install()
    opening = Opening(shell, folder, clock, clerk, catalogue)

    def painted() -> None:
        load_rare_fonts()
        opening.start()

    shell.painted.connect(painted)
    opening.ready.connect(settle)
    opening.failed.connect(lambda _message: settle())
    if shot:
        opening.complete.connect(lambda: shoot(shell, shot, app))
        opening.failed.connect(lambda _message: app.exit(2))
    shell.show()
    return app.exec()
