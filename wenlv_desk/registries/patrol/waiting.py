"""现在要处理 about patrols: what a grid officer reported and nobody has taken up, and visits that are overdue."""

from collections.abc import Iterable

from sqlalchemy import select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.patrol.cycles import visits_on
from wenlv_desk.registries.patrol.records import PATROLS, Patrol, PatrolAction, PatrolResult
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.store.desk import Desk


@open_items(on=(Operator,))
def of_operator(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """Reported hazards without an order."""
    taken_up = select(Rectification.patrol_id).where(Rectification.patrol_id.is_not(None), ~Rectification.voided)
    mine = (
        Patrol.operator_id == operator.id,
        Patrol.action == PatrolAction.REPORTED,
        Patrol.result != PatrolResult.FINE,
        Patrol.id.not_in(taken_up),
        ~Patrol.voided,
    )
    for one in desk.session.scalars(select(Patrol).where(*mine).order_by(Patrol.visited_at)):
        tone = "red" if one.result is PatrolResult.MAJOR else "amber"
        said = f"{one.patrol_no} {one.visited_at:%Y-%m-%d} 巡查上报{one.result.label}，还没有处理"
        yield OpenItem("上报", tone, said, PATROLS.name, one.id)


@open_items(on=(Operator,))
def overdue_visit(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """A visit that was not made in time."""
    for one in visits_on(desk, desk.today, [operator.id]):
        if late := one.days_late(desk.today):
            last = f"上次 {one.last}" if one.last else "还没有巡查过"
            yield OpenItem(
                "巡查", "red" if late > one.cycle_days else "amber", f"{one.cycle.label}巡查已逾期 {late} 天，{last}"
            )
