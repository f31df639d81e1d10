"""③ 看清要发生什么: every row with its verdict and reason, and everything that can be done before anything is written."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.importing.asking import ask_reason, choose_below
from wenlv_desk.gui.importing.beside import BesideDialog
from wenlv_desk.gui.importing.plantable import PlanTable
from wenlv_desk.gui.importing.rowpanel import RowPanel
from wenlv_desk.gui.importing.rowview import RowView, row_view
from wenlv_desk.gui.importing.source import Act, Offer, PlanSource, next_step, plan_columns
from wenlv_desk.gui.importing.work import PlanBox, Summary, all_accepted, decided, mended
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import button, framed, restyle, words
from wenlv_desk.ledger.model import About, Action, Decision, Verdict

ALL: Final = "全部"
_NEVER_ASKED: Final = frozenset({About.MISSING, About.REMARK})
_EMPTY: Final = {
    None: "这张表没有数据行。",
    Verdict.NEW: "没有新增的行。",
    Verdict.CHANGED: "没有要变更的行。",
    Verdict.SAME: "没有与库中相同的行。",
    Verdict.DOUBTFUL: "没有存疑的行。",
    Verdict.REJECTED: "没有退回的行。",
}


class PlanStep(QWidget):
    """Holds the plan; every change of it runs in a worker thread and comes back as new counts."""

    counted = Signal(object)  # Summary

    def __init__(self, seat: Seat, registry: Registry, box: PlanBox, summary: Summary) -> None:
        super().__init__()
        self.setAccessibleName("看清要发生什么")
        self.seat, self.registry, self.box, self.summary = seat, registry, box, summary
        self.verdict: Verdict | None = None
        self._chips: dict[Verdict | None, QPushButton] = {}
        self.accept_sorts = button("全部照此 ▾", self._offer_sorts, part="chip", tip="一类问题一次定，写一个理由")
        self.accept_sorts.setAccessibleName("全部照此登记")
        self.table = PlanTable(f"import/{registry.name}", plan_columns(registry, box.plan.mapping), seat.kit)
        self.panel = RowPanel(seat.kit.looks)
        self._lay_out()
        self._connect()
        self.show_summary(summary)
        self.show_verdict(Verdict.DOUBTFUL if summary.counts[Verdict.DOUBTFUL] else None)

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for verdict in (None, *Verdict):
            made = button("", partial(self.show_verdict, verdict), part="chip")
            self._chips[verdict] = made
            chips.addWidget(made)
        chips.addWidget(self.accept_sorts)
        chips.addStretch(1)
        chips.addWidget(words("还没有写入任何内容", "muted"))
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(10)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(framed(self.table, "导入方案"))
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        px = self.seat.kit.looks.px
        self.panel.setMinimumHeight(px(120))
        self.splitter.setSizes([px(600), px(196)])
        self.seat.kit.memory.follow_splitter("import/split", self.splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(chips)
        column.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.table.current_changed.connect(self._show_row)
        self.table.opened.connect(lambda _position: self.panel.go_to_first())
        self.table.pressed_act.connect(self._row_button)
        self.table.mended.connect(self._mend)
        self.table.columns_wanted.connect(self._choose_columns)
        self.table.rows.opened.connect(self._loaded)
        self.panel.acted.connect(lambda offer, at: self._act(self.panel.view, offer, at))
        self.panel.skipped.connect(self._skip)
        self.panel.mended.connect(self._mend_here)

    # what is shown

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show the rows with one verdict, None for all."""
        self.verdict = verdict
        for key, chip in self._chips.items():
            restyle(chip, "on", key is verdict)
        self.panel.clear()
        self.table.empty.say(_EMPTY[verdict], ("看全部", partial(self.show_verdict, None)))
        self.table.load(PlanSource(self.box, self.table.rows.columns, verdict))

    def show_summary(self, summary: Summary) -> None:
        """The numbers on the chips."""
        self.summary = summary
        total = sum(summary.counts.values())
        for verdict, chip in self._chips.items():
            label, count = (ALL, total) if verdict is None else (verdict.label, summary.counts[verdict])
            chip.setText(f"{label} {count:,}")
            chip.setAccessibleName(f"{label}，{count} 行")
        self.accept_sorts.setVisible(any(about not in _NEVER_ASKED for about, _ in summary.waiting))
        self.counted.emit(summary)

    def _loaded(self, _refreshed: bool) -> None:
        if self.table.row_count() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self._show_row(self.table.current_id)

    def _show_row(self, position: int | None) -> None:
        if position is None:
            self.panel.clear()
        else:
            self.seat.read(self, row_view, self.box, position, then=self._came)

    def _came(self, view: RowView) -> None:
        if view.row.position == self.table.current_id:
            self.panel.show_row(view)

    def _choose_columns(self, at: QPoint) -> None:
        menu, shown = QMenu(self), self.table.plan.shown()
        for column in self.table.rows.columns:
            if not column.name.startswith("#"):
                action = menu.addAction(column.title)
                action.setCheckable(True)
                action.setChecked(column.name in shown)
                action.toggled.connect(partial(self._show_column, column.name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _show_column(self, name: str, on: bool) -> None:
        shown = self.table.plan.shown()
        self.table.plan.show(shown | {name} if on else shown - {name})

    # what is done about a row

    def _row_button(self, position: int, at: QPoint) -> None:
        def act(view: RowView) -> None:
            offer = next_step(view.row)
            if offer is not None:
                self._act(view, offer, at)

        self.seat.read(self, row_view, self.box, position, then=act)

    def _act(self, view: RowView | None, offer: Offer, at: QPoint) -> None:
        if view is None:
            return
        position, problem = view.row.position, offer.problem
        if offer.act is Act.TAKE_BACK:
            self._decide(position, None)
        elif offer.act is Act.ACCEPT:
            self._ask_accept(view)
        elif problem is None:
            return
        elif offer.act is Act.FIX:
            self._mend(position, problem.field, problem.suggestions[0])
        elif offer.act is Act.CHOOSE:
            choose_below(self, at, problem.suggestions, partial(self._mend, position, problem.field))
        elif offer.act is Act.SAME_AS and len(problem.candidates) == 1:
            self._ask_same_as(view, problem.candidates[0])
        elif offer.act is Act.EDIT:
            self._edit(position, problem.field)
        else:
            looks = self.seat.kit.looks
            BesideDialog(looks, self.window(), view, self.registry.unit, partial(self._decide, position)).open()

    def _edit(self, position: int, field: str) -> None:
        if position == self.table.current_id:
            self.panel.go_to_field(field)
        else:
            self.table.go_to(position)

    def _ask_accept(self, view: RowView) -> None:
        def answered(reason: str) -> None:
            self._decide(view.row.position, Decision(Action.ACCEPT, None, reason))

        title = f"第 {view.row.line} 行照此登记"
        ask_reason(self.window(), self.seat.kit.looks, title, "照此登记", answered, said=[view.row.why])

    def _ask_same_as(self, view: RowView, record_id: int) -> None:
        def answered(reason: str) -> None:
            self._decide(view.row.position, Decision(Action.SAME_AS, record_id, reason))

        known = next((one.title for one in view.candidates if one.id == record_id), "")
        said = [f"就是库中的“{known}”：名称和代码按库中的不改，其余各项取文件里的。"]
        title = f"第 {view.row.line} 行按库中"
        text = "文件中的代码有误，按库中登记的为准"
        ask_reason(self.window(), self.seat.kit.looks, title, "按库中", answered, said=said, text=text)

    def _skip(self) -> None:
        if self.panel.view is not None:
            self._decide(self.panel.view.row.position, Decision(Action.SKIP))

    def _decide(self, position: int, decision: Decision | None) -> None:
        self._change(decided, position, decision)

    def _mend(self, position: int, field: str, text: str) -> None:
        self._change(mended, position, field, text)

    def _mend_here(self, field: str, text: str) -> None:
        if self.panel.view is not None:
            self._mend(self.panel.view.row.position, field, text)

    # what is done about all rows of a sort

    def sorts(self) -> list[tuple[About, str, int]]:
        """Sorts of problem that may be accepted together, with how many rows have them; the most frequent first."""
        found = [(about, field, n) for (about, field), n in self.summary.waiting.items() if about not in _NEVER_ASKED]
        return sorted(found, key=lambda one: -one[2])

    def _offer_sorts(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("全部照此登记")
        for about, field, count in self.sorts():
            action = menu.addAction(f"{self.sort_title(about, field)}　{count:,} 行…")
            action.triggered.connect(partial(self._ask_all, about, field))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.accept_sorts.mapToGlobal(QPoint(0, self.accept_sorts.height() + 2)))

    def sort_title(self, about: About, field: str) -> str:
        """What a sort of problem is called."""
        return f"{self.registry.fields[field].label}{about.label}" if field in self.registry.fields else about.label

    def _ask_all(self, about: About, field: str, _checked: bool = False) -> None:
        def answered(reason: str) -> None:
            self.seat.read(self, all_accepted, self.box, about, field, reason, then=self._all_accepted).busy(self.table)

        said = ["只照此登记仅有这一类问题的行，还有别的问题的行仍然存疑。读不出的单元格留空。"]
        title = f"{self.sort_title(about, field)}：全部照此登记"
        ask_reason(self.window(), self.seat.kit.looks, title, "全部照此", answered, said=said)

    def _all_accepted(self, result: tuple[int, Summary]) -> None:
        count, summary = result
        self._changed(summary)
        if count:
            self.seat.kit.notices.tell(f"{count:,} 行照此登记，还没有写入")
        else:
            self.seat.kit.notices.fail("没有一行只有这一类问题，请逐行看其余的问题")

    def _change(self, work: Callable[..., Summary], *args: Any) -> None:
        job = self.seat.read(self, work, self.box, *args, then=self._changed, otherwise=self._refused)
        job.busy(self.panel)

    def _changed(self, summary: Summary) -> None:
        self.show_summary(summary)
        self.table.refresh()

    def _refused(self, error: Exception) -> None:
        self.seat.kit.faults.present(error)
        self._show_row(self.table.current_id)
