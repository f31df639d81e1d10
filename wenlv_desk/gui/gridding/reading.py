"""How the grids stand on a day, as plain data: the tree, the ledger's rows by firm, overdue visits, what is counted. Knows no Qt."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.kinds import Day
from wenlv_desk.registries.grid.answering import Answers, answers_of
from wenlv_desk.registries.grid.dividing import unassigned
from wenlv_desk.registries.grid.loads import judged, loads_on
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.grid.tables import Known, Row, ledger_of
from wenlv_desk.registries.grid.vocabulary import GridState, Load
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.patrol.tables import overdue_rows
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.past import entry_at

NO_SECTION = "（未定科室）"
OFFICER_PHONE, FIRM_PHONE = 4, 9  # places in a row of the ledger


@dataclass(frozen=True)
class Firm:
    """A firm of the tree; `note` says why nobody answers for it."""

    id: int
    name: str
    note: str = ""


@dataclass(frozen=True)
class GridNode:
    """A grid with its people and firms. `mark` is what stands out about it, `tone` its colour."""

    id: int
    code: str
    name: str
    section: str
    exclusive: bool
    head: str
    head_id: int | None
    officer: str
    officer_id: int | None
    posted: bool  # somebody was put in charge of it at some time
    firms: tuple[Firm, ...]
    mark: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class View:
    """Everything the page shows of one day."""

    day: date
    past: bool
    bureau: str
    grids: tuple[GridNode, ...]
    waiting: tuple[Firm, ...] | None  # None: the journal does not reach back so far
    rows: tuple[tuple[int, tuple[str, ...]], ...]  # firm, the ledger's columns with the phones masked
    late: tuple[tuple[int, tuple[str, ...]], ...]  # firm, the columns of the overdue visits
    standing: int
    officers: int
    over: int
    most: int

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections there are, what belongs to none last."""
        return tuple(sorted({one.section for one in self.grids}, key=lambda one: (one == NO_SECTION, one)))

    @cached_property
    def by_firm(self) -> dict[int, tuple[str, ...]]:
        return dict(self.rows)


def day_of(desk: Desk, text: str) -> date:
    """The day that was typed; empty is today. UserError for what is no day, and for one that is still to come."""
    reading = Day().read(text, desk.context)
    if reading.value is None and reading.problem:
        raise UserError(reading.problem)
    day: date = reading.value or desk.today
    if day > desk.today:
        raise UserError(f"{day} 还没有到（今天是 {desk.today}），只能看今天和以前的，请改日期")
    return day


def view_of(desk: Desk, text: str) -> View:
    """How the grids stood at the end of a day, as it was typed."""
    day = day_of(desk, text)
    answers = answers_of(desk)
    grids, firms, people = (Known(desk, record, day) for record in (Grid, Operator, Staff))
    loads = loads_on(answers, day)
    waiting = _waiting(desk, answers, day, firms, grids)
    ledger = ledger_of(desk, day)
    nodes = tuple(
        _node(desk, answers, day, one, (grids, firms, people), loads) for one in _shown(desk, answers, day, grids)
    )
    mask = desk.catalogue.registry_of(Operator).fields["phone"].kind.mask
    return View(
        day,
        day < desk.today,
        str(desk.settings.get("bureau_name") or "本局"),
        tuple(sorted(nodes, key=lambda one: one.code)),
        waiting,
        tuple((firm, _masked(row, mask)) for firm, row in (*ledger.standing, *ledger.waiting)),
        tuple((firm, tuple(cell or "" for cell in row)) for firm, row in overdue_rows(desk, day)),
        len(ledger.standing),
        ledger.officers,
        sum(1 for firms_held in loads.values() if judged(desk, firms_held) is Load.OVER),
        int(setting_of(desk, "grid_most")),
    )


def _masked(row: Row, mask: Callable[[str], str]) -> tuple[str, ...]:
    cells = [cell or "" for cell in row]
    for at in (OFFICER_PHONE, FIRM_PHONE):
        cells[at] = mask(cells[at]) if cells[at] else ""
    return tuple(cells)


def _shown(desk: Desk, answers: Answers, day: date, grids: Known) -> Sequence[int]:
    """The grids in use on a day: by the journal, by their firms, and those posted before the journal began."""
    used = set(grids.those(lambda row: row["status"] == GridState.ACTIVE))
    used |= {one.grid_id for one in answers.firms_on(day).values() if one.grid_id is not None}
    for grid in desk.session.scalars(select(Grid).where(~Grid.voided, Grid.status == GridState.ACTIVE)):
        if answers.post_on(grid.id, day) != (None, None):
            used.add(grid.id)
    return sorted(used)


def _node(
    desk: Desk, answers: Answers, day: date, grid: int, known: tuple[Known, Known, Known], loads: Counter[int]
) -> GridNode:
    grids, firms, people = known
    head, officer = answers.post_on(grid, day)
    inside = tuple(Firm(one, firms.shown(one, "operator_name")) for one in sorted(answers.firms_of(grid, day)))
    mark, tone = _mark(desk, officer, loads, bool(inside))
    return GridNode(
        grid,
        grids.shown(grid, "grid_code"),
        grids.shown(grid, "grid_name"),
        grids.shown(grid, "section") or NO_SECTION,
        str(grids.get(grid, "grid_kind")) == "EXCLUSIVE",
        people.shown(head, "name"),
        head,
        people.shown(officer, "name"),
        officer,
        answers.posted(grid),
        inside,
        mark,
        tone,
    )


def _mark(desk: Desk, officer: int | None, loads: Counter[int], firms: bool) -> tuple[str, str]:
    """What stands out about a grid: nobody patrols it, its officer has too much, or nothing to do."""
    if officer is None:
        return "缺网格员", "red" if firms else "amber"
    held = loads[officer]
    if judged(desk, held) is Load.OVER:
        return f"超负荷 {held} 家", "red"
    return ("", "neutral") if firms else ("无企业", "amber")


def _waiting(desk: Desk, answers: Answers, day: date, firms: Known, grids: Known) -> tuple[Firm, ...] | None:
    """待分配: firms in business on that day that nobody answered for."""
    ids: Iterable[int]
    if day == desk.today:
        ids = [one.id for one in unassigned(desk, answers, day)]
    elif not entry_at(desk.session, datetime.combine(day, time.max)):
        return None
    else:
        ids = firms.those(lambda row: row["operating_status"] == OperatingStatus.OPEN)
        ids = [one for one in ids if answers.on(one, day).officer_id is None]
    return tuple(Firm(one, firms.shown(one, "operator_name"), _why(answers, one, day, grids)) for one in ids)


def _why(answers: Answers, firm: int, day: date, grids: Known) -> str:
    grid = answers.on(firm, day).grid_id
    return "不在网格" if grid is None else f"{grids.shown(grid, 'grid_code')} 缺网格员"
