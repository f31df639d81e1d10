"""Who is at the desk, asked only when the staff register knows roles and does not know the name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.gui.widgets.parts import words


class ClerkDialog(Dialog):
    """The names of the staff register; the chosen one signs in."""

    chosen = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget, names: Sequence[str], unknown: str) -> None:
        super().__init__("您是哪一位？", looks, parent, width=380)
        self.body.addWidget(words(f"人员台账里没有“{unknown}”。请选本人姓名；没有本人的，请管理员先登记。", wrap=True))
        self._list = QListWidget()
        self._list.setAccessibleName("人员")
        self._list.addItems(list(names))
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(lambda _item: self.accept())
        self.body.addWidget(self._list)
        self.buttons("开始办公", leave="退出")
        self.accepted.connect(self._tell)

    def _tell(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.chosen.emit(item.text())
