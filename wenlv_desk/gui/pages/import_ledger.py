"""The import page (导入台账): ① 选文件 ② 对应列 ③ 看清要发生什么 ④ 写入. Nothing is written before the last step."""

from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.importing.asking import ask_password
from wenlv_desk.gui.importing.filestep import PATTERNS, FileStep
from wenlv_desk.gui.importing.frame import StepFrame
from wenlv_desk.gui.importing.mapstep import MapStep
from wenlv_desk.gui.importing.planstep import PlanStep
from wenlv_desk.gui.importing.resultstep import ResultStep, account, set_aside
from wenlv_desk.gui.importing.work import (
    Opened,
    PlanBox,
    Proposed,
    SheetFound,
    Summary,
    open_ledger,
    planned,
    proposed,
    rejected_saved,
    with_words,
)
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.listing.exporting import WORKBOOK, ask_target, tell_saved
from wenlv_desk.gui.seat import Seat
from wenlv_desk.ledger.headings import HeadingMap
from wenlv_desk.ledger.plan import PlanningStopped
from wenlv_desk.ledger.reading import PasswordNeeded, PasswordWrong, ReadingStopped
from wenlv_desk.store.gate import Done

STEPS: Final = ("① 选文件", "② 对应列", "③ 看清要发生什么", "④ 写入")
FILE, MAP, PLAN, WRITTEN = range(4)
_HINTS: Final = (
    "写入是一步，可以一步撤销。",
    "对应关系会记住，下次同样的表不用再配。",
    "写入是一步，可以一步撤销。退回的行可另存为工作簿，附原因，改好再导。",
    "",
)


def open_import(seat: Seat, registry: Registry, path: Path | None = None) -> "ImportPage":
    """Open the import page over a register's page."""
    page = ImportPage(seat, registry)
    seat.ways.show_page(page, registry.name)
    page.files.setFocus()
    if path is not None:
        page.open_file(path)
    return page


