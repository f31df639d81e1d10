"""What a sheet comes to while it is filled in, without a window: times, fitting results, wording, where a refusal belongs."""

from datetime import date, datetime

import pytest

from wenlv_desk.gui.checking.judging import Entry, box_of, fitting, problems_of, proposed
from wenlv_desk.gui.checking.times import read_day, read_moment, read_time, shown_time
from wenlv_desk.registries.inspection.vocabulary import PointConclusion, ResultCode

GOOD, BAD, PENDING = PointConclusion.GOOD, PointConclusion.BAD, PointConclusion.PENDING


@pytest.mark.parametrize(
    ("conclusion", "problems", "fits", "likely"),
    [
        (GOOD, "", "14679", ResultCode.NONE_FOUND),
        (GOOD, "店招不规范", "123456789", None),
        (PENDING, "", "14679", None),
        (BAD, "没有清单", "2345689", None),
    ],
)
def test_only_results_that_fit_are_offered_and_a_clean_one_is_proposed(
    conclusion: PointConclusion, problems: str, fits: str, likely: ResultCode | None
) -> None:
    entry = Entry({1: (conclusion, "没有清单" if conclusion is BAD else "")}, {"problems": problems})
    assert "".join(code.value for code in fitting(entry)) == fits
    assert proposed(entry) is likely


def test_problems_are_worded_from_what_is_written_of_each_bad_point() -> None:
    points = {2: (BAD, "没有清单"), 1: (BAD, "没有张挂"), 3: (BAD, " "), 4: (GOOD, "一般")}
    assert problems_of(points) == "没有张挂；没有清单"


def test_times_are_read_as_they_are_typed_in_a_hurry() -> None:
    assert [f"{read_time(text):%H:%M}" for text in ("930", "0930", "9:30", "９：３０", "9.30", "9时30分", "9点")] == [
        *["09:30"] * 6,
        "09:00",
    ]
    assert [read_time(text) for text in ("", "960", "2400", "上午", "12345")] == [None] * 5
    near = date(2026, 12, 30)
    assert read_day("11-23", near) == date(2026, 11, 23)
    assert read_day("1月5日", near) == date(2027, 1, 5)
    assert read_day("2-30", near) is None
    other = read_moment("2026-12-01", "2026-12-02 10:00", near)
    assert other == datetime(2026, 12, 2, 10, 0)
    assert shown_time(other, date(2026, 12, 1)) == "2026-12-02 10:00"


@pytest.mark.parametrize(
    ("message", "box"),
    [
        ("没有录入：检查结束 2026-11-23 10:00 晚于现在，请改正", "end"),
        ("没有录入：被检查单位已签字，请填签字人", "signer_name"),
        ("没有录入：有 2 条要点不合格，结果不能是“未发现问题”，请改选结果或更正要点", "points"),
        ("磁盘已满", ""),
    ],
)
def test_a_sentence_of_the_gate_belongs_to_a_box(message: str, box: str) -> None:
    assert box_of(message) == box
