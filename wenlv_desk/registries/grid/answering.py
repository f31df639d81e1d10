"""Who answered for which firm on which day, read from the posts and assignments; nothing here writes."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, Table, select

from wenlv_desk.registries.grid.records import Grid, GridAssignment, GridPost
from wenlv_desk.registries.grid.vocabulary import GridState
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.past import Turns, turns_of

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """Who answers for a firm: its grid, the grid's head and officer; ids, None where there is none."""

    grid_id: int | None = None
    head_id: int | None = None
    officer_id: int | None = None


NOBODY = Answer()


@dataclass(frozen=True)
class Spell:
    """A span of days with one answer, both ends included; `last` is None where it goes on."""

    first: date
    last: date | None
    answer: Answer


@dataclass(frozen=True)
class Change:
    """A firm that came into a grid or left it, on a day, and why (reason, document, approver)."""

    valid_from: date
    operator_id: int
    said: str
    basis: tuple[str, str, str]


@dataclass(frozen=True)
class FirmTurns:
    """The firms that were ever off the lists, and those ever not in business: what was so from which day on."""

    off: Mapping[int, Turns] = field(default_factory=dict)
    status: Mapping[int, Turns] = field(default_factory=dict)


class Answers:
    """Everything that was ever arranged, read once: for ledgers, figures and proposals over many firms."""

    def __init__(
        self, assignments: Sequence[GridAssignment], posts: Sequence[GridPost], firms: FirmTurns | None = None
    ) -> None:
        self._firms = firms or FirmTurns()
        self._rows = sorted(assignments, key=lambda one: (one.valid_from, one.operator_id))
        self._grids = _by(assignments, "operator_id", lambda one: one.grid_id)
        self._posts = _by(posts, "grid_id", lambda one: (one.head_id, one.officer_id))

    def on(self, operator_id: int, day: date) -> Answer:
        """Who answered for a firm on a day; nobody for one that was off the lists by then (a duplicate that was merged)."""
        grid = _at(self._grids.get(operator_id), day)
        if grid is None or _at(self._firms.off.get(operator_id), day):
            return NOBODY
        head, officer = _at(self._posts.get(grid), day) or (None, None)
        return Answer(grid, head, officer)

    def in_business(self, operator_id: int, day: date) -> bool:
        """Whether a firm was in business at the end of a day, as the register knew it then."""
        return _at(self._firms.status.get(operator_id), day) in (None, OperatingStatus.OPEN)

    def due_since(self, operator_id: int, day: date) -> date:
        """Since when the officer of a day has answered for a firm in business without a break."""
        own = self.on(operator_id, day).officer_id
        since = day
        for one in reversed(self.spells(operator_id, self.known_from(operator_id) or day, day)):
            if one.answer.officer_id != own:
                break
            since = one.first
        days, _ = self._firms.status.get(operator_id) or ((), ())
        return max([since, *(turn for turn in days if turn <= day)])

    def known_from(self, operator_id: int) -> date | None:
        """The day from which something is on record about a firm."""
        days, _ = self._grids.get(operator_id) or ((), ())
        return days[0] if days else None

    def post_on(self, grid_id: int, day: date) -> tuple[int | None, int | None]:
        """Head and officer of a grid on a day."""
        return _at(self._posts.get(grid_id), day) or (None, None)

    def posted(self, grid_id: int) -> bool:
        """Whether somebody was ever put in charge of a grid."""
        return grid_id in self._posts

    def firms_of(self, grid_id: int, day: date) -> list[int]:
        """The firms that stand in a grid on a day."""
        return [one for one in self._grids if self.on(one, day).grid_id == grid_id]

    def due_in(self, grid_id: int, day: date) -> list[tuple[date, int]]:
        """The firms that are to come into a grid after a day, and when."""
        later = (row for row in self._rows if row.grid_id == grid_id and row.valid_from > day)
        return [
            (row.valid_from, row.operator_id)
            for row in later
            if self.on(row.operator_id, row.valid_from).grid_id == grid_id
        ]

    def firms_on(self, day: date) -> dict[int, Answer]:
        """Every firm that stood in some grid on a day."""
        found = {one: self.on(one, day) for one in self._grids}
        return {one: answer for one, answer in found.items() if answer.grid_id is not None}

    def spells(self, operator_id: int, first: date, last: date | None = None) -> list[Spell]:
        """The answers of a firm between two days (to no end without `last`), in order, without a day left out or told twice."""
        starts = sorted({first, *self._turns(operator_id, first, last)})
        found: list[Spell] = []
        for start, following in pairwise([*starts, None]):
            assert start is not None
            end = following - ONE_DAY if following else last
            answer = self.on(operator_id, start)
            if found and found[-1].answer == answer:
                found[-1] = Spell(found[-1].first, end, answer)
            else:
                found.append(Spell(start, end, answer))
        return found

    def changes_of(self, grid_id: int) -> Iterator[Change]:
        """The firms that came into a grid and left it, in order; then those that left the lists there, and came back."""
        inside: set[int] = set()
        for row in self._rows:
            basis = (row.change_reason or "", row.doc_no or "", row.approved_by or "")
            if row.grid_id == grid_id and row.operator_id not in inside:
                inside.add(row.operator_id)
                yield Change(row.valid_from, row.operator_id, "归入", basis)
            elif row.grid_id != grid_id and row.operator_id in inside:
                inside.remove(row.operator_id)
                yield Change(row.valid_from, row.operator_id, "离开", basis)
        for firm, (days, off) in self._firms.off.items():
            for day, gone in zip(days, off, strict=True):
                if day > date.min and _at(self._grids.get(firm), day) == grid_id:
                    yield Change(day, firm, "移出台账" if gone else "恢复到台账", ("", "", ""))

    def _turns(self, operator_id: int, first: date, last: date | None) -> Iterator[date]:
        """The days on which the answer may change."""
        days, grids = self._grids.get(operator_id) or ((), ())
        off, _ = self._firms.off.get(operator_id) or ((), ())
        posted = (day for grid in set(grids) for day in (self._posts.get(grid) or ((), ()))[0])
        for day in (*days, *off, *posted):
            if first < day and (last is None or day <= last):
                yield day


