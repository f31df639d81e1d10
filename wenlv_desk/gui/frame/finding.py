"""One field finds anything: hits of every register in groups with counts, chosen by keyboard."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.searchbox import SearchBox
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.indexing import index_of, searchable
from wenlv_desk.store.query import Listing, ListQuery, ListRow

SHOWN: Final = 6
LINES: Final = 16
_LINE: Final = Qt.ItemDataRole.UserRole
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Hit:
    """One line of the results; a heading has no record, the last line of a group no record but a register to open."""

    register: str
    record_id: int
    text: str
    beside: str = ""
    state: str = ""
    tone: str = "neutral"
    spans: tuple[tuple[int, int], ...] = ()
    beside_spans: tuple[tuple[int, int], ...] = ()
    heading: bool = False

    @property
    def spoken(self) -> str:
        return "，".join(one for one in (self.text, self.beside, self.state) if one)


def find_everywhere(desk: Desk, text: str, shown: int = SHOWN) -> list[Hit]:
    """The best hits of every register, each group under a heading with its count."""
    found: list[Hit] = []
    for registry in desk.catalogue.registries.values():
        if searchable(registry):
            found += _of_register(desk, registry, text, shown)
    return found


def _of_register(desk: Desk, registry: Registry, text: str, shown: int) -> list[Hit]:
    hits = index_of(desk.session).find(desk.session.connection(), registry.name, text, shown)
    if not hits.ids:
        return []
    beside = _beside(registry)
    searched = (name for name, declared in registry.fields.items() if declared.search is not None)
    names = tuple(dict.fromkeys(one for one in (registry.named_by, *beside, registry.state, *searched) if one))
    listing = Listing(desk.session, desk.catalogue, registry, ListQuery(voided=True), desk.today, names=names)
    count = f"{hits.total:,}{'+' if hits.capped else ''} {registry.unit}"
    made = [Hit(registry.name, 0, f"{registry.title}　{count}", heading=True)]
    for row in listing.by_ids(hits.ids):
        other = "　".join(row.shown[name] for name in beside if row.shown[name])
        state = "已移出" if row.voided else row.shown.get(registry.state, "")
        tone = "neutral" if row.voided else row.tones.get(registry.state, "neutral")
        name = row.shown[registry.named_by]
        if not _spans(name, text) and not _spans(other, text):
            other = _why(registry, row, text) or other
        made.append(Hit(registry.name, row.id, name, other, state, tone, _spans(name, text), _spans(other, text)))
    if hits.total > len(hits.ids):
        made.append(Hit(registry.name, 0, f"在{registry.title}里看全部 {count}"))
    return made


def _why(registry: Registry, row: ListRow, text: str) -> str:
    """What holds the text where neither the name nor what stands beside it does: a former name, an address."""
    hidden = (name for name in row.shown if name in registry.fields and registry.fields[name].search is not None)
    return next(
        (f"{registry.fields[one].label}：{row.shown[one]}" for one in hidden if _spans(row.shown[one], text)), ""
    )


def _beside(registry: Registry) -> tuple[str, ...]:
    """What stands beside the name: the code and what else the register is searched by, as far as its list shows it."""
    searched = [
        name for name in registry.columns if name in registry.fields and registry.fields[name].search is not None
    ]
    return tuple(dict.fromkeys(one for one in (registry.code, *searched) if one and one != registry.named_by))[:3]


def _spans(text: str, query: str) -> tuple[tuple[int, int], ...]:
    from wenlv_desk.store.search.highlight import spans

    return tuple(spans(text, query))


class Results(QFrame):
    """Lies under the search field over the page; the field keeps the focus until Down is pressed."""

    record_wanted = Signal(str, int)
    list_wanted = Signal(str, str)  # register, search text

    def __init__(self, seat: Seat, box: SearchBox, area: QWidget) -> None:
        super().__init__(area)
        self.setProperty("part", "popup")
        self.setAccessibleName("查找结果")
        self.seat, self._box, self._area = seat, box, area
        self._finding: Job | None = None
        self._asked, self._go_first = "", False
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setAccessibleName("查找结果")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setModel(self._model)
        self.list.setItemDelegate(HitPainter(seat.kit.looks, self.list))
        self.list.clicked.connect(self._choose)
        self.list.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.list)
        box.searched.connect(self.search)
        box.submitted.connect(self._submitted)
        box.left_down.connect(self._enter)
        box.left.connect(self.leave)
        self.hide()

    def search(self, text: str) -> None:
        """Look for a text everywhere; an empty one closes the results."""
        if self._finding is not None:
            self._finding.forget()
        self._asked = text
        if not text:
            self.hide()
            return
        self._finding = self.seat.read(self, find_everywhere, text, then=partial(self._show, text))

    def leave(self) -> None:
        """Close and give the page its focus back."""
        self.hide()
        page = self.window().focusWidget()
        if page is self._box or page is self.list:
            self._box.clearFocus()

    def hits(self) -> list[Hit]:
        """What is shown."""
        return [self._model.item(row).data(_LINE) for row in range(self._model.rowCount())]

    def _show(self, text: str, hits: list[Hit]) -> None:
        self._finding = None
        self._model.clear()
        for hit in hits or [
            Hit("", 0, f"没有找到“{text}”。可以换一段名称、拼音首字母、证号或电话的一部分再找。", heading=True)
        ]:
            item = QStandardItem(hit.spoken)
            item.setData(hit, _LINE)
            item.setFlags(
                Qt.ItemFlag.NoItemFlags if hit.heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            )
            self._model.appendRow(item)
        self._place()
        self.show()
        self.raise_()
        if self._go_first:
            self._go_first = False
            self._first_record()

    def _submitted(self, text: str) -> None:
        """Enter in the field, or a scanned code: the only or best hit opens."""
        if not text:
            return
        if self._finding is not None or text != self._asked:
            self._go_first = True
        else:
            self._first_record()

    def _first_record(self) -> None:
        first = next((hit for hit in self.hits() if hit.record_id), None)
        if first is not None:
            self._open(first)

    def _enter(self) -> None:
        if self.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._step(-1, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        row, key = self.list.currentIndex().row(), event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
            self._box.setFocus()
        elif key in _ENTER:
            self._choose(self.list.currentIndex())
        elif key == Qt.Key.Key_Down:
            self._step(row, 1)
        elif key == Qt.Key.Key_Up:
            self._step(row, -1)
        elif event.text().isprintable() and event.text():
            self._box.take(event.text())
        else:
            return False
        return True

    def _step(self, row: int, by: int) -> None:
        """The next line that is no heading; above the first stands the field."""
        row += by
        while 0 <= row < self._model.rowCount() and self._model.item(row).data(_LINE).heading:
            row += by
        if row < 0:
            self._box.setFocus()
        elif row < self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(row, 0))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self._open(index.data(_LINE))

    def _open(self, hit: Hit) -> None:
        if hit.heading:
            return
        self.hide()
        self._box.settle()
        if hit.record_id:
            self.record_wanted.emit(hit.register, hit.record_id)
        else:
            self.list_wanted.emit(hit.register, self._asked)

    def _place(self) -> None:
        looks = self.seat.kit.looks
        at = self._box.mapTo(self._area, QPoint(0, self._box.height() + 4))
        line = looks.px(30)
        height = line * min(LINES, self._model.rowCount()) + 26
        self.setGeometry(
            at.x(), at.y(), max(self._box.width(), looks.px(420)), min(height, self._area.height() - at.y() - 8)
        )


class HitPainter(QStyledItemDelegate):
    """A line of results: name and what stands beside it with the hits marked, the state at the right."""

    def __init__(self, looks: Looks, parent: QObject) -> None:
        super().__init__(parent)
        self._looks = looks

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, self._looks.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(_LINE)
        looks, area = self._looks, QRectF(option.rect)  # type: ignore[attr-defined]
        tokens = looks.tokens
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected and not hit.heading:  # type: ignore[attr-defined]
            painter.fillRect(area, QColor(tokens.accent_soft))
        inner = area.adjusted(looks.px(10), 0, -looks.px(10), 0)
        if hit.state:
            inner.setRight(inner.right() - self._state(painter, hit, inner))
        size = 12 if hit.heading else 13
        painter.setFont(looks.font(size, bold=hit.heading))
        colour = tokens.muted if hit.heading else tokens.text if hit.record_id else tokens.accent
        x = self._marked(painter, hit.text, hit.spans, inner, colour)
        self._marked(painter, hit.beside, hit.beside_spans, inner.adjusted(x + looks.px(14), 0, 0, 0), tokens.muted)
        painter.restore()

    def _state(self, painter: QPainter, hit: Hit, area: QRectF) -> float:
        colour, ground = self._looks.tokens.tone(hit.tone)
        painter.setFont(self._looks.font(12))
        width = painter.fontMetrics().horizontalAdvance(hit.state) + self._looks.px(14)
        high = self._looks.px(20)
        box = QRectF(area.right() - width, area.y() + (area.height() - high) / 2, width, high)
        painter.fillRect(box, QColor(ground))
        painter.setPen(QColor(colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, hit.state)
        return width + self._looks.px(10)

    def _marked(
        self, painter: QPainter, text: str, spans: tuple[tuple[int, int], ...], area: QRectF, colour: str
    ) -> float:
        """Draw with hits on their ground; returns the width used."""
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, area.width()))
        high = self._looks.px(19)
        for start, end in spans if shown == text else ():
            x = area.x() + metrics.horizontalAdvance(text[:start])
            box = QRectF(x, area.y() + (area.height() - high) / 2, metrics.horizontalAdvance(text[start:end]), high)
            painter.fillRect(box, QColor(self._looks.tokens.mark))
        painter.setPen(QColor(colour))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return metrics.horizontalAdvance(shown)
