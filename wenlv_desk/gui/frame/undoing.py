"""Ctrl+Z: names what it will take back, asks, and takes it back."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from wenlv_desk.gui.frame.statusbar import StatusBar
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import Dialog, confirm
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.tables import JournalEntry
from wenlv_desk.store.undo import next_undo, undo


@dataclass(frozen=True)
class Undoable:
    """What Ctrl+Z would take back."""

    entry_id: int
    title: str
    when: str


def next_undoable(desk: Desk) -> Undoable | None:
    """The clerk's newest step that can still be taken back."""
    entry = next_undo(desk.session, desk.clerk)
    return None if entry is None else Undoable(entry.id, _named(desk, entry), f"{entry.at:%Y-%m-%d %H:%M}")


def _named(desk: Desk, entry: JournalEntry) -> str:
    """The step with its register: a firm and its licence have one name."""
    register = desk.catalogue.registries.get(entry.register)
    return entry.title if register is None or register.title in entry.title else f"{entry.title}（{register.title}）"


class Undoing(QObject):
    """Keeps the status bar's word in step and asks before it undoes."""

    def __init__(self, seat: Seat, status: StatusBar) -> None:
        super().__init__(seat.window)
        self._seat, self._status = seat, status
        self.next: Undoable | None = None
        self.dialog: Dialog | None = None
        seat.kit.jobs.changed.connect(lambda _tables: self.read())
        self.read()

    def read(self) -> None:
        """Ask what can be undone now."""
        self._seat.read(self, next_undoable, then=self._show)

    def ask(self) -> None:
        """Undo after asking; where there is nothing to undo, say so."""
        step = self.next
        if step is None:
            self._seat.kit.notices.fail("没有可以撤销的操作")
            return
        will = [f"{step.when} 办的“{step.title}”写入的内容，恢复成办之前的样子。"]
        self.dialog = confirm(
            self._seat.window,
            self._seat.kit.looks,
            f"撤销“{step.title}”？",
            "撤销",
            lambda: self._undo(step),
            will=will,
            undo="撤销也记入流水，可以再办一次。",
        )

    def _undo(self, step: Undoable) -> None:
        self._seat.kit.jobs.write(
            self,
            undo,
            self._seat.office,
            self._seat.clerk,
            step.entry_id,
            then=lambda done: self._seat.kit.notices.tell(f"已{done.title}"),
        )

    def _show(self, step: Undoable | None) -> None:
        self.next = step
        self._status.set_undo(step.title if step is not None else "")
