"""The list of a batch: what becomes of every chosen record, in parts that a chip switches between; those left out go to Excel."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.batch.preparing import columns
from wenlv_desk.gui.listing.exporting import WORKBOOK, ask_target, tell_saved
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.table import FixedTable, Row
from wenlv_desk.gui.widgets.chips import chip
from wenlv_desk.gui.widgets.parts import framed, restyle
from wenlv_desk.store.batch import LeftOut

TABLE_PX: Final = 150


class OutcomeList(QWidget):
    """Shows the first part that holds anything; the others are a chip away."""

    def __init__(self, seat: Seat, registry: Registry, title: str) -> None:
        super().__init__()
        self.seat, self.registry, self.title = seat, registry, title
        self.table = FixedTable(f"batch/{registry.name}", "选定的记录", columns(registry), seat.kit)
        self.chips: dict[str, QPushButton] = {}
        self._left_out: tuple[LeftOut, ...] = ()
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self.save = chip("导出没有办的…", self._export)
        head = QHBoxLayout()
        head.addLayout(self._row)
        head.addStretch(1)
        head.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 0, 18, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(framed(self.table, "选定的记录"), 1)
        seat.kit.looks.changed.connect(self._look)
        self._look()

    def show_parts(self, parts: Mapping[str, Sequence[Row]], left_out: Sequence[LeftOut]) -> None:
        """Show the records by what becomes of them; `left_out` are those the workbook is about."""
        self._left_out = tuple(left_out)
        self.save.setVisible(bool(left_out))
        for old in self.chips.values():
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        filled = {state: rows for state, rows in parts.items() if rows}
        self.chips = {
            state: chip(f"{state} {len(rows):,}", partial(self._show, state, rows)) for state, rows in filled.items()
        }
        for made in self.chips.values():
            self._row.addWidget(made)
        if filled:
            self._show(*next(iter(filled.items())))

    def _show(self, state: str, rows: Sequence[Row]) -> None:
        for name, made in self.chips.items():
            restyle(made, "on", name == state)
            made.setAccessibleDescription("当前" if name == state else "")
        self.table.show_rows(rows)

    def _export(self) -> None:
        from wenlv_desk.ledger.plain import left_out_sheet, save_plain

        path = ask_target(self, "导出", f"{self.title}.xlsx", WORKBOOK)
        if path is None:
            return
        count, seat = len(self._left_out), self.seat
        told = f"没有办的 {count:,} {self.registry.unit}连同原因已导出到“{path.name}”"
        sheet = left_out_sheet(self._left_out, title=self.title)

        def saved(_none: None, path: Path = path) -> None:
            tell_saved(seat, told, path)

        clerk, at = seat.clerk, seat.office.clock()
        seat.kit.jobs.read(self, save_plain, path, [sheet], clerk=clerk, at=at, then=saved).busy(self.save)

    def _look(self) -> None:
        self.table.setMinimumHeight(self.seat.kit.looks.px(TABLE_PX))
