"""The lines of the tree 局—科室—网格—企业 as plain data, made from a view. Knows no Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wenlv_desk.gui.gridding.reading import Firm, GridNode, View


class Kind(StrEnum):
    """What a line of the tree is about."""

    BUREAU = "bureau"
    WAITING = "waiting"
    SECTION = "section"
    GRID = "grid"
    FIRM = "firm"


@dataclass(frozen=True)
class Node:
    """One line: `key` finds it again when the tree is read anew; `tag` and `tone` stand out, `muted` is beside the name."""

    kind: Kind
    key: str
    name: str
    people: str = ""
    count: str = ""
    tag: str = ""
    tone: str = "neutral"
    id: int = 0
    grid: GridNode | None = None
    firms: tuple[int, ...] = ()  # whose rows the ledger shows
    children: "tuple[Node, ...]" = ()


def tree_of(view: View) -> Node:
    """The bureau with what is below it; firms that nobody answers for come first."""
    sections = tuple(_section(view, name) for name in view.sections)
    waiting = (_waiting(view.waiting),) if view.waiting else ()
    firms = tuple(firm for firm, _ in view.rows)
    return Node(
        Kind.BUREAU,
        "bureau",
        view.bureau,
        "",
        f"{view.standing} 家",
        firms=firms,
        children=(*waiting, *sections),
    )


def find(node: Node, key: str) -> Node | None:
    """The line of that key."""
    return next((one for one in walk(node) if one.key == key), None)


def walk(node: Node) -> Iterator[Node]:
    """A line and everything below it."""
    yield node
    for one in node.children:
        yield from walk(one)


def _waiting(firms: tuple[Firm, ...]) -> Node:
    below = tuple(Node(Kind.FIRM, f"waiting/{one.id}", one.name, one.note, id=one.id, firms=(one.id,)) for one in firms)
    ids = tuple(one.id for one in firms)
    return Node(Kind.WAITING, "waiting", "待分配", "", f"{len(firms)} 家", "待分配", "amber", firms=ids, children=below)


def _section(view: View, name: str) -> Node:
    grids = tuple(_grid(one) for one in view.grids if one.section == name)
    firms = tuple(firm for grid in grids for firm in grid.firms)
    wrong = sum(1 for one in grids if one.tone == "red")
    tag, tone = (f"{wrong} 个要调整", "red") if wrong else ("", "neutral")
    return Node(
        Kind.SECTION,
        f"section/{name}",
        name,
        f"{len(grids)} 个网格",
        f"{len(firms)} 家",
        tag,
        tone,
        firms=firms,
        children=grids,
    )


def _grid(one: GridNode) -> Node:
    kind = "（专属）" if one.exclusive else ""
    people = " / ".join((one.head or "—", one.officer or "待安排"))
    firms = tuple(Node(Kind.FIRM, f"firm/{f.id}", f.name, id=f.id, grid=one, firms=(f.id,)) for f in one.firms)
    ids = tuple(firm.id for firm in one.firms)
    name = f"{one.code} {one.name}{kind}"
    return Node(
        Kind.GRID, f"grid/{one.id}", name, people, f"{len(ids)} 家", one.mark, one.tone, one.id, one, ids, firms
    )
