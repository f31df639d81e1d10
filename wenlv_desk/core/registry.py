"""Registries: a register (台账) declared over its record; lists, forms, search, ledgers and the shell are derived from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import Kind, Lookup, Text
from wenlv_desk.core.records import Record, fields_of
from wenlv_desk.standards.finding import Severity

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a record's values; `field` is empty where it is the record as a whole."""

    field: str
    severity: Severity
    message: str


@dataclass(frozen=True)
class RuleContext:
    """What a rule may know beside the values: today, the settings, other registers."""

    today: date
    settings: Mapping[str, Any]
    lookup: Lookup


Rule = Callable[[Values, RuleContext], Iterable[Problem]]


@dataclass(frozen=True)
class Section:
    """A titled group of a form and of the card."""

    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Computed:
    """A shown value that is derived and never stored (到期状态). `sql(record, today)` gives the SQL expression; the kind shows it.

    `wording(shown, beside)` may say it more exactly with the value of the field or computed value `beside`: 20 天后到期.
    """

    name: str
    label: str
    sql: Callable[[type[Record], date], Any]
    kind: Kind = Text()
    beside: str = ""
    wording: Callable[[str, Any], str] | None = None


@dataclass(frozen=True)
class Duplicate:
    """How the same thing shows itself twice: equal `same` field, or similar `name` with any equal `beside` field."""

    same: tuple[str, ...] = ()
    name: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Owner:
    """The record a row belongs to: how a ledger row names it, and what a new one takes over from the row."""

    field: str  # operator_id
    register: str  # operator
    takes: Mapping[str, str]  # field of the owner -> field of this register


@dataclass(frozen=True, kw_only=True)
class Registry:
    """One register. Its name is its table's; `identity` lists, best first, the field groups that identify a ledger's row."""

    record: type[Record]
    title: str
    unit: str = "条"  # 家、件、人: how rows are counted
    named_by: str
    code: str = ""  # the field that names a record exactly (credit code, licence number)
    identity: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    sections: tuple[Section, ...]
    filters: tuple[str, ...] = ()
    computed: tuple[Computed, ...] = ()
    rules: tuple[Rule, ...] = ()
    duplicates: Duplicate = Duplicate()
    owner: Owner | None = None
    state: str = ""  # the field or computed value that is shown as the record's state
    typed: bool = True  # False: rows come from operations only
    single: bool = False  # exactly one row (settings)
    mergeable: bool = True  # False: duplicates are pointed out, but other records hold its code, so no merging
    lasting: bool = False  # True: what was written down stands; nothing is amended or taken off, only undone
    turns: tuple[str, str] | None = (
        None  # (whose, day): a row holds from its day until the next one of the same; undone only from the last backwards
    )
    merged: Callable[[Any, Record, Record], None] | None = (
        None  # (desk, kept, twin) -> what a lasting register writes when a twin of what it refers to is merged
    )
    rail: bool = True  # has a page of its own
    fixed: Callable[[Any, Record], str] | None = (
        None  # (desk, record) -> why it (or a new one) is not typed any more; empty: it is
    )
    recount: Callable[[Any], int] | None = (
        None  # (desk) -> rows whose dates were counted anew, once a calendar has come
    )
    group: str = ""  # registers with the same word share one page of the window (许可证)
    below: bool = False  # below the line of the rail: what the office keeps about itself
    icon: str = "file-text"  # of resources/icons
    empty_hint: str = "还没有记录。可以导入台账，或按 Ctrl+N 新增。"

    @property
    def name(self) -> str:
        return str(self.record.__tablename__)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every declared field by name, in the order of the form; what stands in no section comes last."""
        declared = fields_of(self.record)
        shown = [name for section in self.sections for name in section.fields if name in declared]
        return {name: declared[name] for name in dict.fromkeys([*shown, *declared])}

    @cached_property
    def typed_fields(self) -> dict[str, Field]:
        """The fields a clerk or a ledger may give."""
        return {name: field for name, field in self.fields.items() if field.typed}

    def shown(self, name: str) -> tuple[str, Kind]:
        """Label and kind of a field or computed value."""
        if name in self.fields:
            return self.fields[name].label, self.fields[name].kind
        for computed in self.computed:
            if computed.name == name:
                return computed.label, computed.kind
        raise UserError(f"{self.title}没有“{name}”这一项，可用：{'、'.join(self.fields)}")

    def field(self, text: str) -> Field:
        """The field of that name or label."""
        for field in self.fields.values():
            if text in (field.name, field.label):
                return field
        raise UserError(f"{self.title}没有“{text}”这一项，可用：{'、'.join(f.label for f in self.fields.values())}")
