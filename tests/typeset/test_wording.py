"""Wordings: what is filled in stands there unchanged, and every mistake in a text is named."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries import catalogue
from wenlv_desk.resources import resource
from wenlv_desk.typeset.wording import check, fill, parse, placeholders, shipped, shipped_codes

TEXT = "标题：通知\n主送：{单位}\n你单位于{日期}办理。\n{清单}\n？要求：{要求}。\n附注：完\n"


SAID = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip)
HEADED = "标题：{单位}的通知\n主送：{单位}\n落款：{单位}\n日期：{日期}\n附注：{单位}\n抄送：{单位}\n"

# What each wording may say: the placeholders of the papers that are filled from it.
KNOWN = {
    code: set().union(*(one.placeholders for one in catalogue().papers.values() if code in one.wordings))
    for code in shipped_codes()
}


@given(SAID, st.lists(SAID, min_size=1, max_size=5))
def test_what_is_filled_in_stands_there_unchanged(said: str, items: list[str]) -> None:
    made = fill(parse(TEXT), {"单位": said, "日期": said, "清单": items, "要求": ""})
    assert made.addressee == said
    assert made.body[0] == f"你单位于{said}办理。"
    assert made.body[1:] == tuple(f"{n}. {item}" for n, item in enumerate(items, 1))
    assert (made.title, made.note) == ("通知", "完")


@given(SAID, SAID, st.lists(SAID, min_size=1, max_size=5))
def test_no_character_of_a_value_is_lost_wherever_it_stands(said: str, day: str, items: list[str]) -> None:
    text = HEADED + "（一）{清单}\n前{清单}后{日期}\n{单位}{日期}\n{单位}\n"
    made = fill(parse(text), {"单位": said, "日期": day, "清单": items})
    assert (made.title, made.addressee, made.issuer) == (f"{said}的通知", said, said)
    assert (made.date, made.note, made.copies) == (day, said, said)
    *numbered, running, both, alone = made.body
    assert [one.partition("）")[2] for one in numbered] == items
    assert running == f"前{'、'.join(items)}后{day}"
    assert (both, alone) == (said + day, said)


@given(st.text(max_size=200))
def test_any_text_is_either_read_or_refused_in_words_and_filled_without_a_fault(text: str) -> None:
    try:
        wording = parse(f"标题：通知\n{text}")
        names = placeholders(f"标题：通知\n{text}")
    except UserError:
        return
    assert fill(wording, dict.fromkeys(names, "甲")).title == "通知"


@pytest.mark.parametrize(
    ("start", "numbers"),
    [
        ("", ["1. ", "2. "]),
        ("1．", ["1. ", "2. "]),
        ("（1）", ["（1）", "（2）"]),
        ("一、", ["一、", "二、"]),
        ("（一）", ["（一）", "（二）"]),
    ],
)
def test_a_list_is_numbered_as_its_line_begins(start: str, numbers: list[str]) -> None:
    made = fill(parse(f"标题：甲\n{start}{{清单}}"), {"清单": ["乙", "丙"]})
    assert made.body == (f"{numbers[0]}乙", f"{numbers[1]}丙")


def test_a_list_of_a_hundred_is_counted_in_chinese_as_far_as_it_goes() -> None:
    made = fill(parse("标题：甲\n（一）{清单}"), {"清单": ["乙"] * 100}).body
    assert [made[n - 1] for n in (9, 10, 11, 20, 21, 99, 100)] == [
        "（九）乙", "（十）乙", "（十一）乙", "（二十）乙", "（二十一）乙", "（九十九）乙", "（100）乙",
    ]  # fmt: skip


def test_an_optional_line_is_printed_when_it_has_something_to_say() -> None:
    values = {"单位": "甲", "日期": "今天", "清单": ["一"], "要求": "改"}
    assert fill(parse(TEXT), values).body[-1] == "要求：改。"


def test_an_optional_line_is_not_dropped_with_what_it_has_to_say() -> None:
    wording = parse("标题：甲\n？根据{依据}，暂缓至{日期}。\n附注：？电话{电话}")
    made = fill(wording, {"依据": "", "日期": "", "电话": " "})
    assert (made.body, made.note) == ((), "")
    with pytest.raises(UserError, match="“依据”没有内容"):
        fill(wording, {"依据": "", "日期": "今天", "电话": ""})


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(UserError, match="“甲”、“丙”没有内容"):
        fill(parse("标题：通知\n{甲}{乙}\n{丙}{甲}"), {"甲": "", "乙": "二", "丙": []})


def test_full_width_braces_and_a_mark_from_an_editor_do_not_matter() -> None:
    made = fill(parse("\ufeff标题 ：通知\r\n　　｛单位｝和{ 单位 }用｛｛和{{括住｝"[:-1]), {"单位": "甲"})
    assert made.body == ("甲和甲用｛和{括住",)


def test_a_line_that_begins_like_a_head_can_be_a_paragraph() -> None:
    made = fill(parse("标题：通知\n\\日期：另行通知。\n\\#1 楼\n\\？为什么"), {})
    assert made.body == ("日期：另行通知。", "#1 楼", "？为什么")


def test_nothing_is_left_blank_in_silence() -> None:
    with pytest.raises(UserError, match="“日期”没有内容"):
        fill(parse(TEXT), {"单位": "甲", "日期": "", "清单": ["一"], "要求": ""})
    with pytest.raises(UserError, match="“清单”没有内容"):
        fill(parse(TEXT), {"单位": "甲", "日期": "今天", "清单": [], "要求": ""})


def test_every_unknown_placeholder_is_named_with_its_line_and_the_likeliest_meant() -> None:
    with pytest.raises(UserError) as refused:
        check("标题：甲\n# 说明\n{单位名城}在\n{某处}\n", ("单位名称", "日期"))
    assert "第 3 行的{单位名城}（是不是 {单位名称}？）" in refused.value.message
    assert "第 4 行的{某处}" in refused.value.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有标题"),
        ("标题：甲", "没有正文"),
        ("标题：甲\n标题：乙\n文", "写了两次"),
        ("标题：？{单位}\n文", "不能以“？”开头"),
        ("标题：甲\n文{单位", "第 2 行.*没有成对"),
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
    check(shipped(code), sorted(KNOWN[code]))
    assert {"单位名称", "乙方", "包保企业"} & set(placeholders(shipped(code)))  # to whom it goes


def test_the_guide_to_the_wordings_explains_every_placeholder_and_no_other() -> None:
    guide = resource("templates", "README.md").read_text("utf-8").partition("## 占位")[2].partition("---\n\n")[0]
    rows = [line.split("|")[1] for line in guide.splitlines() if line.startswith("| ")][1:]
    assert sorted(name.strip() for row in rows for name in row.split("、")) == sorted(set().union(*KNOWN.values()))


@pytest.mark.parametrize("code", ["review_intake_refusal", "review_deferred", "review_failed", "rectification_order"])
def test_what_refuses_says_how_it_can_be_contested(code: str) -> None:
    assert re.search(r"60日内向\{复议机关说明\}申请行政复议.*6个月内.*提起行政诉讼", shipped(code))
