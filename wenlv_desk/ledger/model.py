"""The plan of an import (导入方案): what would happen to every row of a file, as plain values. It writes nothing."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.headings import HeadingMap
from wenlv_desk.ledger.reading import Table
from wenlv_desk.standards.finding import Severity


class Verdict(Choice):
    """What would happen to a row (结论)."""

    NEW = "new", "新增", "green"
    CHANGED = "changed", "变更", "amber"
    SAME = "same", "相同"
    DOUBTFUL = "doubtful", "存疑", "amber"
    REJECTED = "rejected", "退回", "red"


class About(Choice):
    """What a problem is about; decisions can be made for all problems of one sort."""

    VALUE = "value", "内容可疑"
    OPTION = "option", "不在可选范围"
    MISSING = "missing", "必填未填"
    RULE = "rule", "前后不符"
    CLASH = "clash", "与库中冲突"
    TWIN = "twin", "疑似重复"
    REPEATED = "repeated", "表内重复"
    OWNER = "owner", "所属单位"
    REMARK = "remark", "提示"


class Action(Choice):
    """What a clerk decides about a doubtful row."""

    ACCEPT = "accept", "照此登记"  # as it stands; a cell that could not be read stays empty
    SAME_AS = "same_as", "就是库中这一条"  # what identifies it stays as on file, the rest is taken from the row
    SKIP = "skip", "不导入"


@dataclass(frozen=True, slots=True)
class Decision:
    """`record_id` says which record on file, for SAME_AS. Every decision but SKIP needs a reason."""

    action: Action
    record_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong with a row. `field` is empty where it is the row as a whole; `value` is what stands in the file."""

    field: str
    value: str
    severity: Severity
    message: str
    about: About
    suggestions: tuple[str, ...] = ()  # texts that may be put into the cell by `revise`
    candidates: tuple[int, ...] = ()  # records on file to look at side by side, and to name in SAME_AS
    position: int | None = None  # index of the offending character in the value

    @property
    def blocking(self) -> bool:
        """Whether somebody has to decide or mend it."""
        return self.severity is not Severity.NOTE


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that would change, as lists show it: personal data masked."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of the plan, complete: made on demand, so that 100,000 rows stay small."""

    position: int  # index in the plan
    line: int  # line in the file
    verdict: Verdict
    cells: Mapping[str, str]  # by field: as it stands in the file, or as corrected
    values: Mapping[str, Any]  # by field: as read
    problems: tuple[RowProblem, ...]
    differences: tuple[Difference, ...]
    record_id: int | None  # the record on file that it is
    new_owner: str  # the firm that would be entered with it (同时新增经营单位), "" when none
    decision: Decision | None
    written: bool  # whether accepting the plan would write it

    @property
    def why(self) -> str:
        """All reasons in one sentence."""
        return "；".join(problem.message for problem in self.problems)


@dataclass
class NewOwner:
    """A record of the owner's register that rows of the file name and nobody has entered yet; entered once."""

    values: dict[str, Any]
    title: str


