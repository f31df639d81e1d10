"""Many papers as one file for the printer (成批打印): written to disk paper by paper, with bookmarks, each beginning on a front side.

The copies of a paper are laid out and written once; what differs (footer, codes) stands in a stream of its own. Equal volumes
give equal bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.typeset.flow import count_sheet, lay_page
from wenlv_desk.typeset.ink import Sheet
from wenlv_desk.typeset.page import Page
from wenlv_desk.typeset.pdffile import PdfFile
from wenlv_desk.typeset.render import PROGRAM, Pen

Progress = Callable[[int, int], bool]  # done and total; true to stop
_REMEMBERED = 256  # sheets


@dataclass(frozen=True)
class Part:
    """One paper of a volume: its copies (pages that differ in footer and codes only), its bookmark, the bookmark above it."""

    title: str
    copies: tuple[Page, ...]
    group: str = ""

    def __post_init__(self) -> None:
        first = self.copies[0]
        same = first.blocks, first.marks, first.layout
        if any((one.blocks, one.marks, one.layout) != same for one in self.copies):
            raise ValueError(f"copies of {self.title!r} that differ in more than footer and codes")


@dataclass(frozen=True)
class Written:
    """How many sheets a copy of every part has, and how many sides there are in all, blank ones included."""

    sheets: tuple[int, ...]
    sides: int


def write_volume(
    parts: Iterable[Part],
    target: Path,
    *,
    title: str,
    total: int,
    duplex: bool = True,
    progress: Progress | None = None,
) -> Written | None:
    """Write the parts in their order, the copies of each behind each other; None, and no file, when `progress` said stop.

    With `duplex` a copy of odd sheets is followed by a blank side. Sheets are counted apart in every copy. `total` is how
    many parts there are, for the progress. The file appears only when it is whole. Raises UserError, naming the part, for
    what cannot be printed, and for a file that cannot be written.
    """
    with drafted(target) as draft:
        with draft.open("wb") as file:
            book = _Book(PdfFile(file), duplex)
            for at, part in enumerate(parts):
                if progress is not None and progress(at, total):
                    return None
                book.add(part)
            if not book.sides:
                raise UserError(f"“{title}”里没有可以打印的文书，请先选好要打印哪些")
            book.close(title)
        draft.replace(target)
    if progress is not None:
        progress(total, total)
    return Written(tuple(book.sheets), len(book.sides))


@contextmanager
def drafted(target: Path) -> Iterator[Path]:
    """A file beside `target`, to be written and then put in its place; nothing is left of one that was not. UserError where
    it cannot be written."""
    draft = target.with_name(f".{target.name}.part")
    try:
        try:
            yield draft
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"“{target.name}”没有写成（{fault(error)}），请检查磁盘空间和文件夹，或换一个位置") from error


@dataclass
class _Mark:
    """A bookmark: its title, the object of the side it leads to, what stands below it."""

    title: str
    side: int
    below: list["_Mark"] = field(default_factory=list)


class _Book:
    """The sides, bookmarks and objects of a volume in the making."""

    def __init__(self, file: PdfFile, duplex: bool) -> None:
        self._file = file
        self._duplex = duplex
        self._pen = Pen(file.fonts)
        self._tree = file.reserve()
        self._known: dict[tuple[object, ...], int] = {}
        self._marks: list[_Mark] = []
        self._group = ""
        self.sides: list[int] = []
        self.sheets: list[int] = []

    def add(self, part: Part) -> None:
        """Write the copies of a paper."""
        try:
            laid = lay_page(part.copies[0])
            below = [self._drawn(sheet) for sheet in laid]
            first = len(self.sides)
            for page in part.copies:
                self._copy(page, laid, below)
        except UserError as error:
            raise UserError(f"“{part.title}”不能打印：{error.message}") from None
        self.sheets.append(len(laid))
        self._mark(part, self.sides[first])

    def _drawn(self, sheet: Sheet) -> int:
        """The stream of a sheet; sheets that say the same, as the middle ones of many papers do, share it."""
        key = tuple(tuple(part) for part in (sheet.texts, sheet.lines, sheet.fills, sheet.rings, sheet.codes))
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = self._file.stream(self._pen.operators(sheet))
        return self._known[key]

    def _copy(self, page: Page, laid: list[Sheet], below: list[int]) -> None:
        for at, (sheet, content) in enumerate(zip(laid, below, strict=True), 1):
            if sheet.pictures:
                raise ValueError("a volume holds no pictures")
            over = Sheet(sheet.width, sheet.height)
            count_sheet(over, page, page.footer, (at, len(laid)))
            self._side(sheet, f"[{content} 0 R {self._file.stream(self._pen.operators(over))} 0 R]")
        if self._duplex and len(laid) % 2:
            self._side(laid[-1], "")

    def _side(self, sheet: Sheet, contents: str) -> None:
        number = self._file.reserve()
        box = f"/MediaBox [0 0 {sheet.width:.4f} {sheet.height:.4f}]"
        said = f"/Contents {contents} {self._file.resources}" if contents else "/Resources << >>"
        self._file.put(number, f"<< /Type /Page /Parent {self._tree} 0 R {box} {said} >>")
        self.sides.append(number)

    def _mark(self, part: Part, side: int) -> None:
        mark = _Mark(part.title, side)
        if not part.group:
            self._marks.append(mark)
        elif part.group == self._group:
            self._marks[-1].below.append(mark)
        else:
            self._marks.append(_Mark(part.group, side, [mark]))
        self._group = part.group

    def close(self, title: str) -> None:
        """Write the tree of pages, the bookmarks, what the file says of itself."""
        file = self._file
        kids = "\n".join(f"{side} 0 R" for side in self.sides)
        file.put(self._tree, f"<< /Type /Pages /Count {len(self.sides)} /Kids [{kids}] >>")
        root, info, outline = file.reserve(), file.reserve(), file.reserve()
        ends = self._outline(self._marks, outline)
        file.put(outline, f"<< /Type /Outlines {ends} /Count {len(self._marks)} >>")
        turned = "/ViewerPreferences << /Duplex /DuplexFlipLongEdge >>" if self._duplex else ""
        file.put(
            root,
            f"<< /Type /Catalog /Pages {self._tree} 0 R /Outlines {outline} 0 R /PageMode /UseOutlines "
            f"/Lang (zh-CN) {turned} >>",
        )
        file.put(info, f"<< /Title {_text(title)} /Creator {_text(PROGRAM)} /Producer {_text(PROGRAM)} >>")
        file.close(root, info)

    def _outline(self, marks: list[_Mark], above: int) -> str:
        """Write bookmarks of one level and what is below them; the first and last of them."""
        numbers = [self._file.reserve() for _ in marks]
        for at, (number, mark) in enumerate(zip(numbers, marks, strict=True)):
            parts = [f"/Title {_text(mark.title)} /Parent {above} 0 R /Dest [{mark.side} 0 R /Fit]"]
            parts += [f"/Prev {numbers[at - 1]} 0 R"] if at else []
            parts += [f"/Next {numbers[at + 1]} 0 R"] if at + 1 < len(numbers) else []
            parts += [f"{self._outline(mark.below, number)} /Count -{len(mark.below)}"] if mark.below else []  # closed
            self._file.put(number, f"<< {' '.join(parts)} >>")
        return f"/First {numbers[0]} 0 R /Last {numbers[-1]} 0 R" if numbers else ""


def _text(text: str) -> str:
    """A text string of a PDF: UTF-16 in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
