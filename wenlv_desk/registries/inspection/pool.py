"""抽取名单 (pool): every object in scope, in or out, and why; its strata and how many of each are wanted (domain 4.6 no. 2, 3)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.inspectors import Roster, roster_of, shortage, team_keys
from wenlv_desk.registries.inspection.item import InspectionItem
from wenlv_desk.registries.inspection.listing import items_of
from wenlv_desk.registries.inspection.task import Exclusion, InspectionTask, Stratum
from wenlv_desk.registries.inspection.vocabulary import CheckState, DirectedCause, DrawKind
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.review.clocks import months_after
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.store.desk import Desk

WHOLE = "全部对象"
OUT = (CheckState.REPLACED, CheckState.CANCELLED)
# 触发式 checks answer a complaint or a lead and are outside the yearly cap (国办发〔2024〕54号).
TRIGGERED = (DirectedCause.COMPLAINT, DirectedCause.LEAD, DirectedCause.TRANSFER, DirectedCause.FOLLOW_UP)
NAMED = 3  # firms that a refusal lists


@dataclass(frozen=True)
class Layer:
    """A stratum as it is drawn: how many there are, how many are wanted, by what rule."""

    title: str
    rule: str
    size: int
    wanted: int


@dataclass(frozen=True)
class Entry:
    """One object that may be drawn."""

    identifier: str
    operator: Operator
    stratum: int
    barred: tuple[str, ...]  # keys of inspectors
    last: tuple[str, ...]  # of those who went there last time


@dataclass(frozen=True)
class Pool:
    """All of it, as it stands at one moment."""

    task: InspectionTask
    items: tuple[InspectionItem, ...]
    entries: tuple[Entry, ...]
    excluded: tuple[tuple[Operator, str], ...]
    layers: tuple[Layer, ...]
    roster: Roster

    @property
    def wanted(self) -> int:
        return sum(layer.wanted for layer in self.layers)


def identifier_of(operator: Operator) -> str:
    """The object's own identifier, by which its ticket is computed: the credit code, else the archive's or the register's number."""
    if operator.uscc:
        return operator.uscc
    return f"档案号{operator.archive_no}" if operator.archive_no else f"名录编号{operator.id}"


def pool_of(desk: Desk, task: InspectionTask) -> Pool:
    """The pool of a task now. Raises UserError where it cannot be drawn, naming what is wrong and what helps."""
    pool = everybody_of(desk, task)
    _refuse_doubles(pool.entries)
    return replace(pool, layers=tuple(_layers(task, pool.items, strata_of(desk, task), pool.entries)))


def everybody_of(desk: Desk, task: InspectionTask) -> Pool:
    """Who can be drawn, who cannot and why, whether or not it can be drawn from: nothing is counted yet, there are no layers."""
    items = items_of(desk, task.items)
    roster = roster_of(desk, task, items)
    strata = strata_of(desk, task)
    rules = _Rules(desk, task, items)
    last = last_teams(desk)
    entries: list[Entry] = []
    excluded: list[tuple[Operator, str]] = []
    for operator in _in_scope(desk, task, items):
        place = _place(strata, operator)
        why = rules.why_out(operator) or ("不属于任何一层" if place is None else "")
        if why or place is None:
            excluded.append((operator, why))
        else:
            barred = tuple(sorted(roster.bars(operator)))
            entries.append(Entry(identifier_of(operator), operator, place, barred, last.get(operator.id, ())))
    entries.sort(key=lambda entry: entry.identifier)
    return Pool(task, tuple(items), tuple(entries), tuple(excluded), (), roster)


def refuse_short(pool: Pool) -> None:
    """Refuse a pool in which somebody could be drawn to whom too few may go: said before the seed is known."""
    found = [shortage(pool.roster, entry.operator, pool.task.per_object) for entry in pool.entries]
    if said := [one for one in found if one]:
        more = f"；这样的共 {len(said)} 家" if len(said) > NAMED else ""
        raise UserError("没有封存：" + "；".join(said[:NAMED]) + more)


def strata_of(desk: Desk, task: InspectionTask) -> list[Stratum]:
    """The strata of a task in order; none where it is drawn as a whole."""
    mine = select(Stratum).where(Stratum.task_id == task.id, ~Stratum.voided)
    return list(desk.session.scalars(mine.order_by(Stratum.position, Stratum.id)))


def _in_scope(desk: Desk, task: InspectionTask, items: Sequence[InspectionItem]) -> Iterator[Operator]:
    wanted = set(task.categories or ()) or {code for item in items for code in item.applies_to}
    for operator in desk.session.scalars(select(Operator).where(~Operator.voided).order_by(Operator.id)):
        if wanted.intersection(operator.categories or ()):
            yield operator


def _place(strata: Sequence[Stratum], operator: Operator) -> int | None:
    """The first stratum that an operator fits."""
    if not strata:
        return 0
    for place, one in enumerate(strata):
        trade = not one.categories or bool(set(one.categories).intersection(operator.categories or ()))
        grade = not one.grades or operator.risk_grade.value in one.grades
        if trade and grade:
            return place
    return None