def answers_of(desk: Desk, operator_ids: Sequence[int] | None = None) -> Answers:
    """What is on record about these firms, or about all."""
    mine, among = select(GridAssignment), select(GridAssignment.operator_id)
    if operator_ids is not None:
        asked = GridAssignment.operator_id.in_(operator_ids)
        mine, among = mine.where(asked), among.where(asked)
    posts = desk.session.scalars(select(GridPost)).all()
    return Answers(desk.session.scalars(mine).all(), posts, firm_turns(desk, among))


def firm_turns(desk: Desk, among: Select[Any]) -> FirmTurns:
    """When firms left the lists and came back, opened and closed, by the journal; `among` selects their ids."""
    table = Operator.__table__
    assert isinstance(table, Table)
    usual = {"voided": False, "operating_status": OperatingStatus.OPEN}
    found = turns_of(desk.session, table, usual, among)
    return FirmTurns(found["voided"], found["operating_status"])


def answering(desk: Desk, operator_id: int, day: date | None = None) -> Answer:
    """Who answers for a firm on a day (today)."""
    return answers_of(desk, [operator_id]).on(operator_id, day or desk.today)


def posts_of(desk: Desk, staff_id: int, day: date, answers: Answers | None = None) -> list[Grid]:
    """The grids in use whose officer or head somebody is on a day."""
    known = answers or answers_of(desk)
    used = select(Grid).where(~Grid.voided, Grid.status == GridState.ACTIVE)
    grids = desk.session.scalars(used.order_by(Grid.grid_code))
    return [grid for grid in grids if staff_id in known.post_on(grid.id, day)]


def later_posts(desk: Desk, staff_id: int, day: date) -> list[tuple[date, Grid]]:
    """The posts that somebody is to have from a later day on, in grids in use."""
    his = (GridPost.head_id == staff_id) | (GridPost.officer_id == staff_id)
    rows = select(GridPost, Grid).join(Grid, Grid.id == GridPost.grid_id).where(his, GridPost.valid_from > day)
    used = rows.where(~Grid.voided, Grid.status == GridState.ACTIVE).order_by(GridPost.valid_from, Grid.grid_code)
    return [(post.valid_from, grid) for post, grid in desk.session.execute(used)]


def later_said(desk: Desk, staff_id: int, day: date) -> str:
    """What somebody is to have later, and what to do about it; empty where there is nothing."""
    said = "、".join(f"{grid.grid_code}（{begins} 起）" for begins, grid in later_posts(desk, staff_id, day))
    return f"已登记以后由他担任的网格 {said}没有交接，请先撤销那次登记，再办“整格交接”" if said else ""


def no_place_for(desk: Desk, row: GridPost | GridAssignment) -> str:
    """Why a row cannot come in: that day is taken, or what was answered between two rows on record would change."""
    key = GridPost.grid_id if isinstance(row, GridPost) else GridAssignment.operator_id
    kept = select(type(row).valid_from).where(key == getattr(row, key.key)).order_by(type(row).valid_from)
    days = list(desk.session.scalars(kept))
    if row.valid_from in days:
        return f"{row.valid_from} 已有一次交接，同一天只能有一次；写错了请先撤销那一次，再重新登记"
    if days and days[0] < row.valid_from < days[-1]:
        return (
            f"{row.valid_from} 在已登记的交接（{days[0]} 到 {days[-1]}）中间，插进去会改变以前的责任人。"
            "请核对生效日期；确实登记错了的，从最后一次起逐次撤销后重新登记"
        )
    return ""


def _by(rows: Sequence[Any], key: str, value: Any) -> Mapping[int, Turns]:
    found: dict[int, list[tuple[date, Any]]] = {}
    for row in sorted(rows, key=lambda row: row.valid_from):
        found.setdefault(getattr(row, key), []).append((row.valid_from, value(row)))
    return {one: ([day for day, _ in turns], [what for _, what in turns]) for one, turns in found.items()}


def _at(turns: Turns | None, day: date) -> Any:
    """What the last turn that began by the day says."""
    if turns is None or (place := bisect_right(turns[0], day)) == 0:
        return None
    return turns[1][place - 1]
