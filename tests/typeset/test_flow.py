"""Blocks flow over sheets, headings repeat, nothing leaves the paper."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.fields import fit
from wenlv_desk.typeset.flow import lay_out
from wenlv_desk.typeset.fonts import width
from wenlv_desk.typeset.ink import Sheet
from wenlv_desk.typeset.layout import MM, OFFICIAL, OFFICIAL_BODY_SIZE
from wenlv_desk.typeset.page import (
    Align,
    Block,
    Column,
    Document,
    Field,
    Footer,
    Gap,
    Heading,
    Page,
    Pair,
    Paragraph,
    Rule,
    SheetBreak,
    Style,
)
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import extract_text, opened

COMMON = "国家许可证，。（）《》“”——……0123456789abcXYZ-./@% \t\n𠮷䶮·：；㎡W_=+"
NASTY = [
    "'; DROP TABLE 许可证;--",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "W" * 400,
    "。" * 300,
    "（" * 300,
    "\n" * 90,
]
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
HOSTILE = st.one_of(st.text(alphabet=st.sampled_from(COMMON) | HAN, max_size=400), st.sampled_from(NASTY))


def written(sheet: Sheet) -> list[str]:
    return [text.text for text in sheet.texts]


def one(*blocks: Block) -> Document:
    return Document("试", (Page(blocks),))


def table_of(count: int) -> Document:
    columns = [Column("序号", 12, Align.CENTER), Column("名称", 100), Column("日期", 30)]
    return one(forms.table(columns, [(str(n), f"第{n}家书店", "2026-01-05") for n in range(count)]))


def assert_inside(sheets: list[Sheet]) -> None:
    for sheet in sheets:
        for text in sheet.texts:
            length = (width(text.text, text.face) * text.size) + text.spacing * len(text.text)
            assert text.x >= -0.01
            assert text.x + length <= sheet.width + 0.01
            assert text.size * 0.88 <= text.y + 0.01
            assert text.y + 0.12 * text.size <= sheet.height + 0.01
        for line in sheet.lines:
            assert max(line.x1, line.x2) <= sheet.width
            assert max(line.y1, line.y2) <= sheet.height


def test_a_table_repeats_its_heading_on_every_sheet_and_loses_no_row() -> None:
    sheets = lay_out(table_of(120))
    assert len(sheets) == 3
    for sheet in sheets:
        assert written(sheet)[:3] == ["序号", "名称", "日期"]
    rows = [text for sheet in sheets for text in written(sheet) if text.startswith("第") and "家" in text]
    assert rows == [f"第{n}家书店" for n in range(120)]


def test_every_sheet_says_which_of_how_many_it_is() -> None:
    texts = extract_text(render(table_of(120)))
    assert [f"第 {n} 页 共 3 页" in text for n, text in enumerate(texts, 1)] == [True] * 3


def test_a_batch_numbers_the_sheets_of_each_paper_apart() -> None:
    paper = table_of(60).pages[0]
    batch = Document("批", (paper, paper), each_apart=True)
    assert [written(sheet)[-1] for sheet in lay_out(batch)] == ["第 1 页 共 2 页", "第 2 页 共 2 页"] * 2


def test_a_table_without_rows_says_so_under_its_heading() -> None:
    (sheet,) = lay_out(table_of(0))
    assert "（无）" in written(sheet)
    assert "名称" in written(sheet)


def test_a_row_taller_than_a_sheet_is_split_and_none_of_it_lost() -> None:
    long = "".join(map(chr, range(0x4E00, 0x4E00 + 6000)))
    sheets = lay_out(one(forms.pairs([Pair("备注", long, wide=True), Pair("后", "末", wide=True)])))
    assert len(sheets) > 2
    text = "".join("".join(written(sheet)[:-1]) for sheet in sheets)
    assert text.replace("备注", "", 1).removesuffix("后末") == long
    assert_inside(sheets)


def test_a_heading_is_not_left_alone_at_the_foot_of_a_sheet() -> None:
    sheets = lay_out(one(Paragraph("文"), Gap(240), Heading("标题"), Paragraph("正文")))
    assert [written(sheet)[0] for sheet in sheets] == ["文", "标题"]


def test_a_sheet_break_starts_a_new_sheet_and_a_rule_crosses_the_text_area() -> None:
    first, second = lay_out(one(Paragraph("甲"), Rule(), SheetBreak(), Paragraph("乙")))
    assert written(first)[0] == "甲"
    assert written(second)[0] == "乙"
    (rule,) = first.lines
    assert (rule.x2 - rule.x1) / MM == pytest.approx(178)


def test_an_official_page_holds_22_lines_of_28_characters() -> None:
    style = Style(size=OFFICIAL_BODY_SIZE, leading=OFFICIAL.pitch / OFFICIAL_BODY_SIZE)
    first, second = lay_out(Document("文", (Page((Paragraph("国" * 28 * 23, style),), layout=OFFICIAL),), footer=None))
    assert written(first) == ["国" * 28] * 22
    assert written(second) == ["国" * 28]


def test_a_justified_line_ends_at_the_edge_and_the_last_stays_ragged() -> None:
    text = "经营许可证登记信息，" * 12
    (sheet,) = lay_out(one(Paragraph(text, Style(align=Align.JUSTIFY))))
    *lines, last, _ = sheet.texts
    for line in lines:
        end = line.x + width(line.text, line.face) * line.size + line.spacing * (len(line.text) - 1)
        assert end == pytest.approx((210 - 16) * MM, abs=0.01)
    assert last.spacing == 0


def test_too_many_columns_for_the_paper_are_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"40 列.*“列0”"):
        lay_out(one(forms.table([Column(f"列{n}", 20) for n in range(40)], [])))


def test_a_row_of_the_wrong_length_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="1 cells in a table of 2"):
        forms.table([Column("甲", 10), Column("乙", 10)], [("1",)])


def test_a_long_value_is_set_smaller_until_it_fits_its_field() -> None:
    field = Field("单位名称", "青禾县图书音像制品综合经营部", 20, 40, 60, Style(size=16.0), min_size=8.0)
    style, lines = fit(field)
    assert lines == ("青禾县图书音像制品综合经营部",)
    assert 8.0 <= style.size < 16.0
    assert width(lines[0], style.face) * style.size <= 60 * MM
    assert fit(Field("名", "短", 20, 40, 60, Style(size=16.0), min_size=8.0))[0].size == 16.0


def test_a_value_too_long_for_its_smallest_size_is_refused_by_the_fields_name() -> None:
    field = Field("单位名称", "青" * 80, 20, 40, 60, Style(size=16.0), min_size=8.0)
    with pytest.raises(UserError, match=r"“单位名称”写不下.*约可写 21 字"):
        render(Document("名", (Page(marks=(field,)),)))


def test_a_field_over_the_edge_is_refused() -> None:
    with pytest.raises(UserError, match="“日期”超出纸张"):
        lay_out(Document("名", (Page(marks=(Field("日期", "2026", 190, 40, 60),)),)))


def test_a_footer_too_long_is_set_smaller_and_a_title_longer_than_the_paper_refused() -> None:
    footer = Footer(left="青禾县文化和旅游局行政审批专用登记信息页" * 3)
    assert_inside(lay_out(Document("脚", (Page((Paragraph("甲"),)),), footer=footer)))
    with pytest.raises(UserError, match="超出纸张下缘"):
        lay_out(one(forms.form("表", [forms.section("长" * 4000, Paragraph("甲"))]).blocks[1]))


@settings(max_examples=60)
@given(st.lists(HOSTILE, min_size=1, max_size=6), st.booleans())
def test_no_text_leaves_the_paper_whatever_is_in_it(values: list[str], wide: bool) -> None:
    entries = [Pair(f"栏{n}", value, wide) for n, value in enumerate(values)]
    columns = [Column("甲", 20), Column("乙", 20), Column("丙", 90, Align.RIGHT)]
    rows = [(value[:30], value[::-1], value) for value in values]
    parts = [forms.section("一", forms.pairs(entries)), forms.section("二", forms.table(columns, rows))]
    page = forms.form(values[0][:40], parts, office=values[-1][:40], number=values[0], date=values[-1], qr="甲")
    assert_inside(lay_out(forms.document("表", page, forms.roster(values[0], columns, rows))))


def test_the_characters_pdfium_finds_lie_inside_the_page() -> None:
    values = ["W" * 300, "。" * 100, "（注" * 60, "甲\n" * 30, "a-b/c." * 50]
    page = forms.form("表" * 60, [forms.section("一", forms.pairs([(f"栏{n}", v) for n, v in enumerate(values)]))])
    with opened(render(forms.document("表", page))) as file:
        for number in range(len(file)):
            sheet, text = file[number], file[number].get_textpage()
            across, height = sheet.get_size()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            assert boxes
            assert all(
                left >= 0 and right <= across and low >= 0 and high <= height for left, low, right, high in boxes
            )
