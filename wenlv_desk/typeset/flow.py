"""From descriptions to ink: blocks flow down sheets, marks stand at their millimetres, footers count the sheets."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.breaking import units
from wenlv_desk.typeset.fields import place_field
from wenlv_desk.typeset.fonts import Face, width
from wenlv_desk.typeset.grid import FRAME, PAD_X, SHADE, Cell, pair_rows, place_grid, table_rows
from wenlv_desk.typeset.ink import ASCENT, Code, Fill, Line, Picture, Ring, Sheet, Text, align, broken
from wenlv_desk.typeset.layout import MM, SEAL_DIAMETER
from wenlv_desk.typeset.page import (
    QR,
    SEAL_WORDS,
    SMALL,
    Align,
    Band,
    Closing,
    Document,
    Ends,
    Field,
    Foot,
    Footer,
    Gap,
    Heading,
    Image,
    KeyValueTable,
    Mark,
    Page,
    Paragraph,
    Rule,
    Seal,
    SheetBreak,
    Signatories,
    Signatures,
    Signed,
    Stroke,
    Style,
    Table,
)
from wenlv_desk.typeset.sheets import Sheets
from wenlv_desk.typeset.signing import place_foot, place_signatories, place_signed

_KEEP = 18.0  # mm that must follow a heading on the same sheet


def lay_out(document: Document) -> list[Sheet]:
    """Every sheet of a document with its ink, in order.

    Raises UserError for a character without a glyph, a value that does not fit its field, a table too wide for its
    sheet.
    """
    papers = [(page, lay_page(page)) for page in document.pages]
    total = sum(len(sheets) for _, sheets in papers)
    number = 0
    for page, sheets in papers:
        first, count = (0, len(sheets)) if document.each_apart else (number, total)
        for at, sheet in enumerate(sheets, 1):
            count_sheet(sheet, page, page.footer or document.footer, (first + at, count), (at, len(sheets)))
        number += len(sheets)
    return [sheet for _, sheets in papers for sheet in sheets]


def count_sheet(
    sheet: Sheet, page: Page, footer: Footer | None, told: tuple[int, int], own: tuple[int, int] | None = None
) -> None:
    """Put on a sheet what differs from sheet to sheet: the footer, that tells which of how many it is, and the codes, that
    tell which it is of its `own` paper."""
    if footer:
        _foot(sheet, page, footer, _counts(told))
    for code in page.codes:
        at = code.x * MM, code.y * MM, code.size * MM
        sheet.codes.append(Code(*at, _filled(code.text, _counts(own or told))))


def _counts(told: tuple[int, int]) -> dict[str, str]:
    return {"{page}": str(told[0]), "{pages}": str(told[1])}


def _keep_inside(sheet: Sheet) -> None:
    """Refuse a sheet with writing beyond its foot: a title or note longer than the paper, which nothing can split."""
    lowest = max(sheet.texts, key=lambda text: text.y, default=None)
    if lowest and lowest.y > sheet.height:
        raise UserError(f"“{lowest.text[:20]}”超出纸张下缘，一页放不下。请缩短该处的标题、说明或签字栏名称。")


def lay_page(page: Page) -> list[Sheet]:
    """The sheets of one page, without its footer and the codes on every sheet."""
    sheets = Sheets(page.layout)
    for block in page.blocks:
        _SETTERS[type(block)](sheets, block)
    for mark in page.marks:
        _mark(sheets.done[0], mark)
    for sheet in sheets.done:
        _keep_inside(sheet)
    return sheets.done


# --- blocks ---------------------------------------------------------------------------------------------------


def _heading(sheets: Sheets, block: Heading) -> None:
    sheets.down(block.before * MM)
    inset = block.inset * MM
    lines = broken(block.text, block.style, sheets.width - 2 * inset)
    height = len(lines) * block.style.size * block.style.leading
    sheets.need(height + _KEEP * MM)
    _lines(sheets, lines, block.style, inset)
    sheets.down(block.after * MM)


def _paragraph(sheets: Sheets, block: Paragraph) -> None:
    style = block.style
    rows = _rows(block.text, style, block.indent, block.lead, block.lead_face, sheets.width)
    pitch = style.size * style.leading
    rise, kept = (pitch - style.size) / 2 + ASCENT * style.size, max(0, len(rows) - 2) if block.hold else None
    for at, row in enumerate(rows):
        sheets.need(pitch if at != kept else (len(rows) - at) * pitch + block.hold * MM)
        for text, face, x, spacing in row:
            place = sheets.left + x, sheets.y + rise
            sheets.sheet.texts.append(Text(*place, style.size, face, text, style.grey, spacing, style.red))
        sheets.y += pitch
    sheets.down(block.after * MM)


_Piece = tuple[str, Face, float, float]  # a text, its face, how far in it begins, what is added after every character


@lru_cache(maxsize=8192)
def _rows(
    text: str, style: Style, indent: float, lead: str, lead_face: Face, across: float
) -> tuple[tuple[_Piece, ...], ...]:
    """The lines of a paragraph in a column `across` points wide: most of them are the same in every paper of a kind."""
    if not lead:
        return tuple(_set(broken(text, style, across, indent=indent), style, across, indent))
    leading = replace(style, face=lead_face)
    before = broken(lead, leading, across, indent=indent)
    used = width(before[-1], lead_face) + (indent if len(before) == 1 else 0.0)
    first = list(_set(before, leading, across, indent))
    rest = list(_set(_after(text, style, across, used), style, across, used))
    return (*first[:-1], first[-1] + rest[0], *rest[1:])  # the text begins on the last line of the lead


def _set(lines: tuple[str, ...], style: Style, across: float, indent: float) -> Iterator[tuple[_Piece, ...]]:
    """Lines as rows of one piece, the first shorter by `indent` characters."""
    for at, text in enumerate(lines):
        x = indent * style.size if at == 0 else 0.0
        shift, spacing = align(text, style, across - x, last=at == len(lines) - 1)
        yield ((text, style.face, x + shift, spacing),) if text else ()


def _after(text: str, style: Style, across: float, used: float) -> tuple[str, ...]:
    """The lines of a text that begins `used` characters into the line; on the next where its first word has no room."""
    first = next(iter(units(text)), "")
    fits = used + width(first, style.face) <= across / style.size
    return broken(text if fits else "\n" + text, style, across, indent=used)


def _lines(sheets: Sheets, lines: tuple[str, ...], style: Style, inset: float) -> None:
    """Set lines one by one, turning the sheet where it is full."""
    pitch = style.size * style.leading
    for at, text in enumerate(lines):
        sheets.need(pitch)
        x, room = sheets.left + inset, sheets.width - 2 * inset
        shift, spacing = align(text, style, room, last=at == len(lines) - 1)
        baseline = sheets.y + (pitch - style.size) / 2 + ASCENT * style.size
        if text:
            sheets.sheet.texts.append(
                Text(x + shift, baseline, style.size, style.face, text, style.grey, spacing, style.red)
            )
        sheets.y += pitch


def _ends(sheets: Sheets, block: Ends) -> None:
    parts = [(block.left, Align.LEFT), (block.middle, Align.CENTER), (block.right, Align.RIGHT)]
    style = block.style
    if sum(width(text, style.face) + 1 for text, _ in parts) * style.size <= sheets.width:
        sheets.need(style.size * style.leading)
        for text, side in parts:
            sheets.sheet.column((text,), sheets.left, sheets.y, sheets.width, _aligned(style, side))
        sheets.y += style.size * style.leading
    else:
        for text, _ in parts:
            if text:
                _lines(sheets, broken(text, style, sheets.width), style, 0.0)
    sheets.down(block.after * MM)


def _band(sheets: Sheets, block: Band) -> None:
    sheets.down(block.before * MM)
    style = block.style
    lines = broken(block.text, style, sheets.width - 2 * PAD_X)
    height = len(lines) * style.size * style.leading + 6.0
    sheets.need(height + _KEEP * MM)
    sheet, y = sheets.sheet, sheets.y
    sheet.fills.append(Fill(sheets.left, y, sheets.width, height, SHADE - 0.07))
    sheet.column(lines, sheets.left + PAD_X, y + 3.0, sheets.width - 2 * PAD_X, style)
    _box(sheet, sheets.left, y, sheets.width, height)
    sheets.y += height


def _pairs(sheets: Sheets, block: KeyValueTable) -> None:
    place_grid(sheets, pair_rows(block, sheets.width), block.row_height * MM)


def _table(sheets: Sheets, block: Table) -> None:
    scale = sheets.width / sum(column.width for column in block.columns)
    widths = [column.width * scale for column in block.columns]
    for column, room in zip(block.columns, widths, strict=True):
        if room < max(block.style.size, block.heading.size) + 2 * PAD_X:
            raise UserError(
                f"表格共 {len(block.columns)} 列，纸张放不下：“{column.title}”一列太窄。请少选几列，或改用更大的纸张。"
            )
    heading, rows = table_rows(block, widths)
    if not block.rows:
        rows = [(Cell(block.when_empty, sheets.width, _aligned(block.style, Align.CENTER)),)]
    place_grid(sheets, rows, block.row_height * MM, heading)


def _signatures(sheets: Sheets, block: Signatures) -> None:
    height = block.height * MM
    sheets.need(height)
    room = sheets.width / len(block.labels)
    style, inner = block.label, room - 2 * PAD_X
    for at, label in enumerate(block.labels):
        x = sheets.left + at * room
        sheets.sheet.column(broken(label, style, inner), x + PAD_X, sheets.y + 3.0, inner, style)
        foot = sheets.y + height - style.size * style.leading - 3.0
        sheets.sheet.column((block.foot,), x + PAD_X, foot, inner, _aligned(style, Align.RIGHT))
        _box(sheets.sheet, x, sheets.y, room, height)
    sheets.y += height


def _closing(sheets: Sheets, block: Closing) -> None:
    style = _aligned(block.style, Align.CENTER)
    ring = SEAL_DIAMETER * MM
    natural = max(width(block.office, style.face), width(block.date, style.face), 10.0) * style.size + 1.0
    room = min(max(natural, ring if block.seal else 0.0), sheets.width)
    lines = (*broken(block.office, style, room), *broken(block.date, style, room))
    words = len(lines) * style.size * style.leading
    beside = broken(block.note, SMALL, max(sheets.width - room - 4 * style.size, sheets.width / 4))
    height = max(words, ring if block.seal else 0.0, len(beside) * SMALL.size * SMALL.leading)
    sheets.down(block.before * MM)
    sheets.need(height)
    x = sheets.right - room - min(2 * style.size, sheets.width - room)
    middle = sheets.y + height / 2
    sheets.sheet.column(lines, x, middle - words / 2, room, style)
    if block.seal:
        sheets.sheet.rings.append(Ring(x + room / 2, middle, ring / 2))
        below = Style(Face.SANS, 9.0, Align.CENTER, grey=0.55)
        sheets.sheet.column((SEAL_WORDS,), x, middle + ring / 2 - 9.0 * MM, room, below)
    sheets.sheet.column(beside, sheets.left, sheets.y, sheets.width, SMALL)
    sheets.y += height


def _rule(sheets: Sheets, block: Rule) -> None:
    sheets.down(block.before * MM)
    sheets.sheet.line((sheets.left, sheets.y), (sheets.right, sheets.y), block.weight, block.grey)
    sheets.down(block.after * MM)


def _gap(sheets: Sheets, block: Gap) -> None:
    if block.kept:
        sheets.y += block.height * MM
    else:
        sheets.down(block.height * MM)


def _turn(sheets: Sheets, _: SheetBreak) -> None:
    sheets.turn()


_SETTERS: dict[type, Callable[[Sheets, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Ends: _ends,
    Band: _band,
    KeyValueTable: _pairs,
    Table: _table,
    Signatures: _signatures,
    Closing: _closing,
    Signed: place_signed,
    Signatories: place_signatories,
    Foot: place_foot,
    Rule: _rule,
    Gap: _gap,
    SheetBreak: _turn,
}


# --- marks and footers ----------------------------------------------------------------------------------------


def _mark(sheet: Sheet, mark: Mark) -> None:
    match mark:
        case Field():
            place_field(sheet, mark)
        case Seal():
            _seal(sheet, mark)
        case QR():
            sheet.codes.append(Code(mark.x * MM, mark.y * MM, mark.size * MM, mark.data))
        case Image():
            box = (mark.x * MM, mark.y * MM, mark.width * MM, mark.height * MM)
            sheet.pictures.append(Picture(*box, mark.data))
        case Stroke():
            ends = (mark.x1 * MM, mark.y1 * MM, mark.x2 * MM, mark.y2 * MM)
            sheet.lines.append(Line(*ends, mark.weight, mark.grey, mark.dashed, mark.red))


def _seal(sheet: Sheet, mark: Seal) -> None:
    x, y, across = mark.x * MM, mark.y * MM, mark.diameter * MM
    sheet.rings.append(Ring(x, y, across / 2))
    style = Style(Face.SANS, 9.0, Align.CENTER, grey=0.55)
    sheet.column((mark.text,), x - across / 2, y - style.size * style.leading / 2, across, style)


def _foot(sheet: Sheet, page: Page, footer: Footer, counts: dict[str, str]) -> None:
    """Set the footer below the text area: the middle as long as it is, the sides in what remains, two lines at most."""
    layout = page.layout
    left, middle, right = (_filled(pattern, counts) for pattern in (footer.left, footer.middle, footer.right))
    y = layout.height - layout.bottom + footer.drop
    across = layout.body_width
    centre = width(middle, footer.style.face) * footer.style.size / MM
    side = (across - centre) / 2 - 3.0
    far = layout.width - layout.right - side
    if footer.outer:
        left, right = _outer(footer, counts)
        em = footer.style.size / MM
        side, far = across / 2 - em, layout.left + across / 2
        layout = replace(layout, left=layout.left + em)
    for text, x, room, where in (
        (left, layout.left, side, Align.LEFT),
        (middle, layout.left, across, Align.CENTER),
        (right, far, side, Align.RIGHT),
    ):
        if text:
            place_field(sheet, Field("页脚", text, x, y, room, _aligned(footer.style, where), min_size=5.0, lines=2))


def _outer(footer: Footer, counts: dict[str, str]) -> tuple[str, str]:
    """What stands at the left and at the right."""
    text = _filled(footer.outer, counts)
    return ("", text) if int(counts["{page}"]) % 2 else (text, "")


def _filled(pattern: str, counts: dict[str, str]) -> str:
    for name, value in counts.items():
        pattern = pattern.replace(name, value)
    return pattern


@lru_cache(maxsize=256)
def _aligned(style: Style, side: Align) -> Style:
    return replace(style, align=side)


def _box(sheet: Sheet, x: float, y: float, across: float, height: float) -> None:
    """A frame around an area."""
    corners = [(x, y), (x + across, y), (x + across, y + height), (x, y + height)]
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        sheet.line(start, end, FRAME)
