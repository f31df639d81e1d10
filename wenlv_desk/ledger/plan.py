"""Planning an import: what would happen to every row, checked, matched and compared, before anything is written."""

from array import array
from collections.abc import Callable, Iterable

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.cells import cells_of, read_column
from wenlv_desk.ledger.headings import HeadingMap
from wenlv_desk.ledger.judge import judge
from wenlv_desk.ledger.keys import sharing
from wenlv_desk.ledger.model import About, Action, Decision, Plan, Verdict
from wenlv_desk.ledger.reading import Table
from wenlv_desk.standards.finding import Severity
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.tables import JournalHead

Progress = Callable[[int, int], bool]
"""Called now and then with the steps done and all steps; True means stop."""


class PlanningStopped(UserError):  # noqa: N818 — no error, an answer
    """The clerk stopped it; nothing was written, as nothing ever is by planning."""


def plan_import(
    desk: Desk,
    registry: Registry,
    table: Table,
    mapping: HeadingMap,
    *,
    file_name: str,
    digest: str = "",
    progress: Progress | None = None,
) -> Plan:
    """The plan of importing a table. Raises `PlanningStopped` when `progress` says stop, `UserError` when nothing is mapped."""
    if not mapping.mapped:
        raise UserError(f"“{file_name}”没有一列能对应到{registry.title}，请在“对应列”里指定，或确认选对了台账")
    size = len(table.rows)
    plan = Plan(
        registry,
        table,
        mapping,
        file_name,
        digest,
        desk.session.execute(select(JournalHead.entry_id)).scalar_one(),
        array("q", (row.line for row in table.rows)),
        {},
        [Verdict.NEW] * size,
        array("q", bytes(8 * size)),
        array("q", bytes(8 * size)),
    )
    said = _Said(progress, len(mapping.mapped) * size + 4 * size)
    for name in mapping.mapped:
        _read(desk, plan, name)
        said(size)
    judge(desk, plan, step=lambda done: said.at(len(mapping.mapped) * size + 4 * done))
    return plan


class _Said:
    """Tells how far planning is, and stops it."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def __call__(self, more: int) -> None:
        self.at(self.done + more)

    def at(self, done: int) -> None:
        self.done = done
        if self.progress is not None and self.progress(done, self.total):
            raise PlanningStopped("已停止，没有写入任何内容")


def _read(desk: Desk, plan: Plan, name: str) -> None:
    """Read one column into the plan."""
    owner = plan.registry.owner
    if owner is not None and name == owner.field:
        plan.columns[name] = [None] * len(plan)  # owners are found for all rows at once
        return
    cells = cells_of(plan.table.rows, plan.mapping.index_of(name))
    read = read_column(plan.registry.fields[name], cells, plan.mapping.words.get(name, {}), desk.context)
    plan.columns[name] = read.values
    plan.emptied.update((place, name) for place in read.emptied)
    for place, problem in read.problems.items():
        plan.cell_problems[place] = (*plan.cell_problems.get(place, ()), problem)


def revise(desk: Desk, plan: Plan, line: int, field: str, text: str) -> None:
    """Type another text in place of a cell and check that row, and those it clashes with, again.

    `field` is a name or label; a decision made about the row is taken back.
    """
    place = _position(plan, line)
    declared = plan.registry.field(field)
    if declared.name not in plan.registry.typed_fields:
        raise UserError(f"“{declared.label}”由程序推算或在办理时写入，不能在这里填")
    before = sharing(plan, [place])
    plan.columns.setdefault(declared.name, [None] * len(plan))
    plan.corrections[(place, declared.name)] = text
    plan.decisions.pop(place, None)
    _reread(desk, plan, place, declared.name)
    judge(desk, plan, sorted(before | sharing(plan, [place])))


def _reread(desk: Desk, plan: Plan, place: int, name: str) -> None:
    others = tuple(problem for problem in plan.cell_problems.pop(place, ()) if problem.field != name)
    plan.emptied.discard((place, name))
    owner = plan.registry.owner
    if owner is None or name != owner.field:
        words = plan.mapping.words.get(name, {})
        read = read_column(plan.registry.fields[name], [plan.cell(place, name)], words, desk.context)
        plan.columns[name][place] = read.values[0]
        plan.emptied.update((place, name) for _ in read.emptied)
        others += tuple(read.problems.values())
    if others:
        plan.cell_problems[place] = others


def decide(desk: Desk, plan: Plan, line: int, decision: Decision | None) -> None:
    """Decide about a row, or take the decision back (None). UserError when the row does not allow it or a reason is missing."""
    place = _position(plan, line)
    former = plan.decisions.get(place)
    _allow(plan, line, place, decision)
    again = sorted(sharing(plan, [place]))
    _set(plan, place, decision)
    judge(desk, plan, again)
    refused = plan.verdicts[place] is Verdict.REJECTED and decision is not None and decision.action is not Action.SKIP
    if refused:
        why = "；".join(p.message for p in plan.problems(place) if p.severity is Severity.REJECT)
        _set(plan, place, former)
        judge(desk, plan, again)
        raise UserError(f"第 {line} 行不能{decision.action.label if decision else ''}：{why}。请先改正")


def _allow(plan: Plan, line: int, place: int, decision: Decision | None) -> None:
    if decision is None or decision.action is Action.SKIP:
        return
    if not decision.reason.strip():
        raise UserError(f"第 {line} 行{decision.action.label}，请写明理由")
    if decision.action is Action.SAME_AS:
        offered = {i for problem in plan.problems(place) for i in problem.candidates}
        if decision.record_id not in offered:
            raise UserError(f"第 {line} 行：请从列出的库中记录里选一条")


def _set(plan: Plan, place: int, decision: Decision | None) -> None:
    if decision is None:
        plan.decisions.pop(place, None)
    else:
        plan.decisions[place] = decision


def accept_all(desk: Desk, plan: Plan, about: About, reason: str, *, field: str = "") -> int:
    """Accept every doubtful row whose open problems are all of one sort (and field); returns how many."""
    if not reason.strip():
        raise UserError("全部照此登记，请写明理由")
    places = [place for place in plan.positions(Verdict.DOUBTFUL) if _only(plan, place, about, field)]
    again = sorted(sharing(plan, places))
    for place in places:
        plan.decisions[place] = Decision(Action.ACCEPT, None, reason)
    judge(desk, plan, again)
    refused = [place for place in places if plan.verdicts[place] is Verdict.REJECTED]
    if refused:
        _take_back(desk, plan, refused)
    return len(places) - len(refused)


def _take_back(desk: Desk, plan: Plan, places: Iterable[int]) -> None:
    again = sorted(sharing(plan, places))
    for place in places:
        plan.decisions.pop(place, None)
    judge(desk, plan, again)


def _only(plan: Plan, place: int, about: About, field: str) -> bool:
    if place in plan.decisions:
        return False
    open_ones = [problem for problem in plan.problems(place) if problem.blocking]
    return bool(open_ones) and all(p.about is about and field in ("", p.field) for p in open_ones)


def _position(plan: Plan, line: int) -> int:
    try:
        return plan.position_of(line)
    except KeyError as error:
        raise UserError(f"文件第 {line} 行不是数据行") from error
