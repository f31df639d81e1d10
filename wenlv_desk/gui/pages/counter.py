"""The counter (窗口): find the firm, tick its materials, one press decides and prints; then the next one."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.counter.coming import ask_who, shown
from wenlv_desk.gui.counter.doing import Doing
from wenlv_desk.gui.counter.firm import FirmCard
from wenlv_desk.gui.counter.foot import Foot
from wenlv_desk.gui.counter.materials import MaterialList
from wenlv_desk.gui.counter.preview import Preview
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import button, card, line, words
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.registries.review.campaign import REVIEW_CAMPAIGNS
from wenlv_desk.registries.review.case import REVIEW_CASES
from wenlv_desk.registries.review.counter import CounterView, Season, season, view
from wenlv_desk.registries.review.proposing import Step
from wenlv_desk.registries.review.seeking import CounterHit, search
from wenlv_desk.registries.review.ticking import Tick

LEFT_PX: Final = 300
RIGHT_PX: Final = 286
KEPT_LINES: Final = 5
TICKING: Final = "按数字键核对：一按齐全，再按缺、不合格、不适用；其余全部齐全按 0"
HOW: Final = (
    "扫许可证上的码，或输入名称、拼音首字母、信用代码、许可证号、电话。\n回车进入材料，按数字键核对，再回车办理并打印。"
)
NO_CAMPAIGN: Final = "没有正在进行的年审。先在“年审批次”里按样例新建一批，再办“启动”，这里就能收件。"


class CounterPage(QWidget):
    """One case at a time; what was ticked stays with its case until it is done."""

    ready = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setObjectName("page")
        self.setAccessibleName("窗口")
        self.view: CounterView | None = None
        self.season: Season | None = None
        self.hits: list[CounterHit] = []
        self._found_for: str | None = None  # the text that the hits belong to
        self._kept: dict[int, dict[int, Tick]] = {}  # ticks by case
        self._who: dict[int, dict[str, str]] = {}
        self._recent: list[tuple[str, str, int]] = []  # what was done here: firm, what, case
        self._finding: Job | None = None
        self._reading: Job | None = None
        self._wanted: int | None = None  # the case that was asked for
        self._enter = False  # Enter was pressed before what it is about had come
        self.firm, self.materials, self.foot = FirmCard(seat.kit.looks), MaterialList(seat.kit.looks), Foot()
        self.preview = Preview(seat)
        self.doing = Doing(seat, self.preview)
        self.strip = Strip(seat.kit.looks)
        self._lay_out()
        self._connect()
        self._leave_case()
        self._read_season()

    # what it is made of

    def _lay_out(self) -> None:
        self.heading, self._dates, self._figures = words("窗口", "heading"), words("", "muted"), words("", "muted")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.heading)
        head.addWidget(self._dates)
        head.addStretch(1)
        head.addWidget(self._figures)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.firm, 3)
        columns.addWidget(self._middle(), 6)
        columns.addWidget(self.preview, 3)
        self._look()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(columns, 1)

    def _middle(self) -> QFrame:
        made = card("材料和办理")
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 14, 10)
        head.setSpacing(10)
        title = words("材料")
        title.setProperty("part", "strong")
        self._hint = words("", "key")
        head.addWidget(title)
        head.addWidget(self._hint, 1)
        column = QVBoxLayout(made)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self.strip)
        column.addWidget(self.materials, 1)
        column.addWidget(self.materials.defects)
        column.addWidget(self.foot)
        return made

    def _look(self) -> None:
        px = self.seat.kit.looks.px
        self.firm.setMinimumWidth(px(LEFT_PX))
        self.preview.setMinimumWidth(px(RIGHT_PX))

    def _connect(self) -> None:
        box = self.firm.search
        box.searched.connect(self._search)
        box.submitted.connect(self._submitted)
        box.left_down.connect(self._into_hits)
        self.firm.hits.taken.connect(self._take_hit)
        self.firm.hits.left.connect(box.setFocus)
        self.firm.card_wanted.connect(self._show_card)
        self.firm.record_wanted.connect(self._go)
        self.materials.ticked.connect(self._ticked)
        self.materials.pressed.connect(self.press)
        self.materials.left.connect(self._back_to_search)
        self.foot.pressed.connect(self.press)
        self.foot.chosen.connect(self._do)
        self.doing.done.connect(self._done)
        self.doing.refused.connect(self._refused)
        self.strip.acted.connect(lambda _name: self.strip.clear())
        self.seat.kit.jobs.changed.connect(self._tables_changed)
        self.seat.kit.looks.changed.connect(self._look)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._back_to_search)
        QShortcut(QKeySequence("F9"), self).activated.connect(self._ask_who)

    # the season

    def _read_season(self) -> None:
        self.seat.read(self, season, then=self._show_season)

    def _show_season(self, found: Season) -> None:
        self.season = found
        if self.view is None:
            self._head(found.titles[0] if len(found.titles) == 1 else "", found.period, found.onsite)
            self._say_empty()
        self._figures.setText(f"今日已办 {found.done} 件，一次办结 {found.at_once} 件" if found.titles else "")
        self.ready.emit()

    def _head(self, title: str, period: str, onsite: str) -> None:
        self.heading.setText(f"窗口 · {title}" if title else "窗口")
        running = len(self.season.titles) if self.season is not None else 0
        dates = "　".join(one for one in (period, onsite) if one)
        self._dates.setText(f"{running} 批年审正在进行" if running > 1 and not title else dates)

    # finding

    def _search(self, text: str) -> None:
        if self._finding is not None:
            self._finding.forget()
            self._finding = None
        if not text:
            self._found_for, self.hits = None, []
            self._show_hits("")
            return
        self._finding = self.seat.read(self, search, text, then=partial(self._found, text))

    def _found(self, text: str, hits: list[CounterHit]) -> None:
        self._finding, self._found_for, self.hits = None, text, hits
        self._show_hits(text)
        cases = [hit.case_id for hit in hits if hit.case_id]
        if len(hits) == 1 and cases:
            self._want(cases[0])
        elif self._wanted not in cases:
            self._leave_case()
        if self._enter:
            self._enter = False
            self._take_hit(0)

    def _show_hits(self, text: str) -> None:
        count = len(self.hits)
        only = count == 1 and bool(self.hits[0].case_id)
        none = f"没有找到“{text}”。可以换名称的一段、拼音首字母、证号或电话再找"
        said = "" if not text or only else none if not count else f"找到 {count} 家，↓ 选择，Enter 进入"
        self.firm.offer(self.hits, said, choose=bool(count) and not only)

    def _submitted(self, text: str) -> None:
        """Enter in the field: the first hit, now or once it has come."""
        if not text:
            return
        if self._finding is not None or self._found_for != text:
            if self._finding is None:  # the same text as before, which the field does not tell again
                self._search(text)
            self._enter = True
            self.materials.expect()
            self.materials.enter()
        else:
            self._take_hit(0)

    def _into_hits(self) -> None:
        if self.firm.hits.isVisible():
            self.firm.hits.setFocus()
        elif self.view is not None:
            self.materials.setFocus()

    def _take_hit(self, row: int) -> None:
        if not 0 <= row < len(self.hits):
            self.materials.clear()
            self.firm.search.setFocus()
            return
        hit = self.hits[row]
        if not hit.case_id:
            self.firm.count.setText(f"{hit.name}：{hit.why}")
            self.firm.count.show()
            self.firm.search.setFocus()
            self.materials.clear()
            return
        self.firm.chosen()
        self._want(hit.case_id)
        self.materials.enter()

    # the case

    def _want(self, case_id: int) -> None:
        """Bring a case to the counter with what was ticked of it before."""
        if self._wanted == case_id and self.view is not None:
            return
        self._wanted, self.view = case_id, None
        self.strip.clear()
        self.foot.clear()  # no button of the case before is left to be pressed
        if not self.materials.waiting:
            self.materials.expect()
        self._read()

    def _read(self) -> None:
        if self._wanted is None:
            return
        if self._reading is not None:
            self._reading.forget()
        ticks, who = self._kept.get(self._wanted, {}), self._who.get(self._wanted, {})
        self._reading = self.seat.read(self, view, self._wanted, ticks, who, then=self._show, otherwise=self._gone)

    def _show(self, found: CounterView) -> None:
        self._reading = None
        before, self.view = self.view, found
        if before is not None and before.version != found.version and not self.doing.under_way:
            self.strip.say(
                "amber", f"“{found.name}”在您打开之后，{found.last}。您核对的内容还在，请看过再办", ok="知道了"
            )
        self._head(found.title, found.period, found.onsite)
        self._hint.setText(TICKING if found.open_list else "")
        self.firm.show_view(found, shown(found.applicant, self._who.get(found.case_id, {})), self._ask_who)
        self.foot.show_proposal(found.proposal, found.clocks)
        ticks = self._kept.get(found.case_id, {}) if found.open_list else {}
        self.materials.show_materials(found.materials, ticks, locked=not found.open_list)
        self._foresee(found)
        if self._enter and self._reading is None:  # keys that had waited may have asked for another view
            self._enter = False
            self.press()

    def _foresee(self, found: CounterView) -> None:
        step, proposal = found.proposal.step, found.proposal
        if step is not None and step.paper and not step.asks:
            self.preview.foresee(found.case_id, step)
        elif step is not None:
            after = f"办后打印{step.paper_title}" if step.paper else "这一步不打印文书"
            self.preview.say(f"下一步：{step.title}。{after}")
        elif proposal.blocks:
            self.preview.say("现在不能办结：\n" + "\n".join(f"· {one}" for one in proposal.blocks))
        else:
            self.preview.say(proposal.waits)

    def _gone(self, error: Exception) -> None:
        self._reading = None
        self._leave_case()
        if isinstance(error, UserError):
            self.seat.kit.notices.fail(error.message)
        else:
            self.seat.kit.faults.present(error)

    def _leave_case(self) -> None:
        """No case at the counter."""
        if self._reading is not None:
            self._reading.forget()
            self._reading = None
        self._wanted = self.view = None
        self.strip.clear()
        self._hint.setText("")
        self.materials.clear()
        self.foot.clear()
        self._say_empty()
        if self.season is not None:
            titles = self.season.titles
            self._head(titles[0] if len(titles) == 1 else "", self.season.period, self.season.onsite)

    def _say_empty(self) -> None:
        """What the counter says without a case: how to begin, and what was done last."""
        running = self.season is None or bool(self.season.titles)
        hints: list[QWidget] = [words(HOW if running else NO_CAMPAIGN, "muted", wrap=True)]
        if not running:
            hints.append(button("去年审批次", self._to_campaigns, part="primary"))
        if self._recent:
            hints.append(words("刚办的", "section"))
        for name, what, case_id in self._recent:
            hints.append(button(name, partial(self._go, REVIEW_CASES.name, case_id), part="link", tip="看这件案件"))
            hints.append(words(what, "small", wrap=True))
        self.firm.clear(*hints)
        self.preview.say("核对材料后，这里显示要打印的文书。" if running else "")

    # what is done

    def _ticked(self, ticks: dict[int, Tick]) -> None:
        if self._wanted is not None:
            self._kept[self._wanted] = ticks
            self._read()

    def press(self) -> None:
        """Do the proposed step; Enter that comes before the last tick was weighed waits for it."""
        if self.doing.under_way:
            return
        if self._reading is not None or self._finding is not None:
            self._enter = True
        elif self.view is not None and self.view.proposal.step is not None:
            self._do(self.view.proposal.step)
        elif self.view is not None:
            said = "；".join(self.view.proposal.blocks) or self.view.proposal.waits
            self.seat.kit.notices.fail(f"还不能办：{said}")

    def _do(self, step: Step) -> None:
        if self.view is not None and self._reading is None:
            self.doing.do(self.view, step)

    def _done(self, step: Step, number: str) -> None:
        """The case moves on: to the next firm once something was printed, else to its next step."""
        case_id = self.view.case_id if self.view is not None else None
        if self.view is not None and (step.paper or not number):
            what = f"{step.title} {number}".strip()
            self._recent = [(self.view.name, what, self.view.case_id), *self._recent][:KEPT_LINES]
        if case_id is not None:
            self._kept.pop(case_id, None)
        if number or case_id is None:
            self._next()
        else:
            self.view = None
            self._read()

    def _next(self) -> None:
        self._leave_case()
        self.firm.search.clear()
        self._search("")
        self.firm.search.settle()
        self.firm.search.setFocus()

    def _refused(self, message: str) -> None:
        """Nothing was done: say why, keep the ticks, show how the case stands now."""
        self.view = None
        self._read()
        if message:
            self.strip.say("red", message, ok="知道了")

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & {REVIEW_CASES.name, REVIEW_CAMPAIGNS.name}:
            self._read_season()
        if self._wanted is not None and not self.doing.under_way:
            self.view = None  # this window's own writing: nobody to be told
            self._read()

    # ways

    def _ask_who(self) -> None:
        if self.view is None or not self.view.open_list:
            return
        case_id = self.view.case_id

        def keep(who: dict[str, str]) -> None:
            self._who[case_id] = {name: value for name, value in who.items() if value}
            self._read()
            self.materials.setFocus()

        ask_who(self.seat, self.view.applicant, self._who.get(case_id, {}), keep)

    def _back_to_search(self) -> None:
        self.firm.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.firm.search.selectAll()

    def _show_card(self) -> None:
        if self.view is not None:
            self._go(REVIEW_CASES.name, self.view.case_id)

    def _go(self, register: str, record_id: int) -> None:
        self.seat.ways.show_record(self.seat.catalogue.registry(register), record_id)

    def _to_campaigns(self) -> None:
        self.seat.ways.show_list(REVIEW_CAMPAIGNS.name, "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_season()
        (self.materials if self.view is not None else self.firm.search).setFocus()
        if self._wanted is not None:
            self._read()
