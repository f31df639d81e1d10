"""现在要处理 about grids: firms nobody answers for, and officers with more than they can look after."""

from collections.abc import Iterable

from sqlalchemy import select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.grid.answering import answering, answers_of, later_said, posts_of
from wenlv_desk.registries.grid.loads import judged, loads_on
from wenlv_desk.registries.grid.records import GRIDS, Grid, GridPost
from wenlv_desk.registries.grid.vocabulary import GridState, Load
from wenlv_desk.registries.grid.writing import CLOSED
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.staff.records import Staff, StaffStatus
from wenlv_desk.store.desk import Desk


def _in_use(desk: Desk) -> bool:
    """Whether the bureau keeps grids at all."""
    return desk.session.scalar(select(GridPost.id).limit(1)) is not None


@open_items(on=(Operator,))
def of_operator(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """A firm in business without an answering officer, and one that has closed and still stands in a grid."""
    if operator.voided or not _in_use(desk):
        return
    one = answering(desk, operator.id)
    if operator.operating_status is not OperatingStatus.OPEN:
        yield from _closed_inside(desk, operator, one.grid_id)
    elif one.grid_id is None:
        yield OpenItem("待分配", "amber", "没有网格员：请办“归入网格”")
    elif one.officer_id is None:
        grid = desk.get(Grid, one.grid_id)
        yield OpenItem("待分配", "amber", f"{grid.grid_code} 还没有网格员", GRIDS.name, grid.id)


def _closed_inside(desk: Desk, operator: Operator, grid_id: int | None) -> Iterable[OpenItem]:
    if grid_id is not None and operator.operating_status in CLOSED:
        grid, state = desk.get(Grid, grid_id), operator.operating_status.label
        said = f"{operator.operator_name}已{state}，仍在 {grid.grid_code}：请办“撤出网格”"
        yield OpenItem("撤出", "amber", said, GRIDS.name, grid.id)


@open_items(on=(Grid,))
def of_grid(desk: Desk, grid: Grid) -> Iterable[OpenItem]:
    """A grid in use that nobody patrols, that is empty, or whose officer has too many firms."""
    if grid.voided or grid.status is not GridState.ACTIVE:
        return
    answers = answers_of(desk)
    _, officer = answers.post_on(grid.id, desk.today)
    if officer is None:
        yield OpenItem("待安排", "amber", "没有网格员：请办“安排人员”或“整格交接”", GRIDS.name, grid.id)
        return
    firms = loads_on(answers, desk.today)[officer]
    name = desk.get(Staff, officer).name
    if judged(desk, firms) is Load.OVER:
        yield OpenItem("超负荷", "red", f"{name}包保 {firms} 家企业，请调整", GRIDS.name, grid.id)
    elif not answers.firms_of(grid.id, desk.today):
        yield OpenItem("无企业", "amber", "还没有企业：请办“归入企业”", GRIDS.name, grid.id)


@open_items(on=(Staff,))
def of_staff(desk: Desk, person: Staff) -> Iterable[OpenItem]:
    """Somebody who is gone and still answers for firms."""
    if person.status is StaffStatus.ON_DUTY and not person.voided:
        return
    gone = "已移出台账" if person.voided else person.status.label
    if held := posts_of(desk, person.id, desk.today):
        codes = "、".join(one.grid_code for one in held)
        yield OpenItem("交接", "red", f"{person.name}{gone}，还担着网格 {codes}：请办“网格离岗交接”")
    if later := later_said(desk, person.id, desk.today):
        yield OpenItem("交接", "red", f"{person.name}{gone}，{later}")
