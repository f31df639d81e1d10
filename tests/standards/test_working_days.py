"""Working days and deadlines (行政许可法 82, 民法典 200-203; tables of the State Council's notices)."""

import csv
import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import DATA, needs_shared
from wenlv_desk.resources import resource
from wenlv_desk.standards.working_days import (
    Calendar,
    CalendarTableError,
    ListedDay,
    counted,
    counted_days,
    counted_excluding,
    counted_receipt,
    load_calendar,
    shipped_calendar,
)

CALENDAR = shipped_calendar()
days = st.dates(date(2020, 1, 1), date(2028, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2025-09-26", 5, "2025-10-10"),
        ("2025-09-26", 20, "2025-10-30"),
        ("2025-01-24", 5, "2025-02-07"),
        ("2025-04-25", 20, "2025-05-27"),
        ("2026-02-10", 20, "2026-03-16"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2024-12-31", 30, "2025-02-18"),
        ("2025-12-31", 1, "2026-01-04"),
    ],
)
def test_limits_skip_holidays_and_count_worked_weekends(start: str, count: int, due: str) -> None:
    deadline = CALENDAR.add_working_days(day(start), count)
    assert (deadline.day, deadline.estimated) == (day(due), False)


def test_a_weekend_that_is_worked_is_a_working_day() -> None:
    worked = (
        "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 "
        "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10"
    )
    for text in worked.split():
        assert CALENDAR.is_working_day(day(text)), text
        assert day(text).weekday() >= 5


def test_a_natural_day_limit_rolls_only_when_its_last_day_is_off() -> None:
    assert CALENDAR.add_days(day("2026-09-01"), 30).day == day("2026-10-08")
    assert CALENDAR.add_days(day("2026-09-25"), 30).day == day("2026-10-26")  # a Sunday
    assert CALENDAR.roll(day("2026-10-10")).day == day("2026-10-10")  # a Saturday that is worked


def test_what_comes_after_hours_or_on_a_day_off_counts_from_the_next_working_day() -> None:
    assert CALENDAR.effective_start(day("2026-09-30"), after_hours=True) == day("2026-10-08")
    assert CALENDAR.effective_start(day("2026-10-03")) == day("2026-10-08")
    assert CALENDAR.effective_start(day("2026-09-30")) == day("2026-09-30")


def test_days_inside_a_pause_are_not_counted() -> None:
    pause = (day("2026-03-03"), day("2026-03-06"))
    due = CALENDAR.add_working_days_excluding(day("2026-03-02"), 5, [pause])
    assert due is not None
    assert due.day == day("2026-03-13")
    assert due == CALENDAR.add_working_days(pause[1], 5)


def test_a_pause_that_is_still_running_leaves_the_limit_open() -> None:
    running = [(day("2026-03-04"), None)]
    assert CALENDAR.add_working_days_excluding(day("2026-03-02"), 5, running) is None
    assert CALENDAR.add_working_days_excluding(day("2026-03-02"), 1, running) is not None


def test_a_year_without_a_table_is_estimated_and_said_so() -> None:
    deadline = CALENDAR.add_working_days(day("2026-12-24"), 20)
    assert deadline.estimated
    assert deadline.remark == "未导入 2027 年放假安排，按周一至周五估算"
    assert CALENDAR.add_working_days(day("2026-12-01"), 5).remark is None


def test_an_imported_table_makes_the_estimate_firm() -> None:
    table = {"year": 2027, "papers": [], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}
    table["days"].append({"name": "元旦", "date": "2026-12-31", "isOffDay": True})  # type: ignore[attr-defined]
    known = CALENDAR.with_table(table)
    assert known.add_working_days(day("2026-12-30"), 1).day == day("2027-01-04")
    assert not known.add_working_days(day("2026-12-24"), 20).estimated
    assert CALENDAR.is_working_day(day("2026-12-31")), "the calendar it was made from is unchanged"


def test_an_office_folder_overrides_the_shipped_year(tmp_path: Path) -> None:
    table = {"year": 2026, "papers": [], "days": [{"name": "台风", "date": "2026-08-03", "isOffDay": True}]}
    (tmp_path / "2026.json").write_text(json.dumps(table), encoding="utf-8")
    calendar = load_calendar([resource("calendars"), tmp_path])
    assert not calendar.is_working_day(day("2026-08-03"))
    assert calendar.is_working_day(day("2026-10-02")), "the office's table replaces the year, it does not add to it"
    assert not calendar.is_working_day(day("2025-10-02"))


def test_an_empty_table_of_a_year_to_come_does_not_make_it_known(tmp_path: Path) -> None:
    (tmp_path / "2027.json").write_text('{"year": 2027, "papers": [], "days": []}', encoding="utf-8")
    assert not load_calendar([tmp_path]).knows(2027)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "不是 JSON"),
        ("[]", "结构不对"),
        ('{"days": [{"date": "2027-01-01", "isOffDay": true}]}', "缺少年份"),
        ('{"year": 2027, "days": [{"date": "2027-13-01", "isOffDay": true}]}', "格式不对"),
        ('{"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": "是"}]}', "没有标明"),
        ('{"year": 2027, "days": [{"date": "2017-01-01", "isOffDay": true}]}', "却含有 2017-01-01"),
        ('{"year": 2027, "days": ["2027-01-01"]}', "格式不对"),
        (
            '{"year": 2027, "days": [{"date": "2027-01-03", "isOffDay": true}, {"date": "2027-01-03", "isOffDay": false}]}',
            "2027-01-03 既写休息又写上班",
        ),
    ],
)
def test_a_faulty_table_is_refused_in_chinese(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "2027.json").write_text(content, encoding="utf-8")
    with pytest.raises(CalendarTableError, match=says):
        load_calendar([tmp_path])


