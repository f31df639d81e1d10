"""Values at fixed places: set smaller until they fit, refused by name when they do not."""

from dataclasses import replace

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.fonts import width
from wenlv_desk.typeset.ink import Sheet, broken
from wenlv_desk.typeset.layout import MM
from wenlv_desk.typeset.page import Field, Style

_STEP = 0.25  # points: how finely type is made smaller


def fit(field: Field) -> tuple[Style, tuple[str, ...]]:
    """The style, perhaps smaller, and the lines with which a field's text fits its room.

    Raises UserError naming the field, its text and how many characters fit when even the smallest size is too large.
    """
    room = field.width * MM
    size = field.style.size
    least = min(size, field.min_size if field.min_size is not None else size)
    while True:
        style = field.style if size == field.style.size else replace(field.style, size=size)
        lines = broken(field.text, style, room)
        if len(lines) <= field.lines and all(_fits(line, style, room) for line in lines):
            return style, lines
        if size <= least:
            most = int(room / least) * field.lines
            raise UserError(
                f"“{field.name}”写不下：“{_short(field.text)}”。该栏宽 {field.width:g} 毫米、{field.lines} 行，"
                f"最小 {least:g} 磅时约可写 {most} 字。请改用简称，或在版式中加宽该栏、减小最小字号。"
            )
        size = max(least, size - _STEP)


def place_field(sheet: Sheet, field: Field) -> None:
    """Draw a field. Raises UserError when it does not fit or its room reaches over the edge of the paper."""
    if not field.text:
        return
    style, lines = fit(field)
    x, room = field.x * MM, field.width * MM
    pitch = style.size * style.leading
    top = field.y * MM - style.size - (pitch - style.size) / 2
    bottom = top + pitch * len(lines)
    head = field.y * MM - style.size
    if x < 0 or head < 0 or x + room > sheet.width + 0.5 or bottom - (pitch - style.size) / 2 > sheet.height + 0.5:
        raise UserError(f"“{field.name}”超出纸张边缘，请检查该栏位置与打印偏移（毫米）。")
    sheet.column(lines, x, top, room, style)


def _fits(line: str, style: Style, room: float) -> bool:
    return width(line, style.face) * style.size <= room + 0.01


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:24] + "……"
