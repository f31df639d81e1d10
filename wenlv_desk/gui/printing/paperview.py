"""The pages of a PDF on the screen: a list of pages and the page itself, drawn by worker threads at the size wanted."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QScrollArea

from wenlv_desk.gui.jobs import Job, Jobs
from wenlv_desk.gui.printing.printers import image_of
from wenlv_desk.typeset.preview import page_images, page_sizes

_MM: Final = 25.4
_STEPS: Final = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_SCREEN_DPI: Final = 96.0


def sizes_and_page(pdf: bytes) -> list[tuple[float, float]]:
    """Sizes of the pages in mm; for a worker thread."""
    return page_sizes(pdf)


def drawn(pdf: bytes, number: int, dpi: float) -> QImage:
    """One page as an image; for a worker thread."""
    (page,) = page_images(pdf, dpi, [number])
    return image_of(page)


class PaperView(QObject):
    """Keeps list, page and zoom buttons of a form together. A zoom of None fits the whole page."""

    def __init__(
        self,
        jobs: Jobs,
        pages: QListWidget,
        view: QScrollArea,
        where: QLabel,
        buttons: tuple[QPushButton, QPushButton, QPushButton],
    ) -> None:
        super().__init__(view)
        self._jobs, self._pages, self._view, self._where = jobs, pages, view, where
        self._pdf, self._sizes = b"", list[tuple[float, float]]()
        self._zoom: float | None = None
        self._job: Job | None = None
        self.page = QLabel("正在排版……")
        self.page.setProperty("part", "card")  # its border is the edge of the paper
        self.page.setMargin(1)
        self.page.setAccessibleName("页面")
        view.setWidget(self.page)
        view.installEventFilter(self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.draw)
        smaller, fit, larger = buttons
        smaller.clicked.connect(partial(self._step, -1))
        larger.clicked.connect(partial(self._step, 1))
        fit.clicked.connect(partial(self._step, 0))
        pages.currentRowChanged.connect(lambda _row: self.draw())

    @property
    def count(self) -> int:
        return len(self._sizes)

    def show_pdf(self, pdf: bytes, *, keep: bool = False) -> None:
        """Show another paper from its first page; with `keep` from the page that was looked at, as far as it has it."""
        self._pdf = pdf
        self._jobs.read(self, sizes_and_page, pdf, then=partial(self._show_pages, pdf, keep))

    def draw(self) -> None:
        """Draw the page at hand anew."""
        if not self._sizes:
            return
        number = max(0, self._pages.currentRow())
        if self._job is not None:
            self._job.forget()
        dpi = self._dpi(self._sizes[number]) * self._view.devicePixelRatioF()
        self._job = self._jobs.read(self, drawn, self._pdf, number, dpi, then=self._show)
        percent = round(self._dpi(self._sizes[number]) / _SCREEN_DPI * 100)
        self._where.setText(f"第 {number + 1} 页，共 {len(self._sizes)} 页　{percent}%")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() == QEvent.Type.Resize and self._zoom is None:
            self._later.start()
        return False

    def _show_pages(self, pdf: bytes, keep: bool, sizes: list[tuple[float, float]]) -> None:
        if pdf is not self._pdf:
            return
        self._sizes = sizes
        at = min(max(0, self._pages.currentRow()), len(sizes) - 1) if keep else 0
        self._pages.blockSignals(True)
        self._pages.clear()
        self._pages.addItems([f"第 {number} 页" for number in range(1, len(sizes) + 1)])
        self._pages.setCurrentRow(at)
        self._pages.blockSignals(False)
        self._pages.setVisible(len(sizes) > 1)
        self.draw()

    def _show(self, image: QImage) -> None:
        image.setDevicePixelRatio(self._view.devicePixelRatioF())
        self.page.setPixmap(QPixmap.fromImage(image))
        self.page.adjustSize()

    def _dpi(self, size: tuple[float, float]) -> float:
        """Dots an inch at which the page has the zoom wanted."""
        if self._zoom is not None:
            return _SCREEN_DPI * self._zoom
        room = self._view.viewport().size()
        return max(24.0, min((room.width() - 4) / size[0], (room.height() - 4) / size[1]) * _MM)

    def _step(self, direction: int, _checked: bool = False) -> None:
        if not self._sizes:
            return
        now = self._dpi(self._sizes[max(0, self._pages.currentRow())]) / _SCREEN_DPI
        if direction == 0:
            self._zoom = None
        elif direction > 0:
            self._zoom = next((step for step in _STEPS if step > now + 0.01), _STEPS[-1])
        else:
            self._zoom = next((step for step in reversed(_STEPS) if step < now - 0.01), _STEPS[0])
        self.draw()
