"""Dates as typed, printed and kept in cells."""

import csv
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import DATA, needs_shared
from wenlv_desk.standards.dates import (
    Period,
    from_serial,
    is_long_term,
    read_date,
    read_period,
    show_date_cn,
)
from wenlv_desk.standards.finding import Reading, Severity

DAY = date(2026, 1, 5)
days = st.dates(date(1910, 1, 2), date(2099, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "2026-01-05",
        "2026.1.5",
        "2026/1/5",
        "20260105",
        "2026年1月5日",
        "2026年1月5号",
        "2026 年 1 月 5 日",
        "２０２６年１月５日",
        "2026．01．05",
        "2026.1月5日",
        "2026-1-5日止",
        "有效期至2026年1月5日",
        "二〇二六年一月五日",
        "二零二六年元月五日",
        "二O二六年一月五号",
        "2026-01-05 00:00:00",
        "2026/1/5 0:00",
        "2026-01-05T00:00:00",
        datetime.fromisoformat("2026-01-05"),
        date(2026, 1, 5),
        20260105,
        20260105.0,
    ],
)
def test_one_day_in_many_forms(typed: object) -> None:
    assert read_date(typed) == Reading(DAY)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("二〇二六年十月十日", date(2026, 10, 10)),
        ("二〇二六年十二月二十一日", date(2026, 12, 21)),
        ("二〇二六年十二月卅一日", date(2026, 12, 31)),
        ("二〇二六年二月廿八日", date(2026, 2, 28)),
        ("2017年底止", date(2017, 12, 31)),
        ("2017年末", date(2017, 12, 31)),
        ("2019.06.15.", date(2019, 6, 15)),
    ],
)
def test_numerals_and_the_end_of_the_year(typed: str, day: date) -> None:
    assert read_date(typed) == Reading(day)


@pytest.mark.parametrize("cell", [46027, 46027.0, "46027", 46027.75])
def test_a_serial_number_of_a_spreadsheet_is_read_and_said(cell: object) -> None:
    reading = read_date(cell)
    assert (reading.value, reading.severity) == (DAY, Severity.NOTE)
    assert "日期序号，已读作 2026年1月5日" in (reading.problem or "")


def test_serials_of_1904_and_serials_nobody_means() -> None:
    assert from_serial(46027 - 1462, date_1904=True) == DAY
    assert from_serial(12) is None
    assert from_serial(float("nan")) is None
    assert from_serial(float("inf")) is None


@pytest.mark.parametrize(
    "typed", ["2026-01-05 08:30", "2026年1月5日 8:30:00", datetime.fromisoformat("2026-01-05T08:30:00")]
)
def test_a_time_of_day_is_dropped_aloud(typed: object) -> None:
    reading = read_date(typed)
    assert (reading.value, reading.severity) == (DAY, Severity.NOTE)
    assert "8:30" in (reading.problem or "")


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("2026年2月", date(2026, 2, 28)),
        ("2026-02", date(2026, 2, 28)),
        ("2026.2", date(2026, 2, 28)),
        ("202602", date(2026, 2, 28)),
        ("2026年2月底", date(2026, 2, 28)),
        ("2026年", date(2026, 12, 31)),
        (2026, date(2026, 12, 31)),
    ],
)
def test_no_day_is_invented_for_a_month_or_a_year(typed: object, last: date) -> None:
    reading = read_date(typed)
    assert (reading.value, reading.severity) == (None, Severity.DOUBT)
    assert reading.suggestions[0] == last
    assert "请确认是哪一天" in (reading.problem or "")


@pytest.mark.parametrize(
    ("typed", "possible"),
    [
        ("03/04/27", {date(2003, 4, 27), date(2027, 3, 4), date(2027, 4, 3)}),
        ("05/01/2026", {date(2026, 1, 5), date(2026, 5, 1)}),
        ("31/12/2026", {date(2026, 12, 31)}),
        ("26年1月5日", {date(2026, 1, 5), date(1926, 1, 5)}),
    ],
)
def test_an_ambiguous_date_asks_and_offers_every_reading(typed: str, possible: set[date]) -> None:
    reading = read_date(typed)
    assert (reading.value, reading.severity, set(reading.suggestions)) == (None, Severity.DOUBT, possible)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2025年2月29日", "2025 年 2 月只有 28 天，没有 29 日"),
        ("2026-13-01", "没有 13 月"),
        ("20260431", "4 月只有 30 天"),
        ("0000-01-01", "没有公元 0 年"),
        ("2026年13月", "没有 13 月"),
        ("99/99/99", "怎样读都不是日期"),
        ("已过期", "读不出日期"),
        (True, "读不出日期"),
        (12, "读不出日期"),
        (float("nan"), "读不出日期"),
    ],
)
def test_impossible_dates_are_refused_by_name(typed: object, says: str) -> None:
    reading = read_date(typed)
    assert (reading.value, reading.severity) == (None, Severity.REJECT)
    assert says in (reading.problem or "")


