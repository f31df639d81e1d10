"""Highlighting: where a query hits in a text as it is shown."""

import re
from collections.abc import Iterator

from wenlv_desk.store.search.folding import fold_char, words
from wenlv_desk.store.search.sounds import initials_pattern, may_be_pinyin, segmentations, sounds, syllables_pattern


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Places of the hits of all words of the query as (start, end) in characters (Python's, not UTF-16), in order, joined where they
    touch. The start of the text may be a surname: 单 is hit by dan and by shan.
    """
    folded: list[str] = []
    origin: list[int] = []  # the place in `text` of each folded character
    for place, char in enumerate(text):
        pieces = fold_char(char)
        folded += pieces
        origin += [place] * len(pieces)
    searched = "".join(folded)
    found = [(origin[start], origin[end - 1] + 1) for word in words(query) for start, end in _places(searched, word)]
    return _joined(sorted(found))


def _places(folded: str, word: str) -> Iterator[tuple[int, int]]:
    yield from _all(re.escape(word), folded)
    if may_be_pinyin(word):
        patterns = [initials_pattern(word), *map(syllables_pattern, segmentations(word) if len(word) > 1 else ())]
        for sound in {sounds().sound(folded), sounds().sound(folded, person=True)}:
            for pattern in patterns:
                yield from _all(pattern, sound)


def _all(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    """All matches, overlapping ones too; every pattern here has one fixed length."""
    for match in re.finditer(f"(?=({pattern}))", text):
        yield match.span(1)


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
