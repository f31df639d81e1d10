"""The dialog of an operation that shows below its form what it would lead to, read anew when anything changes that decides it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.entry import EntryDialog
from wenlv_desk.gui.entry.formdata import FormData, Verdict
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import restyle, words


class ForeseeingDialog(EntryDialog):
    """A dialog says what decides what is foreseen, how it is read, and how it is shown; `said` is the sentence above it."""

    def __init__(
        self, seat: Seat, registry: Registry, op: Operation, data: FormData, *, preview: str, width: int
    ) -> None:
        self.preview = preview  # what a screen reader calls it
        self.foreseen: Any = None
        self.foreseeing: Job | None = None
        self._shown_for: dict[str, Any] | None = None
        self.said = words("", "muted", wrap=True)
        super().__init__(seat, registry, op, data)
        self.setMinimumWidth(min(seat.kit.looks.px(width), max(seat.window.width() - 60, 600)))
        seat.kit.jobs.changed.connect(self._tables_changed)

    def _build(self) -> None:
        super()._build()
        box = QWidget()
        box.setAccessibleName(self.preview)
        column = QVBoxLayout(box)
        column.setContentsMargins(18, 0, 18, 12)
        column.setSpacing(6)
        self._lay_out_preview(column)
        self.body.addWidget(box)

    def _lay_out_preview(self, column: QVBoxLayout) -> None:
        raise NotImplementedError

    def _decisive(self) -> dict[str, Any]:
        """The values of the form that decide what is foreseen."""
        raise NotImplementedError

    def _read_ahead(self, then: Callable[[Any], None], otherwise: Callable[[Exception], None]) -> Job:
        """Have it found for what stands in the form."""
        raise NotImplementedError

    def _show_foreseen(self) -> None:
        raise NotImplementedError

    def _show_nothing(self) -> None:
        """The reason why nothing can be foreseen is said already."""
        raise NotImplementedError

    @property
    def checking(self) -> bool:
        return super().checking or self.foreseeing is not None

    def _tables_changed(self, _tables: frozenset[str]) -> None:
        if self.saving is None and not self._closing:
            self._shown_for = None
            self.check()

    def _judged(self, verdict: Verdict) -> None:
        wanted = self._decisive()
        if wanted != self._shown_for:
            self._foresee(wanted)
        super()._judged(verdict)

    def _foresee(self, wanted: dict[str, Any]) -> None:
        if self.foreseeing is not None:
            self.foreseeing.forget()
        self.foreseeing = self._read_ahead(partial(self._found, wanted), partial(self._unforeseen, wanted))

    def _found(self, wanted: dict[str, Any], found: Any) -> None:
        self.foreseeing, self.foreseen, self._shown_for = None, found, wanted
        restyle(self.said, "part", "muted")
        self._show_foreseen()

    def _unforeseen(self, wanted: dict[str, Any], error: Exception) -> None:
        """It would be refused: why, where it would be shown. Pressed all the same, the gate refuses it."""
        self.foreseeing, self.foreseen, self._shown_for = None, None, wanted
        if not isinstance(error, UserError):
            self._shown_for = None
            self.seat.kit.jobs.present(error)
            return
        restyle(self.said, "part", "problem")
        self.said.setText(error.message)
        self._show_nothing()
