"""The table is found among titles, notes, merged headings and tails, and every line with content is accounted for."""

import pytest

from wenlv_desk.core.errors import UserError
from wenlv_desk.ledger.reading import (
    Cell,
    Merge,
    Sheet,
    Table,
    find_table,
    normalise_heading,
    preview,
    samples,
)

FIRM = ("某某县新华书店", "91330100704665967J", "0571-1")


def sheet(*rows: tuple[Cell, ...], first_line: int = 1, merged: tuple[Merge, ...] = ()) -> Sheet:
    width = max(map(len, rows))
    return Sheet("台账", True, tuple((*row, *(None,) * (width - len(row))) for row in rows), first_line, 1, merged)


def cells(table: Table) -> list[tuple[Cell, ...]]:
    return [row.cells for row in table.rows]


def test_titles_and_notes_above_the_heading_are_reported_with_their_lines() -> None:
    table = find_table(
        sheet(
            ("某某县出版物经营单位台账",),
            ("填报单位：某某县文化和旅游局", None, None, "填表日期：2026年11月"),
            ("序号", "企业名称", "统一社会信用代码", "联系电话"),
            (1, *FIRM),
            first_line=4,
        )
    )
    assert table.heading_lines == (6,)
    assert [(row.line, row.cells) for row in table.rows] == [(7, (1, *FIRM))]
    assert [line for line, _ in table.skipped] == [4, 5]
    assert "某某县出版物经营单位台账" in table.skipped[0][1]


def test_merged_headings_of_two_rows_are_joined() -> None:
    table = find_table(
        sheet(
            ("台账",),
            ("序号", "企业名称", "负责人", None, "地　址"),
            (None, None, "姓 名", "联系\n电话", None),
            (1, "甲书店", "张三", "0571", "城关镇"),
            merged=(Merge(1, 1, 1, 5), *(Merge(2, column, 3, column) for column in (1, 2, 5)), Merge(2, 3, 2, 4)),
        )
    )
    assert table.headings == ("序号", "企业名称", "负责人/姓名", "负责人/联系电话", "地址")
    assert table.heading_lines == (2, 3)
    assert len(table.rows) == 1


def test_two_heading_rows_without_merged_cells_are_joined_too() -> None:
    table = find_table(
        sheet(
            ("序号", "企业名称", "负责人", None, "地址"),
            (None, None, "姓名", "电话", None),
            (1, "甲书店", "张三", "0571", "城关镇"),
        )
    )
    assert table.headings == ("序号", "企业名称", "负责人/姓名", "负责人/电话", "地址")


def test_a_group_row_merged_across_only_is_part_of_the_heading() -> None:
    table = find_table(
        sheet(
            ("单位信息", None, "负责人", None),
            ("名称", "地址", "姓名", "电话"),
            ("甲书店", "城关镇", "张三", "0571"),
            merged=(Merge(1, 1, 1, 2), Merge(1, 3, 1, 4)),
        )
    )
    assert table.headings == ("单位信息/名称", "单位信息/地址", "负责人/姓名", "负责人/电话")


def test_a_heading_merged_over_columns_of_which_one_is_filled_is_one_column() -> None:
    table = find_table(
        sheet(("名称", "地址", None, "电话"), ("甲", "路", None, "1"), merged=(Merge(1, 2, 1, 3), Merge(2, 2, 2, 3)))
    )
    assert (table.headings, table.columns) == (("名称", "地址", "电话"), (1, 2, 4))
    assert cells(table) == [("甲", "路", "1")]


def test_numbered_empty_rows_below_are_dropped_but_counted() -> None:
    table = find_table(sheet(("序号", "企业名称", "代码", "电话"), (1, *FIRM), (2,), ("3",), (None,)))
    assert len(table.rows) == 1
    assert table.skipped == ((3, "只有序号，没有内容"), (4, "只有序号，没有内容"))


def test_totals_and_closing_notes_are_reported_and_firms_named_like_them_are_kept() -> None:
    table = find_table(
        sheet(
            ("序号", "企业名称", "代码", "电话"),
            (1, *FIRM),
            (2, "合计书店", "91330100609167206N", "0571-2"),
            ("合计", 2),
            ("填表人：张三", None, "审核人：李四"),
            ("注：空白表示长期有效。",),
        )
    )
    assert [row.line for row in table.rows] == [2, 3]
    assert [(line, reason.split("：")[0]) for line, reason in table.skipped] == [
        (4, "合计行"),
        (5, "表尾说明"),
        (6, "表尾说明"),
    ]


def test_a_heading_repeated_on_every_printed_page_is_no_data() -> None:
    heading = ("序号", "企业名称", "代码", "电话")
    table = find_table(sheet(heading, (1, *FIRM), heading, (2, *FIRM)))
    assert [row.line for row in table.rows] == [2, 4]
    assert table.skipped == ((3, "重复的表头"),)


def test_a_row_merged_across_the_table_is_a_section_title() -> None:
    table = find_table(
        sheet(("序号", "企业名称", "代码", "电话"), ("一、图书类",), (1, *FIRM), merged=(Merge(2, 1, 2, 4),))
    )
    assert table.skipped == ((2, "跨列合并的说明或分组标题：一、图书类"),)


def test_a_cell_merged_over_several_rows_counts_for_each_and_a_note_says_so() -> None:
    table = find_table(
        sheet(("乡镇", "企业名称", "电话"), ("城关镇", "甲", "1"), (None, "乙", "2"), merged=(Merge(2, 1, 3, 1),))
    )
    assert cells(table) == [("城关镇", "甲", "1"), ("城关镇", "乙", "2")]
    assert "第 2—3 行" in table.notes[0]


def test_a_column_without_heading_is_named_by_its_letter_and_an_empty_one_is_left_out() -> None:
    table = find_table(sheet(("名称", "地址", None, None, "电话"), ("甲", "路", None, "又", "1")))
    assert table.headings == ("名称", "地址", "（D 列）", "电话")
    assert table.columns == (1, 2, 4, 5)


def test_known_labels_outweigh_rows_that_look_alike() -> None:
    rows = (("出版物", "发行", "汇总", "全县"), ("机构", "代码", "电话"), ("甲", "乙", "丙"))
    assert find_table(sheet(*rows)).heading_lines == (1,)
    known = {normalise_heading(text) for text in rows[1]}
    assert find_table(sheet(*rows), known=known).heading_lines == (2,)


def test_data_of_plain_text_is_not_taken_for_the_heading() -> None:
    table = find_table(
        sheet(("名称", "地址", None, "类别"), ("甲书店", "城关镇", "说明", "图书"), ("乙", "丙", "丁", "戊"))
    )
    assert table.heading_lines == (1,)


@pytest.mark.parametrize("rows", [((1, 2), (3, 4)), (("91330100704665967J", "2026-01-01"),)])
def test_a_sheet_without_heading_is_refused_by_name(rows: tuple[tuple[Cell, ...], ...]) -> None:
    with pytest.raises(UserError, match="“台账”里没有找到表头"):
        find_table(sheet(*rows))


def test_headings_compare_without_width_case_marks_and_blanks() -> None:
    assert normalise_heading("＊许可证 编号（必填）：") == normalise_heading("许可证编号必填")
    assert normalise_heading("ＮＯ．") == "no"


def test_preview_and_samples_show_the_first_values() -> None:
    table = find_table(sheet(("名称", "类别"), ("甲", "图书"), ("乙", "图书"), ("丙", None), ("丁", "音像")))
    assert [row.line for row in preview(table, 2)] == [2, 3]
    assert samples(table, 2) == (("甲", "乙"), ("图书", "音像"))
