"""Business registration numbers from before 2015 (GS 15-2006)."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import DATA, needs_shared
from wenlv_desk.standards.finding import Severity
from wenlv_desk.standards.registration_number import check_digit, read_registration_number


@pytest.mark.parametrize("number", ["320600000031326", "320121000044748", "3203111100628"])
def test_old_numbers_are_read_without_remark(number: str) -> None:
    assert read_registration_number(number).problem is None
    assert read_registration_number(float(number)).value == number


def test_a_failing_check_digit_warns() -> None:
    reading = read_registration_number("320600000031325")
    assert (reading.value, reading.severity, reading.position) == ("320600000031325", Severity.WARN, 14)
    assert "应为 6，现为 5" in (reading.problem or "")


def test_older_shapes_are_kept_and_lost_digits_are_not() -> None:
    assert read_registration_number("企独鲁总字第000123号").severity is Severity.WARN
    assert read_registration_number("3.206E+14").severity is Severity.DOUBT
    assert read_registration_number("厂" * 41).severity is Severity.REJECT
    assert read_registration_number(" ").problem is None


@given(st.from_regex(r"[0-9]{14}", fullmatch=True), st.integers(0, 14), st.sampled_from("0123456789"))
def test_any_one_digit_changed_is_caught(body: str, position: int, other: str) -> None:
    number = body + check_digit(body)
    changed = number[:position] + other + number[position + 1 :]
    assert (read_registration_number(changed).problem is None) == (changed == number)


@needs_shared
def test_every_published_old_number_passes() -> None:
    with (DATA / "uscc" / "old_registration_numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 85
    for row in rows:
        reading = read_registration_number(row["number"])
        assert (reading.value, reading.problem) == (row["number"], None)
