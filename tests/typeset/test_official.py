"""Notices measured in the finished PDF against GB/T 9704-2012: margins, lines, characters, sizes, page numbers (mm, ±0.5)."""

import ctypes
import itertools

import pypdfium2
import pytest
from pypdfium2 import raw

from wenlv_desk.typeset.layout import MM, OFFICIAL_BODY_SIZE, SIZES
from wenlv_desk.typeset.official import official, shaped
from wenlv_desk.typeset.page import Document
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import extract_text

TOLERANCE = 0.5
PITCH, CELL = 225 / 22, 156 / 28
ASCENT, DESCENT = 0.88, 0.12


def origins(pdf: bytes, page: int = 0) -> list[tuple[str, float, float, float]]:
    """(character, x of its origin, y of its baseline, size) in mm from the top left, as written into the page."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        sheet = file[page]
        text = sheet.get_textpage()
        height = sheet.get_height()
        found = []
        for at in range(text.count_chars()):
            said = text.get_text_range(at, 1)
            x, y = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            size = raw.FPDFText_GetFontSize(text, at)
            if said.strip():
                found.append((said, x.value / MM, (height - y.value) / MM, size))
        text.close()
        sheet.close()
        return found
    finally:
        file.close()


def drawn(*paragraphs: str, title: str = "通知书", date: str = "2026年1月6日") -> bytes:
    page = official(
        title, paragraphs, number="青文旅告〔2026〕1号", addressee="新岸书刊社", issuer="青屿市文化和旅游局", date=date
    )
    return render(Document("通知书", (page,), footer=None))


LONG = "经审查需要补正的全部内容一次告知如下请于期限届满之前补齐材料" * 60


@pytest.fixture(scope="module")
def full() -> bytes:
    return drawn(LONG)


def lines_of(pdf: bytes, page: int) -> dict[float, list[tuple[str, float, float, float]]]:
    lines: dict[float, list[tuple[str, float, float, float]]] = {}
    for one in origins(pdf, page):
        if abs(one[3] - OFFICIAL_BODY_SIZE) < 0.1:
            lines.setdefault(round(one[2], 1), []).append(one)
    return lines


def test_the_text_area_is_156_by_225_mm_at_37_and_28(full: bytes) -> None:
    lines = lines_of(full, 1)
    size = OFFICIAL_BODY_SIZE / MM
    half = (PITCH - size) / 2  # the line's room above and below the characters
    first, last = min(lines), max(lines)
    assert first - ASCENT * size - half == pytest.approx(37, abs=TOLERANCE)
    assert 297 - (last + DESCENT * size + half) == pytest.approx(35, abs=TOLERANCE)
    assert min(char[1] for line in lines.values() for char in line) == pytest.approx(28, abs=TOLERANCE)
    edge = max(char[1] + size for line in lines.values() for char in line)
    assert 210 - edge == pytest.approx(26, abs=TOLERANCE)


def test_a_page_holds_22_lines_of_28_characters(full: bytes) -> None:
    lines = lines_of(full, 1)
    assert len(lines) == 22
    assert {len(line) for line in lines.values()} == {28}
    heights = sorted(lines)
    assert all(b - a == pytest.approx(PITCH, abs=0.15) for a, b in itertools.pairwise(heights))
    row = sorted(lines[heights[0]], key=lambda char: char[1])
    assert all(b[1] - a[1] == pytest.approx(CELL, abs=0.05) for a, b in itertools.pairwise(row))


def test_type_sizes_are_those_of_the_standard(full: bytes) -> None:
    sizes = {said: size for said, _x, _y, size in origins(full, 0)}
    assert sizes["审"] == pytest.approx(SIZES["三号"], abs=0.25)
    assert sizes["通"] == pytest.approx(SIZES["二号"], abs=0.1) or sizes["书"] == pytest.approx(SIZES["二号"], abs=0.1)


def test_paragraphs_begin_two_characters_in_and_the_addressee_at_the_edge() -> None:
    found = origins(drawn("经审查，材料齐全。"))
    first = next(x for said, x, _y, _s in found if said == "经")
    assert first == pytest.approx(28 + 2 * CELL, abs=TOLERANCE)
    assert next(x for said, x, _y, _s in found if said == "新") == pytest.approx(28, abs=TOLERANCE)


def test_page_numbers_stand_outside_between_dashes_seven_mm_below(full: bytes) -> None:
    for page in (0, 1):
        found = [char for char in origins(full, page) if char[2] > 297 - 35 + 3]
        assert "".join(char[0] for char in found) == f"—{page + 1}—"
        size = SIZES["四号"] / MM
        assert {round(char[3], 1) for char in found} == {SIZES["四号"]}
        dash_height = found[0][2] - 0.35 * size
        assert dash_height - (297 - 35) == pytest.approx(7, abs=TOLERANCE)
        if page == 0:
            assert found[-1][1] + size == pytest.approx(210 - 26 - size, abs=TOLERANCE + 0.4)
        else:
            assert found[0][1] == pytest.approx(28 + size, abs=TOLERANCE)


def test_the_date_ends_four_characters_from_the_edge_and_the_office_is_centred_over_it() -> None:
    found = origins(drawn("准予通过。", date="二〇二六年"))
    date = [char for char in found if char[0] in "二〇六年"][-5:]
    assert date[-1][1] + CELL == pytest.approx(210 - 26 - 4 * CELL, abs=TOLERANCE)
    office = [char for char in found if char[2] == pytest.approx(date[0][2] - PITCH, abs=0.2)]
    middle = (office[0][1] + office[-1][1] + CELL) / 2
    assert middle == pytest.approx((date[0][1] + date[-1][1] + CELL) / 2, abs=TOLERANCE)


@pytest.mark.parametrize("count", range(380, 620, 14))
def test_office_and_date_never_stand_alone_on_a_sheet(count: int) -> None:
    pages = extract_text(drawn("字" * count))
    last = "".join(pages[-1].split())
    assert "2026年1月6日" in last
    assert last.count("字") >= 2
    assert sum(page.count("字") for page in pages) == count


def test_a_long_title_breaks_into_lines_of_about_one_length() -> None:
    lines = shaped("青屿市文化和旅游局关于二〇二六年度出版物发行单位年度核验暂缓办理情况的通知书")
    assert len(lines) == 2
    assert "".join(lines).startswith("青屿市")
    assert abs(len(lines[0]) - len(lines[1])) <= 3
    assert shaped("一次性告知书") == ("一次性告知书",)
