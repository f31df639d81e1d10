"""How far a task has come: its state follows from its checks, so that nobody has to move it along (domain 4.9)."""

from sqlalchemy import select

from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.vocabulary import CheckState, TaskState
from wenlv_desk.store.desk import Desk

OUT = (CheckState.REPLACED, CheckState.CANCELLED)
ORDER = (
    CheckState.ASSIGNED,
    CheckState.NOTIFIED,
    CheckState.CHECKED,
    CheckState.REVIEWED,
    CheckState.PUBLISHED,
    CheckState.CLOSED,
)
FOLLOWING = (
    TaskState.DRAWN,
    TaskState.IN_PROGRESS,
    TaskState.RESULTS_IN,
    TaskState.REVIEWED,
    TaskState.PUBLISHED,
)
# The state of a task whose slowest check has come so far.
REACHED = {
    CheckState.ASSIGNED: TaskState.IN_PROGRESS,
    CheckState.NOTIFIED: TaskState.IN_PROGRESS,
    CheckState.CHECKED: TaskState.RESULTS_IN,
    CheckState.REVIEWED: TaskState.REVIEWED,
    CheckState.PUBLISHED: TaskState.PUBLISHED,
    CheckState.CLOSED: TaskState.PUBLISHED,
}


def advance(desk: Desk, task_id: int) -> None:
    """Set a task's state by its checks; one that is archived, cancelled or not drawn yet is left alone."""
    task = desk.get(InspectionTask, task_id)
    if task.status not in FOLLOWING:
        return
    desk.session.flush()
    states = set(
        desk.session.scalars(
            select(InspectionCheck.status).where(InspectionCheck.task_id == task_id, InspectionCheck.status.not_in(OUT))
        )
    )
    if not states:
        return
    slowest = min(states, key=ORDER.index)
    begun = states != {CheckState.ASSIGNED}
    task.status = REACHED[slowest] if begun else task.status
