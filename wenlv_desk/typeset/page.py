"""Pages as plain data: what stands on them, in millimetres and points, before any font or file exists.

Blocks flow down the text area and over as many sheets as they need; marks (fixed) stand at millimetres from the top
left corner of the page's first sheet. Equal descriptions give equal bytes.
"""

from dataclasses import dataclass, field
from enum import Enum

from wenlv_desk.typeset.fonts import Face
from wenlv_desk.typeset.layout import FORM, SEAL_DIAMETER, SIZES, Layout


class Align(Enum):
    """Where lines stand in their column."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class Style:
    """How words look: face, size in points, alignment, line distance over size, greyness (0 black, 1 white) or
    red."""

    face: Face = Face.SONG
    size: float = SIZES["五号"]
    align: Align = Align.LEFT
    leading: float = 1.35
    grey: float = 0.0
    red: bool = False


SEAL_WORDS = "（印章）"
BODY = Style()
LABEL = Style(Face.SANS, 9.0, Align.CENTER, 1.3, 0.15)
VALUE = Style(Face.SONG, 10.0, Align.LEFT, 1.3)
HEAD = Style(Face.HEI, 9.0, Align.CENTER, 1.3)
SMALL = Style(Face.SANS, 8.0, Align.LEFT, 1.35, 0.35)


# --- blocks, from top to bottom -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    """A title; `inset` mm are kept free at both sides (for a QR code in the corner)."""

    text: str
    style: Style = Style(Face.TITLE, 20.0, Align.CENTER, 1.3)
    before: float = 0.0
    after: float = 3.0
    inset: float = 0.0


@dataclass(frozen=True)
class Paragraph:
    """Running text; `indent` characters before the first line, `after` mm below the last.

    `lead` runs into the text in a face of its own. The last two lines stay with the `hold` mm below them, so that what
    follows is not alone on its sheet.
    """

    text: str
    style: Style = BODY
    indent: float = 0.0
    after: float = 1.5
    lead: str = ""
    lead_face: Face = Face.HEI
    hold: float = 0.0


@dataclass(frozen=True)
class Ends:
    """One line with words at its left, middle and right: number and date under a title."""

    left: str = ""
    middle: str = ""
    right: str = ""
    style: Style = Style(Face.SANS, 9.0, grey=0.15)
    after: float = 2.0


@dataclass(frozen=True)
class Band:
    """The name of a section on a grey band."""

    text: str
    style: Style = Style(Face.HEI, 10.0)
    before: float = 0.0


@dataclass(frozen=True)
class Pair:
    """A label and its value; a wide pair takes the whole row."""

    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True)
class KeyValueTable:
    """Labels and values in a ruled grid, `across` pairs in a row (1 or 2); `label_width` mm.

    `empty` is printed for an empty value: nothing by default, so that a form can be filled in by hand.
    """

    pairs: tuple[Pair, ...]
    across: int = 2
    label_width: float = 29.0
    label: Style = LABEL
    value: Style = VALUE
    empty: str = ""
    row_height: float = 7.0


@dataclass(frozen=True)
class Column:
    """A column of a table; widths (mm) are scaled together so that the table fills the text area."""

    title: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Table:
    """A ruled table whose heading is repeated on every sheet; rows hold one text a column. Raises ValueError
    otherwise."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    style: Style = Style(Face.SONG, 9.0, leading=1.25)
    heading: Style = HEAD
    row_height: float = 6.0
    when_empty: str = "（无）"

    def __post_init__(self) -> None:
        wrong = next((row for row in self.rows if len(row) != len(self.columns)), None)
        if wrong is not None:
            raise ValueError(f"a row of {len(wrong)} cells in a table of {len(self.columns)} columns: {wrong!r}")


@dataclass(frozen=True)
class Signatures:
    """A row of boxes to sign in: the label at the top, `foot` at the bottom right of each."""

    labels: tuple[str, ...]
    height: float = 24.0
    foot: str = "年　　月　　日"
    label: Style = Style(Face.SANS, 9.0, grey=0.15)


@dataclass(frozen=True)
class Closing:
    """Who issues and when, at the right, with the ring where the seal goes; a note beside it at the left. Kept on one sheet."""

    office: str
    date: str
    style: Style = Style(Face.SONG, 12.0, Align.CENTER, 1.6)
    seal: bool = True
    note: str = ""
    before: float = 4.0


@dataclass(frozen=True)
class Signed:
    """Who issues a notice and when (署名, 成文日期): the date some characters from the right, the office centred over it,
    the seal's ring over both (GB/T 9704-2012, 7.3.5.1). Without a seal the two stand as 7.3.5.2 has it.

    `beside` are lines at the left of the two (签收). All but one of the free lines above are given up where they and the
    `hold` mm below would not fit the sheet otherwise.
    """

    office: str
    date: str
    style: Style
    seal: bool = True
    inset: float = 4.0  # characters
    before: int = 2  # lines
    beside: tuple[str, ...] = ()
    hold: float = 0.0


