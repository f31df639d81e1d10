"""The rows of a plan as a list: made on demand by worker threads, so that 100,000 rows stay smooth."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.importing.work import PlanBox
from wenlv_desk.gui.listing.lists import columns_of
from wenlv_desk.gui.table import Cell, Column, Marked, Row, Tag
from wenlv_desk.ledger.headings import HeadingMap
from wenlv_desk.ledger.model import About, Action, PlanRow, RowProblem, Verdict

LINE: Final = "#line"
VERDICT: Final = "#verdict"
WHY: Final = "#why"
ACT: Final = "#act"
_KEY_COLUMNS: Final = 4
_WHY_PX: Final = 360
_ACT_PX: Final = 100
_NARROW_PX: Final = 176
_SKIPPED: Final = Tag("不导入")


class Act(StrEnum):
    """What the button at the end of a row does."""

    FIX = "fix"  # take the one suggestion
    CHOOSE = "choose"  # take one of several suggestions
    SAME_AS = "same_as"
    BESIDE = "beside"
    ACCEPT = "accept"
    EDIT = "edit"
    TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: what it does, what stands on it, which problem it mends."""

    act: Act
    label: str
    problem: RowProblem | None = None


def next_step(row: PlanRow) -> Offer | None:
    """The one sensible thing to do about a row, None when there is nothing."""
    if row.decision is not None:
        return Offer(Act.TAKE_BACK, "撤回")
    open_ones = [problem for problem in row.problems if problem.blocking]
    if not open_ones or row.verdict not in (Verdict.DOUBTFUL, Verdict.REJECTED):
        return None
    if (known := next((p for p in open_ones if p.candidates), None)) is not None:
        damaged = any(problem.about is About.VALUE for problem in open_ones)
        if damaged and len(candidates_of(open_ones)) == 1:
            return Offer(Act.SAME_AS, "按库中", known)
        return Offer(Act.BESIDE, "并排看", known)
    first = open_ones[0]
    if len(first.suggestions) == 1:
        return Offer(Act.FIX, f"改为 {suggestion_text(first)}", first)
    if first.suggestions:
        return Offer(Act.CHOOSE, "选一个 ▾", first)
    return Offer(Act.EDIT, "改正…", first) if row.verdict is Verdict.REJECTED else Offer(Act.ACCEPT, "照此登记…", first)


def candidates_of(problems: Iterable[RowProblem]) -> frozenset[int]:
    """All records on file that a row may be."""
    return frozenset(record_id for problem in problems for record_id in problem.candidates)


def suggestion_text(problem: RowProblem) -> str:
    """What a suggestion changes: the one character where only that differs, else as much of it as a button holds."""
    suggested, value = problem.suggestions[0], problem.value.strip().upper()
    at = problem.position
    if at is not None and len(value) == len(suggested) and value[:at] == suggested[:at]:
        rest = suggested[at:]
        return rest if len(rest) <= 2 else f"…{suggested[-4:]}"
    return suggested if len(suggested) <= 6 else f"{suggested[:5]}…"


def why_text(row: PlanRow) -> str:
    """The sentence in the row: what was decided, what is wrong, what would change."""
    said: list[str] = []
    if row.decision is not None:
        reason = f"（{row.decision.reason}）" if row.decision.reason else ""
        said.append(f"已定：{row.decision.action.label}{reason}")
    said += [problem.message for problem in sorted(row.problems, key=lambda p: not p.blocking)]
    said += [f"{one.label}：{one.before} → {one.after}" for one in row.differences]
    if row.new_owner:
        said.append(f"同时新增“{row.new_owner}”")
    if not said and row.verdict is Verdict.SAME:
        said.append("与库中一致")
    return "；".join(said)


def plan_columns(registry: Registry, mapping: HeadingMap) -> tuple[Column, ...]:
    """Line, verdict, what names the row, why, the button; the other mapped fields wait in the column chooser."""
    mapped = [column for column in columns_of(registry) if column.name in mapping.mapped]
    first = [n for n in dict.fromkeys((registry.named_by, registry.code, *registry.columns)) if n in mapping.mapped]
    key = first[:_KEY_COLUMNS]
    ordered = sorted(mapped, key=lambda c: key.index(c.name) if c.name in key else _KEY_COLUMNS)
    fields = [
        Column(c.name, c.title, min(c.width, _NARROW_PX), tabular=c.tabular, sortable=False, shown=c.name in key)
        for c in ordered
    ]
    return (
        Column(LINE, "行", 48, tabular=True, sortable=False),
        Column(VERDICT, "结论", 66, tag=True, sortable=False),
        *fields,
        Column(WHY, "为什么", _WHY_PX, sortable=False, grows=True),
        Column(ACT, "办理", _ACT_PX, sortable=False),
    )


class PlanSource:
    """A `RowSource` over the positions of a plan with some verdicts; a row's id is its position."""

    def __init__(self, box: PlanBox, columns: tuple[Column, ...], verdict: Verdict | None) -> None:
        self.box, self.verdict = box, verdict
        self._columns = columns
        self._positions: Sequence[int] = array("q")

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def count(self) -> int:
        with self.box.lock:
            self._positions = self.box.plan.positions(*(() if self.verdict is None else (self.verdict,)))
        return len(self._positions)

    def fetch(self, start: int, count: int) -> list[Row]:
        with self.box.lock:
            rows = [self.box.plan.row(position) for position in self._positions[start : start + count]]
        return [Row(row.position, tuple(_cell(row, column.name) for column in self._columns)) for row in rows]

    def position(self, record_id: int) -> int | None:
        """Where a row of the plan stands in the list."""
        place = bisect_left(self._positions, record_id)
        return place if place < len(self._positions) and self._positions[place] == record_id else None


def verdict_tag(row: PlanRow) -> Tag:
    """The verdict as it is shown."""
    if row.decision is not None and row.decision.action is Action.SKIP:
        return _SKIPPED
    return Tag(row.verdict.label, row.verdict.tone)


def _cell(row: PlanRow, name: str) -> Cell:
    if name == LINE:
        return str(row.line)
    if name == VERDICT:
        return verdict_tag(row)
    if name == WHY:
        return why_text(row)
    if name == ACT:
        offer = next_step(row)
        return offer.label if offer else ""
    text = " ".join(row.cells.get(name, "").split("\n"))
    problem = next((one for one in row.problems if one.field == name and one.position is not None), None)
    return marked_wrong(text, problem) if problem is not None and row.decision is None else text


def marked_wrong(text: str, problem: RowProblem) -> Cell:
    """The text with the digit that is wrong set off; digits a spreadsheet has zeroed are set off to the end."""
    # A problem counts characters of the code alone; the cell may hold blanks and hyphens between them.
    places = [place for place, char in enumerate(text) if not char.isspace() and char != "-"]
    if problem.position is None or problem.position >= len(places):
        return text
    at = places[problem.position]
    end = len(text) if set(text[at:]) == {"0"} else at + 1
    return Marked(text, ((at, end),), wrong=True)
