"""并排看: a row of the file beside the records on file that it may be."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QWidget

from wenlv_desk.gui.importing.rowview import Candidate, RowView
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.gui.widgets.parts import button, words
from wenlv_desk.ledger.model import Action, Decision

_SHOWN = 3  # candidates side by side


class BesideDialog(Dialog):
    """Every answer but leaving needs a reason; `decided` is called with it."""

    def __init__(
        self, looks: Looks, parent: QWidget, view: RowView, unit: str, decided: Callable[[Decision], object]
    ) -> None:
        super().__init__(f"第 {view.row.line} 行与库中并排看", looks, parent, width=760)
        self._decided, self._unit = decided, unit
        self.body.addWidget(words(view.row.why, "muted", wrap=True))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName("并排对照")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._grid(view))
        area.setMinimumHeight(looks.px(260))
        self.body.addWidget(area, 1)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("理由（记入流水）")
        self.reason.setPlaceholderText("如：电话核实是同一家，门头换了新名")
        self.reason.textChanged.connect(self._look)
        label = words("理由（记入流水）", "key")
        label.setBuddy(self.reason)
        self.body.addWidget(label)
        self.body.addWidget(self.reason)
        self.buttons(f"是另一{unit}，照此登记", leave="回去再看")
        self._look()
        self.reason.setFocus()

    def accept(self) -> None:
        """Go on as another one."""
        self._answer(Decision(Action.ACCEPT, None, self.reason.text().strip()))

    def _grid(self, view: RowView) -> QWidget:
        box = QWidget()
        box.setProperty("part", "plain")
        grid = QGridLayout(box)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.addWidget(words("文件中的这一行", "section"), 0, 1)
        self._choosers = []
        shown = view.candidates[:_SHOWN]
        for at, candidate in enumerate(shown, start=2):
            choose = button(f"就是这一{self._unit}", partial(self._same_as, candidate), part="chip")
            choose.setAccessibleName(f"就是库中第 {at - 1} {self._unit}，{candidate.title}")
            choose.setToolTip("名称和代码按库中的不改，其余各项取文件里的")
            self._choosers.append(choose)
            grid.addWidget(words(f"库中：{candidate.title}", "section", wrap=True), 0, at)
            grid.addWidget(choose, 1, at)
        for row, one in enumerate(sorted(view.fields, key=lambda f: not f.given), start=2):
            texts = [candidate.texts.get(one.name, "") for candidate in shown]
            if not one.given and not any(texts):
                continue
            grid.addWidget(words(one.label, "key"), row, 0, Qt.AlignmentFlag.AlignTop)
            for at, text in enumerate((one.given, *texts), start=1):
                same = at > 1 and text == one.given
                said = words(
                    (text or "空") + ("　相同" if same else ""), "small" if same or not text else "value", wrap=True
                )
                said.setAccessibleName(f"{one.label}：{text or '空'}")
                grid.addWidget(said, row, at)
        for at in range(1, 2 + len(shown)):
            grid.setColumnStretch(at, 1)
        return box

    def _same_as(self, candidate: Candidate) -> None:
        self._answer(Decision(Action.SAME_AS, candidate.id, self.reason.text().strip()))

    def _answer(self, decision: Decision) -> None:
        if decision.reason:
            super().accept()
            self._decided(decision)

    def _look(self) -> None:
        given = bool(self.reason.text().strip())
        for one in (self.primary, *self._choosers):
            if one is not None:
                one.setEnabled(given)