class _Rules:
    """Why an operator is left out; what they rest on is read once."""

    def __init__(self, desk: Desk, task: InspectionTask, items: Sequence[InspectionItem]) -> None:
        self._task, self._today = task, desk.today
        mine = select(Exclusion).where(Exclusion.task_id == task.id, ~Exclusion.voided)
        self._by_hand = {one.operator_id: one.why for one in desk.session.scalars(mine)}
        months = task.cooldown_months if task.cooldown_months is not None else setting_of(desk, "draw_cooldown_months")
        self._drawn = _drawn_since(desk, task, items, months) if months else {}
        self._capped = over_cap(desk, items, task.window_from.year)

    def why_out(self, operator: Operator) -> str:
        if operator.id in self._by_hand:
            return f"人工排除：{self._by_hand[operator.id]}"
        if operator.operating_status is not OperatingStatus.OPEN:
            return f"经营状态为{operator.operating_status.label}"
        if operator.delisted_on is not None and operator.delisted_on <= self._today:
            return f"{operator.delisted_on} 移出名录"
        if operator.listed_on is not None and operator.listed_on > self._today:
            return f"{operator.listed_on} 才纳入名录"
        return self._drawn.get(operator.id, "") or self._capped.get(operator.id, "")


def _drawn_since(desk: Desk, task: InspectionTask, items: Sequence[InspectionItem], months: int) -> dict[int, str]:
    """Who was drawn for one of the items within the months before the window begins."""
    codes, found = {item.item_code: item.item_name for item in items}, {}
    random = (InspectionCheck.draw_kind == DrawKind.RANDOM, InspectionCheck.status.not_in(OUT))
    checks = select(InspectionCheck).where(*random, InspectionCheck.task_id != task.id)
    for check in desk.session.scalars(checks.order_by(InspectionCheck.window_from)):
        same = [codes[code] for code in check.items or () if code in codes]
        if same and months_after(check.window_from, months) > task.window_from:
            found[check.operator_id] = f"“{same[0]}”{check.window_from:%Y-%m} 抽查过，未满 {months} 个月"
    return found


def over_cap(desk: Desk, items: Iterable[InspectionItem], year: int, *, but: int | None = None) -> dict[int, str]:
    """Operators that were inspected so often in a year that they may not be again, and how often; `but` is a check left out."""
    limits: Mapping[str, int] = {item.item_code: item.max_per_year for item in items if item.max_per_year}
    general = setting_of(desk, "checks_per_year")
    counted: Counter[int] = Counter()
    by_item: Counter[tuple[int, str]] = Counter()
    mine = (InspectionCheck.check_year == year, InspectionCheck.status.not_in(OUT), InspectionCheck.id != (but or 0))
    for check in desk.session.scalars(select(InspectionCheck).where(*mine)):
        if check.cause not in TRIGGERED:
            counted[check.operator_id] += 1
            by_item.update((check.operator_id, code) for code in check.items or ())
    found = {}
    for operator_id, times in counted.items():
        if general and times >= general:
            found[operator_id] = f"{year} 年已安排检查 {times} 次，达到每户上限 {general} 次"
        for code, most in limits.items():
            if by_item[operator_id, code] >= most:
                found[operator_id] = f"{year} 年事项 {code} 已检查 {by_item[operator_id, code]} 次，达到上限 {most} 次"
    return found


def last_teams(desk: Desk) -> dict[int, tuple[str, ...]]:
    """The keys of the inspectors who went to each operator last."""
    found: dict[int, tuple[str, ...]] = {}
    went = (InspectionCheck.started_at.is_not(None), InspectionCheck.status.not_in(OUT))
    for check in desk.session.scalars(select(InspectionCheck).where(*went).order_by(InspectionCheck.started_at)):
        team = [int(one) for one in (check.team_ids or "").split(",") if one]
        found[check.operator_id] = tuple(sorted(team_keys(team)))
    return found


def _refuse_doubles(entries: Sequence[Entry]) -> None:
    """Tickets are computed from identifiers: two objects with one cannot be told apart."""
    for first, second in pairwise(entries):
        if first.identifier == second.identifier:
            names = f"“{first.operator.operator_name}”和“{second.operator.operator_name}”"
            raise UserError(
                f"没有封存：{names}的代码都是 {first.identifier}，抽签分不开。是同一家请“合并”，不是请先改正代码"
            )


def _layers(
    task: InspectionTask, items: Sequence[InspectionItem], strata: Sequence[Stratum], entries: Sequence[Entry]
) -> Iterator[Layer]:
    sizes = Counter(entry.stratum for entry in entries)
    if strata:
        measures = [(one.title, one.ratio_percent, one.wanted_count) for one in strata]
    elif task.ratio_percent is None and task.wanted_count is None:
        measures = [(WHOLE, max(item.ratio_percent for item in items), None)]
    else:
        measures = [(WHOLE, task.ratio_percent, task.wanted_count)]
    for place, (title, ratio, count) in enumerate(measures):
        yield _layer(title, sizes[place], ratio, count)


def _layer(title: str, size: int, ratio: Decimal | None, count: int | None) -> Layer:
    """How many are wanted: ⌈N × ratio⌉, at least one; a count no larger than what there is."""
    if not size:
        raise UserError(
            f"没有封存：分层“{title}”里没有可抽的单位。请把任务“退回修改”，删去这一层或改它的类别和等级；"
            "排除的理由见“抽取名单”"
        )
    if count is not None:
        if count > size:
            raise UserError(f"没有封存：“{title}”要抽 {count} 户，只有 {size} 户可抽，请把户数改到 {size} 以内")
        return Layer(title, f"抽 {count} 户", size, count)
    assert ratio is not None
    wanted = int((size * ratio / 100).to_integral_value(ROUND_CEILING))
    return Layer(title, f"按 {ratio.normalize():f}%，不足一户的进一", size, min(size, max(1, wanted)))
