"""Masks of personal data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.standards.masks import mask_citizen_number, mask_name, mask_phones


@pytest.mark.parametrize(
    ("shown", "masked"),
    [
        ("370687199001010010", "370***********0010"),
        ("11010519491231002X", "110***********002X"),
        ("110105491231002", "110*********002"),
        ("E12345678", "E1*****78"),
        ("", ""),
        ("123", "***"),
    ],
)
def test_citizen_numbers_show_three_and_four(shown: str, masked: str) -> None:
    assert mask_citizen_number(shown) == masked


@pytest.mark.parametrize(
    ("shown", "masked"),
    [
        ("13812348000", "138****8000"),
        ("13812348000、13912345678", "138****8000、139****5678"),
        ("0535-6681234、13812348000", "0535-668****、138****8000"),
        ("05356681234", "0535668****"),
        ("6681234", "668****"),
        ("0531-86012345-8012", "0531-8601****-****"),
        ("4001234567", "4001234567"),
        ("400-123-4567", "400-123-4567"),
        ("12345", "12345"),
        ("+8613812348000", "+86138****8000"),
        ("", ""),
    ],
)
def test_every_private_number_of_a_list_is_masked(shown: str, masked: str) -> None:
    assert mask_phones(shown) == masked


@pytest.mark.parametrize(
    ("shown", "masked"),
    [("张三", "张*"), ("欧阳修", "欧阳*"), ("张三丰", "张**"), ("欧阳", "欧*"), ("张", "张"), ("", "")],
)
def test_of_a_name_the_surname_stays(shown: str, masked: str) -> None:
    assert mask_name(shown) == masked


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["、", "/", " ", ";", "", "-"]))
def test_no_mobile_number_survives_in_any_list(number: str, separator: str) -> None:
    assert number not in mask_phones(f"{number}{separator}" if separator else number)
    assert number not in mask_phones(f"{number}{separator or '、'}{number}")
