"""What a merge means for the grids: the rows of the twin stand as they were written; what holds from that day on is written for who is kept."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.grid.answering import answers_of, later_said, posts_of
from wenlv_desk.registries.grid.records import Grid, GridAssignment
from wenlv_desk.registries.grid.writing import write_assignment, write_post
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.tables import JournalEntry
from wenlv_desk.store.undo import undone_by


def firm_merged(desk: Desk, kept: Operator, twin: Operator) -> None:
    """The firm that is kept comes into the twin's grid where it stands in none itself, and into what is arranged for later."""
    answers = answers_of(desk, [kept.id, twin.id])
    theirs, own = (answers.on(one.id, desk.today).grid_id for one in (twin, kept))
    arranged = [*([(desk.today, theirs)] if theirs else []), *_later(desk, twin.id)]
    if not arranged:
        return
    if own is not None or kept.operating_status is not OperatingStatus.OPEN:
        said = _code(desk, own) if own else f"{kept.operating_status.label}，没有接着归入网格"
        desk.notes.append(f"“{twin.operator_name}”原在网格 {_code(desk, theirs)}；“{kept.operator_name}”仍为 {said}")
        return
    basis = {"change_reason": f"合并重复记录“{twin.operator_name}”"}
    try:
        for day, grid in arranged:
            write_assignment(desk, kept, desk.get(Grid, grid) if grid else None, day, **basis)
    except UserError as refused:
        raise UserError(f"没有合并：请先给“{kept.operator_name}”办“归入网格”，再合并。{refused}") from refused
    desk.notes.append(f"“{kept.operator_name}”从 {arranged[0][0]} 起接着归入网格 {_code(desk, arranged[0][1])}")


def person_merged(desk: Desk, kept: Staff, twin: Staff) -> None:
    """Who is kept holds from today on what the twin held."""
    if later := later_said(desk, twin.id, desk.today):
        raise UserError(f"没有合并：{twin.name}{later}，然后合并")
    answers = answers_of(desk, [])
    for grid in posts_of(desk, twin.id, desk.today, answers):
        head, officer = (kept.id if one == twin.id else one for one in answers.post_on(grid.id, desk.today))
        write_post(desk, grid, head, officer, desk.today, change_reason="合并重复的人员记录")


def merged_into(desk: Desk, operator: Operator) -> Iterator[tuple[date, Operator]]:
    """The records that were merged into a firm, and into those, with the day; by the journal."""
    merges = select(JournalEntry).where(
        JournalEntry.register == "operator", JournalEntry.record_id == operator.id, JournalEntry.operation == "merge"
    )
    for entry in desk.session.scalars(merges.order_by(JournalEntry.id)):
        twin = desk.session.get(Operator, int(entry.arguments["other"]))
        if twin is not None and twin.voided and undone_by(desk.session, entry) is None:
            yield entry.at.date(), twin
            yield from merged_into(desk, twin)


def _later(desk: Desk, operator_id: int) -> list[tuple[date, int | None]]:
    """What is arranged for a firm after today."""
    mine = (GridAssignment.operator_id == operator_id, GridAssignment.valid_from > desk.today)
    rows = select(GridAssignment).where(*mine).order_by(GridAssignment.valid_from)
    return [(one.valid_from, one.grid_id) for one in desk.session.scalars(rows)]


def _code(desk: Desk, grid: int | None) -> str:
    return desk.get(Grid, grid).grid_code if grid else "（无）"
