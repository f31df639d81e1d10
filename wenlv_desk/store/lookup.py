"""What kinds and rules may ask about other registers, answered from one session and remembered for its length."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.registry import Registry

CHUNK = 500
LARGEST = 2**31  # of an id: what an INTEGER holds on every database


@dataclass
class SessionLookup:
    """A `Lookup` over a session. Code lists are registers whose `code` field is the key that other records store."""

    session: Session
    catalogue: Catalogue
    labels: dict[tuple[str, int], str] = field(default_factory=dict)
    lists: dict[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    others: dict[str, dict[str, str]] = field(default_factory=dict)

    def label(self, register: str, key: int | str) -> str:
        if (register, int(key)) not in self.labels:
            self.prefetch(register, [int(key)])
        return self.labels.get((register, int(key)), f"“{key}”（已不在库）")

    def has(self, register: str, key: int) -> bool:
        if (register, key) not in self.labels and abs(key) < LARGEST:
            self.prefetch(register, [key])
        return (register, key) in self.labels

    def prefetch(self, register: str, keys: Iterable[int]) -> None:
        """Read the labels of many references at once."""
        registry = self.catalogue.registry(register)
        named = getattr(registry.record, registry.named_by)
        wanted = [key for key in set(keys) if (register, key) not in self.labels]
        for start in range(0, len(wanted), CHUNK):
            ids = wanted[start : start + CHUNK]
            for key, label in self.session.execute(
                select(registry.record.id, named).where(registry.record.id.in_(ids))
            ):
                self.labels[(register, key)] = str(label)

    def options(self, register: str) -> Sequence[tuple[str, str]]:
        if register not in self.lists:
            registry = self.catalogue.registry(register)
            columns = (getattr(registry.record, registry.code), getattr(registry.record, registry.named_by))
            rows = self.session.execute(select(*columns).where(~registry.record.voided).order_by(*_order(registry)))
            self.lists[register] = tuple((str(code), str(label)) for code, label in rows)
        return self.lists[register]

    def words(self, register: str) -> Mapping[str, str]:
        if register not in self.others:
            registry = self.catalogue.registry(register)
            code, aliases = getattr(registry.record, registry.code), getattr(registry.record, "aliases", None)
            words: dict[str, str] = {}
            if aliases is not None:
                for key, text in self.session.execute(select(code, aliases).where(~registry.record.voided)):
                    words |= {word: str(key) for word in (text or "").split("、") if word}
            self.others[register] = words
        return self.others[register]

    def find(self, register: str, text: str) -> Sequence[int]:
        registry = self.catalogue.registry(register)
        for name in dict.fromkeys(
            (registry.code, *(group[0] for group in registry.identity if len(group) == 1), registry.named_by)
        ):
            if not name:
                continue
            column = getattr(registry.record, name)
            statement = select(registry.record.id).where(column == text, ~registry.record.voided).limit(20)
            if ids := tuple(self.session.scalars(statement)):
                return ids
        return ()


def _order(registry: Registry) -> Sequence[Any]:
    position = getattr(registry.record, "position", None)
    return (registry.record.id,) if position is None else (position, registry.record.id)
