"""Painting of rows: text, status tags, search hits and the grey bars of rows that have not come yet.

The view paints all visible cells in one loop instead of through a delegate: about 6 us a cell instead of 40.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.look.tokens import Tokens, Tone
from wenlv_desk.gui.table.rows import Cell, Column, Marked, Row, Tag

ROW_PX: Final = 32
TEXT_PX: Final = 13
TAG_TEXT_PX: Final = 12
PAD_PX: Final = 10
_TAG_PAD_PX: Final = 7
_TAG_PX: Final = 20
_MARK_PX: Final = 19
_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a column lies in the viewport now."""

    at: int  # logical index
    column: Column
    x: float
    width: float


class RowPainter:
    """Everything needed to paint rows in the present looks; made anew when they change."""

    def __init__(self, looks: Looks) -> None:
        px, tokens = looks.px, looks.tokens
        self.height, self.pad = px(ROW_PX), px(PAD_PX)
        self.font, self.bold = looks.font(TEXT_PX), looks.font(TEXT_PX, bold=True)
        self.tag_font = looks.font(TAG_TEXT_PX)
        self.metrics, self.tag_metrics = QFontMetricsF(self.font), QFontMetricsF(self.tag_font)
        self.baseline = _baseline(self.height, self.metrics)
        self.tag_baseline = _baseline(self.height, self.tag_metrics)
        self._tag_pad, self._tag_height, self._mark_height = px(_TAG_PAD_PX), px(_TAG_PX), px(_MARK_PX)
        self._radius = px(4)
        self._em = px(TEXT_PX)
        self.text, self.muted, self.red = QColor(tokens.text), QColor(tokens.muted), QColor(tokens.red)
        self.line, self.mark, self.chosen = QColor(tokens.line), QColor(tokens.mark), QColor(tokens.accent_soft)
        self.accent = QColor(tokens.accent)
        self.edge = QPen(QColor(tokens.edge)) if tokens.edge != Tokens.edge else None
        self._bar = QColor(tokens.line)
        self._bar.setAlphaF(0.6)
        self._tones = {str(tone): (QColor(tokens.tone(tone)[0]), QColor(tokens.tone(tone)[1])) for tone in Tone}
        elide = Qt.TextElideMode.ElideRight
        self._fit: Callable[[str, float], str] = lru_cache(maxsize=_REMEMBERED)(
            lambda text, width: self.metrics.elidedText(text, elide, width)
        )
        self._fit_tag: Callable[[str, float], tuple[str, float]] = lru_cache(maxsize=_REMEMBERED)(self._tag_text)

    def ground(self, painter: QPainter, area: QRectF, *, chosen: bool, current: bool) -> None:
        """What lies under a row: the colour of a chosen row, a bar at the current one, the hairline."""
        if chosen:
            painter.fillRect(area, self.chosen)
        if current:
            painter.fillRect(QRectF(area.x(), area.y(), max(2, self._radius // 2), area.height() - 1), self.accent)
            if self.edge is not None:
                painter.setPen(self.edge)
                painter.drawRect(area.adjusted(0, 0, -1, -2))
        painter.setPen(self.line)
        low = area.bottom() - 0.5
        painter.drawLine(QLineF(area.left(), low, area.right(), low))

    def cells(self, painter: QPainter, row: Row, lanes: Sequence[Lane], y: float) -> None:
        """One row's cells with its upper edge at y."""
        cells, pad, baseline = row.cells, self.pad, y + self.baseline
        for lane in lanes:
            cell, room = cells[lane.at], lane.width - 2 * pad
            if isinstance(cell, str):
                if cell and room > 0:
                    painter.setPen(self.accent if lane.column.link else self.muted if lane.column.muted else self.text)
                    shown = cell if len(cell) * self._em <= room else self._fit(cell, room)
                    x = lane.x + pad
                    if lane.column.align == "right":
                        x += room - self.metrics.horizontalAdvance(shown)
                    painter.drawText(QPointF(x, baseline), shown)
            elif room > 0:
                self._special(painter, cell, lane, y, room)

    def placeholder(self, painter: QPainter, lanes: Sequence[Lane], y: float) -> None:
        """A row that has not come yet."""
        thick = self.height * 0.28
        for lane in lanes:
            room = (lane.width - 2 * self.pad) * 0.7
            if room > 0:
                painter.fillRect(QRectF(lane.x + self.pad, y + (self.height - thick) / 2, room, thick), self._bar)

    def width_of(self, cell: Cell) -> float:
        """The width a cell needs to be shown whole, padding included."""
        if isinstance(cell, Tag):
            return self.tag_metrics.horizontalAdvance(cell.text) + 2 * (self._tag_pad + self.pad)
        text, font = (cell, self.metrics) if isinstance(cell, str) else (cell.text, self.metrics)
        return font.horizontalAdvance(text) + 2 * self.pad + 1

    def _special(self, painter: QPainter, cell: Tag | Marked, lane: Lane, y: float, room: float) -> None:
        if isinstance(cell, Tag):
            self._paint_tag(painter, cell, lane.x + self.pad, y, room)
        else:
            painter.setPen(self.muted if lane.column.muted else self.text)
            self._paint_marked(painter, cell, lane.x + self.pad, y, room)

    def _paint_tag(self, painter: QPainter, tag: Tag, x: float, y: float, room: float) -> None:
        text, width = self._fit_tag(tag.text, room)
        colour, ground = self._tones[tag.tone]
        box = QRectF(x, y + (self.height - 1 - self._tag_height) / 2, width, self._tag_height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setBrush(ground)
        painter.setPen(self.edge if self.edge is not None else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, self._radius, self._radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(colour)
        painter.setFont(self.tag_font)
        painter.drawText(QPointF(x + self._tag_pad, y + self.tag_baseline), text)
        painter.setFont(self.font)

    def _tag_text(self, text: str, room: float) -> tuple[str, float]:
        pads = 2 * self._tag_pad
        shown = self.tag_metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room - pads))
        return shown, self.tag_metrics.horizontalAdvance(shown) + pads

    def _paint_marked(self, painter: QPainter, cell: Marked, x: float, y: float, room: float) -> None:
        pen, end = painter.pen(), x + room
        for text, hit in _pieces(cell):
            font: QFont = self.bold if hit and cell.wrong else self.font
            shown = self._fit(text, end - x) if self.metrics.horizontalAdvance(text) > end - x else text
            width = (
                QFontMetricsF(font).horizontalAdvance(shown)
                if font is self.bold
                else self.metrics.horizontalAdvance(shown)
            )
            if hit and not cell.wrong:
                top = y + (self.height - 1 - self._mark_height) / 2
                painter.fillRect(QRectF(x, top, width, self._mark_height), self.mark)
            painter.setFont(font)
            painter.setPen(self.red if hit and cell.wrong else pen)
            painter.drawText(QPointF(x, y + self.baseline), shown)
            x += width
            if shown is not text or x >= end:
                break
        painter.setFont(self.font)


def _baseline(height: int, metrics: QFontMetricsF) -> float:
    return round((height - 1 - metrics.height()) / 2 + metrics.ascent())


def _pieces(cell: Marked) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for start, end in cell.spans:
        if at < start:
            pieces.append((cell.text[at:start], False))
        pieces.append((cell.text[start:end], True))
        at = end
    if at < len(cell.text):
        pieces.append((cell.text[at:], False))
    return pieces
