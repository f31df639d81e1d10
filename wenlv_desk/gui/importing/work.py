"""What the import page has done in worker threads: plain functions over plain data, no Qt."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.headings import HeadingMap, known_headings, propose
from wenlv_desk.ledger.model import About, Action, Decision, Plan, PlanRow, Verdict
from wenlv_desk.ledger.options import UnknownWord, unknown_words
from wenlv_desk.ledger.plan import accept_all, decide, plan_import, revise
from wenlv_desk.ledger.reading import Sheet, Table, Workbook, find_table, read_workbook
from wenlv_desk.ledger.rejected import left_out, save_rejected
from wenlv_desk.store.desk import Desk

Progress = Callable[[int, int], bool]


@dataclass(frozen=True)
class SheetFound:
    """One sheet with content; `table` is None where none was found, and `why` says so."""

    name: str
    visible: bool
    table: Table | None
    why: str = ""


@dataclass(frozen=True)
class Opened:
    """A file as read."""

    path: Path
    digest: str
    notes: tuple[str, ...]
    sheets: tuple[SheetFound, ...]

    @property
    def usable(self) -> tuple[SheetFound, ...]:
        """The sheets with a table, visible ones first."""
        found = [sheet for sheet in self.sheets if sheet.table is not None and sheet.table.rows]
        return tuple(sorted(found, key=lambda sheet: not sheet.visible))


def open_ledger(desk: Desk, registry: Registry, path: Path, password: str | None, progress: Progress) -> Opened:
    """Read a file and find the tables in it. Raises what `read_workbook` raises, and UserError when there is no table at all."""
    book = read_workbook(path, password=password, progress=progress)
    known = known_headings(desk.catalogue, registry)
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    opened = Opened(path, digest, book.notes, tuple(_found(sheet, known) for sheet in book.sheets if sheet.rows))
    if not opened.usable:
        raise UserError(_no_table(book, opened.sheets))
    return opened


def _found(sheet: Sheet, known: frozenset[str]) -> SheetFound:
    try:
        table = find_table(sheet, known=known)
    except UserError as error:
        return SheetFound(sheet.name, sheet.visible, None, error.message)
    return SheetFound(sheet.name, sheet.visible, table, "" if table.rows else "只有表头，没有数据行")


def _no_table(book: Workbook, sheets: Sequence[SheetFound]) -> str:
    said = "；".join(f"工作表“{sheet.name}”：{sheet.why}" for sheet in sheets)
    return f"文件“{book.path_name}”里没有可导入的表格。{said}"


@dataclass(frozen=True)
class Proposed:
    """The mapping of a table, and the words of the file that wait for one of ours with the labels there are."""

    mapping: HeadingMap
    words: tuple[UnknownWord, ...]
    labels: dict[str, tuple[str, ...]]  # by field


def proposed(desk: Desk, registry: Registry, table: Table) -> Proposed:
    """The mapping shown first."""
    return with_words(desk, registry, table, propose(desk, registry, table))


def with_words(desk: Desk, registry: Registry, table: Table, mapping: HeadingMap) -> Proposed:
    """A mapping with what it leaves to be said about code lists. Words already given stay in the list."""
    asked = unknown_words(desk, registry, table, HeadingMap(mapping.columns))
    fields = {word.field for word in asked}
    labels = {
        name: tuple(label for _, label in registry.fields[name].kind.options(desk.lookup)) for name in sorted(fields)
    }
    return Proposed(mapping, tuple(asked), labels)


@dataclass
class PlanBox:
    """A plan and the lock under which worker threads read and mend it."""

    plan: Plan
    lock: threading.RLock = field(default_factory=threading.RLock)

    def row(self, position: int) -> PlanRow:
        with self.lock:
            return self.plan.row(position)


@dataclass(frozen=True)
class Summary:
    """The plan in numbers."""

    counts: dict[Verdict, int]
    to_write: int
    left_out: int
    waiting: dict[tuple[About, str], int]  # rows to decide by sort of problem and field


def planned(
    desk: Desk, registry: Registry, table: Table, mapping: HeadingMap, file_name: str, digest: str, progress: Progress
) -> tuple[PlanBox, Summary]:
    """Make the plan."""
    plan = plan_import(desk, registry, table, mapping, file_name=file_name, digest=digest, progress=progress)
    box = PlanBox(plan)
    return box, summary(box)


def summary(box: PlanBox) -> Summary:
    """Count the plan."""
    with box.lock:
        plan = box.plan
        return Summary(plan.counts(), plan.to_write(), len(left_out(plan)), plan.problem_counts())


def mended(desk: Desk, box: PlanBox, position: int, field_name: str, text: str) -> Summary:
    """Put another text in place of a cell and look again."""
    with box.lock:
        revise(desk, box.plan, box.plan.lines[position], field_name, text)
        return summary(box)


def decided(desk: Desk, box: PlanBox, position: int, decision: Decision | None) -> Summary:
    """Decide about a row, or take a decision back."""
    with box.lock:
        decide(desk, box.plan, box.plan.lines[position], decision)
        return summary(box)


def skipped(desk: Desk, box: PlanBox, positions: Sequence[int]) -> Summary:
    """Leave rows out."""
    with box.lock:
        for position in positions:
            decide(desk, box.plan, box.plan.lines[position], Decision(Action.SKIP))
        return summary(box)


def all_accepted(desk: Desk, box: PlanBox, about: About, field_name: str, reason: str) -> tuple[int, Summary]:
    """Accept every row that has nothing but one sort of problem."""
    with box.lock:
        count = accept_all(desk, box.plan, about, reason, field=field_name)
        return count, summary(box)


def rejected_saved(box: PlanBox, path: Path) -> int:
    """Save what is left out; how many rows."""
    with box.lock:
        return save_rejected(box.plan, path)
