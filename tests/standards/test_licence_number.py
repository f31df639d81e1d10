"""Licence numbers: normalised, compared, warned about, never refused for their pattern."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import DATA, needs_shared
from wenlv_desk.standards.finding import Reading, Severity
from wenlv_desk.standards.licence_number import (
    PRINTING_PATTERN,
    PUBLICATION_PATTERN,
    comparable,
    matches,
    read_licence_number,
)


def rows() -> list[dict[str, str]]:
    with (DATA / "licence_numbers" / "licence_numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新出发京零字第大120007号", "新出发京零 字第大120007号"),
        ("新出发(苏)批字第N-012号", "新出发（苏）批字第N-012号"),
        ("新出发沪批字第U3718号", "新出发沪批字第 u3718 号"),
        ("【内】新出印证字15A100220号", "（内）新出印证字１５A100220号"),
        ("浙网文[2018]2411-151号", "浙网文〔2018〕2411—151号"),
    ],
)
def test_two_writings_of_one_number_compare_equal(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    "number",
    [
        "新出发京零字第大120007号",
        "（苏）印证字第 323020023 号",
        "沪零字第L6687号",
        "渝北-500112122号",
        "L-SD-09026",
        "京网文[2014]2148-348号",
    ],
)
def test_a_real_number_is_kept_as_entered(number: str) -> None:
    assert read_licence_number(number) == Reading(number)


def test_blanks_around_and_invisible_marks_go() -> None:
    assert read_licence_number(" 新出发滨字\u200b第0132号\n") == Reading("新出发滨字第0132号")
    assert read_licence_number(" ") == read_licence_number(None) == Reading(None)
    assert read_licence_number(370687001.0) == Reading("370687001")


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("新出发渝零字第V000号", "占位"),
        ("新出发津零 字第大666666号", "同一个数字"),
        ("L-YC-BK12345", "示例编号"),
        ("新出发浙备字第001号", "备案编号"),
        ("新出发鲁零字第大120007号", "北京市的区代字"),
        ("新出发鲁零字第号", "没有数字"),
    ],
)
def test_what_looks_false_is_kept_with_a_warning(number: str, says: str) -> None:
    reading = read_licence_number(number)
    assert (reading.value, reading.severity) == (number, Severity.WARN)
    assert says in (reading.problem or "")


def test_an_office_pattern_only_warns() -> None:
    pattern = r"^新出发鲁零字第\d{6}号$"
    assert read_licence_number("新出发鲁零字第１２３４５６号", pattern=pattern).problem is None
    reading = read_licence_number("鲁零字第12号", pattern=pattern)
    assert (reading.value, reading.severity) == ("鲁零字第12号", Severity.WARN)
    with pytest.raises(re.error):
        matches("(", "鲁零字第12号")


def test_what_cannot_be_a_number_is_refused_or_asked_about() -> None:
    assert read_licence_number("3.70687E+17").severity is Severity.DOUBT
    assert read_licence_number(3.70687e17).severity is Severity.DOUBT
    assert read_licence_number("号" * 61).severity is Severity.REJECT
    assert read_licence_number("鲁零\x00字第1号").severity is Severity.REJECT


@given(st.text(max_size=30))
def test_reading_and_comparing_twice_changes_nothing(text: str) -> None:
    reading = read_licence_number(text)
    if reading.value is not None:
        assert read_licence_number(reading.value) == reading
    assert comparable(comparable(text)) == comparable(text)


@needs_shared
def test_no_real_number_is_refused_and_most_fit_the_default_patterns() -> None:
    strange = []
    for row in rows():
        kind, number = row["kind"], row["number_as_written"]
        pattern = PUBLICATION_PATTERN if "出版物经营" in kind else PRINTING_PATTERN if "印刷" in kind else None
        reading = read_licence_number(number, pattern=pattern)
        assert reading.value == " ".join(number.split())
        if row["status"].startswith("real") and reading.problem and "备案证" not in kind:
            strange.append(number)
    assert strange == ["渝北-500112122号", "京批100160号"]


@needs_shared
def test_placeholders_and_filing_numbers_are_noticed() -> None:
    for row in rows():
        if row["status"] == "placeholder" or "备案证" in row["kind"]:
            assert read_licence_number(row["number_as_written"]).severity is Severity.WARN, row
