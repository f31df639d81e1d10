"""What can be done at a line of the tree, as plain data. Knows no Qt."""

from dataclasses import dataclass
from enum import StrEnum

from wenlv_desk.gui.gridding.nodes import Kind, Node


class Do(StrEnum):
    """What leads to a screen of the page instead of an operation's dialog."""

    OPERATION = "operation"
    DIVIDE = "divide"
    DAY = "day"
    CARD = "card"


@dataclass(frozen=True)
class Todo:
    """One button: an operation on a record, or a screen about it. `changes` is not for a past day."""

    title: str
    do: Do
    register: str = ""
    operation: str = ""
    record_id: int = 0
    changes: bool = True


def todo_of(node: Node) -> tuple[Todo, ...]:
    """The steps for a line, the most usual first."""
    match node.kind:
        case Kind.GRID:
            return _of_grid(node)
        case Kind.FIRM:
            return _of_firm(node)
        case Kind.WAITING | Kind.BUREAU | Kind.SECTION:
            return (Todo("划分建议…", Do.DIVIDE),)


def _of_grid(node: Node) -> tuple[Todo, ...]:
    grid = node.grid
    assert grid is not None
    first = ("整格交接", "hand_over") if grid.posted else ("安排人员", "appoint")
    held = {grid.officer_id: grid.officer, grid.head_id: grid.head}  # one who is both is named once
    leaving = (
        Todo(f"{name}离岗交接…", Do.OPERATION, "staff", "hand_over_all", one)
        for one, name in held.items()
        if one is not None
    )
    return (
        Todo(f"{first[0]}…", Do.OPERATION, "grid", first[1], grid.id),
        Todo("归入企业…", Do.OPERATION, "grid", "assign", grid.id),
        *leaving,
        Todo("网格卡片", Do.CARD, "grid", record_id=grid.id, changes=False),
    )


def _of_firm(node: Node) -> tuple[Todo, ...]:
    stands = node.grid is not None
    leave = (Todo("撤出网格…", Do.OPERATION, "operator", "leave_grid", node.id),) if stands else ()
    return (
        Todo("归入别的网格…" if stands else "归入网格…", Do.OPERATION, "operator", "join_grid", node.id),
        Todo("某日情况…", Do.DAY, "operator", record_id=node.id, changes=False),
        *leave,
        Todo("企业档案", Do.CARD, "operator", record_id=node.id, changes=False),
    )
