"""Judging a plan's rows: matched with what is on file and with each other, compared, and given a verdict with its reasons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wenlv_desk.core.registry import Problem, RuleContext
from wenlv_desk.ledger.keys import BESIDE_SHOWN, Keys, identity_groups, make_keys
from wenlv_desk.ledger.model import About, Action, Decision, Difference, Plan, RowProblem, Verdict
from wenlv_desk.ledger.onfile import load
from wenlv_desk.ledger.owners import resolve_owners
from wenlv_desk.standards.finding import Severity
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.duplicates import ALIKE

CHUNK = 2000
OnFile = Mapping[str, Any]


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
    judging = _Judging(desk, plan, keys, owner_problems, claimed, judged)
    for start in range(0, len(wanted), CHUNK):
        judging.chunk(wanted[start : start + CHUNK])
        step(start)


@dataclass
class _Judging:
    """One pass over rows; `claimed` says which row stands for a record on file."""

    desk: Desk
    plan: Plan
    keys: Keys
    owner_problems: Mapping[int, RowProblem]
    claimed: dict[int, int]
    again: bool  # rows may have verdicts from an earlier pass
    on_file: dict[int, OnFile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        registry = self.plan.registry
        self.groups = identity_groups(registry)
        self.rules: RuleContext = self.desk.rule_context
        self.required = tuple(f for f in registry.typed_fields.values() if f.required)
        self.identifying = {name for group in self.groups for name in group}
        self.owner_field = registry.owner.field if registry.owner else ""
        self.mapped = [name for name in self.plan.columns if name != self.owner_field]
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

    def hits(self, place: int) -> list[int]:
        """Ids on file that share an identity key with the row, those of the best group first."""
        found: list[int] = []
        for column, on_file in zip(self.keys.groups, self.keys.on_file, strict=True):
            key = column[place]
            if on_file and key is not None and key in on_file:
                found += on_file[key][:BESIDE_SHOWN]
        return found

    def beside_hits(self, place: int) -> list[int]:
        return [
            i
            for name, found in self.keys.beside_on_file.items()
            if found
            for i in found.get((self.keys.beside[name][place],), ())[:BESIDE_SHOWN]
        ]

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

    def exact(self, place: int) -> int:
        """A record on file that says the very same as the row and that no earlier row stands for: a file imported twice."""
        for record_id in self.hits(place):
            there = self.on_file[record_id]
            if self.claimed.get(record_id, place) == place and all(
                self.plan.columns[name][place] == there[name] for name in self.mapped
            ):
                return record_id
        return 0

    def matched(self, place: int, problems: list[RowProblem], decision: Decision | None) -> int:
        """The id of the record on file that the row is, 0 when there is none or nobody has said which."""
        if decision is not None and decision.action is Action.SAME_AS and decision.record_id in self.on_file:
            return int(decision.record_id or 0)
        for rank, (column, found) in enumerate(zip(self.keys.groups, self.keys.on_file, strict=True)):
            key = column[place]
            if not found or key is None or key not in found:
                continue
            problem = self._clash(place, rank, found[key])
            if problem is None:
                return found[key][0]
            problems.append(problem)
            # By the best key it is the same one, however it is called; by a lesser key it is another.
            accepted = decision is not None and decision.action is Action.ACCEPT
            return found[key][0] if rank == 0 and len(found[key]) == 1 and accepted else 0
        return 0

    def _clash(self, place: int, rank: int, ids: list[int]) -> RowProblem | None:
        """Why the record found may be another one than the row's."""
        from wenlv_desk.standards.names import firm_similarity

        registry, plan = self.plan.registry, self.plan
        labels = self._labels(self.groups[rank])
        if len(ids) > 1:
            message = f"库中有 {len(ids)} {registry.unit}{labels}相同，请指明是哪一{registry.unit}，或照此另登一{registry.unit}"
            return self._problem(place, self.groups[rank][0], message, About.CLASH, tuple(ids))
        (record_id,) = ids
        there = self.on_file[record_id]
        for better, column in zip(self.groups[:rank], self.keys.groups[:rank], strict=True):
            key = column[place]
            theirs = tuple(there[name] for name in better)
            if key is not None and None not in theirs and key != theirs:
                shown = "、".join(map(self._shown, better, theirs))
                message = f"库中{labels}相同的{registry.unit}，{self._labels(better)}是 {shown}：同一{registry.unit}，还是重名？"
                return self._problem(place, better[0], message, About.CLASH, (record_id,))
        name = registry.named_by
        given = plan.columns[name][place] if name in plan.columns else None
        alike = name in self.groups[rank] or given is None or there[name] in (None, given)
        if registry.code in self.groups[rank] and not alike and firm_similarity(str(given), str(there[name])) < ALIKE:
            message = f"{labels}与库中“{there[name]}”相同，名称却不同：是更名，还是{labels}填错？"
            return self._problem(place, name, message, About.CLASH, (record_id,))
        return None

    def repeated(self, place: int, problems: list[RowProblem], record_id: int) -> bool:
        """Whether an earlier row of the file says the very same; one that says it differently is a doubt."""
        earlier, group = self._earlier(place, record_id)
        if earlier is None:
            return False
        plan, unit = self.plan, self.plan.registry.unit
        differing = [name for name in self.mapped if plan.columns[name][earlier] != plan.columns[name][place]]
        line = plan.lines[earlier]
        if not differing:
            message = f"与第 {line} 行重复"
            problems.append(self._problem(place, "", message, About.REPEATED, severity=Severity.NOTE))
            return True
        better = (
            {name for one in self.groups[: self.groups.index(group)] for name in one} if group in self.groups else ()
        )
        said = f"与第 {line} 行是同一{unit}（{self._labels(group)}相同），但{self._labels(differing)}不同"
        if any(name in better for name in differing) and all(
            plan.columns[n][p] for n in differing if n in better for p in (earlier, place)
        ):
            said = (
                f"与第 {line} 行{self._labels(group)}相同，{self._labels([n for n in differing if n in better])}却不同"
            )
        problems.append(self._problem(place, group[0], said, About.REPEATED))
        return False

    def _earlier(self, place: int, record_id: int) -> tuple[int | None, tuple[str, ...]]:
        """An earlier row that is the same thing and would be written, and the fields that say so."""
        if record_id and (claimant := self.claimed.get(record_id, place)) < place and self._stands(claimant):
            return claimant, self.groups[0]
        for group, column, repeated in zip(self.groups, self.keys.groups, self.keys.repeated, strict=True):
            key = column[place]
            if key is None or key not in repeated:
                continue
            for earlier in repeated[key]:
                if earlier >= place:
                    break
                if self._stands(earlier):
                    return earlier, group
        return None, ()

    def _stands(self, place: int) -> bool:
        decision = self.plan.decisions.get(place)
        skipped = decision is not None and decision.action is Action.SKIP
        return not skipped and self.plan.verdicts[place] is not Verdict.REJECTED

    def twins(self, place: int, problems: list[RowProblem]) -> None:
        """Records on file, and earlier rows, with a similar name and the same phone or address."""
        from wenlv_desk.standards.names import firm_similarity

        registry, plan = self.plan.registry, self.plan
        name_field = registry.duplicates.name
        name = plan.columns[name_field][place] if name_field in plan.columns else None
        if not name:
            return
        for beside, column in self.keys.beside.items():
            value, label = column[place], registry.fields[beside].label
            for i in self.keys.beside_on_file[beside].get((value,), ())[:BESIDE_SHOWN]:
                there = str(self.on_file[i][name_field])
                if firm_similarity(str(name), there) >= ALIKE:
                    message = f"与库中“{there}”{label}相同、名称相近：是同一{registry.unit}吗？"
                    problems.append(self._problem(place, name_field, message, About.TWIN, (i,)))
            for earlier in self.keys.beside_repeated[beside].get(value, ())[:BESIDE_SHOWN]:
                other = plan.columns[name_field][earlier]
                if earlier < place and other and self._stands(earlier) and firm_similarity(str(name), other) >= ALIKE:
                    message = f"与第 {plan.lines[earlier]} 行“{other}”{label}相同、名称相近：是同一{registry.unit}吗？"
                    problems.append(self._problem(place, name_field, message, About.TWIN))

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

    def _problem(
        self,
        place: int,
        name: str,
        message: str,
        about: About,
        candidates: tuple[int, ...] = (),
        severity: Severity = Severity.DOUBT,
    ) -> RowProblem:
        value = self.plan.columns[name][place] if name in self.plan.columns else None
        return RowProblem(name, "" if value is None else str(value), severity, message, about, candidates=candidates)

    def _labels(self, names: Sequence[str]) -> str:
        return "、".join(self.plan.registry.fields[name].label for name in names)

    def _shown(self, name: str, value: Any) -> str:
        return self.plan.registry.fields[name].kind.show(value, self.desk.lookup) or "空"


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
