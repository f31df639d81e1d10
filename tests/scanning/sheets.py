"""Signed sheets as a copier sees them: pages of our typesetter as grey pictures."""

import math
import random
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from wenlv_desk.standards.page_code import PageCode
from wenlv_desk.typeset.official import official
from wenlv_desk.typeset.page import QR, Document, Page
from wenlv_desk.typeset.pledge import CORNERS
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import opened

DPI = 200
WIDTH, HEIGHT = 210.0, 297.0  # mm, A4
# Where pledges have their codes: in two opposite corners both are cut off where the sheet lies 15° askew on the glass, and of
# two at one side a torn edge takes both.
PLACES = tuple((x, y) for x, y, _ in CORNERS)
SIZE = CORNERS[0][2]  # mm across a code with its white border
_CLAUSE = (
    "乙方应当落实安全生产主体责任，建立健全全员安全生产责任制，保证安全投入，开展教育培训，"
    "对经营场所、设施设备和用火用电定期排查隐患，及时整改，并如实记录；发生事故的，立即组织抢救并按规定报告。"
)


@dataclass(frozen=True)
class Look:
    """How codes stand on a sheet."""

    size: float = SIZE
    places: tuple[tuple[float, float], ...] = PLACES


LOOK = Look()


def code(number: int, page: int = 1, pages: int = 3, copy: int = 1, digest: str = "") -> PageCode:
    """The code of an invented pledge's page."""
    return PageCode(f"HLFH-2026-{number:04}", page, pages, copy, digest or f"{number * 7919 % 16**12:012x}")


def sheet(text: str, look: Look = LOOK) -> Page:
    """One sheet of a pledge with this in its codes."""
    body = [f"{'一二三四'[n]}、{_CLAUSE}" for n in range(4)]
    page = official(f"护林防火责任状 {text[:14]}", body, issuer="青禾县文化和旅游局", date="2026年11月1日")
    marks = [QR(text, x, y, look.size) for x, y in look.places]
    return Page(page.blocks, (*page.marks, *marks), page.layout)


def as_pdf(texts: list[str], look: Look = LOOK) -> bytes:
    """A printed file, a sheet a text."""
    return render(Document("责任状", tuple(sheet(text, look) for text in texts), footer=None))


@lru_cache(maxsize=64)
def printed(text: str, look: Look = LOOK, dpi: int = DPI) -> Image.Image:
    """A clean scan of a sheet: grey, upright, with ink of a signature on it. Not to be changed in place."""
    with opened(as_pdf([text], look)) as pdf:
        picture = pdf[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    draw, chance = ImageDraw.Draw(picture), random.Random(text)
    for _ in range(3):
        x, y = chance.uniform(0.3, 0.6) * picture.width, chance.uniform(0.75, 0.85) * picture.height
        points = [(x + 3 * n, y + 25 * math.sin(n * chance.uniform(0.2, 0.6))) for n in range(60)]
        draw.line(points, fill=60, width=5)
    return picture
