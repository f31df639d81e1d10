"""What is done about a rectification, in the order of its life, which is also that of the buttons."""

from wenlv_desk.registries.rectification.mending import (
    close_rectification,
    extend,
    fail_recheck,
    pass_recheck,
    remind,
    reopen_rectification,
    serve,
    submit,
    transfer,
)
from wenlv_desk.registries.rectification.ordering import (
    order_after_check,
    order_after_complaint,
    order_after_patrol,
    order_after_review,
    order_after_self_check,
)

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
]
