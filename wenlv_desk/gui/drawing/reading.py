"""What the draw page shows of a task, as plain data read in a worker thread: how far its draw has come, and what it rests on. Knows no Qt."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.drawing.lists import NOBODY, Lists, lists_now, lists_sealed
from wenlv_desk.issuing.order import hindrance
from wenlv_desk.issuing.records import IssuedPaper
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.draw import DRAWS, InspectionDraw
from wenlv_desk.registries.inspection.drawing import commitment_kept
from wenlv_desk.registries.inspection.inspectors import shortage
from wenlv_desk.registries.inspection.planning import live_draw
from wenlv_desk.registries.inspection.pool import Pool, everybody_of, pool_of
from wenlv_desk.registries.inspection.task import TASKS, InspectionTask
from wenlv_desk.registries.inspection.vocabulary import DrawState, SeedSource
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.standards.consistent_sampler import shown
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import check_right, hindrances

NAMED = 3  # firms with too few inspectors that are named
REFUSED = "没有封存："


class Act(IntEnum):
    """What is to be done next."""

    SEAL = 0
    SEED = 1
    RUN = 2
    OVER = 3


NEXT = {DrawState.COMMITTED: Act.SEED, DrawState.SEEDED: Act.RUN, DrawState.DRAWN: Act.OVER}
OF_ACT = {Act.SEED: "seed", Act.RUN: "run"}


@dataclass(frozen=True)
class PaperShown:
    """A paper of the draw: why it cannot be issued now (empty: it can), and where it is, once it was."""

    name: str
    title: str
    refused: str
    number: str
    issued_id: int | None


@dataclass(frozen=True)
class Sealed:
    """The draw under way or done; texts of acts to come are empty."""

    id: int
    version: int
    title: str
    attempt: int
    code: str
    source: SeedSource
    source_said: str
    committed: str  # 2026-11-23 09:00 林晓
    seeded: str
    drawn: str
    digits: str
    witnesses: str
    result: tuple[tuple[str, ...], ...]  # stratum, rank, name, ticket, inspectors
    checks: tuple[int, ...]
    papers: tuple[PaperShown, ...]


@dataclass(frozen=True)
class Abandoned:
    """An earlier draw of the task that was given up."""

    attempt: int
    code: str
    committed: str
    ended: str
    why: str
    approver: str


@dataclass(frozen=True)
class DrawView:
    """Everything the page shows."""

    task_id: int
    version: int
    name: str
    number: str
    act: Act
    facts: tuple[tuple[str, str], ...]
    lists: Lists
    blocks: tuple[str, ...]  # what stands in the way of the act to be done next
    may_abandon: str  # why it may not be given up; empty where it may
    sealed: Sealed | None
    earlier: tuple[Abandoned, ...]


def view_of(desk: Desk, register: str, record_id: int) -> DrawView:
    """The draw of a task, by the task or by one of its draws."""
    task_id = record_id if register == TASKS.name else desk.get(InspectionDraw, record_id).task_id
    task = desk.get(InspectionTask, task_id)
    draw = live_draw(desk, task)
    act = NEXT[draw.status] if draw is not None else Act.SEAL
    lists, blocks, sealed = _sealed(desk, draw, act) if draw is not None else (*_to_seal(desk, task), None)
    return DrawView(
        task.id,
        task.version,
        task.task_name,
        task.task_no or "",
        act,
        tuple(_facts(desk, task)),
        lists,
        blocks,
        _refusal(desk, "abandon", DRAWS, draw) if draw is not None else "",
        sealed,
        tuple(_abandoned(desk, task)),
    )


def _facts(desk: Desk, task: InspectionTask) -> Iterator[tuple[str, str]]:
    fields = TASKS.fields
    for name in ("task_no", "items", "categories", "per_object", "basis", "approved_by"):
        text = fields[name].kind.show(getattr(task, name), desk.lookup)
        if text:
            yield fields[name].label, text
    yield "检查期间", f"{task.window_from} 至 {task.window_to}"


def _refusal(desk: Desk, operation: str, registry: Registry, record: Any) -> str:
    return "；".join(_hindrances(desk, operation, registry, record))


def _hindrances(desk: Desk, operation: str, registry: Registry, record: Any) -> list[str]:
    """Why a step cannot be done now: the clerk's right, the state, what stands in the way."""
    op = desk.catalogue.operation(registry, operation)
    found = hindrances(desk, registry, op, record)
    try:
        check_right(desk.clerk, op, registry)
    except UserError as error:
        return [error.message, *found]
    return found


