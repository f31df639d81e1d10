"""Doing one operation to a selection (批量办理): who can be done is foreseen, then each record goes through the gate by itself.

Every record is a transaction of its own: whatever stops a batch, what was done is done and nothing is half done. What is not
done is listed with its reasons, the records that were never reached, too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry
from wenlv_desk.store.desk import Clerk, Desk, name_of
from wenlv_desk.store.gate import check_right, hindrances, perform, read_arguments
from wenlv_desk.store.office import Office

CHUNK = 500
STOPPED = "没有办：办到这里之前停止了"
UNSEEN = "没有核对：核对到这里之前停止了"
GONE = "已不在库，可能已被撤销，请刷新列表"

Progress = Callable[[int, int], bool]


@dataclass(frozen=True)
class Able:
    """A record that the step can be done to, as it stood when it was looked at."""

    record_id: int
    version: int
    name: str
    code: str


@dataclass(frozen=True)
class LeftOut:
    """A record that the step is not done to, and every reason."""

    record_id: int
    name: str
    code: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Foreseen:
    """What doing a selection would come to, both in the order of the selection."""

    able: tuple[Able, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def versions(self) -> dict[int, int]:
        return {one.record_id: one.version for one in self.able}


@dataclass(frozen=True)
class DoneOne:
    """A record that was done: its entry in the journal, what the operation returned and wants noticed."""

    record_id: int
    entry_id: int
    title: str
    value: Any
    notes: tuple[str, ...]


@dataclass(frozen=True)
class BatchDone:
    """What a batch left behind, both in the order of the selection; `stopped` where it did not come to its end."""

    done: tuple[DoneOne, ...]
    left_out: tuple[LeftOut, ...]
    changed: frozenset[str]
    stopped: bool = False

    @property
    def ids(self) -> tuple[int, ...]:
        """The records that were done."""
        return tuple(one.record_id for one in self.done)


def foresee(
    desk: Desk, registry: Registry, op: Operation, ids: Sequence[int], progress: Progress | None = None
) -> Foreseen:
    """Who of the selection can be done, and who cannot, why. Raises `UserError` where nobody can: the verb, or the clerk's right."""
    _check(desk.clerk, registry, op)
    able: list[Able] = []
    left_out: list[LeftOut] = []
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), CHUNK):
        if progress is not None and progress(start, len(wanted)):
            named = _named(desk, registry, wanted[start:])
            left_out += [LeftOut(one, *named[one], (UNSEEN,)) for one in wanted[start:]]
            break
        for row_id, record in _records(desk, registry, wanted[start : start + CHUNK]):
            name = called(registry, row_id, record)
            reasons = (GONE,) if record is None else tuple(hindrances(desk, registry, op, record))
            if record is None or reasons:
                left_out.append(LeftOut(row_id, *name, reasons))
            else:
                able.append(Able(row_id, record.version, *name))
    if progress is not None:
        progress(len(wanted), len(wanted))
    return Foreseen(tuple(able), tuple(left_out))


def check_for_many(registry: Registry, op: Operation) -> None:
    """Refuse a verb that is not done to a selection."""
    if not op.for_many:
        raise UserError(
            f"“{registry.title}·{op.title}”不能批量办理（要填的各不相同），请一{registry.unit}一{registry.unit}地办"
        )


def _check(clerk: Clerk, registry: Registry, op: Operation) -> None:
    check_for_many(registry, op)
    check_right(clerk, op, registry)


def _records(desk: Desk, registry: Registry, ids: Sequence[int]) -> Iterator[tuple[int, Record | None]]:
    found = {one.id: one for one in desk.session.scalars(select(registry.record).where(registry.record.id.in_(ids)))}
    return ((row_id, found.get(row_id)) for row_id in ids)


def called(registry: Registry, row_id: int, record: Record | None) -> tuple[str, str]:
    """A record's name, and what names it exactly where that is not its name already."""
    if record is None:
        return f"编号 {row_id}", ""
    coded = registry.code and registry.code != registry.named_by
    return name_of(registry, record), str(getattr(record, registry.code) or "") if coded else ""


def _named(desk: Desk, registry: Registry, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Name and code of records, read in chunks."""
    named: dict[int, tuple[str, str]] = {}
    for start in range(0, len(ids), CHUNK):
        for row_id, record in _records(desk, registry, ids[start : start + CHUNK]):
            named[row_id] = called(registry, row_id, record)
    return named


def run_batch(
    office: Office,
    clerk: Clerk,
    op: Operation,
    registry: Registry,
    ids: Sequence[int],
    arguments: Mapping[str, Any],
    *,
    versions: Mapping[int, int] | None = None,
    reason: str = "",
    progress: Progress | None = None,
) -> BatchDone:
    """Do the operation to each record with the same arguments, one transaction a record, in the order given.

    `versions` are those that were foreseen: who was changed since is left out. `progress` may say stop between two records.
    Raises `UserError` before anything is done where the right or an argument is wrong for all.
    """
    _check(clerk, registry, op)
    wanted = list(dict.fromkeys(ids))
    with office.desk(clerk) as desk:
        read_arguments(desk, registry, op, dict(arguments), reason)
        named = _named(desk, registry, wanted)
    expected = versions or {}
    done: list[DoneOne] = []
    left_out: list[LeftOut] = []
    changed: set[str] = set()
    why = ""  # the batch has ended; the rest is not tried
    for at, row_id in enumerate(wanted):
        if not why and progress is not None and progress(at, len(wanted)):
            why = STOPPED
        if why:
            left_out.append(LeftOut(row_id, *named[row_id], (why,)))
            continue
        try:
            version = expected.get(row_id)
            made = perform(
                office, clerk, op, registry.name, row_id, expected_version=version, reason=reason, arguments=arguments
            )
        except UserError as error:
            left_out.append(LeftOut(row_id, *named[row_id], (error.message,)))
            # A full disk or a locked database would refuse the others as well, each after its time.
            why = f"没有办：前面出了故障（{error.message}）" if isinstance(error.__cause__, DBAPIError) else ""
        else:
            done.append(DoneOne(row_id, made.entry_id, made.title, made.value, made.notes))
            changed |= made.changed
    if progress is not None:
        progress(len(wanted), len(wanted))
    return BatchDone(tuple(done), tuple(left_out), frozenset(changed), stopped=bool(why))
