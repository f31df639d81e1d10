"""Figures of grids: how many firms in business have somebody who answers for them, and how the load is spread."""

from collections.abc import Callable
from datetime import date

from wenlv_desk.core.figures import Figure, FigureSet, Median, Ratio, Row
from wenlv_desk.registries.grid.answering import answers_of
from wenlv_desk.registries.grid.loads import loads_on
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.registries.staff.records import Staff, StaffStatus
from wenlv_desk.store.desk import Desk


def derive(desk: Desk, day: date) -> Callable[[Row], Row]:
    """Whether a firm had a grid and an officer on that day, and who."""
    answers = answers_of(desk)

    def values(row: Row) -> Row:
        one = answers.on(row["id"], day)
        return {"grid_id": one.grid_id, "officer_id": one.officer_id, "head_id": one.head_id}

    return values


def in_business(row: Row) -> bool:
    return bool(row["operating_status"] == OperatingStatus.OPEN)


def answered(row: Row) -> bool:
    return in_business(row) and row["officer_id"] is not None


GRID_FIGURES = FigureSet(
    name="grid",
    title="网格",
    record=Operator,
    groups=("categories", "township"),
    derive=derive,
    figures=(
        Figure("open", "营业户数", "经营单位台账里当日营业的", in_business, "户"),
        Figure("covered", "有网格员", "营业的里面，当日有网格员负责的", answered, "户"),
        Figure("rate", "网格覆盖率", "有网格员的 ÷ 营业的", Ratio(answered, in_business)),
        Figure(
            "uncovered", "待分配", "营业而没有网格员负责的", lambda row: in_business(row) and not answered(row), "户"
        ),
    ),
    empty_hint="还没有经营单位。",
)


def loads(desk: Desk, day: date) -> Callable[[Row], Row]:
    """How many firms somebody answered for on that day."""
    counted, most = loads_on(answers_of(desk), day), int(setting_of(desk, "grid_most"))
    return lambda row: {"load": counted[row["id"]], "over": counted[row["id"]] > most}


def officer(row: Row) -> bool:
    return bool(row["load"])


def free(row: Row) -> bool:
    return bool(row["status"] == StaffStatus.ON_DUTY and not row["load"])


LOAD_FIGURES = FigureSet(
    name="grid_load",
    title="网格员负荷",
    record=Staff,
    groups=("department",),
    derive=loads,
    figures=(
        Figure("officers", "网格员", "当日有企业由他负责的人", officer, "人"),
        Figure("free", "在岗未包保", "在岗而没有企业由他负责的人", free, "人"),
        Figure("over", "超负荷", "负责的企业数超过设置里的上限", lambda row: bool(row["over"]), "人"),
        Figure(
            "median", "包保企业数（中位数）", "每名网格员负责的企业数", Median(lambda row: row["load"] or None), "家"
        ),
    ),
    empty_hint="还没有人员。",
)
