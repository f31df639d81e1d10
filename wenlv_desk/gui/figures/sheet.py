"""One set of figures on the page: what is asked, the table with the definitions, the figure at the cursor, the rows behind it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.figures import FigureSet
from wenlv_desk.gui.figures.asking import Asking
from wenlv_desk.gui.figures.behind import Behind, open_behind
from wenlv_desk.gui.figures.panel import FigurePanel
from wenlv_desk.gui.figures.reading import Offered, counted, offered
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.listing.exporting import WORKBOOK, ask_target, tell_saved
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.table import Column, FixedTable, Row
from wenlv_desk.gui.widgets.parts import framed, words
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.store.figures import FigureTable, Line

GROUP: Final = "group"
COLUMNS: Final = (
    Column(GROUP, "分组", 130),
    Column("label", "指标", 150),
    Column("value", "数值", 190, tabular=True, link=True),
    Column("definition", "口径", 320, grows=True),
)


class FigureSheet(QWidget):
    """Counted anew whenever something else is asked for, and when its register changes."""

    ready = Signal()  # what is asked for is shown

    def __init__(self, seat: Seat, figures: FigureSet) -> None:
        super().__init__()
        self.seat, self.figures = seat, figures
        self.registry = seat.catalogue.registry_of(figures.record)
        self.counted: FigureTable | None = None
        self._counting: Job | None = None
        self._offering: Job | None = None
        self._place = 0
        self.asking = Asking(seat, figures)
        self.strip = Strip(seat.kit.looks)
        self.said = words("", "muted")
        self.table = FixedTable(f"figures/{figures.name}", f"{figures.title}统计", COLUMNS, seat.kit)
        self.panel = FigurePanel(seat.kit.looks, self.registry.unit)
        self._lay_out()
        self._connect()
        self._offer(first=True)

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(framed(self.table, f"{self.figures.title}统计"), 1)
        across.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.asking)
        column.addWidget(self.said)
        column.addWidget(self.strip)
        column.addLayout(across, 1)

    def _connect(self) -> None:
        self.asking.changed.connect(self.count)
        self.table.current_changed.connect(self._at)
        self.table.rows.opened.connect(self._filled)
        self.table.opened.connect(lambda place: self.show_rows(self._line(place), whole=False))
        self.table.clicked.connect(self._clicked)
        self.panel.wanted.connect(lambda line, whole: self.show_rows(line, whole=whole))
        self.seat.kit.jobs.changed.connect(self._tables_changed)

    # counting

    def _offer(self, *, first: bool) -> None:
        def show(found: Offered) -> None:
            self._offering = None
            self.asking.offer(found, first=first)
            self.count()

        self._offering = self.seat.read(self, offered, self.figures, then=show)

    def count(self) -> None:
        """Count what is asked for; only the newest answer is shown."""
        if self._counting is not None:
            self._counting.forget()
        asked = self.asking.asked()
        self._counting = self.seat.read(self, counted, self.figures, asked, then=self._show, otherwise=self._refused)

    @property
    def counting(self) -> bool:
        """Whether what is shown is not yet what is asked for."""
        return self._counting is not None or self._offering is not None or self.asking.pending

    def _show(self, table: FigureTable) -> None:
        self._counting, self.counted = None, table
        past = "（那天结束时的样子）" if table.past else ""
        self.said.setText(f"{table.said}，共 {table.rows:,} {self.registry.unit}{past}")
        self.said.show()
        if table.notes:
            self.strip.say("amber", "；".join(table.notes) + "。")
        else:
            self.strip.clear()
        shown = frozenset(column.name for column in COLUMNS if column.name != GROUP or table.group)
        if self.table.plan.shown() != shown:
            self.table.plan.show(shown)
        self._fill(table.lines if table.rows else (), self.figures.empty_hint)

    def _refused(self, error: Exception) -> None:
        self._counting, self.counted = None, None
        self.said.hide()
        if isinstance(error, UserError):
            self.strip.say("red", f"{error.message}。")
            self._fill((), "没有统计，原因见上。")
        else:
            self.seat.kit.jobs.present(error)

    def _fill(self, lines: tuple[Line, ...], hint: str) -> None:
        self.table.empty.say(hint)
        self._place = self.table.current_id or 0
        self.table.show_rows(
            [
                Row(place, (line.group, line.figure.label, line.counted.text, line.figure.definition))
                for place, line in enumerate(lines)
            ]
        )

    def _filled(self, _refreshed: bool) -> None:
        """The cursor stays at its figure; the first time it goes to the first."""
        if self.table.row_count():
            self.table.go_to(min(self._place, self.table.row_count() - 1))
        self._at(self.table.current_id)
        self.ready.emit()

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if self.registry.name in tables:
            self._offer(first=False)

    # the rows behind

    def _line(self, place: int | None) -> Line | None:
        lines = self.counted.lines if self.counted is not None and self.counted.rows else ()
        return lines[place] if place is not None and place < len(lines) else None

    def _at(self, place: int | None) -> None:
        self.panel.show_line(self.counted, self._line(place))

    def _clicked(self, index: QModelIndex) -> None:
        if COLUMNS[index.column()].link:
            self.show_rows(self._line(self.table.current_id), whole=False)

    def show_rows(self, line: Line | None, *, whole: bool) -> None:
        """Show the rows behind a figure: today's in their list, those of a past day as they stood."""
        if line is None or self.counted is None:
            return
        ids = line.counted.whole if whole else line.counted.rows
        part = line.group if line.group != self.counted.groups[0] else ""
        title = "·".join(one for one in (line.figure.label, part) if one) + ("（总数）" if whole else "")
        if not ids:
            self.seat.kit.notices.fail(f"“{title}”背后没有{self.registry.title}")
        elif self.counted.past:
            open_behind(self.seat, Behind(self.figures, title, ids, self.counted.day))
        else:
            self.seat.ways.show_rows(self.registry, ids, title)

    # out of the window

    def export(self) -> None:
        """The table as a workbook."""
        from wenlv_desk.ledger.plain import figure_sheets, save_plain

        table = self.counted
        if table is None:
            self.seat.kit.notices.fail("没有可导出的统计，请先改好范围和日子")
            return
        path = ask_target(self, "导出", f"{self.figures.title}统计-{table.day}.xlsx", WORKBOOK)
        if path is None:
            return
        clerk, at = self.seat.clerk, self.seat.office.clock()

        def saved(_none: None, path: Path = path) -> None:
            tell_saved(self.seat, f"统计已导出到“{path.name}”", path)

        self.seat.kit.jobs.read(self, save_plain, path, figure_sheets(table), clerk=clerk, at=at, then=saved)

    def print(self) -> None:
        """The table on paper; it takes no number."""
        from wenlv_desk.gui.printing.loose import LooseDialog
        from wenlv_desk.issuing.figures import draw_figures

        if self.counted is None:
            self.seat.kit.notices.fail("没有可打印的统计，请先改好范围和日子")
            return
        title = f"{self.figures.title}统计表"
        self.seat.read(self, draw_figures, self.counted, then=lambda pdf: LooseDialog(self.seat, title, pdf).open())
