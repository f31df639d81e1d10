"""The right of the counter: the paper that is about to be printed, as it will look, and where it goes."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QSpinBox, QVBoxLayout

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.printing import printers
from wenlv_desk.gui.printing.paperview import drawn
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import words
from wenlv_desk.registries.review.counter import foreseen
from wenlv_desk.registries.review.proposing import Step
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.typeset.preview import page_sizes

TO_FILE: Final = "存为 PDF"
FOLDER: Final = "窗口文书"
PRINTER_KEY: Final = "counter/printer"
COPIES: Final = 2  # 一式两份
_PAUSE_MS: Final = 150
_MM: Final = 25.4
_LEAST_DPI: Final = 20.0


def drawn_ahead(office: Office, clerk: Clerk, case_id: int, step: Step, width: int, ratio: float) -> tuple[QImage, int]:
    """The first page at a width in pixels, and how many there are; for a worker thread."""
    pdf = foreseen(office, clerk, case_id, step)
    sizes = page_sizes(pdf)
    dpi = max(_LEAST_DPI, width * ratio / sizes[0][0] * _MM)
    return drawn(pdf, 0, dpi), len(sizes)


class Preview(QFrame):
    """Drawn anew a moment after the case has changed."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("将要打印")
        self._seat = seat
        self._wanted: tuple[int, Step] | None = None
        self._job: Job | None = None
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self._draw)
        self.title = words("将要打印", "")
        self.title.setProperty("part", "strong")
        self.text = words("", "muted", wrap=True)
        self.page = QLabel()
        self.page.setProperty("part", "card")
        self.page.setAccessibleName("文书预览")
        self.page.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.page.hide()
        self._area = QScrollArea()
        self._area.setWidgetResizable(False)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.page)
        self.where = QComboBox()
        self.where.setAccessibleName("打印机")
        self.copies = QSpinBox()
        self.copies.setRange(1, 9)
        self.copies.setValue(COPIES)
        self.copies.setSuffix(" 份")
        self.copies.setAccessibleName("份数")
        self.note = words("", "small", wrap=True)
        self._lay_out()
        self._offer_printers()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.where, 1)
        foot.addWidget(self.copies)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addWidget(self._area, 1)
        column.addWidget(self.note)
        column.addLayout(foot)

    def _offer_printers(self) -> None:
        """The printers there are and the file; what was chosen last is chosen again."""
        names = printers.printer_names()
        self.where.addItems([*names, TO_FILE])
        last = self._seat.kit.memory.text(PRINTER_KEY)
        self.where.setCurrentText(last if last in (*names, TO_FILE) else (*names, TO_FILE)[0])
        self.where.currentTextChanged.connect(partial(self._seat.kit.memory.keep, PRINTER_KEY))
        self.where.currentTextChanged.connect(lambda _name: self._say_where())
        self._say_where()

    def _say_where(self) -> None:
        if self.where.currentText() != TO_FILE:
            self.note.setText("")
        else:
            none = "" if self.where.count() > 1 else "没有装打印机，"
            self.note.setText(f"{none}文书存为 PDF，放在数据文件夹的“{FOLDER}”里")
        self.note.setVisible(bool(self.note.text()))

    def target(self, number: str) -> Path | str:
        """Where a paper goes: a printer's name, or a file of its own. UserError when the folder cannot be made."""
        name = self.where.currentText()
        if name != TO_FILE:
            return name
        folder = self._seat.office.folder / FOLDER
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise UserError(f"“{FOLDER}”文件夹建不了，请检查数据文件夹的写权限，再从文书档案重印") from error
        return folder / f"{number}.pdf"

    def foresee(self, case_id: int, step: Step) -> None:
        """Show the paper that a step leads to."""
        self.title.setText(f"将要打印　{step.paper_title}")
        if (case_id, step) == self._wanted and self.page.isVisible():
            return
        self._wanted = (case_id, step)
        self.text.setText("正在排版……")  # what is still shown belongs to an earlier tick
        self.text.show()
        self._later.start()

    def say(self, text: str, title: str = "将要打印") -> None:
        """No paper is to come: say why."""
        self._forget()
        self.title.setText(title)
        self._show_text(text)

    def _forget(self) -> None:
        self._wanted = None
        self._later.stop()
        if self._job is not None:
            self._job.forget()
            self._job = None

    def _draw(self) -> None:
        if self._wanted is None:
            return
        if self._job is not None:
            self._job.forget()
        width, ratio = max(120, self._area.viewport().width() - 2), self.devicePixelRatioF()
        self._job = self._seat.kit.jobs.read(
            self,
            drawn_ahead,
            self._seat.office,
            self._seat.clerk,
            *self._wanted,
            width,
            ratio,
            then=partial(self._show, ratio),
            otherwise=self._failed,
        )

    def _show(self, ratio: float, found: tuple[QImage, int]) -> None:
        image, pages = found
        image.setDevicePixelRatio(ratio)
        self.page.setPixmap(QPixmap.fromImage(image))
        self.page.adjustSize()
        self.text.setText(f"第 1 页，共 {pages} 页" if pages > 1 else "")
        self.text.setVisible(pages > 1)
        self.page.show()

    def _show_text(self, text: str) -> None:
        self.page.hide()
        self.text.setText(text)
        self.text.setVisible(bool(text))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._show_text(error.message)
        else:
            self._seat.kit.faults.present(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wanted is not None:
            self._later.start()
