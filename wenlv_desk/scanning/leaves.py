"""What a file holds and what stands on its pages; in the child process only."""

import io
import math
from typing import TYPE_CHECKING, Any

from wenlv_desk.core.aside import Message
from wenlv_desk.scanning import refusals
from wenlv_desk.scanning.codes import codes_on, is_blank, judge
from wenlv_desk.scanning.refusals import Refusal
from wenlv_desk.scanning.shelf import Shelf, harmless

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

DPI = 200
_LEAST, _MOST = 1000, 5000  # pixels of the longer side of what is read
_ENOUGH = 2300  # of the shorter side, where a JPEG can be decoded at half its size or less
_WHOLE = 0.85  # of a page's area, covered by its only picture
_THUMBNAIL = 240  # pixels high
_INVISIBLE = 3  # text render mode: what was recognised on the scan, laid under it

_TURNS = {90: "ROTATE_270", 180: "ROTATE_180", 270: "ROTATE_90"}  # clockwise; Pillow turns the other way


def survey(shelf: Shelf, path: str) -> Message:
    """Kind and number of pages."""
    kind = shelf.kind(path)
    pages = len(shelf.pdf(path)) if kind == "pdf" else _frames(shelf, path)
    if pages < 1:
        raise Refusal(refusals.NO_PAGES)
    if pages > shelf.pages:
        raise Refusal(refusals.too_many_pages(pages, shelf.pages))
    shelf.put_back()
    return "file", kind, pages


def _frames(shelf: Shelf, path: str) -> int:
    """Only TIFF has pages; the second picture in a telephone's JPEG is no page."""
    picture = shelf.picture(path)
    with harmless():
        return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1


def read(shelf: Shelf, path: str, kind: str, page: int) -> Message:
    """Texts, the text that names the page, turn, skew, thumbnail, width, height, why not, whether blank."""
    picture = pdf_page(shelf, path, page) if kind == "pdf" else photograph(shelf, path, page)
    codes = codes_on(picture)
    blank = not codes and is_blank(picture)
    verdict = judge(codes, blank=blank)
    texts = tuple(dict.fromkeys(code.text for code in codes))
    small = _thumbnail(picture, verdict.turn)
    return "page", texts, verdict.text, verdict.turn, verdict.skew, small, *picture.size, verdict.why, blank


def show(shelf: Shelf, path: str, kind: str, page: int, turn: int, pixels: int) -> Message:
    """A grey JPEG of a page, turned, its longer side of so many pixels at most."""
    picture = pdf_page(shelf, path, page) if kind == "pdf" else photograph(shelf, path, page)
    shown = turned(picture.reduce(max(1, max(picture.size) // (2 * pixels))), turn)
    shown.thumbnail((pixels, pixels))
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=80)
    return "picture", out.getvalue()


def photograph(shelf: Shelf, path: str, frame: int = 0) -> "Image":
    """A picture as it is to be looked at, grey, at least as large as can be read from."""
    from PIL.ImageOps import exif_transpose

    picture = shelf.picture(path, frame)
    with harmless():
        picture.draft("L", (_ENOUGH, _ENOUGH))
        upright = _fitting(grey(picture))
        upright.getexif()[0x0112] = picture.getexif().get(0x0112, 1)
        return exif_transpose(upright)


def grey(picture: "Image") -> "Image":
    """On white where it is transparent."""
    from PIL import Image

    if picture.mode == "L":
        picture.load()
        return picture.copy()
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture).convert("L")
    return picture.convert("L")


def _fitting(picture: "Image") -> "Image":
    longer = max(picture.size)
    return picture.reduce(math.ceil(longer / _MOST)) if longer > _MOST else picture


def pdf_page(shelf: Shelf, path: str, number: int) -> "Image":
    """A page as a viewer shows it, grey: its only picture at its own resolution, anything else drawn at 200 dpi."""
    import pypdfium2

    document = shelf.pdf(path)
    try:
        page = document[number]
        try:
            return _only_jpeg(shelf, page) or _drawn(shelf, page)
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise Refusal(refusals.DAMAGED_PAGE) from error


def _drawn(shelf: Shelf, page: "PdfPage") -> "Image":
    wide, high = page.get_size()
    longer = max(wide, high, 1.0)
    pixels = max((max(size) for size in _pictures(shelf, page)), default=0)
    wanted = pixels if 100 <= pixels / longer * 72 <= 600 else longer / 72 * DPI
    scale = min(max(wanted, _LEAST), _MOST) / longer
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        picture: Image = bitmap.to_pil().convert("L")
        return picture
    finally:
        bitmap.close()


def _pictures(shelf: Shelf, page: "PdfPage") -> list[tuple[int, int]]:
    """Sizes in pixels of the pictures on a page. Raises Refusal where one would fill the memory."""
    from pypdfium2 import raw

    sizes = [one.get_px_size() for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5)]
    for size in sizes:
        shelf.measure(*size)
    return sizes


def _only_jpeg(shelf: Shelf, page: "PdfPage") -> "Image | None":
    """The picture of a page that is nothing but one upright JPEG, turned as the page is; None for any other page."""
    from PIL import Image

    image = _only_picture(page)
    if image is None or image.get_filters(skip_simple=True) != ["DCTDecode"]:
        return None
    shelf.measure(*image.get_px_size())
    with harmless(), Image.open(io.BytesIO(bytes(image.get_data(decode_simple=True))), formats=("JPEG",)) as picture:
        if picture.mode not in ("L", "RGB"):
            return None  # what its inks mean, the document says
        picture.draft("L", (_ENOUGH, _ENOUGH))
        return turned(_fitting(grey(picture)), page.get_rotation())


def _only_picture(page: "PdfPage") -> Any:
    from pypdfium2 import raw

    images: list[Any] = []
    for one in page.get_objects(max_depth=1):
        if one.type == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(one)
        elif one.type != raw.FPDF_PAGEOBJ_TEXT or raw.FPDFTextObj_GetTextRenderMode(one) != _INVISIBLE:
            return None
    if len(images) != 1:
        return None
    a, b, c, d, _, _ = images[0].get_matrix().get()
    wide, high = page.get_size() if page.get_rotation() % 180 == 0 else page.get_size()[::-1]
    upright = a > 0 and d > 0 and max(abs(b), abs(c)) < 0.01 * min(a, d)
    return images[0] if upright and _WHOLE < a * d / max(wide * high, 1.0) < 1 / _WHOLE else None


def turned(picture: "Image", degrees: int) -> "Image":
    """Turned clockwise by quarters."""
    from PIL.Image import Transpose

    return picture.transpose(Transpose[_TURNS[degrees % 360]]) if degrees % 360 in _TURNS else picture


def _thumbnail(picture: "Image", turn: int) -> bytes:
    small = turned(picture.reduce(max(1, min(picture.size) // 400)), turn)
    small.thumbnail((4 * _THUMBNAIL, _THUMBNAIL))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=60)
    return out.getvalue()
