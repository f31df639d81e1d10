"""Images of rows as plain JSON values: what the journal keeps, digests compare and undo restores.

Empty columns are left out, so that a column added by a later migration changes no digest.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Table

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.columns import ChoiceColumn, CodeSet, Scaled

Image = dict[str, Any]


def plain(value: Any) -> Any:
    """A column's Python value as JSON can hold it."""
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, Choice):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return str(value)


def image_of(values: Mapping[Any, Any]) -> Image:
    """The image of a row given as column values; empty columns are left out."""
    return {key: plain(value) for key, value in values.items() if value is not None}


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def dump(image: Any) -> str:
    """The canonical text of an image, or of a plain value in one."""
    return _encode(image)


def digest_of(image: Mapping[str, Any]) -> str:
    return sha256(dump(image).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _decoders(table: Table) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column in table.columns:
        kind = column.type
        if isinstance(kind, CodeSet):
            made[column.key] = tuple
        elif isinstance(kind, Scaled):
            made[column.key] = Decimal
        elif isinstance(kind, ChoiceColumn):
            made[column.key] = kind.choice
        elif kind.python_type is datetime:
            made[column.key] = datetime.fromisoformat
        elif kind.python_type is date:
            made[column.key] = date.fromisoformat
    return made


def values_of(table: Table, image: Mapping[str, Any]) -> dict[str, Any]:
    """The column values that an image stands for, every column present."""
    decoders = _decoders(table)
    made = {}
    for column in table.columns:
        value = image.get(column.key)
        decoder = decoders.get(column.key)
        made[column.key] = decoder(value) if decoder and value is not None else value
    return made
