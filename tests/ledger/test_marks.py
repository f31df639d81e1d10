"""Marks in cells: what is marked comes back, and nothing that a spreadsheet would run leaves unmarked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.ledger.marks import alive, marked, unmarked

AWKWARD = st.one_of(
    st.text(), st.sampled_from(["'", "''", "'=1", "=1", "N/A", "'N/A", "合计", "'合计", "0012", "'0012"])
)


@given(AWKWARD, st.booleans(), st.booleans())
def test_a_marked_text_comes_back_as_it_was(text: str, csv: bool, first: bool) -> None:
    assert unmarked(marked(text, csv=csv, first=first)) == text


@given(AWKWARD)
def test_no_marked_text_in_a_csv_is_alive(text: str) -> None:
    assert not alive(marked(text, csv=True))


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-cmd", "@SUM(A1)", "\t=1", "＝1"])
def test_what_a_spreadsheet_takes_for_a_formula_is_marked_in_a_csv_only(text: str) -> None:
    assert marked(text, csv=True) == "'" + text
    assert marked(text) == text


@pytest.mark.parametrize("text", ["370687199001010010", "0012", "12E5"])
def test_digits_that_a_spreadsheet_would_cut_are_marked_in_a_csv(text: str) -> None:
    assert marked(text, csv=True) == "'" + text


@pytest.mark.parametrize("text", ["-12.5", "+3", "13800138000", "新岸书店", "'引号", "2026-01-05"])
def test_plain_texts_carry_no_mark(text: str) -> None:
    assert marked(text, csv=True) == text


def test_totals_and_notes_are_marked_only_where_a_row_begins() -> None:
    assert marked("合计", first=True) == "'合计"
    assert marked("备注：甲", first=True) == "'备注：甲"
    assert marked("备注：甲") == "备注：甲"
