"""Hits are shown where they are: in the text as written, for parts, initials and full pinyin."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.store.search.highlight import spans


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("招远新华书店", "书店", ["书店"]),
        ("招远新华书店", "sd", ["书店"]),
        ("招远新华书店", "xinhuashu", ["新华书"]),
        ("招远新华书店", "shud", ["书店"]),
        ("招远新华书店", "华 店", ["华", "店"]),
        ("招远新华书店", "新华 华书", ["新华书"]),
        ("招远新华书店", "印刷", []),
        ("招远新华书店", "", []),
        ("文旅（北京）ＫＴＶ", "旅北", ["旅（北"]),
        ("文旅（北京）ＫＴＶ", "ktv", ["ＫＴＶ"]),
        ("文旅（北京）ＫＴＶ", "bjk", ["北京）Ｋ"]),
        ("单雄信", "shan", ["单"]),
        ("单雄信", "dan", ["单"]),
        ("银行", "yinhang", ["银行"]),
        ("138 0535 1234", "05351", ["0535 1"]),
        ("店店店", "店店", ["店店店"]),
        ("𠮷野家", "野", ["野"]),
        ("𠮷野家", "jyj", ["𠮷野家"]),
        ("西安", "xian", ["西安"]),
        ("绿㎡", "m2", ["㎡"]),
    ],
)
def test_hits_are_shown_where_they_are(text: str, query: str, hits: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, query)] == hits


@given(st.text(), st.text())
def test_places_are_in_order_and_within_the_text(text: str, query: str) -> None:
    places = spans(text, query)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(before[1] < after[0] for before, after in pairwise(places))


@given(st.text(min_size=1, max_size=10))
def test_a_text_without_spaces_is_a_hit_of_itself(text: str) -> None:
    if len(spans(text, text)) == 0:
        assert not any(char.isalnum() for char in text)
