"""签订情况 as a page: how far the signing of a kind has come as of any day, by leader and grid, and who has not signed yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.reports import Report
from wenlv_desk.gui.entry.editors import DayEditor
from wenlv_desk.gui.gridding.out import Wanted, print_out, save
from wenlv_desk.gui.gridding.reading import day_of
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.table import Column, FixedTable, Row, Tag
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, framed, restyle, tag, words
from wenlv_desk.gui.widgets.reflow import Column as Part
from wenlv_desk.gui.widgets.reflow import Reflow
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.registries.operator.records import OPERATORS, Operator
from wenlv_desk.registries.pledge.coverage import NOT_DRAWN_UP, Duty, duties_on, rate
from wenlv_desk.registries.pledge.records import KINDS, PLEDGES, PledgeKind
from wenlv_desk.registries.pledge.tables import signing_summary, unsigned
from wenlv_desk.store.desk import Desk

TITLE: Final = "签订情况"
NARROW_PX: Final = 800
DAY_PX: Final = 150
FIELD_PX: Final = 32
PAUSE_MS: Final = 400  # a day is typed figure by figure
LEADER, GRID, WHOLE = "包保领导", "网格", "合计"
NOBODY: Final = {LEADER: "（没有网格长）", GRID: "（不在网格）"}
ALL_SIGNED: Final = "都签好了，没有未签订的。"
NO_DUTY: Final = "这一天没有应签的对象：请核对种类里的企业类别和网格台账。"
BY: Final = (
    Column("by", "按", 78),
    Column("name", "名称", 76, grows=True),
    Column("due", "应签", 48, align="right", tabular=True),
    Column("signed", "已签", 48, align="right", tabular=True),
    Column("open", "未签", 48, align="right", tabular=True),
    Column("rate", "签订率", 82, align="right", tabular=True),
)
UNSIGNED: Final = (
    Column("name", "应签单位（人）", 140, grows=True),
    Column("state", "情况", 92, tag=True),
    Column("person", "负责人", 76),
    Column("phone", "电话", 106, tabular=True),
    Column("grid", "网格", 64),
    Column("officer", "网格员", 68),
    Column("leader", "包保领导", 78),
    Column("number", "编号", 132, tabular=True),
)


@dataclass(frozen=True)
class Counted:
    """A line of the summary: by what, whose, and how many."""

    by: str
    name: str
    due: int
    signed: int
    rate: str


@dataclass(frozen=True)
class CoverageView:
    """How far the signing of a kind had come on a day; phones masked."""

    kind: str
    day: date
    counted: tuple[Counted, ...]
    unsigned: tuple[Duty, ...]
    phones: tuple[str, ...]  # beside `unsigned`

    @property
    def whole(self) -> Counted:
        return self.counted[-1]


def view_of(desk: Desk, kind_id: int, text: str) -> CoverageView:
    """Read it for a day as it was typed (empty: today)."""
    day, kind = day_of(desk, text), desk.get(PledgeKind, kind_id)
    duties = duties_on(desk, kind, day)
    open_ones = tuple(one for one in duties if not one.signed)
    mask = desk.catalogue.registry_of(Operator).fields["phone"].kind.mask
    counted = [*_by(LEADER, duties), *_by(GRID, duties), _count(WHOLE, "", duties)]
    return CoverageView(
        kind.kind_name, day, tuple(counted), open_ones, tuple(mask(one.phone) if one.phone else "" for one in open_ones)
    )


def of(by: str, duty: Duty) -> str:
    """Under what a duty is counted."""
    return (duty.leader if by == LEADER else duty.grid) or NOBODY[by]


def _by(by: str, duties: Sequence[Duty]) -> list[Counted]:
    ordered = sorted(duties, key=partial(of, by))
    return [_count(by, name, list(some)) for name, some in groupby(ordered, partial(of, by))]


def _count(by: str, name: str, duties: Sequence[Duty]) -> Counted:
    return Counted(by, name, len(duties), sum(one.signed for one in duties), rate(duties))


def open_view(seat: Seat, kind_id: int) -> None:
    """Open the page of a kind."""
    for old in seat.window.findChildren(CoveragePage):
        seat.ways.close_page(old)
    seat.ways.show_page(CoveragePage(seat, kind_id), KINDS.name)


class CoveragePage(QWidget):
    """Read anew for another day and whenever something was written; a line of the summary narrows the list beside it."""

    ready = Signal()

    def __init__(self, seat: Seat, kind_id: int) -> None:
        super().__init__()
        self.seat, self.kind_id = seat, kind_id
        self.view: CoverageView | None = None
        self.reading: Job | None = None
        self.narrowed: tuple[str, str] = (WHOLE, "")
        self._boxes: list[QWidget] = []
        self._shown: list[Duty] = []
        self.setObjectName("page")
        self.setAccessibleName(TITLE)
        kit = seat.kit
        self.heading, self.strip = words(TITLE, "heading"), Strip(kit.looks)
        self.day = DayEditor(kit.looks, "今天")
        self.day.setAccessibleName("截至哪一天")
        self.day.setPlaceholderText("今天")
        self.due, self.signed, self.open, self.rate = (tag("") for _ in range(4))
        self.by = FixedTable("pledging/by", "按领导和网格", BY, kit)
        self.list = FixedTable("pledging/unsigned", "未签订名单", UNSIGNED, kit)
        self.listed = words("", "strong")
        self._later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._later.timeout.connect(self.read)
        self._lay_out()
        self._connect()
        self.read()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(button("导出汇总…", lambda: self._save(signing_summary), key="Ctrl+E"))
        head.addWidget(button("导出未签名单…", lambda: self._save(unsigned), key="Ctrl+Shift+E", tip="含完整电话"))
        head.addWidget(button("打印汇总…", lambda: self._print(signing_summary), key="Ctrl+P"))
        head.addWidget(button("打印未签名单…", lambda: self._print(unsigned), key="Ctrl+Shift+P", tip="含完整电话"))
        head.addWidget(button("返回", lambda: self.seat.ways.close_page(self), key="Esc"))
        asking = QWidget()
        flow = FlowLayout(10, asking)
        label = words("截至", "key")
        label.setBuddy(self.day)
        for made in (label, self.day, self.due, self.signed, self.open, self.rate):
            flow.addWidget(self._level(made))
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.listed)
        inside.addWidget(framed(self.list, "未签订名单"), 1)
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(6)
        beside.addWidget(words("按包保领导、网格（选一行只看它的）", "strong"))
        beside.addWidget(framed(self.by, "按领导和网格"), 1)
        parts = (Part(left, 400, 3, 300, 0), Part(right, 400, 6, 340, 1))
        self.columns = Reflow(TITLE, parts, self.seat.kit.looks, least=NARROW_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(asking)
        column.addWidget(self.strip)
        column.addWidget(self.columns, 1)

    def _connect(self) -> None:
        self.day.edited.connect(self._later.start)
        self.strip.acted.connect(lambda _name: self._today())
        self.by.current_changed.connect(self._narrow)
        self.by.rows.opened.connect(lambda _again: self._stay())
        self.list.rows.opened.connect(lambda _again: _to_row(self.list, 0))
        self.list.opened.connect(self._open)
        self.seat.kit.jobs.changed.connect(lambda tables: self.read() if tables and self.isVisible() else None)
        self.seat.kit.looks.changed.connect(self._look)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.read)
        self._look()

    def _level(self, widget: QWidget) -> QWidget:
        """On the level of the field beside it."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._boxes.append(box)
        return box

    def _look(self) -> None:
        px = self.seat.kit.looks.px
        self.day.setFixedWidth(px(DAY_PX))
        for one in self._boxes:
            one.setMinimumHeight(px(FIELD_PX))

    @property
    def pending(self) -> bool:
        """Whether what is shown is not yet what is asked for."""
        return self.reading is not None or self._later.isActive()

    # reading

    def read(self) -> None:
        """Read it for the day in the field."""
        self._later.stop()
        if self.reading is not None:
            self.reading.forget()
        given = (view_of, self.kind_id, self.day.text().strip())
        self.reading = self.seat.read(self, *given, then=self._show, otherwise=self._refused)

    def _show(self, view: CoverageView) -> None:
        first, self.reading, self.view = self.view is None, None, view
        self.strip.clear()
        whole = view.whole
        self.heading.setText(f"{TITLE} · {view.kind}（{view.day}）")
        said = ((self.due, f"应签 {whole.due}", "neutral"), (self.signed, f"已签 {whole.signed}", "green"))
        missing = whole.due - whole.signed
        for label, text, tone in (
            *said,
            (self.open, f"未签 {missing}", "amber" if missing else "neutral"),
            (self.rate, f"签订率 {whole.rate}", "neutral"),
        ):
            label.setText(text)
            restyle(label, "tone", tone)
            label.updateGeometry()
        self.by.empty.say(NO_DUTY)
        self.by.show_rows([Row(at, _counted(one)) for at, one in enumerate(self._lines(), 1)])
        self._fill()
        if first:
            self.by.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ready.emit()

    def _lines(self) -> list[Counted]:
        """The whole first: it shows everybody."""
        if self.view is None or not self.view.whole.due:
            return []
        return [self.view.whole, *self.view.counted[:-1]]

    def _refused(self, error: Exception) -> None:
        self.reading, self.view = None, None
        for table in (self.by, self.list):
            table.empty.say("没有可显示的，原因见上。")
            table.show_rows(())
        if isinstance(error, UserError):
            self.strip.say("red", error.message, today="回到今天")
        else:
            self.seat.kit.jobs.present(error)

    def _today(self) -> None:
        self.day.put("")
        self.read()

    # what is chosen

    def _stay(self) -> None:
        """The cursor goes to the line that was chosen before, else to the whole."""
        chosen = [(one.by, one.name) for one in self._lines()]
        _to_row(self.by, chosen.index(self.narrowed) if self.narrowed in chosen else 0)

    def _narrow(self, at: int | None) -> None:
        lines = self._lines()
        if at is not None and 1 <= at <= len(lines):
            self.narrowed = (lines[at - 1].by, lines[at - 1].name)
            self._fill()

    def _fill(self) -> None:
        if self.view is None:
            return
        by, name = self.narrowed
        shown = [
            (duty, phone)
            for duty, phone in zip(self.view.unsigned, self.view.phones, strict=True)
            if by == WHOLE or of(by, duty) == name
        ]
        whose = "" if by == WHOLE else f"{name}："
        self.listed.setText(f"{whose}未签订 {len(shown)} 个")
        self.list.empty.say(ALL_SIGNED if self.view.whole.due else NO_DUTY)
        self.list.show_rows([Row(at, _unsigned(duty, phone)) for at, (duty, phone) in enumerate(shown, 1)])
        self._shown = [duty for duty, _ in shown]

    def _open(self, at: int) -> None:
        """To the pledge, or where there is none to the firm."""
        duty = self._shown[at - 1]
        if duty.pledge_no:
            self.seat.ways.show_list(PLEDGES.name, duty.pledge_no)
        elif duty.party[0] == OPERATORS.name:
            self.seat.ways.show_record(OPERATORS, duty.party[1])

    # out of the window

    def _wanted(self, report: Report) -> Wanted | None:
        if self.view is None or self.pending:
            return None
        return Wanted(report, KINDS, self.kind_id, self.view.day, f"{self.view.kind}{report.title}")

    def _save(self, report: Report) -> None:
        if (wanted := self._wanted(report)) is not None:
            save(self, self.seat, wanted)

    def _print(self, report: Report) -> None:
        if (wanted := self._wanted(report)) is not None:
            print_out(self, self.seat, wanted)


def _to_row(table: FixedTable, at: int) -> None:
    if at < table.row_count() and not table.currentIndex().isValid():
        table.setCurrentIndex(table.rows.index(at, table.plan.in_order()[0]))


def _counted(one: Counted) -> tuple[str, ...]:
    return one.by, one.name or "全部", str(one.due), str(one.signed), str(one.due - one.signed), one.rate


def _unsigned(duty: Duty, phone: str) -> tuple[str | Tag, ...]:
    tone = "red" if duty.state == NOT_DRAWN_UP else "amber"
    state = Tag(duty.state, tone)
    return duty.name, state, duty.person, phone, duty.grid, duty.officer, duty.leader, duty.pledge_no
