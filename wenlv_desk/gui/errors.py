"""The one place of the window that presents errors: the clerk's business as it stands, a bug by a number to quote."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from wenlv_desk.core.errors import UserError

T = TypeVar("T")

log = logging.getLogger("wenlv_desk.gui")

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@dataclass(frozen=True)
class Failed:
    """What came of work that raised."""

    error: Exception


def attempt(work: Callable[[], T]) -> T | Failed:
    """Do the work; whatever it raises is carried as a value to the thread that presents it."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - carried to the one place that presents errors
        return Failed(error)


def fault_number(error: BaseException) -> str:
    """Six hex digits that are the same for the same bug: made from where it was raised, not from its values."""
    import hashlib  # a tenth of the start otherwise

    frames = traceback.extract_tb(error.__traceback__)
    where = [type(error).__name__, *(f"{Path(one.filename).name}:{one.name}:{one.lineno}" for one in frames)]
    return hashlib.sha256("\n".join(where).encode()).hexdigest()[:6].upper()


class Faults(QObject):
    """Presents errors: `told` carries a Chinese sentence for the notice bar. Every bug is logged, and told once."""

    told = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: set[str] = set()

    def present(self, error: BaseException) -> None:
        """Tell the clerk of an error; may be called from any thread."""
        if isinstance(error, UserError):
            self.told.emit(error.message)
            return
        number = fault_number(error)
        log.error("fault %s", number, exc_info=error)
        if number not in self._told:
            self._told.add(number)
            self.told.emit(
                f"程序出了错，编号 {number}，已记入日志；刚才这一步可能没有办成，请核对后重试。再遇到时请把编号报给系统管理员。"
            )

    def install(self) -> Callable[[], None]:
        """Take every error nothing else caught, in any thread, and Qt's own messages; returns what undoes it."""
        hook, thread_hook = sys.excepthook, threading.excepthook

        def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                hook(kind, error, trace)
            else:
                self.present(error.with_traceback(trace))

        def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
            if args.exc_value is not None:
                self.present(args.exc_value)

        sys.excepthook, threading.excepthook = uncaught, uncaught_in_thread
        handler = qInstallMessageHandler(_log_qt)

        def undo() -> None:
            sys.excepthook, threading.excepthook = hook, thread_hook
            qInstallMessageHandler(handler)

        return undo


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
