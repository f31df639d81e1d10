import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wenlv_desk.gui.look.icons import tinted
from wenlv_desk.gui.look.looks import Looks, Mode, style_sheet
from wenlv_desk.gui.look.tokens import CONTRAST, DARK, LIGHT, PALETTES
from wenlv_desk.gui.memory import Memory
from wenlv_desk.gui.widgets.chips import SwitchChip
from wenlv_desk.resources import resource


def lengths(sheet: str) -> list[int]:
    return [int(one) for one in re.findall(r"\b(\d+)px\b", sheet)]


@pytest.mark.parametrize("tokens", PALETTES.values(), ids=PALETTES)
def test_the_style_sheet_leaves_no_token_open(tokens: object) -> None:
    sheet = style_sheet(tokens, 100)
    assert "$" not in sheet
    for path in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(path).is_file()


def test_every_length_grows_with_the_text_and_hairlines_stay_hairlines() -> None:
    usual, large = lengths(style_sheet(LIGHT, 100)), lengths(style_sheet(LIGHT, 150))
    assert len(usual) == len(large)
    assert [one * 150 // 100 for one in usual if one > 1] == [
        big for one, big in zip(usual, large, strict=True) if one > 1
    ]
    assert {big for one, big in zip(usual, large, strict=True) if one == 1} == {1}


def test_small_text_keeps_its_borders() -> None:
    small = lengths(style_sheet(LIGHT, 90))
    assert all(after >= 1 for before, after in zip(lengths(style_sheet(LIGHT, 100)), small, strict=True) if before)


def test_the_choice_is_remembered(memory: Memory) -> None:
    looks = Looks(memory)
    looks.choose(Mode.CONTRAST)
    looks.resize(125)
    again = Looks(memory)
    assert (again.mode, again.percent, again.tokens) == (Mode.CONTRAST, 125, CONTRAST)


@pytest.mark.parametrize(("asked", "given"), [(20, 90), (90, 90), (137, 137), (200, 200), (900, 200)])
def test_text_sizes_go_from_90_to_200(memory: Memory, asked: int, given: int) -> None:
    looks = Looks(memory)
    looks.resize(asked)
    assert looks.percent == given


def test_steps_go_through_the_sizes_and_back_to_the_usual_one(memory: Memory) -> None:
    looks = Looks(memory)
    looks.step(1)
    looks.step(1)
    assert looks.percent == 125
    looks.step(-1)
    assert looks.percent == 110
    looks.step(0)
    assert looks.percent == 100


def test_nonsense_in_the_settings_file_means_the_usual_looks(memory: Memory) -> None:
    memory.keep("looks/mode", "plaid")
    memory.keep("looks/percent", "many")
    assert (Looks(memory).mode, Looks(memory).percent) == (Mode.SYSTEM, 100)


def test_the_systems_dark_setting_is_followed_until_the_clerk_chooses(memory: Memory, qtbot: QtBot) -> None:
    desktop = {"dark": False}
    looks = Looks(memory, lambda: desktop["dark"])
    looks.apply()
    assert looks.tokens is LIGHT
    desktop["dark"] = True
    with qtbot.waitSignal(looks.changed):
        looks.follow_system()
    assert looks.tokens is DARK
    looks.choose(Mode.LIGHT)
    with qtbot.assertNotEmitted(looks.changed):
        looks.follow_system()
    assert looks.tokens is LIGHT


def test_the_application_is_given_the_palette_and_the_sheet(memory: Memory, qtbot: QtBot) -> None:
    looks = Looks(memory)
    looks.choose(Mode.DARK)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert DARK.accent in app.styleSheet()
    assert app.palette().window().color().name() == DARK.bg


def families(text: str) -> set[str]:
    """The fonts that Qt takes the glyphs of a text from."""
    font = QFont()
    font.setFamilies(["Noto Sans SC", "HanaMinB"])
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return {run.rawFont().familyName() for run in layout.glyphRuns() if 0 not in run.glyphIndexes()}


def test_the_screen_needs_no_system_font() -> None:
    assert families("文旅台账 Ctrl 2026") == {"Noto Sans SC"}


def test_rare_characters_come_from_the_fallback_font() -> None:
    assert families("𪚥") == {"HanaMinB"}


def test_figures_are_all_equally_wide(memory: Memory) -> None:
    metrics = QFontMetricsF(Looks(memory).font(13))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_an_icon_is_drawn_in_the_colour_asked_for() -> None:
    image = tinted("search", "#c0392b", 32).pixmap(32, 32).toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {"#c0392b"}


def test_an_icon_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        tinted("no-such-icon", "#000000", 16)


def test_icons_have_their_licence_beside_them_and_can_all_be_tinted_or_stand_alone() -> None:
    folder = resource("icons")
    assert "ISC License" in (folder / "LICENSE-Lucide.txt").read_text(encoding="utf-8")
    plain = [path.stem for path in folder.glob("*.svg") if "currentColor" not in path.read_text(encoding="utf-8")]
    assert sorted(plain) == ["arrow-down", "arrow-up", "check-dark", "check-white"]


def test_painting_a_grown_chip_keeps_its_round_ends(memory: Memory, qtbot: QtBot) -> None:
    """Qt drops a radius larger than half the height; the corner pixel tells."""
    looks = Looks(memory)
    for percent in (100, 125, 150, 175):
        looks.choose(Mode.LIGHT)
        looks.resize(percent)
        chip = SwitchChip("90 天内到期")
        qtbot.addWidget(chip)
        chip.setChecked(True)
        chip.adjustSize()
        image = chip.grab().toImage()
        assert image.pixelColor(1, 1).name() not in (LIGHT.accent, LIGHT.accent_soft), percent
