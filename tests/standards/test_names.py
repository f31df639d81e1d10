"""Names of firms and persons made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.standards.names import firm_key, firm_similarity, normal_name, normal_person_name

names = st.text(alphabet="海阳市烟台新华书店印刷厂第一二有限公司（）()· ·ＡａA12　山东省", max_size=20)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("烟台华联（集团）股份有限公司", "烟台华联(集团) 股份有限公司"),
        ("海阳ＡＢＣ网吧", "海阳abc网吧"),
        ("海阳“小明”书店", "海阳小明书店"),
        ("买买提•艾力书店", "买买提·艾力书店"),
        ("海阳市新华\u200b书店\n", "海阳市新华书店"),
        ("海阳【东村】书店", "海阳〔东村〕书店"),
    ],
)
def test_width_blanks_brackets_and_dots_do_not_make_another_firm(typed: str, same: str) -> None:
    assert normal_name(typed) == normal_name(same)
    assert firm_similarity(typed, same) == 1.0


def test_one_firm_in_three_spellings_shares_a_key() -> None:
    spellings = [
        "海阳市新华书店有限公司",
        "海阳新华书店",
        "山东省海阳市新华书店有限责任公司",
        "海阳市新华书店（普通合伙）",
    ]
    assert {firm_key(name) for name in spellings} == {"海阳新华书店"}
    assert firm_similarity(spellings[0], spellings[2]) == 0.97


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ("海阳市宏达印刷厂", "海阳市宏大印刷厂", 0.65, 0.96),  # one character mistyped: look
        ("海阳市宏达印刷厂", "海阳宏达印务有限公司", 0.6, 0.96),
        ("海阳市新华书店第一门市部", "海阳市新华书店第二门市部", 0.0, 0.65),
        ("海阳市新华书店有限公司", "海阳市新华书店有限公司凤城分公司", 0.0, 0.65),
        ("宏达（海阳）印刷有限公司", "宏达（莱阳）印刷有限公司", 0.3, 0.9),
        ("海阳市亿达网吧", "莱州市宏图印刷厂", 0.0, 0.2),
        ("", "海阳", 0.0, 0.5),
        ("", "", 0.0, 0.0),
    ],
)
def test_likeness_falls_where_a_clerk_would_doubt(first: str, second: str, low: float, high: float) -> None:
    assert low <= firm_similarity(first, second) <= high


@given(names, names)
def test_likeness_is_symmetric_and_a_share(first: str, second: str) -> None:
    likeness = firm_similarity(first, second)
    assert 0.0 <= likeness <= 1.0
    assert likeness == firm_similarity(second, first)


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normal_name(normal_name(text)) == normal_name(text)
    assert normal_person_name(normal_person_name(text)) == normal_person_name(text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("张　三", "张三"),
        (" 欧阳 修 ", "欧阳修"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ("𬭎某\u200b", "𬭎某"),
        ("\uf9d0", "\uf9d0"),  # a compatibility ideograph is somebody's name as registered
    ],
)
def test_a_person_keeps_every_character_of_the_name(typed: str, stored: str) -> None:
    assert normal_person_name(typed) == stored
