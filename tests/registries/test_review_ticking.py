"""核对材料 in words: what is written is read back, what cannot be read is refused in Chinese and nothing else happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.review.ticking import LACKING, Defect, Tick, defects_of, read_ticks, written
from wenlv_desk.registries.review.vocabulary import MaterialState

POSITIONS = range(1, 7)
USUAL = {3: (Defect("来时未带", "请携带原件"), Defect("未盖章", "请盖章"))}
WORDS = st.text(st.characters(categories=("L", "N"), include_characters="，。、！（）“” "), min_size=1, max_size=40)
said = WORDS.map(str.strip).filter(bool)
FOUND = st.sampled_from([state for state in MaterialState if state not in LACKING])
ticks = st.one_of(
    st.builds(Tick, FOUND, st.one_of(st.just(""), said)),
    st.builds(Tick, st.sampled_from(LACKING), said, said),
)


@given(st.dictionaries(st.integers(1, 6), ticks))
def test_what_is_written_is_read_back(found: dict[int, Tick]) -> None:
    assert read_ticks(written(found), POSITIONS, {}) == found


@given(st.text(max_size=60) | st.text("0123456789-—至全部其余齐缺不合格适用未核对：:；;\n＝= .、", max_size=40))
def test_whatever_is_typed_is_read_or_refused_in_chinese(typed: str) -> None:
    try:
        found = read_ticks(typed, POSITIONS, USUAL)
    except UserError as error:
        refusal = error.message
    else:
        refusal = ""
    if refusal:
        assert any("\u4e00" <= char <= "\u9fff" for char in refusal)
        return
    assert set(found) <= set(POSITIONS)
    assert all(tick.defect for tick in found.values() if tick.state in LACKING)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("全部齐全", dict.fromkeys(POSITIONS, Tick(MaterialState.COMPLETE))),
        ("1-2 齐全；6不适用：未开展网络发行", {1: "齐全", 2: "齐全", 6: "不适用：未开展网络发行"}),
        ("3 缺", {3: Tick(MaterialState.MISSING, "来时未带", "请携带原件")}),
        ("3 不合格：未盖章", {3: Tick(MaterialState.DEFECTIVE, "未盖章", "请盖章")}),
        ("3. 缺：忘带了=明天送来", {3: Tick(MaterialState.MISSING, "忘带了", "明天送来")}),
        ("1至3 齐全\n2 未核对", {1: "齐全", 2: "未核对", 3: "齐全"}),
        ("", {}),
    ],
)
def test_lines_as_clerks_write_them(typed: str, found: dict[int, Tick | str]) -> None:
    read = read_ticks(typed, POSITIONS, USUAL)
    assert read.keys() == found.keys()
    for position, tick in found.items():
        one = read[position]
        assert one == tick if isinstance(tick, Tick) else f"{one.state.label}：{one.defect}".rstrip("：") == tick


def test_the_rest_is_what_no_line_names() -> None:
    read = read_ticks("3 缺；其余齐全", POSITIONS, USUAL)
    assert [one for one, tick in read.items() if tick.state is MaterialState.COMPLETE] == [1, 2, 4, 5, 6]


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("3", "看不懂“3”。请写成"),
        ("三 缺", "看不懂“三 缺”"),
        ("7 齐全", "没有第 7 项材料，共 6 项"),
        ("0 齐全", "没有第 0 项材料"),
        ("5-9 齐全", "没有第 7 项材料"),
        ("4-2 齐全", "4 到 2 前后颠倒"),
        ("1 缺", "第 1 项缺，请写明问题，如“1 缺：未盖章”"),
        ("3 不合格", "第 3 项不合格，请写明问题"),
        ("全部缺：没带", "“缺”和“不合格”要逐项写明问题"),
        ("2 缺：＝请补", "第 2 项缺，请写明问题"),
    ],
)
def test_what_cannot_be_meant_is_refused(typed: str, refusal: str) -> None:
    with pytest.raises(UserError, match=refusal):
        read_ticks(typed, POSITIONS, USUAL)


def test_a_defect_too_long_for_its_field_is_refused_not_cut() -> None:
    with pytest.raises(UserError, match="255"):
        read_ticks(f"1 缺：{'很' * 256}", POSITIONS, {})
    with pytest.raises(UserError, match="255"):
        read_ticks(f"1 缺：没带＝{'补' * 256}", POSITIONS, {})


def test_a_text_that_would_divide_is_written_so_that_it_is_read_as_one() -> None:
    lines = written({1: Tick(MaterialState.MISSING, "未盖章；缺页", "请盖章;补页")})
    assert read_ticks(lines, POSITIONS, {}) == {1: Tick(MaterialState.MISSING, "未盖章，缺页", "请盖章，补页")}


def test_what_is_said_of_everything_is_kept_with_everything() -> None:
    assert set(read_ticks("全部不适用：停业", POSITIONS, {}).values()) == {Tick(MaterialState.NOT_APPLICABLE, "停业")}


def test_usual_defects_are_lines_with_a_remedy() -> None:
    assert defects_of("未盖章＝请盖章\n\n 缺页 ") == (Defect("未盖章", "请盖章"), Defect("缺页", ""))
    assert defects_of(None) == ()
