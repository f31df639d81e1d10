"""划分建议: a balanced division of firms over grids, as a table that can be edited before it is accepted.

Who is settled stays. A firm without a grid goes to the grid whose officer has the least to do among those that fit best: an A-grade
scenic area (A级景区) into an exclusive grid (专属网格), any other firm into an ordinary one, neither into one without an officer where
there is another; of these, one of its own township first, then one that already has firms of its kind. An officer of several grids
has the firms of all of them to do. The same firms and grids give the same proposal, whatever their order.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """A grid as the proposal sees it."""

    id: int
    code: str
    exclusive: bool
    township: str = ""
    firms: int = 0
    kinds: frozenset[str] = frozenset()
    officer: int | None = None  # who also has the firms of his other grids to do
    vacant: bool = False  # nobody patrols it


@dataclass(frozen=True)
class Candidate:
    """A firm without a grid."""

    id: int
    name: str
    township: str = ""
    kinds: frozenset[str] = frozenset()
    scenic: bool = False


@dataclass
class _Room:
    place: Place
    townships: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)


def propose(places: Sequence[Place], firms: Sequence[Candidate], target: int) -> dict[int, int]:
    """Firm to grid; firms for which there is no grid at all are left out. `target` firms a grid are aimed at."""
    loads: Counter[tuple[str, int]] = Counter()
    for one in places:
        loads[_who(one)] += one.firms
    rooms = [
        _Room(one, {one.township} if one.township else set(), set(one.kinds))
        for one in sorted(places, key=lambda one: (one.code, one.id))
    ]
    made: dict[int, int] = {}
    for firm in sorted(firms, key=lambda one: (not one.scenic, one.township, sorted(one.kinds), one.name, one.id)):
        if not rooms:
            break
        room = min(rooms, key=lambda room: _cost(room, loads[_who(room.place)], firm, target))
        loads[_who(room.place)] += 1
        room.townships.add(firm.township)
        room.kinds |= firm.kinds
        made[firm.id] = room.place.id
    return made


def _who(place: Place) -> tuple[str, int]:
    """Who has the work of a grid: its officer, else the grid by itself."""
    return ("officer", place.officer) if place.officer is not None else ("grid", place.id)


def _cost(room: _Room, load: int, firm: Candidate, target: int) -> tuple[bool, bool, int, bool, bool, int, str]:
    """What speaks against putting a firm there, the weightiest first."""
    place, over = room.place, max(0, load + 1 - target)
    elsewhere = bool(firm.township) and firm.township not in room.townships
    other_kind = bool(room.kinds) and not room.kinds & firm.kinds
    return place.exclusive != firm.scenic, place.vacant, over, elsewhere, other_kind, load, place.code
