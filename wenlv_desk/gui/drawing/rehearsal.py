"""演练: one possible outcome, on a page that nobody can take for a draw: hatched all around, 演练 across it and in every row."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLineF, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wenlv_desk.gui.drawing.reading import together
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.table import Column, FixedTable, Row, Tag
from wenlv_desk.gui.widgets.blocks import Blocks
from wenlv_desk.gui.widgets.parts import button, card, words
from wenlv_desk.registries.inspection.rehearsing import REHEARSAL, Rehearsal

BANNER: Final = f"{REHEARSAL} · 不是抽取结果"
SAID: Final = (
    "用电脑的随机数试抽一次，看看可能抽成什么样。什么也没有写入，没有封存码，也不能打印；"
    "真正的抽取用封存以后当场产生的种子，票号不会与演练相同。"
)
COLUMNS: Final = (
    Column("mark", REHEARSAL, 70, tag=True, sortable=False),
    Column("stratum", "分层", 130),
    Column("rank", "名次", 60, align="right", tabular=True),
    Column("name", "单位名称", 240),
    Column("team", "检查人员", 200, grows=True),
)
HATCH_PX, EDGE_PX, MARK_PX = 16, 26, 120


class Watermark(QWidget):
    """The word across whatever lies below; clicks go through it."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self._looks.tokens.amber)
        colour.setAlphaF(0.16)
        painter.setPen(colour)
        painter.setFont(self._looks.font(MARK_PX, bold=True))
        painter.translate(QPointF(self.rect().center()))
        painter.rotate(-18)
        width = painter.fontMetrics().horizontalAdvance(REHEARSAL)
        painter.drawText(QPointF(-width / 2, self._looks.px(MARK_PX) * 0.35), REHEARSAL)
        painter.end()


class RehearsalPage(QFrame):
    """Can be repeated as often as one likes."""

    again_wanted = Signal()
    left = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setAccessibleName(BANNER)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # the page is as high without it
        self._looks = kit.looks
        self.banner = words(BANNER, "banner")
        self.banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.counts = words("", "value", wrap=True)
        self.blocks = Blocks()
        self.table = FixedTable("drawing/rehearsal", BANNER, COLUMNS, kit)
        self.table.empty.say("没有演练出结果，见上面挡住的事。")
        self.again = button("再演练一次", self.again_wanted.emit, key="F7")
        self.leave = button("结束演练", self.left.emit, key="Esc", part="primary")
        self._lay_out()
        self._mark = Watermark(kit.looks, self)
        kit.looks.changed.connect(self.update)

    def _lay_out(self) -> None:
        sheet = card(BANNER)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 8, 14, 12)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.again)
        foot.addWidget(self.leave)
        head = QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 8)
        head.setSpacing(6)
        for one in (self.banner, words(SAID, "muted", wrap=True), self.counts, self.blocks):
            head.addWidget(one)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        around = QVBoxLayout(self)
        edge = self._looks.px(EDGE_PX)
        around.setContentsMargins(edge, edge, edge, edge)
        around.addWidget(sheet)

    def show_rehearsal(self, found: Rehearsal) -> None:
        """Show an outcome, or why there is none."""
        self.blocks.show_blocks(together(found.short))
        counts = f"可抽 {len(found.pool)} 户、排除 {len(found.excluded)} 户，应抽 {found.wanted} 户，可派 {len(found.inspectors)} 人"
        self.counts.setText(counts)
        self.table.show_rows(_rows(found))
        self.again.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, step = self._looks.tokens, self._looks.px(HATCH_PX)
        painter.fillRect(self.rect(), QColor(tokens.amber_soft))
        painter.setPen(QPen(QColor(tokens.amber), max(2.0, step / 5)))
        for x in range(-self.height(), self.width(), step):
            painter.drawLine(QLineF(x, self.height(), x + self.height(), 0))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mark.setGeometry(self.rect())
        self._mark.raise_()


def _rows(found: Rehearsal) -> Sequence[Row]:
    return [
        Row(number, (Tag(REHEARSAL, "amber"), one.stratum, str(one.rank), one.name, one.team))
        for number, one in enumerate(found.drawn, 1)
    ]
