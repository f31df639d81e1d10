"""What is drawn, in points from the top left corner of a sheet: the border between layout and file."""

from dataclasses import dataclass, field
from typing import NamedTuple

from wenlv_desk.typeset.breaking import break_lines
from wenlv_desk.typeset.fonts import Face, width
from wenlv_desk.typeset.page import Align, Style

_MOST_STRETCH = 0.15  # of an em between characters: a line with more to fill looks torn and stays ragged
ASCENT = 0.88  # of an em: how far the box of a Chinese character rises over its baseline


Place = tuple[float, float]


class Text(NamedTuple):
    """One line of writing; `y` is its baseline, `spacing` is added after every character."""

    x: float
    y: float
    size: float
    face: Face
    text: str
    grey: float
    spacing: float
    red: bool = False


class Line(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float
    grey: float
    dashed: bool
    red: bool = False


class Fill(NamedTuple):
    """A grey area."""

    x: float
    y: float
    width: float
    height: float
    grey: float


class Ring(NamedTuple):
    """A dashed circle."""

    x: float
    y: float
    radius: float


class Code(NamedTuple):
    """A QR code."""

    x: float
    y: float
    size: float
    data: str


class Picture(NamedTuple):
    """A bitmap in a box."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


@dataclass
class Sheet:
    """One side of paper, in points, and everything drawn on it."""

    width: float
    height: float
    texts: list[Text] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    rings: list[Ring] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def line(self, start: Place, end: Place, weight: float, grey: float = 0.0) -> None:
        """Draw a solid line."""
        self.lines.append(Line(*start, *end, weight, grey, False))

    def column(self, lines: tuple[str, ...], x: float, top: float, room: float, style: Style) -> None:
        """Set broken lines below each other from `top`, in a column `room` points wide."""
        pitch = style.size * style.leading
        baseline = top + (pitch - style.size) / 2 + ASCENT * style.size
        last = len(lines) - 1
        for at, text in enumerate(lines):
            if text:
                shift, spacing = align(text, style, room, last=at == last)
                y = baseline + at * pitch
                self.texts.append(Text(x + shift, y, style.size, style.face, text, style.grey, spacing, style.red))


def align(text: str, style: Style, room: float, *, last: bool = True) -> tuple[float, float]:
    """How far a line is moved right, and the spacing that fills it, in points; the last line is not stretched."""
    if style.align is Align.LEFT:
        return 0.0, 0.0
    free = max(0.0, room - width(text, style.face) * style.size)
    if style.align is Align.JUSTIFY:
        stretch = free / (len(text) - 1) if len(text) > 1 and not last else 0.0
        return 0.0, stretch if stretch < style.size * _MOST_STRETCH else 0.0
    return (free / 2 if style.align is Align.CENTER else free), 0.0


def broken(text: str, style: Style, room: float, *, indent: float = 0.0) -> tuple[str, ...]:
    """The lines of a text in a column `room` points wide; `indent` in characters."""
    return break_lines(text, style.face, round(room / style.size, 4), indent)
