"""Marks on a converted file: every page can be read back, however it is turned and cut, and nothing of the bureau's is covered."""

from collections.abc import Iterable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdfium2 import raw as raw_pdfium

from tests.issuing.words import VALUES, needs_libreoffice, of_file, pledge
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.converting import convert_many
from wenlv_desk.issuing.stamping import CORNERS, stamp
from wenlv_desk.issuing.word import fill_word
from wenlv_desk.typeset.page import Document, Field, Page
from wenlv_desk.typeset.preview import page_images
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import extract_text, opened

NUMBER = "HLFH-2026-0003"
DPI = 100
MM = DPI / 25.4


def code_of(page: int, pages: int) -> str:
    return f"{NUMBER}|{page}/{pages}|1|0123456789ab"


def plain(pages: int = 1) -> bytes:
    """Sheets with a few words in the middle."""
    marks = (Field("字", "责任状正文", 90, 150, 60),)
    return render(Document("x", tuple(Page(marks=marks) for _ in range(pages)), footer=None))


def raw(content: bytes, page: bytes = b"/MediaBox[0 0 595 842]") -> bytes:
    """A file of one page with this drawn on it."""
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    leaf = b"<</Type/Page/Parent 2 0 R %s/Contents 4 0 R>>" % page
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", leaf, stream]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def codes(pdf: bytes) -> list[tuple[tuple[int, int], list[tuple[str, int, int]]]]:
    """Of every page its size in mm, and its codes: text, and the upper left corner of the first dark module in mm."""
    found = []
    for image in page_images(pdf, DPI):
        picture = Image.frombytes("RGBA", (image.width, image.height), image.data).convert("L")
        marks = [
            (one.text, round(one.position.top_left.x / MM), round(one.position.top_left.y / MM))
            for one in zxingcpp.read_barcodes(picture)
            if one.orientation == 0
        ]
        found.append(((round(image.width / MM), round(image.height / MM)), sorted(marks, key=lambda one: one[2])))
    return found


def test_every_page_says_its_number_and_page_in_two_corners() -> None:
    stamped = stamp(plain(3), code_of, NUMBER)
    for at, (_, marks) in enumerate(codes(stamped), 1):
        assert [text for text, *_ in marks] == [code_of(at, 3)] * len(CORNERS)
    for at, text in enumerate(extract_text(stamped), 1):
        assert f"{NUMBER}　第 {at} 页 共 3 页" in text
        assert "责任状正文" in text


def test_the_codes_stand_in_their_corners() -> None:
    ((_, marks),) = codes(stamp(plain(), code_of, NUMBER))
    for (_, x, y), (left, top, size) in zip(marks, sorted(CORNERS, key=lambda one: one[1]), strict=True):
        assert left < x < left + size / 3
        assert top < y < top + size / 3


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "box",
    [b"/MediaBox[0 0 595 842]", b"/MediaBox[-40 30 555 872]/CropBox[-20 50 5000 800]", b"/MediaBox[0 0 842 1191]"],
)
def test_marks_stand_upright_in_the_corners_of_turned_and_cut_pages(turn: int, box: bytes) -> None:
    square = b"1 0 0 rg 250 400 90 90 re f"
    ((size, marks),) = codes(stamp(raw(square, box + b"/Rotate %d" % turn), code_of, NUMBER))
    assert [text for text, *_ in marks] == [code_of(1, 1)] * 2
    (_, x, y), (_, left, low) = marks
    assert (x - (size[0] - 32), y - 10) == pytest.approx((2, 2), abs=1.5)
    assert (left - 10, low - (size[1] - 32)) == pytest.approx((2, 2), abs=1.5)


def test_what_was_on_the_page_stays_as_it_was() -> None:
    before, after = plain(), stamp(plain(), code_of, NUMBER)
    ours = [page_images(pdf, 72)[0] for pdf in (before, after)]
    middle = [Image.frombytes("RGBA", (one.width, one.height), one.data).crop((0, 100, 595, 740)) for one in ours]
    assert middle[0].tobytes() == middle[1].tobytes()


def test_a_coordinate_system_left_turned_does_not_turn_the_marks() -> None:
    ((_, marks),) = codes(stamp(raw(b"0.5 0 0 0.5 100 100 cm 1 0 0 rg 200 600 90 90 re f"), code_of, NUMBER))
    assert len(marks) == 2


def test_a_page_that_would_cut_its_marks_off_is_refused() -> None:
    with pytest.raises(UserError, match="第 1 页印不上二维码和页码"):
        stamp(raw(b"q 0 0 10 10 re W n"), code_of, NUMBER)


@pytest.mark.parametrize(
    ("box", "where"),
    [
        (b"530 780 20 20", "右上角放二维码的地方（离纸边 10 毫米、22 毫米见方）"),
        (b"40 40 20 20", "左下角放二维码的地方"),
        (b"280 30 20 5", "下缘放编号和页码的地方"),
        (b"0 0 595 842", "右上角"),
    ],
)
def test_nothing_of_the_bureaus_is_covered(box: bytes, where: str) -> None:
    with pytest.raises(UserError, match=f"第 1 页{where}.*请把范本的页边距改大"):
        stamp(raw(b"0 g %s re f" % box), code_of, NUMBER)


def test_text_up_to_the_margins_of_word_leaves_room() -> None:
    stamp(raw(b"0 g 90 72 415 698 re f"), code_of, NUMBER)  # 31.8 mm at the sides, 25.4 above and below


@pytest.mark.parametrize("size", [b"0 0 200 200", b"0 0 842 100"])
def test_paper_too_small_is_refused(size: bytes) -> None:
    with pytest.raises(UserError, match=r"第 1 页只有 .* 毫米，放不下二维码和页码，请把范本的纸张改为 A4"):
        stamp(raw(b"", b"/MediaBox[%s]" % size), code_of, NUMBER)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="不是可以打开的 PDF"):
        stamp(data, code_of, NUMBER)


def test_links_and_form_fields_of_the_page_are_kept() -> None:
    link = b"/Annots[<</Type/Annot/Subtype/Link/Rect[200 400 300 420]/A<</S/URI/URI(https://example.com)>>>>]"
    stamped = stamp(raw(b"", b"/MediaBox[0 0 595 842]" + link), code_of, NUMBER)
    with opened(stamped) as file:
        assert raw_pdfium.FPDFPage_GetAnnotCount(file[0]) == 1


@needs_libreoffice
def test_a_bureaus_own_file_is_filled_converted_and_stamped(tmp_path: Path) -> None:
    docx = of_file(tmp_path / f"{NUMBER}.docx", fill_word(pledge(), VALUES))
    (pdf,) = convert_many([docx], tmp_path / "PDF")
    pages = codes(stamp(pdf.read_bytes(), code_of, NUMBER))
    assert [texts(marks) for _, marks in pages] == [[code_of(at, len(pages))] * 2 for at in range(1, len(pages) + 1)]


def texts(marks: Iterable[tuple[str, int, int]]) -> list[str]:
    return [text for text, *_ in marks]
