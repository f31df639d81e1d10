"""What the page of figures asks in worker threads, as plain data. Knows no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.figures import FigureSet
from wenlv_desk.core.kinds import Day
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.figures import FigureTable, figures_as_of, scope_of
from wenlv_desk.store.query import Listing, ListQuery

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """What is counted: codes by field, the day as it was typed (empty: today), the field it is split by (empty: not)."""

    scope: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    group: str = ""


@dataclass(frozen=True)
class Offered:
    """What the set may be narrowed to: (code, label) by field, and the year that is meant when none was chosen."""

    options: Mapping[str, Options]
    year: str


def offered(desk: Desk, figures: FigureSet) -> Offered:
    """Vocabularies whole, other fields as they occur; years the newest first."""
    registry = desk.catalogue.registry_of(figures.record)
    listing = Listing(desk.session, desk.catalogue, registry, ListQuery(), desk.today)
    options = {name: tuple(listing.distinct(name)) for name in figures.narrowed_by}
    years: Options = ()
    if figures.year:
        years = options[figures.year] = tuple(sorted(options[figures.year], reverse=True))
    now = str(desk.today.year)
    return Offered(options, now if now in dict(years) else years[0][0] if years else "")


def read_day(desk: Desk, text: str) -> date | None:
    """The day that was typed; None is today."""
    reading = Day().read(text, desk.context)
    if reading.value is None and reading.problem:
        raise UserError(reading.problem)
    day: date | None = reading.value
    return None if day == desk.today else day


def counted(desk: Desk, figures: FigureSet, asked: Asked) -> FigureTable:
    """The figures as they are asked for."""
    return figures_as_of(desk, figures, scope_of(desk, figures, asked.scope), read_day(desk, asked.day), asked.group)
