"""Typed text made comparable, and what spreadsheets do to long numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.standards.typed import lost_digits, typed_text, zeroed_tail


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        (15.0, "15"),
        (15.5, "15.5"),
        (370687199001010010, "370687199001010010"),
        (" ３７０　６８７\u200b\n", "370687"),
        ("\ufeffＡｂ", "Ab"),
        ("（苏）", "(苏)"),
    ],
)
def test_a_cell_becomes_half_width_text_without_blanks(raw: object, text: str) -> None:
    assert typed_text(raw) == text


@given(st.text())
def test_reading_twice_changes_nothing(text: str) -> None:
    once = typed_text(text)
    assert typed_text(once) == once
    assert not any(char.isspace() for char in once)


@pytest.mark.parametrize("raw", [3.7e17, 1e15, "3.7E+17", "3.70687e17", "4E18"])
def test_a_number_of_more_than_fifteen_digits_has_lost_some(raw: object) -> None:
    assert lost_digits(raw, typed_text(raw))


@pytest.mark.parametrize("raw", [320600000031326.0, "370687199001010010", 370687199001010010, "E12345678"])
def test_what_is_whole_has_lost_nothing(raw: object) -> None:
    assert not lost_digits(raw, typed_text(raw))


def test_three_zeros_at_the_end_are_the_mark_of_a_spreadsheet() -> None:
    assert zeroed_tail("370687199001010000")
    assert not zeroed_tail("370687199001010010")
    assert not zeroed_tail("91370687MA3ABC1000")
