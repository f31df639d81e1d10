"""A figure over plain rows: counts, shares and medians as an office writes them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.complaint.figures import COMPLAINT_FIGURES
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.figures import Figure, Median, Ratio

Rows = Mapping[int, Mapping[str, Any]]


def rows_of(*values: Any) -> Rows:
    return {row_id: {"v": value} for row_id, value in enumerate(values, 1)}


def is_(*wanted: object) -> Any:
    return lambda row: row["v"] in wanted


def test_the_pass_rate_of_shandong_2016() -> None:
    """7,186 passed, 110 put off and 82 refused of 7,378: 97.40 %."""
    rows = rows_of(*["passed"] * 7186, *["deferred"] * 110, *["failed"] * 82)
    rate = Figure("rate", "通过率", "", Ratio(is_("passed"), lambda row: True)).count(rows)
    assert rate.text == "97.40 %  7186/7378"
    assert (len(rate.rows), len(rate.whole)) == (7186, 7378)
    counts = {word: Figure("n", "", "", is_(word), "家").count(rows).text for word in ("deferred", "failed")}
    assert counts == {"deferred": "110 家", "failed": "82 家"}


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, "—  0/0"),
        (0, 3, "0.00 %  0/3"),
        (1, 3, "33.33 %  1/3"),
        (2, 3, "66.67 %  2/3"),
        (1, 800, "0.13 %  1/800"),
        (8, 8, "100.00 %  8/8"),
    ],
)
def test_a_share_has_two_places_rounded_as_in_school(part: int, whole: int, text: str) -> None:
    rows = rows_of(*[1] * part, *[0] * (whole - part))
    assert Figure("r", "", "", Ratio(is_(1), is_(0, 1))).count(rows).text == text


def test_a_share_counts_of_the_numerator_only_what_is_in_the_denominator() -> None:
    counted = Figure("r", "", "", Ratio(is_(1, 9), is_(0, 1))).count(rows_of(1, 9, 0, 9))
    assert (counted.text, counted.rows, counted.whole) == ("50.00 %  1/2", (1,), (1, 3))


@pytest.mark.parametrize(
    ("values", "text", "behind"),
    [
        ((), "—", ()),
        ((None,), "—", ()),
        ((3,), "3 个工作日", (1,)),
        ((1, 4, None, 2), "2 个工作日", (1, 2, 4)),
        ((1, 2), "1.5 个工作日", (1, 2)),
        ((0, 0, 5), "0 个工作日", (1, 2, 3)),
        ((Decimal("0.5"),), "0.5 个工作日", (1,)),
    ],
)
def test_a_median_leaves_out_the_rows_without_a_value(
    values: tuple[Any, ...], text: str, behind: tuple[int, ...]
) -> None:
    counted = Figure("m", "", "", Median(lambda row: row["v"]), "个工作日").count(rows_of(*values))
    assert (counted.text, counted.rows, counted.whole) == (text, behind, ())


@given(st.lists(st.sampled_from("abc")))
def test_parts_add_up_to_the_whole(words: list[str]) -> None:
    rows = rows_of(*words)
    parts = [Figure(one, "", "", Ratio(is_(one), lambda row: True)).count(rows) for one in "abc"]
    assert sorted(row_id for part in parts for row_id in part.rows) == list(rows)
    assert {part.whole for part in parts} == {tuple(rows)}


def test_a_figure_is_found_by_name_or_label() -> None:
    assert COMPLAINT_FIGURES.figure("办结率") is COMPLAINT_FIGURES.figure("closed_rate")
    with pytest.raises(UserError, match="投诉统计没有“参审率”这一项，可用：收到、办结率、待办天数"):
        COMPLAINT_FIGURES.figure("参审率")
