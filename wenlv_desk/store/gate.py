"""The one gate for every write: right, state and version are checked, the operation runs, journal and search index follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.errors import OvertakenError, UserError
from wenlv_desk.core.kinds import unprintable
from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry
from wenlv_desk.standards.finding import Severity
from wenlv_desk.store.checks import check_values
from wenlv_desk.store.desk import Clerk, Desk, name_of
from wenlv_desk.store.images import plain
from wenlv_desk.store.indexing import index_changes
from wenlv_desk.store.journal import Recorder, history_of, write_entry
from wenlv_desk.store.office import Office


@dataclass(frozen=True)
class Done:
    """What an operation left behind, as plain data: its value, the journal entry and the tables that changed."""

    value: Any
    entry_id: int
    title: str
    changed: frozenset[str]
    notes: tuple[str, ...] = ()


def perform(
    office: Office,
    clerk: Clerk,
    operation: str | Operation,
    register: str,
    record_id: int | None = None,
    *,
    expected_version: int | None = None,
    reason: str = "",
    arguments: Mapping[str, Any] | None = None,
    payload: Any = None,
) -> Done:
    """Perform an operation on a record (or on a register), in one transaction.

    What an operation prepares is made first, in a read of its own, so that it keeps no other counter waiting.
    `expected_version` is the version the clerk was looking at: when somebody wrote in between, nothing is done and the error
    says what changed. `payload` is handed to the operation beside its arguments and is not journalled.
    Raises `UserError` for everything a clerk can mend; then nothing was written.
    """
    registry = office.catalogue.registry(register)
    op = office.catalogue.operation(registry, operation) if isinstance(operation, str) else operation
    check_right(clerk, op, registry)
    reason = readable(reason)
    if op.prepare is not None and payload is None:
        with office.desk(clerk) as desk:
            subject = _subject(desk, registry, op, record_id, expected_version)
            payload = op.prepare(desk, subject, **read_arguments(desk, registry, op, dict(arguments or {}), reason))
    with office.database.write() as session:
        recorder = Recorder(session)
        desk = Desk(session, office.catalogue, office.files, clerk, office.clock(), recorder, payload)
        subject = _subject(desk, registry, op, record_id, expected_version)
        given = read_arguments(desk, registry, op, dict(arguments or {}), reason)
        value = op.function(desk, subject, **given)
        recorder.finish()
        named = subject if isinstance(subject, Record) else value if isinstance(value, Record) else None
        title = f"{op.title} {_called(desk, named)}" if named is not None else f"{op.title} {registry.title}"
        about = named.id if isinstance(named, registry.record) else None
        entry = _entry(desk, registry, op, about, title, given, reason)
        entry_id = write_entry(session, recorder, entry)
        index_changes(session, office.catalogue, recorder)
        plain_value = value.id if isinstance(value, Record) else value
        return Done(plain_value, entry_id, title, recorder.changed_tables(), tuple(desk.notes))


def _called(desk: Desk, named: Record) -> str:
    """A record by its own register's name for it: an operation may return one of another register."""
    return name_of(desk.catalogue.registry_of(type(named)), named)


def readable(reason: str) -> str:
    """A reason as it may stand in the journal; refuses what no database or paper can keep."""
    clean = reason.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    if bad := unprintable(clean):
        raise UserError(f"理由里含有看不见的控制字符 U+{ord(bad):04X}，没有办理，请删去后再填")
    return clean


def check_right(clerk: Clerk, op: Operation, registry: Registry) -> None:
    """Refuse a clerk who holds none of the roles that may do this, naming them."""
    if not clerk.roles.intersection(op.by):
        allowed = "、".join(role.label for role in op.by)
        raise UserError(f"“{registry.title}·{op.title}”须由{allowed}办理，{clerk.name}没有这项权限")


def _subject(
    desk: Desk, registry: Registry, op: Operation, record_id: int | None, expected: int | None
) -> Record | Registry:
    if op.subject is Subject.REGISTER:
        return registry
    if record_id is None:
        raise UserError(f"请先选定一条{registry.title}记录，再办“{op.title}”")
    record = desk.get(registry.record, record_id)
    if expected is not None and record.version != expected:
        raise OvertakenError(_overtaken(desk, registry, record, op))
    if refused := _voided(op, record):
        raise UserError(f"“{name_of(registry, record)}”{refused}")
    check_state(desk.catalogue, registry, op, record)
    check_blocks(desk, registry, op, record)
    return record