@dataclass(frozen=True)
class Signatory:
    """One side of an agreement: `head` over the name, lines to fill in by hand below it, a place for the date; the ring where a seal goes."""

    head: str
    name: str
    lines: tuple[str, ...] = ()
    foot: str = "　　　　年　　月　　日"
    seal: bool = True


@dataclass(frozen=True)
class Signatories:
    """Those who sign, in columns of equal rows, kept on one sheet, `before` mm below what stands above. Long names are set
    smaller."""

    parties: tuple[Signatory, ...]
    style: Style
    before: float = 7.0


@dataclass(frozen=True)
class Slip:
    """Lines between two rules (版记), or to tear off: `cut` says so on a dashed rule above them (送达签收)."""

    lines: tuple[str, ...]
    style: Style
    inset: float = 1.0  # characters
    cut: str = ""


@dataclass(frozen=True)
class Foot:
    """Slips below each other, the last at the foot of the sheet."""

    slips: tuple[Slip, ...]


@dataclass(frozen=True)
class Rule:
    """A line across the text area, `weight` in points, `before` and `after` in mm."""

    weight: float = 0.6
    grey: float = 0.0
    before: float = 0.0
    after: float = 2.0


@dataclass(frozen=True)
class Gap:
    """Free space, mm; at the top of a sheet only where it is `kept`."""

    height: float
    kept: bool = False


@dataclass(frozen=True)
class SheetBreak:
    """What follows starts on a new sheet."""


Block = (
    Heading
    | Paragraph
    | Ends
    | Band
    | KeyValueTable
    | Table
    | Signatures
    | Closing
    | Signed
    | Signatories
    | Foot
    | Rule
    | Gap
    | SheetBreak
)


# --- marks at millimetres -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Field:
    """One value at a place: `x` mm is the left edge, `y` mm the line the writing stands on, `width` mm its room.

    Text too long is set smaller, down to `min_size` points, then refused by `name`. With `lines` over one the further
    lines go below, `leading` times the size apart.
    """

    name: str
    text: str
    x: float
    y: float
    width: float
    style: Style = Style(Face.SONG, 12.0, leading=1.4)
    min_size: float | None = None
    lines: int = 1


@dataclass(frozen=True)
class Seal:
    """A dashed grey ring marked （印章） around a centre, mm. The program never draws a seal."""

    x: float
    y: float
    diameter: float = SEAL_DIAMETER
    text: str = SEAL_WORDS


@dataclass(frozen=True)
class QR:
    """A QR code of `size` mm with its corner at x, y; the white border of the standard lies inside."""

    data: str
    x: float
    y: float
    size: float = 20.0


@dataclass(frozen=True)
class Image:
    """A picture (PNG or JPEG bytes) in a box of mm, scaled to fit, proportions kept."""

    data: bytes
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Stroke:
    """A straight line between two places in mm; `weight` in points."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float = 0.4
    grey: float = 0.0
    dashed: bool = False
    red: bool = False


Mark = Field | Seal | QR | Image | Stroke


# --- pages and documents --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Footer:
    """Patterns below the text area; {page} and {pages} are the sheet's number and how many there are.

    `outer` stands one character inside the outer edge: at the right of odd sheets, at the left of even ones.
    """

    left: str = ""
    middle: str = "第 {page} 页 共 {pages} 页"
    right: str = ""
    outer: str = ""
    style: Style = Style(Face.SANS, 8.0, grey=0.35)
    drop: float = 7.0


@dataclass(frozen=True)
class SheetCode:
    """A QR code on every sheet of a page, `size` mm with its corner at x, y; {page} and {pages} in the text are the sheet's
    number and how many there are. It must stand clear of the text area."""

    text: str
    x: float
    y: float
    size: float = 22.0

    def clear_of(self, layout: Layout) -> bool:
        """Whether it lies on the paper and outside the text area."""
        right, low = self.x + self.size, self.y + self.size
        if self.x < 0 or self.y < 0 or right > layout.width or low > layout.height:
            return False
        beside = right <= layout.left or self.x >= layout.width - layout.right
        return beside or low <= layout.top or self.y >= layout.height - layout.bottom


@dataclass(frozen=True)
class Page:
    """One paper: blocks that flow, marks that stand, on sheets of one layout; its own footer or else the document's.

    Raises ValueError for a sheet's code that would lie on the text or leave the paper.
    """

    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()
    layout: Layout = FORM
    footer: Footer | None = None
    codes: tuple[SheetCode, ...] = ()

    def __post_init__(self) -> None:
        wrong = next((code for code in self.codes if not code.clear_of(self.layout)), None)
        if wrong is not None:
            raise ValueError(f"a code on every sheet that is not clear of the text: {wrong!r}")


@dataclass(frozen=True)
class Document:
    """Pages printed as one file.

    `each_apart` counts the sheets of every page by themselves: a print batch of single papers. Title, author and
    subject go into the properties of the file and are not printed.
    """

    title: str
    pages: tuple[Page, ...]
    footer: Footer | None = field(default_factory=Footer)
    each_apart: bool = False
    author: str = ""
    subject: str = ""
