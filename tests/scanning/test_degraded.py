"""Sheets that were blurred, tilted, darkened, photographed, torn: known for what they are, or not at all."""

import random

import pytest

from tests.scanning.harm import HARMS, harmed, torn
from tests.scanning.sheets import code, printed
from wenlv_desk.scanning import refusals
from wenlv_desk.scanning.codes import codes_on, is_blank, judge, turn_of

SHEETS = 6  # of each kind; benchmarks/scans.py takes more
DIFFERENT = 4


@pytest.mark.parametrize("name", HARMS)
def test_every_sheet_is_known_and_turned_upright(name: str) -> None:
    chance = random.Random(name)
    few = SHEETS // 2 if "photographed" in name else SHEETS
    for n in range(few):
        text = code(n % DIFFERENT + 1).text()
        picture, turn = harmed(name, printed(text), chance)
        verdict = judge(codes_on(picture))
        assert (verdict.text, verdict.turn, verdict.why) == (text, turn, ""), f"{name}, sheet {n}"


def test_the_lean_of_a_tilted_sheet_is_told() -> None:
    for degrees in (-15, -4, 0, 4, 15):
        picture = printed(code(1).text()).rotate(-degrees, expand=True, fillcolor=255)
        verdict = judge(codes_on(picture))
        assert verdict.turn == 0
        assert verdict.skew == pytest.approx(degrees, abs=1)


@pytest.mark.parametrize(
    ("angle", "turn", "rest"), [(0, 0, 0), (91, 270, 1), (180, 180, 0), (-180, 180, 0), (-80, 90, 10)]
)
def test_how_far_to_turn_follows_from_the_codes_angle(angle: float, turn: int, rest: float) -> None:
    assert turn_of(angle) == (turn, rest)


def test_a_sheet_torn_through_both_codes_is_unread_and_never_taken_for_another() -> None:
    chance, tear = random.Random(5), torn(codes=2)
    for n in range(2):
        text = code(n % DIFFERENT + 1).text()
        verdict = judge(codes_on(tear(printed(text), chance)))
        assert (verdict.text, verdict.why) == ("", refusals.NO_CODE)


def test_two_different_pages_on_one_sheet_are_not_guessed() -> None:
    picture = printed(code(1).text()).copy()
    lower = picture.height * 2 // 3
    picture.paste(printed(code(2).text()).crop((0, lower, *picture.size)), (0, lower))
    codes = codes_on(picture)
    assert {one.text for one in codes} == {code(1).text(), code(2).text()}
    assert judge(codes)[0::3] == ("", refusals.TWO_PAGES)


def test_one_page_twice_in_different_directions_is_not_guessed() -> None:
    picture = printed(code(1).text()).copy()
    lower = picture.height * 2 // 3
    picture.paste(picture.rotate(180).crop((0, lower, *picture.size)), (0, lower))
    assert judge(codes_on(picture))[0::3] == ("", refusals.TWO_WAYS)


def test_a_code_of_somebody_else_beside_ours_does_not_matter() -> None:
    picture = printed(code(1).text()).copy()
    side = 300
    poster = printed("https://weixin.qq.com/r/abc").crop((picture.width - side, 0, picture.width, side))
    picture.paste(poster, (0, 0))
    codes = codes_on(picture)
    assert len(codes) == 2
    assert judge(codes).text == code(1).text()


def test_a_sheet_with_only_somebody_elses_code_is_not_ours() -> None:
    verdict = judge(codes_on(printed("https://weixin.qq.com/r/abc")))
    assert verdict[0::3] == ("", refusals.NOT_OURS)


def test_an_empty_back_is_called_blank_and_a_faint_page_is_not() -> None:
    from PIL import Image, ImageDraw

    paper = Image.new("L", (1654, 2339), 244)
    ImageDraw.Draw(paper).rectangle((0, 0, 20, 2339), fill=0)  # the lid's shadow
    assert is_blank(paper)
    faint = harmed("faint", printed(code(1).text()), random.Random(1))[0]
    assert not is_blank(faint)
