"""What is counted of complaints."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.complaint.records import Complaint, ComplaintState
from wenlv_desk.core.figures import Figure, FigureSet, Median, Ratio, Row


def received(row: Row) -> bool:
    return True


def closed(row: Row) -> bool:
    return row["state"] is ComplaintState.CLOSED


def waiting(_desk: Any, day: date) -> Callable[[Row], Row]:
    """How many days a complaint that is open had waited by a day."""
    return lambda row: {"waiting": None if closed(row) else (day - row["received_on"]).days}


COMPLAINT_FIGURES = FigureSet(
    name="complaints",
    title="投诉",
    record=Complaint,
    figures=(
        Figure("received", "收到", "在这个范围里收到的投诉", received, "件"),
        Figure("closed_rate", "办结率", "办结的投诉 ÷ 收到的投诉", Ratio(closed, received)),
        Figure(
            "waiting",
            "待办天数",
            "还没有办结的投诉从收到到统计日的天数，取中位数",
            Median(lambda r: r["waiting"]),
            "天",
        ),
    ),
    scope=("operator_id", "state"),
    groups=("operator_id", "state"),
    derive=waiting,
)
