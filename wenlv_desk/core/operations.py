"""Operations: what clerks do to records (办), declared as typed functions.

    @operation("补领", on=(PublicationLicence,), when=(Status.ACTIVE,), evidence=True)
    def reissue(desk: Desk, licence: PublicationLicence, *, on: Annotated[date, param("补领日期")], ...) -> None: ...

Button and dialog, command, permission, journal entry, undo and the generic tests follow from the declaration.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, get_origin, get_type_hints

from wenlv_desk.core.choices import Choice, Role
from wenlv_desk.core.fields import Field, field_of_parameter
from wenlv_desk.core.kinds import Reference
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry

SELF = "self"


class Subject(StrEnum):
    """What an operation is done to."""

    RECORD = "record"
    REGISTER = "register"


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One verb. `on` is empty for verbs that every register has; `when` and `to` are states of the record's workflow."""

    title: str
    function: Callable[..., Any]
    on: tuple[type[Record], ...] = ()
    by: tuple[Role, ...] = (Role.CLERK,)
    when: tuple[Choice, ...] = ()
    to: Choice | None = None
    state_field: str = "status"
    subject: Subject = Subject.RECORD
    undoable: bool = True
    on_voided: bool = False  # may be done to a record that is off the lists
    many: bool = True  # may be done to a selection with the same arguments; False: they differ from record to record
    danger: bool = False  # asks for confirmation in words
    key: str = ""  # F4
    due: Callable[[Any, Any], bool] | None = None  # (desk, record) -> is it the next sensible step; else a key says so
    evidence: bool = False  # the law asks for a document: it can be attached in the same step
    takes_values: bool = False  # arguments are the register's own fields
    takes_only: tuple[str, ...] = ()  # of these names, where not all of them; none of them is required
    suggest: Callable[[Any, Any], Mapping[str, Any]] | None = None  # (desk, record) -> values its form begins with
    blocks: Callable[[Any, Any], Iterable[str]] | None = (
        None  # (desk, record) -> all that stands in its way, a sentence each
    )
    offers: Callable[[Any, Any], Mapping[str, Sequence[tuple[str, str]]]] | None = (
        None  # (desk, record) -> what `Offered` arguments offer
    )
    prepare: Callable[..., Any] | None = (
        None  # takes what the function takes: what is slow, before the write; its payload
    )
    only: Callable[[Registry], bool] = lambda _registry: True  # which registers have a verb that stands on no record

    @property
    def name(self) -> str:
        return str(self.function.__name__)

    @property
    def for_many(self) -> bool:
        """Whether it is offered for a selection (批量办理): a register's own verb whose arguments are no values of the record."""
        return bool(self.on) and self.subject is Subject.RECORD and self.many and not self.takes_values

    @cached_property
    def own_parameters(self) -> tuple[Field, ...]:
        """The keyword arguments of the function as fields."""
        hints = get_type_hints(self.function, include_extras=True)
        signature = inspect.signature(self.function)
        return tuple(
            field_of_parameter(name, hints[name], parameter.default, inspect.Parameter.empty)
            for name, parameter in signature.parameters.items()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY and get_origin(hints[name]) is Annotated
        )

    def arguments(self, registry: Registry) -> tuple[Field, ...]:
        """The verb's own arguments; a reference to "self" means another record of the same register."""
        return tuple(
            replace(field, kind=Reference(registry.name)) if field.kind == Reference(SELF) else field
            for field in self.own_parameters
        )

    def parameters(self, registry: Registry) -> tuple[Field, ...]:
        """All arguments for a register: its typed fields where the verb takes values, then the verb's own."""
        values = tuple(registry.typed_fields.values()) if self.takes_values else ()
        if self.takes_only:
            values = tuple(replace(f, required=False) for f in values if f.name in self.takes_only)
        return values + self.arguments(registry)

    def applies(self, registry: Registry) -> bool:
        """Whether a register has the verb."""
        if self.on:
            return any(issubclass(registry.record, record) for record in self.on)
        return self.only(registry)


def operation(title: str, **more: Any) -> Callable[[Callable[..., Any]], Operation]:
    """Declare a function as an operation; keyword arguments are those of `Operation`."""

    def declare(function: Callable[..., Any]) -> Operation:
        return Operation(title=title, function=function, **more)

    return declare
