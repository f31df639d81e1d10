"""④ 写入: what became of every row, what the file held besides, and how to take it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import button, card, key_values, line, words
from wenlv_desk.ledger.reading import Table

_LINES_SHOWN = 200


def account(registry: Registry, value: dict[str, int], table: Table) -> list[tuple[str, str]]:
    """Every row of the file by what became of it."""
    unit = registry.unit
    said = [
        ("新增", f"{value['new']:,} {unit}"),
        ("变更", f"{value['changed']:,} {unit}"),
        ("相同，没有改动", f"{value['same']:,} 行"),
        ("存疑，没有写入", f"{value['doubtful']:,} 行"),
        ("退回，没有写入", f"{value['rejected']:,} 行"),
        ("指定不导入", f"{value['skipped']:,} 行"),
    ]
    if value["owners"]:
        said.insert(2, ("同时新增所属单位", f"{value['owners']:,} 家"))
    return [*said, ("文件共", f"{len(table.rows):,} 行数据")]


def set_aside(table: Table, notes: tuple[str, ...]) -> list[str]:
    """Lines of the file that are no data rows, and what was read differently from what stands there."""
    lines = [f"第 {number} 行　{why}" for number, why in table.skipped[:_LINES_SHOWN]]
    if len(table.skipped) > _LINES_SHOWN:
        lines.append(f"……另有 {len(table.skipped) - _LINES_SHOWN:,} 行不是数据行")
    return [*notes, *table.notes, *lines]


class ResultStep(QWidget):
    """What was written."""

    undo_wanted = Signal()
    list_wanted = Signal()
    another_wanted = Signal()

    def __init__(self, title: str, pairs: list[tuple[str, str]], aside: list[str], looks: Looks) -> None:
        super().__init__()
        self.setAccessibleName("写入结果")
        self.heading = words(title, "heading")
        self.undo = button("撤销这次导入", self.undo_wanted.emit)
        inside = QWidget()
        inside.setProperty("part", "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.heading)
        counts = key_values(pairs)
        counts.setMaximumWidth(looks.px(520))
        column.addWidget(counts)
        row = QHBoxLayout()
        row.addWidget(button("看列表", self.list_wanted.emit, part="primary"))
        row.addWidget(self.undo)
        row.addWidget(button("再导入一个文件", self.another_wanted.emit))
        row.addStretch(1)
        column.addLayout(row)
        if aside:
            column.addWidget(line())
            column.addWidget(words("文件里不是数据的行，和读取时的说明", "section"))
            said = words("\n".join(aside), "small", wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(said)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName("写入结果")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        frame: QFrame = card("写入结果")
        around = QVBoxLayout(frame)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(area)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)

    def show_undone(self) -> None:
        """The import was taken back."""
        self.heading.setText("已撤销这次导入，台账回到导入之前的样子")
        self.undo.hide()
