"""Line breaking for Chinese mixed with words and numbers (禁则): no closing mark starts a line, no opening mark ends
one."""

import re
from functools import lru_cache

from wenlv_desk.typeset.fonts import Face, width

_OPENING = "（《〈「『【〔〖［｛“‘([{￥¥$＄#№"
_CLOSING = "，。、；：？！）》〉」』】〕〗］｝”’,.;:?!)]}%％‰℃°·～—"
_WORD = r"[0-9A-Za-z\u00c0-\u024f][0-9A-Za-z\u00c0-\u024f_@&=+*/\\\-.:,'%]*"
# A unit never breaks inside: opening marks, then one character, word or paired dash (…… ——), then closing marks.
_UNIT = re.compile(rf"[{re.escape(_OPENING)}]*(?:{_WORD}|…+|—+|[^ \t\u3000])[{re.escape(_CLOSING)}]*|[ \t\u3000]")
_BLANK = " \t\u3000"
_SLACK = 0.001  # of an em: what rounding of metres to points may cost a line that fits exactly


@lru_cache(maxsize=16_384)
def break_lines(text: str, face: Face, ems: float, first: float = 0.0) -> tuple[str, ...]:
    """The lines of a text in a column `ems` wide (column width over font size), the first shorter by `first` ems.

    A newline in the text ends a line. A unit longer than the column breaks between characters; a line holds at least
    one character however narrow the column. Blanks at a turn of line are not drawn. Never empty: no text is one empty
    line.
    """
    lines: list[str] = []
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        room = ems - (first if not lines else 0.0)
        if width(paragraph, face) <= room + _SLACK:
            lines.append(paragraph)
        else:
            lines.extend(_fill(paragraph, face, ems, room))
    return tuple(lines)


def units(text: str) -> list[str]:
    """What is never parted: a character, word or number with the marks that belong to it."""
    return _UNIT.findall(text)


def _fill(paragraph: str, face: Face, ems: float, room: float) -> list[str]:
    """Greedy filling, unit by unit."""
    lines: list[str] = []
    line, used = "", 0.0
    for unit in units(paragraph):
        length = width(unit, face)
        if used + length <= room + _SLACK:
            line, used = line + unit, used + length
            continue
        if unit in _BLANK:
            continue  # a blank that does not fit hangs invisibly over the edge
        if line.strip(_BLANK):
            lines.append(line.rstrip(_BLANK))
            room = ems
        *full, line = _chop(unit, face, room, ems)
        lines.extend(full)
        room = ems if full else room
        used = width(line, face)
    lines.append(line.rstrip(_BLANK))
    return lines


def _chop(unit: str, face: Face, room: float, ems: float) -> list[str]:
    """Break a unit longer than the column between its characters; a unit that fits comes back whole."""
    if width(unit, face) <= room + _SLACK:
        return [unit]
    pieces: list[str] = []
    piece, used = "", 0.0
    for character in unit:
        length = width(character, face)
        if piece and used + length > room + _SLACK:
            pieces.append(piece)
            piece, used, room = "", 0.0, ems
        piece, used = piece + character, used + length
    return [*pieces, piece]
