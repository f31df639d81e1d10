"""Values land on the blank where the profile says, moved by the printer's offset; what cannot be is refused."""

import itertools
from pathlib import Path

import pytest

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.flow import lay_out
from wenlv_desk.typeset.fonts import Face
from wenlv_desk.typeset.layout import MM
from wenlv_desk.typeset.overprint import BlankProfile, calibration_sheet, load_profile, overprint, profiles, specimen
from wenlv_desk.typeset.page import Align
from wenlv_desk.typeset.preview import page_sizes
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import extract_text

SAMPLE = """
title = "某某许可证（副本）"
width = 210.0
height = 148.5
captions = [{ text = "单位名称", x = 30, y = 45 }]

[[fields]]
name = "licensee"
label = "单位名称"
x = 60.0
y = 45.0
width = 120.0
face = "kai"
size = 16.0
min_size = 8.0

[[fields]]
name = "issued"
label = "发证日期"
x = 120.0
y = 120.0
width = 60.0
align = "center"
"""
VALUES = {"licensee": "青禾𬱖记书店", "issued": "2026年1月5日"}


@pytest.fixture
def profile(tmp_path: Path) -> BlankProfile:
    return written(tmp_path, SAMPLE)


def written(folder: Path, text: str) -> BlankProfile:
    path = folder / "sample.toml"
    path.write_text(text, "utf-8")
    return load_profile(path)


def test_a_profile_says_paper_and_fields_in_millimetres(profile: BlankProfile) -> None:
    licensee, issued = profile.fields
    assert (profile.name, profile.title, profile.width, profile.height) == (
        "sample",
        "某某许可证（副本）",
        210.0,
        148.5,
    )
    assert (licensee.face, licensee.size, licensee.min_size, licensee.lines) == (Face.KAI, 16.0, 8.0, 1)
    assert (issued.face, issued.align) == (Face.SONG, Align.CENTER)


def test_the_overprint_holds_nothing_but_the_values_on_paper_of_the_blanks_size(profile: BlankProfile) -> None:
    pdf = render(overprint(profile, VALUES))
    assert page_sizes(pdf) == [pytest.approx((210.0, 148.5), abs=0.01)]
    assert set(extract_text(pdf)[0].split()) == set(VALUES.values())


def test_a_value_stands_on_its_line_and_moves_with_the_offset(profile: BlankProfile) -> None:
    (at_rest,) = lay_out(overprint(profile, {"licensee": "青禾书店"}))[0].texts
    (moved,) = lay_out(overprint(profile, {"licensee": "青禾书店"}, (1.5, -2.0)))[0].texts
    assert at_rest.x == pytest.approx(60 * MM)
    assert at_rest.y == pytest.approx(45 * MM - 0.12 * 16)
    assert (moved.x - at_rest.x, moved.y - at_rest.y) == pytest.approx((1.5 * MM, -2.0 * MM))


def test_a_field_without_a_value_stays_empty(profile: BlankProfile) -> None:
    assert len(lay_out(overprint(profile, {"licensee": "青禾", "issued": ""}))[0].texts) == 1


def test_a_value_the_blank_has_no_field_for_is_refused_and_the_fields_listed(profile: BlankProfile) -> None:
    with pytest.raises(UserError, match="没有这些栏：phone；可用的栏：licensee、issued"):
        overprint(profile, {"phone": "1"})


def test_a_value_too_long_and_an_offset_too_far_are_refused_by_the_clerks_name_of_the_field(
    profile: BlankProfile,
) -> None:
    with pytest.raises(UserError, match="“单位名称”写不下"):
        overprint(profile, {"licensee": "青" * 60})
    with pytest.raises(UserError, match=r"“单位名称”超出纸张边缘.*打印偏移"):
        overprint(profile, VALUES, (40, 0))


def test_the_specimen_shows_the_blanks_words_in_grey_and_is_marked(profile: BlankProfile) -> None:
    (sheet,) = lay_out(specimen(profile, VALUES))
    greys = {text.text: text.grey for text in sheet.texts}
    assert greys["样张"] > 0
    assert greys["单位名称"] > 0
    assert greys["青禾𬱖记书店"] == 0
    assert sum(line.dashed for line in sheet.lines) == 4 + len(profile.fields)


