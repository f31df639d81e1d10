"""The form of what is the same for every record of a batch, judged while it is filled in."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.entry import CHECK_MS, as_arguments
from wenlv_desk.gui.entry.form import Form
from wenlv_desk.gui.entry.formdata import FormData, Verdict, judge
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import words

HIGHEST_PX: Final = 250


class CommonForm(QWidget):
    """`settle` asks for the arguments: they come once the newest check has passed, else it says which fields are wrong."""

    refused = Signal(str)
    judged = Signal()

    def __init__(self, seat: Seat, registry: Registry, op: Operation, data: FormData) -> None:
        super().__init__()
        self.seat, self.registry, self.op = seat, registry, op
        self.form = Form(data, seat)
        self._then: Callable[[dict[str, Any]], object] | None = None
        self._checking: Job | None = None
        self._soon = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._soon.timeout.connect(self.check)
        head = words(f"各{registry.unit}都一样的内容", "section")
        head.setContentsMargins(18, 0, 18, 0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName("表单")
        self._area.setWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(head)
        column.addWidget(self._area)
        self.form.edited.connect(self._soon.start)
        self.check()

    @property
    def checking(self) -> bool:
        """Whether what is said is not yet about what stands in the form."""
        return self._checking is not None or self._soon.isActive()

    def fit(self) -> None:
        """As high as the form wants, but the list above it keeps its room."""
        self._area.setFixedHeight(min(self.form.sizeHint().height(), self.seat.kit.looks.px(HIGHEST_PX)))

    def focus(self) -> None:
        first = next(iter(self.form.boxes.values()), None)
        if first is not None:
            first.editor.setFocus()

    def settle(self, then: Callable[[dict[str, Any]], object]) -> None:
        """Check once more, then hand over the arguments; a second call meanwhile does nothing."""
        if self._then is None:
            self._then = then
            self.check()

    def check(self) -> None:
        """Judge the form as it stands, in a worker thread; only the newest answer counts."""
        self._soon.stop()
        if self._checking is not None:
            self._checking.forget()
        arguments = (self.registry, self.op, None, self.form.given())
        self._checking = self.seat.read(self, judge, *arguments, then=self._judged, otherwise=self._failed)

    def _judged(self, verdict: Verdict) -> None:
        self._checking = None
        then, self._then = self._then, None
        self.form.insisting = self.form.insisting or (then is not None and verdict.refused)
        self.form.show_verdict(verdict)
        self.judged.emit()
        if then is not None and verdict.refused:
            wrong = [name for name in self.form.boxes if name in verdict.refused_fields]
            labels = "、".join(self.form.boxes[name].declared.label for name in wrong)
            self.refused.emit(f"红色的项目改正后才能办理：{labels}。")
            self.form.go_to(wrong[0])
        elif then is not None:
            then(as_arguments(self.form.given()))

    def _failed(self, error: Exception) -> None:
        self._checking, self._then = None, None
        self.seat.kit.jobs.present(error)
