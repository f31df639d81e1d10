"""Matching a plan's rows: with the records on file they may be, and with the earlier rows that say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wenlv_desk.ledger.keys import BESIDE_SHOWN, Keys, identity_groups
from wenlv_desk.ledger.model import About, Action, Decision, Plan, RowProblem, Verdict
from wenlv_desk.standards.finding import Severity
from wenlv_desk.standards.names import firm_similarity
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.duplicates import ALIKE

OnFile = Mapping[str, Any]


@dataclass
class Matching:
    """One pass over rows; `claimed` says which row stands for a record on file, `on_file` holds the records at hand."""

    desk: Desk
    plan: Plan
    keys: Keys
    claimed: dict[int, int]
    on_file: dict[int, OnFile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        registry = self.plan.registry
        self.groups = identity_groups(registry)
        self.owner_field = registry.owner.field if registry.owner else ""
        self.mapped = [name for name in self.plan.columns if name != self.owner_field]

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
        """A value in words, for the plan; personal data stay masked as in lists."""
        one = self.plan.registry.fields[name]
        text = one.kind.show(value, self.desk.lookup)
        return (one.kind.mask(text) if one.secret else text) or "空"
