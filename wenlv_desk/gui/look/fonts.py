"""The screen's fonts from resources/fonts, so that no system font is needed."""

import logging
from typing import Final

from PySide6.QtGui import QFontDatabase

from wenlv_desk.resources import resource

SCREEN_FAMILIES: Final = ("Noto Sans SC", "HanaMinB")
_FIRST: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_RARE: Final = ("HanaMinB.ttf",)

log = logging.getLogger(__name__)


def load_screen_fonts() -> None:
    """What the first paint needs: about 10 ms, the files are mapped and not read."""
    _load(_FIRST)


def load_rare_fonts() -> None:
    """The characters outside the main font (rare names); may come after the first paint."""
    _load(_RARE)


def _load(names: tuple[str, ...]) -> None:
    for name in names:
        path = resource("fonts", name)
        if QFontDatabase.addApplicationFont(str(path)) == -1:
            log.error("font %s cannot be loaded", name)
