"""Codes are read back by another program and are the same every time."""

import pytest
import zxingcpp
from PIL import Image

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.page import QR, Document, Page
from wenlv_desk.typeset.preview import page_images
from wenlv_desk.typeset.qr import _SMALL, _drawn, _rows_of, _tables, operators
from wenlv_desk.typeset.render import render


def read(pdf: bytes) -> list[str]:
    image = page_images(pdf, 200)[0]
    picture = Image.frombytes("RGBA", (image.width, image.height), image.data).convert("L")
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("data", ["1", "CBW-2022-001|3f9a7c", "文旅受字〔2026〕12号|𠮷", "x" * 300, "0123456789" * 20])
def test_a_code_is_read_back_as_it_was_given(data: str) -> None:
    assert read(render(Document("码", (Page(marks=(QR(data, 20, 20, 40),)),)))) == [data]


def test_many_codes_of_the_usual_size_can_all_be_read() -> None:
    wanted = [f"新出发鲁零字第370687-{n:05}号|{n * 7919:08x}" for n in range(24)]
    marks = tuple(QR(data, 15 + n % 6 * 30, 15 + n // 6 * 30, 20) for n, data in enumerate(wanted))
    assert sorted(read(render(Document("码", (Page(marks=marks),))))) == sorted(wanted)


def test_the_same_text_gives_the_same_code() -> None:
    first = operators("登〔2026〕1号")
    operators.cache_clear()
    assert operators("登〔2026〕1号") == first


def test_a_text_no_code_can_hold_is_refused() -> None:
    with pytest.raises(UserError, match="二维码内容太长"):
        operators("字" * 1000)


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, 6])
def test_a_code_put_together_from_tables_is_the_one_segno_makes(version: int) -> None:
    blocks, each, _ = _SMALL[version]
    for seed in range(5):
        text = "".join(chr(97 + (at * 7919 + seed * 31 + at * at) % 26) for at in range(blocks * each - 2))
        assert _tables(version).rows(text.encode()) == _rows_of(_drawn(text).matrix)


def test_a_code_of_every_length_is_read_back() -> None:
    texts = [("ab|字1" * 30)[:length] for length in range(1, 75)]
    marks = tuple(QR(text, 5 + at % 7 * 28, 5 + at // 7 % 10 * 28, 27) for at, text in enumerate(texts[:70]))
    assert sorted(read(render(Document("码", (Page(marks=marks),), footer=None)))) == sorted(texts[:70])
