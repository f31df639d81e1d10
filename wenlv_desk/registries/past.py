"""The past of a demonstration bureau: steps done on the days before today, in their order, as if a clerk had done them then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office

WHEN = time(9, 30)
Work = Callable[["Day"], object]


@dataclass(frozen=True)
class Day:
    """The office on one day."""

    office: Office
    clerk: Clerk

    @property
    def today(self) -> date:
        return self.office.clock().date()

    def by(self, name: str) -> "Day":
        """The same day in another clerk's chair."""
        return replace(self, clerk=replace(self.clerk, name=name))

    def do(self, operation: str, register: str, record_id: int | None = None, /, **arguments: Any) -> Any:
        """Do a step on that day; what it returned."""
        return perform(self.office, self.clerk, operation, register, record_id, arguments=arguments).value


@dataclass
class Past:
    """What is to be done how many days ago; of one day, in the order in which it was planned."""

    office: Office
    clerk: Clerk
    planned: list[tuple[int, Work]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.office.clock().date()

    def plan(self, days_ago: int, work: Work) -> None:
        self.planned.append((days_ago, work))

    def happen(self) -> None:
        """Do everything, the oldest first."""
        for days_ago, work in sorted(self.planned, key=lambda one: -one[0]):
            work(self._day(days_ago))
        self.planned.clear()

    def _day(self, days_ago: int) -> Day:
        if not days_ago:
            return Day(self.office, self.clerk)
        moment = datetime.combine(self.today - timedelta(days_ago), WHEN)
        return Day(replace(self.office, clock=lambda: moment), self.clerk)


def done_ago(arguments: Mapping[str, Any], today: date) -> int:
    """How many days ago a step was done: on the last of the days it names that are over."""
    days = [_day_of(value) for value in arguments.values()]
    return min((today - day).days for day in days if day is not None and day <= today)


def _day_of(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
