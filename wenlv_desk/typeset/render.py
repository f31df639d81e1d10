"""From a document to the bytes of a PDF: fonts embedded, every character proved, no clock and no chance in it."""

import dataclasses
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.flow import lay_out
from wenlv_desk.typeset.fonts import ONE_AT_A_TIME, Face, drawn_as, missing, pdf_font, refusal, runs
from wenlv_desk.typeset.ink import Code, Line, Picture, Ring, Sheet, Text
from wenlv_desk.typeset.page import QR, Document, Image, SheetCode
from wenlv_desk.typeset.qr import operators

PROGRAM = "Wenlv Desk"
_DASH = "[3 2.2] 0 d"


class Missing(NamedTuple):
    """A character that cannot be printed, and the text it stands in."""

    character: str
    text: str


def render(document: Document) -> bytes:
    """The PDF of a document; equal documents give equal bytes on every machine and day.

    Raises UserError when a character has no glyph, a value does not fit, a picture cannot be read. Safe in any thread.
    """
    from reportlab.pdfgen.canvas import Canvas

    sheets = lay_out(document)
    family = Face.SONG.value[0]
    pdf_font(family)  # named so that Helvetica, which is not embedded, never gets into the file
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName=family, lang="zh-CN")
    canvas.setTitle(document.title)
    canvas.setAuthor(document.author)
    canvas.setSubject(document.subject)
    canvas.setCreator(PROGRAM)
    canvas.setProducer(PROGRAM)
    pen = Pen(canvas._doc)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        canvas.addLiteral(pen.operators(sheet))
        for picture in sheet.pictures:
            _picture(canvas, picture, sheet.height)
        canvas.showPage()
    with ONE_AT_A_TIME:
        canvas.save()
    return out.getvalue()


def missing_glyphs(document: Document) -> tuple[Missing, ...]:
    """Every character of a document that cannot be printed, each once, with the text it was first met in."""
    found: dict[str, Missing] = {}
    for text in _texts(document.pages):
        for character in missing(text):
            found.setdefault(character, Missing(character, text))
    return tuple(found.values())


def proof(document: Document) -> None:
    """Refuse a document that would lose a character, before anything is numbered or archived for it."""
    lost = missing_glyphs(document)
    if lost:
        raise refusal(tuple(item.character for item in lost), lost[0].text)


def _texts(value: object) -> Iterator[str]:
    """Every text in a description that would be printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, QR | SheetCode | Image):
        for part in dataclasses.fields(value):
            yield from _texts(getattr(value, part.name))


class _Codes(dict[str, tuple[str, str]]):
    """Character to the name of a font subset and the code in it, for one face of one file."""

    def __init__(self, face: Face, file: Any) -> None:
        super().__init__()
        self._face = face
        self._file = file

    def __missing__(self, character: str) -> tuple[str, str]:
        ((family, _),) = runs(character, self._face)
        font = pdf_font(family)
        ((subset, code),) = font.splitString(drawn_as(character), self._file)
        self[character] = found = (font.getSubsetInternalName(subset, self._file), f"{code[0]:02X}")
        return found


class Pen:
    """Writes sheets for one file of reportlab as raw operators; remembers how every character and line is coded."""

    def __init__(self, file: Any) -> None:
        self._codes: dict[Face, _Codes] = {face: _Codes(face, file) for face in Face}
        self._coded: dict[tuple[Face, float, str], str] = {}

    def operators(self, sheet: Sheet) -> str:
        """Everything on a sheet but its pictures."""
        height = sheet.height
        code: list[str] = []
        for fill in sheet.fills:
            y = height - fill.y - fill.height
            code.append(f"{fill.grey:.3g} g {fill.x:.2f} {y:.2f} {fill.width:.2f} {fill.height:.2f} re f")
        code.extend(_strokes(sheet.lines, height))
        code.extend(_ring(ring, height) for ring in sheet.rings)
        code.extend(self._writing(sheet.texts, height))
        code.extend(_qr(mark, height) for mark in sheet.codes)
        return "\n".join(code)

    def _writing(self, texts: list[Text], height: float) -> Iterator[str]:
        """One text object: grey and spacing are set only where they change, the font in every line, which is then the same
        wherever it stands."""
        colour, spacing = "", 0.0
        yield "BT"
        for text in texts:
            if (wanted := "1 0 0 rg" if text.red else f"{text.grey:.3g} g") != colour:
                colour = wanted
                yield colour
            if text.spacing != spacing:
                spacing = text.spacing
                yield f"{spacing:.4f} Tc"
            yield f"1 0 0 1 {text.x:.2f} {height - text.y:.2f} Tm\n{self._line(text.face, text.size, text.text)}"
        yield "ET"

    def _line(self, face: Face, size: float, text: str) -> str:
        """A line, its parts in one font subset each."""
        key = (face, size, text)
        known = self._coded.get(key)
        if known is None:
            parts = _joined([self._codes[face][character] for character in text])
            known = self._coded[key] = "\n".join(f"{name} {size:g} Tf\n<{codes}> Tj" for name, codes in parts)
        return known


def _joined(codes: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    parts: list[tuple[str, list[str]]] = []
    for name, code in codes:
        if parts and parts[-1][0] == name:
            parts[-1][1].append(code)
        else:
            parts.append((name, [code]))
    return tuple((name, "".join(part)) for name, part in parts)


def _strokes(lines: list[Line], height: float) -> Iterator[str]:
    """Lines of one look share a path."""
    looks: dict[tuple[float, str, bool], list[str]] = {}
    for line in lines:
        path = f"{line.x1:.2f} {height - line.y1:.2f} m {line.x2:.2f} {height - line.y2:.2f} l"
        colour = "1 0 0 RG" if line.red else f"{line.grey:.3g} G"
        looks.setdefault((line.weight, colour, line.dashed), []).append(path)
    for (weight, colour, dashed), paths in looks.items():
        yield f"{weight:g} w {colour} {_DASH if dashed else '[] 0 d'} 2 J"
        yield "\n".join(paths)
        yield "S"


def _ring(ring: Ring, height: float) -> str:
    """A circle of four curves."""
    x, y, r = ring.x, height - ring.y, ring.radius
    k = r * 0.5522847498
    curves = (
        f"{x + r:.2f} {y:.2f} m "
        f"{x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c"
    )
    return f"0.7 w 0.6 G {_DASH} 0 J {curves} S"


def _qr(mark: Code, height: float) -> str:
    side, path = operators(mark.data)
    scale = mark.size / side
    return f"q 0 g {scale:.5f} 0 0 {scale:.5f} {mark.x:.2f} {height - mark.y - mark.size:.2f} cm\n{path}\nQ"


def _picture(canvas: Any, picture: Picture, height: float) -> None:
    from reportlab.lib.utils import ImageReader

    try:
        image = ImageReader(io.BytesIO(picture.data))
    except OSError as error:  # what Pillow raises for anything that is no picture
        raise UserError("图片无法读取，请换用 PNG 或 JPEG 格式的图片。") from error
    box = (picture.x, height - picture.y - picture.height, picture.width, picture.height)
    canvas.drawImage(image, *box, mask="auto", preserveAspectRatio=True, anchor="c")
