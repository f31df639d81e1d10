"""Rehearsing an operation (预演): the desk as it would stand afterwards, to be looked at; nothing of it is kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import check_blocks, check_right, check_state, read_arguments
from wenlv_desk.store.journal import Recorder
from wenlv_desk.store.office import Office


class _Over(Exception):  # noqa: N818 - no error: it takes the rehearsal back
    """The rehearsal has been seen."""


@contextmanager
def rehearsed(
    office: Office, clerk: Clerk, op: Operation, registry: Registry, record_id: int, arguments: Mapping[str, Any]
) -> Iterator[Desk]:
    """The desk after the operation, inside a transaction that is always rolled back.

    It holds the write lock while it is looked at: gather plain values there and draw pages afterwards.
    Raises `UserError` where the operation itself would be refused.
    """
    check_right(clerk, op, registry)
    with suppress(_Over), office.database.write() as session:
        desk = Desk(session, office.catalogue, office.files, clerk, office.clock(), Recorder(session))
        record = desk.get(registry.record, record_id)
        check_state(office.catalogue, registry, op, record)
        check_blocks(desk, registry, op, record)
        op.function(desk, record, **read_arguments(desk, registry, op, dict(arguments), ""))
        session.flush()
        yield desk
        raise _Over
