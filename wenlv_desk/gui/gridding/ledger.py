"""The right of the page: the ledger's rows of what is chosen in the tree, or its overdue visits, a chip each."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget

from wenlv_desk.gui.gridding.nodes import Node
from wenlv_desk.gui.gridding.reading import View
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.table import Cell, Column, FixedTable, Row, Tag
from wenlv_desk.gui.widgets.parts import button, headed, restyle, words

LEDGER, LATE = "ledger", "late"
TITLES: Final = {LEDGER: "台账", LATE: "巡查逾期"}
COLUMNS: Final = {
    LEDGER: (
        Column("firm", "包保企业", 178, grows=True),
        Column("grid", "网格编号", 82),
        Column("officer", "网格员", 74),
        Column("head", "网格长", 74),
        Column("note", "备注", 92, tag=True),
        Column("since", "生效日期", 96, tabular=True),
        Column("kinds", "类别", 110),
        Column("person", "企业负责人", 92),
        Column("phone", "企业电话", 118, tabular=True),
        Column("address", "地址", 200),
        Column("safety", "安全负责人", 92),
        Column("post", "网格员职务/科室", 150),
        Column("officer_phone", "网格员电话", 118, tabular=True),
    ),
    LATE: (
        Column("officer", "网格员", 82),
        Column("firm", "企业", 190, grows=True),
        Column("late", "逾期", 86, tag=True),
        Column("due", "应巡查", 96, tabular=True),
        Column("last", "上次巡查", 96, tabular=True),
        Column("cycle", "频次", 66),
        Column("township", "乡镇街道", 100),
    ),
}
LEDGER_ORDER: Final = (5, 0, 2, 1, 12, 11, 6, 8, 9, 7, 10, 3, 4)  # of the report's columns
LATE_ORDER: Final = (0, 1, 6, 5, 4, 3, 2)
RED_NOTES: Final = ("超负荷", "网格员待安排")
NOTHING: Final = "没有台账，原因见上。"
NOBODY_LATE: Final = "没有逾期的巡查。"


class LedgerPanel(QFrame):
    """Enter or a double click on a row asks for that firm's day."""

    firm_opened = Signal(object)  # id
    shown_changed = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("台账和巡查")
        self.shown = LEDGER
        self._view: View | None = None
        self._node: Node | None = None
        self.title = words("", "strong")
        self.tables = {
            name: FixedTable(f"grids/{name}", TITLES[name], columns, kit) for name, columns in COLUMNS.items()
        }
        self._chips = {name: button(TITLES[name], partial(self.open, name), part="chip") for name in COLUMNS}
        self._stack = QStackedWidget()
        head = QHBoxLayout()
        head.setContentsMargins(14, 9, 14, 9)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        for name, table in self.tables.items():
            head.addWidget(self._chips[name])
            self._stack.addWidget(table)
            table.opened.connect(self.firm_opened)
        headed(self, head, self._stack)
        self.open(LEDGER)

    @property
    def table(self) -> FixedTable:
        return self.tables[self.shown]

    def open(self, name: str) -> None:
        """Show the ledger or the overdue visits."""
        self.shown = name
        self._stack.setCurrentWidget(self.tables[name])
        for other, chip in self._chips.items():
            restyle(chip, "on", other == name)
            chip.setAccessibleDescription("当前" if other == name else "")
        self.shown_changed.emit(name)

    def show_node(self, view: View, node: Node) -> None:
        """Show the rows of a line of the tree; the bureau's are all of them."""
        self._view, self._node = view, node
        self.title.setText(node.name)
        firms = frozenset(node.firms)
        ledger = [Row(firm, _ledger_cells(row)) for firm, row in view.rows if firm in firms]
        late = [Row(firm, _late_cells(row)) for firm, row in view.late if firm in firms]
        self._fill(LEDGER, f"{TITLES[LEDGER]} {len(ledger)} 行", ledger, hint_of(view, node))
        self._fill(LATE, f"{TITLES[LATE]} {len(late)} 家", late, NOBODY_LATE)

    def forget(self) -> None:
        """There is nothing to show; why is said above."""
        self._view, self._node = None, None
        self.title.setText("")
        for name, title in TITLES.items():
            self._fill(name, title, (), NOTHING)

    def _fill(self, name: str, title: str, rows: Sequence[Row], hint: str) -> None:
        self._chips[name].setText(title)
        self._chips[name].setAccessibleName(title)
        self.tables[name].setAccessibleName(title)
        self.tables[name].empty.say(hint)
        self.tables[name].show_rows(rows)


def _ledger_cells(row: Sequence[str]) -> tuple[Cell, ...]:
    cells: list[Cell] = [row[at] for at in LEDGER_ORDER]
    place = LEDGER_ORDER.index(12)
    if row[12]:
        cells[place] = Tag(*_note(row[12].split("；")))
    return tuple(cells)


def _note(notes: Collection[str]) -> tuple[str, str]:
    """The gravest of the remarks as a tag."""
    first = next((one for one in RED_NOTES if one in notes), next(iter(notes)))
    return {"网格员待安排": "缺网格员", "还没有归入网格": "待分配"}.get(
        first, first
    ), "red" if first in RED_NOTES else "amber"


def _late_cells(row: Sequence[str]) -> tuple[Cell, ...]:
    cells: list[Cell] = [row[at] for at in LATE_ORDER]
    cells[2] = Tag(row[6], "red")
    return tuple(cells)


def hint_of(view: View, node: Node) -> str:
    """What an empty ledger says."""
    if view.past:
        return f"{view.day} 这里没有登记企业。"
    if node.grid is not None:
        return "这个网格里还没有企业。选中它办“归入企业”，或看“划分建议”。"
    if not view.grids:
        return "还没有网格。先在“网格”里按 Ctrl N 新增并“安排人员”，再看“划分建议”。"
    return "还没有企业归入网格。可以看“划分建议”，或在企业上办“归入网格”。"
