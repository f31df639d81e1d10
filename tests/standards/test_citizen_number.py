"""Citizen numbers (GB 11643-1999) and the residence permits that share their shape."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import DATA, needs_shared
from wenlv_desk.standards.citizen_number import (
    birth_date,
    check_character,
    is_female,
    lengthen,
    read_citizen_number,
)
from wenlv_desk.standards.finding import Reading, Severity

TODAY = date(2026, 11, 23)
bodies = st.builds(
    lambda place, birth, serial: f"{place}{birth:%Y%m%d}{serial:03d}",
    st.sampled_from(["370687", "370602", "110105", "810000", "830000", "932156"]),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)


def read(raw: object) -> Reading[str]:
    return read_citizen_number(raw, today=TODAY)


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",  # the examples of GB 11643-1999
        "440524188001010014",
        "37068720000229003X",  # a leap day
        "120110198012010073",  # a district renamed since
        "810000199408230021",
        "830000199201300022",
        "932682198501010017",
    ],
)
def test_valid_numbers_are_read_without_remark(number: str) -> None:
    assert read(number) == Reading(number)
    assert read(f" {number[:6]} {number[6:].lower()}") == Reading(number)


def test_an_old_number_is_lengthened_and_that_is_said() -> None:
    reading = read("110105491231002")
    assert (reading.value, reading.severity) == ("11010519491231002X", Severity.NOTE)
    assert lengthen("150102880730303") == "150102198807303035"


def test_a_failing_check_digit_warns_and_says_which_would_fit() -> None:
    reading = read("360426199101010070")
    assert (reading.value, reading.severity, reading.position) == ("360426199101010070", Severity.WARN, 17)
    assert reading.suggestions == ("360426199101010071",)
    assert "应为 1，现为 0" in (reading.problem or "")


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("440308199902301512", "1999 年 02 月 30 日不存在"),
        ("370687202701010010", "晚于今天"),
        ("370687187001010010", "已满 156 岁"),
        ("990426199112010074", "没有省份代码 90"),
        ("201511189720596010", "没有以 20 开头的省份代码"),
        ("111111199901101512", "没有以 1111 开头"),
        ("610104620932690", "09 月 32 日不存在"),
    ],
)
def test_what_cannot_be_is_named_and_kept_for_the_clerk_to_judge(number: str, says: str) -> None:
    reading = read(number)
    assert (reading.value, reading.severity) == (number, Severity.WARN)
    assert says in (reading.problem or "")


def test_tomorrow_decides_whether_a_birth_lies_ahead() -> None:
    number = "37068720261124001"
    number += check_character(number)
    assert read_citizen_number(number, today=date(2026, 11, 23)).problem is not None
    assert read_citizen_number(number, today=date(2026, 11, 24)).problem is None


@pytest.mark.parametrize("cell", [3.7068719900101e17, "3.70687E+17", "370687199001010000"])
def test_digits_lost_in_a_spreadsheet_are_doubtful_and_never_stored(cell: object) -> None:
    assert (read(cell).value, read(cell).severity) == (None, Severity.DOUBT)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("44030819990110", "现有 14 位"),
        ("E12345678", "护照"),
        ("T60426199101010078", "第 1 位“T”"),
        ("3301022011022000D6", "第 17 位“D”"),
        ("本人已故", "含有“本”"),
    ],
)
def test_other_documents_and_wrong_shapes_are_refused(typed: str, says: str) -> None:
    assert (read(typed).value, read(typed).severity) == (None, Severity.REJECT)
    assert says in (read(typed).problem or "")


def test_a_letter_that_looks_like_a_digit_is_offered_as_one() -> None:
    reading = read("37O687199001010010")
    assert (reading.severity, reading.suggestions) == (Severity.DOUBT, ("370687199001010010",))


def test_the_number_says_birth_and_sex() -> None:
    assert birth_date("11010519491231002X") == date(1949, 12, 31)
    assert is_female("11010519491231002X")
    assert not is_female("440524188001010014")


@given(bodies)
def test_a_completed_number_is_valid(body: str) -> None:
    number = body + check_character(body)
    assert read(number) == Reading(number)


@given(bodies, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_one_character_changed_is_caught(body: str, position: int, other: str) -> None:
    number = body + check_character(body)
    changed = number[:position] + other + number[position + 1 :]
    assert changed == number or read(changed).problem is not None


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers()))
def test_reading_never_raises(raw: object) -> None:
    reading = read(raw)
    assert (reading.problem is None) == (reading.severity is None)


@needs_shared
def test_the_vectors_decide() -> None:
    with (DATA / "ids" / "citizen_id_vectors.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 36
    for row in rows:
        reading = read(row["number"])
        good = reading.severity in (None, Severity.NOTE)
        assert good == (row["expected"].startswith("valid") or "as 18:" in row["expected"]), row
        if "as 18:" in row["expected"]:
            assert reading.value == row["expected"].split()[-1]
