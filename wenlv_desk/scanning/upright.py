"""Writes one upright PDF from pages of scans; in the child process only."""

import io
import os
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING

from wenlv_desk.core.aside import Message
from wenlv_desk.core.errors import fault
from wenlv_desk.scanning import refusals
from wenlv_desk.scanning.refusals import Refusal
from wenlv_desk.scanning.shelf import Shelf, harmless

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfImage, PdfMatrix

Leaf = tuple[str, str, int, int]
"""Path, kind, page, turn."""
Laid = tuple["PdfImage", tuple[int, ...], tuple[int, int]]
"""A picture, where the unit square goes for it to stand upright, its width and height then."""

_A4 = (595.276, 841.89)  # points
_ORIENTATION = 0x0112  # EXIF
# Where the unit square goes on a sheet of width and height 1, for each orientation that a camera may note.
_PLACED = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


def write(shelf: Shelf, target: str, leaves: Sequence[Leaf]) -> Message:
    """The pages in one file, whole or not at all."""
    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    try:
        for (path, kind), group in groupby(leaves, key=lambda leaf: leaf[:2]):
            try:
                add = _add_pages if kind == "pdf" else _add_photographs
                add(shelf, made, path, [(page, turn) for _, _, page, turn in group])
            except Refusal as refusal:
                raise Refusal(f"“{Path(path).name}”{refusal.reason}") from refusal
            except pypdfium2.PdfiumError as error:
                raise Refusal(f"“{Path(path).name}”{refusals.DAMAGED_PAGE}") from error
        _save(made, Path(target))
    finally:
        made.close()
    return "written", len(leaves)


def _add_pages(shelf: Shelf, made: "PdfDocument", path: str, leaves: Iterable[tuple[int, int]]) -> None:
    leaves = list(leaves)
    before = len(made)
    made.import_pages(shelf.pdf(path), [page for page, _ in leaves])
    for at, (_, turn) in enumerate(leaves, before):
        page = made[at]
        page.set_rotation((page.get_rotation() + turn) % 360)
        page.close()


def _add_photographs(shelf: Shelf, made: "PdfDocument", path: str, leaves: Iterable[tuple[int, int]]) -> None:
    for frame, turn in leaves:
        picture = shelf.picture(path, frame)
        as_it_is = picture.format in ("JPEG", "MPO") and picture.mode in ("L", "RGB")
        image, placed, (wide, high) = _jpeg(made, picture, path) if as_it_is else _pixels(made, picture)
        sheet = _A4 if wide <= high else _A4[::-1]
        page = made.new_page(*sheet)
        image.set_matrix(_matrix(placed, (wide, high), sheet))
        page.insert_obj(image)
        page.gen_content()
        page.set_rotation(turn)
        page.close()


def _jpeg(made: "PdfDocument", picture: "Image", path: str) -> Laid:
    """The file's own bytes, which readers show as they lie in it: the sheet turns them."""
    import pypdfium2

    with harmless():
        placed = _PLACED.get(picture.getexif().get(_ORIENTATION, 1), _PLACED[1])
    image = pypdfium2.PdfImage.new(made)
    image.load_jpeg(io.BytesIO(Path(path).read_bytes()), inline=True)
    return image, placed, picture.size if placed[0] else picture.size[::-1]


def _pixels(made: "PdfDocument", picture: "Image") -> Laid:
    """The picture upright, without loss. Pillow has turned a TIFF by the time it is loaded, and no other format."""
    import pypdfium2
    from PIL.ImageOps import exif_transpose

    with harmless():
        exif_transpose(picture, in_place=True)  # loads it, and turns what is not turned yet
        pixels = _on_white(picture)
    image = pypdfium2.PdfImage.new(made)
    bitmap = pypdfium2.PdfBitmap.from_pil(pixels)
    image.set_bitmap(bitmap)
    bitmap.close()
    return image, _PLACED[1], pixels.size


def _on_white(picture: "Image") -> "Image":
    from PIL import Image

    if picture.has_transparency_data:
        solid = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", solid.size, "white"), solid).convert("RGB")
    return picture.convert("L" if picture.mode in ("1", "L", "I;16", "I", "F") else "RGB")


def _matrix(placed: tuple[int, ...], size: tuple[int, int], sheet: tuple[float, float]) -> "PdfMatrix":
    """The picture as large as fits the sheet, in its middle."""
    from pypdfium2 import PdfMatrix

    scale = min(sheet[0] / size[0], sheet[1] / size[1])
    wide, high = size[0] * scale, size[1] * scale
    fitted = PdfMatrix(*placed).scale(wide, high)
    return fitted.translate((sheet[0] - wide) / 2, (sheet[1] - high) / 2)


def _save(made: "PdfDocument", target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        try:
            with part.open("wb") as file:
                made.save(writer := _Writer(file))
                writer.say()
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Refusal(f"文件夹“{target.parent.name}”写不进去（{fault(error)}），请检查磁盘空间和写权限") from error


class _Writer:
    """Remembers what the system has against a file: the library drops what is raised in it, and goes on as if all were written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._fault: OSError | None = None

    def write(self, content: bytes) -> int:
        if self._fault is None:
            try:
                self._file.write(content)
            except OSError as error:
                self._fault = error
        return len(content)

    def say(self) -> None:
        """Raise what went wrong."""
        if self._fault is not None:
            raise self._fault
