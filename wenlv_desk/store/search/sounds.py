"""Sounds (读音): a name as a string with one symbol for each character, the same symbol for all characters read alike.

About 700 symbols stand for the sets of readings, so a pattern over symbols asks "a character that can be read shu, then one that
can be read dian" whatever the number of readings. Letters and digits stand for themselves; whatever cannot be read becomes BREAK.
Symbols follow from the shipped tables and change with them: `stamp` says which tables a stored string was made with.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase, digits

from wenlv_desk.standards.pinyin import readings, surname_syllables, surnames

BREAK = "\x1f"
SEVERAL = "*"  # among initials: a character with several
FIRST_SYMBOL = 0x4E00  # three bytes in UTF-8, and nothing special in a GLOB or a regular expression
MOST_LETTERS = 64  # longer words are not tried as pinyin
MOST_SEGMENTATIONS = 64
LONGEST_SYLLABLE = 6

# Besides v, two more ways to type ü.
_ALSO_TYPED = {"lv": "lyu", "nv": "nyu", "lve": "lue", "nve": "nue"}


class _Symbols(dict[int, str]):
    """A table for str.translate: what is not in it breaks the name."""

    def __missing__(self, point: int) -> str:
        return BREAK


@dataclass(frozen=True)
class Sounds:
    """The symbols: of characters, of surnames, and what each may be read as."""

    of_char: _Symbols
    of_surname: Mapping[str, str]  # 单 to the symbol of "shan or dan"
    spellings: Mapping[str, tuple[str, ...]]  # symbol to its readings as typed
    initials: Mapping[int, str]  # symbol to its initial, SEVERAL where readings differ in it; for str.translate
    typed: frozenset[str]  # every syllable
    beginnings: frozenset[str]  # every beginning of a syllable

    def sound(self, folded: str, *, person: bool = False) -> str:
        """The symbols of a folded name; a person's surname is known by its own reading and by the usual ones."""
        sound = folded.translate(self.of_char)
        if person and (count := len(surname_syllables(folded))):
            return self.of_surname[folded[:count]] + sound[count:]
        return sound


@cache
def sounds() -> Sounds:
    """The symbols of the shipped tables."""
    known = readings()
    symbols: dict[tuple[str, ...], str] = {}
    for group in known.values():
        symbols.setdefault(group, chr(FIRST_SYMBOL + len(symbols)))
    of_surname: dict[str, str] = {}
    for surname, syllables in surnames().items():
        groups = [
            tuple(dict.fromkeys((said, *known.get(char, ())))) for said, char in zip(syllables, surname, strict=True)
        ]
        of_surname[surname] = "".join(symbols.setdefault(group, chr(FIRST_SYMBOL + len(symbols))) for group in groups)
    of_char = _Symbols({ord(char): symbols[group] for char, group in known.items()})
    of_char.update({ord(char): char for char in (*ascii_lowercase, *digits, "\n")})
    spellings = {symbol: tuple(_spellings(group)) for group, symbol in symbols.items()}
    typed = frozenset(syllable for group in spellings.values() for syllable in group)
    beginnings = frozenset(syllable[:end] for syllable in typed for end in range(1, len(syllable) + 1))
    initials = {
        ord(symbol): min(letters) if len(letters := {s[0] for s in group}) == 1 else SEVERAL
        for symbol, group in spellings.items()
    }
    return Sounds(of_char, of_surname, spellings, initials, typed, beginnings)


def _spellings(group: Iterable[str]) -> list[str]:
    return [typed for reading in group for typed in (reading, _ALSO_TYPED.get(reading)) if typed]


@cache
def stamp() -> str:
    """Changes whenever a stored sound could mean something else."""
    table = sounds()
    meaning = repr((sorted(table.of_char.items()), sorted(table.of_surname.items()), sorted(table.spellings.items())))
    return hashlib.sha256(meaning.encode()).hexdigest()[:16]


def may_be_pinyin(word: str) -> bool:
    """Whether a folded word could be initials or full pinyin."""
    return word.isascii() and not word.isdigit() and len(word) <= MOST_LETTERS


@cache
def initial_class(letter: str) -> str:
    """The symbols with that initial, and the letter itself, in brackets."""
    found = (symbol for symbol, spellings in sounds().spellings.items() if any(s[0] == letter for s in spellings))
    return _bracket(letter, found)


@cache
def syllable_class(syllable: str, *, beginning: bool) -> str:
    """The symbols that can be read as the syllable, or with one that begins so, in brackets."""
    table = sounds().spellings
    if beginning:
        return _bracket("", (symbol for symbol, typed in table.items() if any(s.startswith(syllable) for s in typed)))
    return _bracket("", (symbol for symbol, typed in table.items() if syllable in typed))


def _bracket(literal: str, symbols: Iterable[str]) -> str:
    """A character class for GLOB and for regular expressions alike; neighbours are joined to ranges."""
    runs: list[list[str]] = []
    for symbol in sorted(symbols):
        if runs and ord(symbol) == ord(runs[-1][1]) + 1:
            runs[-1][1] = symbol
        else:
            runs.append([symbol, symbol])
    return f"[{literal}{''.join(first if first == last else f'{first}-{last}' for first, last in runs)}]"


def initials_pattern(word: str) -> str:
    """A pattern of classes that matches names with these initials side by side."""
    return "".join(map(initial_class, word))


def syllables_pattern(segments: tuple[str, ...]) -> str:
    """A pattern of classes for whole syllables, the last of which may be only begun."""
    whole = (syllable_class(segment, beginning=False) for segment in segments[:-1])
    return "".join(whole) + syllable_class(segments[-1], beginning=True)


def begun(beginning: str) -> tuple[str, ...]:
    """The syllables that begin so."""
    return tuple(sorted(typed for typed in sounds().typed if typed.startswith(beginning)))


def segmentations(word: str) -> tuple[tuple[str, ...], ...]:
    """All ways to read a word as syllables (xian: xian, xi an), the last perhaps only begun; at most MOST_SEGMENTATIONS."""
    table = sounds()
    ways: dict[int, list[tuple[str, ...]]] = {}
    for start in range(len(word) - 1, -1, -1):
        rest = word[start:]
        here: list[tuple[str, ...]] = [(rest,)] if rest in table.beginnings else []
        for length in range(min(LONGEST_SYLLABLE, len(rest) - 1), 0, -1):
            if rest[:length] in table.typed:
                here += [(rest[:length], *more) for more in ways[start + length]]
        ways[start] = here[:MOST_SEGMENTATIONS]
    return tuple(ways.get(0, ()))
