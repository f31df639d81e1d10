"""What was read from what somebody typed: the value, and what is wrong with it in words a clerk understands."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How far a defect reaches, from a remark to a refusal."""

    NOTE = "note"  # harmless repair, said aloud (a line break became a space)
    WARN = "warn"  # may be kept as it stands, with a reason (a failing check digit)
    DOUBT = "doubt"  # ambiguous or damaged: somebody has to choose
    REJECT = "reject"  # cannot be stored


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """One value as read: `value` is normalised, None when nothing could be read or nothing was there."""

    value: T | None
    problem: str | None = None  # Chinese; names the defect and the character or digit; None when clean
    severity: Severity | None = None  # None exactly when problem is None
    position: int | None = None  # 0-based index of the offending character in the normalised value
    suggestions: tuple[T, ...] = ()  # a corrected code, the two possible dates
