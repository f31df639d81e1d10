"""What stands in the window when the data folder does not open."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wenlv_desk.gui.widgets.parts import button, words


class FailedPage(QWidget):
    """The reason, and two ways on."""

    again = Signal()
    leave = Signal()

    def __init__(self, message: str, folder: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("打不开数据")
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 40, 40, 40)
        column.setSpacing(12)
        column.addWidget(words("打不开数据", "heading"))
        column.addWidget(words(message, wrap=True))
        column.addWidget(words(f"数据文件夹：{folder}", "muted", wrap=True))
        row = QHBoxLayout()
        row.addWidget(button("再试一次", self.again.emit, part="primary"))
        row.addWidget(button("退出", self.leave.emit))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
