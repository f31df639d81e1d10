"""Notices in the layout of official documents (公文, GB/T 9704-2012): everything on a grid of 22 lines of 28 characters.

The text area is 156 x 225 mm, 37 mm from the top and 28 mm from the left (5.2.1); the body is 3号仿宋 (5.2.3); page numbers are 4号
half-width figures between dashes, 7 mm below the text area, at the outer edge (7.5). Notices to firms carry no red head unless
asked for one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from wenlv_desk.typeset.fields import fit
from wenlv_desk.typeset.fonts import Face, width
from wenlv_desk.typeset.ink import broken
from wenlv_desk.typeset.layout import MM, OFFICIAL, OFFICIAL_BODY_SIZE, SIZES
from wenlv_desk.typeset.page import (
    QR,
    Align,
    Block,
    Field,
    Foot,
    Footer,
    Gap,
    Mark,
    Page,
    Paragraph,
    Signed,
    Slip,
    Stroke,
    Style,
)
from wenlv_desk.typeset.shaping import shaped
from wenlv_desk.typeset.signing import foot_height, signed_rows

GRID = OFFICIAL.pitch
_End = Paragraph | Foot  # what stands below the date
_ACROSS = OFFICIAL.body_width * MM


def on_grid(face: Face, size: float, align: Align = Align.LEFT) -> Style:
    """A style whose lines stand on the grid."""
    return Style(face, size, align, GRID / size)


BODY = on_grid(Face.FANGSONG, OFFICIAL_BODY_SIZE)
CENTRED = on_grid(Face.FANGSONG, OFFICIAL_BODY_SIZE, Align.CENTER)
TITLE = on_grid(Face.TITLE, SIZES["二号"], Align.CENTER)
SLIP = Style(Face.FANGSONG, SIZES["四号"], leading=1.6)  # 版记: 4号仿宋 (7.4)
# The levels of a text (7.3.3): 一、 in 黑体, （一） in 楷体, the others as the body. The name of a part ends with its full stop.
LEVELS = (
    (re.compile(r"[一二三四五六七八九十百]+、"), Face.HEI),
    (re.compile(r"（[一二三四五六七八九十百]+）"), Face.KAI),
)
NUMBERS = Footer(middle="", outer="— {page} —", style=Style(Face.SONG, SIZES["四号"]), drop=8.9)
CUT = "送达签收（沿线剪下，由承办单位存档）"
_CLEAR = 14.0  # characters of a line after the date that do not reach the ring
_QR = 16.0  # mm

# The red head (7.2), mm: the issuer's name 35 below the top of the text area, two free lines, the number, 4 to the rule.
_HEAD_TOP = 35.0
_HEAD_INK = 0.845  # of an em: how far a character of the title face rises over its baseline
_BELOW = 0.12  # of an em: how far it reaches below
_HEAD_NAME = "发文机关标志"
_HEAD = Style(Face.TITLE, SIZES["初号"], Align.CENTER, 1.3, red=True)
_TO_RULE = 4.0
_FREE = 2  # lines, above the number and below the rule


def official(  # noqa: PLR0913  one call a notice, all by keyword
    title: str,
    body: Sequence[str],
    *,
    number: str = "",
    addressee: str = "",
    issuer: str = "",
    date: str = "",
    beside: Sequence[str] = (),
    after: Sequence[str] = (),
    copies: str = "",
    receipt: Sequence[str] = (),
    red_head: str = "",
    preprinted: bool = False,
    seal: bool = True,
    qr: str = "",
) -> Page:
    """A notice: title, number, addressee, body (a paragraph each), who issues and when with the seal's ring.

    `beside` are lines at the left of these (签收), `after` lines below them (附注). At the foot of the last sheet stand
    `copies` (抄送, between rules) and `receipt` (lines under a dashed rule, to tear off). `red_head` is the name above the
    red rule (发文机关标志); with `preprinted` the paper brings name and rule and only their room is kept. Raises
    UserError for a name too long for the head.
    """
    head = _head_of(red_head, preprinted)
    blocks: list[Block] = [Gap(head.rows * GRID / MM, kept=True)] if head else []
    blocks += [line_of(line, TITLE) for line in shaped(title, TITLE, _ACROSS)]
    if number and not head:
        blocks.append(line_of(number, CENTRED))
    blocks.append(line_of("", BODY))
    if addressee:
        blocks.append(line_of(f"{addressee.rstrip('：:')}：", BODY))
    blocks += [paragraph(text) for text in body]
    under = [*_after(after, seal), *_foot(copies, receipt)]
    below = sum(map(_height, under))
    ends: list[Block] = [*under]
    signed = Signed(
        _one_line(issuer), _one_line(date), BODY, seal, before=2 if seal else 1, beside=_lines(beside), hold=below
    )
    if issuer or date or beside:
        ends, below = [signed, *ends], below + (signed_rows(signed, _ACROSS) + 1) * GRID / MM
    if ends and isinstance(last := blocks[-1], Paragraph):
        blocks[-1] = replace(last, hold=min(below, OFFICIAL.body_height / 2))
    marks = head.marks(number) if head else ()
    corner: tuple[Mark, ...] = (QR(qr, OFFICIAL.width - OFFICIAL.right - _QR, 14.0, _QR),) if qr else ()
    return Page((*blocks, *ends), (*marks, *corner), OFFICIAL, NUMBERS)


@dataclass(frozen=True)
class _Head:
    """A red head: the issuer's name (none where the paper brings it) and its size in mm."""

    name: str
    size: float

    @property
    def foot(self) -> float:
        """The lower edge of the name, mm from the top of the sheet."""
        return OFFICIAL.top + _HEAD_TOP + (_HEAD_INK + _BELOW) * self.size

    @property
    def number(self) -> float:
        """The lower edge of the number."""
        return self.foot + _FREE * GRID / MM + (GRID + OFFICIAL_BODY_SIZE) / 2 / MM

    @property
    def rows(self) -> int:
        """Lines of the grid that the head takes with the free ones below its rule, the last of which may be a part."""
        return ceil((self.number + _TO_RULE - OFFICIAL.top) / (GRID / MM) + _FREE - 0.35)

    def marks(self, number: str) -> tuple[Mark, ...]:
        """The head with its number as marks."""
        left, across, rule = OFFICIAL.left, OFFICIAL.body_width, self.number + _TO_RULE
        found: list[Mark] = [Field("发文字号", number, left, self.number, across, CENTRED, 9.0)]
        if self.name:
            style = replace(_HEAD, size=self.size * MM)
            found.append(Field(_HEAD_NAME, self.name, left, self.foot, across, style))
            found.append(Stroke(left, rule, left + across, rule, weight=1.5, red=True))
        return tuple(found)


