"""巡查频次: by when a firm must be visited next, by its grid and, for scenic areas in the fire season (防火期), by the settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from wenlv_desk.registries.grid.answering import answers_of
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.grid.vocabulary import PatrolCycle
from wenlv_desk.registries.grid.writing import SCENIC
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
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

    operator: Operator
    officer_id: int | None
    last: date | None
    cycle: PatrolCycle
    due: date

    @property
    def cycle_days(self) -> int:
        return DAYS[self.cycle]

    def days_late(self, day: date) -> int:
        return max(0, (day - self.due).days)


def in_fire_season(desk: Desk, day: date) -> bool:
    """Whether a day lies in the bureau's fire season, which may run over the end of the year."""
    first, last = (str(setting_of(desk, name)) for name in ("fire_season_from", "fire_season_to"))
    today = f"{day:%m-%d}"
    return first <= today <= last if first <= last else today >= first or today <= last


def visits_on(desk: Desk, day: date, operator_ids: list[int] | None = None) -> Iterator[Visits]:
    """Every firm in business with an officer, with its visits up to a day. Counted from when the officer took it over where later."""
    answers = answers_of(desk, operator_ids)
    grids = {one.id: one for one in desk.session.scalars(select(Grid))}
    last = _last_visits(desk, day)
    hot = in_fire_season(desk, day)
    standing = answers.firms_on(day)
    in_business = (Operator.id.in_(standing), ~Operator.voided, Operator.operating_status == OperatingStatus.OPEN)
    for operator in desk.session.scalars(select(Operator).where(*in_business).order_by(Operator.id)):
        firm, answer = operator.id, standing[operator.id]
        if answer.officer_id is None:
            continue
        assert answer.grid_id is not None
        cycle = grids[answer.grid_id].patrol_cycle
        if hot and SCENIC in (operator.categories or ()):
            cycle = min(cycle, PatrolCycle[setting_of(desk, "fire_season_cycle")], key=DAYS.__getitem__)
        since = answers.known_from(firm) or day
        yield Visits(
            operator, answer.officer_id, last.get(firm), cycle, (last.get(firm) or since) + timedelta(DAYS[cycle])
        )


def _last_visits(desk: Desk, day: date) -> dict[int, date]:
    until = day + timedelta(days=1)
    made = select(Patrol.operator_id, func.max(Patrol.visited_at)).where(~Patrol.voided, Patrol.visited_at < until)
    return {row[0]: row[1].date() for row in desk.session.execute(made.group_by(Patrol.operator_id))}
