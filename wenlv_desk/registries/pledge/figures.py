"""Figures of pledges as of any day: how many were drawn up, given out, signed and assessed."""

from collections.abc import Callable
from datetime import date

from wenlv_desk.core.figures import Figure, FigureSet, Ratio, Row
from wenlv_desk.registries.pledge.planning import OVER
from wenlv_desk.registries.pledge.records import Pledge
from wenlv_desk.registries.pledge.vocabulary import Assessment, PledgeState
from wenlv_desk.store.desk import Desk


def due(row: Row) -> bool:
    return row["status"] not in OVER


def signed(row: Row) -> bool:
    return bool(row["status"] == PledgeState.EFFECTIVE)


def unsigned(row: Row) -> bool:
    return due(row) and not signed(row)


def given_out(row: Row) -> bool:
    return due(row) and row["status"] != PledgeState.DRAFT


def assessed(row: Row) -> bool:
    return signed(row) and row["assessment"] is not None


def kept(row: Row) -> bool:
    return assessed(row) and row["assessment"] in (Assessment.EXCELLENT, Assessment.PASSED)


def derive(_desk: Desk, day: date) -> Callable[[Row], Row]:
    """Whether a pledge was in force on that day."""
    return lambda row: {"in_force": signed(row) and row["valid_from"] <= day <= row["valid_to"]}


PLEDGE_FIGURES = FigureSet(
    name="pledge",
    title="责任状",
    record=Pledge,
    year="pledge_year",
    scope=("pledge_year", "kind_id", "batch_id"),
    groups=("kind_id", "a_signatory", "grid_code"),
    derive=derive,
    figures=(
        Figure("due", "应签", "拟定了的，不含解除和变更重签的；还没有拟的见“签订情况汇总表”", due, "份"),
        Figure("given_out", "已下发", "应签里已下发的", given_out, "份"),
        Figure("signed", "已签", "双方已签、有日期的", signed, "份"),
        Figure("rate", "签订率", "已签 ÷ 应签", Ratio(signed, due)),
        Figure("unsigned", "未签", "应签里还没有双方签订的", unsigned, "份"),
        Figure("in_force", "生效", "双方已签、当日在期限内的", lambda row: bool(row["in_force"]), "份"),
        Figure("kept", "考核合格率", "优秀和合格的 ÷ 已考核的", Ratio(kept, assessed)),
    ),
    empty_hint="这个范围里还没有责任状。请换一个年度或种类。",
)
