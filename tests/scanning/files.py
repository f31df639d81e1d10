"""Files as copiers and telephones write them."""

import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.scanning.sheets import DPI, code, printed


def jpeg(picture: Image.Image, quality: int = 75) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def copied(path: Path, pictures: Sequence[Image.Image | bytes], rotations: Sequence[int] = ()) -> Path:
    """A PDF of pages that are one JPEG each; `rotations` are their /Rotate."""
    made = pypdfium2.PdfDocument.new()
    for at, picture in enumerate(pictures):
        content = picture if isinstance(picture, bytes) else jpeg(picture)
        with Image.open(io.BytesIO(content)) as opened:
            wide, high = (pixels / DPI * 72 for pixels in opened.size)
        page, image = made.new_page(wide, high), pypdfium2.PdfImage.new(made)
        image.load_jpeg(io.BytesIO(content), inline=True)
        image.set_matrix(pypdfium2.PdfMatrix().scale(wide, high))
        page.insert_obj(image)
        page.gen_content()
        page.set_rotation(rotations[at] if rotations else 0)
        page.close()
    made.save(path)
    made.close()
    return path


def as_tiff(path: Path, pictures: Sequence[Image.Image]) -> Path:
    """One file with a picture a page."""
    first, *more = (picture.copy() for picture in pictures)  # Pillow leaves with a picture what was saved behind it
    first.save(path, save_all=True, append_images=more)
    return path


def sheets(number: int, pages: int = 2, copy: int = 1) -> list[Image.Image]:
    """The clean pages of one copy of a pledge."""
    return [printed(code(number, page, pages, copy).text()) for page in range(1, pages + 1)]


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of objects numbered from 1, the first its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + tail


def stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def three_pages(second: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """A PDF whose second page draws with `second`; the first of `more` is object 8."""
    pages = [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<<%s>>>>" % (content, resources)
        for content in (6, 7, 6)
    ]
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>",
        *pages,
        stream(b"", b""),
        stream(b"", second),
        *more,
    )


def encrypted() -> bytes:
    """A PDF that asks for a password."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", strength=128))
    canvas.drawString(100, 700, "x")
    canvas.save()
    return out.getvalue()
