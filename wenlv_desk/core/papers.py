"""Papers: documents (印) declared as functions from plain values to a page description."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.records import Record


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One document. `function(values...)` returns what `typeset` renders, or a PDF; the issuing package numbers and archives it.

    `series` is the letter of the number series (登, 告); `many` papers take a whole list of records, others one document each;
    `each`: of many they make a page each, so that they are printed from the card of one as well;
    `blank` names a profile of a state blank that the paper is printed onto (套打), whose serial number is recorded;
    `fresh` is False where the sheet is one that the holder brings (副本), so that no blank is used up.
    `when` are the states in which it may be shown and issued; `instead` is what to do where no step leads to one of them.
    `number_field` names the field of the record that keeps its number: while that is filled the paper stands issued and is
    printed again, never issued twice. `data(desk, ids)` gathers what the records as shown do not say (`Matter.told`).
    `wordings` are the codes of the texts (范本) it is filled from, `placeholders` what it has something to say for in them.
    """

    title: str
    function: Callable[..., Any]
    on: tuple[type[Record], ...]
    series: str
    many: bool = False
    each: bool = False
    blank: str = ""
    fresh: bool = True
    when: tuple[Choice, ...] = ()
    state_field: str = "status"
    instead: str = ""
    number_field: str = ""
    data: Callable[[Any, Sequence[int]], Any] | None = None
    wordings: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(self.function.__name__)

    @property
    def takes_serial(self) -> bool:
        """Whether a blank is used up, whose serial number must be recorded."""
        return bool(self.blank) and self.fresh

    @property
    def alone(self) -> bool:
        """Whether a record can have one to itself."""
        return self.each or not self.many


def paper(title: str, **more: Any) -> Callable[[Callable[..., Any]], Paper]:
    """Declare a function as a paper; keyword arguments are those of `Paper`."""

    def declare(function: Callable[..., Any]) -> Paper:
        return Paper(title=title, function=function, **more)

    return declare