def _head_of(name: str, preprinted: bool) -> _Head | None:
    if preprinted or not name:
        return _Head("", _HEAD.size / MM) if preprinted else None
    style, _ = fit(Field(_HEAD_NAME, name, OFFICIAL.left, 0, OFFICIAL.body_width, _HEAD, SIZES["三号"]))
    return _Head(name, style.size / MM)


def line_of(text: str, style: Style) -> Paragraph:
    """A text that begins at the edge and leaves nothing free below."""
    return Paragraph(text, style, after=0.0)


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_one_line, texts))


@lru_cache(maxsize=4096)
def paragraph(text: str, body: Style = BODY) -> Paragraph:
    """A paragraph of the body: indented by two characters, the name of a part in the face of its level."""
    face = next((face for pattern, face in LEVELS if pattern.match(text)), None)
    if face is None:
        return Paragraph(text, body, indent=2.0, after=0.0)
    name, stop, rest = text.partition("。")
    if not rest:  # a part's name alone stays with the line that follows
        return Paragraph(text, replace(body, face=face), indent=2.0, after=0.0, hold=body.size * body.leading / MM)
    return Paragraph(rest, body, indent=2.0, after=0.0, lead=name + stop, lead_face=face)


def _after(lines: Sequence[str], seal: bool) -> list[_End]:
    """Lines below the date, clear of the ring."""
    free = [line_of("", BODY)] if seal and any(width(text, BODY.face) > _CLEAR for text in lines) else []
    return [*free, *(Paragraph(text, BODY, indent=2.0, after=0.0) for text in lines)]


def _foot(copies: str, receipt: Sequence[str]) -> list[_End]:
    slips = [Slip((_one_line(copies),), SLIP)] if copies else []
    slips += [Slip(_lines(receipt), SLIP, cut=CUT)] if receipt else []
    return [Foot(tuple(slips))] if slips else []


def _height(end: _End) -> float:
    """How much of the sheet something below the date takes, in mm."""
    if isinstance(end, Foot):
        return foot_height(end, _ACROSS) / MM
    return len(broken(end.text, end.style, _ACROSS, indent=end.indent)) * GRID / MM
