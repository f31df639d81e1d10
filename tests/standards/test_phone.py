"""Telephone numbers as ledgers hold them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.standards.finding import Severity
from wenlv_desk.standards.phone import read_phones

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("13812348000", ("13812348000",)),
        (13812348000, ("13812348000",)),
        (13812348000.0, ("13812348000",)),
        ("138 1234 8000", ("13812348000",)),
        ("138-1234-8000", ("13812348000",)),
        ("+86 138 1234 8000", ("13812348000",)),
        ("8613812348000", ("13812348000",)),
        ("１３８１２３４８０００", ("13812348000",)),
        ("手机：13812348000", ("13812348000",)),
        ("0535-6681234", ("0535-6681234",)),
        ("05356681234", ("0535-6681234",)),
        ("（0535）6681234", ("0535-6681234",)),
        ("0531—86012345", ("0531-86012345",)),
        ("010-86012345", ("010-86012345",)),
        ("02186012345", ("021-86012345",)),
        ("6681234", ("6681234",)),
        ("0535-6681234转801", ("0535-6681234-801",)),
        ("400-123-4567", ("4001234567",)),
        ("8008101234", ("8008101234",)),
        ("12345", ("12345",)),
        ("12119", ("12119",)),
        ("119", ("119",)),
    ],
)
def test_a_number_is_brought_to_its_usual_form(typed: object, numbers: tuple[str, ...]) -> None:
    reading = read_phones(typed)
    assert (reading.value, reading.problem) == (numbers, None)


@pytest.mark.parametrize("separator", ["、", "/", ";", "；", ",", "，", " ", "　", "\n", " / ", "或"])
def test_several_numbers_of_one_cell_are_parted(separator: str) -> None:
    reading = read_phones(f"13812348000{separator}0535-6681234")
    assert (reading.value, reading.problem) == (("13812348000", "0535-6681234"), None)


def test_a_number_given_twice_counts_once() -> None:
    assert read_phones("13812348000/138-1234-8000").value == ("13812348000",)


@pytest.mark.parametrize("typed", ["13812348000.0", "1.38123480E+10", "1.3812348000E10"])
def test_what_a_spreadsheet_made_of_a_number_is_repaired_and_said(typed: str) -> None:
    reading = read_phones(typed)
    assert (reading.value, reading.severity) == (("13812348000",), Severity.NOTE)
    assert typed in (reading.problem or "")


@pytest.mark.parametrize("typed", ["1.38E+10", "1.38123E+10", "1.3812348E+10"])
def test_lost_digits_are_doubtful_and_never_stored(typed: str) -> None:
    assert (read_phones(typed).value, read_phones(typed).severity) == (None, Severity.DOUBT)


@pytest.mark.parametrize(("typed", "says"), [("1381234800", "10 位"), ("138123480001", "12 位"), ("535-66812", "不像")])
def test_an_unusual_number_is_kept_with_a_warning(typed: str, says: str) -> None:
    reading = read_phones(typed)
    assert (reading.value, reading.severity) == ((typed,), Severity.WARN)
    assert says in (reading.problem or "")


def test_one_bad_number_does_not_lose_the_good_one() -> None:
    reading = read_phones("13812348000、1381234")
    assert (reading.value, reading.severity) == (("13812348000", "1381234"), Severity.WARN)


def test_text_without_digits_is_refused_and_nothing_is_nothing() -> None:
    assert read_phones("张三").severity is Severity.REJECT
    assert read_phones("、 ").problem is None
    assert read_phones(None).value is None


@given(st.lists(mobiles, min_size=1, max_size=4, unique=True), st.sampled_from(["、", "/", ";", " "]))
def test_lists_of_mobiles_are_read_back_whole(numbers: list[str], separator: str) -> None:
    assert read_phones(separator.join(numbers)).value == tuple(numbers)


@given(
    st.one_of(st.text(max_size=20), st.text(alphabet="0123456789-+() 、/转.E", max_size=25), st.integers(), st.floats())
)
def test_reading_never_raises_and_reads_its_own_numbers_alike(raw: object) -> None:
    reading = read_phones(raw)
    assert (reading.problem is None) == (reading.severity is None)
    if reading.value and reading.problem is None:
        assert read_phones("、".join(reading.value)) == reading
