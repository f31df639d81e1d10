"""Amounts with their units, and yes or no."""

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import DATA, needs_shared
from wenlv_desk.standards.amounts import read_amount, read_yes_no
from wenlv_desk.standards.finding import Reading, Severity


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("1,500(万)", "万元", "1500"),
        ("50(万元人民币)", "万元", "50"),
        ("33,644.1600(万元人民币)", "万元", "33644.1600"),
        ("１００", "", "100"),
        ("¥1,500.00", "元", "1500.00"),
        ("300㎡", "平方米", "300"),
        ("300平方米", "平方米", "300"),
        ("12名", "人", "12"),
        ("-3.5", "", "-3.5"),
        (12, "人", "12"),
        (0.1, "万元", "0.1"),
        (1e20, "", "100000000000000000000"),
        (Decimal("2.50"), "元", "2.50"),
    ],
)
def test_a_number_in_its_unit_is_read_exactly(typed: object, unit: str, value: str) -> None:
    assert read_amount(typed, unit=unit) == Reading(Decimal(value))


@pytest.mark.parametrize(
    ("typed", "unit", "value", "says"),
    [
        ("1,500(万)", "元", "15000000", "已换算为 15000000 元"),
        ("500000元", "万元", "50", "已换算为 50 万元"),
        ("1.5亿元", "万元", "15000", "已换算为 15000 万元"),
        ("人民币伍拾万元整", "万元", "50", "已换算为 50 万元"),
        ("壹佰零伍元", "元", "105", "已读作 105"),
        ("十二人", "人", "12", "已读作 12"),
        ("二〇二六", "", "2026", "已读作 2026"),
        ("一亿二千万元", "万元", "12000", "已换算为 12000 万元"),
    ],
)
def test_another_multiple_or_script_is_carried_over_aloud(typed: str, unit: str, value: str, says: str) -> None:
    reading = read_amount(typed, unit=unit)
    assert (reading.value, reading.severity) == (Decimal(value), Severity.NOTE)
    assert says in (reading.problem or "")


@pytest.mark.parametrize(
    ("typed", "unit"), [("180(万美元)", "万元"), ("100人", "台"), ("1,50", "元"), ("1.2.3", ""), ("50元", "")]
)
def test_another_unit_is_asked_about(typed: str, unit: str) -> None:
    reading = read_amount(typed, unit=unit)
    assert (reading.value, reading.severity) == (None, Severity.DOUBT)


@pytest.mark.parametrize("typed", ["约三百", "若干", "二三百元", float("nan"), float("inf"), True])
def test_what_is_no_number_is_refused(typed: object) -> None:
    assert read_amount(typed).severity is Severity.REJECT


def test_nothing_is_nothing() -> None:
    assert read_amount(None) == read_amount(" ") == Reading(None)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("是", True), ("√", True), ("有", True), (True, True), (1, True), (" 否 ", False), ("×", False)],
)
def test_yes_and_no_in_the_ways_of_ledgers(typed: object, value: bool) -> None:
    assert read_yes_no(typed) == Reading(value)


def test_neither_yes_nor_no_is_refused() -> None:
    assert read_yes_no("也许").severity is Severity.REJECT
    assert read_yes_no("") == Reading(None)


@given(st.decimals(min_value=0, max_value=10**12, places=2), st.sampled_from(["", "元", "万元", "平方米"]))
def test_thousands_separators_and_the_own_unit_change_nothing(number: Decimal, unit: str) -> None:
    assert read_amount(f"{number:,}{unit}", unit=unit) == Reading(number)


@given(
    st.one_of(st.text(max_size=15), st.text(alphabet="0123456789,.万元亿十百零壹贰()", max_size=12)),
    st.sampled_from(["", "元", "万元", "美元"]),
)
def test_reading_never_raises(typed: str, unit: str) -> None:
    reading = read_amount(typed, unit=unit)
    assert (reading.problem is None) == (reading.severity is None)


@needs_shared
def test_registered_capital_of_real_firms_is_read_or_asked_about() -> None:
    with (DATA / "enterprises" / "culture_market_sample_600.csv").open(encoding="utf-8-sig", newline="") as file:
        typed = [row["注册资金"] for row in csv.DictReader(file) if row["注册资金"] != "N/A"]
    readings = [read_amount(text, unit="万元") for text in typed]
    assert sum(reading.problem is None for reading in readings) == 405
    foreign = [text for text, reading in zip(typed, readings, strict=True) if reading.problem]
    assert all("美元" in text or "港" in text for text in foreign), foreign
