"""PDF pages as bitmaps, for the preview window and the printer; no Qt here."""

from collections.abc import Sequence
from typing import NamedTuple

from wenlv_desk.typeset.verify import opened


class PageImage(NamedTuple):
    """A page in pixels: rows from the top, four bytes a pixel (blue, green, red, opaque), no padding between rows."""

    width: int
    height: int
    data: bytes


def page_images(pdf: bytes, dpi: float = 150.0, pages: Sequence[int] | None = None) -> list[PageImage]:
    """Draw pages (counted from 0; all of them by default) on white at `dpi`. Safe in any thread.

    Raises UserError for bytes that are not a PDF.
    """
    with opened(pdf) as file:
        images: list[PageImage] = []
        for number in range(len(file)) if pages is None else pages:
            page = file[number]
            bitmap = page.render(scale=dpi / 72, prefer_bgrx=True)
            images.append(PageImage(bitmap.width, bitmap.height, bytes(bitmap.buffer)))
            bitmap.close()
            page.close()
        return images


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in mm, for choosing the paper without drawing it."""
    with opened(pdf) as file:
        return [(w * 25.4 / 72, h * 25.4 / 72) for w, h in (file.get_page_size(n) for n in range(len(file)))]
