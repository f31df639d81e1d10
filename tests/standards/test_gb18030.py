"""GB 18030-2022 in spite of Python's older codec."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import DATA, needs_shared
from wenlv_desk.standards.gb18030 import decode, encode


@pytest.mark.parametrize(
    ("char", "code"),
    [
        ("\u9fb4", "FE59"),
        ("\u1e3f", "A8BC"),
        ("\ufe12", "A6DA"),
        ("\ue7c7", "8135F437"),
        ("海", "BAA3"),
        ("𠮷", "9534B235"),
    ],
)
def test_the_edition_of_2022_decides(char: str, code: str) -> None:
    assert encode(char) == bytes.fromhex(code)
    assert decode(bytes.fromhex(code)) == char


@given(st.text())
def test_every_text_survives(text: str) -> None:
    assert decode(encode(text)) == text


def test_bytes_of_another_encoding_are_named() -> None:
    with pytest.raises(UnicodeDecodeError):
        decode(b"\xff\xff")


@needs_shared
def test_all_code_points_that_moved_are_right() -> None:
    with (DATA / "strings" / "gb18030_2022_vs_cpython.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 38
    for row in rows:
        char = chr(int(row["codepoint"][2:], 16))
        code = bytes.fromhex(row["GB18030-2022 bytes"])
        assert (encode(char), decode(code)) == (code, char), row
