"""Notices measured in the finished PDF against GB/T 9704-2012: margins, lines, characters, sizes, page numbers (mm, ±0.5)."""

import ctypes
import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw

from tests.typeset.test_flow import HOSTILE, assert_inside
from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.flow import lay_out
from wenlv_desk.typeset.fonts import Face
from wenlv_desk.typeset.ink import Sheet
from wenlv_desk.typeset.layout import MM, OFFICIAL_BODY_SIZE, SEAL_DIAMETER, SIZES
from wenlv_desk.typeset.official import TITLE, official
from wenlv_desk.typeset.page import Document
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.shaping import shaped
from wenlv_desk.typeset.verify import extract_text, opened

TOLERANCE = 0.5
OFFICE = "青屿市文化和旅游局"
PITCH, CELL = 225 / 22, 156 / 28
ASCENT, DESCENT = 0.88, 0.12


def origins(pdf: bytes, page: int = 0) -> list[tuple[str, float, float, float]]:
    """(character, x of its origin, y of its baseline, size) in mm from the top left, as written into the page."""
    with opened(pdf) as file:
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


def paged(*paragraphs: str, title: str = "通知书", **more: Any) -> Document:
    given = {"number": "青文旅告〔2026〕1号", "addressee": "新岸书刊社", "issuer": OFFICE, "date": "2026年1月6日"}
    return Document("通知书", (official(title, paragraphs, **{**given, **more}),), footer=None)


def drawn(*paragraphs: str, **more: Any) -> bytes:
    return render(paged(*paragraphs, **more))


def ink(pdf: bytes, page: int = 0) -> list[tuple[str, float, float, float, float]]:
    """(character, left, top, right, bottom) of the ink of every character in mm from the top left."""
    with opened(pdf) as file:
        sheet = file[page]
        text = sheet.get_textpage()
        height = sheet.get_height()
        found = []
        for at in range(text.count_chars()):
            said = text.get_text_range(at, 1)
            left, low, right, high = text.get_charbox(at)
            if said.strip():
                found.append((said, left / MM, (height - high) / MM, right / MM, (height - low) / MM))
        text.close()
        sheet.close()
        return found


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


@pytest.mark.parametrize("count", [*range(380, 620, 14), *range(980, 1140, 14)])
def test_office_and_date_never_stand_alone_on_a_sheet(count: int) -> None:
    pages = extract_text(drawn("字" * count))
    last = "".join(pages[-1].split())
    assert "2026年1月6日" in last
    assert last.count("字") >= 2
    assert sum(page.count("字") for page in pages) == count


@pytest.mark.parametrize("count", range(300, 1300, 28))
@pytest.mark.parametrize("beside", [(), ("签收人：", "日期：", "电话：")])
def test_office_and_date_stay_in_the_text_area_however_long_the_last_paragraph(
    count: int, beside: tuple[str, ...]
) -> None:
    sheets = lay_out(paged("甲。", "字" * count, beside=beside))
    dated = [text for text in sheets[-1].texts if text.text == "2026年1月6日"]
    assert [text.y / MM < 297 - 35 for text in dated] == [True]
    assert [len(sheet.rings) for sheet in sheets] == [*[0] * (len(sheets) - 1), 1]


def seal_of(sheet: Sheet) -> tuple[float, float, float]:
    (ring,) = sheet.rings
    return ring.x / MM, ring.y / MM, ring.radius / MM


def test_the_ring_begins_within_a_line_of_the_text_and_presses_office_and_date_below_its_middle() -> None:
    (sheet,) = lay_out(paged("准予通过。"))
    x, y, radius = seal_of(sheet)
    body = next(text for text in sheet.texts if text.text == "准予通过。")
    office, date = (next(text for text in sheet.texts if text.text == said) for said in (OFFICE, "2026年1月6日"))
    assert radius * 2 == pytest.approx(SEAL_DIAMETER)
    assert 0 < y - radius - (body.y + DESCENT * body.size) / MM < PITCH
    assert y < (office.y + date.y) / 2 / MM < date.y / MM < y + radius
    assert x == pytest.approx(date.x / MM + 3 * CELL, abs=TOLERANCE)  # six figures and 年月日


def test_without_a_seal_the_date_stands_two_characters_right_of_the_office() -> None:
    (sheet,) = lay_out(paged("准予通过。", seal=False))
    office, date = (next(text for text in sheet.texts if text.text == said) for said in (OFFICE, "2026年1月6日"))
    assert sheet.rings == []
    assert office.x / MM == pytest.approx(210 - 26 - 2 * CELL - len(OFFICE) * CELL, abs=TOLERANCE)
    assert (date.x - office.x) / MM == pytest.approx(2 * CELL)


def test_the_red_head_stands_35_mm_below_the_top_of_the_text_area_and_its_rule_4_mm_below_the_number() -> None:
    document = paged("正文。", red_head=OFFICE, title="关于核验的通知")
    head = [char for char in ink(render(document)) if char[2] < 90]
    assert "".join(char[0] for char in head) == OFFICE
    assert min(char[2] for char in head) == pytest.approx(37 + 35, abs=TOLERANCE)
    assert (head[0][1] + head[-1][3]) / 2 == pytest.approx(28 + 156 / 2, abs=TOLERANCE)
    (sheet,) = lay_out(document)
    (rule,) = sheet.lines
    number = next(text for text in sheet.texts if text.text.startswith("青文旅告"))
    assert (rule.x1 / MM, rule.x2 / MM) == (pytest.approx(28), pytest.approx(184))
    assert rule.y1 / MM - (number.y + DESCENT * number.size) / MM == pytest.approx(4, abs=TOLERANCE)
    lowest = max(char[4] for char in head)
    assert 2 * PITCH <= number.y / MM - ASCENT * number.size / MM - lowest <= 3 * PITCH
    title = next(text for text in sheet.texts if text.text == "关于核验的通知")
    assert 1.7 * PITCH < (title.y - ASCENT * title.size - rule.y1) / MM < 2.8 * PITCH
    assert [text.red for text in sheet.texts if text.text == OFFICE] == [False, True]
    assert rule.red