def test_a_negative_limit_is_a_bug() -> None:
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_working_days(day("2026-01-05"), -1)
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_working_days_excluding(day("2026-01-05"), -1, [])


@pytest.mark.parametrize(
    ("start", "count", "sentence"),
    [
        (
            "2026-02-13",
            5,
            "自 2026-02-13（星期五）次日起第 5 个工作日，即 2026-02-27（星期五）；"
            "跳过 2月15日至23日春节放假；2月14日（星期六）调休上班，计入",
        ),
        (
            "2025-09-26",
            20,
            "自 2025-09-26（星期五）次日起第 20 个工作日，即 2025-10-30（星期四）；"
            "跳过双休日、10月1日至8日国庆节、中秋放假；9月28日（星期日）、10月11日（星期六）调休上班，计入",
        ),
        (
            "2025-12-29",
            5,
            "自 2025-12-29（星期一）次日起第 5 个工作日，即 2026-01-06（星期二）；"
            "跳过 2026年1月1日至3日元旦放假；2026年1月4日（星期日）调休上班，计入",
        ),
        ("2026-01-05", 1, "自 2026-01-05（星期一）次日起第 1 个工作日，即 2026-01-06（星期二）"),
        ("2026-01-05", 0, "2026-01-05（星期一）当日"),
        (
            "2026-12-24",
            20,
            "自 2026-12-24（星期四）次日起第 20 个工作日，即 2027-01-21（星期四）（估）；"
            "跳过双休日；未导入 2027 年放假安排，按周一至周五估算",
        ),
    ],
)
def test_a_limit_says_how_it_was_counted(start: str, count: int, sentence: str) -> None:
    made = counted(CALENDAR, day(start), count)
    assert made.sentence == sentence
    assert made.deadline == CALENDAR.add_working_days(day(start), count)


@pytest.mark.parametrize(
    ("start", "count", "sentence"),
    [
        (
            "2026-09-01",
            30,
            "自 2026-09-01（星期二）次日起第 30 天（自然日），即 2026-10-01（星期四），"
            "逢10月1日至7日国庆节放假，顺延至 2026-10-08（星期四）",
        ),
        (
            "2026-12-01",
            40,
            "自 2026-12-01（星期二）次日起第 40 天（自然日），即 2027-01-10（星期日），逢双休日，"
            "顺延至 2027-01-11（星期一）（估）；未导入 2027 年放假安排，按周一至周五估算",
        ),
        ("2026-09-02", 9, "自 2026-09-02（星期三）次日起第 9 天（自然日），即 2026-09-11（星期五）"),
        ("2026-09-02", 0, "2026-09-02（星期三）当日"),
    ],
)
def test_a_natural_day_limit_says_where_it_rolled(start: str, count: int, sentence: str) -> None:
    made = counted_days(CALENDAR, day(start), count)
    assert made.sentence == sentence
    assert made.deadline == CALENDAR.add_days(day(start), count)


