"""The rows behind a figure as they stood on a past day: a list to look at, to export, and to open a record's card from."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from wenlv_desk.core.figures import FigureSet
from wenlv_desk.gui.listing.exporting import WORKBOOK, ask_target, tell_saved
from wenlv_desk.gui.listing.lists import columns_of
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.table import FixedTable, Row
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.gui.widgets.parts import framed, words
from wenlv_desk.ledger.plain import Plain, save_plain
from wenlv_desk.store.figures import RowsBehind, rows_behind

SIZE: Final = (1080, 600)


@dataclass(frozen=True)
class Behind:
    """Which rows of which figure, as of which past day."""

    figures: FigureSet
    title: str  # 通过率
    ids: tuple[int, ...]
    day: date


def open_behind(seat: Seat, wanted: Behind) -> None:
    """Read the rows as they stood and show them."""

    def show(found: RowsBehind) -> None:
        BehindDialog(seat, wanted, found).open()

    seat.read(seat.window, rows_behind, wanted.figures, wanted.ids, wanted.day, then=show)


class BehindDialog(Dialog):
    """Enter or a double click opens the record as it is today."""

    def __init__(self, seat: Seat, wanted: Behind, found: RowsBehind) -> None:
        self.registry = seat.catalogue.registry_of(wanted.figures.record)
        self.title = f"{wanted.title} · {len(found.rows):,} {self.registry.unit} · {wanted.day} 的样子"
        super().__init__(self.title, seat.kit.looks, seat.window, width=SIZE[0])
        self.seat, self.found = seat, found
        columns = {column.name: column for column in columns_of(self.registry)}
        shown = tuple(columns[name] for name in found.names)
        self.table = FixedTable(f"behind/{self.registry.name}", self.title, shown, seat.kit)
        said = "这是那天结束时记着的内容；引用的名称按现在的写。回车打开这条记录现在的卡片。"
        self.body.addWidget(words(said, "muted", wrap=True))
        self.body.addWidget(framed(self.table, self.title), 1)
        self.buttons("关闭")
        assert self.leave is not None
        self.leave.hide()
        self.save = self.add_button("导出 Excel…", self._export)
        self.table.opened.connect(self._open)
        self.table.show_rows(
            [Row(row_id, tuple(" ".join(text.split("\n")) for text in cells)) for row_id, cells in found.rows]
        )
        px, room = seat.kit.looks.px, seat.window.size()
        self.resize(max(px(SIZE[0]), self.minimumWidth()), min(px(SIZE[1]), room.height() - 40))
        self.table.setFocus()

    def _open(self, record_id: int) -> None:
        self.accept()
        self.seat.ways.show_record(self.registry, record_id)

    def _export(self) -> None:
        path = ask_target(self, "导出", f"{self.title.replace(' · ', '-')}.xlsx", WORKBOOK)
        if path is None:
            return
        rows = [(row_id, *cells) for row_id, cells in self.found.rows]
        sheet = Plain(self.registry.title, ("编号", *self.found.labels), rows, (self.title,))
        seat, clerk, at = self.seat, self.seat.clerk, self.seat.office.clock()

        def saved(_none: None, path: Path = path) -> None:
            tell_saved(seat, f"已导出 {len(rows):,} {self.registry.unit}到“{path.name}”", path)

        seat.kit.jobs.read(self, save_plain, path, [sheet], clerk=clerk, at=at, then=saved).busy(self.save)
