"""Folding (归一): what does not matter in a search is taken out of texts and queries alike, character by character.

Case, full and half width, accents, compatibility forms, marks (punctuation and ASCII signs), spaces and invisible characters. What is
left is lower-case ASCII letters and digits, and characters beyond ASCII. ü becomes v, as pinyin is typed.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache

_INVISIBLE = {"Cc", "Cf", "Cs"}
_ACCENTS = range(0x300, 0x370)
_VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def fold(text: str) -> str:
    """The searchable form of a text; empty when nothing searchable is in it. Folding twice changes nothing."""
    return unicodedata.normalize("NFC", text).translate(_folds())


def fold_all(texts: Sequence[str]) -> list[str]:
    """The searchable forms of several texts; at once, because that is what an import spends its time on."""
    joined = "\0".join(texts)
    if joined.count("\0") != len(texts) - 1:  # no text, or one with a NUL in it
        return [fold(text) for text in texts]
    return unicodedata.normalize("NFC", joined).translate(_joined_folds()).split("\0")


def words(query: str) -> tuple[str, ...]:
    """The folded words of a query, each once."""
    return tuple(dict.fromkeys(filter(None, map(fold, query.split()))))


@cache
def fold_char(char: str) -> str:
    """The folded form of one character, often itself, sometimes nothing or several characters."""
    pieces: list[str] = []
    for piece in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold()):
        if piece == "\u0308" and pieces[-1:] == ["u"]:
            pieces[-1] = "v"
        elif not _is_dropped(piece):
            pieces.append(piece)
    return "".join(pieces)


def _is_dropped(char: str) -> bool:
    if char.isascii():
        return not char.isalnum()
    point, category = ord(char), unicodedata.category(char)
    return (
        category[0] in "PZ" or category in _INVISIBLE or point in _ACCENTS or any(point in block for block in _VARIANTS)
    )


class _Folds(dict[int, str]):
    """A table for str.translate that fills itself as characters turn up."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = fold_char(chr(point))
        return folded


@cache
def _folds() -> _Folds:
    return _Folds()


@cache
def _joined_folds() -> _Folds:
    return _Folds({0: "\0"})
