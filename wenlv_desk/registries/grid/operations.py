"""Drawing up grids and handing over: every change is a new row from a day on, with its reason, document and approver."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Reference, Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.grid.answering import answering, answers_of, later_said, posts_of
from wenlv_desk.registries.grid.dividing import divide
from wenlv_desk.registries.grid.loads import load_notes
from wenlv_desk.registries.grid.records import Grid, GridPost
from wenlv_desk.registries.grid.vocabulary import GridState
from wenlv_desk.registries.grid.writing import (
    KEEPERS,
    Approver,
    Document,
    From,
    Reason,
    into,
    on_duty,
    write_assignment,
    write_post,
)
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

LISTED = 8
__all__ = ["appoint", "hand_over", "assign", "divide", "close_grid", "join_grid", "leave_grid", "hand_over_all"]  # noqa: RUF022


def now_there(desk: Desk, grid: Grid) -> Mapping[str, Any]:
    """The head as he is: mostly only the officer changes."""
    head, _ = answers_of(desk, []).post_on(grid.id, desk.today)
    return {"head": head} if head else {}


def unposted(desk: Desk, grid: Grid) -> bool:
    """Whether nobody was ever put in charge of a grid."""
    return desk.session.scalar(select(GridPost.id).where(GridPost.grid_id == grid.id).limit(1)) is None


def posted_before(desk: Desk, grid: Grid) -> Iterator[str]:
    if not unposted(desk, grid):
        yield f"“{grid.grid_name}”已经安排过人员，换人请办“整格交接”"


@operation(
    "安排人员",
    on=(Grid,),
    by=KEEPERS,
    when=(GridState.ACTIVE,),
    blocks=posted_before,
    due=unposted,
    many=False,
)
def appoint(
    desk: Desk,
    grid: Grid,
    *,
    officer: Annotated[int | None, param("网格员", kind=Reference("staff"))] = None,
    head: Annotated[int | None, param("网格长", kind=Reference("staff"), help="包保领导或科室负责人")] = None,
    valid_from: From = None,
    doc_no: Document = None,
    approved_by: Approver = None,
) -> None:
    """Put the first officer and head in charge of a grid."""
    if officer is None and head is None:
        raise UserError("没有办理：网格员和网格长至少选一个")
    on_duty(desk, officer, "网格员")
    on_duty(desk, head, "网格长")
    basis = {"change_reason": "初次安排", "doc_no": doc_no, "approved_by": approved_by}
    write_post(desk, grid, head, officer, valid_from or desk.today, **basis)


@operation(
    "整格交接",
    on=(Grid,),
    by=KEEPERS,
    when=(GridState.ACTIVE,),
    suggest=now_there,
    many=False,
    evidence=True,
)
def hand_over(  # noqa: PLR0913 - one argument a box of the form
    desk: Desk,
    grid: Grid,
    *,
    officer: Annotated[int | None, param("接任网格员", kind=Reference("staff"), help="空白表示待安排")] = None,
    head: Annotated[int | None, param("网格长", kind=Reference("staff"), help="空白表示不变")] = None,
    headless: Annotated[bool, param("网格长空缺", help="选“是”表示不再设网格长")] = False,
    reason: Reason,
    valid_from: From = None,
    doc_no: Document = None,
    approved_by: Approver = None,
    path: Evidence = None,
) -> list[int]:
    """Hand a whole grid with its firms over from a day on; gives the firms whose officer that changes."""
    day = valid_from or desk.today
    answers = answers_of(desk)
    head = None if headless else head or answers.post_on(grid.id, day)[0]
    if answers.post_on(grid.id, day) == (head, officer):
        raise UserError(f"没有办理：“{grid.grid_name}”从 {day} 起本来就是这样安排的")
    on_duty(desk, officer, "网格员")
    on_duty(desk, head, "网格长")
    write_post(desk, grid, head, officer, day, change_reason=reason, doc_no=doc_no, approved_by=approved_by)
    firms = answers.firms_of(grid.id, day)
    led = desk.get(Staff, head).name if head else "空缺"
    desk.notes.append(f"从 {day} 起由{_named(desk, officer)}负责，连同 {len(firms)} 家企业；网格长{led}")
    desk.notes.extend(load_notes(desk, grid, day))
    keep_evidence(desk, grid, path, "网格调整文件")
    return firms


@operation("归入企业", on=(Grid,), by=KEEPERS, when=(GridState.ACTIVE,), many=False)
def assign(
    desk: Desk,
    grid: Grid,
    *,
    operator: Annotated[int, param("包保企业", kind=Reference("operator"))],
    reason: Annotated[str, param("调整原因", kind=Text(255))] = "划分网格",
    valid_from: From = None,
    doc_no: Document = None,
    approved_by: Approver = None,
) -> None:
    """Put a firm into this grid from a day on; whichever grid it was in is left that day."""
    firm = desk.get(Operator, operator)
    basis = {"change_reason": reason, "doc_no": doc_no, "approved_by": approved_by}
    into(desk, firm, grid, valid_from or desk.today, **basis)


def firms_block(desk: Desk, grid: Grid) -> Iterator[str]:
    """Firms that would stand in a grid that is no more, today or on a day that is arranged."""
    answers = answers_of(desk)
    if firms := answers.firms_of(grid.id, desk.today):
        closed = "，其中已注销、歇业等的请办“撤出网格”" if any(_closed(desk, one) for one in firms) else ""
        yield f"还有 {len(firms)} 家企业在这个网格里（{_firms_named(desk, firms)}），请先归入别的网格{closed}"
    if due := answers.due_in(grid.id, desk.today):
        said = "、".join(f"{desk.get(Operator, firm).operator_name}（{day} 起）" for day, firm in due[:LISTED])
        yield f"还有 {len(due)} 家企业已登记以后归入这个网格（{said}），请先撤销那次登记"


@operation(
    "撤销网格",
    on=(Grid,),
    by=KEEPERS,
    when=(GridState.ACTIVE,),
    to=GridState.CLOSED,
    blocks=firms_block,
    danger=True,
    many=False,
)
def close_grid(
    desk: Desk,  # noqa: ARG001
    grid: Grid,
    *,
    reason: Reason,  # noqa: ARG001 - the journal keeps it
) -> None:
    """A grid is used no more; its history stays."""
    grid.status = GridState.CLOSED


@operation("归入网格", on=(Operator,), by=KEEPERS)
def join_grid(
    desk: Desk,
    operator: Operator,
    *,
    grid: Annotated[int, param("网格", kind=Reference("grid"))],
    reason: Annotated[str, param("调整原因", kind=Text(255))] = "划分网格",
    valid_from: From = None,
    doc_no: Document = None,
    approved_by: Approver = None,
) -> None:
    """The same from the firm's side: one firm, or a selection."""
    basis = {"change_reason": reason, "doc_no": doc_no, "approved_by": approved_by}
    into(desk, operator, desk.get(Grid, grid), valid_from or desk.today, **basis)


