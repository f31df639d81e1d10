"""Patrols of a demonstration bureau: the officers go round the firms of their grids; about a tenth of the visits are overdue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from wenlv_desk.registries.past import Day, Past
from wenlv_desk.registries.patrol.cycles import visits_on
from wenlv_desk.registries.patrol.records import PatrolKind

MONTH, WEEK = 25, 5  # days ago by which the visits were written down, of firms to be visited monthly and weekly
LATE, NEVER = 36, 0  # one firm in twenty was visited too long ago, one in twenty never
ROUNDS = (LATE, *range(MONTH, 0, -1))
SATURDAY = 5
SEEN: tuple[Mapping[str, Any], ...] = (
    {"seen": "通道畅通，灭火器在有效期内", "looked_at": "消防通道、灭火器"},
    {"seen": "用电线路无乱拉乱接，值班在岗", "looked_at": "用电、消防通道"},
    {"seen": "许可证悬挂在显著位置，灭火器完好", "looked_at": "证照、灭火器"},
    {"seen": "后门堆有纸箱，已当场清走", "looked_at": "消防通道", "result": "ORDINARY", "action": "MENDED"},
    {"seen": "安全出口标志完好，应急照明正常", "looked_at": "消防通道、用电"},
)


@dataclass(frozen=True)
class _Firm:
    id: int
    officer: int | None
    often: bool  # it must be visited every week or oftener


class Patrols:
    """The rounds of the last weeks; every visit is written down the morning after."""

    def __init__(self, past: Past) -> None:
        self.past = past
        self._firms: list[_Firm] = []

    def plan(self) -> None:
        """Plan the rounds into the past, when the grids have stood for months."""
        for days_ago in ROUNDS:
            self.past.plan(days_ago, partial(self.go_round, days_ago))

    def go_round(self, days_ago: int, day: Day) -> None:
        """Write down the visits of the day before."""
        self._firms = self._firms or self._to_visit(day)
        for place, firm in enumerate(self._firms):
            if written_down(place, often=firm.often) == days_ago:
                day.do("patrol", "operator", firm.id, officer=firm.officer, **_visit(place, day.today))

    def _to_visit(self, day: Day) -> list[_Firm]:
        with day.office.desk(day.clerk) as desk:
            listed = visits_on(desk, self.past.today)
            return [_Firm(one.operator_id, one.officer_id, one.cycle_days <= 7) for one in listed]


def written_down(place: int, *, often: bool) -> int:
    """How many days ago the visit to the firm at a place of the list was written down."""
    if place % 10 == 9:
        return NEVER if place % 20 == 9 else LATE
    return 1 + place * 7 % (WEEK if often else MONTH)


def _visit(place: int, written: date) -> Mapping[str, Any]:
    """What was seen the day before, in the evening at one in eight."""
    before, night = written - timedelta(1), place % 8 == 3
    at = datetime.combine(before, time(19, 40) if night else time(9 + place % 8, place * 7 % 60))
    kind = PatrolKind.NIGHT if night else PatrolKind.WEEKEND if before.weekday() >= SATURDAY else PatrolKind.PATROL
    return {**SEEN[place % len(SEEN)], "visited_at": at, "kind": kind.value}
