"""Wordings of pledges: those shipped can be signed as they are, and what a bureau's own lacks is named with the remedy."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.typeset.pledges import KINDS, VALUES
from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.pledge import BLANK, PLACEHOLDERS, check_pledge, fill_pledge
from wenlv_desk.typeset.wording import PLEDGE_HEADS, parse, shipped

LINES = [
    "标题：{年度}年度责任状",
    "甲方：{甲方}",
    "乙方：{乙方}",
    "一、责任目标",
    "不发生事故。",
    "二、责任内容",
    "落实责任。",
    "三、考核与奖惩",
    "按年考核。",
    "四、期限",
    "自{期限起}至{期限止}。",
]


def text_of(*, without: int | None = None, **changed: str) -> str:
    """The lines above, one left out or some written otherwise (L4 is the fourth)."""
    lines = [changed.get(f"L{at}", line) for at, line in enumerate(LINES, 1)]
    return "\n".join(line for at, line in enumerate(lines, 1) if at != without)


def refused(text: str) -> str:
    with pytest.raises(UserError) as error:
        check_pledge(text)
    return error.value.message


def test_there_are_six_kinds() -> None:
    assert set(KINDS) == {
        f"pledge_{kind}" for kind in ("forest_fire", "work_safety", "fire_safety", "ideology", "integrity", "empty")
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_wording_is_whole_and_marked_as_a_model(kind: str) -> None:
    text = shipped(kind)
    check_pledge(text)
    assert re.match(r"# \w+责任状：.*范本，请按本单位用语修改", text)
    filled = fill_pledge(text, VALUES)
    assert filled.party_a == VALUES["甲方"]
    assert filled.party_b == VALUES["乙方"]
    assert not re.search("[{}？]", "".join(filled.body))


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_wording_says_veto_copies_and_who_takes_over(kind: str) -> None:
    said = "\n".join(fill_pledge(shipped(kind), VALUES).body)
    assert "一票否决" in said
    assert "一式两份" in said
    assert re.search("责任人变动的，由接任者继续履行", said)
    assert f"自{VALUES['期限起']}至{VALUES['期限止']}" in said


def test_the_forest_one_says_seasons_telephone_who_may_not_be_sent_and_that_it_is_not_the_statutory_one() -> None:
    said = "\n".join(fill_pledge(shipped("pledge_forest_fire"), VALUES).body)
    assert f"防火期为{VALUES['防火期']}，其中高火险期为{VALUES['高火险期']}" in said
    assert "12119" in said
    assert "不得组织残疾人、孕妇、未成年人" in said
    assert "不代替有关人民政府依法签订的森林防火责任书" in said


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pledge_empty"])
def test_what_may_be_empty_is_left_out_with_its_line(kind: str) -> None:
    filled = fill_pledge(shipped(kind), {**VALUES, "责任区域": "", "网格编号": "", "网格员": ""})
    assert not any(line.startswith(("责任区域", "责任范围", "所属网格")) for line in filled.body)


def test_the_empty_one_can_be_printed_with_nothing_filled_in() -> None:
    filled = fill_pledge(shipped("pledge_empty"), {}, blanks=True)
    assert filled.party_b == BLANK
    assert f"自{BLANK}至{BLANK}" in "\n".join(filled.body)
    with pytest.raises(UserError, match=r"“甲方”.*没有内容"):
        fill_pledge(shipped("pledge_empty"), {})


def test_blanks_do_not_bring_back_a_line_that_may_be_left_out() -> None:
    filled = fill_pledge(shipped("pledge_work_safety"), {}, blanks=True)
    assert not any("责任区域" in line for line in filled.body)


def test_an_unknown_placeholder_is_named_with_its_line_and_the_likeliest_meant() -> None:
    said = refused(text_of(L11="自{期限起}至{期限到}。"))
    assert "第 11 行的{期限到}" in said
    assert "是不是 {期限" in said
    assert "责任区域" in said


@pytest.mark.parametrize(("line", "head"), [(2, "甲方"), (3, "乙方")])
def test_a_missing_party_is_named_with_the_line_to_write(line: int, head: str) -> None:
    assert f"没有“{head}：”一行，请在标题下面加一行“{head}：{{{head}}}”" in refused(text_of(without=line))
    assert f"“{head}：”" in refused(text_of(**{f"L{line}": f"{head}："}))


@pytest.mark.parametrize(("line", "clause"), [(4, "责任目标"), (6, "责任内容"), (8, "考核"), (10, "期限")])
def test_a_missing_clause_is_named_with_those_that_are_there(line: int, clause: str) -> None:
    said = refused(text_of(without=line))
    assert f"缺少“{clause}”一条" in said
    assert "请加一行以“一、”这样的序号开头的标题" in said
    kept = [n for n in (4, 6, 8, 10) if n != line]
    assert all(f"第 {n - (n > line)} 行“" in said for n in kept)


def test_a_clause_that_is_written_but_is_no_heading_is_pointed_at() -> None:
    assert "第 10 行写到了，但不是标题" in refused(text_of(L10="期限"))


def test_a_clause_with_nothing_below_it_is_pointed_at() -> None:
    assert "第 8 行：“三、考核与奖惩”下面没有内容" in refused(text_of(without=9))
    assert "第 10 行：“四、期限”下面没有内容" in refused(text_of(without=11))
    check_pledge(text_of(without=11, L10="四、期限。自{期限起}至{期限止}。"))
    check_pledge(text_of(L9="甲方按年考核。"))


@pytest.mark.parametrize("heading", ["二、乙方职责", "第二条 工作职责", "二、主要任务"])
def test_the_duties_may_go_by_another_name(heading: str) -> None:
    check_pledge(text_of(L6=heading))


def test_a_head_of_notices_is_a_paragraph_here_and_a_party_is_one_there() -> None:
    assert parse(text_of(L5="主送：各科室"), PLEDGE_HEADS).body[1] == "主送：各科室"
    assert parse("标题：通知\n甲方：某单位").body == ("甲方：某单位",)


@given(st.lists(st.sampled_from([*LINES, "{甲方}", "？{责任区域}", "#", "第一条 {", "____", "四、" * 50]), max_size=30))
def test_any_wording_is_either_whole_and_can_be_filled_or_is_refused_in_words(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        check_pledge(text)
    except UserError:
        return
    assert fill_pledge(text, dict.fromkeys(PLACEHOLDERS, "甲")).title