def stands_nowhere(desk: Desk, operator: Operator) -> Iterator[str]:
    if answering(desk, operator.id).grid_id is None:
        yield "现在不在任何网格里"


@operation("撤出网格", on=(Operator,), by=KEEPERS, blocks=stands_nowhere, danger=True, many=False)
def leave_grid(
    desk: Desk,
    operator: Operator,
    *,
    reason: Annotated[str, param("调整原因", kind=Text(255), help="如：已歇业；不再由本局监管")],
    valid_from: From = None,
    doc_no: Document = None,
    approved_by: Approver = None,
) -> None:
    """A firm stands in no grid from a day on: it has closed, or others supervise it."""
    day = valid_from or desk.today
    write_assignment(desk, operator, None, day, change_reason=reason, doc_no=doc_no, approved_by=approved_by)


def holds_nothing(desk: Desk, person: Staff) -> Iterator[str]:
    if not posts_of(desk, person.id, desk.today):
        later = later_said(desk, person.id, desk.today)
        yield f"{person.name}现在不是任何网格的网格员或网格长" + (f"；{later}" if later else "")


@operation("网格离岗交接", on=(Staff,), by=KEEPERS, blocks=holds_nothing, many=False, evidence=True)
def hand_over_all(
    desk: Desk,
    person: Staff,
    *,
    successor: Annotated[int | None, param("接任人", kind=Reference("staff"), help="空白表示待安排")] = None,
    reason: Annotated[str, param("调整原因", kind=Text(255), help="如：退休；调离")],
    valid_from: From = None,
    doc_no: Document = None,
    approved_by: Approver = None,
    path: Evidence = None,
) -> list[int]:
    """Hand over everything somebody holds, as officer and as head, in every grid; gives the firms whose officer that changes."""
    day = valid_from or desk.today
    if successor == person.id:
        raise UserError("没有办理：接任人就是本人，请另选")
    on_duty(desk, successor, "网格员")
    answers = answers_of(desk)
    firms: list[int] = []
    held = posts_of(desk, person.id, day, answers)
    for grid in held:
        head, officer = answers.post_on(grid.id, day)
        follow = [successor if one == person.id else one for one in (head, officer)]
        write_post(desk, grid, follow[0], follow[1], day, change_reason=reason, doc_no=doc_no, approved_by=approved_by)
        if officer == person.id:
            firms += answers.firms_of(grid.id, day)
    desk.notes.append(f"{person.name}的 {len(firms)} 家企业从 {day} 起由{_named(desk, successor)}负责")
    desk.notes.extend(dict.fromkeys(note for grid in held for note in load_notes(desk, grid, day)))
    if later := later_said(desk, person.id, day):
        desk.notes.append(f"请注意：{later}")
    keep_evidence(desk, person, path, "网格调整文件")
    return firms


def _named(desk: Desk, staff_id: int | None) -> str:
    return desk.get(Staff, staff_id).name if staff_id else "（待安排）"


def _firms_named(desk: Desk, ids: Sequence[int]) -> str:
    firms = [desk.get(Operator, one) for one in ids[:LISTED]]
    names = [
        f"{one.operator_name}（{one.operating_status.label}）" if _closed(desk, one.id) else one.operator_name
        for one in firms
    ]
    return "、".join(names) + ("等" if len(ids) > LISTED else "")


def _closed(desk: Desk, firm: int) -> bool:
    return desk.get(Operator, firm).operating_status is not OperatingStatus.OPEN
