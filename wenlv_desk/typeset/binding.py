"""Papers that another program drew, bound into one file for the printer as `volume` does it with our own: bookmarks, front sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.render import PROGRAM
from wenlv_desk.typeset.volume import Progress, Written, drafted

if TYPE_CHECKING:
    from pypdf.generic import IndirectObject


@dataclass(frozen=True)
class Bound:
    """One paper: a PDF for every copy, its bookmark, the bookmark above it."""

    title: str
    copies: tuple[bytes, ...]
    group: str = ""


def bind(
    parts: Iterable[Bound],
    target: Path,
    *,
    title: str,
    total: int,
    duplex: bool = True,
    progress: Progress | None = None,
) -> Written | None:
    """Write the parts in their order, as `write_volume` does and with its answers. UserError for what is no PDF or cannot be written."""
    book = _Book(duplex)
    for at, part in enumerate(parts):
        if progress is not None and progress(at, total):
            return None
        book.add(part)
    with drafted(target) as draft:
        with draft.open("wb") as file:
            book.close(title, file)
        draft.replace(target)
    if progress is not None:
        progress(total, total)
    return Written(tuple(book.sheets), book.sides)


def bound_bytes(parts: Iterable[Bound], *, title: str) -> bytes:
    """The parts as one PDF in memory, without blank sides."""
    book, out = _Book(duplex=False), BytesIO()
    for part in parts:
        book.add(part)
    book.close(title, out)
    return out.getvalue()


class _Book:
    """A file in the making."""

    def __init__(self, duplex: bool) -> None:
        from pypdf import PdfWriter

        self._writer: PdfWriter = PdfWriter()
        self._duplex = duplex
        self._group = ""
        self._above: IndirectObject | None = None
        self.sheets: list[int] = []

    @property
    def sides(self) -> int:
        return len(self._writer.pages)

    def add(self, part: Bound) -> None:
        """The copies of a paper, each beginning on a front side."""
        first = self.sides
        counted = [self._copy(part, copy) for copy in part.copies]
        self.sheets.append(counted[0])
        if part.group != self._group:
            self._above = (
                self._writer.add_outline_item(title=part.group, page_number=first, is_open=False)
                if part.group
                else None
            )
        self._group = part.group
        self._writer.add_outline_item(title=part.title, page_number=first, parent=self._above)

    def _copy(self, part: Bound, pdf: bytes) -> int:
        from pypdf.errors import PyPdfError

        before = self.sides
        try:
            self._writer.append(BytesIO(pdf), import_outline=False)
        except PyPdfError as error:
            raise UserError(f"“{part.title}”不能打印：保存的正文不是可以打开的 PDF，请从备份恢复") from error
        sheets = self.sides - before
        if self._duplex and sheets % 2:
            self._writer.add_blank_page()
        return sheets

    def close(self, title: str, file: IO[bytes]) -> None:
        from pypdf.generic import NameObject

        self._writer.add_metadata({"/Title": title, "/Creator": PROGRAM, "/Producer": PROGRAM})
        self._writer.page_mode = "/UseOutlines"
        if self._duplex:
            told = self._writer.create_viewer_preferences()
            told[NameObject("/Duplex")] = NameObject("/DuplexFlipLongEdge")
        self._writer.write(file)
