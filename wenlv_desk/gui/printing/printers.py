"""The printers of this machine, and pages put onto their paper: at the printer's resolution, at full size, never scaled."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMarginsF, QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.preview import PageImage, page_images, page_sizes

FINE_DPI: Final = 600  # for a few pages: small type on a licence stays sharp
PLAIN_DPI: Final = 300
_FINE_PAGES: Final = 10

PrinterMaker = Callable[[str], QPrinter]


def printer_names() -> tuple[str, ...]:
    """The printers there are, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name)))


def make_printer(name: str) -> QPrinter:
    """The printer of that name."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    return printer


def print_pdf(pdf: bytes, name: str, copies: int, title: str, make: PrinterMaker = make_printer) -> None:
    """Put every page onto paper of its own size. For a worker thread.

    Raises UserError when the printer does not take it; how much came out then only the printer knows.
    """
    sizes = page_sizes(pdf)
    dpi = FINE_DPI if len(sizes) <= _FINE_PAGES else PLAIN_DPI
    printer = make(name)
    printer.setDocName(title)
    printer.setResolution(dpi)
    printer.setFullPage(True)
    printer.setCopyCount(copies)
    _set_page(printer, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(f"打印机“{name}”没有接受任务，请检查它是否开机、联网、有纸")
    try:
        for number, size in enumerate(sizes):
            if number:
                _set_page(printer, size)
                if not printer.newPage():
                    raise UserError(f"打印机“{name}”在第 {number + 1} 页停下了，请检查打印机和纸")
            (page,) = page_images(pdf, dpi, [number])
            # The image has the sheet's own size in dots of the printer: nothing is fitted, so millimetres stay millimetres.
            scale = printer.resolution() / dpi
            painter.drawImage(QRect(0, 0, round(page.width * scale), round(page.height * scale)), image_of(page))
    finally:
        painter.end()
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise UserError(f"打印机“{name}”报告出错，没有打完，请检查打印机后重印")


def image_of(page: PageImage) -> QImage:
    """A page's dots as an image of its own."""
    image = QImage(page.data, page.width, page.height, 4 * page.width, QImage.Format.Format_RGB32)
    return image.copy()  # the bytes belong to somebody else


def _set_page(printer: QPrinter, size: tuple[float, float]) -> None:
    width, height = size
    paper = QPageSize(QSizeF(min(size), max(size)), QPageSize.Unit.Millimeter)
    turned = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(paper, turned, QMarginsF(0, 0, 0, 0)))
