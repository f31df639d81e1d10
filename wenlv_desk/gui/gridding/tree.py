"""The tree 局—科室—网格—企业 on the screen: columns for people, firms and what stands out, by word and colour."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from wenlv_desk.gui.gridding.nodes import Kind, Node, walk
from wenlv_desk.gui.look.looks import Looks

NAME, PEOPLE, COUNT, MARK = range(4)
HEADINGS: Final = ("网格和企业", "网格长 / 网格员", "企业", "要留意")
WIDTHS: Final = {PEOPLE: 124, COUNT: 56, MARK: 100}
LEAST_NAME_PX: Final = 170
BAR_PX: Final = 3
_KEY: Final = Qt.ItemDataRole.UserRole
_TONE: Final = Qt.ItemDataRole.UserRole + 1
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAG: Final = (7, 20, 4)  # padding, height, radius at 100 %


class GridTree(QTreeWidget):
    """Stays where it was when it is filled anew."""

    chosen = Signal(object)  # Node
    opened = Signal(object)  # Node: Enter or a double click on a firm
    typed = Signal(str)  # a character typed into the tree: the page sends it to its search field

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._nodes: dict[str, Node] = {}
        self._found = ""
        self.setAccessibleName("网格划分")
        self.setColumnCount(len(HEADINGS))
        self.setHeaderLabels(list(HEADINGS))
        self.setItemDelegateForColumn(MARK, _TagDelegate(looks, self))
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setAccessibleName("列标题")
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in WIDTHS:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self.currentItemChanged.connect(lambda _now, _before: self._tell())
        self.itemDoubleClicked.connect(lambda item, _column: self._open(item))
        looks.changed.connect(self._look)
        self._look()

    @property
    def node(self) -> Node | None:
        """The line at the cursor."""
        item = self.currentItem()
        return self._nodes.get(item.data(NAME, _KEY)) if item is not None else None

    def show_tree(self, root: Node) -> None:
        """Fill it; what was open and chosen stays so."""
        first = not self._nodes
        key = self.node.key if self.node is not None else root.key
        open_keys = self._open_keys()
        self._nodes = {one.key: one for one in walk(root)}
        self.blockSignals(True)
        self.clear()
        items: dict[str, QTreeWidgetItem] = {}
        self._add(self.invisibleRootItem(), root, items)
        for name, item in items.items():
            kind = self._nodes[name].kind
            item.setExpanded(kind in (Kind.BUREAU, Kind.SECTION) if first else name in open_keys or kind is Kind.BUREAU)
        self.setCurrentItem(items.get(key) or items[root.key])
        self.narrow(self._found)
        self.blockSignals(False)
        self._look()
        self._tell()

    def forget(self) -> None:
        """Show nothing; what was unfolded is not remembered."""
        self._nodes = {}
        self.clear()

    def narrow(self, text: str) -> int:
        """Show only what holds the text, with what is above and below it, unfolded; gives how many lines hold it. Empty: all."""
        self._found = text.strip()
        found = 0
        for at in range(self.topLevelItemCount()):
            top = self.topLevelItem(at)
            found += self._sift(top, self._found, above=False) if top is not None else 0
        return found

    def go_to_found(self, text: str) -> bool:
        """Put the cursor on the first line that holds the text."""
        text = text.strip()
        holds = (one for one in self._items() if text and (text in one.text(NAME) or text in one.text(PEOPLE)))
        item = next(holds, None)
        return item is not None and self.go_to(str(item.data(NAME, _KEY)))

    def _sift(self, item: QTreeWidgetItem, text: str, *, above: bool) -> int:
        own = bool(text) and any(text in item.text(column) for column in (NAME, PEOPLE))
        inside = sum(self._sift(item.child(at), text, above=above or own) for at in range(item.childCount()))
        item.setHidden(bool(text) and not (own or inside or above))
        if text and inside:
            item.setExpanded(True)
        return inside + own

    def go_to(self, key: str) -> bool:
        """Put the cursor on a line, unfolding what is above it; false where there is none."""
        item = next((one for one in self._items() if one.data(NAME, _KEY) == key), None)
        if item is None:
            return False
        self.setCurrentItem(item)
        self.scrollToItem(item)
        return True

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """As in lists, a bar says where the keys go."""
        super().drawRow(painter, option, index)
        if (
            self.hasFocus()
            and index.row() == self.currentIndex().row()
            and index.parent() == self.currentIndex().parent()
        ):
            area = QRectF(option.rect)  # type: ignore[attr-defined]
            bar = QRectF(0, area.y(), BAR_PX, area.height())
            painter.fillRect(bar, QColor(self._looks.tokens.accent))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in _ENTER and item is not None:
            if item.childCount():
                item.setExpanded(not item.isExpanded())
            self._open(item)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        if search.strip():
            self.typed.emit(search)

    def _add(self, parent: QTreeWidgetItem, node: Node, items: dict[str, QTreeWidgetItem]) -> None:
        item = QTreeWidgetItem(parent, [node.name, node.people, node.count, node.tag])
        item.setData(NAME, _KEY, node.key)
        item.setData(MARK, _TONE, node.tone)
        item.setTextAlignment(COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        spoken = "，".join(one for one in (node.name, node.people, node.count, node.tag) if one)
        item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(NAME, spoken)
        items[node.key] = item
        for one in node.children:
            self._add(item, one, items)

    def _items(self) -> list[QTreeWidgetItem]:
        return self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive, NAME)

    def _open_keys(self) -> frozenset[str]:
        return frozenset(str(one.data(NAME, _KEY)) for one in self._items() if one.isExpanded())

    def _open(self, item: QTreeWidgetItem) -> None:
        node = self._nodes.get(item.data(NAME, _KEY))
        if node is not None and node.kind is Kind.FIRM:
            self.opened.emit(node)

    def _fit(self) -> None:
        """Where the names would be cut the people are left out; the ledger beside it names them."""
        wanted = sum(WIDTHS.values()) + LEAST_NAME_PX
        self.setColumnHidden(PEOPLE, self.viewport().width() < self._looks.px(wanted))

    def _tell(self) -> None:
        if self.node is not None:
            self.chosen.emit(self.node)

    def _look(self) -> None:
        px, muted = self._looks.px, QBrush(QColor(self._looks.tokens.muted))
        self.setIndentation(px(16))
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, px(width))
        self._fit()
        self.setFont(self._looks.font(13))
        bold = self._looks.font(13, bold=True)
        for item in self._items():
            item.setForeground(PEOPLE, muted)
            node = self._nodes.get(item.data(NAME, _KEY))
            if node is not None and node.kind in (Kind.BUREAU, Kind.SECTION, Kind.WAITING):
                item.setFont(NAME, bold)


class _TagDelegate(QStyledItemDelegate):
    """Paints what stands out as a tag, as lists do."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        text, self._tone = str(index.data() or ""), str(index.data(_TONE) or "neutral")
        plain = QStyleOptionViewItem(option)
        super().paint(painter, plain, index.sibling(index.row(), -1))
        if text:
            self._paint_tag(painter, QRectF(option.rect), text)  # type: ignore[attr-defined]

    def _paint_tag(self, painter: QPainter, area: QRectF, text: str) -> None:
        px, tokens = self._looks.px, self._looks.tokens
        colour, ground = (QColor(one) for one in tokens.tone(self._tone))
        painter.save()
        painter.setFont(self._looks.font(12))
        pad, height, radius = (px(one) for one in _TAG)
        width = min(painter.fontMetrics().horizontalAdvance(text) + 2 * pad, area.width() - pad)
        box = QRectF(area.x() + 4, area.y() + (area.height() - height) / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(tokens.edge)) if tokens.edge != "transparent" else QPen(Qt.PenStyle.NoPen))
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
