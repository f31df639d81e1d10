"""Fields: what a column of a record, or an argument of an operation, is called and how it is read and shown.

`licence_no: Mapped[str] = field("许可证编号", aliases=("证号",), kind=LicenceNumber(), search=Search.CODE)`
Required, editor, parser and width follow from the Python type unless `kind` says more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from sqlalchemy import Boolean, Date, DateTime, ForeignKey, Integer, String
from sqlalchemy import Text as TextColumn
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeEngine

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.columns import ChoiceColumn, CodeSet, Scaled
from wenlv_desk.core.kinds import Amount, Day, Kind, Many, Moment, OneOf, Reference, Text, Whole, YesNo
from wenlv_desk.core.trade_kinds import LicenceNumber


class Search(StrEnum):
    """How the one search field finds a text: names also by pinyin, people by surname readings, codes by any part."""

    NAME = "name"
    PERSON = "person"
    CODE = "code"


@dataclass(frozen=True)
class Field:
    """One declared field. `aliases` are headings seen in old ledgers; `derive` computes a stored value the clerk never types (or,
    for an `initial` field, the one it starts with when none was typed)."""

    label: str
    name: str = ""
    kind: Kind = Text()
    required: bool = False
    never_empty: bool = False  # required, or the default stands where nothing is given
    aliases: tuple[str, ...] = ()
    help: str = ""
    search: Search | None = None
    secret: bool = False  # personal data: masked in lists and exports unless asked for
    default: Any = None
    readonly: bool = False  # set by operations only
    initial: bool = False  # typed when a record is entered; afterwards set by operations only
    derive: Callable[[Mapping[str, Any]], Any] | None = None

    @property
    def typed(self) -> bool:
        """Whether a clerk or a ledger may give the value."""
        return not self.readonly and (self.derive is None or self.initial)


def field(
    label: str, *, ref: str = "", kind: Kind | None = None, default: Any = None, indexed: bool = False, **more: Any
) -> Any:
    """A mapped column that knows its label. Keyword arguments are those of `Field`; `ref` names the register referred to.

    `indexed` is for codes that are looked up whole in large registers.
    """
    draft = _Draft(label, kind or (Reference(ref) if ref else None), default, more)
    arguments: list[Any] = [ForeignKey(f"{ref}.id")] if ref else []
    if (column := _column_of(kind)) is not None:
        arguments.insert(0, column)
    return mapped_column(*arguments, info={"field": draft}, default=default, index=bool(ref) or indexed or None)


def param(label: str, *, kind: Kind | None = None, **more: Any) -> Any:
    """Metadata for `Annotated[str, param("补领原因")]` in an operation's signature."""
    return _Draft(label, kind, None, more)


@dataclass(frozen=True)
class _Draft:
    """What was declared, before the Python type is known."""

    label: str
    kind: Kind | None
    default: Any
    more: Mapping[str, Any]

    def settle(self, name: str, kind: Kind, never_empty: bool, *, has_default: bool, default: Any) -> Field:
        required = never_empty and not has_default
        made = Field(self.label, name, self.kind or kind, required, never_empty, default=default)
        return replace(made, **self.more)


def _column_of(kind: Kind | None) -> TypeEngine[Any] | None:
    """The column type a kind needs where the annotation alone does not say it."""
    match kind:
        case Text(block=True):
            return TextColumn()
        case Text(limit=limit):
            return String(limit)
        case Amount(places=places):
            return Scaled(places)
        case OneOf(choice=choice):
            return ChoiceColumn(choice)
        case Many():
            return CodeSet()
        case LicenceNumber():
            return String(64)
    return None


def _kind_of_column(column: TypeEngine[Any]) -> Kind:
    match column:
        case Scaled(places=places):
            return Amount(places)
        case CodeSet():
            return Many()
        case TextColumn():
            return Text(limit=20000, block=True, size=30)
        case String(length=length):
            return Text(length or 255)
        case Boolean():
            return YesNo()
        case DateTime():
            return Moment()
        case Date():
            return Day()
        case Integer():
            return Whole()
    raise TypeError(f"no kind for column type {column!r}")


def field_of_column(name: str, column: Any) -> Field | None:
    """The `Field` declared on a table column, None for columns of the machinery (id, version, voided)."""
    draft: _Draft | None = column.info.get("field")
    if draft is None:
        return None
    kind = draft.kind or _kind_of_column(column.type)
    given = column.default is not None
    return draft.settle(name, kind, not column.nullable, has_default=given, default=draft.default)


def field_of_parameter(name: str, annotation: Any, default: Any, missing: object) -> Field:
    """The `Field` of an operation's keyword argument `Annotated[T, param(...)]`."""
    base, draft = get_args(annotation)[:2]
    optional = get_origin(base) in (Union, UnionType) and NoneType in get_args(base)
    plain = next(a for a in get_args(base) if a is not NoneType) if optional else base
    made: _Draft = draft
    given = default is not missing
    kind = made.kind or _kind_of_type(plain)
    return made.settle(name, kind, not optional, has_default=given, default=default if given else None)


def _kind_of_type(plain: Any) -> Kind:
    if isinstance(plain, type) and issubclass(plain, Choice):
        return OneOf(plain)
    simple: dict[Any, Kind] = {
        str: Text(),
        int: Whole(),
        Decimal: Amount(),
        bool: YesNo(),
        date: Day(),
        datetime: Moment(),
    }
    return simple[plain]
