"""Colours of the screen as tables of tokens: light, dark, high contrast. Everything that is drawn takes its colours here."""

from dataclasses import dataclass, fields
from enum import StrEnum


class Tone(StrEnum):
    """What a colour means. It never stands alone: a tag always carries its word."""

    RED = "red"  # overdue, refused
    AMBER = "amber"  # due, doubtful
    GREEN = "green"  # done, in order
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Tokens:
    """One set of colours, as #rrggbb. Every text colour reads on every ground it is used on (WCAG 2.2, 1.4.3)."""

    name: str
    title: str
    dark: bool
    bg: str
    surface: str
    rail: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    red: str
    red_soft: str
    amber: str
    amber_soft: str
    green: str
    green_soft: str
    mark: str  # ground of what was searched for
    edge: str = "transparent"  # outline of tags and chosen rows, where the ground is not enough

    def tone(self, tone: str) -> tuple[str, str]:
        """Text colour and ground of a tag."""
        if tone == Tone.NEUTRAL:
            return self.muted, self.bg
        return getattr(self, tone), getattr(self, f"{tone}_soft")

    def table(self) -> dict[str, str]:
        """Name to colour, for the style sheet; `tick` is the drawing of the mark that reads on the accent."""
        colours = {
            one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("name", "title", "dark")
        }
        return colours | {"tick": "check-dark" if self.dark else "check-white"}


LIGHT = Tokens(
    name="light",
    title="浅色",
    dark=False,
    bg="#f5f6f8",
    surface="#ffffff",
    rail="#f0f2f5",
    line="#e2e5ea",
    text="#1d2430",
    muted="#616a7c",
    accent="#1f5fbf",
    on_accent="#ffffff",
    accent_soft="#e8f0fc",
    red="#c0392b",
    red_soft="#fdecea",
    amber="#96610f",
    amber_soft="#fdf3e1",
    green="#2c7a4c",
    green_soft="#e7f5ec",
    mark="#ffe9a8",
)

DARK = Tokens(
    name="dark",
    title="深色",
    dark=True,
    bg="#15181d",
    surface="#1c2027",
    rail="#181c22",
    line="#2e343d",
    text="#e6e9ee",
    muted="#98a2b3",
    accent="#6ea8fe",
    on_accent="#10131a",
    accent_soft="#22304a",
    red="#ff8a7a",
    red_soft="#3a2222",
    amber="#f2c46d",
    amber_soft="#3a2f1b",
    green="#7fd3a0",
    green_soft="#1d3327",
    mark="#5c4a12",
)

CONTRAST = Tokens(
    name="contrast",
    title="高对比度",
    dark=False,
    bg="#ffffff",
    surface="#ffffff",
    rail="#ffffff",
    line="#000000",
    text="#000000",
    muted="#1a1a1a",
    accent="#00309c",
    on_accent="#ffffff",
    accent_soft="#dbe6ff",
    red="#8c0000",
    red_soft="#ffffff",
    amber="#6b3d00",
    amber_soft="#ffffff",
    green="#00501f",
    green_soft="#ffffff",
    mark="#ffe600",
    edge="#000000",
)

PALETTES = {palette.name: palette for palette in (LIGHT, DARK, CONTRAST)}
