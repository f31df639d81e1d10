"""One row of a plan beside what is on file, as plain data. Knows no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.importing.work import PlanBox
from wenlv_desk.ledger.model import PlanRow, RowProblem
from wenlv_desk.ledger.onfile import load
from wenlv_desk.store.desk import Desk


@dataclass(frozen=True)
class FieldView:
    """One field: as it stands in the file, as on file in the register, what it becomes."""

    name: str
    label: str
    given: str
    stored: str  # "" where there is no record on file
    becomes: str  # "" where nothing changes
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True)
class Candidate:
    """A record on file that the row may be, with its texts by field."""

    id: int
    title: str
    texts: dict[str, str]


@dataclass(frozen=True)
class RowView:
    """Everything shown about a row."""

    row: PlanRow
    title: str
    fields: tuple[FieldView, ...]
    candidates: tuple[Candidate, ...]


def row_view(desk: Desk, box: PlanBox, position: int) -> RowView:
    """Gather a row: fields with problems first, then those that change, then the rest."""
    row = box.row(position)
    registry = box.plan.registry
    wanted = list(dict.fromkeys(i for problem in row.problems for i in problem.candidates))
    ids = [*wanted, *([row.record_id] if row.record_id and row.record_id not in wanted else [])]
    texts = {i: _texts(desk, registry, values) for i, values in load(desk.session, registry, ids).items()}
    stored = texts.get(row.record_id or 0, {})
    changes = {one.field: one for one in row.differences}
    fields = []
    for name in dict.fromkeys((*row.cells, *(p.field for p in row.problems if p.field in registry.typed_fields))):
        change = changes.get(name)
        fields.append(
            FieldView(
                name,
                registry.fields[name].label,
                row.cells.get(name, ""),
                stored.get(name, ""),
                change.after if change else "",
                tuple(problem for problem in row.problems if problem.field == name),
            )
        )
    fields.sort(key=lambda one: (not any(p.blocking for p in one.problems), not one.becomes, not one.problems))
    title = row.cells.get(registry.named_by, "") or (
        texts[row.record_id][registry.named_by] if stored and row.record_id else ""
    )
    found = tuple(Candidate(i, texts[i][registry.named_by], texts[i]) for i in wanted if i in texts)
    return RowView(row, title, tuple(fields), found)


def _texts(desk: Desk, registry: Registry, values: Mapping[str, Any]) -> dict[str, str]:
    """A record on file as shown; personal data stay masked."""
    return {
        name: _masked(registry, name, one.kind.show(values[name], desk.lookup)) for name, one in registry.fields.items()
    }


def _masked(registry: Registry, name: str, text: str) -> str:
    one = registry.fields[name]
    return one.kind.mask(text) if one.secret else text
