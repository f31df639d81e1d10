"""The page 网格划分: as of a day, the tree 局—科室—网格—企业 with what stands out, the ledger of what is chosen, and handing over."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.entry.acting import act
from wenlv_desk.gui.gridding.dividing import open_division
from wenlv_desk.gui.gridding.firmday import open_view
from wenlv_desk.gui.gridding.heading import Heading
from wenlv_desk.gui.gridding.ledger import LATE, LedgerPanel
from wenlv_desk.gui.gridding.nodes import Node, tree_of
from wenlv_desk.gui.gridding.out import Wanted, print_out, save
from wenlv_desk.gui.gridding.reading import View, view_of
from wenlv_desk.gui.gridding.todo import Do, Todo, todo_of
from wenlv_desk.gui.gridding.tree import GridTree
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.pages.lead import LeadPage
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, line
from wenlv_desk.gui.widgets.scrolling import empty
from wenlv_desk.gui.widgets.searchbox import SearchBox
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.registries.grid.tables import grid_ledger
from wenlv_desk.registries.patrol.tables import overdue_patrols
from wenlv_desk.registries.settings.records import SETTINGS

TITLE: Final = "网格划分"
SPLIT: Final = (500, 660)
LEAST_TREE_PX: Final = 400
SINGLE: Final = 1  # the one record of the settings, which the bureau's tables are about
FIRST_KEY: Final = "F4"
ONLY_LOOKED_AT: Final = "这是以前的台账，只能看和导出；要办理请回到今天"


class GridsPage(LeadPage):
    """Read anew for another day and whenever something was written."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, TITLE)
        self.view: View | None = None
        self.reading: Job | None = None
        kit = seat.kit
        self.asking = Heading(kit.looks)
        self.strip = Strip(kit.looks)
        self.tree = GridTree(kit.looks)
        self.search = SearchBox("查网格、人员、企业", kit.looks, key="Ctrl+F")
        self.ledger = LedgerPanel(kit)
        self.steps = QWidget()
        self._flow = FlowLayout(8, self.steps)
        self.divide = button(
            "划分建议…", partial(open_division, seat), tip="给还没有网格的企业提一个分法，可以改了再用"
        )
        self._lay_out()
        self._connect()
        self.read()

    def _lay_out(self) -> None:
        self.head.addStretch(1)
        self.head.addWidget(self.divide)
        self.head.addWidget(button("导出…", self.export, key="Ctrl+E", tip="存成 Excel、CSV 或 PDF"))
        self.head.addWidget(button("打印…", self.print, key="Ctrl+P"))
        left = QFrame()
        left.setProperty("part", "card")
        left.setAccessibleName("网格树")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 3, 1, 1)
        inside.setSpacing(0)
        around = QHBoxLayout()
        around.setContentsMargins(12, 7, 12, 8)
        around.addWidget(self.search)
        inside.addLayout(around)
        inside.addWidget(line())
        inside.addWidget(self.tree, 1)
        inside.addWidget(line())
        self.steps.setAccessibleName("可以办的")
        self.steps.setContentsMargins(12, 9, 12, 9)
        inside.addWidget(self.steps)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(12)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.ledger)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes(list(SPLIT))
        self.seat.kit.memory.follow_splitter("grids/split", self.splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(self.head)
        column.addWidget(self.asking)
        column.addWidget(self.strip)
        column.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.asking.changed.connect(self.read)
        self.strip.acted.connect(self._strip_acted)
        self.tree.chosen.connect(self._chosen)
        self.tree.typed.connect(self.search.take)
        self.search.searched.connect(self.tree.narrow)
        self.search.left_down.connect(self.tree.setFocus)
        self.search.submitted.connect(self._found)
        self.search.left.connect(self.tree.setFocus)
        self.tree.opened.connect(lambda node: self._open_day(node.id))
        self.ledger.firm_opened.connect(self._open_day)
        self.seat.kit.jobs.changed.connect(self._tables_changed)
        self.seat.kit.looks.changed.connect(self._look)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.read)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.setFocus)
        self._look()

    def _look(self) -> None:
        self.tree.setMinimumWidth(self.seat.kit.looks.px(LEAST_TREE_PX))

    @property
    def starts(self) -> QWidget:
        return self.tree

    @property
    def pending(self) -> bool:
        """Whether what is shown is not yet what is asked for."""
        return self.reading is not None or self.asking.pending

    # reading

    def read(self) -> None:
        """Read how the grids stand on the day that is asked for; only the newest answer is shown."""
        if self.reading is not None:
            self.reading.forget()
        text = self.asking.day.text().strip()
        self.reading = self.seat.read(self, view_of, text, then=self._show, otherwise=self._refused)

    def _show(self, view: View) -> None:
        self.reading, self.view = None, view
        if view.past:
            self.strip.say("amber", f"这是 {view.day} 的台账，只能看、导出和打印，不能改。", today="回到今天")
        else:
            self.strip.clear()
        self.divide.setEnabled(not view.past)
        self.asking.show_view(view)
        self.tree.show_tree(tree_of(view))
        self.ready.emit()
        self.complete.emit()

    def _refused(self, error: Exception) -> None:
        """No day, or one to come: why, and nothing is shown as if it were that day's."""
        self.reading, self.view = None, None
        for part in (self.asking, self.tree, self.ledger):
            part.forget()
        self._show_steps(())
        self.divide.setEnabled(False)
        if isinstance(error, UserError):
            self.strip.say("red", f"{error.message}。", today="回到今天")
        else:
            self.seat.kit.jobs.present(error)
        self.ready.emit()
        self.complete.emit()

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables and self.isVisible():
            self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.view is not None:
            self.read()

    def _strip_acted(self, name: str) -> None:
        if name == "today":
            self.asking.today()
            self.tree.setFocus()

    # what is chosen

    def _chosen(self, node: Node) -> None:
        if self.view is None:
            return
        self.ledger.show_node(self.view, node)
        self._show_steps(todo_of(node))

    def _found(self, text: str) -> None:
        """Enter: to the first line that holds the text."""
        if self.tree.go_to_found(text):
            self.tree.setFocus()
        else:
            self.seat.kit.notices.fail(f"没有找到“{text}”，请换一个词")

    def _show_steps(self, steps: Sequence[Todo]) -> None:
        empty(self._flow)
        past = self.view is not None and self.view.past
        for at, one in enumerate(steps):
            made = button(one.title, partial(self.do, one), key="" if at else FIRST_KEY, part="" if at else "primary")
            if past and one.changes:
                made.setEnabled(False)
                made.setToolTip(ONLY_LOOKED_AT)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the tree
            self._flow.addWidget(made)
            made.show()

    def do(self, todo: Todo) -> None:
        """Do a step of the line at the cursor."""
        match todo.do:
            case Do.DIVIDE:
                open_division(self.seat)
            case Do.DAY:
                self._open_day(todo.record_id)
            case Do.CARD:
                self.seat.ways.show_record(self.seat.catalogue.registry(todo.register), todo.record_id)
            case Do.OPERATION:
                registry = self.seat.catalogue.registry(todo.register)
                op = self.seat.catalogue.operation(registry, todo.operation)
                act(self.seat, registry, op, todo.record_id, named=todo.title, version=None)

    def _open_day(self, firm: int) -> None:
        if self.view is not None:
            open_view(self.seat, firm, str(self.view.day) if self.view.past else "")

    # out of the window

    def _wanted(self) -> Wanted | None:
        """The table that is shown, as of the day that is shown, for the whole bureau."""
        if self.view is None or self.pending:
            self.seat.kit.notices.fail("没有可导出的台账，请先改好日子")
            return None
        report = overdue_patrols if self.ledger.shown == LATE else grid_ledger
        return Wanted(report, SETTINGS, SINGLE, self.view.day, report.title)

    def export(self) -> None:
        """The whole ledger of the day (or the overdue visits) as a file."""
        if (wanted := self._wanted()) is not None:
            save(self, self.seat, wanted)

    def print(self) -> None:
        """The same on paper."""
        if (wanted := self._wanted()) is not None:
            print_out(self, self.seat, wanted)
