"""Folding takes out what does not matter, once and for every character there is."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.store.search.folding import fold, fold_all, fold_char, words
from wenlv_desk.store.search.sounds import MOST_SEGMENTATIONS, segmentations


def test_what_was_folded_stays_as_it_is_for_every_character() -> None:
    changed = []
    for point in range(sys.maxunicode + 1):
        folded = fold_char(chr(point))
        if any(fold_char(char) != char for char in folded):
            changed.append(hex(point))
    assert changed == []


def test_what_is_left_is_safe_for_the_tokenizer() -> None:
    ascii_left = {char for point in range(sys.maxunicode + 1) for char in fold_char(chr(point)) if char.isascii()}
    assert ascii_left == set("0123456789abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＫＴＶ（１）", "ktv1"),
        ("Café́", "cafe"),
        ("lǜ", "lv"),
        ("lü", "lv"),
        ("⽂化", "文化"),
        ("葛󠄀", "葛"),
        ("🎬", "🎬"),
        ("a\u200bb", "ab"),
        ("\ufeff", ""),
        ("礼", "礼"),
    ],
)
def test_examples(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.lists(st.text()))
def test_many_texts_at_once_fold_as_each_does(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


def test_words_come_once_and_without_marks() -> None:
    assert words(" 书店  -  ＡＢ ab 书店") == ("书店", "ab")


def test_every_way_to_part_syllables_is_tried() -> None:
    assert set(segmentations("xian")) == {("xian",), ("xi", "an"), ("xia", "n"), ("xi", "a", "n")}
    assert ("fang", "an") in segmentations("fangan")
    assert ("fan", "gan") in segmentations("fangan")
    assert segmentations("vvv") == ()
    assert len(segmentations("xian" * 16)) == MOST_SEGMENTATIONS
