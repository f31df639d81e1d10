"""A bureau's own Word file: what it asks for is found, unknown names are refused with the likeliest meant, and it is filled as it stands."""

import io
import random
import re

import pytest
from docx import Document

from tests.issuing.words import LINKS, VALUES, changed, of_file, parts_of, pledge, read_back, rezipped, word
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.word import check_word, fill_word, placeholders_of


def refused(docx: bytes, known: object = VALUES) -> str:
    with pytest.raises(UserError) as error:
        check_word(docx, known)
    return error.value.message


def test_placeholders_are_found_wherever_they_stand_and_however_word_cut_them() -> None:
    assert placeholders_of(pledge()) == ("年度", "责任状编号", "甲方单位", "乙方单位", "责任区域")


def test_a_placeholder_in_a_text_box_is_found_and_filled() -> None:
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:99pt;height:30pt"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>{{ 甲方</w:t></w:r><w:r><w:t>单位 }}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r><w:r><w:t>外 {{ 年度 }}</w:t></w:r>"
    )
    docx = word(xml=[box])
    assert placeholders_of(docx) == ("甲方单位", "年度")
    text = parts_of(fill_word(docx, VALUES))["word/document.xml"].decode()
    assert "青禾县文化和旅游局" in text
    assert "外 2026" in text


def test_a_good_file_passes_from_disk_and_from_memory(tmp_path) -> None:
    check_word(pledge(), VALUES)
    check_word(of_file(tmp_path / "范本.docx", pledge()), VALUES)


def test_everything_is_filled_and_the_rest_left_alone() -> None:
    text = read_back(fill_word(pledge(), VALUES))
    assert text.startswith(
        "青禾县文化和旅游局\n2026年度护林防火责任状\n编号：HLFH-2026-0003 止\n责任区域：景区林地\n及周边 100 米\n一、"
    )
    assert text.endswith("青禾山风景区管理有限公司\nHLFH-2026-0003")
    assert "{{" not in text


def test_a_line_end_becomes_a_line_break_in_the_same_paragraph() -> None:
    filled = fill_word(word("区域：{{ 责任区域 }}。"), {"责任区域": "甲\r\n乙\n丙"})
    (paragraph,) = Document(io.BytesIO(filled)).paragraphs
    assert paragraph.text == "区域：甲\n乙\n丙。"
    assert parts_of(filled)["word/document.xml"].count(b"<w:br/>") == 2


@pytest.mark.parametrize(
    "value", ["<w:t>&amp;", "{{ 年度 }}", "{_{ x }_} {% if %} {#", "䶮㛃𬱖𠮷·", "  前后  ", '"“引”‘号’']
)
def test_a_value_is_printed_as_it_stands_and_never_read(value: str) -> None:
    assert read_back(fill_word(word("值[{{ 甲 }}]"), {"甲": value})) == f"\n值[{value}]\n"


def test_the_look_of_a_placeholder_is_that_of_its_first_character() -> None:
    document = Document(io.BytesIO(fill_word(pledge(), VALUES)))
    runs = [(run.text, bool(run.bold)) for run in document.paragraphs[1].runs if run.text]
    assert runs == [("编号：", False), ("HLFH-2026-0003", True), (" 止", True)]


def test_what_stands_inside_a_cut_placeholder_is_not_lost() -> None:
    docx = word(xml=["<w:r><w:t>{{ 甲方</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>单位 }}尾</w:t></w:r>"])
    assert read_back(fill_word(docx, VALUES)) == "\n青禾县文化和旅游局\t尾\n"


def test_tables_of_odd_columns_keep_them() -> None:
    document = Document()
    table = document.add_table(1, 3)
    table._tbl.tr_lst[0].remove(table._tbl.tr_lst[0].tc_lst[-1])
    table.cell(0, 0).text = "{{ 年度 }}"
    out = io.BytesIO()
    document.save(out)
    assert parts_of(fill_word(out.getvalue(), VALUES))["word/document.xml"].count(b"<w:gridCol") == 3


