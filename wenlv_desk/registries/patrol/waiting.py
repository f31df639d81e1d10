"""现在要处理 about patrols: what a grid officer reported and nobody has taken up."""

from collections.abc import Iterable

from sqlalchemy import select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.patrol.records import PATROLS, Patrol, PatrolAction, PatrolResult
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.store.desk import Desk


@open_items(on=(Operator,))
def of_operator(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """Reported hazards without an order."""
    taken_up = select(Rectification.patrol_id).where(Rectification.patrol_id.is_not(None))
    mine = (
        Patrol.operator_id == operator.id,
        Patrol.action == PatrolAction.REPORTED,
        Patrol.result != PatrolResult.FINE,
        Patrol.id.not_in(taken_up),
    )
    for one in desk.session.scalars(select(Patrol).where(*mine).order_by(Patrol.visited_at)):
        tone = "red" if one.result is PatrolResult.MAJOR else "amber"
        said = f"{one.patrol_no} {one.visited_at:%Y-%m-%d} 巡查上报{one.result.label}，还没有处理"
        yield OpenItem("上报", tone, said, PATROLS.name, one.id)
