"""Lines break where a Chinese typesetter would break them."""

from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.typeset.breaking import break_lines
from wenlv_desk.typeset.fonts import Face, width

MIXED = st.text(alphabet="国家许可证，。、（）《》“”——……0123456789abcXYZ-./@% \t\n𠮷䶮·：；", max_size=120)


def test_a_text_that_fits_is_one_line_and_no_text_is_one_empty_line() -> None:
    assert break_lines("经营许可", Face.SONG, 4) == ("经营许可",)
    assert break_lines("", Face.SONG, 4) == ("",)


def test_a_full_stop_takes_the_character_before_it_to_the_next_line() -> None:
    assert break_lines("经营许可。", Face.SONG, 4) == ("经营许", "可。")


def test_an_opening_mark_goes_with_what_it_opens() -> None:
    assert break_lines("依照《条例》", Face.SONG, 3) == ("依照", "《条", "例》")


def test_a_number_or_word_stays_whole_when_a_line_can_hold_it() -> None:
    assert break_lines("编号92370687MA3TEX013J号", Face.SONG, 12) == ("编号", "92370687MA3TEX013J号")


def test_a_joining_dash_does_not_begin_a_line() -> None:
    assert break_lines("三层317—319室", Face.SONG, 3.4) == ("三层", "317—", "319室")


def test_a_word_longer_than_the_line_is_broken_rather_than_cut_off() -> None:
    lines = break_lines("x" * 100, Face.SONG, 10)
    assert "".join(lines) == "x" * 100
    assert all(width(line, Face.SONG) <= 10.01 for line in lines)


def test_a_newline_ends_a_line_and_an_empty_line_stays() -> None:
    assert break_lines("甲\r\n\n乙", Face.SONG, 10) == ("甲", "", "乙")


def test_the_first_line_is_shorter_by_its_indent() -> None:
    assert break_lines("甲乙丙丁戊", Face.SONG, 4, 2) == ("甲乙", "丙丁戊")


def test_a_column_narrower_than_a_character_still_sets_one_a_line() -> None:
    assert break_lines("国家", Face.SONG, 0.5) == ("国", "家")


@given(MIXED, st.floats(2.5, 30))
def test_no_line_is_wider_than_its_column_and_nothing_but_blanks_is_lost(text: str, ems: float) -> None:
    lines = break_lines(text, Face.SONG, ems)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, Face.SONG) <= ems + 0.01 for line in lines)
