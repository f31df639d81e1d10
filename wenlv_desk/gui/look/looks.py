"""How the screen looks now: chosen colours, text size and fonts. One style sheet is made from them and given to the application."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from wenlv_desk.gui.look.fonts import SCREEN_FAMILIES
from wenlv_desk.gui.look.icons import tinted
from wenlv_desk.gui.look.tokens import CONTRAST, DARK, LIGHT, PALETTES, Tokens
from wenlv_desk.gui.memory import Memory
from wenlv_desk.resources import resource

TEXT_PX: Final = 14
SMALLEST: Final = 90
LARGEST: Final = 200
TEXT_SIZES: Final = (90, 100, 110, 125, 150, 175, 200)
_LENGTH: Final = re.compile(r"\b(\d+)px\b")


class Mode(StrEnum):
    """Which colours the clerk chose; `SYSTEM` follows the desktop, light or dark."""

    SYSTEM = "system"
    LIGHT = LIGHT.name
    DARK = DARK.name
    CONTRAST = CONTRAST.name

    @property
    def label(self) -> str:
        return "跟随系统" if self is Mode.SYSTEM else PALETTES[self.value].title


@lru_cache(maxsize=8)
def style_sheet(tokens: Tokens, percent: int) -> str:
    """The style sheet in these colours with every length at this percentage; hairlines stay hairlines."""
    template = Template(resource("style.qss.in").read_text(encoding="utf-8"))
    sheet = template.substitute(tokens.table(), icons=resource("icons").as_posix())
    # Rounded down: Qt drops a corner radius that is larger than half of the height it rounds.
    return _LENGTH.sub(lambda found: f"{max(min(int(found[1]), 1), int(found[1]) * percent // 100)}px", sheet)


def palette_of(tokens: Tokens) -> QPalette:
    """The colours for whatever the style sheet leaves to Qt."""
    palette, role = QPalette(), QPalette.ColorRole
    for colour, roles in {
        tokens.bg: (role.Window, role.AlternateBase),
        tokens.surface: (role.Base, role.Button, role.ToolTipBase),
        tokens.text: (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText),
        tokens.muted: (role.PlaceholderText,),
        tokens.accent: (role.Highlight, role.Accent, role.Link, role.LinkVisited),
        tokens.on_accent: (role.HighlightedText,),
        tokens.line: (role.Mid, role.Midlight, role.Dark),
    }.items():
        for one in roles:
            palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.muted))
    return palette


def system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


class Looks(QObject):
    """The chosen colours and text size, remembered between starts; `changed` when anything drawn by hand must be drawn anew."""

    changed = Signal()

    def __init__(self, memory: Memory, system_is_dark: Callable[[], bool] = system_is_dark) -> None:
        super().__init__()
        self._memory, self._system_is_dark = memory, system_is_dark
        remembered = memory.text("looks/mode")
        self._mode = next((mode for mode in Mode if mode.value == remembered), Mode.SYSTEM)
        self._percent = _within(memory.number("looks/percent", 100))
        self._applied: tuple[Tokens, int] | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.follow_system)

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def percent(self) -> int:
        """Text size, 90 to 200."""
        return self._percent

    @property
    def tokens(self) -> Tokens:
        if self._mode is not Mode.SYSTEM:
            return PALETTES[self._mode.value]
        return DARK if self._system_is_dark() else LIGHT

    def choose(self, mode: Mode) -> None:
        self._mode = mode
        self._memory.keep("looks/mode", mode.value)
        self.apply()

    def resize(self, percent: int) -> None:
        """Set the text size; beyond 90 to 200 the nearest is taken."""
        self._percent = _within(percent)
        self._memory.keep("looks/percent", self._percent)
        self.apply()

    def step(self, direction: int) -> None:
        """One size larger (1), smaller (-1), or back to 100 % (0)."""
        if direction == 0:
            self.resize(100)
        elif direction > 0:
            self.resize(next((size for size in TEXT_SIZES if size > self._percent), LARGEST))
        else:
            self.resize(next((size for size in reversed(TEXT_SIZES) if size < self._percent), SMALLEST))

    def px(self, length: float) -> int:
        """A length given at 100 %, in pixels at the chosen text size."""
        return round(length * self._percent / 100)

    def font(self, px: float = TEXT_PX, *, bold: bool = False) -> QFont:
        """The screen's font at a size given at 100 %."""
        font = QFont()
        font.setFamilies(list(SCREEN_FAMILIES))
        font.setPixelSize(max(1, self.px(px)))
        font.setBold(bold)
        return font

    def icon(self, name: str, colour: str = "text", px: float = 16) -> QIcon:
        """An icon of resources/icons in a token's colour, e.g. icon("search", "muted")."""
        return tinted(name, getattr(self.tokens, colour), self.px(px))

    def apply(self) -> None:
        """Give the application its fonts, palette and style sheet; nothing happens when they are there already."""
        wanted = (self.tokens, self._percent)
        app = QApplication.instance()
        if wanted == self._applied or not isinstance(app, QApplication):
            return
        self._applied = wanted
        sheet = style_sheet(self.tokens, self._percent)
        if app.styleSheet() != sheet:  # setting it polishes every widget there is anew
            app.setFont(self.font())
            app.setPalette(palette_of(self.tokens))
            app.setStyleSheet(sheet)
        self.changed.emit()

    def follow_system(self) -> None:
        """The desktop has changed between light and dark."""
        if self._mode is Mode.SYSTEM:
            self.apply()


def _within(percent: int) -> int:
    return min(LARGEST, max(SMALLEST, percent))
