"""What is done in the annual review, in the order of a case's life, which is also that of the buttons."""

from wenlv_desk.registries.review.at_once import receive_and_accept, receive_and_notify, settle
from wenlv_desk.registries.review.deciding import (
    defer,
    examine,
    extend,
    look_again,
    pass_case,
    pause,
    refuse,
    resume_clock,
)
from wenlv_desk.registries.review.finishing import close as close_case
from wenlv_desk.registries.review.finishing import note_national, rate, reopen, stamp, urge
from wenlv_desk.registries.review.intake import (
    accept,
    check_materials,
    correct,
    dispute,
    exempt,
    notify,
    publish,
    receive,
    reject,
    report,
    verify,
    withdraw,
)
from wenlv_desk.registries.review.rolling import close, from_model, mark_overdue, next_year, open, resume, roll_out  # noqa: A004

__all__ = [  # noqa: RUF022
    "from_model",
    "open",
    "roll_out",
    "mark_overdue",
    "close",
    "resume",
    "next_year",
    "receive",
    "check_materials",
    "notify",
    "correct",
    "accept",
    "settle",
    "receive_and_accept",
    "receive_and_notify",
    "examine",
    "pass_case",
    "defer",
    "look_again",
    "refuse",
    "stamp",
    "close_case",
    "report",
    "verify",
    "dispute",
    "publish",
    "urge",
    "reject",
    "withdraw",
    "exempt",
    "pause",
    "resume_clock",
    "extend",
    "note_national",
    "rate",
    "reopen",
]