def test_pauses_are_said_and_what_lies_in_them_is_not_said_twice() -> None:
    pauses = [(day("2026-02-12"), day("2026-02-24")), (day("2026-02-26"), day("2026-02-26")), (day("2026-05-06"), None)]
    made = counted_excluding(CALENDAR, day("2026-02-11"), 3, pauses)
    assert made is not None
    assert made.sentence == (
        "自 2026-02-11（星期三）次日起第 3 个工作日，即 2026-02-28（星期六）；2月28日（星期六）调休上班，计入；"
        "2月12日至24日、2月26日暂停计时，不计入"
    )
    assert counted_excluding(CALENDAR, day("2026-05-05"), 3, pauses) is None


def test_a_receipt_after_hours_or_on_a_day_off_says_from_when_it_counts() -> None:
    late = counted_receipt(CALENDAR, datetime(2026, 9, 30, 17, 20), time(17))
    assert late.deadline.day == day("2026-10-08")
    assert late.sentence == ("2026-09-30（星期三）17:20 收件，已过当日收件截止 17:00，视为 2026-10-08（星期四）收件")
    off = counted_receipt(CALENDAR, datetime(2026, 10, 3, 9, 20), time(17))
    assert off.sentence == "2026-10-03（星期六）09:20 收件，不是工作日，视为 2026-10-08（星期四）收件"
    assert counted_receipt(CALENDAR, datetime(2026, 9, 30, 17, 0), time(17)).sentence == ""
    guessed = counted_receipt(CALENDAR, datetime(2027, 1, 2, 9, 0), time(17))
    assert guessed.sentence.endswith("视为 2027-01-04（星期一）收件（估）；未导入 2027 年放假安排，按周一至周五估算")


def test_a_day_the_office_adds_is_named_like_any_other() -> None:
    typhoon = CALENDAR.with_days([ListedDay(day("2026-08-03"), off=True, name="台风")])
    assert counted(typhoon, day("2026-07-31"), 1).sentence == (
        "自 2026-07-31（星期五）次日起第 1 个工作日，即 2026-08-04（星期二）；跳过双休日、8月3日台风放假"
    )
    nameless = typhoon.with_days([ListedDay(day("2026-08-03"), off=True)])
    assert "、8月3日放假" in counted(nameless, day("2026-07-31"), 1).sentence


@given(days, st.integers(0, 60))
def test_what_a_sentence_names_is_what_was_counted(start: date, count: int) -> None:
    made = counted(CALENDAR, start, count)
    assert made.deadline.day.isoformat() in made.sentence
    assert ("估" in made.sentence) == made.deadline.estimated
    passed = [start + timedelta(days=step) for step in range(1, (made.deadline.day - start).days + 1)]
    assert ("跳过" in made.sentence) == any(not CALENDAR.is_working_day(one) for one in passed)
    worked = [one for one in passed if one.weekday() >= 5 and CALENDAR.is_working_day(one)]
    assert all(f"{one.month}月{one.day}日" in made.sentence for one in worked)
    assert counted_excluding(CALENDAR, start, count, []) == made


@given(days, st.integers(0, 90), st.integers(0, 90))
def test_adding_is_monotone_and_additive(start: date, first: int, second: int) -> None:
    middle = CALENDAR.add_working_days(start, first).day
    end = CALENDAR.add_working_days(middle, second).day
    assert start <= middle <= end
    assert end == CALENDAR.add_working_days(start, first + second).day


@given(days, st.integers(1, 60))
def test_a_due_day_is_worked_and_counting_back_gives_the_limit(start: date, count: int) -> None:
    due = CALENDAR.add_working_days(start, count).day
    assert CALENDAR.is_working_day(due)
    assert CALENDAR.working_days_between(start, due) == count
    assert CALENDAR.working_days_between(due, start) == -count
    assert CALENDAR.add_working_days_excluding(start, count, []) == CALENDAR.add_working_days(start, count)


@needs_shared
def test_all_published_deadlines_hold() -> None:
    with (DATA / "calendar" / "working_day_deadlines.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert len(rows) == 60
    for start, count, due in rows:
        made = counted(CALENDAR, day(start), int(count))
        assert made.deadline.day == day(due), start
        assert f"第 {count} 个工作日，即 {due}" in made.sentence


@needs_shared
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_shipped_tables_agree_with_the_other_source_day_by_day(year: int) -> None:
    table = json.loads((DATA / "calendar" / f"holiday-cn_{year}.json").read_text(encoding="utf-8"))
    other = Calendar({}, frozenset()).with_table(table)
    for offset in range(365):
        each = date(year, 1, 1) + timedelta(days=offset)
        assert CALENDAR.is_working_day(each) == other.is_working_day(each), each