@dataclass
class Plan:
    """What an import would do. Columns are kept as lists side by side; what only few rows have is kept by position."""

    registry: Registry
    table: Table
    mapping: HeadingMap
    file_name: str
    digest: str  # SHA-256 of the file, "" when it was not read from one
    journal_head: int  # the newest entry when the plan was made
    lines: "array[int]"
    columns: dict[str, list[Any]]  # values as read, by field
    verdicts: list[Verdict]
    record_ids: "array[int]"  # 0: none
    versions: "array[int]"
    cell_problems: dict[int, tuple[RowProblem, ...]] = field(default_factory=dict)  # what the cells themselves have
    row_problems: dict[int, tuple[RowProblem, ...]] = field(default_factory=dict)  # what follows from other records
    differences: dict[int, tuple[Difference, ...]] = field(default_factory=dict)
    emptied: set[tuple[int, str]] = field(default_factory=set)  # cells that say "none" aloud (长期)
    corrections: dict[tuple[int, str], str] = field(default_factory=dict)  # texts typed in place of cells
    decisions: dict[int, Decision] = field(default_factory=dict)
    owner_ids: dict[int, int] = field(default_factory=dict)  # row -> owner on file
    new_owners: dict[int, NewOwner] = field(default_factory=dict)  # row -> owner to be entered (shared)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headings of columns that stand for nothing here (未对应的列)."""
        return self.mapping.unmapped

    def counts(self) -> dict[Verdict, int]:
        """How many rows have each verdict; every verdict present."""
        counted = Counter(self.verdicts)
        return {verdict: counted[verdict] for verdict in Verdict}

    def problem_counts(self) -> dict[tuple[About, str], int]:
        """How many rows still wait for a decision, by (sort of problem, field)."""
        counted: Counter[tuple[About, str]] = Counter()
        for position in self.positions(Verdict.DOUBTFUL):
            counted.update({(problem.about, problem.field) for problem in self.problems(position) if problem.blocking})
        return dict(counted)

    def positions(self, *verdicts: Verdict) -> Sequence[int]:
        """Positions of the rows with these verdicts, all without any."""
        if not verdicts:
            return range(len(self.lines))
        return array("q", (place for place, verdict in enumerate(self.verdicts) if verdict in verdicts))

    def position_of(self, line: int) -> int:
        """The position of a line of the file. KeyError when it is no data row."""
        from bisect import bisect_left

        place = bisect_left(self.lines, line)
        if place == len(self.lines) or self.lines[place] != line:
            raise KeyError(line)
        return place

    def problems(self, position: int) -> tuple[RowProblem, ...]:
        return self.cell_problems.get(position, ()) + self.row_problems.get(position, ())

    def written(self, position: int) -> bool:
        """Whether accepting the plan writes the row."""
        decision = self.decisions.get(position)
        if decision is not None and decision.action is Action.SKIP:
            return False
        return self.verdicts[position] in (Verdict.NEW, Verdict.CHANGED)

    def to_write(self) -> int:
        """How many rows accepting the plan writes (写入 n 行)."""
        return sum(map(self.written, range(len(self.lines))))

    def values(self, position: int) -> dict[str, Any]:
        return {name: column[position] for name, column in self.columns.items()}

    def complete(self, position: int) -> dict[str, Any]:
        """The values a new record would have: defaults where the row says nothing, derived fields computed."""
        values = self._defaults.copy()
        for name, column in self.columns.items():
            if (value := column[position]) is not None or (position, name) in self.emptied:
                values[name] = value
        if self.registry.owner is not None and position in self.owner_ids:
            values[self.registry.owner.field] = self.owner_ids[position]
        for name, derive in self._derived:
            values[name] = derive(values)
        return values

    def complete_columns(self, positions: Sequence[int]) -> dict[str, list[Any]]:
        """`complete` of many rows, as columns."""
        made: dict[str, list[Any]] = {}
        for name, default in self._defaults.items():
            column = self.columns.get(name)
            if column is None:
                made[name] = [default] * len(positions)
            elif default is None:
                made[name] = [column[place] for place in positions]
            else:
                made[name] = [self._or_default(column[place], default, place, name) for place in positions]
        if self.registry.owner is not None:
            made[self.registry.owner.field] = [self.owner_ids.get(place) for place in positions]
        for name, derive in self._derived:
            made[name] = [derive(dict(zip(made, row, strict=True))) for row in zip(*made.values(), strict=True)]
        return made

    def _or_default(self, value: Any, default: Any, place: int, name: str) -> Any:
        return default if value is None and (place, name) not in self.emptied else value

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        return {name: one.default for name, one in self.registry.fields.items()}

    @cached_property
    def _derived(self) -> tuple[tuple[str, Callable[[Mapping[str, Any]], Any]], ...]:
        return tuple((name, one.derive) for name, one in self.registry.fields.items() if one.derive is not None)

    def cell(self, position: int, field_name: str) -> Any:
        """What stands in the file, or what was typed in its place; None for a field without a column."""
        if (position, field_name) in self.corrections:
            return self.corrections[(position, field_name)]
        index = self.mapping.index_of(field_name)
        return None if index is None else self.table.rows[position].cells[index]

    def row(self, position: int) -> PlanRow:
        from wenlv_desk.core.kinds import plain_text

        owner = self.new_owners.get(position)
        return PlanRow(
            position,
            self.lines[position],
            self.verdicts[position],
            {name: plain_text(self.cell(position, name)) for name in self.columns},
            self.values(position),
            self.problems(position),
            self.differences.get(position, ()),
            self.record_ids[position] or None,
            owner.title if owner else "",
            self.decisions.get(position),
            self.written(position),
        )

    def rows(self, *verdicts: Verdict) -> Iterator[PlanRow]:
        return (self.row(position) for position in self.positions(*verdicts))
