"""巡查频次: by when a firm must be visited next, by its grid and, for scenic areas in the fire season (防火期), by the settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from wenlv_desk.registries.grid.answering import answers_of
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.grid.tables import Known
from wenlv_desk.registries.grid.vocabulary import PatrolCycle
from wenlv_desk.registries.grid.writing import SCENIC
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.patrol.records import Patrol
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.store.desk import Desk

DAYS = {
    PatrolCycle.DAILY: 1,
    PatrolCycle.WEEKLY: 7,
    PatrolCycle.HALF_MONTHLY: 15,
    PatrolCycle.MONTHLY: 31,
    PatrolCycle.QUARTERLY: 92,
}


@dataclass(frozen=True)
class Visits:
    """When a firm was visited last (None: never), how often it must be, and by when it must be next."""

    operator_id: int
    name: str
    township: str
    officer_id: int
    last: date | None
    cycle: PatrolCycle
    due: date

    @property
    def cycle_days(self) -> int:
        return DAYS[self.cycle]

    def days_late(self, day: date) -> int:
        return max(0, (day - self.due).days)


@dataclass(frozen=True)
class FireSeason:
    """The bureau's fire season (防火期) around a day, as the settings have it now."""

    began: date | None  # None: the day lies outside
    cycle: PatrolCycle


def fire_season_on(desk: Desk, day: date) -> FireSeason:
    """The season a day lies in; it may run over the end of the year."""
    first, last = (str(setting_of(desk, name)) for name in ("fire_season_from", "fire_season_to"))
    today = f"{day:%m-%d}"
    inside = first <= today <= last if first <= last else today >= first or today <= last
    year = day.year if today >= first else day.year - 1
    return FireSeason(
        date.fromisoformat(f"{year}-{first}") if inside else None, PatrolCycle[setting_of(desk, "fire_season_cycle")]
    )


def visits_on(desk: Desk, day: date, operator_ids: list[int] | None = None) -> Iterator[Visits]:
    """Every firm that was in business and had an officer on a day, as the registers stood then, with its visits up to that day.

    Counted from the last visit, or from when its officer has answered for it (in business) without a break where that is later.
    """
    answers = answers_of(desk, operator_ids)
    standing = {firm: one for firm, one in answers.firms_on(day).items() if answers.in_business(firm, day)}
    firms, grids = Known(desk, Operator, day, standing), Known(desk, Grid, day)
    last, season = _last_visits(desk, day), fire_season_on(desk, day)
    for firm, answer in sorted(standing.items()):
        if answer.officer_id is None:
            continue
        since = answers.due_since(firm, day)
        counted = max(last.get(firm, since), since)
        usual: PatrolCycle = grids.get(answer.grid_id, "patrol_cycle")
        scenic = SCENIC in (firms.get(firm, "categories") or ())
        cycle, due = _next(usual, counted, season if scenic else None)
        told = (firms.shown(firm, "operator_name"), firms.shown(firm, "township"))
        yield Visits(firm, *told, answer.officer_id, last.get(firm), cycle, due)


def _next(usual: PatrolCycle, counted: date, season: FireSeason | None) -> tuple[PatrolCycle, date]:
    """How often and by when next: oftener in the season, but never late by that before one such cycle of the season has passed."""
    due = counted + timedelta(DAYS[usual])
    if season is None or season.began is None or DAYS[season.cycle] >= DAYS[usual]:
        return usual, due
    return season.cycle, min(due, max(counted, season.began) + timedelta(DAYS[season.cycle]))


def _last_visits(desk: Desk, day: date) -> dict[int, date]:
    until = day + timedelta(days=1)
    made = select(Patrol.operator_id, func.max(Patrol.visited_at)).where(~Patrol.voided, Patrol.visited_at < until)
    return {row[0]: row[1].date() for row in desk.session.execute(made.group_by(Patrol.operator_id))}
