"""打印整批 in the window: what would be printed, where to, how far it has come, and the file opened at the end."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.jobs import Job, Running
from wenlv_desk.gui.listing.exporting import PAPER, ask_target, tell_saved
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.gui.widgets.parts import button, key_values, words
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.registries.pledge.papers import batch_pledges
from wenlv_desk.registries.pledge.printing import print_batch
from wenlv_desk.registries.pledge.records import PledgeBatch
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset.volume import Written

NOTHING: Final = "这一批还没有已下发的责任状。请先办“整批下发”，文字定下来后再打印。"


@dataclass(frozen=True)
class BatchShown:
    """What a print of a batch would hold."""

    title: str
    pledges: int
    copies: int
    pages: int
    grids: int
    duplex: bool


def shown_of(desk: Desk, batch_id: int) -> BatchShown:
    """What would be printed of a batch."""
    batch, pledges = desk.get(PledgeBatch, batch_id), batch_pledges(desk, batch_id)
    return BatchShown(
        batch.title,
        len(pledges),
        sum(one.copies for one in pledges),
        sum(one.copies * (one.pages or 0) for one in pledges),
        len({one.grid_code for one in pledges}),
        bool(setting_of(desk, "pledge_duplex")),
    )


def open_view(seat: Seat, batch_id: int) -> None:
    """Open the dialog of a batch."""

    def show(found: BatchShown) -> None:
        BatchDialog(seat, batch_id, found).open()

    seat.read(seat.window, shown_of, batch_id, then=show)


class BatchDialog(Dialog):
    """The file is written beside the window and can be stopped; then it can be opened."""

    def __init__(self, seat: Seat, batch_id: int, found: BatchShown) -> None:
        super().__init__(f"打印整批 · {found.title}", seat.kit.looks, seat.window, width=560)
        self.seat, self.batch_id, self.shown = seat, batch_id, found
        self.job: Job | None = None
        self.path: Path | None = None
        self.strip = Strip(seat.kit.looks)
        self.body.addWidget(key_values(facts_of(found)))
        self.body.addWidget(self.strip)
        self._row = QWidget()
        self.bar, self.counted = QProgressBar(), words("", "muted")
        self.stop = button("停止", self.stop_it)
        self._lay_out()
        self.opening = self.add_button("打开文件", self.open_file, key="F8")
        self.opening.hide()
        self.buttons("选择文件，生成 PDF…", leave="关闭")
        self.strip.acted.connect(lambda _name: self.strip.clear())
        seat.kit.jobs.running.connect(self._progress)
        assert self.primary is not None
        if found.pledges:
            self.primary.setFocus()
        else:
            self.strip.say("amber", NOTHING)
            self.primary.setEnabled(False)

    def _lay_out(self) -> None:
        self.bar.setAccessibleName("进度")
        self.bar.setTextVisible(False)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.bar, 1)
        row.addWidget(self.counted)
        row.addWidget(self.stop)
        self._row.hide()
        self.body.addWidget(self._row)

    # writing

    def accept(self) -> None:
        """Ask where to, and write; the dialog stays. Once written the file is opened."""
        if self.job is not None:
            return
        path = ask_target(self, "打印整批", f"{self.shown.title}.pdf", PAPER)
        if path is None:
            return
        self.path = path.with_suffix(".pdf")
        self.strip.clear()
        self.opening.hide()
        self.bar.setRange(0, 0)
        self.counted.setText("正在排版")
        self._row.show()
        progress = self.seat.kit.jobs.progress("打印整批")
        given = (self.seat.office, self.seat.clerk, self.batch_id, self.path, progress)
        self.job = self.seat.kit.jobs.read(self, print_batch, *given, then=self._written, otherwise=self._refused)
        if self.primary is not None:
            self.job.busy(self.primary)
        self.stop.setFocus()

    def stop_it(self) -> None:
        """Ask the writing to end; no file is left."""
        if self.job is not None:
            for one in self.job.progress:
                one.stop()

    def _progress(self, running: Running | None) -> None:
        if self.job is not None and running is not None and running.total:
            self.bar.setRange(0, running.total)
            self.bar.setValue(running.done)
            self.counted.setText(f"{running.done:,} / {running.total:,} 份")

    def _written(self, written: Written | None) -> None:
        self.job = None
        self._row.hide()
        if written is None or self.path is None:
            self.strip.say("amber", "已停止，没有留下文件。")
            return
        said = f"{len(written.sheets):,} 份责任状，共 {written.sides:,} 面，已存为“{self.path.name}”"
        self.strip.say("green", said)
        tell_saved(self.seat, said, self.path)
        self.opening.show()
        self.opening.setFocus()

    def _refused(self, error: Exception) -> None:
        self.job = None
        self._row.hide()
        if isinstance(error, UserError):
            self.strip.say("red", error.message)
        else:
            self.seat.kit.faults.present(error)

    def open_file(self) -> None:
        """Open the file with the system's program, to be printed from there."""
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path)))

    def reject(self) -> None:
        """Close; what is still being written is stopped."""
        if self.job is not None:
            self.job.forget()
        super().reject()


def facts_of(found: BatchShown) -> list[tuple[str, str]]:
    """What the dialog says of a batch."""
    duplex = "双面：每份从正面开始，单数页的后面留一面空白" if found.duplex else "单面"
    return [
        ("责任状", f"{found.pledges:,} 份（连同一式几份共 {found.copies:,} 份），{found.pages:,} 页"),
        ("顺序", f"按网格排，共 {found.grids} 个网格；书签先网格后编号" if found.grids else "按网格排"),
        ("纸面", f"A4，{duplex}（在“本单位”设置里改）"),
        ("每页", "页眉和页脚各有一个二维码，签好后扫描就能自动归档"),
    ]
