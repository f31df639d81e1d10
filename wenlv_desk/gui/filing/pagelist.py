"""The pages of a scan in a list, a thumbnail each: those that wait, or all of them."""

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from wenlv_desk.gui.filing.reading import PageShown, ScanView
from wenlv_desk.gui.look.looks import TEXT_PX, Looks
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, headed, restyle

THUMB_PX: Final = (64, 88)
WAITING, EVERY = "waiting", "every"
ALL_DONE: Final = "这件扫描件的每一页都处理好了。"
NO_PICTURE: Final = "无图"
_PLACE: Final = Qt.ItemDataRole.UserRole


class PageList(QFrame):
    """Up and Down go from page to page; `chosen` tells the place of the page at the cursor, 0 for none."""

    chosen = Signal(int)
    turned_to = Signal()  # other rows are shown

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("扫描页")
        self._looks = looks
        self._view: ScanView | None = None
        self._thumbs: dict[int, QIcon] = {}
        self.shown = WAITING
        self.chips = {name: button("", partial(self.open, name), part="chip") for name in (WAITING, EVERY)}
        self.list = QListWidget()
        self.list.setAccessibleName("扫描页")
        self.list.setWordWrap(True)
        self.list.setUniformItemSizes(False)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda _now, _before: self._tell())
        head = QWidget()
        flow = FlowLayout(8, head)
        for chip in self.chips.values():
            flow.addWidget(chip)
        around = QVBoxLayout()
        around.setContentsMargins(14, 9, 14, 9)
        around.addWidget(head)
        headed(self, around, self.list)
        looks.changed.connect(self._look)
        self._look()

    @property
    def place(self) -> int:
        """The page at the cursor, from 1; 0 for none."""
        item = self.list.currentItem()
        return int(item.data(_PLACE)) if item is not None else 0

    @property
    def rows(self) -> tuple[PageShown, ...]:
        """The pages that are listed."""
        if self._view is None:
            return ()
        return self._view.waiting if self.shown == WAITING else self._view.pages

    def show_view(self, view: ScanView) -> None:
        """Show how the pages stand now; the cursor stays, or goes to the next one that waits."""
        if self._view is None:
            self.shown = WAITING if view.waiting else EVERY
        at = self.place
        self._view = view
        self._fill(at)

    def open(self, name: str) -> None:
        """Show those that wait, or all."""
        self.shown = name
        self._fill(self.place)
        self.list.setFocus()

    def go_to(self, place: int) -> None:
        """Put the cursor on a page."""
        if self._view is not None and place not in [one.place for one in self.rows]:
            self.shown = EVERY
        self._fill(place)

    def show_thumbs(self, thumbs: dict[int, QImage]) -> None:
        """Pictures that have come, by place; a null one where nothing can be drawn."""
        for place, image in thumbs.items():
            self._thumbs[place] = QIcon(_empty(self._looks) if image.isNull() else _framed(image, self._looks))
        for row in range(self.list.count()):
            item = self.list.item(row)
            if (place := int(item.data(_PLACE))) in thumbs:
                item.setIcon(self._thumbs[place])

    def lacking_thumbs(self) -> list[PageShown]:
        """Listed pages whose picture has not come yet."""
        return [one for one in self.rows if one.place not in self._thumbs]

    def _fill(self, at: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for one in self.rows:
            self.list.addItem(self._item(one))
        places = [one.place for one in self.rows]
        following = next((row for row, place in enumerate(places) if place >= at), len(places) - 1)
        self.list.setCurrentRow(following)
        self.list.blockSignals(False)
        self._count()
        self._tell()
        self.turned_to.emit()

    def _item(self, one: PageShown) -> QListWidgetItem:
        item = QListWidgetItem(f"{one.name}　{one.state}\n{one.said}")
        item.setData(_PLACE, one.place)
        item.setToolTip(one.said)
        item.setIcon(self._thumbs.get(one.place, self._blank))
        item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        item.setSizeHint(QSize(0, self._looks.px(THUMB_PX[1] + 10)))
        return item

    def _count(self) -> None:
        view = self._view
        if view is None:
            return
        for name, text in ((WAITING, f"待处理 {len(view.waiting)}"), (EVERY, f"全部 {len(view.pages)}")):
            self.chips[name].setText(text)
            self.chips[name].setAccessibleName(f"{text} 页")
            restyle(self.chips[name], "on", name == self.shown)

    def _tell(self) -> None:
        self.chosen.emit(self.place)

    def _look(self) -> None:
        wide, high = (self._looks.px(one) for one in THUMB_PX)
        self.list.setIconSize(QSize(wide, high))
        blank = QPixmap(wide, high)
        blank.fill(QColor(0, 0, 0, 0))
        self._blank = QIcon(blank)


def pixels_wanted(looks: Looks) -> int:
    """The longer side of a thumbnail in pixels; twice what is shown, for fine screens."""
    return looks.px(THUMB_PX[1]) * 2


def _framed(image: QImage, looks: Looks) -> QPixmap:
    """In the middle of a box of one size, so that the texts stand below one another."""
    wide, high = (2 * looks.px(one) for one in THUMB_PX)
    small = image.scaled(wide, high, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    box = QPixmap(wide, high)
    box.fill(QColor(0, 0, 0, 0))
    painter = QPainter(box)
    painter.drawImage((wide - small.width()) // 2, (high - small.height()) // 2, small)
    painter.end()
    return box


def _empty(looks: Looks) -> QPixmap:
    """An empty sheet, where there is no picture."""
    wide, high = (2 * looks.px(one) for one in THUMB_PX)
    box = QPixmap(wide, high)
    box.fill(QColor(0, 0, 0, 0))
    painter = QPainter(box)
    painter.setPen(QPen(QColor(looks.tokens.muted), 2, Qt.PenStyle.DashLine))
    painter.drawRect(2, 2, wide - 4, high - 4)
    painter.setFont(looks.font(2 * TEXT_PX))
    painter.drawText(box.rect(), Qt.AlignmentFlag.AlignCenter, NO_PICTURE)
    painter.end()
    return box
