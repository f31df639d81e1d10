"""Tokens (索引词) of the SQLite index: short windows over texts and sounds, so that every part of a text is a few tokens.

| token | window |
|---|---|
| 书店 | two neighbouring characters; the last character alone |
| 0705 | four neighbouring ASCII letters or digits; three, two, one at the end of a run |
| _xhs | the initials of three neighbouring characters; two, one at the end |
| .shu | a syllable |

A word shorter than its window asks for all tokens that begin with it; a longer one for several, and then the stored text decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from string import ascii_lowercase, digits

from wenlv_desk.store.search.documents import Document
from wenlv_desk.store.search.sounds import (
    BREAK,
    SEVERAL,
    begun,
    initials_pattern,
    may_be_pinyin,
    segmentations,
    sounds,
    syllables_pattern,
)

PAIR, CODE, INITIALS = 2, 4, 3
_RUN = re.compile("[0-9a-z]+|[^0-9a-z]+")
_ASCII = re.compile("[0-9a-z]")
# At every place what a token begins there with: looking ahead, so that windows overlap, is done at the speed of C.
_WINDOW = re.compile(f"(?=([0-9a-z]{{1,{CODE}}}|[^0-9a-z\n].?))")
_INITIALS = re.compile(f"(?=([^\n{BREAK}]{{1,{INITIALS}}}))")


def tokens(stored: Document) -> str:
    """The tokens of a document, parted by spaces; some come twice, which does not matter."""
    found: list[str] = _WINDOW.findall(stored.text)
    windows: list[str] = _INITIALS.findall(stored.initials)
    if SEVERAL in stored.initials:
        sounded = zip(windows, _INITIALS.findall(stored.sound), strict=True)
        found += [_combined(symbols) if SEVERAL in window else "_" + window for window, symbols in sounded]
    elif windows:
        found.append("_" + " _".join(windows))
    found += map(_syllable_tokens().__getitem__, set(stored.sound))
    return " ".join(found)


@lru_cache(maxsize=20_000)
def _combined(symbols: str) -> str:
    """Every combination of the initials of a window, parted by spaces; the same few thousand come again and again."""
    choices = _all_initials()
    letters = (choices.get(symbol, symbol) for symbol in symbols)
    return " ".join("_" + "".join(chosen) for chosen in product(*letters))


@cache
def _all_initials() -> dict[str, str]:
    return {symbol: "".join(sorted({typed[0] for typed in group})) for symbol, group in sounds().spellings.items()}


@cache
def _syllable_tokens() -> dict[str, str]:
    """The tokens of every character a sound can hold; letters, digits and breaks have none."""
    none = dict.fromkeys((*ascii_lowercase, *digits, "\n", BREAK), "")
    return none | {symbol: " ".join(f".{typed}" for typed in group) for symbol, group in sounds().spellings.items()}


@dataclass(frozen=True, slots=True)
class Ask:
    """What to ask the index for one word: a MATCH expression, and what the stored document must then satisfy."""

    match: str
    word: str  # contained in the text, or
    is_letters: bool  # contained in the initials, or
    syllables: tuple[str, ...]  # one of these patterns in the sound, or
    initials: str  # this pattern, where initials are several
    sure: bool  # every match is a hit, nothing needs to be looked at
    begins: (
        bool  # asks for beginnings of tokens, which FTS5 gathers before it gives the first: slow where they are many
    )


def ask(word: str) -> Ask:
    """How to find a folded word."""
    ways = [_text_terms(word)]
    sure = len(word) <= CODE if word.isascii() else len(word) <= PAIR and _ASCII.search(word) is None
    letters = may_be_pinyin(word)
    readings = segmentations(word) if letters and len(word) > 1 else ()
    if letters:
        ways.append(_window_terms(word, "_", INITIALS))
        sure = sure and len(word) <= INITIALS and all(len(segments) == 1 for segments in readings)
    ways += [_syllable_terms(segments) for segments in readings]
    match = " OR ".join(f"({' AND '.join(way)})" for way in ways)
    patterns = tuple(map(syllables_pattern, readings))
    return Ask(match, word, letters, patterns, initials_pattern(word) if letters else "", sure, "*" in match)


def _text_terms(word: str) -> list[str]:
    if word.isascii():
        return _window_terms(word, "", CODE)
    whole = [token for token in _WINDOW.findall(word) if len(token) == (CODE if token.isascii() else PAIR)]
    bounded = [run.group() for run in _RUN.finditer(word) if run.group().isascii() and 0 < run.end() < len(word)]
    exact = dict.fromkeys([*whole, *(run for run in bounded if len(run) < CODE)])
    return [_quoted(token) for token in reversed(exact)] or [_quoted(word) + "*"]


def _window_terms(word: str, mark: str, size: int) -> list[str]:
    """Windows that cover the word once, from its end: the heads of codes are alike in a county."""
    if len(word) == size - 1:
        return [_any_of(mark + word + last for last in ("", *digits, *ascii_lowercase))]
    if len(word) < size:
        return [_quoted(mark + word) + "*"]
    starts = sorted({*range(0, len(word) - size + 1, size), len(word) - size}, reverse=True)
    return [_quoted(mark + word[start : start + size]) for start in starts]


def _syllable_terms(segments: tuple[str, ...]) -> list[str]:
    """The syllables, the last of which may be only begun; several also by their initials, which leaves few to look at."""
    last = _any_of(f".{syllable}" for syllable in begun(segments[-1]))
    if len(segments) == 1:
        return [last]
    whole = [_quoted(f".{segment}") for segment in dict.fromkeys(segments[:-1])]
    side_by_side = _window_terms("".join(segment[0] for segment in segments), "_", INITIALS)
    return [*whole, *side_by_side, *([last] if len(segments[-1]) > 1 else [])]


def _any_of(found: Iterable[str]) -> str:
    return f"({' OR '.join(map(_quoted, found))})"


def _quoted(token: str) -> str:
    return f'"{token}"'
