"""The text of a page's QR code: what is printed is read back, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.standards.page_code import LONGEST_NUMBER, PageCode, read

NUMBERS = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="|"), min_size=1, max_size=LONGEST_NUMBER
)
PRINTED = "HLFH-2026-0003|2/3|1|a1b2c3d4e5f6"


@given(NUMBERS, st.integers(1, 999), st.integers(0, 998), st.integers(1, 99), st.binary(min_size=6, max_size=6))
def test_what_is_printed_is_read_back(number: str, page: int, more: int, copy: int, digest: bytes) -> None:
    code = PageCode(number, page, min(page + more, 999), copy, digest.hex())
    assert read(code.text()) == code


def test_a_number_may_be_chinese() -> None:
    assert read("青文旅责〔2026〕3 号|1/1|2|000000000000") == PageCode("青文旅责〔2026〕3 号", 1, 1, 2, "0" * 12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "登〔2026〕1号|3f9a",  # another code of ours
        "https://weixin.qq.com/r/abc",
        PRINTED + "\n",
        " " + PRINTED,
        PRINTED.upper(),
        PRINTED.replace("2/3", "4/3"),
        PRINTED.replace("2/3", "0/3"),
        PRINTED.replace("2/3", "02/3"),
        PRINTED.replace("2/3", "２/３"),
        PRINTED.replace("2/3", "2/1000"),
        PRINTED.replace("|1|", "|0|"),
        PRINTED.replace("|1|", "|100|"),
        PRINTED.replace("|1|", "||"),
        PRINTED[:-1],
        PRINTED + "0",
        PRINTED.replace("HLFH-2026-0003", ""),
        PRINTED.replace("HLFH-2026-0003", " "),
        PRINTED.replace("HLFH-2026-0003", "a\x07b"),
        PRINTED.replace("HLFH-2026-0003", "甲|乙"),
        PRINTED.replace("HLFH-2026-0003", "号" * (LONGEST_NUMBER + 1)),
    ],
)
def test_anything_else_is_no_page(text: str) -> None:
    assert read(text) is None


@given(st.text(st.sampled_from("aA01｜|/-号 \n9"), max_size=40))
def test_only_what_would_be_printed_the_same_is_read(text: str) -> None:
    found = read(text)
    assert found is None or found.text() == text


@pytest.mark.parametrize(
    "parts",
    [
        ("", 1, 1, 1, "0" * 12),
        ("甲|1", 1, 1, 1, "0" * 12),
        ("甲", 2, 1, 1, "0" * 12),
        ("甲", 1, 1, 0, "0" * 12),
        ("甲", 1, 1, 1, "0" * 11),
    ],
)
def test_what_could_not_be_read_back_is_not_made(parts: tuple[str, int, int, int, str]) -> None:
    with pytest.raises(ValueError, match="not a page's code"):
        PageCode(*parts)
