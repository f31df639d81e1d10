"""Judging a plan's rows: matched with what is on file and with each other, compared, and given a verdict with its reasons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wenlv_desk.core.registry import Problem, RuleContext
from wenlv_desk.ledger.keys import make_keys
from wenlv_desk.ledger.matching import Matching, OnFile
from wenlv_desk.ledger.model import About, Action, Decision, Difference, Plan, RowProblem, Verdict
from wenlv_desk.ledger.onfile import load
from wenlv_desk.ledger.owners import resolve_owners
from wenlv_desk.standards.finding import Severity
from wenlv_desk.store.desk import Desk

CHUNK = 2000


def judge(
    desk: Desk, plan: Plan, positions: Sequence[int] | None = None, *, step: Callable[[int], None] = lambda _done: None
) -> None:
    """Give the rows (None: all) their verdicts; `step` is told how many are done."""
    wanted = range(len(plan)) if positions is None else sorted(positions)
    owner_problems = resolve_owners(desk, plan, wanted)
    keys = make_keys(desk, plan, positions)
    claimed: dict[int, int] = {}
    if positions is not None:
        again = set(wanted)
        claimed = {i: place for place, i in enumerate(plan.record_ids) if i and place not in again}
    judged = positions is not None or bool(plan.row_problems) or any(plan.record_ids)
    judging = _Judging(desk, plan, keys, claimed, {}, owner_problems, judged)
    for start in range(0, len(wanted), CHUNK):
        judging.chunk(wanted[start : start + CHUNK])
        step(start)


@dataclass
class _Judging(Matching):
    """`owner_problems` are what stands against the owners found; `again`: rows may have verdicts from an earlier pass."""

    owner_problems: Mapping[int, RowProblem] = field(default_factory=dict)
    again: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        registry = self.plan.registry
        self.rules: RuleContext = self.desk.rule_context
        self.required = tuple(f for f in registry.typed_fields.values() if f.required)
        self.identifying = {name for group in self.groups for name in group}
        self.busy = self._busy()

    def chunk(self, positions: Sequence[int]) -> None:
        busy = [place for place in positions if place in self.busy]
        ids = {i for place in busy for i in self.hits(place)}
        ids |= {d.record_id for p in busy if (d := self.plan.decisions.get(p)) and d.record_id}
        ids |= {i for place in busy for i in self.beside_hits(place)}
        self.on_file = load(self.desk.session, self.plan.registry, sorted(ids)) if ids else {}
        self.quiet([place for place in positions if place not in self.busy] if busy else positions)
        for place in busy:
            self.row(place)

    def _busy(self) -> set[int]:
        """The rows that have anything to do with another row, a record on file, or a decision."""
        found = {*self.plan.decisions, *self.owner_problems}
        for repeated in (*self.keys.repeated, *self.keys.beside_repeated.values()):
            for places in repeated.values():
                found.update(places)
        for column, on_file in zip(self.keys.groups, self.keys.on_file, strict=True):
            if on_file:
                found.update(place for place, key in enumerate(column) if key in on_file)
        for name, on_file in self.keys.beside_on_file.items():
            if on_file:
                found.update(place for place, value in enumerate(self.keys.beside[name]) if (value,) in on_file)
        return found

    def quiet(self, positions: Sequence[int]) -> None:
        """Rows that stand for themselves: new ones, if only their own values are in order."""
        plan, rules, context = self.plan, self.plan.registry.rules, self.rules
        columns = plan.complete_columns(positions)
        missing = [one.name for one in self.required if one.name != self.owner_field and None in columns[one.name]]
        for place, *row in zip(positions, *columns.values(), strict=True):
            values = dict(zip(columns, row, strict=True))
            problems: list[RowProblem] = []
            if missing:
                self._check_required(place, values, problems, None)
            for rule in rules:
                problems.extend(map(self._of_rule, rule(values, context)))
            if problems or place in plan.cell_problems or self.again:
                self._put(place, 0, problems, ())
                plan.verdicts[place] = self.verdict(place, 0, repeats=False)

    def row(self, place: int) -> None:
        plan = self.plan
        problems: list[RowProblem] = []
        if (about_owner := self.owner_problems.get(place)) is not None:
            problems.append(about_owner)
        decision = plan.decisions.get(place)
        exact = self.exact(place) if decision is None else 0
        record_id = exact or self.matched(place, problems, decision)
        repeats = not exact and self.repeated(place, problems, record_id)
        differences: tuple[Difference, ...] = ()
        if record_id:
            plan.new_owners.pop(place, None)  # a record on file has its owner
            problems = [p for p in problems if p.about is not About.OWNER or self._owner_matters(record_id, p)]
            differences = self.compare(place, record_id, problems, decision)
        elif not repeats:
            self.twins(place, problems)
            self.check_new(place, problems, decision)
        self._put(place, record_id, problems, differences)
        plan.verdicts[place] = self.verdict(place, record_id, repeats)

    def _owner_matters(self, record_id: int, problem: RowProblem) -> bool:
        """A record on file has its owner: that the row does not name one well is no defect then."""
        return problem.severity is not Severity.REJECT and not self.on_file[record_id].get(self.owner_field)

    def _put(self, place: int, record_id: int, problems: list[RowProblem], differences: tuple[Difference, ...]) -> None:
        plan = self.plan
        plan.record_ids[place] = record_id
        plan.versions[place] = self.on_file[record_id]["version"] if record_id else 0
        for kept, value in ((plan.row_problems, tuple(problems)), (plan.differences, differences)):
            if value:
                kept[place] = value  # type: ignore[assignment]
            else:
                kept.pop(place, None)
        if record_id and not self._stands(self.claimed.get(record_id, place)):
            self.claimed.pop(record_id)
        if record_id:
            self.claimed.setdefault(record_id, place)

    def check_new(self, place: int, problems: list[RowProblem], decision: Decision | None) -> None:
        """What a new record needs: required fields, and the register's rules."""
        values = self.plan.complete(place)
        self._check_required(place, values, problems, decision)
        for rule in self.plan.registry.rules:
            problems.extend(map(self._of_rule, rule(values, self.rules)))

    def _check_required(
        self, place: int, values: Mapping[str, Any], problems: list[RowProblem], decision: Decision | None
    ) -> None:
        accepted = decision is not None and decision.action is Action.ACCEPT
        unread = {problem.field for problem in self.plan.cell_problems.get(place, ()) if problem.blocking}
        for one in self.required:
            if values[one.name] is not None or one.name == self.owner_field:
                continue
            if one.name not in unread or accepted:
                message = f"{one.label}必填"
                problems.append(RowProblem(one.name, "", Severity.REJECT, message, About.MISSING))

    def compare(
        self, place: int, record_id: int, problems: list[RowProblem], decision: Decision | None
    ) -> tuple[Difference, ...]:
        """What would change in the record; what the rules say of the changed fields is added to the problems."""
        there, plan = self.on_file[record_id], self.plan
        self._initial_stays(place, there, problems)
        changes = changes_of(plan, place, there, decision, self.identifying)
        if not changes:
            return ()
        fields = plan.registry.fields
        if self.owner_field in changes:
            label = fields[self.owner_field].label
            said = self._shown(self.owner_field, changes[self.owner_field])
            message = f"库中这一{plan.registry.unit}的{label}是“{self._shown(self.owner_field, there[self.owner_field])}”，这一行是“{said}”"
            problems.append(self._problem(place, self.owner_field, message, About.OWNER))
        for name, value in changes.items():
            if value is None and fields[name].required:
                problems.append(
                    RowProblem(name, "", Severity.REJECT, f"{fields[name].label}必填，不能清空", About.MISSING)
                )
        merged = dict(there) | changes
        for name, one in fields.items():
            if one.derive is not None:
                merged[name] = one.derive(merged)
        for rule in plan.registry.rules:
            problems.extend(self._of_rule(p) for p in rule(merged, self.rules) if p.field in changes or not p.field)
        return tuple(
            Difference(name, fields[name].label, self._shown(name, there[name]), self._shown(name, value))
            for name, value in changes.items()
        )

    def _initial_stays(self, place: int, there: OnFile, problems: list[RowProblem]) -> None:
        """Say which values of the row are left alone, because only operations change them once a record is entered."""
        for name, column in self.plan.columns.items():
            one, value = self.plan.registry.fields[name], column[place]
            if one.initial and value is not None and value != there[name]:
                now = self._shown(name, there[name])
                message = f"{one.label}在库中是“{now}”，须办手续才能改变，导入不改它"
                problems.append(RowProblem(name, self._shown(name, value), Severity.NOTE, message, About.REMARK))

    def verdict(self, place: int, record_id: int, repeats: bool) -> Verdict:
        plan = self.plan
        decision = plan.decisions.get(place)
        open_ones = [p for p in plan.problems(place) if p.blocking and not self._as_on_file(place, record_id, p)]
        if any(problem.severity is Severity.REJECT for problem in open_ones):
            return Verdict.REJECTED
        if repeats:
            return Verdict.SAME
        if open_ones and (decision is None or decision.action is Action.SKIP):
            return Verdict.DOUBTFUL
        if record_id:
            return Verdict.CHANGED if place in plan.differences else Verdict.SAME
        return Verdict.NEW

    def _as_on_file(self, place: int, record_id: int, problem: RowProblem) -> bool:
        """A value that was kept once, for a reason, is not asked about again."""
        if not record_id or problem.about is not About.VALUE:
            return False
        value = self.plan.columns[problem.field][place]
        return value is not None and value == self.on_file[record_id].get(problem.field)

    def _of_rule(self, problem: Problem) -> RowProblem:
        about = About.REMARK if problem.severity is Severity.NOTE else About.RULE
        declared = self.plan.registry.fields.get(problem.field)
        named = declared is None or declared.label in problem.message
        message = problem.message if named or declared is None else f"{declared.label}：{problem.message}"
        return RowProblem(problem.field, "", problem.severity, message, about)


def changes_of(
    plan: Plan, place: int, there: OnFile, decision: Decision | None, identifying: set[str]
) -> dict[str, Any]:
    """The columns of the record on file that the row would change. A blank cell changes nothing unless the clerk said so."""
    kept = identifying if decision is not None and decision.action is Action.SAME_AS else ()
    changes: dict[str, Any] = {}
    for name, column in plan.columns.items():
        value = column[place]
        if value == there[name] or name in kept or plan.registry.fields[name].initial:
            continue
        if value is None and not _says_none(plan, place, name):
            continue
        changes[name] = value
    owner = plan.registry.owner
    if (
        owner is not None
        and (now := plan.owner_ids.get(place))
        and now != there[owner.field]
        and owner.field not in kept
    ):
        changes[owner.field] = now
    return changes


def _says_none(plan: Plan, place: int, name: str) -> bool:
    if (place, name) in plan.emptied:
        return True
    if not plan.mapping.clear_blanks:
        return False
    raw = plan.cell(place, name)
    return raw is None or (isinstance(raw, str) and not raw.strip())
