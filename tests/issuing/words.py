"""Word files as a bureau brings them, made in memory, and such as nobody should bring."""

import io
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed (apt-get install libreoffice-writer)"
)
VALUES = {
    "年度": "2026",
    "责任状编号": "HLFH-2026-0003",
    "甲方单位": "青禾县文化和旅游局",
    "乙方单位": "青禾山风景区管理有限公司",
    "责任区域": "景区林地\n及周边 100 米",
}
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "word/_rels/document.xml.rels"


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(*paragraphs: str, xml: Sequence[str] = ()) -> bytes:
    """A file of these paragraphs; `xml` are what stands in further ones, as WordprocessingML."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for inner in xml:
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'r', 'a', 'pic', 'wp')}>{inner}</w:p>"))
    return saved(document)


def pledge() -> bytes:
    """A pledge on A4 with placeholders in text, table, header and footer, one of them cut into runs."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height, section.footer_distance = Mm(210), Mm(297), Mm(17.5)
    document.add_heading("{{ 年度 }}年度护林防火责任状", 0)
    line = document.add_paragraph("编号：")
    for at, text in enumerate(("{", "{ 责任", "状编", "号 }", "} 止")):
        line.add_run(text).bold = at % 2 == 0
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "甲方", "{{ 甲方单位 }}"
    table.cell(1, 0).text, table.cell(1, 1).text = "乙方", "{{乙方单位}}"
    document.add_paragraph("责任区域：{{　责任区域　}}")
    for clause in "一二三四五六":
        document.add_paragraph(f"{clause}、乙方落实护林防火责任，防火期内严格管理火源，及时清除可燃物。" * 4)
    section.header.paragraphs[0].text = "{{ 甲方单位 }}"
    section.footer.paragraphs[0].text = "{{ 责任状编号 }}"
    return saved(document)


def responsibility(*more: str, margin: int = 36) -> bytes:
    """A pledge as a bureau would bring it: party B, every clause, room for the codes (margins in mm); `more` are further paragraphs."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(margin)
    for text in (
        "{{ 年度 }}年度消防安全责任状",
        "编号：{{ 责任状编号 }}　甲方：{{ 甲方 }}　乙方：{{ 乙方 }}",
        "一、责任目标。不发生火灾事故。",
        "二、责任内容。签订地点：{{ 签订地点 }}。",
        "三、考核。年底考核。",
        "四、期限。自{{ 期限起 }}至{{ 期限止 }}。",
        *more,
    ):
        document.add_paragraph(text)
    return saved(document)


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def changed(docx: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one part rewritten; an absent part is empty before."""
    parts = parts_of(docx)
    parts[part] = change(parts.get(part, b""))
    return rezipped(parts)


def linked(docx: bytes, kind: str, target: str, *, external: bool = True, key: str = "rId900") -> bytes:
    """The file with one more relationship of the text."""
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(docx, LINKS, lambda part: part.replace(b"</Relationships>", link.encode()))


def read_back(docx: bytes) -> str:
    """All text of a filled file, a line a paragraph: header, body, cells, footer."""
    document = Document(io.BytesIO(docx))
    section = document.sections[0]
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    blocks = [section.header, document, *cells, section.footer]
    return "\n".join(paragraph.text for block in blocks for paragraph in block.paragraphs)


def of_file(path: Path, docx: bytes) -> Path:
    path.write_bytes(docx)
    return path
