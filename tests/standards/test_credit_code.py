"""Unified social credit codes (GB 32100-2015) and organisation codes (GB 11714)."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import DATA, needs_shared
from wenlv_desk.standards.credit_code import (
    ALPHABET,
    complete_code,
    holder_kind,
    is_organisation_code,
    kind_problem,
    organisation_check_character,
    read_credit_code,
)
from wenlv_desk.standards.finding import Severity

bodies = st.builds(
    lambda first, second, region, rest: first + second + region + rest,
    st.sampled_from("123456789ANY"),
    st.sampled_from("123459"),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.text(alphabet=ALPHABET, min_size=9, max_size=9),
)


def vectors(name: str) -> list[dict[str, str]]:
    with (DATA / "uscc" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "code",
    [
        "91110000600037341L",
        "91350100M000100Y43",  # the example of GB 32100-2015
        "11430000006122244L",
        "91370687MA3ABC127D",
        "92370687MA3TEX013J",
        "12370687MB2A000119",
    ],
)
def test_a_valid_code_is_read_without_remark(code: str) -> None:
    reading = read_credit_code(code)
    assert (reading.value, reading.problem) == (code, None)


@pytest.mark.parametrize(
    "typed", ["91 370687-MA3ABC127D", "９１３７０６８７ｍａ３ａｂｃ１２７ｄ", " '91370687MA3ABC127D\u200b\n"]
)
def test_blanks_hyphens_width_and_case_do_not_matter(typed: str) -> None:
    assert read_credit_code(typed) == read_credit_code("91370687MA3ABC127D")


@pytest.mark.parametrize("first", "ANY")
def test_codes_of_rural_collectives_the_army_and_others_are_valid(first: str) -> None:
    """python-stdnum refuses them."""
    code = complete_code(f"{first}1370687MA3ABC127")
    assert read_credit_code(code).problem is None


def test_a_failing_check_digit_warns_and_says_which_would_fit() -> None:
    reading = read_credit_code("91110000600037341N")
    assert reading.severity is Severity.WARN
    assert reading.value == "91110000600037341N"
    assert (reading.problem or "").startswith("第 18 位校验码应为 L，现为 N")
    assert (reading.position, reading.suggestions) == (17, ("91110000600037341L",))


def test_when_the_inner_organisation_code_fails_too_the_stretch_is_named() -> None:
    assert "第 9 至 17 位" in (read_credit_code("91110000600037841L").problem or "")


def test_a_small_l_typed_for_one_is_seen() -> None:
    valid = complete_code("9133030211937306" + organisation_check_character("11937306"))
    reading = read_credit_code(valid.replace("11", "l1"))
    assert (reading.severity, reading.suggestions) == (Severity.WARN, (valid,))
    assert "字母 L 是否应为数字 1" in (reading.problem or "")


@pytest.mark.parametrize(
    ("typed", "position", "suggested"),
    [
        ("91370687MA3ABCI27D", 14, "91370687MA3ABC127D"),
        ("9137O687MA3ABC127D", 4, "91370687MA3ABC127D"),
        ("9137X687MA3ABC127D", 4, None),
        ("B1370687MA3ABC127D", 0, None),
        ("9B370687MA3ABC127D", 1, None),
        ("9111000060003IOZSV", 13, None),
    ],
)
def test_a_character_that_cannot_stand_there_is_named(typed: str, position: int, suggested: str | None) -> None:
    reading = read_credit_code(typed)
    assert (reading.severity, reading.position) == (Severity.DOUBT, position)
    assert f"第 {position + 1} 位“{typed[position]}”" in (reading.problem or "")
    assert reading.suggestions == ((suggested,) if suggested else ())


@pytest.mark.parametrize("cell", [9.13706873e17, "9.13707E+17", "9.1e17", "913706870000000000", "913706871234567000"])
def test_digits_lost_in_a_spreadsheet_are_doubtful_and_never_stored(cell: object) -> None:
    reading = read_credit_code(cell)
    assert (reading.value, reading.severity) == (None, Severity.DOUBT)
    assert "15 位" in (reading.problem or "")


def test_a_code_that_rightly_ends_in_zeros_passes() -> None:
    organisation = next(
        body + "0" for body in map("{:08d}".format, range(100, 10**8, 100)) if is_organisation_code(body + "0")
    )
    codes = (complete_code(f"91{region}{organisation}") for region in range(370000, 371000))
    assert read_credit_code(next(code for code in codes if code.endswith("000"))).problem is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("320600000031326", "15 位旧注册号"),
        (320600000031326.0, "15 位旧注册号"),
        ("320600000031327", "第 15 位校验码应为 6"),
        ("3203111100628", "13 位旧注册号"),
        ("60003734-1", "组织机构代码"),
        ("370687MA3ABC127", "税务登记号"),
        ("12345", "少 13 位"),
    ],
)
def test_older_and_shorter_numbers_are_kept_and_named(typed: object, says: str) -> None:
    reading = read_credit_code(typed)
    assert reading.severity is Severity.WARN
    assert reading.value is not None
    assert says in (reading.problem or "")


@pytest.mark.parametrize(("typed", "says"), [("办理中", "含有“办”"), ("91370687MA3ABC127DD", "多 1 位")])
def test_what_is_no_code_at_all_is_refused(typed: str, says: str) -> None:
    reading = read_credit_code(typed)
    assert (reading.value, reading.severity) == (None, Severity.REJECT)
    assert says in (reading.problem or "")


def test_nothing_typed_is_nothing_read() -> None:
    assert read_credit_code(None) == read_credit_code("  ")
    assert read_credit_code(None).problem is None


def test_the_first_two_characters_say_what_is_registered() -> None:
    assert holder_kind("92370687MA3TEX013J") == "个体工商户"
    assert holder_kind("Y1370687MA3TEX013J") is None
    assert kind_problem("92370687MA3TEX013J", "企业") is not None
    assert kind_problem("92370687MA3TEX013J", "个体工商户") is None
    assert kind_problem("52370687MA3TEX013J", "民办非企业") is None
    assert kind_problem("52370687MA3TEX013J", "其他") is None


def test_organisation_codes_end_in_x_zero_or_a_digit() -> None:
    assert organisation_check_character("60003734") == "1"
    assert is_organisation_code("MA3ABC127")
    assert not is_organisation_code("MA3ABC128")
    assert {organisation_check_character(f"{number:08d}") for number in range(500)} == set("0123456789X")


def test_a_body_of_another_shape_cannot_be_completed() -> None:
    with pytest.raises(ValueError, match="17"):
        complete_code("9137068")


@given(bodies)
def test_a_completed_code_is_valid(body: str) -> None:
    code = complete_code(body)
    reading = read_credit_code(code)
    assert reading.value == code
    assert reading.problem is None or code.endswith("000")


@given(bodies, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_one_character_changed_is_caught(body: str, position: int, other: str) -> None:
    code = complete_code(body)
    changed = code[:position] + other + code[position + 1 :]
    assert changed == code or read_credit_code(changed).problem is not None


@given(bodies, st.integers(0, 16))
def test_two_neighbours_swapped_are_caught(body: str, at: int) -> None:
    code = complete_code(body)
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert swapped == code or read_credit_code(swapped).problem is not None


@given(st.one_of(st.text(max_size=25), st.floats(), st.integers(), bodies.map(complete_code)))
def test_reading_never_raises_and_reads_its_own_value_alike(raw: object) -> None:
    reading = read_credit_code(raw)
    assert (reading.problem is None) == (reading.severity is None)
    if reading.value is not None:
        assert read_credit_code(reading.value).value == reading.value


@needs_shared
def test_every_published_vector_is_judged_as_expected() -> None:
    for row in vectors("uscc_vectors.csv"):
        assert (read_credit_code(row["code"]).problem is None) == row["expected"].startswith("valid"), row


@needs_shared
def test_published_codes_with_a_failing_check_digit_are_kept_with_a_warning() -> None:
    rows = vectors("published_but_check_digit_fails.csv")
    assert len(rows) == 63
    for row in rows:
        reading = read_credit_code(row["code"])
        assert (reading.value, reading.severity) == (row["code"].upper(), Severity.WARN), row


@needs_shared
def test_real_codes_of_the_trade_are_clean() -> None:
    with (DATA / "enterprises" / "culture_market_sample_600.csv").open(encoding="utf-8-sig", newline="") as file:
        remarks = [read_credit_code(row["统一社会信用代码"]).problem or "" for row in csv.DictReader(file)]
    assert len(remarks) == 600
    assert {remark[:9] for remark in remarks} == {"", "这是 15 位旧注"}