class ImportPage(QWidget):
    """Leads through the steps; each is a widget of its own that tells what the clerk wants."""

    def __init__(self, seat: Seat, registry: Registry) -> None:
        super().__init__()
        self.seat, self.registry = seat, registry
        self.setObjectName("page")
        self.setAccessibleName(f"导入台账 · {registry.title}")
        self.setAcceptDrops(True)
        self.opened: Opened | None = None
        self.sheet: SheetFound | None = None
        self.proposed: Proposed | None = None
        self.box: PlanBox | None = None
        self.step = FILE
        self._job: Job | None = None
        self._entry: int | None = None
        self._password: str | None = None
        self._asked_words = 0
        self._build()
        self._connect()
        self.go(FILE)

    # what it is made of

    def _build(self) -> None:
        self.frame = StepFrame(f"导入台账 · {self.registry.title}", STEPS)
        self.files = FileStep(self.registry.title, self.seat.kit.looks)
        self.map = MapStep(self.registry, self.seat.kit.looks)
        self.plan: PlanStep | None = None
        self.result: ResultStep | None = None
        for one in (self.files, self.map):
            self.frame.pages.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addWidget(self.frame)

    def _connect(self) -> None:
        frame = self.frame
        frame.step_wanted.connect(self.go_back)
        frame.save_wanted.connect(self._save_rejected)
        frame.back_wanted.connect(self._step_back)
        frame.leave_wanted.connect(self.leave)
        frame.next_wanted.connect(self._go_on)
        self.files.wanted.connect(self.choose_file)
        self.files.chosen.connect(self.take_sheet)
        self.files.stopped.connect(self._stop)
        self.map.changed.connect(self._mapping_changed)
        self.seat.kit.jobs.running.connect(self.files.show_progress)

    # from step to step

    def go(self, step: int) -> None:
        """Show a step."""
        self.step = step
        frame, shown = self.frame, (self.files, self.map, self.plan, self.result)[step]
        frame.show_step(step, shown, _HINTS[step], over=step == WRITTEN)
        frame.back.setVisible(step in (MAP, PLAN))
        frame.leave.setVisible(step != WRITTEN)
        frame.save.setVisible(False)
        frame.next.setVisible(step in (MAP, PLAN))
        frame.next.setEnabled(True)
        frame.name_next("看清要发生什么 Ctrl Enter", "下一步：看清要发生什么")
        if step == PLAN and self.plan is not None:
            self._show_counts(self.plan.summary)
            self.plan.table.setFocus()
        self._say_facts()

    def go_back(self, step: int) -> None:
        """Go to an earlier step."""
        if step < self.step != WRITTEN:
            self.go(step)

    def _step_back(self) -> None:
        several = self.opened is not None and len(self.opened.usable) > 1
        if self.step == MAP and several and self.opened is not None:
            self.files.show_sheets(self.opened)
        elif self.step == MAP:
            self.files.invite()
        self.go(self.step - 1)

    def _go_on(self) -> None:
        if self.step == MAP:
            self.make_plan()
        elif self.step == PLAN:
            self.write()

    def leave(self) -> None:
        """Close the page; nothing was written that was not said."""
        self._stop()
        self.seat.ways.close_page(self)

    def _say_facts(self) -> None:
        if self.opened is None:
            self.frame.say_facts([])
            return
        table = self.sheet.table if self.sheet is not None else None
        if self.sheet is None or table is None or self.step == FILE:
            self.frame.say_facts([self.opened.path.name])
            return
        lines = "、".join(map(str, table.heading_lines))
        said = [
            self.opened.path.name,
            *([f"工作表“{self.sheet.name}”"] if len(self.opened.sheets) > 1 else []),
            f"表头在第 {lines} 行",
            f"共 {len(table.rows):,} 行",
        ]
        self.frame.say_facts(said, set_aside(table, self.opened.notes))

    # ① the file

    def choose_file(self) -> None:
        """Ask for a file."""
        last = self.seat.kit.memory.text("import/folder")
        path, _ = QFileDialog.getOpenFileName(self, "选择台账文件", last, PATTERNS)
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path, password: str | None = None) -> None:
        """Read a file in a process of its own."""
        self._stop()
        self._password = password
        self.seat.kit.memory.keep("import/folder", str(path.parent))
        self.opened, self.sheet = None, None
        self.files.show_reading(path.name)
        self.go(FILE)
        progress = self.seat.kit.jobs.progress("读取台账")
        self._job = self.seat.read(
            self,
            open_ledger,
            self.registry,
            path,
            password,
            progress,
            then=self._read,
            otherwise=partial(self._unreadable, path),
        )

    def _read(self, opened: Opened) -> None:
        self._job = None
        self.opened = opened
        if len(opened.usable) == 1:
            self.take_sheet(0)
        else:
            self.files.show_sheets(opened)
            self._say_facts()

    def _unreadable(self, path: Path, error: Exception) -> None:
        self._job = None
        if isinstance(error, PasswordNeeded | PasswordWrong):
            self.files.invite()
            looks, wrong = self.seat.kit.looks, isinstance(error, PasswordWrong)
            ask_password(self.window(), looks, path.name, partial(self.open_file, path), wrong=wrong)
        elif isinstance(error, ReadingStopped):
            self.files.invite("已停止读取，没有导入任何内容。")
        elif isinstance(error, UserError):
            self.files.invite(error.message)
        else:
            self.files.invite(f"没有读出“{path.name}”，没有导入任何内容。")
            self.seat.kit.faults.present(error)

    def take_sheet(self, number: int) -> None:
        """Go on with one sheet."""
        if self.opened is None:
            return
        self.sheet = self.opened.usable[number]
        self.seat.read(self, proposed, self.registry, self.sheet.table, then=self._show_mapping)

    # ② the mapping

    def _show_mapping(self, made: Proposed) -> None:
        self.proposed = made
        self.map.show_mapping(made)
        self.go(MAP)
        self.frame.next.setFocus()

    def _mapping_changed(self, mapping: HeadingMap) -> None:
        if self.proposed is None or self.sheet is None:
            return
        former = self.proposed.mapping.mapped
        self.proposed = Proposed(mapping, self.proposed.words, self.proposed.labels)
        if former != mapping.mapped:  # other columns may hold other words
            self._asked_words += 1
            then = partial(self._show_words, self._asked_words)
            self.seat.read(self, with_words, self.registry, self.sheet.table, mapping, then=then)

    def _show_words(self, asked: int, made: Proposed) -> None:
        if asked == self._asked_words and self.proposed is not None and made.words != self.proposed.words:
            self.proposed = made
            self.map.show_words(made)

    # ③ the plan

    def make_plan(self) -> None:
        """Find out what would happen."""
        if self.opened is None or self.sheet is None or self.proposed is None:
            return
        progress = self.seat.kit.jobs.progress("核对每一行")
        self._job = self.seat.read(
            self,
            planned,
            self.registry,
            self.sheet.table,
            self.proposed.mapping,
            self.opened.path.name,
            self.opened.digest,
            progress,
            then=self._show_plan,
            otherwise=self._not_planned,
        ).busy(self.frame.next, self.frame.back, self.map)

    def _show_plan(self, made: tuple[PlanBox, Summary]) -> None:
        self._job = None
        box, summary = made
        self.box, former = box, self.plan
        self.plan = PlanStep(self.seat, self.registry, box, summary)
        self.frame.replace(former, self.plan)
        self.plan.counted.connect(self._show_counts)
        self.go(PLAN)

    def _not_planned(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, PlanningStopped):
            self.seat.kit.notices.tell(error.message)
        else:
            self.seat.kit.faults.present(error)

    def _show_counts(self, summary: Summary) -> None:
        if self.step != PLAN:
            return
        self.frame.name_next(f"写入 {summary.to_write:,} 行", f"写入 {summary.to_write} 行")
        self.frame.next.setEnabled(summary.to_write > 0)
        self.frame.save.setVisible(summary.left_out > 0)

    # ④ what was written

    def write(self) -> None:
        """Write the plan in one step."""
        if self.box is None or self.plan is None:
            return
        from wenlv_desk.ledger.apply import apply_plan

        self.seat.kit.jobs.write(
            self,
            apply_plan,
            self.seat.office,
            self.seat.clerk,
            self.box.plan,
            then=self._written,
            otherwise=self._not_written,
        ).busy(self.frame.next, self.frame.back, self.frame.leave, self.frame.save, self.plan)

    def _written(self, done: Done) -> None:
        assert self.sheet is not None
        assert self.sheet.table is not None
        assert self.opened is not None
        self._entry = done.entry_id
        value: dict[str, Any] = done.value
        written = value["new"] + value["changed"]
        pairs = account(self.registry, value, self.sheet.table)
        aside = set_aside(self.sheet.table, self.opened.notes)
        title = f"已写入 {written:,} 行到{self.registry.title}"
        former = self.result
        self.result = ResultStep(title, pairs, aside, self.seat.kit.looks)
        self.frame.replace(former, self.result)
        self.result.undo_wanted.connect(self.undo)
        self.result.list_wanted.connect(self.leave)
        self.result.another_wanted.connect(self._start_again)
        left = self.plan.summary.left_out if self.plan is not None else 0
        self.go(WRITTEN)
        self.frame.save.setVisible(left > 0)
        self.frame.hint.setText("可按 Ctrl Z 或“撤销这次导入”一步撤销，台账会完全回到导入之前。")

    def _not_written(self, error: Exception) -> None:
        """Somebody wrote in between: the plan was judged anew and shows how."""
        self.seat.kit.faults.present(error)
        if self.box is not None and self.plan is not None:
            from wenlv_desk.gui.importing.work import summary

            self.seat.kit.jobs.read(self, summary, self.box, then=self._counted_anew)

    def _counted_anew(self, found: Summary) -> None:
        if self.plan is not None:
            self.plan.show_summary(found)
            self.plan.table.refresh()

    def undo(self) -> None:
        """Take the import back."""
        from wenlv_desk.store.undo import undo

        if self._entry is None or self.result is None:
            return
        self.seat.kit.jobs.write(self, undo, self.seat.office, self.seat.clerk, self._entry, then=self._undone).busy(
            self.result.undo
        )

    def _undone(self, done: Done) -> None:
        self._entry = None
        if self.result is not None:
            self.result.show_undone()
        self.frame.hint.setText("")
        self.seat.kit.notices.tell(f"已{done.title}")

    def _start_again(self) -> None:
        self.opened, self.sheet, self.box = None, None, None
        self.files.invite()
        self.go(FILE)

    def _save_rejected(self) -> None:
        if self.opened is None or self.box is None:
            return
        name = f"{self.opened.path.stem}-退回的行.xlsx"
        path = ask_target(self, "另存退回的行", str(self.opened.path.with_name(name)), WORKBOOK)
        if path is not None:
            told = partial(self._saved, path)
            self.seat.kit.jobs.read(self, rejected_saved, self.box, path, then=told).busy(self.frame.save)

    def _saved(self, path: Path, count: int) -> None:
        tell_saved(self.seat, f"{count:,} 行连同原因存为“{path.name}”，改好后可以再导入", path)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.forget()
            self._job = None
            self.files.invite("已停止读取，没有导入任何内容。")

    # dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return
        if len(paths) > 1:
            self.seat.kit.notices.fail(f"一次导入一个文件，先打开“{paths[0].name}”，其余的导完再拖进来")
        event.setDropAction(Qt.DropAction.CopyAction)
        self.open_file(paths[0])
