"""Notices in the layout of official documents (公文, GB/T 9704-2012): everything on a grid of 22 lines of 28 characters.

The text area is 156 x 225 mm, 37 mm from the top and 28 mm from the left (5.2.1); the body is 3号仿宋 (5.2.3); page numbers are 4号
half-width figures between dashes, 7 mm below the text area, at the outer edge (7.5). Notices to firms carry no red head.
"""

import re
from collections.abc import Sequence
from math import ceil

from wenlv_desk.typeset.breaking import break_lines
from wenlv_desk.typeset.fonts import Face, width
from wenlv_desk.typeset.layout import MM, OFFICIAL, OFFICIAL_BODY_SIZE, SIZES
from wenlv_desk.typeset.page import QR, Align, Block, Footer, Mark, Page, Paragraph, Signed, Style

GRID = OFFICIAL.pitch


def on_grid(face: Face, size: float, align: Align = Align.LEFT) -> Style:
    """A style whose lines stand on the grid."""
    return Style(face, size, align, GRID / size)


BODY = on_grid(Face.FANGSONG, OFFICIAL_BODY_SIZE)
CENTRED = on_grid(Face.FANGSONG, OFFICIAL_BODY_SIZE, Align.CENTER)
TITLE = on_grid(Face.TITLE, SIZES["二号"], Align.CENTER)
LEVELS = (
    (re.compile(r"[一二三四五六七八九十]{1,3}、"), on_grid(Face.HEI, OFFICIAL_BODY_SIZE)),
    (re.compile(r"（[一二三四五六七八九十]{1,3}）"), on_grid(Face.KAI, OFFICIAL_BODY_SIZE)),
)
NUMBERS = Footer(middle="", outer="— {page} —", style=Style(Face.SONG, SIZES["四号"]), drop=8.9)
_QR = 16.0  # mm


def official(
    title: str,
    body: Sequence[str],
    *,
    number: str = "",
    addressee: str = "",
    issuer: str = "",
    date: str = "",
    beside: Sequence[str] = (),
    after: Sequence[str] = (),
    qr: str = "",
) -> Page:
    """A notice: title, number, addressee, body, who issues and when with the seal's ring, lines beside these (签收) and after.

    `body` is a paragraph each and must not be empty.
    """
    blocks: list[Block] = [_line(line, TITLE) for line in shaped(title)]
    if number:
        blocks.append(_line(number, CENTRED))
    blocks.append(_line("", BODY))
    if addressee:
        blocks.append(_line(f"{addressee.rstrip('：:')}：", BODY))
    *most, last = [_paragraph(text) for text in body]
    blocks += [*most, Signed(last, issuer, date, BODY, beside=tuple(beside))]
    blocks += [_line(text, BODY) for text in after]
    corner: tuple[Mark, ...] = (QR(qr, OFFICIAL.width - OFFICIAL.right - _QR, 14.0, _QR),) if qr else ()
    return Page(tuple(blocks), corner, OFFICIAL, NUMBERS)


def _line(text: str, style: Style) -> Paragraph:
    return Paragraph(text, style, after=0.0)


def _paragraph(text: str) -> Paragraph:
    style = next((style for pattern, style in LEVELS if pattern.match(text)), BODY)
    return Paragraph(text, style, indent=2.0, after=0.0)


def shaped(title: str) -> tuple[str, ...]:
    """A long title in lines of about one length (7.3.1): never a last line of one or two characters."""
    room = OFFICIAL.body_width * MM / TITLE.size
    least = ceil(width(title, TITLE.face) / room - 0.001)
    if least <= 1:
        return (title,)
    tries = (break_lines(title, TITLE.face, ems / 2) for ems in range(ceil(room / least) * 2, int(room * 2) + 1))
    return next((lines for lines in tries if len(lines) <= least), break_lines(title, TITLE.face, room))