def test_a_year_nobody_can_mean_is_doubtful() -> None:
    assert read_date("1026-01-05").severity is Severity.DOUBT
    assert read_date("9999-12-31").severity is Severity.DOUBT


@pytest.mark.parametrize("typed", ["长期", "永久", "无固定期限", "长期有效", "有效期至长期", " 长 期 "])
def test_without_end_is_an_answer_only_where_one_is_allowed(typed: str) -> None:
    assert is_long_term(typed)
    assert read_date(typed, long_term=True) == Reading(None)
    assert read_date(typed).severity is Severity.REJECT


def test_blank_is_not_the_same_as_without_end() -> None:
    assert read_date(" ") == read_date(None) == Reading(None)
    assert not is_long_term("")
    assert not is_long_term(DAY)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2014年8月14日至2017年8月14日", Period(date(2014, 8, 14), date(2017, 8, 14))),
        ("有效期自2006年4月25日起至2010年4月24日止", Period(date(2006, 4, 25), date(2010, 4, 24))),
        ("2014.8.14-2017.8.14", Period(date(2014, 8, 14), date(2017, 8, 14))),
        ("2014-08-14～2017-08-14", Period(date(2014, 8, 14), date(2017, 8, 14))),
        ("二〇一六年七月十四日至二〇二一年七月十四日", Period(date(2016, 7, 14), date(2021, 7, 14))),
        ("2026年1月5日至长期", Period(DAY, None, long_term=True)),
        ("自2026年1月5日起长期有效", Period(DAY, None, long_term=True)),
        ("有效期至2026年1月5日", Period(None, DAY)),
        (datetime.fromisoformat("2026-01-05"), Period(None, DAY)),
        ("长期", Period(None, None, long_term=True)),
    ],
)
def test_a_period_has_two_ends(typed: object, period: Period) -> None:
    assert read_period(typed) == Reading(period)


def test_a_period_that_is_not_whole_asks() -> None:
    assert read_period("2010年12月至2015年12月").suggestions == (Period(date(2010, 12, 31), date(2015, 12, 31)),)
    backwards = read_period("2017年8月14日至2014年8月14日")
    assert (backwards.severity, backwards.suggestions) == (
        Severity.DOUBT,
        (Period(date(2014, 8, 14), date(2017, 8, 14)),),
    )
    assert read_period("2017年2月30日至2018年1月1日").severity is Severity.REJECT
    assert read_period("").value is None


def test_a_range_is_not_read_as_one_day() -> None:
    assert read_date("2014年8月14日至2017年8月14日").severity is Severity.DOUBT


def test_a_date_is_shown_without_leading_zeros() -> None:
    assert show_date_cn(DAY) == "2026年1月5日"


@given(days, st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "有效期至%Y年%m月%d日止"]))
def test_every_day_is_read_back_from_every_form(day: date, form: str) -> None:
    assert read_date(day.strftime(form)) == Reading(day)
    assert read_date(show_date_cn(day)) == Reading(day)


@given(days)
def test_serials_agree_with_the_calendar(day: date) -> None:
    assert from_serial((day - date(1899, 12, 30)).days) == day


@given(
    st.one_of(st.text(max_size=20), st.text(alphabet="0123456789年月日-./至 止长期一二十〇", max_size=16), st.floats())
)
def test_reading_never_raises(raw: object) -> None:
    reading = read_date(raw)
    assert (reading.problem is None) == (reading.severity is None)
    period = read_period(raw)
    assert (period.problem is None) == (period.severity is None)


@needs_shared
@pytest.mark.parametrize("column", ["text_as_found", "phrase_in_context"])
def test_every_real_expression_is_handled_as_expected(column: str) -> None:
    with (DATA / "dates" / "real_date_expressions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 118
    for row in rows:
        text, expected, precision = row[column], row["expected"], row["precision"]
        if precision in ("day", "year-end-stated"):
            assert read_date(text) == Reading(date.fromisoformat(expected)), row
        elif precision.startswith("range"):
            start, end = map(date.fromisoformat, expected.split("/"))
            reading = read_period(text)
            assert (reading.value is not None) == (precision == "range:day/day"), row
            assert (reading.value or reading.suggestions[0]) == Period(start, end), row
        else:
            reading_day = read_date(text)
            assert (reading_day.value, reading_day.severity) == (None, Severity.DOUBT), row
            assert reading_day.suggestions[0] == date.fromisoformat(expected), row
