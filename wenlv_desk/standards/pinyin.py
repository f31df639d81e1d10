"""Pinyin (拼音) of names without tones: syllables and initials, with surname readings for people (单 shan, 仇 qiu, 区 ou).

The readings are a shipped table made from pypinyin: importing the package takes 350 ms, reading the table about 10.
ü is written v, as it is typed (绿 lv, 略 lve).
"""

import csv
from collections.abc import Mapping
from functools import cache

from wenlv_desk.resources import resource


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Han character to its readings, the usual one first, then those it has in words (行: xing, hang)."""
    table: dict[str, tuple[str, ...]] = {}
    with resource("pinyin", "readings.txt").open(encoding="utf-8") as file:
        for line in file:
            group, chars = line.split()
            table.update(dict.fromkeys(chars, tuple(group.split(","))))
    return table


@cache
def surnames() -> Mapping[str, tuple[str, ...]]:
    """Surname, one character or compound, to its syllables, where the reading as a surname has to be told."""
    with resource("pinyin", "surnames.csv").open(encoding="utf-8", newline="") as file:
        return {row["surname"]: tuple(row["reading"].split()) for row in csv.DictReader(file)}


def surname_syllables(name: str) -> tuple[str, ...]:
    """The syllables of the surname a person's name starts with; empty where the usual readings do."""
    return surnames().get(name[:2]) or surnames().get(name[:1]) or ()


def syllables(text: str, *, person: bool = False) -> tuple[str, ...]:
    """One usual reading for each Han character; letters and digits pass one by one in lower case, the rest is left out.

    A Han character without known reading passes as it is. `person` reads the start of the text as a surname.
    """
    first = surname_syllables(text) if person else ()
    known = readings()
    rest = (known[char][0] if char in known else char.lower() for char in text[len(first) :] if char.isalnum())
    return (*first, *rest)


def initials(text: str, *, person: bool = False) -> str:
    """The first letter of each syllable: 新华书店 xhsd."""
    return "".join(syllable[0] for syllable in syllables(text, person=person))
