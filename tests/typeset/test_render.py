"""What is printed can be read back, is the same every time, and shows every character."""

import csv
import io
import os
import re
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.shared_data import DATA, needs_shared
from tests.typeset.papers import needs_poppler, pdftotext, squares
from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.fonts import Face, pdf_font
from wenlv_desk.typeset.page import Document, Footer, Image, Page, Pair, Paragraph, Style
from wenlv_desk.typeset.preview import page_images
from wenlv_desk.typeset.render import Missing, missing_glyphs, proof, render
from wenlv_desk.typeset.verify import extract_text, opened

RARE = "䶮㛃𬱖𠮷𬭎"
LACKING = "\U0010fffd"
SIDE = 10.0  # mm of a square
DPI = 127  # a millimetre is five pixels


def outside_gbk() -> str:
    with (DATA / "strings" / "tgscc8105_outside_gbk.csv").open(encoding="utf-8-sig", newline="") as file:
        return "".join(row["char"] for row in csv.DictReader(file))


def square_bitmaps(document: Document, count: int, across: int = 17) -> list[bytes]:
    """The grey pixels of each square, as drawn by pdfium."""
    image = page_images(render(document), DPI)[0]
    grey = memoryview(image.data)[::4]
    found = []
    for at in range(count):
        left, top = int((15 + at % across * SIDE) * 5), int((15 + at // across * SIDE) * 5) + 8
        rows = [bytes(grey[(top + y) * image.width + left : (top + y) * image.width + left + 45]) for y in range(45)]
        found.append(b"".join(rows))
    return found


def drawn_bare(family: str, character: str) -> bytes:
    """The first square with a character drawn by reportlab alone."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595.2756, 841.8898), initialFontName=pdf_font(family).fontName)
    canvas.setFont(family, 20)
    canvas.drawString(15 * 72 / 25.4, 841.8898 - 25 * 72 / 25.4 + 20 * 0.12, character)
    canvas.save()
    with opened(out.getvalue()) as file:
        image = file[0].render(scale=DPI / 72, prefer_bgrx=True)
        grey = memoryview(bytes(image.buffer))[::4]
    left, top = 75, 83
    return b"".join(
        bytes(grey[(top + y) * image.width + left : (top + y) * image.width + left + 45]) for y in range(45)
    )


@needs_shared
@pytest.mark.parametrize("face", Face)
def test_the_276_characters_outside_gbk_are_drawn_and_none_is_a_box(face: Face) -> None:
    text = outside_gbk()
    assert len(text) == 276
    bitmaps = square_bitmaps(squares(text, Style(face, 20.0)), len(text))
    boxes = {drawn_bare(family, LACKING) for family in face.value}
    assert all(min(bitmap) < 100 for bitmap in bitmaps)
    assert not boxes & set(bitmaps)
    assert len(set(bitmaps)) == len(text)


def test_a_box_would_be_recognised() -> None:
    (known,) = square_bitmaps(squares("国", Style(Face.SONG, 20.0)), 1)
    assert known == drawn_bare("NotoSerifSC-Regular", "国")
    assert known != drawn_bare("NotoSerifSC-Regular", LACKING) != b"\xff" * 45 * 45


@needs_shared
@needs_poppler
def test_the_276_characters_outside_gbk_are_read_back_by_pdftotext(tmp_path: Path) -> None:
    text = outside_gbk()
    pdf = render(forms.document("字", forms.form("字", [forms.section("", Paragraph(text))])))
    assert text in pdftotext(pdf, tmp_path)


@needs_poppler
@pytest.mark.parametrize("face", Face)
def test_rare_names_are_read_back_in_every_face(face: Face, tmp_path: Path) -> None:
    pdf = render(Document("名", (Page((Paragraph(f"王{RARE}书店", Style(face)),)),)))
    assert f"王{RARE}书店" in pdftotext(pdf, tmp_path)
    assert f"王{RARE}书店" in extract_text(pdf)[0]


@needs_poppler
def test_more_than_a_subset_of_characters_is_read_back_in_order(tmp_path: Path) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 700)))
    pdf = render(Document("多字", (Page((Paragraph(text),)),), footer=None))
    assert text in pdftotext(pdf, tmp_path)
    for stream in unicode_maps(pdf):
        assert all(int(count) <= 100 for count in re.findall(r"(\d+) beginbfchar", stream))


def unicode_maps(pdf: bytes) -> list[str]:
    """The ToUnicode streams of a file."""
    found = []
    for body in re.findall(rb"(?<!end)stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        data = zlib.decompressobj().decompress(body)
        if b"beginbfchar" in data:
            found.append(data.decode("ascii"))
    assert found
    return found


def sample() -> Document:
    basics = forms.pairs([("单位名称", f"青禾{RARE}书店"), ("电话", ""), Pair("地址", "海政路1号" * 20, wide=True)])
    part = forms.section("一、基本信息", basics)
    page = forms.form(
        "登记信息页", [part], qr="登〔2026〕1号|3f9a", seal=True, office="青禾县文化和旅游局", date="2026年1月5日"
    )
    return forms.document("登记信息页", page)


def test_equal_documents_give_equal_bytes() -> None:
    assert render(sample()) == render(sample())


def test_bytes_do_not_depend_on_the_process_its_hashing_or_what_was_printed_before() -> None:
    code = (
        "import sys; from tests.typeset.test_render import sample; from wenlv_desk.typeset.render import render;"
        "from wenlv_desk.typeset.fonts import Face, runs; [runs('李𠮷', face) for face in reversed(list(Face))];"
        "sys.stdout.buffer.write(render(sample()))"
    )
    root = Path(__file__).resolve().parents[2]
    env = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Pacific/Apia", "PYTHONPATH": str(root)}
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=root, env=env)
    assert other.stdout == render(sample())


def test_two_threads_print_the_same_bytes_as_one() -> None:
    with ThreadPoolExecutor(4) as pool:
        printed = set(pool.map(render, [sample()] * 12))
    assert printed == {render(sample())}


def test_every_font_is_embedded_and_helvetica_absent() -> None:
    pdf = render(sample())
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") > 2


def test_a_page_that_would_lose_a_character_is_refused_and_the_character_named() -> None:
    document = Document("名", (Page((Paragraph("负责人：王\U0010fffd"),)),))
    for check in (render, proof):
        with pytest.raises(UserError, match=r"U\+10FFFD"):
            check(document)


def test_missing_glyphs_lists_every_lost_character_wherever_it_stands() -> None:
    page = forms.form("标\ue000题", [forms.section("", forms.pairs([("名", "王\U0010fffd")]))], qr="\ue001")
    document = Document("\ue002", (replace(page, footer=Footer(left="\ue003")),))
    assert missing_glyphs(document) == (
        Missing("\ue000", "标\ue000题"),
        Missing("\U0010fffd", "王\U0010fffd"),
        Missing("\ue003", "\ue003"),
    )
    assert missing_glyphs(sample()) == ()
    proof(sample())


def test_a_picture_is_drawn_and_a_broken_one_refused() -> None:
    from PIL import Image as Pillow

    out = io.BytesIO()
    Pillow.new("RGB", (8, 4), (255, 0, 0)).save(out, "PNG")
    pdf = render(Document("图", (Page(marks=(Image(out.getvalue(), 20, 20, 40, 40),)),), footer=None))
    image = page_images(pdf, 25.4)[0]
    assert image.data[(40 * image.width + 40) * 4 :][:3] == b"\x00\x00\xff"
    with pytest.raises(UserError, match="图片"):
        render(Document("图", (Page(marks=(Image(b"no picture", 20, 20, 40, 40),)),)))
