"""What is done in random inspection, in the order of a task's life, which is also that of the buttons."""

from wenlv_desk.registries.inspection.checking import correct_record, notify, record
from wenlv_desk.registries.inspection.drawing import abandon, commit, run, seed
from wenlv_desk.registries.inspection.listing import (
    delist,
    enlist,
    grade_risk,
    publish_item,
    retire,
    revise,
    seed_items,
)
from wenlv_desk.registries.inspection.planning import (
    approve_plan,
    approve_task,
    archive,
    cancel_task,
    close_plan,
    file_plan,
    name_operator,
    publish_plan,
    send_back_plan,
    send_back_task,
)
from wenlv_desk.registries.inspection.publishing import (
    close_check,
    correct_publication,
    publish,
    return_record,
    review,
    withdraw_publication,
)
from wenlv_desk.registries.inspection.replacing import cancel_check, name_team, replace_inspector, replace_object

__all__ = [  # noqa: RUF022
    "seed_items",
    "publish_item",
    "revise",
    "retire",
    "grade_risk",
    "enlist",
    "delist",
    "approve_plan",
    "file_plan",
    "publish_plan",
    "send_back_plan",
    "close_plan",
    "approve_task",
    "commit",
    "name_operator",
    "send_back_task",
    "cancel_task",
    "archive",
    "seed",
    "run",
    "abandon",
    "name_team",
    "notify",
    "record",
    "correct_record",
    "review",
    "publish",
    "close_check",
    "return_record",
    "correct_publication",
    "withdraw_publication",
    "replace_object",
    "replace_inspector",
    "cancel_check",
]
