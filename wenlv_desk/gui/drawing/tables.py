"""The middle of the draw page: the lists behind a draw, a chip each; once it was drawn, what came of it stands first."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.gui.drawing.lists import FIT, Rows
from wenlv_desk.gui.drawing.reading import DrawView
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.table import Cell, Column, FixedTable, Row, Tag
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, headed, restyle

RESULT, POOL, EXCLUDED, PEOPLE = "result", "pool", "excluded", "people"
_STRATUM, _CODE = Column("stratum", "分层", 88), Column("code", "代码", 168, tabular=True, muted=True)
COLUMNS: Final = {
    RESULT: (
        _STRATUM,
        Column("rank", "名次", 52, align="right", tabular=True),
        Column("name", "单位名称", 160, grows=True),
        Column("ticket", "票号", 104, tabular=True, muted=True),
        Column("team", "检查人员", 140),
    ),
    POOL: (
        Column("name", "单位名称", 156, grows=True),
        _CODE,
        Column("grade", "等级", 54),
        _STRATUM,
        Column("barred", "回避", 92),
    ),
    EXCLUDED: (Column("name", "单位名称", 160), _CODE, Column("why", "为什么不抽", 160, grows=True)),
    PEOPLE: (Column("name", "姓名", 90), Column("fit", "能否派出", 90, tag=True), Column("why", "说明", 260, grows=True)),
}  # fmt: skip
EMPTY: Final = {
    RESULT: "还没有抽取。",
    POOL: "没有可抽的单位。看“排除”里的理由，或把任务退回修改。",
    EXCLUDED: "没有排除任何单位。",
    PEOPLE: "人员名录里没有持证人员，请先在“人员”里登记。",
}


class Tables(QFrame):
    """The one shown is the one that was chosen; a new act shows what it is about."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("名单")
        self._kit, self.shown, self._act = kit, POOL, -1
        self._stack = QStackedWidget()
        self._chips: dict[str, QPushButton] = {}
        self.tables: dict[str, FixedTable] = {}
        chips = QWidget()
        head = FlowLayout(8, chips)
        for name, columns in COLUMNS.items():
            self._chips[name] = button("", partial(self.open, name), part="chip")
            head.addWidget(self._chips[name])
            self.tables[name] = FixedTable(f"drawing/{name}", "", columns, kit)
            self.tables[name].empty.say(EMPTY[name])
            self._stack.addWidget(self.tables[name])
        around = QVBoxLayout()
        around.setContentsMargins(14, 10, 14, 10)
        around.addWidget(chips)
        headed(self, around, self._stack)

    def show_view(self, view: DrawView) -> None:
        """Show the lists of a task or of its draw."""
        lists = view.lists
        result = view.sealed.result if view.sealed is not None else ()
        self._show(RESULT, f"抽出 {len(result)} 户", result, _plain(0, 1, 2, 3, 4))
        self._show(POOL, f"可抽 {len(lists.pool)} 户", lists.pool, _plain(1, 2, 3, 0, 4))
        self._show(EXCLUDED, f"排除 {len(lists.excluded)} 户", lists.excluded, _plain(0, 1, 2))
        self._show(PEOPLE, f"检查人员 {len(lists.fit)} 人可派", lists.people, _person)
        self._chips[RESULT].setVisible(bool(result))
        if view.act != self._act:
            self.open(RESULT if result else POOL)
        self._act = view.act

    def open(self, name: str) -> None:
        """Show one of the lists."""
        self.shown = name
        self._stack.setCurrentWidget(self.tables[name])
        for other, chip in self._chips.items():
            restyle(chip, "on", other == name)
            chip.setAccessibleDescription("当前" if other == name else "")

    def _show(self, name: str, title: str, rows: Rows, cells: Callable[[Sequence[str]], tuple[Cell, ...]]) -> None:
        self._chips[name].setText(title)
        self._chips[name].setAccessibleName(title)
        self.tables[name].setAccessibleName(title)
        self.tables[name].show_rows([Row(number, cells(row)) for number, row in enumerate(rows, 1)])


def _plain(*order: int) -> Callable[[Sequence[str]], tuple[Cell, ...]]:
    return lambda row: tuple(row[at] for at in order)


def _person(row: Sequence[str]) -> tuple[Cell, ...]:
    name, word, why = row
    return name, Tag(word, "green" if word == FIT else "amber"), why
