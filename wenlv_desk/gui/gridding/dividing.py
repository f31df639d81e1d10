"""划分建议 in the window: a firm a line with its grid, changed below for the lines that are chosen, beside it the loads after."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.entry.acting import tell_done
from wenlv_desk.gui.entry.editors import DayEditor
from wenlv_desk.gui.gridding.shares import NOWHERE, Shares, loads_after, plan_of, shares_of
from wenlv_desk.gui.importing.searchcombo import SearchCombo
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.table import Column, FixedTable, Row, Tag
from wenlv_desk.gui.widgets.dialogs import FINISH, Dialog, enter_moves
from wenlv_desk.gui.widgets.parts import button, framed, key_text, words
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.registries.grid.records import GRIDS
from wenlv_desk.store.gate import Done

FIRMS: Final = (
    Column("name", "企业", 190, grows=True),
    Column("township", "乡镇街道", 96),
    Column("kinds", "类别", 130),
    Column("grid", "归入网格", 180),
    Column("officer", "网格员", 84),
    Column("note", "备注", 96, tag=True),
)
LOADS: Final = (
    Column("name", "网格员", 84),
    Column("before", "现在", 56, align="right", tabular=True),
    Column("after", "之后", 56, align="right", tabular=True),
    Column("word", "负荷", 84, tag=True),
)
SIZE: Final = (1160, 640)
LOADS_PX: Final = 306
ROOM_PX: Final = 60  # of the window stays free beside it
LEAVE_OUT: Final = "（这次不归入）"
NONE_LEFT: Final = "所有营业的企业都已在网格里，没有要划分的。"
NO_GRIDS: Final = "还没有在用的网格。请先在“网格”里按 Ctrl N 新增，再办“安排人员”。"


def open_division(seat: Seat) -> None:
    """Read the proposal and open it."""
    seat.read(seat.window, shares_of, then=lambda found: DivideDialog(seat, found).open())


class DivideDialog(Dialog):
    """Enter on a line goes to the list of grids; what is chosen there holds for every chosen line."""

    def __init__(self, seat: Seat, shares: Shares) -> None:
        room = (seat.window.width() - ROOM_PX) * 100 // seat.kit.looks.percent
        super().__init__("划分建议", seat.kit.looks, seat.window, width=min(SIZE[0], room))
        self.seat, self.shares = seat, shares
        self.chosen = {one.id: shares.proposed.get(one.id, NOWHERE) for one in shares.firms}
        self.saving: Job | None = None
        self._place: int | None = None
        self.strip = Strip(seat.kit.looks)
        self.said = words("", "muted", wrap=True)
        self.firms = FixedTable("grids/division", "划分建议", FIRMS, seat.kit)
        self.loads = FixedTable("grids/division-loads", "划分后的负荷", LOADS, seat.kit)
        options = [(str(NOWHERE), LEAVE_OUT), *((str(one.id), one.label) for one in shares.grids)]
        self.grid = SearchCombo("选中的企业归入", options, str(NOWHERE))
        self.day, self.document, self.approver = DayEditor(seat.kit.looks, "今天"), QLineEdit(), QLineEdit()
        self._lay_out()
        self._connect()
        self._fill()

    def _lay_out(self) -> None:
        self.body.addWidget(self.strip)
        self.body.addWidget(self.said)
        self.firms.empty.say(NONE_LEFT if self.shares.grids else NO_GRIDS)
        self.loads.empty.say("还没有网格员。")
        tables = QHBoxLayout()
        tables.setSpacing(10)
        tables.addWidget(framed(self.firms, "划分建议"), 1)
        loads = framed(self.loads, "划分后的负荷")
        loads.setFixedWidth(self.seat.kit.looks.px(LOADS_PX))
        tables.addWidget(loads)
        self.body.addLayout(tables, 1)
        pick = QHBoxLayout()
        pick.setSpacing(8)
        label = words("选中的企业归入", "key")
        label.setBuddy(self.grid)
        pick.addWidget(label)
        pick.addWidget(self.grid, 1)
        pick.addWidget(button("改归", self._put, tip="把选中的企业改归这个网格；可以按住 Shift 选多行"))
        self.body.addLayout(pick)
        basis = QHBoxLayout()
        basis.setSpacing(12)
        for title, editor in (("生效日期", self.day), ("依据文号", self.document), ("批准人", self.approver)):
            basis.addWidget(_named(title, editor), 1)
        self.body.addLayout(basis)
        self.buttons("照此划分")
        height = min(self.seat.kit.looks.px(SIZE[1]), self.seat.window.height() - 40)
        self.resize(self.minimumWidth(), height)
        self.firms.setFocus()

    def _connect(self) -> None:
        self.firms.opened.connect(lambda _id: self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.firms.current_changed.connect(self._at)
        self.firms.rows.opened.connect(self._filled)
        self.grid.picked.connect(lambda _key: self._put())
        self.strip.acted.connect(lambda _name: self.strip.clear())
        enter_moves(self)

    # what is shown

    def _fill(self) -> None:
        self._place = self.firms.current_id
        grids = {one.id: one for one in self.shares.grids}
        rows = []
        for one in self.shares.firms:
            grid = grids.get(self.chosen[one.id])
            proposed = self.shares.proposed.get(one.id, NOWHERE)
            note = Tag("不归入", "amber") if grid is None else Tag("已改", "green") if grid.id != proposed else ""
            where = f"{grid.code} {grid.name}" if grid is not None else ""
            officer = (grid.officer or "待安排") if grid is not None else ""
            rows.append(Row(one.id, (one.name, one.township, one.kinds, where, officer, note)))
        self.firms.show_rows(rows)
        loads, unled = loads_after(self.shares, self.chosen)
        self.loads.show_rows(
            [
                Row(at, (one.name, str(one.before), str(one.after), Tag(one.load.label, one.load.tone)))
                for at, one in enumerate(loads, 1)
            ]
        )
        self._say(
            sum(1 for grid in self.chosen.values() if grid in grids),
            unled,
            sum(1 for one in loads if one.load == "OVER"),
        )

    def _say(self, placed: int, unled: int, over: int) -> None:
        shares = self.shares
        parts = [f"{len(shares.firms)} 家企业还没有网格，照下表归入 {placed} 家"]
        if placed < len(shares.firms):
            parts.append(f"这次不归入 {len(shares.firms) - placed} 家")
        if over:
            parts.append(f"{over} 人超负荷（超过 {shares.most} 家）")
        if unled:
            parts.append(f"{unled} 家归入的网格还没有网格员")
        target = f"每人以 {shares.target} 家为宜。"
        self.said.setText(
            "，".join(parts) + f"。{target}" if shares.firms else (NONE_LEFT if shares.grids else NO_GRIDS)
        )
        if self.primary is not None:
            self.primary.setEnabled(placed > 0 and self.saving is None)
            self.primary.setText(f"照此划分{f' {placed} 家' if placed else ''} {key_text(FINISH)}")
            self.primary.setShortcut(QKeySequence(FINISH))  # a new text takes it away

    def _filled(self, _refreshed: bool) -> None:
        if self.firms.row_count():
            self.firms.go_to(self._place if self._place is not None else self.shares.firms[0].id)

    def _at(self, firm: object) -> None:
        if isinstance(firm, int) and firm in self.chosen:
            self.grid.put(str(self.chosen[firm]))

    # what is done

    def _put(self) -> None:
        """Give every chosen line the grid that is chosen below."""
        grid = int(self.grid.key)

        def put(rows: list[Row]) -> None:
            self.chosen |= {row.id: grid for row in rows}
            self.strip.clear()
            self._fill()
            self.firms.setFocus()

        self.firms.with_chosen(put)

    def accept(self) -> None:
        """Divide as the table stands; what is refused is said here."""
        plan = plan_of(self.shares, self.chosen)
        if self.saving is not None or not plan:
            return
        given = {
            "plan": plan,
            "valid_from": self.day.text().strip(),
            "doc_no": self.document.text().strip(),
            "approved_by": self.approver.text().strip(),
        }
        self.saving = self.seat.perform(
            self, "divide", GRIDS, arguments=given, then=self._done, otherwise=self._refused
        )
        if self.primary is not None:
            self.saving.busy(self.primary)

    def _done(self, done: Done) -> None:
        self.saving = None
        super().accept()
        tell_done(self.seat, done)

    def _refused(self, error: Exception) -> None:
        self.saving = None
        if isinstance(error, UserError):
            self.strip.say("red", error.message, ok="知道了")
        else:
            self.seat.kit.faults.present(error)


def _named(title: str, editor: QLineEdit) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    label = words(title, "key")
    label.setBuddy(editor)
    editor.setAccessibleName(title)
    column.addWidget(label)
    column.addWidget(editor)
    return box
