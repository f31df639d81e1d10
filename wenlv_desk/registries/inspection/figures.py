"""双随机统计: drawn, inspected, found, mended, published in time, and how much of the directory was reached (domain 13).

What was drawn at random and what was named are never mixed in a ratio (domain 4.6 no. 7).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table

from wenlv_desk.core.figures import Figure, FigureSet, Median, Ratio, Row
from wenlv_desk.core.records import Record
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawKind, DrawState, Outcome, TaskState
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.figures import entry_of
from wenlv_desk.store.past import rows_as_of

OUT = (CheckState.REPLACED, CheckState.CANCELLED)


def stands(row: Row) -> bool:
    """Neither replaced nor cancelled."""
    return row["status"] not in OUT


def chosen(row: Row) -> bool:
    """By a draw that was not given up, in a task that was not cancelled."""
    return bool(row["draw_kind"] == DrawKind.RANDOM) and not row["given_up"]


def drawn(row: Row) -> bool:
    """抽查户数: who was cancelled by itself stays in, so that leaving a firm out does not raise the rate."""
    return chosen(row) and bool(row["status"] != CheckState.REPLACED)


def named(row: Row) -> bool:
    return stands(row) and bool(row["draw_kind"] == DrawKind.DIRECTED)


def cancelled(row: Row) -> bool:
    return drawn(row) and bool(row["status"] == CheckState.CANCELLED)


def checked(row: Row) -> bool:
    """检查户次: a record was entered."""
    return stands(row) and row["ended_at"] is not None


def drawn_checked(row: Row) -> bool:
    return drawn(row) and checked(row)


def named_checked(row: Row) -> bool:
    return named(row) and checked(row)


def found(row: Row) -> bool:
    """发现问题户次."""
    return checked(row) and row["outcome"] in (Outcome.ISSUE_FOUND, Outcome.OBSTRUCTED, Outcome.UNREACHABLE)


def drawn_found(row: Row) -> bool:
    return drawn(row) and found(row)


def ordered(row: Row) -> bool:
    return bool(row["orders"])


def mended(row: Row) -> bool:
    return bool(row["mended"])


def mended_in_time(row: Row) -> bool:
    return bool(row["in_time"])


def judged(row: Row) -> bool:
    """Mended, or a deadline over."""
    return ordered(row) and bool(row["mended"] or row["late"])


def published(row: Row) -> bool:
    return row["published_on"] is not None


def published_in_time(row: Row) -> bool:
    return published(row) and row["publish_due"] is not None and bool(row["published_on"] <= row["publish_due"])


def publication_due(row: Row) -> bool:
    """Published, or its last day over."""
    return stands(row) and (published(row) or bool(row["publish_late"]))


def replaced(row: Row) -> bool:
    return chosen(row) and bool(row["status"] == CheckState.REPLACED)


def derive(desk: Desk, day: date) -> Callable[[Row], Row]:
    """What had become of the check's draw and of the orders it led to by that day, and whether its publication was late."""
    orders: dict[int, list[Row]] = {}
    for row in as_of(desk, Rectification, day).values():
        if row["check_id"] is not None:
            orders.setdefault(row["check_id"], []).append(row)
    abandoned = {at for at, row in as_of(desk, InspectionDraw, day).items() if row["status"] == DrawState.ABANDONED}
    gone = {at for at, row in as_of(desk, InspectionTask, day).items() if row["status"] == TaskState.CANCELLED}

    def values(row: Row) -> Row:
        due, done = row["publish_due"], row["published_on"]
        return {
            **_mending(orders.get(row["id"], ()), day),
            "given_up": row["draw_id"] in abandoned or row["task_id"] in gone,
            "publish_late": due is not None and done is None and due < day,
            "minutes": _minutes(row),
        }

    return values


def _mending(orders: Sequence[Row], day: date) -> dict[str, Any]:
    """How many orders there are, whether all are mended (or handed over), all in time, and one of them was late by that day."""
    done = [one for one in orders if one["done_on"] is not None or one["transferred_on"] is not None]
    in_time = [one for one in orders if one["done_on"] is not None and one["done_on"] <= one["in_time_until"]]
    return {
        "orders": len(orders),
        "mended": bool(orders) and len(done) == len(orders),
        "in_time": bool(orders) and len(in_time) == len(orders),
        "late": any(one["done_on"] is None and one["in_time_until"] < day for one in orders),
    }


