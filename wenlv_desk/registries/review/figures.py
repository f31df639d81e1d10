"""年审统计: how many were due, came, passed, were put off, and how long it took; each with its definition (domain 13)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wenlv_desk.core.figures import Figure, FigureSet, Median, Ratio, Row
from wenlv_desk.registries.calendar.days import calendar_of
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.vocabulary import Conclusion
from wenlv_desk.store.desk import Desk

FAVOURABLE = (Conclusion.PASSED, Conclusion.REPORTED)
MADE = (*FAVOURABLE, Conclusion.DEFERRED, Conclusion.FAILED)


def due(row: Row) -> bool:
    """应审."""
    return bool(row["conclusion"] != Conclusion.EXEMPTED)


def came(row: Row) -> bool:
    """Who was received at all."""
    return due(row) and row["received_at"] is not None


def reviewed(row: Row) -> bool:
    """已审: a conclusion was made."""
    return row["conclusion"] in MADE


def passed(row: Row) -> bool:
    return row["conclusion"] in FAVOURABLE


def under_way(row: Row) -> bool:
    """Received, no conclusion yet."""
    return came(row) and row["conclusion"] is None


def at_once(row: Row) -> bool:
    """一次办结: one visit, nothing sent back."""
    return passed(row) and row["visits"] == 1 and row["correction_round"] == 0


def concluded(conclusion: Conclusion) -> Callable[[Row], bool]:
    return lambda row: row["conclusion"] == conclusion


deferred, failed = concluded(Conclusion.DEFERRED), concluded(Conclusion.FAILED)
missed, exempted = concluded(Conclusion.MISSED), concluded(Conclusion.EXEMPTED)


def derive(desk: Desk, _day: date) -> Callable[[Row], Row]:
    """处理工作日: from the day of receipt to the conclusion."""
    calendar = calendar_of(desk)

    def values(row: Row) -> dict[str, Any]:
        at, until = row["received_at"], row["decided_on"]
        counted = at is not None and until is not None and reviewed(row)
        return {"handling_days": calendar.working_days_between(at.date(), until) if counted else None}

    return values


REVIEW_FIGURES = FigureSet(
    name="review",
    title="年审",
    record=ReviewCase,
    year="review_year",
    scope=("review_year", "campaign_id", "licence_kind"),
    groups=("township", "licence_kind", "campaign_id", "status"),
    derive=derive,
    figures=(
        Figure("due", "应审", "批次启动和补充建案列入的案件，不含免审", due, "件"),
        Figure("came", "已来办理", "应审中已经收件的", came, "件"),
        Figure("reviewed", "已审", "已作出结论的：通过、已报告、暂缓、不予通过", reviewed, "件"),
        Figure("under_way", "办理中", "已收件、还没有结论的", under_way, "件"),
        Figure("attendance", "参审率", "已来办理 ÷ 应审", Ratio(came, due)),
        Figure("passed", "通过", "结论为通过或已报告的", passed, "件"),
        Figure("pass_rate", "通过率", "通过 ÷ 应审", Ratio(passed, due)),
        Figure("deferred", "暂缓", "现在的结论为暂缓的", deferred, "件"),
        Figure("failed", "不予通过", "结论为不予通过的", failed, "件"),
        Figure("missed", "逾期未审", "过了现场核验期限没有办理，已转逾期的", missed, "件"),
        Figure("exempted", "免审", "办了免审的，不计入应审", exempted, "件"),
        Figure("at_once", "一次办结率", "只来窗一次、没有补正就通过的 ÷ 通过的", Ratio(at_once, passed)),
        Figure(
            "handling_days",
            "办理用时中位数",
            "从收件到作出结论的工作日数，取中间的一个；当天办结的为 0",
            Median(lambda row: row["handling_days"]),
            "个工作日",
        ),
        Figure(
            "visits",
            "来窗次数中位数",
            "已作出结论的案件来窗的次数，取中间的一个",
            Median(lambda row: row["visits"] if reviewed(row) and row["visits"] else None),
            "次",
        ),
    ),
    empty_hint="这个年度还没有年审案件。先在“年审批次”里启动一个批次。",
)
