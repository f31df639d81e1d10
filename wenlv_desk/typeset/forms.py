"""The office's usual papers in a few words: forms of labels and values, rosters, and both with signatures and seal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wenlv_desk.typeset.fonts import Face
from wenlv_desk.typeset.layout import FORM, ROSTER, Layout
from wenlv_desk.typeset.page import (
    QR,
    SMALL,
    Align,
    Band,
    Block,
    Closing,
    Column,
    Document,
    Ends,
    Footer,
    Gap,
    Heading,
    KeyValueTable,
    Mark,
    Page,
    Pair,
    Paragraph,
    Signatures,
    Style,
    Table,
)

_QR = 20.0  # mm
_NOTE_BELOW = 12  # rows of a list that has its note below it
_TITLE = Style(Face.TITLE, 20.0, Align.CENTER, 1.25)
_ROSTER_TITLE = Style(Face.TITLE, 17.0, Align.CENTER, 1.25)
_OFFICE = Style(Face.SONG, 11.0, Align.CENTER, 1.3)

Value = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """A part of a form under its name: what it consists of, top to bottom."""

    title: str
    blocks: tuple[Block, ...]


def section(title: str, *blocks: Block) -> Section:
    """A named part of a form."""
    return Section(title, blocks)


def pairs(
    values: Iterable[Value | Pair], *, columns: int = 4, label_width: float = 29.0, empty: str = ""
) -> KeyValueTable:
    """Labels and values in a grid of 2 columns (one pair a row) or 4 (two pairs a row; a `Pair` may ask for the whole
    row)."""
    if columns not in (2, 4):
        raise ValueError(f"a form has 2 or 4 columns, not {columns}")
    entries = tuple(value if isinstance(value, Pair) else Pair(*value) for value in values)
    return KeyValueTable(entries, across=columns // 2, label_width=label_width, empty=empty)


def table(columns: Iterable[Column], rows: Iterable[Sequence[str]]) -> Table:
    """A ruled table with a repeated heading."""
    return Table(tuple(columns), tuple(tuple(row) for row in rows))


def form(  # noqa: PLR0913  one call a form, all by keyword
    title: str,
    sections: Sequence[Section],
    *,
    office: str = "",
    number: str = "",
    date: str = "",
    qr: str = "",
    note: str = "",
    sign: Sequence[str] = (),
    seal: bool = False,
    footer: str = "",
    layout: Layout = FORM,
) -> Page:
    """An A4 form: the office over the title, number and date under it, sections, a note, boxes to sign, office and
    date with the seal's ring.

    `qr` stands in the upper right corner; `footer` at the left of the foot beside the page number.
    """
    inset = _QR + 3 if qr else 0.0
    blocks: list[Block] = []
    if office:
        blocks.append(Heading(office, _OFFICE, after=0.5, inset=inset))
    blocks.append(Heading(title, _TITLE, after=2.0, inset=inset))
    if qr:
        used = (_OFFICE.size * 1.3 if office else 0.0) + _TITLE.size * 1.25
        blocks.append(Gap(max(1.0, _QR - used * 25.4 / 72 - 5.0)))
    if number or date:
        blocks.append(Ends(left=number, right=date, after=1.5))
    for part in sections:
        blocks += [Band(part.title), *part.blocks] if part.title else part.blocks
    if sign:
        blocks.append(Signatures(tuple(sign)))
    if seal:
        blocks.append(Closing(office, date, note=note, before=2.5))
    elif note:
        blocks += [Gap(2.0), Paragraph(note, SMALL)]
    corner: tuple[Mark, ...] = (QR(qr, layout.width - layout.right - _QR, layout.top - 5.0, _QR),) if qr else ()
    return Page(tuple(blocks), corner, layout, Footer(left=footer))


def roster(
    title: str,
    columns: Iterable[Column],
    rows: Iterable[Sequence[str]],
    *,
    left: str = "",
    right: str = "",
    note: str = "",
    footer: str = "",
    layout: Layout = ROSTER,
) -> Page:
    """A list on A4 laid on its long side: title, one line of particulars (whose list, how many, as of when), the
    table, a note below it; above it where the list is long, so that it is not alone on the last sheet."""
    blocks: list[Block] = [Heading(title, _ROSTER_TITLE, after=1.0)]
    if left or right:
        blocks.append(Ends(left=left, right=right, after=1.5))
    listed = table(columns, rows)
    said: list[Block] = [Paragraph(note, SMALL)] if note else []
    blocks += [*said, listed] if len(listed.rows) > _NOTE_BELOW else [listed, Gap(2.0), *said]
    return Page(tuple(blocks), (), layout, Footer(left=footer))


def document(title: str, *pages: Page, each_apart: bool = False, subject: str = "") -> Document:
    """Pages as one file; `each_apart` numbers the sheets of every page by themselves (a batch of single papers)."""
    return Document(title, pages, each_apart=each_apart, subject=subject)
