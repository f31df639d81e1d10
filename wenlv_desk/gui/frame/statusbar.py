"""The bar at the bottom: database, last good backup, the job under way, what can be undone."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from wenlv_desk.gui.jobs import Running
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import button, words

HEIGHT_PX: Final = 26


class StatusBar(QFrame):
    """Quiet: everything in one line, nothing blinks."""

    stop_requested = Signal()
    undo_requested = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAccessibleName("状态栏")
        self._looks = looks
        self._database, self._backup, self._job = words(""), words(""), words("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._stop = button("停止", self.stop_requested.emit)
        self._undo = button("", self.undo_requested.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(18)
        for one in (self._database, self._backup):
            row.addWidget(one)
        row.addStretch(1)
        for two in (self._job, self._bar, self._stop, self._undo):
            row.addWidget(two)
        looks.changed.connect(self._look)
        self.show_running(None)
        self.set_undo("")
        self._look()

    def set_database(self, text: str) -> None:
        self._database.setText(text)

    def set_backup(self, text: str) -> None:
        """e.g. 最近一次可用备份 今天 11:32（已验证）."""
        self._backup.setText(text)

    def set_undo(self, title: str) -> None:
        """Name what Ctrl+Z takes back; empty when there is nothing."""
        self._undo.setText(f"可撤销：{title}（Ctrl Z）")
        self._undo.setAccessibleName(f"撤销：{title}")
        self._undo.setVisible(bool(title))

    def show_running(self, running: Running | None) -> None:
        """Show how far the job under way has come; None hides it."""
        for one in (self._job, self._bar, self._stop):
            one.setVisible(running is not None)
        if running is None:
            return
        known = running.total > 0
        self._job.setText(f"{running.title} {running.done:,}" + (f" / {running.total:,}" if known else ""))
        self._bar.setRange(0, 1000 if known else 0)
        self._bar.setValue(min(1000, running.done * 1000 // running.total) if known else 0)
        self._stop.setAccessibleName(f"停止{running.title}")

    def _look(self) -> None:
        self.setFixedHeight(self._looks.px(HEIGHT_PX))
