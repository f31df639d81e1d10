"""Stored documents: what the SQLite index keeps of a record, and from which its tokens can be made again at any time."""

from collections.abc import Iterable
from typing import NamedTuple

from wenlv_desk.store.search.folding import fold_all
from wenlv_desk.store.search.interface import SearchText
from wenlv_desk.store.search.sounds import BREAK, sounds


class Document(NamedTuple):
    """The columns of a stored document; each begins and ends with a line break, so that a break beside a word means a whole one.

    `text` has a line for each name, person and code, in that order; `sound` one for each name and person, a person's begun with
    BREAK; `initials` is `sound` with a letter for each symbol, SEVERAL where it may be one of several letters.
    """

    id: int
    text: str
    sound: str
    initials: str


def document(item: SearchText) -> Document:
    """What is kept of a record."""
    texts = fold_all((*item.names, *item.people, *item.codes))
    first, after = len(item.names), len(item.names) + len(item.people)
    return _made(item.record_id, texts, texts[:first], texts[first:after])


def again(stored: Document) -> Document:
    """The same document with the sounds of today's pinyin table."""
    lines = stored.text[1:-1].split("\n")
    spoken = list(zip(lines, stored.sound[1:-1].split("\n"), strict=False)) if stored.sound != "\n" else []
    names = [line for line, sound in spoken if not sound.startswith(BREAK)]
    people = [line for line, sound in spoken if sound.startswith(BREAK)]
    return _made(stored.id, lines, names, people)


def _made(record_id: int, texts: list[str], names: list[str], people: list[str]) -> Document:
    table = sounds()
    spoken = list(filter(None, map(table.sound, names)))
    spoken += [BREAK + table.sound(name, person=True) for name in people if name]
    sound = _lines(spoken)
    return Document(record_id, _lines(filter(None, texts)), sound, sound.translate(table.initials))


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(("", *lines, ""))
