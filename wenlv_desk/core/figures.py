"""Figures (统计): numbers that an office reports, each with its definition, counted from plain rows as they stand or stood.

    PASS_RATE = Figure("pass_rate", "通过率", "通过的 ÷ 应审的", Ratio(passed, in_scope))
    REVIEW = FigureSet("review", "年审", record=ReviewCase, figures=(..., PASS_RATE), year="review_year", groups=("township",))

What a figure asks of a row are its columns' values, never the database: so the same definition counts the rows of any past day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.records import Record

Row = Mapping[str, Any]  # column (or derived value) -> value
Chosen = Callable[[Row], bool]
NONE = "—"  # a figure over no rows
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Ratio:
    """The share of the denominator's rows that the numerator chooses as well."""

    numerator: Chosen
    denominator: Chosen


@dataclass(frozen=True)
class Median:
    """The middle one of a value over the rows that have it; between two, halfway."""

    value: Callable[[Row], int | Decimal | None]


@dataclass(frozen=True)
class Counted:
    """A figure's value as text, and the rows behind it: those counted, and for a ratio those they are a share of."""

    text: str
    rows: tuple[int, ...]
    whole: tuple[int, ...] = ()

    @property
    def behind(self) -> tuple[int, ...]:
        """Every row the value is made of."""
        return self.whole or self.rows


@dataclass(frozen=True)
class Figure:
    """One figure. `of` chooses the rows that are counted, or is a `Ratio` or a `Median`; `unit` stands behind the number."""

    name: str
    label: str
    definition: str
    of: Chosen | Ratio | Median
    unit: str = ""

    def count(self, rows: Mapping[int, Row]) -> Counted:
        """The figure over these rows (values by id)."""
        match self.of:
            case Ratio(numerator, denominator):
                whole = tuple(row_id for row_id, row in rows.items() if denominator(row))
                part = tuple(row_id for row_id in whole if numerator(rows[row_id]))
                return Counted(_share(len(part), len(whole)), part, whole)
            case Median(value):
                found = {row_id: Decimal(made) for row_id, row in rows.items() if (made := value(row)) is not None}
                return Counted(self._with_unit(_number(median(found.values()))) if found else NONE, tuple(found))
            case chosen:
                kept = tuple(row_id for row_id, row in rows.items() if chosen(row))
                return Counted(self._with_unit(str(len(kept))), kept)

    def _with_unit(self, number: str) -> str:
        return f"{number} {self.unit}".rstrip()


def _share(part: int, whole: int) -> str:
    """97.40 %  7186/7378."""
    if not whole:
        return f"{NONE}  0/0"
    percent = (Decimal(100 * part) / whole).quantize(CENT, ROUND_HALF_UP)
    return f"{percent} %  {part}/{whole}"


def _number(value: Decimal) -> str:
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, kw_only=True)
class FigureSet:
    """Figures over one register. `scope` are the fields by which its rows are narrowed, `groups` those by which a figure is split.

    `year` names the scope field that holds the year. `derive(desk, day)` gives a function from a row to values beside its
    columns (working days between two of them, whether a limit had passed by that day).
    """

    name: str
    title: str
    record: type[Record]
    figures: tuple[Figure, ...]
    scope: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    year: str = ""
    derive: Callable[[Any, Any], Callable[[Row], Row]] | None = None
    empty_hint: str = "这个范围里还没有记录。请换一个范围或日子。"

    @property
    def narrowed_by(self) -> tuple[str, ...]:
        """Every field its rows are narrowed by, the year first."""
        return tuple(dict.fromkeys((self.year, *self.scope) if self.year else self.scope))

    def figure(self, text: str) -> Figure:
        """The figure of that name or label."""
        for figure in self.figures:
            if text in (figure.name, figure.label):
                return figure
        raise UserError(f"{self.title}统计没有“{text}”这一项，可用：{'、'.join(one.label for one in self.figures)}")