def _overtaken(desk: Desk, registry: Registry, record: Record, op: Operation) -> str:
    entries = history_of(desk.session, registry.name, record.id, written=True)
    last = (
        f"{entries[0].clerk}（{entries[0].counter}）{entries[0].at:%H:%M:%S} 已办“{entries[0].title}”"
        if entries
        else "已被改动"
    )
    return f"“{name_of(registry, record)}”在您打开之后，{last}。“{op.title}”没有写入，您填的内容还在，请看过新内容再办"


def hindrances(desk: Desk, registry: Registry, op: Operation, record: Record) -> list[str]:
    """All that keeps a step from being done to a record as it stands, a sentence each without the record's name.

    What stands in the way of the step itself is asked only of a record that is in a state for it.
    """
    unfit = _voided(op, record) or _unfit_state(desk.catalogue, registry, op, record)
    return [unfit] if unfit else _blocks(desk, op, record)


def _voided(op: Operation, record: Record) -> str:
    gone = record.voided and not op.on_voided
    return f"已移出台账，不能办“{op.title}”。确需办理，请先“恢复到台账”" if gone else ""


def check_state(catalogue: Catalogue, registry: Registry, op: Operation, record: Record) -> None:
    """Refuse a step that the record's state does not allow, naming the state and what can be done in it."""
    if refused := _unfit_state(catalogue, registry, op, record):
        raise UserError(f"“{name_of(registry, record)}”{refused}")


def _unfit_state(catalogue: Catalogue, registry: Registry, op: Operation, record: Record) -> str:
    if not op.when:
        return ""
    state = getattr(record, op.state_field)
    if state in op.when:
        return ""
    possible = [o.title for o in catalogue.operations_on(registry).values() if state in o.when]
    remedy = f"现在可以办：{'、'.join(possible)}" if possible else "这是终结状态，不能再办理变动"
    return f"现为“{state.label}”，不能办“{op.title}”。{remedy}"


def check_blocks(desk: Desk, registry: Registry, op: Operation, record: Record) -> None:
    """Refuse a step that something stands in the way of, listing everything at once."""
    if found := _blocks(desk, op, record):
        listed = found[0] if len(found) == 1 else "；".join(f"{n}. {one}" for n, one in enumerate(found, 1))
        raise UserError(f"“{name_of(registry, record)}”还不能办“{op.title}”：{listed}")


def _blocks(desk: Desk, op: Operation, record: Record) -> list[str]:
    return list(op.blocks(desk, record)) if op.blocks is not None else []


def read_arguments(desk: Desk, registry: Registry, op: Operation, given: dict[str, Any], reason: str) -> dict[str, Any]:
    """The operation's own arguments read by their kinds; a register's values go through as they are and are checked inside."""
    known = {field.name for field in op.parameters(registry)}
    if unknown := [name for name in given if name not in known]:
        raise UserError(f"“{op.title}”没有“{'、'.join(unknown)}”这一项，可用：{'、'.join(sorted(known))}")
    if reason and not given.get("reason") and any(field.name == "reason" for field in op.own_parameters):
        given["reason"] = reason
    checked = check_values(op.arguments(registry), given, desk.context)
    if refused := checked.of(Severity.REJECT):
        labels = {field.name: field.label for field in op.own_parameters}
        raise UserError(f"“{op.title}”没有办：" + "；".join(f"{labels[p.field]}：{p.message}" for p in refused))
    if doubts := checked.of(Severity.DOUBT):
        raise UserError(f"“{op.title}”没有办：" + "；".join(p.message for p in doubts))
    if not op.takes_values:
        return checked.values
    values = {name: value for name, value in given.items() if name not in checked.values}
    return checked.values | {"values": values, "reason": reason}


def _entry(
    desk: Desk, registry: Registry, op: Operation, record_id: int | None, title: str, given: dict[str, Any], reason: str
) -> dict[str, Any]:
    return {
        "at": desk.now,
        "clerk": desk.clerk.name,
        "counter": desk.clerk.counter,
        "register": registry.name,
        "record_id": record_id,
        "operation": op.name,
        "title": title,
        "arguments": plain({name: value for name, value in given.items() if name != "reason" and value is not None}),
        "reason": reason or str(given.get("reason") or ""),
        "undoable": op.undoable,
        "undoes": None,
    }
