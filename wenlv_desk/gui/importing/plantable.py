"""The list of plan rows: a button at the end of the row that waits for somebody, and cells that are mended in place."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from wenlv_desk.gui.importing.source import ACT
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.table import Column, RecordTable, text_of

_MARGIN_PX: Final = 3
_PAD_PX: Final = 10


class CellEdit(QLineEdit):
    """Lies over a cell; Enter takes the text, Esc and leaving drop it."""

    taken = Signal(str)

    def __init__(self, parent: QWidget, area: QRect, text: str, label: str) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(f"改正{label}")
        self.setGeometry(area)
        self.selectAll()
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self.text())
            self.close_now()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_now()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.close_now()

    def close_now(self) -> None:
        self.hide()
        self.deleteLater()


class PlanTable(RecordTable):
    """Enter goes to what can be done about a row, F2 or a double click mends a cell."""

    pressed_act = Signal(int, QPoint)  # position of the row, where a menu may open on the screen
    mended = Signal(int, str, str)  # position, field, text

    def __init__(self, name: str, columns: tuple[Column, ...], kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(name, "导入方案", columns, kit, parent)
        self._act = next(at for at, column in enumerate(columns) if column.name == ACT)
        self._pressed: int | None = None
        self.cell_edit: CellEdit | None = None
        self.setMouseTracking(True)
        self.doubleClicked.connect(self.edit_cell)
        self.verticalScrollBar().valueChanged.connect(self._end_edit)
        self.setAccessibleDescription("回车看这一行怎么办，F2 改正当前单元格")

    def act_label(self, row: int) -> str:
        """What stands on the button of a row in sight; empty when there is none."""
        found = self.rows.row(row)
        return text_of(found.cells[self._act]) if found is not None else ""

    def act_area(self, row: int) -> QRect:
        """Where the button of a row lies in the viewport."""
        index, px = self.rows.index(row, self._act), self.kit.looks.px
        cell, margin = self.visualRect(index), px(_MARGIN_PX)
        width = self.fontMetrics().horizontalAdvance(self.act_label(row)) + 2 * px(_PAD_PX)
        return QRect(
            cell.x() + px(4), cell.y() + margin, min(width, cell.width() - px(8)), cell.height() - 2 * margin - 1
        )

    def press_act(self, row: int) -> None:
        """Do what the button of the row does."""
        found = self.rows.row(row)
        if found is not None and self.act_label(row):
            self.pressed_act.emit(found.id, self.viewport().mapToGlobal(self.act_area(row).bottomLeft()))

    def edit_cell(self, index: QModelIndex) -> None:
        """Open an editor over a cell; the columns that say something about the row have none."""
        found = self.rows.row(index.row())
        column = self.rows.columns[index.column()]
        if found is None or column.name.startswith("#"):
            return
        self._end_edit()
        area = self.visualRect(index).adjusted(1, 1, -1, -2)
        self.cell_edit = CellEdit(self.viewport(), area, text_of(found.cells[index.column()]), column.title)
        self.cell_edit.taken.connect(partial(self.mended.emit, found.id, column.name))
        self.cell_edit.destroyed.connect(self._forget)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isColumnHidden(self._act):
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setFont(self.kit.looks.font(13))
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        for row in range(max(0, first), (last if last >= 0 else self.rows.rowCount() - 1) + 1):
            if label := self.act_label(row):
                self._paint_button(painter, row, label)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self._button_at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row, self._pressed = self._pressed, None
        if row is not None and row == self._button_at(event.position().toPoint()):
            self.press_act(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._button_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._button_at(event.position().toPoint()) is None:  # a double click on a button is no second one
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.edit_cell(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._end_edit()
        return super().viewportEvent(event)

    def _button_at(self, at: QPoint) -> int | None:
        row = self.rowAt(at.y())
        if row < 0 or self.isColumnHidden(self._act) or not self.act_label(row):
            return None
        return row if self.act_area(row).contains(at) else None

    def _paint_button(self, painter: QPainter, row: int, label: str) -> None:
        tokens, area = self.kit.looks.tokens, QRectF(self.act_area(row)).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = self.kit.looks.px(6)
        cell = QRectF(self.visualRect(self.rows.index(row, self._act))).adjusted(0, 1, 0, -1)
        painter.fillRect(cell.adjusted(1, 0, 0, -1), QColor(self._ground(row)))
        painter.setPen(QColor(tokens.accent if self._pressed == row else tokens.line))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(area, radius, radius)
        painter.setPen(QColor(tokens.text))
        shown = self.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, round(area.width()) - 8)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)

    def _ground(self, row: int) -> str:
        tokens = self.kit.looks.tokens
        return tokens.accent_soft if self.selectionModel().isRowSelected(row) else tokens.surface

    def _end_edit(self) -> None:
        if self.cell_edit is not None:
            self.cell_edit.close_now()
            self.cell_edit = None

    def _forget(self, gone: QObject) -> None:
        if self.cell_edit is gone:
            self.cell_edit = None
