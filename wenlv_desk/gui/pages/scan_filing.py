"""The page 归档扫描件: a scan is handed in and read, then its pages are shown, and those that wait are assigned by hand.

What was read is written whole or not at all; what waits stays on file, so that the page can be closed at any time.
"""

from pathlib import Path
from typing import Final

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.filing.handing_in import HandingIn
from wenlv_desk.gui.filing.reading import HandedIn, earlier_of, read_scan, scan_of_page
from wenlv_desk.gui.filing.result import Result
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.look.tokens import Tone
from wenlv_desk.gui.seat import Seat, at_desk
from wenlv_desk.gui.widgets.dialogs import confirm
from wenlv_desk.gui.widgets.notices import Notice
from wenlv_desk.gui.widgets.parts import button, words
from wenlv_desk.registries.pledge.records import KINDS, PLEDGES
from wenlv_desk.scanning.aside import ScanStopped
from wenlv_desk.store.gate import Done, perform

TITLE: Final = "归档扫描件"
PATTERNS: Final = "扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.bmp *.webp);;所有文件 (*)"
FOLDER_KEY: Final = "filing/folder"
STOPPED: Final = "已停止，什么都没有归档。需要时重新交一次即可。"


def open_screen(seat: Seat, operation: str, register: str, record_id: int | None) -> None:  # noqa: ARG001
    """Open the page to hand a scan in; for a page of a scan, on that page."""
    if register == PLEDGES.name or record_id is None:
        _page(seat, None)
        return
    seat.read(seat.window, scan_of_page, record_id, then=lambda found: _page(seat, *found))


def open_view(seat: Seat, scan_id: int) -> None:
    """Open the page on a scan that was filed before."""
    _page(seat, scan_id)


def _page(seat: Seat, scan_id: int | None, place: int = 0) -> None:
    """One page at a time, unless one is reading: that goes on, and is shown where it is asked for."""
    for old in seat.window.findChildren(ScanFilingPage):
        if old.scan_id == scan_id:
            seat.ways.show_page(old, KINDS.name)
            if scan_id is not None:
                old.show_scan(scan_id, place)
            return
        if not old.busy:
            seat.ways.close_page(old)
    page = ScanFilingPage(seat)
    seat.ways.show_page(page, KINDS.name)
    if scan_id is not None:
        page.show_scan(scan_id, place)


