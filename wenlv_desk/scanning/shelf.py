"""The files a scan is read from, each opened once, by path and never as a whole in memory. Used in the child process only."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.scanning import refusals
from wenlv_desk.scanning.refusals import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_FRESH = 500  # pages read from one opening: what the library remembers of a document grows
_HEAD = 1024
_MARKS = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"BM", b"RIFF")  # of FORMATS
_HEIC = (b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1")
# What Pillow raises for pictures that are damaged or made to harm.
HARMED = (SyntaxError, ValueError, ArithmeticError, LookupError, EOFError, TypeError, struct.error, zlib.error)


class Shelf:
    """Holds the file read last."""

    def __init__(self, file_mb: int, pages: int, megapixels: int) -> None:
        from PIL import Image

        Image.MAX_IMAGE_PIXELS = None  # our own limit is looked at before anything is decoded
        self.file_mb, self.pages, self.megapixels = file_mb, pages, megapixels
        self._path = ""
        self._open: Any = None
        self._served = 0

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.put_back()

    def put_back(self) -> None:
        """Close the file held."""
        if self._open is not None:
            self._open.close()
        self._path, self._open, self._served = "", None, 0

    def kind(self, path: str) -> str:
        """ "pdf" or "picture". Raises Refusal for anything else."""
        file = Path(path)
        if file.is_dir():
            raise Refusal(refusals.FOLDER)
        if file.exists() and not file.is_file():
            raise Refusal(refusals.NO_FILE)
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
        size = file.stat().st_size
        if not head:
            raise Refusal(refusals.EMPTY)
        if size > self.file_mb * 1024 * 1024:
            raise Refusal(refusals.too_large(size / 1024 / 1024, self.file_mb))
        if b"%PDF-" in head:
            return "pdf"
        if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
            raise Refusal(refusals.HEIC)
        if not head.startswith(_MARKS):
            raise Refusal(refusals.UNKNOWN)
        self.picture(path)
        return "picture"

    def pdf(self, path: str) -> "PdfDocument":
        """An open document. Raises Refusal, also for one that asks for a password."""
        import pypdfium2

        if path != self._path or self._served >= _FRESH:
            self.put_back()
            with Path(path).open("rb"):
                pass  # what the system has against the file is said in its own words
            try:
                self._open = pypdfium2.PdfDocument(Path(path))
            except pypdfium2.PdfiumError as error:
                raise Refusal(_why(error.err_code)) from error
            self._path = path
        self._served += 1
        return self._open

    def picture(self, path: str, frame: int = 0) -> "Image":
        """A picture with only its head read. Raises Refusal for what is none, and for one that would fill the memory."""
        from PIL import Image

        if path != self._path:
            self.put_back()
            with harmless(refusals.DAMAGED_FILE):
                self._open = Image.open(path, formats=FORMATS)
            self._open.filename = (
                ""  # else Pillow maps plain pixels into memory, by the wrong size where a TIFF is turned
            )
            self._path = path
        picture: Image.Image = self._open
        with harmless():
            picture.seek(frame)  # also to the first: the file may still be open at another
            self.measure(*picture.size)
            return picture

    def measure(self, wide: int, high: int) -> None:
        """Refuse what would fill the memory once decoded."""
        if wide * high > self.megapixels * 1_000_000:
            raise Refusal(refusals.too_many_pixels(wide, high, self.megapixels))


@contextmanager
def harmless(reason: str = refusals.DAMAGED_PAGE) -> Iterator[None]:
    """Whatever decoding a foreign picture raises is said of the page."""
    from PIL import Image

    try:
        yield
    except OSError as error:
        if error.errno:  # the system's, not Pillow's
            raise
        raise Refusal(reason) from error
    except (*HARMED, Image.DecompressionBombError) as error:
        raise Refusal(reason) from error


def _why(code: int | None) -> str:
    return {_PASSWORD: refusals.PASSWORD, _SECURITY: refusals.FORBIDDEN}.get(code or 0, refusals.DAMAGED_FILE)