def test_a_line_end_inside_the_text_of_the_file_stays_the_blank_that_word_shows() -> None:
    docx = word(xml=["<w:r><w:t>上\n下 {{ 年度 }}</w:t></w:r>"])
    assert read_back(fill_word(docx, VALUES)) == "\n上 下 2026\n"


def test_a_placeholder_without_a_value_is_named() -> None:
    with pytest.raises(UserError, match="占位“乙方单位”、“责任区域”没有内容"):
        fill_word(pledge(), VALUES | {"乙方单位": " ", "责任区域": ""})
    with pytest.raises(UserError, match="占位“年度”没有内容"):
        fill_word(word("{{ 年度 }}"), {})


@pytest.mark.parametrize("odd", ["\x00", "\x0b", "\x0c", "\x07", "\ud800", "\uffff"])
def test_a_character_no_document_can_hold_is_named(odd: str) -> None:
    with pytest.raises(UserError, match=rf"“甲”的内容里有不可见的控制字符（U\+{ord(odd):04X}）"):
        fill_word(word("{{ 甲 }}"), {"甲": f"字{odd}字"})


def test_an_unknown_placeholder_is_named_with_the_likeliest_meant() -> None:
    message = refused(word("{{ 责任状编码 }}与{{ 天气 }}"))
    assert "{{ 责任状编码 }}（是不是 {{ 责任状编号 }}？）、{{ 天气 }}。可用：年度、责任状编号" in message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ 年度 + 1 }}", "占位里只能写名称"),
        ("{{ 年度.__class__ }}", "占位里只能写名称"),
        ("{{ 年度() }}", "占位里只能写名称"),
        ("{{ 年度|safe }}", "占位里只能写名称"),
        ("{{ 年度[0] }}", "占位里只能写名称"),
        ("{{r 年度 }}", "占位里只能写名称"),
        ("{{- 年度 -}}", "占位里只能写名称"),
        ("{{ '字' }}", "占位里只能写名称"),
        ("{{ 7 }}", "占位里只能写名称"),
        ("{{ 年·度 }}", "占位里只能写名称"),
        ("{{ 年 度 }}", "占位里只能写名称"),
        ("{{ }}", "大括号里是空的"),
        ("{% for x in y %}", r"不能写 \{% %\} 语句"),
        ("{# 注 #}", r"不能写 \{% %\} 语句"),
        ("{%p if 年度 %}", r"不能写 \{% %\} 语句"),
        ("本状共 {{ 年度 页", "大括号没有成对"),
        ("本状 年度 }} 页", "大括号没有成对"),
        ("{{ 年度 和 {{ 年度 }}", "没有成对"),
        ("{年度}", "只有一层"),
        ("{ {年度} }", "只有一层"),
        ("{{{ 年度 }}}", "没有成对"),
        ("｛｛ 年度 ｝｝", "大括号是全角的"),
    ],
)
def test_anything_but_a_plain_name_in_braces_is_refused_saying_where(text: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason) as error:
        placeholders_of(word("第一段", f"前文{text}后文"))
    assert "正文“前文" in error.value.message


def test_a_placeholder_cut_by_the_end_of_a_paragraph_is_refused() -> None:
    with pytest.raises(UserError, match=r"正文“编号：\{\{ 责任”：大括号没有成对"):
        placeholders_of(word("编号：{{ 责任", "状编号 }}"))


@pytest.mark.parametrize(
    ("part", "where"),
    [("word/endnotes.xml", "尾注"), ("word/charts/chart1.xml", "图表"), ("word/diagrams/data1.xml", "SmartArt")],
)
def test_a_placeholder_out_of_reach_is_refused(part: str, where: str) -> None:
    docx = changed(word("{{ 年度 }}"), part, lambda _: "<x><y>{{ 年度 }}</y></x>".encode())
    with pytest.raises(UserError, match=f"写在{where}.*程序填不到"):
        placeholders_of(docx)