def _to_seal(desk: Desk, task: InspectionTask) -> tuple[Lists, tuple[str, ...]]:
    """The pool as it would be sealed now, and all that stands in the way of sealing it."""
    blocks = _hindrances(desk, "commit", TASKS, task)
    try:
        pool = pool_of(desk, task)
    except UserError as error:
        return lists_now(desk, everybody_of(desk, task)), (*blocks, error.message.removeprefix(REFUSED))
    return lists_now(desk, pool), (*blocks, *_shortages(pool))


def _shortages(pool: Pool) -> tuple[str, ...]:
    found = (shortage(pool.roster, entry.operator, pool.task.per_object) for entry in pool.entries)
    return together([one for one in found if one])


def together(short: Sequence[str]) -> tuple[str, ...]:
    """Where too few may go, said once for all the firms of which the same is to be said."""
    same: dict[str, list[str]] = {}
    for one in short:
        name, _, said = one.removeprefix("“").partition("”")
        same.setdefault(said, []).append(f"“{name}”")
    return tuple(
        "、".join(names[:NAMED]) + (f"等 {len(names)} 家" if len(names) > NAMED else "") + said
        for said, names in same.items()
    )


def _sealed(desk: Desk, draw: InspectionDraw, act: Act) -> tuple[Lists, tuple[str, ...], Sealed]:
    """The list as it was sealed. Where the file is damaged the page says so, and nothing is drawn from it."""
    blocks = _hindrances(desk, OF_ACT[act], DRAWS, draw) if act in OF_ACT else []
    people = {f"R{one.id}": one.name for one in desk.session.scalars(select(Staff))}
    try:
        content: Mapping[str, Any] = commitment_kept(desk, draw)
    except UserError as error:
        return NOBODY, (*blocks, error.message), _draw(desk, draw, ())
    result = tuple(_result(desk, draw, content, people)) if act is Act.OVER else ()
    return lists_sealed(content, people), tuple(blocks), _draw(desk, draw, result)


def _draw(desk: Desk, draw: InspectionDraw, result: Sequence[tuple[str, ...]]) -> Sealed:
    mine = select(InspectionCheck.id).where(InspectionCheck.draw_id == draw.id).order_by(InspectionCheck.id)
    return Sealed(
        id=draw.id,
        version=draw.version,
        title=draw.title,
        attempt=draw.attempt,
        code=draw.code,
        source=draw.source,
        source_said=draw.source_said,
        committed=_when(draw.committed_at, draw.committed_by),
        seeded=_when(draw.seeded_at, draw.seeded_by),
        drawn=_when(draw.drawn_at, draw.drawn_by),
        digits=draw.seed_digits or "",
        witnesses=draw.witnesses or "",
        result=tuple(result),
        checks=tuple(desk.session.scalars(mine)),
        papers=tuple(_papers(desk, draw)),
    )


def _when(at: datetime | None, who: str | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} {who or ''}".strip() if at is not None else ""


def _result(
    desk: Desk, draw: InspectionDraw, content: Mapping[str, Any], people: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """What was drawn, from the record that was kept: stratum, rank, name, ticket, inspectors."""
    if draw.record_sha256 is None:
        return
    record = json.loads(desk.files.get(draw.record_sha256))
    names = {one["id"]: one["name"] for one in content["pool"]}
    for one in record["result"]["drawn"]:
        yield (
            content["strata"][one["stratum"]]["name"],
            str(one["rank"]),
            names[one["id"]],
            shown(one["ticket"]),
            "、".join(people.get(key, key) for key in one["team"]),
        )


def _papers(desk: Desk, draw: InspectionDraw) -> Iterator[PaperShown]:
    for paper in desk.catalogue.papers_on(DRAWS).values():
        number = getattr(draw, paper.number_field, None) if paper.number_field else None
        issued = select(IssuedPaper.id).where(IssuedPaper.paper_no == number).order_by(IssuedPaper.id.desc())
        found = desk.session.scalars(issued.limit(1)).first() if number else None
        yield PaperShown(paper.name, paper.title, hindrance(desk.catalogue, paper, DRAWS, draw), number or "", found)


def _abandoned(desk: Desk, task: InspectionTask) -> Iterator[Abandoned]:
    mine = (InspectionDraw.task_id == task.id, InspectionDraw.status == DrawState.ABANDONED)
    for one in desk.session.scalars(select(InspectionDraw).where(*mine).order_by(InspectionDraw.attempt)):
        yield Abandoned(
            one.attempt,
            one.code,
            _when(one.committed_at, one.committed_by),
            _when(one.abandoned_at, one.abandoned_by),
            one.why_abandoned or "",
            one.abandon_approver or "",
        )
