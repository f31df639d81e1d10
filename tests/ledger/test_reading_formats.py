"""Cells come in as they stand in the file, whatever the format, the encoding and the name."""

import struct
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.reading_samples import xlsx, xlsx_of_xml, xml2003
from wenlv_desk.ledger.reading import Merge, Unreadable, Workbook, read_workbook
from wenlv_desk.ledger.reading.biff import errors_in

HEADING = ("企业名称", "统一社会信用代码", "有效期至")


def saved(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def only_rows(book: Workbook) -> list[tuple[object, ...]]:
    (sheet,) = book.sheets
    return list(sheet.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "，"])
def test_csv_opens_in_any_encoding_and_with_any_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [HEADING, ("某某县新华书店", "91330100704665967J", "2027年1月1日"), ("城关镇 网吧", "", "长期")]
    path = saved(tmp_path / "台账.csv", "\r\n".join(separator.join(line) for line in lines), encoding)
    assert only_rows(read_workbook(path)) == [HEADING, lines[1], ("城关镇 网吧", None, "长期")]


def test_csv_in_gb18030_follows_the_edition_of_2022(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", "名称,字\n甲,".encode("gbk") + bytes.fromhex("FE59"))
    assert only_rows(read_workbook(path))[1] == ("甲", "\u9fb4")


def test_csv_lines_count_records_as_excel_does(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", '标题\n\n名称,地址\n"甲\n乙","路 1 号"\n丙,路 2 号\n')
    (sheet,) = read_workbook(path).sheets
    assert dict(sheet.numbered())[4] == ("甲\n乙", "路 1 号")
    assert dict(sheet.numbered())[5] == ("丙", "路 2 号")


def test_csv_says_which_separator_it_uses(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", "sep=;\r\n名称;地址\r\n甲,乙;丙\r\n")
    assert only_rows(read_workbook(path)) == [("名称", "地址"), ("甲,乙", "丙")]


def test_csv_text_formula_is_read_as_its_text_with_a_note(tmp_path: Path) -> None:
    book = read_workbook(saved(tmp_path / "a.csv", '名称,证号\n甲,="0123"\n'))
    assert only_rows(book)[1] == ("甲", "0123")
    assert "文本公式" in book.notes[0]


def test_a_single_column_with_commas_in_few_cells_stays_one_column(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.txt", "名称\n" + "某店\n" * 8 + "甲,乙\n")
    assert {len(row) for row in only_rows(read_workbook(path))} == {1}


def test_csv_with_an_open_quote_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="引号不成对"):
        read_workbook(saved(tmp_path / "a.csv", '名称,地址\n甲,"乙\n丙,丁\n'))


@pytest.mark.parametrize("name", ["台账.et", "台账.xlsm", "台账.xls", "台账.csv", "台账"])
def test_a_workbook_opens_under_any_name(tmp_path: Path, name: str) -> None:
    made = xlsx(tmp_path / "made.xlsx", [HEADING, ("甲", "乙", date(2027, 1, 1))])
    book = read_workbook(made.rename(tmp_path / name))
    assert book.format == "xlsx"
    assert only_rows(book)[1] == ("甲", "乙", date(2027, 1, 1))


def test_a_workbook_with_macros_is_xlsm(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsm", [HEADING])
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\x00")
    book = read_workbook(path)
    assert (book.format, only_rows(book)) == ("xlsm", [HEADING])


@pytest.mark.parametrize("since_1904", [False, True])
def test_dates_moments_times_and_durations_keep_their_kind(tmp_path: Path, since_1904: bool) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": since_1904})
    sheet = book.add_worksheet()
    cells = {
        "yyyy-mm-dd": date(2027, 2, 28),
        'yyyy"年"m"月"d"日";@': date(2000, 2, 29),
        "yyyy-mm-dd hh:mm": datetime(2027, 2, 28, 17, 30),
        "h:mm": time(8, 30),
        "[h]:mm": timedelta(hours=36, minutes=5),
    }
    for line, (code, value) in enumerate(cells.items()):
        sheet.write_datetime(line, 0, value, book.add_format({"num_format": code}))
    book.close()
    assert [row[0] for row in only_rows(read_workbook(path))] == list(cells.values())


def test_whole_numbers_are_ints_and_fractions_stay(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [("数", "值"), (15.0, 1.5), (True, -3)])
    assert only_rows(read_workbook(path))[1:] == [(15, 1.5), (True, -3)]
    assert [type(cell) for row in only_rows(read_workbook(path))[1:] for cell in row] == [int, float, bool, int]


def test_long_numbers_keep_every_digit_that_the_file_holds(tmp_path: Path) -> None:
    cells = ("330100197001011234", "-1234567890123456", "3.3010019700101E+17", "913301007046659")
    data = "".join(f'<row r="{n}"><c r="A{n}"><v>{cell}</v></c></row>' for n, cell in enumerate(cells, 1))
    data += '<row r="5"><c r="A5" t="n"><v>910000000000000019</v></c><c r="B5" t="str"><f>A1</f><v>12345678901234567</v></c></row>'
    *rows, last = only_rows(read_workbook(xlsx_of_xml(tmp_path / "a.xlsx", data)))
    assert last == (910000000000000019, "12345678901234567")
    assert [row[0] for row in rows] == [330100197001011234, -1234567890123456, 330100197001010000, 913301007046659]


def test_errors_show_and_formulas_without_result_are_noted(tmp_path: Path) -> None:
    data = (
        '<row r="3"><c r="B3" t="e"><f>NA()</f><v>#N/A</v></c><c r="C3"><f>1+1</f></c>'
        '<c r="D3" t="inlineStr"><is><t>甲</t></is></c></row>'
    )
    book = read_workbook(xlsx_of_xml(tmp_path / "a.xlsx", data))
    assert (book.sheets[0].first_line, book.sheets[0].first_column) == (3, 2)
    assert only_rows(book) == [("#N/A", None, "甲")]
    assert "1 个公式没有保存计算结果（如 C3）" in book.notes[0]


def test_errors_in_an_old_workbook_are_found_in_its_records() -> None:
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    name = "台账".encode("utf-16-le")
    globals_size = 4 + 8 + len(name) + 4
    bound = record(0x0085, struct.pack("<IHBB", globals_size, 0, 2, 1) + name)
    cells = (
        record(0x0205, struct.pack("<HHHBB", 2, 1, 0, 0x2A, 1))  # an error value
        + record(0x0205, struct.pack("<HHHBB", 3, 1, 0, 1, 0))  # TRUE is none
        + record(0x0006, struct.pack("<HHH", 4, 0, 0) + b"\x02\0\x07\0\0\0\xff\xff" + bytes(6))  # a formula's error
        + record(0x0006, struct.pack("<HHH", 5, 0, 0) + struct.pack("<d", 1.5) + bytes(6))
    )
    stream = bound + record(0x000A, b"") + cells + record(0x000A, b"")
    assert errors_in(stream) == {"台账": {(3, 2): "#N/A", (5, 1): "#DIV/0!"}}


def test_an_opendocument_sheet_opens(tmp_path: Path) -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="台账"><table:table-row><table:table-cell office:value-type="string"><text:p>甲</text:p>'
        '</table:table-cell><table:table-cell office:value-type="date" office:date-value="2027-01-01"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    book = read_workbook(path)
    assert (book.format, only_rows(book)) == ("ods", [("甲", date(2027, 1, 1))])


def test_lines_and_columns_are_those_of_excel_when_the_table_begins_far_in(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("空")
    sheet = book.add_worksheet("台账")
    sheet.merge_range(9, 2, 9, 4, "标题")
    sheet.write(1_048_575, 3, "末行")
    hidden = book.add_worksheet("旧")
    hidden.hide()
    book.close()
    empty, ledger, old = read_workbook(path).sheets
    assert (empty.rows, old.rows, old.visible, ledger.visible) == ((), (), False, True)
    assert (ledger.first_line, ledger.first_column) == (10, 3)
    assert ledger.merged == (Merge(10, 3, 10, 5),)
    assert dict(ledger.numbered())[1_048_576] == (None, "末行")


def test_xml_spreadsheet_keeps_places_kinds_and_merges(tmp_path: Path) -> None:
    rows = (
        '<Row ss:Index="3"><Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">标<B>题</B></Data></Cell>'
        '<Cell><Data ss:Type="Number">330100197001011234</Data></Cell></Row>'
        '<Row><Cell ss:Index="2"><Data ss:Type="DateTime">2027-01-01T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Number">1.5E1</Data><Comment><ss:Data>批注</ss:Data></Comment></Cell>'
        '<Cell><Data ss:Type="DateTime">1899-12-31T08:30:00.000</Data></Cell></Row>'
    )
    hidden = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"
    book = read_workbook(saved(tmp_path / "a.xls", xml2003(rows, worksheet=hidden)))
    (sheet,) = book.sheets
    assert (sheet.first_line, sheet.first_column, sheet.visible) == (3, 2, False)
    assert sheet.merged == (Merge(3, 2, 3, 3),)
    assert sheet.rows == (("标题", None, 330100197001011234), (date(2027, 1, 1), 15, time(8, 30)))


def test_xml_spreadsheet_in_gbk_is_chinese(tmp_path: Path) -> None:
    text = xml2003('<Row><Cell><Data ss:Type="String">文旅台账</Data></Cell></Row>')
    path = saved(tmp_path / "a.xml", text.replace("1.0", '1.0" encoding="GBK'), "gbk")
    assert only_rows(read_workbook(path)) == [("文旅台账",)]


def test_a_web_page_named_xls_gives_its_tables(tmp_path: Path) -> None:
    page = (
        '<html><meta charset="gb2312"><style>td{color:red}</style><table><tr><th rowspan=2>名称<th colspan=2>负责人'
        "<tr><th>姓名</th><th>电话</th></tr><tr><td> 甲&amp;乙 <td>张<br>三<td>0571</table></html>"
    )
    book = read_workbook(saved(tmp_path / "a.xls", page, "gbk"))
    (sheet,) = book.sheets
    assert book.format == "html"
    assert sheet.rows == (("名称", "负责人", None), (None, "姓名", "电话"), ("甲&乙", "张\n三", "0571"))
    assert sheet.merged == (Merge(1, 1, 2, 1), Merge(1, 2, 1, 3))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))
HOSTILE = st.sampled_from(
    ["=1+1", "@SUM(A1)", "+86", "-1", "\t甲", "'0123", "_x0041_", "<a>&amp;", "𬭎䶮", "1E5", " 前后 "]
)
CELLS = st.one_of(
    TEXT.filter(bool),
    HOSTILE,
    st.integers(-(10**15), 10**15),
    st.dates(date(1901, 1, 1), date(9999, 12, 31)),
    st.none(),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12))
def test_what_xlsxwriter_wrote_is_what_is_read(tmp_path: Path, rows: list[list[object]]) -> None:
    anchored = [["角", "列", "末"], *rows, ["角", "列", "末"]]
    read = only_rows(read_workbook(xlsx(tmp_path / "a.xlsx", anchored)))
    assert read == [tuple(row) for row in anchored]


def test_the_reading_process_loads_neither_database_nor_window() -> None:
    code = (
        "import sys; from wenlv_desk.ledger.reading import child, formats, spreadsheet; "
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'sqlalchemy', 'PySide6', 'openpyxl'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
