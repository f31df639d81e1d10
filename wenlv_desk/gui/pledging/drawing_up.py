"""拟定一批 in the window: the operation's own form, and below it who would get a pledge, who has one, who cannot and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.core.reports import Sheet
from wenlv_desk.gui.entry.acting import tell_done
from wenlv_desk.gui.entry.foreseeing import ForeseeingDialog
from wenlv_desk.gui.entry.formdata import FormData, form_of
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.table import Column, FixedTable, Row, Tag
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import button, framed, restyle, words
from wenlv_desk.registries.pledge.planning import plan_batch
from wenlv_desk.registries.pledge.records import BATCHES, PledgeKind
from wenlv_desk.registries.pledge.tables import planned
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.checks import check_values
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import Done

WIDTH: Final = 960
TABLE_PX: Final = 300
WANTED, HAS, CANNOT = "拟签", "已有", "不能签"
TONES: Final = {WANTED: "green", HAS: "neutral", CANNOT: "red"}
EMPTY: Final = {
    "": "没有应签的对象：请核对种类里的企业类别和网格台账。",
    WANTED: "没有要新拟的。",
    HAS: "没有已经签过的。",
    CANNOT: "没有不能签的。",
}
COLUMNS: Final = (
    Column("name", "乙方", 200, grows=True),
    Column("state", "情况", 74, tag=True),
    Column("b", "乙方签字人", 92),
    Column("a", "甲方签字人", 92),
    Column("why", "说明", 300),
)


@dataclass(frozen=True)
class Foreseen:
    """The table of who would get one, for what stood in the form."""

    sheet: Sheet


def open_screen(seat: Seat, operation: str, register: str, record_id: int) -> None:
    """Open the dialog."""
    registry = seat.catalogue.registry(register)
    op = seat.catalogue.operation(registry, operation)

    def show(data: FormData) -> None:
        dialog = DrawUpDialog(seat, registry, op, data)
        dialog.performed.connect(partial(_drawn_up, seat))
        dialog.open()

    seat.read(seat.window, form_of, registry, op, record_id, {}, then=show)


def _drawn_up(seat: Seat, done: Done) -> None:
    """The next step is on the card of the batch."""
    tell_done(seat, done)
    seat.ways.show_record(BATCHES, int(done.value))


def foreseen(
    desk: Desk, registry: Registry, op: Operation, record_id: int | None, given: Mapping[str, Any]
) -> Foreseen:
    """Who would get a pledge with these values; UserError for a year that is none."""
    kind = desk.get(PledgeKind, record_id or 0)
    values = check_values(op.arguments(registry), given, desk.context).values
    year, signer = values.get("year"), values.get("signer")
    if not isinstance(year, int) or not 1990 <= year <= 2199:
        raise UserError("年度填好后，这里列出谁会签、谁已有、谁不能签")
    plan = plan_batch(desk, kind, year, desk.get(Staff, signer) if isinstance(signer, int) else None)
    return Foreseen(planned(plan, year))


class DrawUpDialog(ForeseeingDialog):
    """The table follows year and signer; a chip narrows it."""

    foreseen: Foreseen | None

    def __init__(self, seat: Seat, registry: Registry, op: Operation, data: FormData) -> None:
        self.only = ""
        self.table = FixedTable("pledging/plan", "拟签名单", COLUMNS, seat.kit)
        self.chips = {one: button(one, partial(self.narrow, one), part="chip") for one in ("", WANTED, HAS, CANNOT)}
        super().__init__(seat, registry, op, data, preview="拟签名单", width=WIDTH)

    def _lay_out_preview(self, column: QVBoxLayout) -> None:
        head = QWidget()
        flow = FlowLayout(8, head)
        for one in self.chips.values():
            flow.addWidget(one)
        for made in (words("办理前看名单", "section"), head, self.said):
            column.addWidget(made)
        frame = framed(self.table, "拟签名单")
        self.table.setMinimumHeight(self.seat.kit.looks.px(120))
        frame.setFixedHeight(min(self.seat.kit.looks.px(TABLE_PX), max(self.seat.window.height() - 420, 150)))
        column.addWidget(frame)

    def _decisive(self) -> dict[str, Any]:
        return {name: raw for name, raw in self.form.given().items() if name in ("year", "signer")}

    def _read_ahead(self, then: Callable[[Any], None], otherwise: Callable[[Exception], None]) -> Job:
        given = (self.registry, self.op, self.data.record_id, self.form.given())
        return self.seat.read(self, foreseen, *given, then=then, otherwise=otherwise)

    def _show_foreseen(self) -> None:
        assert self.foreseen is not None
        sheet = self.foreseen.sheet
        self.said.setText(sheet.note)
        counts = {one: sum(row[4] == one for row in sheet.rows) for one in (WANTED, HAS, CANNOT)}
        if not self.only and counts[CANNOT] and not counts[WANTED]:
            self.only = CANNOT
        for name, chip in self.chips.items():
            text = f"{name} {counts[name]}" if name else f"全部 {len(sheet.rows)}"
            chip.setText(text)
            chip.setAccessibleName(text)
        self.narrow(self.only)

    def _show_nothing(self) -> None:
        self.narrow("")

    def narrow(self, only: str) -> None:
        """Show those of one state, or all; those who cannot sign come first, for they are to be mended."""
        self.only = only
        for name, chip in self.chips.items():
            restyle(chip, "on", name == only)
        rows = self.foreseen.sheet.rows if self.foreseen is not None else ()
        shown = [row for row in rows if only in ("", row[4])]
        shown.sort(key=lambda row: row[4] != CANNOT)
        self.table.empty.say(EMPTY[only])
        self.table.show_rows([Row(at, _cells(row)) for at, row in enumerate(shown, 1)])


def _cells(row: tuple[str, ...]) -> tuple[Any, ...]:
    _, name, b, a, state, why = row
    return name, Tag(state, TONES[state]), b, a, why
