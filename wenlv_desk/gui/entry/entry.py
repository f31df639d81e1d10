"""The dialog of an operation: form, checks while typing, reason, twins, draft, saving once, being overtaken."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from wenlv_desk.core.errors import OvertakenError, UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.drafts import DraftKeeper
from wenlv_desk.gui.entry.form import Form
from wenlv_desk.gui.entry.formdata import FormData, Raw, Verdict, form_of, judge, taken_over
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import Dialog, confirm, enter_moves
from wenlv_desk.gui.widgets.parts import words
from wenlv_desk.gui.widgets.scrolling import scroll_area
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.store.gate import Done

CHECK_MS: Final = 150
REASON: Final = "照此登记的理由"
WIDTH: Final = 860
NARROW: Final = 560


class EntryDialog(Dialog):
    """Created with its data at hand; `open()` it. `performed` tells what the operation left."""

    performed = Signal(object)  # Done
    merge_wanted = Signal(int, object)  # a record on file, raw values for its empty fields

    def __init__(self, seat: Seat, registry: Registry, op: Operation, data: FormData) -> None:
        super().__init__(data.title, seat.kit.looks, seat.window, width=WIDTH if len(data.fields) > 4 else NARROW)
        self.seat, self.registry, self.op, self.data = seat, registry, op, data
        self.verdict = Verdict()
        self.saving: Job | None = None
        self._checking: Job | None = None
        self._save_after_check = False
        self._closing = False
        self.form = Form(data, seat)
        self.strip = Strip(seat.kit.looks)
        self.reason = QLineEdit()
        self._reason_box = self._build_reason()
        self._build()
        self._check_soon = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._check_soon.timeout.connect(self.check)
        self.drafts = DraftKeeper(seat, data, self._drafted_value, self)
        self._connect()
        if data.draft is not None:
            self.strip.say(
                "amber", f"有一份 {data.draft.get('at', '')} 没有保存的草稿。", restore="恢复草稿", discard="丢弃"
            )
        self.check()

    # what it is made of

    def _build(self) -> None:
        self.body.setContentsMargins(0, 16, 0, 0)
        title = self.body.itemAt(0).widget()
        if title is not None:
            title.setContentsMargins(18, 0, 18, 0)
        self.body.addWidget(self.strip)
        area = scroll_area("表单", self.form)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self._area = area
        self.body.addWidget(area, 1)
        self.body.addWidget(self._reason_box)
        self.buttons("保存" if self.op.takes_values else self.op.title, danger=self.op.danger)
        if self.op.danger:
            self.strip.say("amber", self._consequence())

    def _consequence(self) -> str:
        return f"将办理“{self.op.title}”，" + ("办后可按 Ctrl Z 撤销。" if self.op.undoable else "办后不能撤销。")

    def _build_reason(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(18, 0, 18, 10)
        column.setSpacing(3)
        label = words(f"{REASON}（有提醒而仍要保存时必填）", "key")
        label.setBuddy(self.reason)
        self.reason.setAccessibleName(REASON)
        self.reason.setPlaceholderText("如：营业执照原件即为此号")
        column.addWidget(label)
        column.addWidget(self.reason)
        box.hide()
        return box

    def _connect(self) -> None:
        self.form.edited.connect(self._edited)
        self.form.owner_picked.connect(self._take_over)
        self.form.reveal_wanted.connect(self._reveal)
        self.reason.textEdited.connect(self.drafts.touch)
        self.strip.acted.connect(self._strip_acted)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.accept)
        self.seat.kit.looks.changed.connect(self._fit)

    def showEvent(self, event: Any) -> None:
        self._fit()
        super().showEvent(event)
        first = next((box.editor for box in self.form.boxes.values() if box.editor.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """As high as the form wants, at most what the window offers."""
        layout = self.layout()
        chrome = layout.sizeHint().height() - self._area.sizeHint().height() if layout is not None else 0
        wanted = chrome + self.form.sizeHint().height() + self.seat.kit.looks.px(24)
        room = max(self.seat.window.height() - 40, 420)
        self.resize(max(self.width(), self.minimumWidth()), min(wanted, room))

    # checks while typing

    def _edited(self) -> None:
        self._check_soon.start()
        self.drafts.touch()

    @property
    def checking(self) -> bool:
        """Whether what is said about the form is not yet about what stands in it."""
        return self._checking is not None or self._check_soon.isActive()

    def check(self) -> None:
        """Judge the form as it stands, in a worker thread; only the newest answer counts."""
        self._check_soon.stop()
        if self._checking is not None:
            self._checking.forget()
        arguments = (self.registry, self.op, self.data.record_id, self.form.given())
        self._checking = self.seat.read(self, judge, *arguments, then=self._judged, otherwise=self._check_failed)

    def _judged(self, verdict: Verdict) -> None:
        self._checking = None
        self.verdict = verdict
        self.form.show_verdict(verdict)
        self._reason_box.setVisible(verdict.wants_reason and self.op.takes_values)
        enter_moves(self)
        self._say_whole(verdict)
        if self._save_after_check:
            self._save_after_check = False
            self._save()

    def _check_failed(self, error: Exception) -> None:
        self._checking, self._save_after_check = None, False
        self.seat.kit.jobs.present(error)

    def _say_whole(self, verdict: Verdict) -> None:
        if verdict.twins:
            names = "、".join(f"“{one.title}”（{one.why}）" for one in verdict.twins[:2])
            self.strip.say("amber", f"库中已有{names}", twins="并排看")
        elif whole := [one.text for one in verdict.said if one.field not in self.form.boxes]:
            self.strip.say("amber", "；".join(whole))
        elif self.strip.topic == "twins":
            self.strip.clear()

    # saving

    def accept(self) -> None:
        """Save: the newest check first, then the gate; a second press while it runs does nothing."""
        if self.saving is not None or self._save_after_check:
            return
        self._save_after_check = True
        self.check()

    def _save(self) -> None:
        if self.verdict.refused:
            self._stop_at_problem(f"红色的项目改正后才能保存：{self._wrong_labels()}。")
            return
        if self.verdict.twins and not self.reason.text().strip():
            self._show_twins()
            return
        if self.verdict.wants_reason and self.op.takes_values and not self.reason.text().strip():
            self._stop_at_problem(f"有提醒的项目请改正；确需照此登记，请在下面写“{REASON}”。")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._perform()

    def _stop_at_problem(self, text: str) -> None:
        self.form.insisting = True
        self.form.show_verdict(self.verdict)
        self.strip.say("red", text)
        said = [one.field for one in self.verdict.said]
        wrong = [name for name in self.form.boxes if name in said]
        for name in (*(one for one in wrong if one in self.verdict.refused_fields), *wrong)[:1]:
            self.form.go_to(name)
            # Once the remarks have their room: Qt scrolls to a field by itself only where Tab leads to it.
            QTimer.singleShot(0, self, partial(self._area.ensureWidgetVisible, self.form.boxes[name]))

    def _wrong_labels(self) -> str:
        """Which fields stop the form from being saved; some may be out of sight."""
        refused, boxes = self.verdict.refused_fields, self.form.boxes
        return "、".join(box.declared.label for name, box in boxes.items() if name in refused)

    def _perform(self) -> None:
        self.drafts.pause()
        job = self.seat.perform(
            self,
            self.op,
            self.registry,
            self.data.record_id,
            version=self.data.version,
            reason=self.reason.text().strip(),
            arguments=as_arguments(self.form.given()),
            then=self._done,
            otherwise=self._failed,
        )
        self.saving = job
        if self.primary is not None:
            job.busy(self.primary)

    def _done(self, done: Done) -> None:
        self.saving = None
        self.drafts.forget()
        self._closing = True
        self.performed.emit(done)
        super().accept()

    def _failed(self, error: Exception) -> None:
        self.saving = None
        self.drafts.touch()
        if isinstance(error, OvertakenError):
            self.strip.say("red", error.message)
            self._read_anew()
        elif isinstance(error, UserError):
            self.strip.say("red", error.message)
        else:
            self.seat.kit.jobs.present(error)

    def _read_anew(self) -> None:
        """Somebody else wrote in between: show what is on file now, keep what was typed."""
        self.seat.read(self, form_of, self.registry, self.op, self.data.record_id, {}, then=self._overtaken)

    def _overtaken(self, data: FormData) -> None:
        from wenlv_desk.gui.entry.overtaking import differences

        lines = differences(self.data, data, self.form)
        self.data = self.form.data = data
        self.form.settle(data.raw)
        self.strip.say("red", "\n".join([self.strip.text, *lines, "看过后再按“保存”，即照您填的写入。"]))
        self.check()

    # twins

    def _show_twins(self) -> None:
        from wenlv_desk.gui.entry.twins import TwinsDialog

        dialog = TwinsDialog(self.seat.kit.looks, self, self.verdict.twins, self.registry)
        dialog.open_existing.connect(self._open_existing)
        dialog.another.connect(self._another)
        dialog.fill_existing.connect(self._fill_existing)
        dialog.open()

    def _open_existing(self, record_id: int) -> None:
        self.drafts.forget()
        self._closing = True
        self.reject()
        self.seat.ways.show_record(self.registry, record_id)

    def _another(self, reason: str) -> None:
        self.reason.setText(reason)
        self._save()

    def _fill_existing(self, record_id: int) -> None:
        """Merge what was typed into the record on file: its empty fields are filled, the clerk sees it and saves."""
        typed = {name: raw for name, raw in self.form.given().items() if raw not in ("", [])}
        self.drafts.forget()
        self._closing = True
        self.reject()
        self.merge_wanted.emit(record_id, typed)

    # owner, personal data

    def _take_over(self, name: str, record_id: int) -> None:
        owner = self.registry.owner
        if owner is not None and owner.field == name and self.data.record_id is None:
            self.seat.read(self, taken_over, self.registry, record_id, then=self._fill_blank)

    def _fill_blank(self, raw: Raw) -> None:
        now = self.form.raw()
        self.form.put({name: value for name, value in raw.items() if now.get(name) in ("", [], None)})

    def _reveal(self, name: str) -> None:
        def show(done: Done) -> None:
            box = self.form.boxes[name]
            if box.editor.raw() == box.baseline:
                box.editor.put(done.value)
                box.baseline = box.editor.raw()
            box.hide_reveal()

        arguments = {"name": name}
        self.seat.perform(self, "reveal", self.registry, self.data.record_id, arguments=arguments, then=show)

    # drafts, leaving

    def _drafted_value(self) -> dict[str, Any] | None:
        """What a draft keeps; None while there is nothing to lose."""
        changed = self.form.changed()
        if not changed or self.saving is not None or self._closing:
            return None
        return {"raw": changed, "reason": self.reason.text(), "title": self.data.title}

    def _strip_acted(self, what: str) -> None:
        if what == "restore" and self.data.draft is not None:
            self.form.put(self.data.draft.get("raw", {}))
            self.reason.setText(self.data.draft.get("reason", ""))
            self.strip.clear()
        elif what == "discard":
            self.drafts.forget()
            self.strip.clear()
        elif what == "twins":
            self._show_twins()

    def reject(self) -> None:
        """Leave; ask only if something was typed."""
        if self.saving is not None:
            return
        if self._closing or not self.form.changed():
            super().reject()
            return
        will = ["这张表上已填的内容不会保存。"]
        confirm(
            self,
            self.seat.kit.looks,
            "不保存就离开？",
            "不保存",
            self._leave,
            will=will,
            undo="想留着就按 Esc 回到表上。",
        )

    def _leave(self) -> None:
        self._closing = True
        self.drafts.forget()
        super().reject()


def as_arguments(raw: Raw) -> dict[str, Any]:
    """Raw values as an operation takes them."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
