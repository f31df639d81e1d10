"""The editor of a wording: its text at the left, the placeholders there are, the pages it makes at the right, what is wrong below."""

from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QScrollArea, QVBoxLayout, QWidget

from wenlv_desk.core.errors import OvertakenError, UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.acting import tell_done
from wenlv_desk.gui.entry.drafts import DraftKeeper
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.printing.paperview import PaperView
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import FINISH, confirm
from wenlv_desk.gui.widgets.parts import button, card, line, words
from wenlv_desk.gui.widgets.reflow import Column, Reflow
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.gui.wording.reading import RESTORE, Tried, WordingView, tried, view_of
from wenlv_desk.gui.wording.text import Places, WordingEdit
from wenlv_desk.store.gate import Done

PAUSE_MS: Final = 350
NARROW_PX: Final = 800
SETTINGS_PAGE: Final = "settings"
HOW: Final = "一行一段。{占位} 由程序填；“？”开头的行没有内容时不印；“#”开头的是说明，不印。"
FINE: Final = "文字没有问题，右边是用举例内容排出的样张。"
TYPED: Final = "有改动，还没有保存"


def open_screen(seat: Seat, operation: str, register: str, record_id: int) -> None:
    """Open the editor of a wording over the settings."""
    for old in seat.window.findChildren(WordingPage):
        if old.record_id == record_id:  # what was typed there is still there
            seat.ways.show_page(old, SETTINGS_PAGE)
            return
    registry = seat.catalogue.registry(register)
    page = WordingPage(seat, registry, seat.catalogue.operation(registry, operation), record_id)
    seat.ways.show_page(page, SETTINGS_PAGE)


