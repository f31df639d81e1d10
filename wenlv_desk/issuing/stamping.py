"""The marks of a pledge on the pages of a converted Word file: the code that files the signed sheet, its number, page x of y.

The codes stand in two opposite corners, measured from the corner, upright for whoever reads the page, whatever its size
and however it is turned in the file. Nothing of the bureau's is covered: where it left no room the page is refused.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final, NamedTuple

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.fonts import Face
from wenlv_desk.typeset.layout import MM, OFFICIAL, SIZES, Layout
from wenlv_desk.typeset.page import QR, Document, Footer, Page, Style
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import opened

Corner = tuple[float, float, float]  # the left upper corner of a code on A4 and its side, mm

# In opposite corners, where the margins of Word leave room; our own pages have the lower code in the middle of the foot.
CORNERS: Final[tuple[Corner, ...]] = ((178.0, 10.0, 22.0), (10.0, 265.0, 22.0))
_FOOT: Final = 12.0  # mm from the lower edge to the middle of the foot line: below the foot that Word itself makes
_HALF_FOOT: Final = 2.0
_WORDS: Final = Style(Face.SONG, SIZES["五号"])
_BESIDE: Final = 34.0  # mm that the foot line stays off the sides
_SMALLEST: Final = 100.0  # mm: a page that holds the codes with anything between them
_SPARE: Final = 1.0  # mm of a code's white border that may have something in it: readers need half of it
_WHITE: Final = 240  # of 255: paler than this is paper


class _Box(NamedTuple):
    """A place that must be free for a mark, mm from the upper left, and what it is called."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


class _Sheet(NamedTuple):
    """A page as its reader sees it: mm across and down."""

    width: float
    height: float


def stamp(pdf: bytes, code_of: Callable[[int, int], str], number: str, corners: tuple[Corner, ...] = CORNERS) -> bytes:
    """The PDF with its marks on every page: the codes say `code_of(page, pages)`, counted from 1; the foot says number and page.

    Raises UserError for bytes that are not a PDF, for a page too small, and for one with something where a mark belongs. Safe in any thread.
    """
    with opened(pdf) as file:
        sheets = [_Sheet(*(one / MM for one in file.get_page_size(at))) for at in range(len(file))]
        with opened(_overlay(sheets, code_of, number, corners)) as overlay:
            for at, sheet in enumerate(sheets):
                page = file[at]
                _refuse_covering(page, at + 1, _boxes(sheet, corners))
                _lay_over(file, page, overlay, at)
                page.close()
            out = BytesIO()
            file.save(out)
    stamped = out.getvalue()
    _prove(stamped, sheets, corners)
    return stamped


def _overlay(
    sheets: list[_Sheet], code_of: Callable[[int, int], str], number: str, corners: tuple[Corner, ...]
) -> bytes:
    """The marks alone, on sheets of the same size."""
    pages = []
    for at, sheet in enumerate(sheets, 1):
        if min(sheet) < _SMALLEST:
            size = f"{sheet.width:.0f}×{sheet.height:.0f} 毫米"
            raise UserError(f"第 {at} 页只有 {size}，放不下二维码和页码，请把范本的纸张改为 A4")
        data = code_of(at, len(sheets))
        codes = tuple(QR(data, *_placed(corner, sheet)) for corner in corners)
        pages.append(Page(marks=codes, layout=Layout(*sheet, 0.0, _BESIDE, _FOOT, _BESIDE)))
    foot = Footer(middle=f"{number}　第 {{page}} 页 共 {{pages}} 页", style=_WORDS, drop=1.2)
    return render(Document(number, tuple(pages), footer=foot))


def _placed(corner: Corner, sheet: _Sheet) -> Corner:
    """A code as far from its corner of the sheet as it is from that corner of A4."""
    x, y, side = corner
    right, low = x + side / 2 > OFFICIAL.width / 2, y + side / 2 > OFFICIAL.height / 2
    return x + (sheet.width - OFFICIAL.width) * right, y + (sheet.height - OFFICIAL.height) * low, side


def _boxes(sheet: _Sheet, corners: tuple[Corner, ...]) -> list[_Box]:
    boxes = [_code_box(*_placed(corner, sheet), sheet) for corner in corners]
    middle = sheet.height - _FOOT
    foot = (_BESIDE, middle - _HALF_FOOT, sheet.width - _BESIDE, middle + _HALF_FOOT)
    return [*boxes, _Box("下缘放编号和页码的地方", *foot)]


def _code_box(x: float, y: float, side: float, sheet: _Sheet) -> _Box:
    where = ("右" if x > sheet.width / 2 else "左") + ("下" if y > sheet.height / 2 else "上")
    name = f"{where}角放二维码的地方（离纸边 {min(x, sheet.width - x - side):g} 毫米、{side:g} 毫米见方）"
    return _Box(name, x + _SPARE, y + _SPARE, x + side - _SPARE, y + side - _SPARE)


def _refuse_covering(page: Any, at: int, boxes: list[_Box]) -> None:
    if covered := _inked(page, boxes):
        raise UserError(
            f"第 {at} 页{covered[0]}已有文字或图形，会互相盖住。请把范本的页边距改大，或移开那里的页眉、页脚、页码和边框"
        )


def _prove(pdf: bytes, sheets: list[_Sheet], corners: tuple[Corner, ...]) -> None:
    """Refuse a file whose own drawing cuts off what is drawn after it: a page without its code could not be filed."""
    with opened(pdf) as file:
        for at, sheet in enumerate(sheets):
            page, boxes = file[at], _boxes(sheet, corners)
            if len(_inked(page, boxes)) < len(boxes):
                raise UserError(f"第 {at + 1} 页印不上二维码和页码，请在 LibreOffice 或 Word 里把范本另存一次后再试")
            page.close()


def _inked(page: Any, boxes: list[_Box]) -> list[str]:
    """The places that have something in them."""
    bitmap = page.render(scale=1, grayscale=True)
    try:
        return [box.name for box in boxes if _has_ink(bitmap, box)]
    finally:
        bitmap.close()


def _has_ink(bitmap: Any, box: _Box) -> bool:
    """Whether anything darker than paper lies in the box, on a page drawn at a pixel a point."""
    across = slice(max(0, int(box.left * MM)), min(bitmap.width, int(box.right * MM) + 1))
    data = memoryview(bitmap.buffer).cast("B")
    rows = range(max(0, int(box.top * MM)), min(bitmap.height, int(box.bottom * MM) + 1))
    return any(min(data[row * bitmap.stride :][across]) < _WHITE for row in rows)


def _lay_over(file: Any, page: Any, overlay: Any, at: int) -> None:
    import pypdfium2

    form = overlay.page_as_xobject(at, file)
    mark = form.as_pageobject()
    mark.set_matrix(pypdfium2.PdfMatrix(*_upright(page)))
    page.insert_obj(mark)
    page.gen_content()
    form.close()


def _upright(page: Any) -> tuple[float, float, float, float, float, float]:
    """The matrix from the page as it is read to the page as it is written down: turned by /Rotate, cut by its crop box."""
    crop, media = page.get_cropbox(), page.get_mediabox()
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    match page.get_rotation():
        case 90:
            return 0, 1, -1, 0, right, bottom
        case 180:
            return -1, 0, 0, -1, right, top
        case 270:
            return 0, -1, 1, 0, left, top
    return 1, 0, 0, 1, left, bottom
