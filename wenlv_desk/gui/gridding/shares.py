"""划分建议 as plain data: the firms with the grid proposed for each, the grids to choose from, the loads as it is edited. Knows no Qt."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from wenlv_desk.registries.grid.answering import answers_of
from wenlv_desk.registries.grid.dividing import ARROW, proposal_of, unassigned
from wenlv_desk.registries.grid.loads import loads_on
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.grid.vocabulary import GridKind, GridState, Load
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk

NOWHERE = 0  # the grid of a firm that is left out


@dataclass(frozen=True)
class Choosable:
    """A grid a firm can be put into."""

    id: int
    code: str
    name: str
    officer_id: int | None
    officer: str
    exclusive: bool

    @property
    def label(self) -> str:
        kind = "（专属）" if self.exclusive else ""
        return f"{self.code} {self.name}{kind}　{self.officer or '待安排'}"


@dataclass(frozen=True)
class Unplaced:
    """A firm without a grid."""

    id: int
    name: str
    township: str
    kinds: str


@dataclass(frozen=True)
class Shares:
    """What the proposal begins with; `loads` are those of today by officer."""

    firms: tuple[Unplaced, ...]
    grids: tuple[Choosable, ...]
    proposed: Mapping[int, int]
    loads: Mapping[int, int]
    target: int
    most: int


def shares_of(desk: Desk) -> Shares:
    """Today's proposal."""
    answers = answers_of(desk)
    kind = desk.catalogue.registry_of(Operator).fields["categories"].kind
    firms = [one for one in unassigned(desk, answers, desk.today) if answers.on(one.id, desk.today).grid_id is None]
    people = {one.id: one.name for one in desk.session.scalars(select(Staff))}
    usable = select(Grid).where(~Grid.voided, Grid.status == GridState.ACTIVE).order_by(Grid.grid_code)
    grids = []
    for one in desk.session.scalars(usable):
        _, officer = answers.post_on(one.id, desk.today)
        exclusive = one.grid_kind is GridKind.EXCLUSIVE
        grids.append(Choosable(one.id, one.grid_code, one.grid_name, officer, people.get(officer or 0, ""), exclusive))
    return Shares(
        tuple(
            Unplaced(
                one.id,
                one.operator_name,
                one.township or "",
                kind.show(one.categories, desk.lookup) if one.categories else "",
            )
            for one in firms
        ),
        tuple(grids),
        proposal_of(desk),
        dict(loads_on(answers, desk.today)),
        int(setting_of(desk, "grid_target")),
        int(setting_of(desk, "grid_most")),
    )


@dataclass(frozen=True)
class OfficerLoad:
    """An officer's firms today and after, with the word for it."""

    name: str
    before: int
    after: int
    load: Load


def loads_after(shares: Shares, chosen: Mapping[int, int]) -> tuple[list[OfficerLoad], int]:
    """Every officer with his load after the division, the highest first; and how many firms would stand in grids without one."""
    grids = {one.id: one for one in shares.grids}
    added: Counter[int | None] = Counter(grids[grid].officer_id for grid in chosen.values() if grid in grids)
    officers = {one.officer_id: one.officer for one in shares.grids if one.officer_id is not None}
    found = []
    for one, name in officers.items():
        before = shares.loads.get(one, 0)
        after = before + added[one]
        load = Load.NONE if not after else Load.OVER if after > shares.most else Load.FIT
        found.append(OfficerLoad(name, before, after, load))
    return sorted(found, key=lambda one: (-one.after, one.name)), added[None]


def plan_of(shares: Shares, chosen: Mapping[int, int]) -> str:
    """The lines the operation takes: `企业 => 网格编号`; firms that are left out have none."""
    codes = {one.id: one.code for one in shares.grids}
    return "\n".join(
        f"{one.name} {ARROW} {codes[chosen[one.id]]}" for one in shares.firms if chosen.get(one.id) in codes
    )