class WordingPage(QWidget):
    """Every pause in typing has the text checked and laid out anew; only the newest answer counts."""

    ready = Signal()

    def __init__(self, seat: Seat, registry: Registry, op: Operation, record_id: int) -> None:
        super().__init__()
        self.seat, self.registry, self.op, self.record_id = seat, registry, op, record_id
        self.view: WordingView | None = None
        self.tried: Tried | None = None
        self.trying: Job | None = None
        self.saving: Job | None = None
        self.drafts: DraftKeeper | None = None
        self._seen = ""
        self.setObjectName("page")
        self.setAccessibleName("修改范本文字")
        looks = seat.kit.looks
        self.heading, self.changed = words("文书范本", "heading"), words("", "muted")
        self.strip, self.problem = Strip(looks), Strip(looks)
        self.edit, self.places = WordingEdit(looks), Places()
        self.restore = button("恢复自带文字…", self._ask_restore)
        self.leave_button = button("返回", self.leave, key="Esc")
        self.save_button = button("保存", self.save, key=FINISH, part="primary")
        self._later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._later.timeout.connect(self.check)
        self._lay_out()
        self._connect()
        self._read(self._show)

    # what it is made of

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.changed, 1)
        for one in (self.restore, self.leave_button, self.save_button):
            head.addWidget(one)
        columns = (
            Column(self._text_card(), 360, 5, 380, 0),
            Column(self._places_card(), 150, 1, 180, 1),
            Column(self._paper_card(), 330, 5, 460, 2),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(Reflow("范本", columns, self.seat.kit.looks, least=NARROW_PX), 1)

    def _text_card(self) -> QFrame:
        frame = card("文字")
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        how = words(HOW, "small", wrap=True)
        how.setContentsMargins(14, 9, 14, 9)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        for one in (how, line(), self.problem):
            column.addWidget(one)
        column.insertWidget(2, self.edit, 1)
        return frame

    def _places_card(self) -> QFrame:
        frame = card("占位")
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 9, 8, 8)
        column.setSpacing(6)
        column.addWidget(words("占位 F4", "section"))
        column.addWidget(self.places, 1)
        column.addWidget(words("回车或双击插入", "small", wrap=True))
        return frame

    def _paper_card(self) -> QFrame:
        frame = card("样张")
        self.pages, self.area = QListWidget(), QScrollArea()
        self.pages.setAccessibleName("样张的页")
        self.pages.setFlow(QListWidget.Flow.LeftToRight)
        self.pages.setFixedHeight(self.seat.kit.looks.px(34))
        self.pages.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setAccessibleName("样张")
        where = words("", "small")
        smaller, fit, larger = (button(text, part="chip") for text in ("缩小", "全页", "放大"))
        row = QHBoxLayout()
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(6)
        row.addWidget(where, 1)
        for one in (smaller, fit, larger):
            row.addWidget(one)
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 3)
        column.setSpacing(0)
        column.addLayout(row)
        for made in (line(), self.pages):
            column.addWidget(made)
        column.addWidget(self.area, 1)
        self.pages.hide()
        self.paper = PaperView(self.seat.kit.jobs, self.pages, self.area, where, (smaller, fit, larger))
        return frame

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._typed)
        self.places.wanted.connect(self.edit.insert)
        self.strip.acted.connect(self._strip_acted)
        self.problem.acted.connect(lambda _name: self.edit.go_to(self.tried.line if self.tried is not None else 0))
        QShortcut(QKeySequence("F4"), self).activated.connect(self._to_places)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save_button.click)
        QShortcut(QKeySequence("Ctrl+Enter"), self).activated.connect(self.save_button.click)

    def _to_places(self) -> None:
        if self.places.hasFocus():
            self.edit.setFocus()
        else:
            self.places.setFocus()

    # reading

    def _read(self, then: Any) -> None:
        self.seat.read(self, view_of, self.registry, self.op, self.record_id, then=then, otherwise=self._failed)

    def _show(self, view: WordingView) -> None:
        self.view = view
        self.heading.setText(f"{self.registry.title} · {view.title}")
        self.places.addItems(view.known)
        self.places.setCurrentRow(0)
        self.edit.colours.know(view.known)
        self._fill(view.text)
        self.drafts = DraftKeeper(self.seat, view.form, self._drafted, self)
        self._allow()
        if view.form.draft is not None:
            at = view.form.draft.get("at", "")
            self.strip.say("amber", f"有一份 {at} 没有保存的草稿。", restore="恢复草稿", discard="丢弃")
        elif view.refused:
            self.strip.say("amber", view.refused)
        self.edit.setFocus()
        self.check()
        self.ready.emit()

    def _fill(self, text: str) -> None:
        self._seen = text
        self.edit.setPlainText(text)

    def _allow(self) -> None:
        view = self.view
        if view is None:
            return
        self.restore.setEnabled(not view.no_restore)
        self.restore.setToolTip(view.no_restore)
        self.edit.setReadOnly(bool(view.refused))
        self.save_button.setEnabled(self.begun and not view.refused)
        said = "本单位改过" if view.own else "程序自带的文字"
        self.changed.setText(TYPED if self.begun else said)

    @property
    def begun(self) -> bool:
        """Whether the text is not the one on file."""
        return self.view is not None and self.edit.toPlainText().strip() != self.view.text.strip()

    @property
    def pending(self) -> bool:
        """Whether what is said is not yet about the text as it stands."""
        return self.view is None or self.trying is not None or self._later.isActive() or self.saving is not None

    # checking

    def _typed(self) -> None:
        if self.edit.toPlainText() == self._seen:  # only its colours have changed
            return
        self._seen = self.edit.toPlainText()
        self._later.start()
        self._allow()
        if self.drafts is not None:
            self.drafts.touch()

    def check(self) -> None:
        """Have the text checked and laid out."""
        self._later.stop()
        if self.trying is not None:
            self.trying.forget()
        if self.view is None:
            return
        given = (self.view, self.edit.toPlainText(), self.seat.office.clock())
        self.trying = self.seat.kit.jobs.read(self, tried, *given, then=self._tried, otherwise=self._failed)

    def _tried(self, found: Tried) -> None:
        self.trying, self.tried = None, found
        self.edit.mark(found.line)
        if found.problem:
            go = {"go": f"到第 {found.line} 行"} if found.line else {}
            self.problem.say("red", f"{found.problem}。右边是上次排好的。", **go)
        else:
            self.problem.say("green", FINE)
            self.paper.show_pdf(found.pdf, keep=True)

    # saving

    def save(self) -> None:
        """Save; the gate checks once more."""
        if self.saving is not None or self.view is None or not self.begun:
            return
        if self.drafts is not None:
            self.drafts.pause()
        self.saving = self.seat.perform(
            self,
            self.op,
            self.registry,
            self.record_id,
            version=self.view.version,
            arguments={"text": self.edit.toPlainText()},
            then=self._saved,
            otherwise=self._failed,
        ).busy(self.save_button)

    def _saved(self, done: Done) -> None:
        self.saving = None
        if self.drafts is not None:
            self.drafts.forget()
        self.strip.clear()
        tell_done(self.seat, done)
        self._read(self._again)

    def _again(self, view: WordingView) -> None:
        """What is on file now; what was typed meanwhile stays."""
        self.view = view
        self._allow()

    def _failed(self, error: Exception) -> None:
        self.trying = self.saving = None
        if isinstance(error, OvertakenError):
            self.strip.say("red", f"{error.message}。再按“保存”即照您写的存。")
            self._read(self._again)
        elif isinstance(error, UserError):
            self.strip.say("red", error.message)
        else:
            self.seat.kit.faults.present(error)

    def _ask_restore(self) -> None:
        view = self.view
        if view is None:
            return
        will = [f"“{view.title}”换回程序自带的文字，以后随程序更新。", "以前出具的文书不变。"]
        title = f"恢复“{view.title}”的自带文字？"
        undo = "办后可按 Ctrl Z 撤销。"
        confirm(self.window(), self.seat.kit.looks, title, "恢复", self._restore, will=will, undo=undo)

    def _restore(self) -> None:
        version = self.view.version if self.view is not None else None
        given = (RESTORE, self.registry, self.record_id)
        self.saving = self.seat.perform(self, *given, version=version, then=self._restored, otherwise=self._failed)

    def _restored(self, done: Done) -> None:
        self.saving = None
        if self.drafts is not None:
            self.drafts.forget()
        tell_done(self.seat, done)
        self._read(self._show_restored)

    def _show_restored(self, view: WordingView) -> None:
        self.view = view
        self._fill(view.text)
        self._allow()
        self.check()

    # drafts, leaving

    def _drafted(self) -> dict[str, Any] | None:
        if not self.begun or self.saving is not None or self.view is None:
            return None
        return {"raw": {"text": self.edit.toPlainText()}, "title": f"{self.op.title} · {self.view.title}"}

    def _strip_acted(self, name: str) -> None:
        draft = self.view.form.draft if self.view is not None else None
        if name == "restore" and draft is not None:
            self.edit.setPlainText(draft.get("raw", {}).get("text", ""))
        elif name == "discard" and self.drafts is not None:
            self.drafts.forget()
        self.strip.clear()

    def leave(self) -> None:
        """Close; ask only if something was typed."""
        if self.saving is not None:
            return
        if not self.begun:
            self._close()
            return
        undo = "想留着就按 Esc 回到这一页。"
        will = ["改过的文字不会保存。"]
        confirm(self.window(), self.seat.kit.looks, "不保存就离开？", "不保存", self._close, will=will, undo=undo)

    def _close(self) -> None:
        if self.drafts is not None:
            self.drafts.forget()
        self.seat.ways.close_page(self)
