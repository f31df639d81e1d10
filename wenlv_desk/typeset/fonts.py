"""Faces, and which font of resources/fonts draws which character.

A face (字体) is what a form asks for; a family is a font file. A character is drawn by the first family of the face's
chain that holds it with an outline, so a rare name in a 楷体 line borrows one glyph and nothing is ever a box. What no
family holds is a `UserError` naming the character.
"""

import unicodedata
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache, lru_cache, partial
from itertools import groupby
from threading import RLock
from typing import Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.resources import resource

# All the blanks that stand for a space; none of them needs an outline.
SPACES = frozenset("\t \u00a0\u2002\u2003\u2009\u200a\u202f\u205f\u3000")
_DASHED = frozenset({("FandolFang-Regular", "_")})  # do not meet: a line to write on comes from the next family
_NEVER_DRAWN = frozenset({"Cc", "Cf", "Cs", "Co"})  # controls, invisible marks, halves of pairs, private use
_SNIPPET = 12
# reportlab's fonts read their files through one position each: two threads may not make subsets of one at once.
ONE_AT_A_TIME = RLock()


class Face(Enum):
    """What a form asks for; the value is the chain of families, the first the face itself."""

    SONG = ("NotoSerifSC-Regular", "HanaMinB", "LXGWWenKai-Regular", "NotoSansSC-Regular")
    FANGSONG = ("FandolFang-Regular", "NotoSerifSC-Regular", "HanaMinB", "LXGWWenKai-Regular", "NotoSansSC-Regular")
    KAI = ("LXGWWenKai-Regular", "NotoSerifSC-Regular", "HanaMinB", "NotoSansSC-Regular")
    HEI = ("NotoSansSC-Bold", "HanaMinB", "LXGWWenKai-Regular", "NotoSansSC-Regular", "NotoSerifSC-Black")
    SANS = ("NotoSansSC-Regular", "HanaMinB", "LXGWWenKai-Regular", "NotoSerifSC-Regular")
    TITLE = ("NotoSerifSC-Black", "HanaMinB", "LXGWWenKai-Regular", "NotoSansSC-Bold", "NotoSansSC-Regular")

    __hash__ = object.__hash__  # members are single; hashing the name each time would cost a tenth of a page


def runs(text: str, face: Face) -> tuple[tuple[str, str], ...]:
    """Split a line into (family, text) parts, each wholly in one font; joined they are the line.

    Raises UserError for a character that no font holds, and for controls, private-use and invisible characters.
    """
    try:
        grouped = groupby(text, _families(face).__getitem__)
        return tuple((family, "".join(part)) for family, part in grouped)
    except _NoGlyphError:
        raise refusal(missing(text), text) from None


def width(text: str, face: Face) -> float:
    """The length of a line in ems (times the size it is the length in points); newlines count nothing."""
    try:
        return sum(map(_advances(face).__getitem__, text)) / 1000
    except _NoGlyphError:
        raise refusal(missing(text), text) from None


def missing(text: str) -> tuple[str, ...]:
    """The characters of a text that cannot be printed, each once, in order. Newlines are not characters."""
    families = _families(Face.SONG)
    return tuple(dict.fromkeys(c for c in text if c not in "\n\r" and not families.known(c)))


def refusal(characters: tuple[str, ...], text: str) -> UserError:
    """The clerk's message for characters that cannot be printed: each by name, where it stands, the remedy."""
    names = "、".join(dict.fromkeys(map(_name, characters)))
    at = text.find(characters[0])
    around = "".join(
        "〓" if c in characters or not _families(Face.SONG).known(c) else c
        for c in text[max(0, at - _SNIPPET) : at + _SNIPPET]
    )
    return UserError(
        f"“{around}”中的{names}没有可印的字形，为免缺字，本页未生成。请在原记录中改用通行写法或用拼音代替，再重新打印。"
    )


def pdf_font(family: str) -> Any:
    """The registered reportlab font of a family; about 0.1 s the first time, at once afterwards."""
    return _load(family)


def _name(character: str) -> str:
    """A character as a clerk can look it up: itself when it shows at all, and its code."""
    code = f"U+{ord(character):04X}"
    shown = unicodedata.category(character) not in {*_NEVER_DRAWN, "Mn", "Zl", "Zp"}
    return f"字符“{character}”（{code}）" if shown else f"不可见字符（{code}）"


