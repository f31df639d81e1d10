"""The end of a paper: who issues or signs it and when, with the ring for the seal, and what stands at the foot of the sheet."""

from dataclasses import replace

from wenlv_desk.typeset.fonts import Face, width
from wenlv_desk.typeset.ink import Line, Ring, Sheet, broken
from wenlv_desk.typeset.layout import MM, SEAL_DIAMETER, SIZES
from wenlv_desk.typeset.page import SEAL_WORDS, Align, Foot, Signatories, Signatory, Signed, Slip, Style
from wenlv_desk.typeset.sheets import Sheets

_LOWER = 2.0 * MM  # the writing stands a little below the middle of the seal (居印章中心偏下位置)
_UNSEALED = 2.0  # characters: from the right, and the date from the office (7.3.5.2)
_CUT = Style(Face.SANS, 9.0, Align.CENTER, 1.6, 0.45)
_HEAVY = 0.35 * MM  # the first and last rule of the 版记 (7.4.1)
_PAD = 3.0  # points between a rule and the writing
_BETWEEN = 6.0 * MM  # columns of those who sign
_NAME_SIZES = (SIZES["四号"], SIZES["小四"], SIZES["五号"], SIZES["小五"])
_NAME_LINES = 3  # beyond which a name is set smaller
_NAME_ROOM = 2  # rows kept for every name, so that the ring leaves the place to sign in free
_RING_IN, _RING_DOWN = 24.0 * MM, 15.0 * MM  # its middle, from the corner of the column


def signed_rows(block: Signed, across: float) -> int:
    """How many lines of its style office and date take in a column `across` points wide, without free lines above."""
    office, beside = _words(block, across)
    return max(len(office) + bool(block.date), len(beside))