def test_a_long_name_is_set_smaller_in_the_head_and_one_too_long_refused() -> None:
    name = "青屿经济技术开发区文化旅游和体育发展中心"
    (sheet,) = lay_out(paged("正文。", red_head=name))
    (head,) = (text for text in sheet.texts if text.red)
    assert head.size * len(name) <= 156 * MM + 0.1
    with pytest.raises(UserError, match="“发文机关标志”写不下"):
        paged("正文。", red_head=name * 2)


def test_paper_with_a_printed_head_gets_the_number_and_everything_below_at_its_place() -> None:
    (bare,), (headed,) = (
        lay_out(paged("正文。", **more)) for more in ({"preprinted": True}, {"red_head": "青屿市文旅局"})
    )
    assert [text for text in headed.texts if not text.red] == bare.texts
    assert not bare.lines


def test_the_levels_of_a_text_have_their_faces_and_only_their_names_when_text_runs_on() -> None:
    (sheet,) = lay_out(paged("一、范围", "二、内容。全部情况。", "（一）书面。看材料。", "1. 登记表；", "一般的话。"))
    faces = {text.text: text.face for text in sheet.texts}
    assert faces["一、范围"] is faces["二、内容。"] is Face.HEI
    assert faces["（一）书面。"] is Face.KAI
    assert {faces[said] for said in ("全部情况。", "看材料。", "1. 登记表；", "一般的话。")} == {Face.FANGSONG}
    name, rest = (next(text for text in sheet.texts if text.text == said) for said in ("二、内容。", "全部情况。"))
    assert rest.y == name.y
    assert (rest.x - name.x) / MM == pytest.approx(5 * CELL)


@pytest.mark.parametrize("name", range(18, 32))
def test_text_after_the_name_of_a_part_goes_on_within_the_lines(name: int) -> None:
    said = "一、" + "名" * name + "。" + "《条例》规定" * 20
    (sheet,) = lay_out(paged(said))
    assert "".join(text.text for text in sheet.texts).count("《条例》规定") == 20
    for text in sheet.texts[3:-3]:
        assert text.x + len(text.text) * text.size <= (210 - 26) * MM + 0.1


def test_the_name_of_a_part_is_not_left_alone_at_the_foot_of_a_sheet() -> None:
    first, second = lay_out(paged(*["字。"] * 17, "一、范围", "文。"))
    assert first.texts[-2].text != "一、范围"
    assert second.texts[0].text == "一、范围"


def test_copies_and_a_receipt_to_tear_off_stand_at_the_foot_of_the_sheet_with_the_date() -> None:
    for count in range(100, 500, 14):
        sheets = lay_out(paged("字" * count, copies="抄送：青屿市委宣传部。", receipt=["文书：通知书", "签收人："]))
        last = [text.text for text in sheets[-1].texts]
        assert {"2026年1月6日", "抄送：青屿市委宣传部。", "签收人："} <= set(last)
        signer = next(text for text in sheets[-1].texts if text.text == "签收人：")
        assert 250 < signer.y / MM < 297 - 35
        assert sum(line.dashed for line in sheets[-1].lines) == 2


def test_a_notice_without_text_office_or_number_still_has_its_title() -> None:
    for body in ([], [""]):
        (sheet,) = lay_out(Document("空", (official("通知", body),), footer=None))
        assert [text.text for text in sheet.texts] == ["通知", "— 1 —"]
    (sheet,) = lay_out(paged())
    assert "2026年1月6日" in [text.text for text in sheet.texts]


@settings(max_examples=60)
@given(st.lists(HOSTILE, max_size=5), HOSTILE, HOSTILE, st.booleans())
def test_no_text_leaves_the_paper_whatever_is_in_it(body: list[str], title: str, words: str, seal: bool) -> None:
    page = official(title, body, number=words, addressee=words, issuer=words, date="2026年1月6日", seal=seal,
                    beside=[words[:60]], after=[words], copies=words[:80], receipt=[words[:80]])  # fmt: skip
    assert_inside(lay_out(Document("函", (page,))))


ACROSS = 156 * MM


def test_a_title_that_fits_stays_one_line_and_its_own_breaks_stand() -> None:
    assert shaped("一次性告知书", TITLE, ACROSS) == ("一次性告知书",)
    assert shaped("关于核验\n结果的通知", TITLE, ACROSS) == ("关于核验", "结果的通知")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("青屿市文化和旅游局关于开展2026年度出版物发行单位年度核验工作的通知",
         ("青屿市文化和旅游局关于开展2026年度", "出版物发行单位年度核验工作的通知")),
        ("青屿市文化和旅游局关于2026年度印刷企业年度报告情况的通报",
         ("青屿市文化和旅游局关于2026年度", "印刷企业年度报告情况的通报")),
    ],
)  # fmt: skip
def test_a_long_title_is_broken_where_the_sense_allows(title: str, lines: tuple[str, ...]) -> None:
    assert shaped(title, TITLE, ACROSS) == lines


@given(st.text("青屿市文化和旅游局关于出版物发行单位年度核验、通知《》2026", min_size=1, max_size=300))
def test_a_title_loses_nothing_fits_its_lines_and_never_ends_in_one_character(title: str) -> None:
    lines = shaped(title, TITLE, ACROSS)
    assert "".join(lines) == title
    assert len(lines) == 1 or len(lines[-1]) > 1
