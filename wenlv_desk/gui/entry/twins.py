"""A new record beside the ones on file that look the same: open that one, merge into it, or say why this is another."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.formdata import TwinShown
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.gui.widgets.parts import button, line, words

WIDTH = 760


class TwinsDialog(Dialog):
    """Nothing is written here: the choice is a signal."""

    open_existing = Signal(int)
    fill_existing = Signal(int)
    another = Signal(str)  # the reason

    def __init__(self, looks: Looks, parent: QWidget, twins: tuple[TwinShown, ...], registry: Registry) -> None:
        super().__init__(f"库中已有相近的{registry.title}", looks, parent, width=WIDTH)
        self._registry = registry
        inside = QWidget()
        inside.setProperty("part", "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        for twin in twins:
            column.addWidget(self._beside(twin))
            column.addWidget(line())
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName("并排对照")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setMinimumHeight(min(inside.sizeHint().height() + 4, looks.px(420)))
        self.body.addWidget(area, 1)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(f"确是另一{registry.unit}的理由")
        self.reason.setPlaceholderText("如：同一地址的分店，另有执照")
        self.reason.textChanged.connect(self._reason_changed)
        label = words(f"确是另一{registry.unit}，请写理由", "key")
        label.setBuddy(self.reason)
        self.body.addWidget(label)
        self.body.addWidget(self.reason)
        self.buttons(f"确是另一{registry.unit}，保存", leave="回去再看")
        self._reason_changed("")

    def _beside(self, twin: TwinShown) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 4)
        head = QHBoxLayout()
        head.addWidget(words(f"{twin.title}　{twin.why}", "section"), 1)
        choose = button("打开已有的", lambda: self._leave_for(twin.record_id, merge=False), part="chip")
        choose.setAccessibleName(f"打开已有的{twin.title}")
        merge = button("合并：补它的空白项", lambda: self._leave_for(twin.record_id, merge=True), part="chip")
        merge.setAccessibleName(f"合并到{twin.title}")
        merge.setToolTip("打开已有的这条，把您填的内容补进它空着的项目，看过再保存")
        head.addWidget(choose)
        head.addWidget(merge)
        column.addLayout(head)
        column.addLayout(_grid(twin))
        return box

    def _leave_for(self, record_id: int, *, merge: bool) -> None:
        self.reject()
        (self.fill_existing if merge else self.open_existing).emit(record_id)

    def _reason_changed(self, text: str) -> None:
        if self.primary is not None:
            self.primary.setEnabled(bool(text.strip()))

    def accept(self) -> None:
        """Go on as another one; without a reason nothing happens."""
        if self.reason.text().strip():
            QDialog.accept(self)
            self.another.emit(self.reason.text().strip())


def _grid(twin: TwinShown) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    for at, title in enumerate(("", "您填的", "库中的")):
        grid.addWidget(words(title, "small"), 0, at)
    for row, (label, typed, stored) in enumerate(twin.beside, start=1):
        same = typed == stored
        grid.addWidget(words(label, "key"), row, 0, Qt.AlignmentFlag.AlignTop)
        for at, text in ((1, typed), (2, stored)):
            shown = words(text or "空", "value" if text else "small", wrap=True)
            shown.setProperty("same", same)
            shown.setAccessibleName(f"{label}{'您填的' if at == 1 else '库中的'}：{text or '空'}")
            grid.addWidget(shown, row, at)
        grid.addWidget(words("相同" if same else "", "small"), row, 3)
    return grid
