"""Words of a file for ours (文件中的值 → 本库的值): what a closed vocabulary does not know, and which of its words may be meant."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from wenlv_desk.core.kinds import Editor, Kind, Lookup, plain_text
from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.headings import HeadingMap
from wenlv_desk.ledger.marks import NOTHING
from wenlv_desk.ledger.reading import Table
from wenlv_desk.standards.finding import Severity
from wenlv_desk.store.desk import Desk

LIKE = 0.5
OFFERED = 5
_PARTS = re.compile(r"\s*[、，,;；\n]\s*")


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A text of the file that its field does not know, how often it stands there, and the labels that may be meant."""

    field: str
    text: str
    count: int
    suggestions: tuple[str, ...]


def unknown_words(desk: Desk, registry: Registry, table: Table, headings: HeadingMap) -> list[UnknownWord]:
    """What the mapping step asks about: the most frequent first. Answers go to `HeadingMap.with_word`."""
    found: list[UnknownWord] = []
    for name, index in headings.mapped.items():
        kind = registry.fields[name].kind
        if kind.editor not in (Editor.ONE, Editor.MANY, Editor.CHECK):
            continue
        words = headings.words.get(name, {})
        counted: Counter[str] = Counter()
        for text, count in Counter(plain_text(row.cells[index]).strip() for row in table.rows).items():
            counted.update(dict.fromkeys(_unknown(desk, kind, text, words), count))
        found += [
            UnknownWord(name, text, count, suggested(kind, text, desk.lookup)) for text, count in counted.most_common()
        ]
    return found


def _unknown(desk: Desk, kind: Kind, text: str, words: Mapping[str, str]) -> list[str]:
    if not text or text in NOTHING or text in words:
        return []
    parts = _PARTS.split(text) if kind.editor is Editor.MANY else [text]
    refused = (part for part in parts if part and part not in words)
    return [part for part in refused if kind.read(part, desk.context).severity is Severity.REJECT]


def translated(kind: Kind, text: str, words: Mapping[str, str]) -> str:
    """A cell's text in our words, whole or part by part."""
    if text in words:
        return words[text]
    if kind.editor is not Editor.MANY:
        return text
    parts = _PARTS.split(text)
    return text if not any(part in words for part in parts) else "、".join(words.get(part, part) for part in parts)


def suggested(kind: Kind, text: str, lookup: Lookup) -> tuple[str, ...]:
    """Labels of the vocabulary that may be meant, likeliest first."""
    scored = []
    for _, label in kind.options(lookup):
        score = SequenceMatcher(None, text, label, autojunk=False).ratio()
        if text and (text in label or label in text):
            score += 1
        elif set(re.split(r"[/／、]", text)) & set(re.split(r"[/／、（(）)]", label)):
            score += 0.5
        if score >= LIKE:
            scored.append((score, label))
    return tuple(label for _, label in sorted(scored, key=lambda pair: -pair[0])[:OFFERED])
