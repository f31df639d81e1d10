"""Doing an act of a draw: once, as the clerk saw the draw; and what there is to do beside the acts."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from wenlv_desk.gui.drawing.lists import Rows
from wenlv_desk.gui.drawing.reading import DrawView, PaperShown, Sealed
from wenlv_desk.gui.drawing.saving import save_record
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.listing.exporting import tell_saved
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import confirm
from wenlv_desk.registries.inspection.check import CHECKS
from wenlv_desk.registries.inspection.draw import DRAWS
from wenlv_desk.registries.inspection.task import TASKS
from wenlv_desk.store.gate import Done

FOLDER_KEY: Final = "draw/folder"


class Doing(QObject):
    """One act at a time: what is pressed while it runs does nothing."""

    done = Signal(str, object)  # operation, Done
    refused = Signal(object)  # Exception

    def __init__(self, seat: Seat, owner: QWidget) -> None:
        super().__init__(owner)
        self._seat = seat
        self.job: Job | None = None

    def do(self, operation: str, view: DrawView | None, **given: str) -> None:
        """Do an act to the draw that is shown: to the task while nothing is sealed."""
        if view is None or self.job is not None:
            return
        sealed = view.sealed
        registry = DRAWS if sealed is not None else TASKS
        record, version = (sealed.id, sealed.version) if sealed is not None else (view.task_id, view.version)
        self.job = self._seat.perform(
            self,
            operation,
            registry,
            record,
            version=version,
            arguments=given,
            then=partial(self._done, operation),
            otherwise=self._failed,
        )

    def _done(self, operation: str, done: Done) -> None:
        self.job = None
        self.done.emit(operation, done)

    def _failed(self, error: Exception) -> None:
        self.job = None
        self.refused.emit(error)


def print_paper(seat: Seat, sealed: Sealed, paper: PaperShown) -> None:
    """Open the preview of a paper of the draw; of its archived pages, where it was issued."""
    if paper.issued_id is not None:
        seat.open_reprint(paper.issued_id)
    else:
        seat.open_print(seat.catalogue.paper(paper.name), DRAWS, [sealed.id])


def save_public(seat: Seat, owner: QWidget, sealed: Sealed) -> None:
    """Ask for a folder and write the public record into it."""

    def saved(paths: list[Path]) -> None:
        names = "”和“".join(path.name for path in paths)
        tell_saved(seat, f"公开记录已存为“{names}”", paths[0])

    last = seat.kit.memory.text(FOLDER_KEY)
    folder = QFileDialog.getExistingDirectory(owner, "公开记录存到哪个文件夹", last)
    if folder:
        seat.kit.memory.keep(FOLDER_KEY, folder)
        seat.read(owner, save_record, sealed.id, Path(folder), then=saved)


def show_checks(seat: Seat, page: QWidget, sealed: Sealed) -> None:
    """Close the page and show the checks of the draw in their list."""
    seat.ways.close_page(page)
    seat.ways.show_rows(CHECKS, sealed.checks, sealed.title)


def ask_to_leave(seat: Seat, page: QWidget) -> None:
    """Something was typed that is not entered: ask before it is lost."""
    will = ["这一步已填的内容还没有录入，离开后要重填。", "已经办过的步骤都在，再打开接着办。"]
    close, keep = partial(seat.ways.close_page, page), "想留着就按 Esc 回到这一页。"
    confirm(seat.window, seat.kit.looks, "不录入就离开？", "离开", close, will=will, undo=keep)


def difference(seen: Rows, sealed: Rows) -> str:
    """What was sealed otherwise than the clerk had seen it; empty where nothing was."""
    if sealed == seen:
        return ""
    before, now = {row[1] for row in seen}, {row[1] for row in sealed}
    parts = [
        f"{word}“{'、'.join(sorted(names)[:3])}”"
        for word, names in (("多了", now - before), ("少了", before - now))
        if names
    ]
    what = "，".join(parts) or "个别单位的代码、等级或回避有变化"
    return f"封存的名单与您刚才看到的不同：{what}。请看过名单再往下办"
