"""Which font draws which character, and what is refused."""

import re

import pytest

from wenlv_desk.core.errors import UserError
from wenlv_desk.resources import resource
from wenlv_desk.typeset.fonts import Face, missing, pdf_font, runs, to_unicode, width

RARE = "䶮㛃𬱖𠮷𬭎"


def test_a_line_of_common_characters_is_one_run_in_its_own_face() -> None:
    assert runs("出版物经营许可证 2026", Face.FANGSONG) == (("FandolFang-Regular", "出版物经营许可证 2026"),)


def test_a_rare_character_borrows_a_font_and_the_rest_of_the_line_keeps_its_face() -> None:
    assert runs("李𪚥强", Face.KAI) == (("LXGWWenKai-Regular", "李"), ("HanaMinB", "𪚥"), ("LXGWWenKai-Regular", "强"))


@pytest.mark.parametrize("face", Face)
def test_runs_joined_are_the_line(face: Face) -> None:
    line = f"王{RARE}·阿不都 A1——“”"
    assert "".join(part for _, part in runs(line, face)) == line


def test_an_empty_line_has_no_runs_and_no_width() -> None:
    assert runs("", Face.SONG) == ()
    assert width("", Face.SONG) == 0


def test_a_chinese_character_is_one_em_wide_in_every_face() -> None:
    assert {width("国" * 10, face) for face in Face} == {10.0}


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\U0010fffd", "U+10FFFD"),
        ("\ue863", "U+E863"),
        ("\u200b", "U+200B"),
        ("\x00", "U+0000"),
        ("\ud842", "U+D842"),
        ("😀", "U+1F600"),
    ],
)
@pytest.mark.parametrize("measure", [runs, width])
def test_a_character_no_font_holds_is_refused_by_its_code(character: str, name: str, measure: object) -> None:
    with pytest.raises(UserError, match=re.escape(name)) as refused:
        measure(f"负责人王{character}某", Face.SONG)  # type: ignore[operator]
    assert "负责人王〓某" in refused.value.message
    assert "请" in refused.value.message


def test_missing_names_each_character_once_and_lets_newlines_pass() -> None:
    assert missing("甲\U0010fffd\n乙\ue000\r\n\U0010fffd丙") == ("\U0010fffd", "\ue000")
    assert missing(RARE) == ()


def test_blanks_the_fonts_lack_are_drawn_as_blanks() -> None:
    assert missing("甲\u2009乙\u202f丙\t丁\u00a0戊\u3000") == ()
    assert width("\u2009", Face.SONG) == width(" ", Face.SONG)
    assert width("\u3000", Face.FANGSONG) == 1


def test_the_unicode_map_writes_pairs_beyond_the_first_plane_and_at_most_100_a_block() -> None:
    table = to_unicode("X", [0, ord("𬭎"), *range(0x4E00, 0x4E00 + 150)])
    assert "<01> <D872DF4E>" in table
    blocks = [int(count) for count in re.findall(r"(\d+) beginbfchar", table)]
    assert blocks == [100, 51]
    assert "<00> <" not in table.split("endcodespacerange")[1]


@pytest.mark.parametrize("family", sorted({family for face in Face for family in face.value}))
def test_a_subset_is_what_reportlab_cuts_by_itself(family: str) -> None:
    from reportlab.pdfbase.ttfonts import TTFont

    bare = TTFont(f"bare-{family}", str(resource("fonts", f"{family}.ttf")), asciiReadable=False, shapable=False)
    codes = [0, *map(ord, "文旅台账éÅ½（〔2026〕𠮷")]
    assert pdf_font(family).face.makeSubset(codes) == bare.face.makeSubset(codes)
