"""Handing over in the window: the operation's own form, and below it who changes from whom to whom before it is done."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.acting import tell_done
from wenlv_desk.gui.entry.foreseeing import ForeseeingDialog
from wenlv_desk.gui.entry.formdata import FormData, Raw, form_of, raw_of
from wenlv_desk.gui.gridding.moves import FILE, Foreseen, foreseen
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.table import Column, FixedTable, Row, Tag
from wenlv_desk.gui.widgets.parts import framed, words
from wenlv_desk.store.desk import Desk

MOVES: Final = (
    Column("name", "企业", 200, grows=True),
    Column("before", "现在由谁负责", 250),
    Column("after", "之后由谁负责", 250),
)
LOADS: Final = (
    Column("name", "网格员", 76),
    Column("before", "现在", 54, align="right", tabular=True),
    Column("after", "之后", 54, align="right", tabular=True),
    Column("word", "负荷", 78, tag=True),
)
TABLE_PX: Final = 178
LOADS_PX: Final = 280
WIDTH: Final = 1080
NOT_SEEN: Final = "下面列出的变化刚刚更新，请看过后再办一次。"
BESIDE: Final = ("reason", "doc_no", "approved_by", FILE)  # what is typed here changes nobody's answer


def open_screen(seat: Seat, operation: str, register: str, record_id: int) -> None:
    """Open the dialog of a step that changes who answers for whom."""
    registry = seat.catalogue.registry(register)
    op = seat.catalogue.operation(registry, operation)

    def show(data: FormData) -> None:
        dialog = MoveDialog(seat, registry, op, data)
        dialog.performed.connect(lambda done: tell_done(seat, done))
        dialog.open()

    seat.read(seat.window, begun, registry, op, record_id, then=show)


def begun(desk: Desk, registry: Registry, op: Operation, record_id: int) -> FormData:
    """The form with what the operation itself suggests (the head as he is)."""
    given: Mapping[str, Any] = op.suggest(desk, desk.get(registry.record, record_id)) if op.suggest is not None else {}
    kinds = {one.name: one.kind for one in op.parameters(registry)}
    raw: Raw = {name: raw_of(kinds[name], value, desk) for name, value in given.items()}
    return form_of(desk, registry, op, record_id, raw)


class MoveDialog(ForeseeingDialog):
    """It is done only once what it changes has been shown for what stands in the form."""

    foreseen: Foreseen | None

    def __init__(self, seat: Seat, registry: Registry, op: Operation, data: FormData) -> None:
        self.moves = FixedTable("grids/moves", "将变化的企业", MOVES, seat.kit)
        self.loads = FixedTable("grids/loads", "交接后的负荷", LOADS, seat.kit)
        super().__init__(seat, registry, op, data, preview="办理前看变化", width=WIDTH)

    def _lay_out_preview(self, column: QVBoxLayout) -> None:
        self.said.setText("填好后，这里列出哪些企业由谁交给谁。")
        column.addWidget(words("办理后的变化", "section"))
        column.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.moves.empty.say("还没有变化可看。")
        self.loads.empty.say("没有人的负荷变化。")
        row.addWidget(framed(self.moves, "将变化的企业"), 1)
        loads = framed(self.loads, "交接后的负荷")
        loads.setFixedWidth(self.seat.kit.looks.px(LOADS_PX))
        row.addWidget(loads)
        for one in (self.moves, self.loads):
            one.setFixedHeight(self.seat.kit.looks.px(TABLE_PX))
        column.addLayout(row)

    def _decisive(self) -> dict[str, Any]:
        """The values that decide who answers for whom."""
        return {name: raw for name, raw in self.form.given().items() if name not in BESIDE}

    def _read_ahead(self, then: Callable[[Any], None], otherwise: Callable[[Exception], None]) -> Job:
        given = (self.seat.office, self.seat.clerk, self.op, self.registry, self.data.record_id, self.form.given())
        return self.seat.kit.jobs.read(self, foreseen, *given, then=then, otherwise=otherwise)

    def _show_foreseen(self) -> None:
        found = self.foreseen
        assert found is not None
        self.said.setText(said_of(found))
        rows = found.moves or found.grids
        self.moves.empty.say("没有企业随之变化。")
        self.moves.show_rows([Row(at, (one.name, one.before, one.after)) for at, one in enumerate(rows, 1)])
        self.loads.show_rows(
            [
                Row(at, (one.name, str(one.before), str(one.after), Tag(one.word, one.tone)))
                for at, one in enumerate(found.loads, 1)
            ]
        )

    def _show_nothing(self) -> None:
        self.moves.empty.say("没有变化可看，原因见上。")
        self.moves.show_rows(())
        self.loads.show_rows(())

    def _save(self) -> None:
        """What was not shown yet is shown first."""
        if not self.verdict.refused and self.foreseeing is not None:
            self.strip.say("amber", NOT_SEEN)
            return
        super()._save()


def said_of(found: Foreseen) -> str:
    """The change in one sentence, and what is to be noticed."""
    when = f"从 {found.day} 起"
    if found.moves:
        first = f"{when}，{len(found.moves)} 家企业的责任人变化："
    elif found.grids:
        first = f"{when}，{len(found.grids)} 个网格的人员变化，没有企业随之变化："
    else:
        first = f"{when}，没有变化。"
    return "\n".join((first, *(one for one in found.notes if one.startswith("请注意"))))
