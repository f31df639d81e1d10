"""Icons of resources/icons (Lucide), drawn in the colour and at the size that is asked for."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from wenlv_desk.resources import resource

_DENSITIES: Final = (1, 2)
_PALE: Final = 0.4


def tinted(name: str, colour: str, px: int) -> QIcon:
    """The icon in one colour (#rrggbb), `px` wide on screens of one or two dots a pixel.

    Raises FileNotFoundError for a name that is not in resources/icons.
    """
    icon = QIcon()
    renderer = QSvgRenderer(QByteArray(_drawing(name, colour)))
    for density in _DENSITIES:
        icon.addPixmap(_drawn(renderer, px, density, 1.0), QIcon.Mode.Normal)
        icon.addPixmap(_drawn(renderer, px, density, _PALE), QIcon.Mode.Disabled)
    return icon


@lru_cache(maxsize=128)
def _drawing(name: str, colour: str) -> bytes:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour).encode()


def _drawn(renderer: QSvgRenderer, px: int, density: int, opacity: float) -> QPixmap:
    side = px * density
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(density)
    return QPixmap.fromImage(image)