class ScanFilingPage(QWidget):
    """Either a scan is handed in, or one that was filed is shown."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.scan_id: int | None = None
        self.job: Job | None = None
        self.setObjectName("page")
        self.setAccessibleName(TITLE)
        self.setAcceptDrops(True)
        self.heading, self.facts = words(TITLE, "heading"), words("", "muted")
        self.again = button("再交一件…", self.start_again, key="Ctrl+N")
        self.leave_button = button("返回", self.leave, key="Esc")
        self.handing_in = HandingIn(seat.kit.looks)
        self.result: Result | None = None
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.start_again()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.facts, 1)
        head.addWidget(self.again)
        head.addWidget(self.leave_button)
        self._stack.addWidget(self.handing_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        handing_in, jobs = self.handing_in, self.seat.kit.jobs
        handing_in.files_wanted.connect(self.choose_files)
        handing_in.folder_wanted.connect(self.choose_folder)
        handing_in.stop_wanted.connect(self.stop)
        handing_in.earlier_wanted.connect(self.show_scan)
        jobs.running.connect(lambda running: handing_in.show_progress(running) if self.busy else None)
        jobs.changed.connect(lambda _tables: self._read_earlier())
        QShortcut(QKeySequence("F5"), self).activated.connect(self._refresh)

    @property
    def busy(self) -> bool:
        """Whether a scan is being read or written."""
        return self.job is not None

    # handing in

    def start_again(self, problem: str = "") -> None:
        """Ask for a scan."""
        self.scan_id = None
        self.heading.setText(TITLE)
        self.facts.setText("")
        self.again.hide()
        self.leave_button.setEnabled(True)
        if self.result is not None:
            self._stack.removeWidget(self.result)
            self.result.deleteLater()
            self.result = None
        self._stack.setCurrentWidget(self.handing_in)
        self.handing_in.invite(problem)
        self._read_earlier()

    def _read_earlier(self) -> None:
        if self.scan_id is None and not self.busy:
            self.seat.read(self, earlier_of, then=self.handing_in.show_earlier)

    def choose_files(self) -> None:
        """Ask for a PDF or pictures."""
        last = self.seat.kit.memory.text(FOLDER_KEY)
        names, _ = QFileDialog.getOpenFileNames(self, TITLE, last, PATTERNS)
        self.hand_in([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder of photographs."""
        last = self.seat.kit.memory.text(FOLDER_KEY)
        name = QFileDialog.getExistingDirectory(self, "装扫描件的文件夹", last)
        self.hand_in([Path(name)] if name else [])

    def hand_in(self, paths: list[Path]) -> None:
        """Read these; nothing is written before the last page was read."""
        if not paths or self.busy:
            return
        if self.scan_id is not None:
            self.start_again()
        self.seat.kit.memory.keep(FOLDER_KEY, str(paths[0].parent))
        name = paths[0].name + (f"”等 {len(paths)} 个“" if len(paths) > 1 else "")
        self.handing_in.show_reading(name.removesuffix("“"))
        progress = self.seat.kit.jobs.progress("读扫描件")
        given = (self.seat.office, self.seat.clerk, read_scan, paths, self.handing_in.day.text().strip(), progress)
        self.job = self.seat.kit.jobs.read(self, at_desk, *given, then=self._write, otherwise=self._refused)

    def stop(self) -> None:
        """Stop the reading; nothing was written yet."""
        if self.job is not None and not self.job.writes:
            self.job.forget()
            self.job = None
            self.seat.kit.jobs.running.emit(None)
            self.start_again(STOPPED)

    def _write(self, found: HandedIn) -> None:
        self.handing_in.show_writing(len(found.bundle.pages))
        self.leave_button.setEnabled(False)
        arguments = {"path": found.bundle.name, "signed_on": str(found.signed_on)}
        self.job = self.seat.kit.jobs.write(
            self,
            perform,
            self.seat.office,
            self.seat.clerk,
            "file_scans",
            PLEDGES.name,
            arguments=arguments,
            payload=found.bundle,
            then=self._filed,
            otherwise=self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self.job = None
        if isinstance(error, ScanStopped):
            self.start_again(STOPPED)
        elif isinstance(error, UserError):
            self.start_again(error.message)
        else:
            self.start_again()
            self.seat.kit.faults.present(error)

    def _filed(self, done: Done) -> None:
        self.job = None
        self.leave_button.setEnabled(True)
        self.handing_in.day.put("")
        said = done.notes[0] if done.notes else done.title
        if self.isVisible():
            self.seat.kit.notices.tell(said)
        else:
            self.seat.kit.notices.show_notice(Notice(f"扫描件已归档。{said}", Tone.AMBER, "打开", self.show_again))
        self.show_scan(int(done.value))

    # what was filed

    def show_scan(self, scan_id: int, place: int = 0) -> None:
        """Show a scan that was filed."""
        if self.busy:
            return
        if self.result is None or self.scan_id != scan_id:
            self.start_again()
            self.result = Result(self.seat)
            self.result.shown.connect(self._say_facts)
            self._stack.addWidget(self.result)
        self.scan_id = scan_id
        self._stack.setCurrentWidget(self.result)
        self.again.show()
        self.result.read(scan_id, place)

    def show_again(self) -> None:
        """Come to the front of the window."""
        self.seat.ways.show_page(self, KINDS.name)

    def _say_facts(self) -> None:
        view = self.result.view if self.result is not None else None
        if view is not None:
            self.heading.setText(f"{TITLE} · {view.name}")
            self.facts.setText(f"签订日期 {view.signed_on}　{view.filed_at:%Y-%m-%d %H:%M} 归档")

    def _refresh(self) -> None:
        if self.result is not None and self.scan_id is not None:
            self.result.read(self.scan_id)
        else:
            self._read_earlier()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()
        if self.scan_id is None and not self.busy:
            self.handing_in.choose.setFocus()

    def leave(self) -> None:
        """Close the page; what is filed stands, what is being read is not filed."""
        if self.busy:
            will = ["正在读的扫描件不会归档，一页都不写入；以后重新交一次即可。"]
            undo = "想让它读完就按 Esc 回到这一页。"
            confirm(self.window(), self.seat.kit.looks, "停止并离开？", "离开", self._close, will=will, undo=undo)
        else:
            self._close()

    def _close(self) -> None:
        if self.job is not None and self.job.writes:
            return  # what is being written is shown when it is done
        if self.job is not None:
            self.job.forget()
            self.job = None
        self.seat.ways.close_page(self)

    # dropped onto the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hand_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
