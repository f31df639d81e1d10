"""Drafts (草稿): what is typed into a form is kept every few seconds, so that a crash does not lose it."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from wenlv_desk.gui.entry.formdata import DRAFT, FormData
from wenlv_desk.gui.seat import Seat

PAUSE_MS: Final = 3000


class DraftKeeper(QObject):
    """Asks `value` a few seconds after the last touch and keeps what it gives; None is nothing to keep."""

    def __init__(self, seat: Seat, data: FormData, value: Callable[[], dict[str, Any] | None], parent: QObject) -> None:
        super().__init__(parent)
        self._seat, self._key, self._value = seat, data.draft_key, value
        self._kept = data.draft is not None
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self.keep)

    def touch(self) -> None:
        """Something was typed."""
        if not self._soon.isActive():
            self._soon.start()

    def pause(self) -> None:
        """Nothing more is kept until the next touch."""
        self._soon.stop()

    def keep(self) -> None:
        """Keep what there is now."""
        value = self._value()
        if value is not None:
            value["at"] = f"{self._seat.office.clock():%Y-%m-%d %H:%M}"
            self._seat.keep(self._seat.kit.jobs, DRAFT, self._key, value)
            self._kept = True

    def forget(self) -> None:
        """It was saved or thrown away."""
        self.pause()
        if self._kept:
            self._kept = False
            self._seat.keep(self._seat.kit.jobs, DRAFT, self._key, None)
