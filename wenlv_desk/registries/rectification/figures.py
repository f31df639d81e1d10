"""限期整改统计: how much was ordered, done, done in time, and what is overdue; each with its definition (domain 13)."""

from collections.abc import Callable
from datetime import date

from wenlv_desk.core.figures import Figure, FigureSet, Median, Ratio, Row
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.rectification.vocabulary import RUNNING, RectificationState
from wenlv_desk.store.desk import Desk


def ordered(row: Row) -> bool:
    return bool(row["rectification_no"])


def done(row: Row) -> bool:
    return row["done_on"] is not None


def in_time(row: Row) -> bool:
    """By the first deadline, or one put off before it was over."""
    return done(row) and bool(row["done_on"] <= row["in_time_until"])


def in_first_time(row: Row) -> bool:
    """Without any extension."""
    return done(row) and bool(row["done_on"] <= row["first_due_on"])


def due_or_done(row: Row) -> bool:
    """What can be judged: done, or past the day until which it would have been in time, whatever became of it since."""
    return done(row) or bool(row["past"])


def transferred(row: Row) -> bool:
    return row["transferred_on"] is not None


def closed(row: Row) -> bool:
    return bool(row["status"] == RectificationState.CLOSED)


def derive(_desk: Desk, day: date) -> Callable[[Row], Row]:
    """Overdue on that day, and how long it took; a deadline set anew does not end being overdue."""

    def values(row: Row) -> Row:
        past = row["in_time_until"] < day
        return {
            "past": past,
            "overdue": past and row["status"] in RUNNING,
            "days": (row["done_on"] - row["issued_on"]).days if row["done_on"] else None,
        }

    return values


RECTIFICATION_FIGURES = FigureSet(
    name="rectification",
    title="限期整改",
    record=Rectification,
    year="rectification_year",
    scope=("rectification_year", "source", "hazard_kind", "level"),
    groups=("township", "source", "hazard_kind", "level", "status"),
    derive=derive,
    figures=(
        Figure("ordered", "下达", "当年下达的限期整改", ordered, "件"),
        Figure("done", "已完成", "复查合格的（有完成日期）", done, "件"),
        Figure("done_rate", "整改完成率", "已完成 ÷ 下达", Ratio(done, ordered)),
        Figure(
            "in_time",
            "按期完成",
            "在首次期限或期满前批准的延期内完成的；期满后的延期、复查不合格的再限期不算",
            in_time,
            "件",
        ),
        Figure(
            "in_time_rate",
            "按期整改率",
            "按期完成 ÷（已完成的和期限已过还没完成的，含移交的）",
            Ratio(in_time, due_or_done),
        ),
        Figure("first_time", "首次期限内完成", "没有用延期就完成的", in_first_time, "件"),
        Figure(
            "overdue",
            "逾期未完成",
            "统计日已过期限、还没有复查合格也没有移交的；过期后再限期的照样算",
            lambda row: bool(row["overdue"]),
            "件",
        ),
        Figure("extended", "延过期", "批准延期一次以上的", lambda row: bool(row["extensions"]), "件"),
        Figure("transferred", "移交", "移交处罚或其他部门的", transferred, "件"),
        Figure("closed", "已销号", "办了销号的", closed, "件"),
        Figure("days", "完成用时中位数", "从下达到复查合格的天数，取中间的一个", Median(lambda row: row["days"]), "天"),
    ),
    empty_hint="这个年度还没有下达过限期整改。",
)
