"""Wordings: what is filled in stands there unchanged, and every mistake in a text is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.review.told import PLACEHOLDERS
from wenlv_desk.typeset.wording import check, fill, parse, placeholders, shipped, shipped_codes

TEXT = "标题：通知\n主送：{单位}\n你单位于{日期}办理。\n{清单}\n？要求：{要求}。\n附注：完\n"


@given(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1),
    st.lists(st.text(min_size=1), min_size=1, max_size=5),
)
def test_what_is_filled_in_stands_there_unchanged(said: str, items: list[str]) -> None:
    made = fill(parse(TEXT), {"单位": said, "日期": said, "清单": items, "要求": ""})
    assert made.addressee == said
    assert made.body[0] == f"你单位于{said}办理。"
    assert made.body[1:] == tuple(f"{n}. {item}" for n, item in enumerate(items, 1))
    assert (made.title, made.note) == ("通知", "完")


def test_an_optional_line_is_printed_when_it_has_something_to_say() -> None:
    values = {"单位": "甲", "日期": "今天", "清单": ["一"], "要求": "改"}
    assert fill(parse(TEXT), values).body[-1] == "要求：改。"


def test_nothing_is_left_blank_in_silence() -> None:
    with pytest.raises(UserError, match="“日期”没有内容"):
        fill(parse(TEXT), {"单位": "甲", "日期": "", "清单": ["一"], "要求": ""})
    with pytest.raises(UserError, match="“清单”没有内容"):
        fill(parse(TEXT), {"单位": "甲", "日期": "今天", "清单": [], "要求": ""})


def test_every_unknown_placeholder_is_named_with_the_likeliest_meant() -> None:
    with pytest.raises(UserError) as refused:
        check("标题：甲\n{单位名城}在{某处}\n", ("单位名称", "日期"))
    assert "{单位名城}（是不是 {单位名称}？）" in refused.value.message
    assert "{某处}" in refused.value.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有标题"),
        ("标题：甲", "没有正文"),
        ("标题：甲\n标题：乙\n文", "写了两次"),
        ("标题：甲\n文{单位", "没有成对"),
        ("标题：甲\n文}单位", "没有成对"),
        ("标题：甲\n文{}", "是空的"),
        ("标题：甲\n" + "长" * 30000, "上限"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        parse(text)


def test_a_brace_written_twice_is_printed() -> None:
    assert fill(parse("标题：甲\n用{{和}}括住"), {}).body == ("用{和}括住",)


@pytest.mark.parametrize("code", shipped_codes())
def test_the_wordings_shipped_can_be_read_and_know_their_placeholders(code: str) -> None:
    check(shipped(code), PLACEHOLDERS)
    assert "单位名称" in placeholders(shipped(code))
