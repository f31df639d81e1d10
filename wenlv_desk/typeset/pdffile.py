"""A PDF written object by object as it grows, so that a volume of thousands of sheets never lies in memory; fonts come last.

reportlab cuts the fonts; everything else is written here (ISO 32000-1, 7.5). No clock and no chance: equal calls, equal bytes.
"""

import zlib
from hashlib import sha256
from typing import IO, Any

from wenlv_desk.typeset.fonts import ONE_AT_A_TIME

_HEAD = b"%PDF-1.4\n%\xe6\x96\x87\xe6\x97\x85\n"
_LEVEL = 3  # of compression: the highest takes several times as long for a tenth less
_FONTS = 1  # reportlab's dictionary of fonts is always its first object


class PdfFile:
    """Objects are numbered by `reserve` and written once by `put` or `stream`, in any order. `fonts` is what a `Pen` takes."""

    def __init__(self, file: IO[bytes]) -> None:
        from reportlab.pdfbase.pdfdoc import PDFDocument

        self.fonts: Any = PDFDocument(compression=1, invariant=1)
        self._file = file
        self._at = 0
        self._offsets: dict[int, int] = {}
        self._last = _FONTS
        self._digest = sha256()
        self._write(_HEAD)

    @property
    def resources(self) -> str:
        """What a page says of its fonts."""
        return f"/Resources << /Font {_FONTS} 0 R /ProcSet [/PDF /Text] >>"

    def reserve(self) -> int:
        """The number of an object to come."""
        self._last += 1
        return self._last

    def put(self, number: int, content: str) -> None:
        """Write an object; `content` is ASCII."""
        self._object(number, content.encode("ascii"))

    def stream(self, content: str) -> int:
        """Write a stream of operators, compressed; its number."""
        number = self.reserve()
        data = zlib.compress(content.encode("ascii"), _LEVEL)
        head = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(data)
        self._object(number, head + data + b"\nendstream")
        return number

    def close(self, root: int, info: int) -> None:
        """Write the fonts, the table of objects and the end."""
        self._write_fonts()
        start, count = self._at, max(self._offsets) + 1
        rows = [b"0000000000 65535 f \n", *(b"%010d 00000 n \n" % self._offsets[n] for n in range(1, count))]
        self._write(b"xref\n0 %d\n" % count + b"".join(rows))
        name = self._digest.hexdigest()[:32]
        self._write(
            f"trailer\n<< /Size {count} /Root {root} 0 R /Info {info} 0 R /ID [<{name}> <{name}>] >>\n"
            f"startxref\n{start}\n%%EOF\n".encode("ascii")
        )

    def _write_fonts(self) -> None:
        from reportlab.pdfbase.pdfdoc import format as formatted

        fonts = self.fonts
        with ONE_AT_A_TIME:
            fonts.objectcounter = self._last
            for font in fonts.delayedFonts:
                font.addObjects(fonts)
            number = self._last + 1
            while number in fonts.numberToId:  # an object may ask for another while it is written
                self._object(number, formatted(fonts.idToObject[fonts.numberToId[number]], fonts, toplevel=1))
                number += 1
            self._object(_FONTS, formatted(fonts.idToObject[fonts.numberToId[_FONTS]], fonts, toplevel=1))

    def _object(self, number: int, content: bytes) -> None:
        self._offsets[number] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._at += len(data)
