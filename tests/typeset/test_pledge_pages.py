"""The sheets of pledges: a code in two corners of each, clear of the text; signatures never alone; any name fits."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.typeset.pledges import BUREAU, FIRM, KINDS, VALUES, apart, boxes, codes, pledge, pledge_of
from tests.typeset.test_flow import HOSTILE, assert_inside, written
from wenlv_desk.core.errors import UserError
from wenlv_desk.standards.page_code import read
from wenlv_desk.typeset.flow import lay_out
from wenlv_desk.typeset.fonts import Face, missing, width
from wenlv_desk.typeset.ink import Sheet
from wenlv_desk.typeset.layout import MM, OFFICIAL
from wenlv_desk.typeset.page import Document, Page, Paragraph, SheetCode
from wenlv_desk.typeset.pledge import CORNERS, Party, Pledge, pledge_page
from wenlv_desk.typeset.preview import page_images
from wenlv_desk.typeset.render import missing_glyphs, render
from wenlv_desk.typeset.verify import extract_text
from wenlv_desk.typeset.wording import shipped

SIGN = "负责人（签字）："
LAST = "六、附则"
FILLING = "各级各类责任人应当落实责任排查隐患限期整改。"


def sheets_of(one: Pledge, copy: int = 1) -> list[Sheet]:
    return lay_out(Document("责任状", (pledge_page(one, copy),)))


def lengthened(lines: int) -> Pledge:
    """The forest pledge with paragraphs of one line more before its last clause."""
    text = shipped("pledge_forest_fire").replace(LAST, f"{FILLING}\n" * lines + LAST)
    return pledge_of(text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_kind_takes_two_sheets_and_the_forest_one_three(kind: str) -> None:
    assert len(sheets_of(pledge(kind))) == (3 if kind == "pledge_forest_fire" else 2)


@pytest.mark.parametrize("copy", [1, 2])
def test_every_sheet_bears_its_own_code_in_two_corners_and_a_copier_reads_it(copy: int) -> None:
    images = page_images(render(Document("责任状", (pledge_page(pledge(), copy),))), 150)
    assert len(images) == 3
    for at, image in enumerate(images, 1):
        picture = Image.frombytes("RGBA", (image.width, image.height), image.data).convert("L")
        found = zxingcpp.read_barcodes(picture)
        assert [one.text for one in found] == [f"HLFH-2026-0003|{at}/3|{copy}|a1b2c3d4e5f6"] * 2
        page = read(found[0].text)
        assert page is not None
        assert (page.page, page.pages, page.copy) == (at, 3, copy)
        places = sorted(
            (one.position.top_left.x > image.width / 2, one.position.top_left.y > image.height / 2) for one in found
        )
        assert places == [(False, True), (True, False)]


def test_the_foot_says_number_copy_and_sheet() -> None:
    assert [written(sheet)[-2:] for sheet in sheets_of(pledge(), 2)] == [
        [f"第 {at} 页 共 3 页", "HLFH-2026-0003　第2份"] for at in (1, 2, 3)
    ]


def test_a_pledge_without_a_code_has_none_and_corners_can_be_chosen() -> None:
    assert pledge_page(pledge(code="")).codes == ()
    page = pledge_page(pledge(), corners=[(10, 10, 20)])
    assert [(code.x, code.y, code.size) for code in page.codes] == [(10, 10, 20)]


@pytest.mark.parametrize("corner", [(100.0, 100.0), (20.0, 20.0), (195.0, 5.0), (-1.0, 5.0), (30.0, 270.0 - 22.0)])
def test_a_code_on_the_text_or_over_the_edge_is_a_mistake_of_the_program(corner: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="not clear of the text"):
        Page(layout=OFFICIAL, codes=(SheetCode("甲", *corner),))


def test_sheets_of_a_document_are_counted_through_in_the_foot_and_apart_in_the_codes() -> None:
    paper = Page((Paragraph("甲"),), layout=OFFICIAL, codes=(SheetCode("{page}/{pages}", 10, 10),))
    assert [sheet.codes[0].data for sheet in lay_out(Document("两份", (paper, paper)))] == ["1/1", "1/1"]


def test_the_same_pledge_gives_the_same_bytes() -> None:
    document = Document("责任状", (pledge_page(pledge()),))
    assert render(document) == render(document)
    assert missing_glyphs(document) == ()


@pytest.mark.parametrize("lines", range(30))
def test_signatures_are_never_alone_nor_a_heading_at_a_foot(lines: int) -> None:
    sheets = sheets_of(lengthened(lines))
    *others, last = sheets
    words = written(last)
    assert words.count(SIGN) == 2
    assert words.index(LAST) < words.index(SIGN)  # the last clause as a whole is on the same sheet
    assert words[words.index("（印章）") - 1].endswith("生效。")
    for sheet in others:
        body = [text for text in sheet.texts if text.y < (297 - 35) * MM]
        assert max(body, key=lambda text: text.y).face is not Face.HEI
    assert len(last.rings) == 2


def test_a_last_clause_longer_than_a_sheet_keeps_as_much_as_fits_with_the_signatures() -> None:
    text = shipped("pledge_forest_fire").replace(LAST, f"{LAST}\n" + f"{FILLING}\n" * 60)
    last = written(sheets_of(pledge_of(text))[-1])
    assert last.index(SIGN) > 3


@pytest.mark.parametrize("name", ["长" * 60, "望海山景区" * 40, "W" * 200, "龘𠮷䶮㛃𬱖" * 4, "甲"])
def test_any_name_is_signed_under_and_none_of_it_lost(name: str) -> None:
    one = pledge(乙方=name)
    sheets = sheets_of(one)
    assert_inside(sheets)
    last = sheets[-1]
    right = OFFICIAL.left * MM + OFFICIAL.body_width * MM / 2
    head = next(at for at, text in enumerate(last.texts) if text.text == "乙方（盖章）：")
    said = "".join(text.text for text in last.texts[head + 1 :] if text.x > right)
    assert said.startswith(name)
    rows = {text.text: text.y for text in last.texts if text.text == SIGN}
    assert len({text.y for text in last.texts if text.text == SIGN}) == len(rows) == 1


def test_a_name_no_sheet_can_hold_is_refused() -> None:
    with pytest.raises(UserError, match="超出纸张下缘"):
        sheets_of(pledge(乙方="长" * 3000))


def test_rare_characters_are_printed_and_read_back() -> None:
    rare = "龘𠮷䶮㛃𬱖"
    pdf = render(Document("责任状", (pledge_page(pledge(乙方=f"{rare}书店", 责任区域=rare)),)))
    assert "".join(extract_text(pdf)).count(rare) == 3


def test_a_person_signs_for_himself_without_a_seal() -> None:
    one = Pledge("GR-1", pledge("pledge_integrity").text, Party(BUREAU), Party("周宁", seal=False))
    last = sheets_of(one)[-1]
    assert {"本人（签字）：", "乙方："} < set(written(last))
    assert len(last.rings) == 1
    assert not any(text.startswith(("签字人", "电话")) for text in written(last))


def test_lines_to_fill_in_reach_the_edge() -> None:
    sheets = sheets_of(pledge("pledge_empty"))
    ruled = [text for sheet in sheets for text in sheet.texts if text.text.endswith("____")]
    assert len(ruled) > 15
    right = (OFFICIAL.width - OFFICIAL.right) * MM
    for text in ruled:
        end = text.x + width(text.text, text.face) * text.size + text.spacing * (len(text.text) - 1)
        assert right - text.size <= end <= right + 0.01


AREA = st.one_of(HOSTILE, st.text(max_size=60)).filter(lambda text: not missing(text))


@settings(max_examples=40)
@given(AREA, AREA, st.sampled_from(KINDS))
def test_no_text_leaves_the_paper_or_runs_into_a_code_whatever_is_filled_in(firm: str, area: str, kind: str) -> None:
    one = pledge(kind, 乙方=firm[:120] if firm.strip() else FIRM, 责任区域=area, 网格编号=area[:30])
    sheets = sheets_of(one)
    assert_inside(sheets)
    for sheet in sheets:
        assert len(sheet.codes) == len(CORNERS)
        assert all(apart(code, box) for code in codes(sheet) for box in boxes(sheet) if box[3] > 0)


def test_a_long_number_is_set_smaller_and_stays_clear_of_the_codes() -> None:
    number = "青屿文旅责〔2026〕望海山风景名胜区第000123号"
    one = Pledge(
        number, pledge().text, Party(BUREAU), Party(FIRM), f"{number}|{{page}}/{{pages}}|{{copy}}|a1b2c3d4e5f6"
    )
    for sheet in sheets_of(one):
        assert all(apart(code, box) for code in codes(sheet) for box in boxes(sheet))
    assert VALUES["年度"] in written(sheets_of(one)[0])[0]
