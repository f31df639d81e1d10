"""References in ledgers: another record is named so that reading finds exactly it again, 新岸书刊社（92370687MA3F72R91T）."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wenlv_desk.core.kinds import Context
from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.onfile import CHUNK, Key

_NAMED = re.compile(r"(?s)(?P<name>.*)（(?P<code>[^（）]+)）")
_NUMBERED = re.compile(r"#(\d{1,18})", re.ASCII)


def exact_names(session: Session, registry: Registry, ids: Iterable[int]) -> dict[int, str]:
    """Texts for records by id: name and code, or name and id where there is no code."""
    columns = registry.record.__table__.c
    coded = registry.code or "id"
    statement = select(columns.id, columns[registry.named_by], columns[coded])
    wanted, made = sorted(set(ids)), {}
    for start in range(0, len(wanted), CHUNK):
        for row in session.execute(statement.where(columns.id.in_(wanted[start : start + CHUNK]))):
            by_code = registry.code and row[2] and not re.search("[（）]", str(row[2]))
            made[row[0]] = f"{row[1]}（{row[2] if by_code else f'#{row[0]}'}）"
    return made


def keys_of(registry: Registry, text: str, context: Context) -> list[tuple[tuple[str, ...], Key]]:
    """The keys that a text may name a record by, surest first: id, code, what is derived from the code, name."""
    keys: list[tuple[tuple[str, ...], Key]] = []
    named = _NAMED.fullmatch(text)
    for said in [named["code"], text] if named else [text]:
        if numbered := _NUMBERED.fullmatch(said):
            keys.append((("id",), (int(numbered[1]),)))
        if registry.code:
            keys += _by_code(registry, said, context)
    keys.append(((registry.named_by,), (text,)))
    return keys


def _by_code(registry: Registry, said: str, context: Context) -> Sequence[tuple[tuple[str, ...], Key]]:
    code = registry.fields[registry.code].kind.read(said, context).value
    if code is None:
        return []
    values: dict[str, Any] = {registry.code: code}
    keys: list[tuple[tuple[str, ...], Key]] = [((registry.code,), (code,))]
    for group in registry.identity:
        derive = registry.fields[group[0]].derive if len(group) == 1 else None
        if derive is not None and (value := derive(values)):
            keys.append((group, (value,)))
    return keys
