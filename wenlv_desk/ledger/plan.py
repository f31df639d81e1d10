"""Planning an import: what would happen to every row, checked, matched and compared, before anything is written."""

from collections.abc import Callable

from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.headings import HeadingMap
from wenlv_desk.ledger.model import About, Decision, Plan
from wenlv_desk.ledger.reading import Table
from wenlv_desk.store.desk import Desk

Progress = Callable[[int, int], bool]
"""Called now and then with the steps done and all steps; True means stop."""


def plan_import(
    desk: Desk,
    registry: Registry,
    table: Table,
    mapping: HeadingMap,
    *,
    file_name: str,
    digest: str = "",
    progress: Progress | None = None,
) -> Plan:
    """The plan of importing a table. Raises `PlanningStopped` when `progress` says stop."""
    raise NotImplementedError


def revise(desk: Desk, plan: Plan, line: int, field: str, text: str) -> None:
    """Type another text in place of a cell and check that row, and those it clashes with, again."""
    raise NotImplementedError


def decide(desk: Desk, plan: Plan, line: int, decision: Decision | None) -> None:
    """Decide about a row, or take the decision back (None). UserError when the row does not allow it or a reason is missing."""
    raise NotImplementedError


def accept_all(desk: Desk, plan: Plan, about: About, reason: str, *, field: str = "") -> int:
    """Accept every doubtful row whose open problems are all of one sort (and field); returns how many."""
    raise NotImplementedError