def place_signed(sheets: Sheets, block: Signed) -> None:
    """Set office, date, what stands beside them and the ring, under as many free lines as the sheet has left."""
    office, beside = _words(block, sheets.width)
    rows, pitch, least = signed_rows(block, sheets.width), _pitch(block.style), min(1, block.before)
    sheets.need((rows + least) * pitch)
    free = int((sheets.room - block.hold * MM) // pitch) - rows
    sheets.down(max(min(block.before, free), least) * pitch)
    if block.seal:
        _sealed(sheets, block, office)
    else:
        _unsealed(sheets, block, office)
    sheets.sheet.column(beside, sheets.left, sheets.y, sheets.width, block.style)
    sheets.y += rows * pitch


def _words(block: Signed, across: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of the office and of what stands beside it, clear of both and of the ring."""
    style = block.style
    office = broken(block.office, style, across) if block.office else ()
    words, dated = _longest(office, style), _longest((block.date,), style)
    taken = (
        max(block.inset * style.size + dated / 2, words / 2)
        + max(words, SEAL_DIAMETER * MM if block.seal else dated) / 2
    )
    room = max(across - taken - style.size, across / 4)
    return office, tuple(line for text in block.beside for line in broken(text, style, room))


def _sealed(sheets: Sheets, block: Signed, office: tuple[str, ...]) -> None:
    """Office centred over the date; a long name only as far as the edge allows."""
    style, pitch = replace(block.style, align=Align.CENTER), _pitch(block.style)
    dated, room = _longest((block.date,), style), _longest(office, style)
    right = sheets.right - block.inset * style.size
    middle = min(right - dated / 2, sheets.right - room / 2)
    sheets.sheet.column(office, middle - room / 2, sheets.y, room, style)
    sheets.sheet.column((block.date,), right - dated, sheets.y + len(office) * pitch, dated, style)
    _ring(sheets.sheet, middle, sheets.y + (len(office) + 1) * pitch / 2 - _LOWER)


def _unsealed(sheets: Sheets, block: Signed, office: tuple[str, ...]) -> None:
    """The date two characters right of the office; a date longer than the office stands two characters from the right."""
    style, pitch = replace(block.style, align=Align.LEFT), _pitch(block.style)
    step = _UNSEALED * style.size
    dated, room = _longest((block.date,), style), _longest(office, style)
    left = max(sheets.right - step - (room if room >= dated else dated + step), sheets.left)
    sheets.sheet.column(office, left, sheets.y, room, style)
    below = sheets.y + len(office) * pitch
    sheets.sheet.column((block.date,), min(left + step, sheets.right - dated), below, dated, style)


def _ring(sheet: Sheet, x: float, y: float, said: float = SEAL_DIAMETER / 2 * MM - 9.0 * MM) -> None:
    """The ring around a middle, marked `said` points below it."""
    radius = SEAL_DIAMETER * MM / 2
    words = Style(Face.SANS, 9.0, Align.CENTER, grey=0.55)
    sheet.rings.append(Ring(x, y, radius))
    sheet.column((SEAL_WORDS,), x - radius, y + said, 2 * radius, words)


def signatories_height(block: Signatories, across: float) -> float:
    """How much of a column `across` points wide those who sign take, with what is left free above, in points."""
    return block.before * MM + _named_height(block, across) + _rows_below(block, across) * _pitch(block.style)


def place_signatories(sheets: Sheets, block: Signatories) -> None:
    """Set those who sign beside each other: the heads, the names, the lines and the dates each on one level."""
    sheets.down(block.before * MM)
    room, pitch = _column(block, sheets.width), _pitch(block.style)
    named, rows = _named_height(block, sheets.width), _rows_below(block, sheets.width)
    sheets.need(named + rows * pitch)
    for at, party in enumerate(block.parties):
        x, top = sheets.left + at * (room + _BETWEEN), sheets.y
        if party.seal:
            _ring(sheets.sheet, x + _RING_IN, top + _RING_DOWN, -SEAL_DIAMETER / 2 * MM + 1.5 * MM)
        sheets.sheet.column((party.head,), x, top, room, block.style)
        style, lines = _name(party, block.style, room)
        sheets.sheet.column(lines, x, top + pitch, room, style)
        sheets.sheet.column(_below(party, block.style, room), x, top + named, room, block.style)
        sheets.sheet.column((party.foot,), x, top + named + (rows - 1) * pitch, room, block.style)
    sheets.y += named + rows * pitch


def _column(block: Signatories, across: float) -> float:
    count = len(block.parties)
    return (across - (count - 1) * _BETWEEN) / count


def _named_height(block: Signatories, across: float) -> float:
    """The head and the longest name."""
    pitch, room = _pitch(block.style), _column(block, across)
    names = [_name(party, block.style, room) for party in block.parties]
    tallest = max(len(lines) * _pitch(style) for style, lines in names)
    return pitch + max(tallest, _NAME_ROOM * pitch)


def _below(party: Signatory, style: Style, room: float) -> tuple[str, ...]:
    return tuple(line for text in party.lines for line in broken(text, style, room))


def _rows_below(block: Signatories, across: float) -> int:
    """Rows under the names: the most lines of any side, and the date."""
    room = _column(block, across)
    return max(len(_below(party, block.style, room)) for party in block.parties) + 1


def _name(party: Signatory, style: Style, room: float) -> tuple[Style, tuple[str, ...]]:
    """A name in as large a type as needs no more than three lines; in the smallest as many as it needs."""
    for size in _NAME_SIZES:
        style = replace(style, size=size)
        if len(lines := broken(party.name, style, room)) <= _NAME_LINES:
            break
    return style, lines


def foot_height(block: Foot, across: float) -> float:
    """How much of a column `across` points wide the slips take, in points."""
    return sum(_slip_height(slip, across) for slip in block.slips)


def place_foot(sheets: Sheets, block: Foot) -> None:
    """Set slips at the foot of the sheet."""
    height = foot_height(block, sheets.width)
    sheets.need(height)
    sheets.to_foot(height)
    for slip in block.slips:
        _slip(sheets, slip)


def _slip_height(block: Slip, across: float) -> float:
    lines = _slip_lines(block, across)
    return len(lines) * _pitch(block.style) + (_pitch(_CUT) if block.cut else 0.0) + 2 * _PAD


def _slip(sheets: Sheets, block: Slip) -> None:
    lines, height = _slip_lines(block, sheets.width), _slip_height(block, sheets.width)
    top, sheet = sheets.y, sheets.sheet
    if block.cut:
        _cut(sheets, block.cut)
        top += _pitch(_CUT)
    else:
        for y in (top, top + height):
            sheet.line((sheets.left, y), (sheets.right, y), _HEAVY)
    inset = block.inset * block.style.size
    sheet.column(lines, sheets.left + inset, top + _PAD, sheets.width - 2 * inset, block.style)
    sheets.y += height


def _cut(sheets: Sheets, words: str) -> None:
    """A dashed rule with words in its middle."""
    y = sheets.y + _pitch(_CUT) / 2
    half = _longest((words,), _CUT) / 2 + _CUT.size
    middle = (sheets.left + sheets.right) / 2
    sheets.sheet.column((words,), sheets.left, sheets.y, sheets.width, _CUT)
    for start, end in ((sheets.left, middle - half), (middle + half, sheets.right)):
        if start < end:
            sheets.sheet.lines.append(Line(start, y, end, y, 0.6, _CUT.grey, True))


def _slip_lines(block: Slip, across: float) -> tuple[str, ...]:
    room = across - 2 * block.inset * block.style.size
    return tuple(line for text in block.lines for line in broken(text, block.style, room))


def _longest(lines: tuple[str, ...], style: Style) -> float:
    return max((width(line, style.face) for line in lines), default=0.0) * style.size


def _pitch(style: Style) -> float:
    return style.size * style.leading