class _NoGlyphError(LookupError):
    """No family draws the character; becomes a refusal where the text around it is known."""


class _Families(dict[str, str]):
    """Character to family, found when first asked for."""

    def __init__(self, chain: tuple[str, ...]) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, character: str) -> str:
        family = self._find(character)
        if family is None:
            raise _NoGlyphError
        self[character] = family
        return family

    def known(self, character: str) -> bool:
        """Whether any family draws the character."""
        return character in self or self._find(character) is not None

    def _find(self, character: str) -> str | None:
        if character in SPACES:
            return self._chain[0]
        if unicodedata.category(character) in _NEVER_DRAWN:
            return None
        chain = (family for family in self._chain if (family, character) not in _DASHED)
        return next((family for family in chain if _draws(_load(family).face, ord(character))), None)


class _Advances(dict[str, float]):
    """Character to advance in thousandths of an em, found when first asked for."""

    def __init__(self, face: Face) -> None:
        super().__init__({"\n": 0.0, "\r": 0.0})
        self._families = _families(face)

    def __missing__(self, character: str) -> float:
        face = _load(self._families[character]).face
        code = ord(_drawn_as(character))
        self[character] = advance = float(face.getCharWidth(code))
        return advance


@cache
def _families(face: Face) -> _Families:
    return _Families(face.value)


@cache
def _advances(face: Face) -> _Advances:
    return _Advances(face)


def _drawn_as(character: str) -> str:
    """A space of the font for every narrow blank; the ideographic space keeps its width."""
    return character if character == "\u3000" or character not in SPACES else " "


@lru_cache(maxsize=65_536)
def drawn_as(text: str) -> str:
    """A line as it is drawn: blanks the fonts lack become the font's own space."""
    return "".join(map(_drawn_as, text))


def _draws(face: Any, code: int) -> bool:
    """Whether a font maps the code to a glyph with an outline (some map rare characters to empty ones)."""
    glyph = face.charToGlyph.get(code)
    return bool(glyph) and face.glyphPos[glyph] != face.glyphPos[glyph + 1]


def _load(family: str) -> Any:
    """The font of a family, parsed once whichever thread comes first."""
    with ONE_AT_A_TIME:
        return _parsed(family)


@cache
def _parsed(family: str) -> Any:
    """Parse and register one font file, in a reportlab put right."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics, ttfonts

    ttfonts.makeToUnicodeCMap = to_unicode  # reportlab's own is wrong beyond U+FFFF and over 100 characters
    rl_config.useA85 = 0  # page contents as they are: a fifth smaller than in ASCII85
    font = ttfonts.TTFont(family, str(resource("fonts", f"{family}.ttf")), asciiReadable=False, shapable=False)
    font.face.get_table = partial(_table, font.face, font.face.get_table)
    pdfmetrics.registerFont(font)
    return font


class _Glyphs:
    """The outlines of a font file, to be cut from: reportlab would copy all of them, some 10 MB, for every subset it makes."""

    def __init__(self, file: bytes, start: int) -> None:
        self._file, self._start = file, start

    def __getitem__(self, part: slice) -> bytes:
        return self._file[self._start + part.start : self._start + part.stop]


def _table(face: Any, whole: Callable[[str], bytes], tag: str) -> bytes | _Glyphs:
    """A table of a font file."""
    return _Glyphs(face._ttf_data, face.get_table_pos(tag)[0]) if tag == "glyf" else whole(tag)


def to_unicode(fontname: str, subset: list[int]) -> str:
    """The map from the codes of a font subset back to text, so that search and copy find what is printed.

    Characters beyond U+FFFF are written as UTF-16 pairs, and a block holds at most 100 (ISO 32000-1, 9.10.3).
    """
    head = f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /{fontname} def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange"""
    foot = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    return "\n".join([head, *_blocks([(i, code) for i, code in enumerate(subset) if code]), foot])


def _blocks(pairs: list[tuple[int, int]]) -> Iterator[str]:
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        yield f"{len(block)} beginbfchar"
        for index, code in block:
            yield f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        yield "endbfchar"
