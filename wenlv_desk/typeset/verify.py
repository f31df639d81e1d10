"""What a reader finds in a PDF: the proof that what was printed can be searched and copied."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from wenlv_desk.core.errors import UserError

_PDFIUM = RLock()  # pdfium is not safe in two threads at once


def extract_text(pdf: bytes) -> list[str]:
    """The text of every page, as a viewer would copy it. Raises UserError for bytes that are not a PDF."""
    with opened(pdf) as file:
        return [_page_text(file, number) for number in range(len(file))]


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """A pypdfium2 document, closed at the end; one at a time. Raises UserError for bytes that are not a PDF."""
    with pdfium() as library:
        try:
            file = library.PdfDocument(pdf)
        except library.PdfiumError:
            raise UserError("文件不是可以打开的 PDF，或已损坏、加了密码。请重新生成或换一份文件。") from None
        try:
            yield file
        finally:
            file.close()


@contextmanager
def pdfium() -> Iterator[Any]:
    """The library, for one thread at a time; whoever holds it may take it again."""
    import pypdfium2

    with _PDFIUM:
        yield pypdfium2


def _page_text(file: Any, number: int) -> str:
    page = file[number]
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()
