"""The usual papers in a few words."""

import pytest

from wenlv_desk.typeset import forms
from wenlv_desk.typeset.flow import lay_out
from wenlv_desk.typeset.layout import MM, SEAL_DIAMETER
from wenlv_desk.typeset.page import Column, Pair
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import extract_text


def test_a_form_carries_everything_it_was_given() -> None:
    part = forms.section(
        "一、基本信息", forms.pairs([("单位名称", "青禾书店"), ("电话", ""), Pair("地址", "海政路1号", wide=True)])
    )
    page = forms.form(
        "登记信息页", [part], office="青禾县文化和旅游局", number="登〔2026〕1号", date="2026年1月5日",
        qr="登〔2026〕1号", note="供归档使用。", sign=("经办人", "复核人"), seal=True, footer="CBW-1",
    )  # fmt: skip
    (text,) = extract_text(render(forms.document("登记信息页", page)))
    for words in ("青禾县文化和旅游局", "登记信息页", "登〔2026〕1号", "2026年1月5日", "一、基本信息", "单位名称", "青禾书店",
                  "电话", "海政路1号", "经办人", "复核人", "（印章）", "供归档使用。", "CBW-1", "第 1 页 共 1 页"):  # fmt: skip
        assert words in text
    (sheet,) = lay_out(forms.document("登记信息页", page))
    assert [ring.radius * 2 for ring in sheet.rings] == [pytest.approx(SEAL_DIAMETER * MM)]
    assert len(sheet.codes) == 1


def test_pairs_stand_two_in_a_row_and_a_wide_one_alone() -> None:
    table = forms.pairs([("甲", "1"), ("乙", "2"), ("丙", "3"), Pair("丁", "4", wide=True), ("戊", "5")])
    (sheet,) = lay_out(forms.document("表", forms.form("表", [forms.section("", table)])))
    rows = {text.text: text.y for text in sheet.texts}
    assert rows["甲"] == rows["乙"] < rows["丙"] < rows["丁"] < rows["戊"]


def test_an_empty_value_is_blank_unless_the_form_says_what_to_print() -> None:
    for empty, shown in (("", False), ("无", True)):
        table = forms.pairs([("甲", "")], columns=2, empty=empty)
        (sheet,) = lay_out(forms.document("表", forms.form("表", [forms.section("", table)])))
        assert ("无" in [text.text for text in sheet.texts]) is shown


def test_a_roster_lies_on_its_long_side() -> None:
    page = forms.roster(
        "名册", [Column("序号", 10), Column("名称", 60)], [["1", "青禾书店"]], left="共 1 条", right="2026年1月5日"
    )
    (sheet,) = lay_out(forms.document("名册", page))
    assert (sheet.width, sheet.height) == (pytest.approx(297 * MM), pytest.approx(210 * MM))
    assert {"名册", "共 1 条", "2026年1月5日", "青禾书店"} <= {text.text for text in sheet.texts}


def test_a_form_of_three_columns_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="2 or 4"):
        forms.pairs([], columns=3)
