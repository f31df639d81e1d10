from dataclasses import fields

import pytest

from wenlv_desk.gui.look.tokens import CONTRAST, DARK, LIGHT, PALETTES, Tokens, Tone


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def grounds(tokens: Tokens) -> list[tuple[str, str, str]]:
    """Every pair of text and ground that is drawn: (what, text colour, ground)."""
    pairs = [
        (f"{text} on {ground}", getattr(tokens, text), getattr(tokens, ground))
        for text in ("text", "muted")
        for ground in ("bg", "surface", "rail", "accent_soft")
    ]
    pairs += [(f"tag {tone}", *tokens.tone(tone)) for tone in Tone]
    pairs += [
        ("primary button", tokens.on_accent, tokens.accent),
        ("chosen chip", tokens.accent, tokens.accent_soft),
        ("link", tokens.accent, tokens.surface),
        ("search hit", tokens.text, tokens.mark),
        ("wrong figure", tokens.red, tokens.surface),
    ]
    return pairs


@pytest.mark.parametrize(("tokens", "least"), [(LIGHT, 4.5), (DARK, 4.5), (CONTRAST, 7.0)], ids=lambda v: str(v)[:24])
def test_every_word_can_be_read_on_its_ground(tokens: Tokens, least: float) -> None:
    assert {
        what: round(contrast(text, ground), 2)
        for what, text, ground in grounds(tokens)
        if contrast(text, ground) < least
    } == {}


def test_focus_and_outlines_stand_out() -> None:
    for tokens in PALETTES.values():
        assert contrast(tokens.accent, tokens.surface) >= 3
    assert contrast(CONTRAST.line, CONTRAST.surface) >= 7


def test_every_palette_says_every_colour() -> None:
    for tokens in PALETTES.values():
        colours = [getattr(tokens, one.name) for one in fields(tokens) if one.name not in ("name", "title", "dark")]
        assert all(colour == "transparent" or (len(colour) == 7 and colour[0] == "#") for colour in colours)