def test_the_calibration_sheet_has_a_line_a_millimetre_numbers_every_ten_and_a_cross_at_each_field(
    profile: BlankProfile,
) -> None:
    (sheet,) = lay_out(calibration_sheet(profile))
    words = {text.text for text in sheet.texts}
    assert {"10", "100", "140", "200", "单位名称", "发证日期"} <= words
    upright = {round(line.x1 / MM, 3) for line in sheet.lines if line.x1 == line.x2 and line.y2 - line.y1 > 100 * MM}
    assert upright == set(range(1, 211))
    crosses = {
        (round((line.x1 + line.x2) / 2 / MM, 3), round(line.y1 / MM, 3)) for line in sheet.lines if line.weight == 0.7
    }
    assert {(field.x, field.y) for field in profile.fields} <= crosses
    assert render(calibration_sheet(profile)) == render(calibration_sheet(profile))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("width = [", "写法有误"),
        (SAMPLE.replace('face = "kai"', 'face = "fancy"'), "没有字体 fancy"),
        (SAMPLE.replace("size = 16.0", "sise = 16.0"), "sise"),
        (SAMPLE.replace("height = 148.5", ""), "height"),
        ('title = "x"\nwidth = 1\nheight = 1', "fields"),
    ],
)
def test_a_profile_written_wrongly_is_refused_and_says_where(tmp_path: Path, broken: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        written(tmp_path, broken)
    assert "sample.toml" in refused.value.message


def test_an_unknown_blank_is_refused() -> None:
    with pytest.raises(UserError, match="没有名为“nowhere”的空白证版式"):
        load_profile("nowhere")


@pytest.mark.parametrize("name", profiles())
def test_every_profile_shipped_can_be_read_calibrated_and_shown(name: str) -> None:
    blank = load_profile(name)
    assert render(calibration_sheet(blank))
    assert render(specimen(blank, {field.name: "字" for field in blank.fields}))


PLACES = "places = [[0, 0], [0, 20.0], [90.0, 0]]\n" + SAMPLE.replace("width = 120.0", "width = 60.0")


def test_a_value_is_printed_at_the_place_asked_for(tmp_path: Path) -> None:
    page = written(tmp_path, PLACES)
    found = [lay_out(overprint(page.at(n), {"licensee": "青禾"}))[0].texts[0] for n in range(3)]
    first = found[0]
    assert [((text.x - first.x) / MM, (text.y - first.y) / MM) for text in found] == [
        pytest.approx((0, 0)), pytest.approx((0, 20)), pytest.approx((90, 0)),
    ]  # fmt: skip


@pytest.mark.parametrize("place", [3, 99, -1])
def test_a_page_with_no_free_place_left_is_refused_with_what_to_do(tmp_path: Path, place: int) -> None:
    with pytest.raises(UserError, match=r"“某某许可证（副本）”的 3 处都已用完.*换发或补发"):
        written(tmp_path, PLACES).at(place)


def test_specimen_and_calibration_sheet_show_every_place(tmp_path: Path) -> None:
    page = written(tmp_path, PLACES)
    (shown,), (grid,) = (lay_out(made) for made in (specimen(page.at(1), VALUES), calibration_sheet(page)))
    assert sum(line.dashed for line in shown.lines) == 4 + 3 * len(page.fields)
    crosses = {(round(line.x1 / MM, 3), round(line.y1 / MM, 3)) for line in grid.lines if line.weight == 0.7}
    assert {(57.0, 45.0), (57.0, 65.0), (147.0, 45.0)} <= crosses


def test_a_profile_without_any_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="places 至少要有一处"):
        written(tmp_path, "places = []\n" + SAMPLE)


@pytest.mark.parametrize("name", ["publication_review", "printing_review"])
def test_the_pages_for_yearly_records_have_room_for_six_years_that_do_not_overlap(name: str) -> None:
    page = load_profile(name)
    assert [field.name for field in page.fields] == ["review_year", "conclusion", "stamped_on", "officer"]
    lines = sorted({room.y for room in page.every_room})
    assert len(lines) == 6
    assert min(b - a for a, b in itertools.pairwise(lines)) * MM > 2 * max(field.size for field in page.fields)
    for place in range(6):
        assert render(overprint(page.at(place), {field.name: "2026年1月" for field in page.fields}))
