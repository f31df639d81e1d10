"""The floor of printing: laid-out pages drawn by a bare reportlab canvas, positions and fonts known beforehand; no rules."""

import io
from functools import cache
from typing import Any

from wenlv_desk.resources import resource
from wenlv_desk.typeset.fonts import runs
from wenlv_desk.typeset.ink import Sheet
from wenlv_desk.typeset.qr import operators


def parts_of(sheets: list[Sheet]) -> list[list[Any]]:
    """What is drawn on each sheet: place, size and the runs of each text by font."""
    return [[(t.x, t.y, t.size, runs(t.text, t.face)) for t in sheet.texts] for sheet in sheets]


@cache
def _font(family: str) -> Any:
    """A font as reportlab reads it, without what the program mends in it."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(f"bare-{family}", str(resource("fonts", f"{family}.ttf")), asciiReadable=False, shapable=False)
    registerFont(font)
    return font


def bare(sheets: list[Sheet], drawn: list[list[Any]]) -> bytes:
    """The same strings at the same places with drawString and the same codes, as a PDF."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName=_font("NotoSerifSC-Regular").fontName)
    for sheet, texts in zip(sheets, drawn, strict=True):
        height = sheet.height
        canvas.setPageSize((sheet.width, height))
        for x, y, size, parts in texts:
            start = x
            for at, (family, text) in enumerate(parts, 1):
                font = _font(family)
                canvas.setFont(font.fontName, size)
                canvas.drawString(start, height - y, text)
                if at < len(parts):
                    start += font.stringWidth(text, size)
        for code in sheet.codes:
            operators.cache_clear()
            side, path = operators(code.data)
            scale = code.size / side
            canvas.saveState()
            canvas.transform(scale, 0, 0, scale, code.x, height - code.y - code.size)
            canvas.addLiteral(path)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return out.getvalue()