def _minutes(row: Row) -> int | None:
    start, end = row["started_at"], row["ended_at"]
    return int((end - start).total_seconds() // 60) if start is not None and end is not None else None


def as_of(desk: Desk, record: type[Record], day: date) -> Mapping[int, Row]:
    """The rows of another register as they stood at the end of that day."""
    table = record.__table__
    assert isinstance(table, Table)
    return rows_as_of(desk.session, table, entry_of(desk, day))


INSPECTION_FIGURES = FigureSet(
    name="inspection",
    title="双随机",
    record=InspectionCheck,
    year="check_year",
    scope=("check_year", "task_id", "draw_kind", "check_kind"),
    groups=("items", "categories", "lead_id", "township", "outcome", "task_id", "stratum", "risk_grade", "draw_kind"),
    derive=derive,
    figures=(
        Figure(
            "drawn",
            "抽查户数",
            "随机抽中的，不含被替换的、放弃的抽取和作废的任务；单独取消的仍算，同一单位在两个任务里各计一次",
            drawn,
            "户",
        ),
        Figure("named", "指名户数", "定向任务里指名检查、没有取消的；不与随机抽查合并计比率", named, "户"),
        Figure("checked", "检查户次", "已录入检查结果的，随机和定向都算", checked, "户次"),
        Figure("drawn_checked", "随机检查户次", "检查户次里随机抽中的", drawn_checked, "户次"),
        Figure("completion", "抽查完成率", "随机检查户次 ÷ 抽查户数", Ratio(drawn_checked, drawn)),
        Figure("named_checked", "定向检查户次", "检查户次里指名的", named_checked, "户次"),
        Figure("found", "发现问题户次", "结论为有问题、无法联系或不配合的，随机和定向都算", found, "户次"),
        Figure(
            "found_rate",
            "问题发现率（随机）",
            "随机抽中并检查的里面，发现问题的占多少",
            Ratio(drawn_found, drawn_checked),
        ),
        Figure("ordered", "责令整改户次", "下达了限期整改的", ordered, "户次"),
        Figure("mended", "整改完成率", "整改全部复查合格或移交的 ÷ 责令整改户次", Ratio(mended, ordered)),
        Figure(
            "in_time",
            "按期整改率",
            "全部在首次期限或期满前批准的延期内复查合格的 ÷（整改完成的和期限已过的）",
            Ratio(mended_in_time, judged),
        ),
        Figure("published", "已公示", "检查结果已公示的", published, "户次"),
        Figure(
            "publish_rate",
            "公示及时率",
            "期限内公示的 ÷（已公示的和公示期限已过的）",
            Ratio(published_in_time, publication_due),
        ),
        Figure("replaced", "替换户数", "抽中后被下一名顶替的，原件留存；放弃的抽取不算", replaced, "户"),
        Figure("cancelled", "取消户数", "抽中后单独取消、没有检查的，算在抽查户数里", cancelled, "户"),
        Figure(
            "minutes",
            "检查用时中位数",
            "从检查开始到结束的分钟数，取中间的一个",
            Median(lambda row: row["minutes"]),
            "分钟",
        ),
    ),
    empty_hint="这个年度还没有检查。先在抽查任务里封存名单、抽取。",
)


def listed(row: Row) -> bool:
    """在册: in business and on the directory."""
    return bool(row["listed"])


def within(years: int) -> Callable[[Row], bool]:
    """Listed, and inspected within so many years of the day."""
    return lambda row: listed(row) and row["years_since"] is not None and row["years_since"] < years


def never(row: Row) -> bool:
    return listed(row) and row["years_since"] is None


def last_checked(desk: Desk, day: date) -> Callable[[Row], Row]:
    """Whether a firm was on the directory on that day, and how many whole years before it was inspected last."""
    last: dict[int, date] = {}
    for row in as_of(desk, InspectionCheck, day).values():
        if checked(row):
            on = row["ended_at"].date()
            last[row["operator_id"]] = max(on, last.get(row["operator_id"], on))

    def values(row: Row) -> dict[str, Any]:
        on = last.get(row["id"])
        return {"listed": _listed(row, day), "years_since": _years(on, day) if on else None}

    return values


def _listed(row: Row, day: date) -> bool:
    """In business, taken up by that day, and not taken off it (as a draw of that day asks)."""
    begun = row["listed_on"] is None or row["listed_on"] <= day
    ended = row["delisted_on"] is not None and row["delisted_on"] <= day
    return bool(row["operating_status"] == OperatingStatus.OPEN) and begun and not ended


def _years(since: date, day: date) -> int:
    """Whole years from one day to another."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


COVERAGE_FIGURES = FigureSet(
    name="coverage",
    title="检查覆盖",
    record=Operator,
    scope=("township", "risk_grade"),
    groups=("categories", "township", "risk_grade"),
    derive=last_checked,
    figures=(
        Figure("every", "登记户数", "经营单位台账里的全部单位", lambda _row: True, "户"),
        Figure("listed", "在册户数", "营业、已纳入而没有移出检查对象名录的", listed, "户"),
        Figure("one", "一年覆盖率", "在册的里面，近一年检查过的占多少；随机和定向都算", Ratio(within(1), listed)),
        Figure("three", "三年覆盖率", "在册的里面，近三年检查过的占多少；随机和定向都算", Ratio(within(3), listed)),
        Figure("five", "五年覆盖率", "在册的里面，近五年检查过的占多少；随机和定向都算", Ratio(within(5), listed)),
        Figure("never", "从未检查", "在册而没有任何检查记录的", never, "户"),
    ),
    empty_hint="还没有经营单位。",
)