def test_a_placeholder_in_the_description_of_a_picture_is_refused() -> None:
    docx = word(
        xml=['<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="{{ 年度 }}"/></wp:inline></w:drawing></w:r>']
    )
    with pytest.raises(UserError, match="写在图片说明、公式或域里"):
        placeholders_of(docx)


def test_a_title_that_word_took_from_the_first_line_does_no_harm() -> None:
    document = Document(io.BytesIO(pledge()))
    document.core_properties.title = "{{ 年度.__class__ }}{% for %}"
    out = io.BytesIO()
    document.save(out)
    check_word(out.getvalue(), VALUES)


def test_changes_not_accepted_are_refused() -> None:
    docx = word(
        xml=['<w:del w:id="1" w:author="张"><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>新</w:t></w:r>']
    )
    with pytest.raises(UserError, match="还有没处理的修订"):
        placeholders_of(docx)


def field(code: str) -> str:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return begin + "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (code[:3], code[3:])) + end


@pytest.mark.parametrize(
    "code",
    [" INCLUDETEXT &quot;/etc/passwd&quot;", "DDEAUTO c:\\\\cmd", "LINK Excel.Sheet", "DATE \\@ yyyy", "MACROBUTTON x"],
)
def test_a_field_that_looks_elsewhere_is_refused(code: str) -> None:
    with pytest.raises(UserError, match="里面有域“"):
        placeholders_of(word(xml=[field(code)]))
    with pytest.raises(UserError, match="里面有域“"):
        placeholders_of(word(xml=[f'<w:fldSimple w:instr="{code}"/>']))
    with pytest.raises(UserError, match="里面有域“"):
        placeholders_of(word(xml=[field(code).removesuffix('<w:r><w:fldChar w:fldCharType="end"/></w:r>')]))


def test_a_field_of_mail_merge_is_answered_with_the_placeholder_to_write() -> None:
    with pytest.raises(UserError, match=r"邮件合并的域“单位名称”。请删去它，改写成占位 \{\{ 单位名称 \}\}"):
        placeholders_of(word(xml=[field(' MERGEFIELD "单位名称" \\* MERGEFORMAT')]))


def test_page_numbers_and_links_within_the_file_are_welcome() -> None:
    check_word(word("{{ 年度 }}", xml=[field(" PAGE \\* Arabic"), field("NUMPAGES"), field("= 1 + 2")]), VALUES)


def test_a_control_bound_to_a_property_of_the_file_is_refused() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{1}"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>{{ 年度 }}</w:t></w:r></w:sdtContent></w:sdt>"
    )
    with pytest.raises(UserError, match="内容控件"):
        placeholders_of(word(xml=[control]))


def answered(docx: bytes) -> bool:
    """Whether the file is taken, or refused in words: anything else is raised."""
    try:
        check_word(docx, VALUES)
    except UserError as error:
        return "Word 范本" in error.message
    return True


def test_damage_anywhere_is_a_sentence_and_never_a_traceback() -> None:
    whole, chance = pledge(), random.Random(5)
    for _ in range(150):
        spoilt = bytearray(whole)
        for _ in range(chance.choice((1, 3, 40))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        assert answered(bytes(spoilt[: chance.choice((len(spoilt), chance.randrange(len(spoilt))))]))


@pytest.mark.parametrize(
    "name", ["[Content_Types].xml", "_rels/.rels", LINKS, "word/document.xml", "word/header1.xml", "word/styles.xml"]
)
def test_a_part_left_out_or_spoilt_is_a_sentence_and_never_a_traceback(name: str) -> None:
    parts = parts_of(pledge())
    spoilt = [
        parts[name][:-9],
        b"",
        b"<a/>",
        parts[name].replace(b'="', b'="x'),
        re.sub(rb' \w+="[^"]*"', b"", parts[name]),
    ]
    assert answered(rezipped({other: part for other, part in parts.items() if other != name}))
    assert all(answered(rezipped(parts | {name: one})) for one in spoilt)
