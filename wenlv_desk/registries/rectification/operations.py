"""What is done about a rectification, in the order of its life, which is also that of the buttons."""

from wenlv_desk.registries.rectification.mending import (
    close_rectification,
    extend,
    remind,
    serve,
    submit,
    transfer,
    withdraw_order,
)
from wenlv_desk.registries.rectification.orders import (
    order_after_check,
    order_after_complaint,
    order_after_patrol,
    order_after_review,
    order_after_self_check,
)
from wenlv_desk.registries.rectification.rechecking import fail_recheck, pass_recheck, reopen_rectification

__all__ = [  # noqa: RUF022
    "order_after_check",
    "order_after_review",
    "order_after_patrol",
    "order_after_self_check",
    "order_after_complaint",
    "serve",
    "submit",
    "pass_recheck",
    "fail_recheck",
    "extend",
    "remind",
    "close_rectification",
    "transfer",
    "reopen_rectification",
    "withdraw_order",
]
