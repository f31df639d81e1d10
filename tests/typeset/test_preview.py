"""Pages become pixels and text without Qt."""

import pytest

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.layout import FORM
from wenlv_desk.typeset.page import Document, Page, Paragraph, Seal
from wenlv_desk.typeset.preview import page_images, page_sizes
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import extract_text

TWO = Document("二", (Page((Paragraph("甲"),)), Page((Paragraph("乙"),), layout=FORM.turned())))


def test_a_page_is_drawn_black_on_opaque_white_at_its_size() -> None:
    first, second = page_images(render(TWO), 72)
    assert (first.width, first.height) == (596, 842)
    assert (second.width, second.height) == (842, 596)
    assert len(first.data) == first.width * first.height * 4
    assert first.data[:4] == b"\xff\xff\xff\xff"
    assert min(first.data[::4]) < 64


def test_single_pages_can_be_asked_for() -> None:
    (only,) = page_images(render(TWO), 72, pages=[1])
    assert only.width == 842


def test_sizes_are_told_in_millimetres() -> None:
    assert page_sizes(render(TWO)) == [pytest.approx((210, 297), abs=0.01), pytest.approx((297, 210), abs=0.01)]


def test_text_is_read_page_by_page() -> None:
    assert [text.split()[0] for text in extract_text(render(TWO))] == ["甲", "乙"]


def test_the_seals_place_is_a_grey_ring_and_nothing_red() -> None:
    image = page_images(render(Document("章", (Page(marks=(Seal(100, 100),)),), footer=None)), 72)[0]
    assert "（印章）" in extract_text(render(Document("章", (Page(marks=(Seal(100, 100),)),))))[0]
    assert image.data[::4] == image.data[1::4] == image.data[2::4]
    assert min(image.data[::4]) > 90


def test_bytes_that_are_no_pdf_are_refused() -> None:
    for reader in (page_images, page_sizes, extract_text):
        with pytest.raises(UserError, match="不是可以打开的 PDF"):
            reader(b"no pdf")
