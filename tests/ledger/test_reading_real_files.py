"""Every real workbook at hand yields its rows, or a Chinese refusal that names the file and why."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from tests.shared_data import DATA, needs_shared
from wenlv_desk.ledger.reading import Cell, PasswordNeeded, PasswordWrong, Unreadable, find_table, read_workbook

pytestmark = needs_shared
EXCEL = DATA / "excel"
HEAD_COLUMNS = 30  # the expected files keep no more
REFUSED = {
    "closedxml__~$LoadPivotTables.xlsx": "临时锁文件",
    "openpyxl__null_file.xlsx": "0 字节",
    "poi__poc-xmlbomb.xlsx": "实体声明",
    "msoffcrypto__example_password.xlsx": "打开密码",
}
EXACT_OTHERWISE = {"sheetjs__fn.xlsx": "LibreOffice shows another error, calamine none; the file holds #VALUE!"}


def workbooks() -> list[Path]:
    return sorted(EXCEL.glob("*.xlsx")) if EXCEL.exists() else []


def shown(cell: Cell | str) -> str:
    """A cell as the expected files write it; they know no difference between 15 and 15.0."""
    if cell is None:
        return ""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return str(float(cell))
    return str(cell)


@pytest.mark.parametrize("path", workbooks(), ids=lambda path: path.name)
def test_every_workbook_reads_as_expected_or_is_refused_by_name(path: Path) -> None:
    if path.name in REFUSED:
        with pytest.raises(Unreadable, match=REFUSED[path.name]) as refused:
            read_workbook(path)
        assert path.name in refused.value.message
        return
    book = read_workbook(path)
    expected = json.loads((EXCEL / "expected" / f"{path.name}.json").read_text("utf-8"))["calamine 0.9.1"]
    by_name = {sheet.name: sheet for sheet in book.sheets}
    if "_error" in expected:
        return  # the program that wrote the file believed the extension; see the BIFF test below
    for name, told in expected.items():
        if told["type"] != "SheetTypeEnum.WorkSheet":
            continue
        sheet = by_name[name]
        head = [[shown(cell) for cell in row] for row in told["head"]]
        ours = [[shown(cell) for cell in row[:HEAD_COLUMNS]] for row in sheet.rows[: len(head)]]
        if path.name in EXACT_OTHERWISE:
            ours = [["" if cell == "#VALUE!" else cell for cell in row] for row in ours]
        assert ours == head
        assert len(sheet.rows) == told["rows"]


@pytest.mark.parametrize("path", [path for path in workbooks() if path.name not in REFUSED], ids=lambda path: path.name)
def test_first_sheets_have_the_lines_libreoffice_counts(path: Path) -> None:
    told = json.loads((EXCEL / "expected" / f"{path.name}.json").read_text("utf-8"))["LibreOffice 7.4.7 first sheet"]
    if not isinstance(told, dict):
        pytest.skip("LibreOffice refused the file")
    sheet = read_workbook(path).sheets[0]
    assert sheet.first_line + len(sheet.rows) - 1 == told["rows"]


def test_a_biff_file_named_xlsx_reads_at_its_true_lines() -> None:
    book = read_workbook(EXCEL / "roo__type_excel.xlsx")
    assert book.format == "xls"
    assert any("与扩展名" in note for note in book.notes)
    lines = dict(book.sheets[0].numbered())
    assert lines[3][0] == "Date"
    assert lines[4] == (date(2007, 5, 7), 9.25, 10.25, 0, 1, "Task 1")


def test_the_password_opens_and_a_wrong_one_says_so() -> None:
    path = EXCEL / "msoffcrypto__example_password.xlsx"
    with pytest.raises(PasswordNeeded):
        read_workbook(path)
    with pytest.raises(PasswordWrong, match="密码不正确"):
        read_workbook(path, password="1234")
    assert any(sheet.rows for sheet in read_workbook(path, password="Password1234_").sheets)


def test_an_error_in_a_cell_is_told_and_not_dropped() -> None:
    assert read_workbook(EXCEL / "sheetjs__fn.xlsx").sheets[0].rows[2][2] == "#VALUE!"


def test_the_same_rows_from_xml_and_from_xlsx_are_equal() -> None:
    folder = DATA / "gov_templates"
    xml = read_workbook(folder / "spreadsheetml2003_named_xlsx_5rows.xlsx")
    real = read_workbook(folder / "same_5rows_real_xlsx.xlsx")
    assert (xml.format, real.format) == ("xml2003", "xlsx")
    assert xml.sheets[0].rows[1:] == real.sheets[0].rows[1:]
    assert len(xml.sheets[0].rows) == 6


@pytest.mark.parametrize(
    "path",
    [
        *(sorted(DATA.glob("gov_templates/*")) if DATA.exists() else []),
        *(sorted(DATA.glob("forms_double_random/*")) if DATA.exists() else []),
    ],
    ids=lambda path: path.name,
)
def test_government_files_open_and_show_their_headings(path: Path) -> None:
    table = find_table(read_workbook(path).sheets[0])
    assert {"企业名称", "检查内容"} & set(table.headings)


def test_a_title_and_a_note_above_the_heading_are_reported() -> None:
    table = find_table(read_workbook(DATA / "forms_double_random" / "A01.xls").sheets[0])
    assert table.heading_lines == (4,)
    assert [line for line, reason in table.skipped if reason.startswith("表头以上")] == [1, 2, 3]


def spectrum() -> list[Path]:
    return sorted((DATA / "csv" / "csv-spectrum" / "csvs").glob("*.csv")) if DATA.exists() else []


@pytest.mark.parametrize("path", spectrum(), ids=lambda path: path.stem)
def test_csv_spectrum_reads_as_its_json_says(path: Path) -> None:
    heading, *rows = read_workbook(path).sheets[0].rows
    ours = [dict(zip(heading, (cell or "" for cell in row), strict=True)) for row in rows]
    told = json.loads((path.parents[1] / "json" / f"{path.stem}.json").read_text("utf-8"))
    # The copies of the CRLF files at hand have lost their carriage returns; the JSON still has them.
    assert ours == [{key: value.replace("\r\n", "\n") for key, value in row.items()} for row in told]


def test_csv_in_gb2312_and_in_utf8_without_mark_are_chinese() -> None:
    assert read_workbook(DATA / "csv" / "miniexcel__gb2312_Encoding_Read_Test.csv").sheets[0].rows == (
        ("栏位1",),
        ("世界你好",),
    )
    assert read_workbook(DATA / "csv" / "easyexcel__no_bom.csv").sheets[0].rows[0] == ("姓名", "年纪")


def test_the_sample_of_600_firms_loses_no_row_and_no_cell() -> None:
    path = DATA / "enterprises" / "culture_market_sample_600.csv"
    table = find_table(read_workbook(path).sheets[0])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        heading, *rows = csv.reader(stream)
    assert table.headings == tuple(heading)
    assert [[cell or "" for cell in row.cells] for row in table.rows] == rows
    assert table.skipped == ()


def test_chinese_date_formats_are_dates() -> None:
    sheet = read_workbook(EXCEL / "easyexcel__dataformat.xlsx").sheets[0]
    assert {type(row[0]).__name__ for row in sheet.rows[1:]} == {"datetime"}
