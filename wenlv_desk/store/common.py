"""The verbs that every register has: create, amend, void, restore, merge, reveal."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Reference
from wenlv_desk.core.operations import SELF, Subject, operation
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry
from wenlv_desk.store.checks import Checked, check_record, derived, insist
from wenlv_desk.store.desk import Desk, name_of
from wenlv_desk.store.duplicates import taken_codes, twins_of
from wenlv_desk.store.journal import watched
from wenlv_desk.store.tables import Attachment


def _typed(registry: Registry) -> bool:
    return registry.typed


def _several(registry: Registry) -> bool:
    return registry.typed and not registry.single


def _amended(registry: Registry) -> bool:
    return registry.typed and not registry.lasting


def _taken_off(registry: Registry) -> bool:
    return _several(registry) and not registry.lasting


def _mergeable(registry: Registry) -> bool:
    return registry.mergeable and bool(registry.duplicates.same or registry.duplicates.name)


@operation("新增", subject=Subject.REGISTER, takes_values=True, only=_typed, key="Ctrl+N")
def create(desk: Desk, registry: Registry, *, values: Mapping[str, Any], reason: str) -> Record:
    """Enter a new record. What looks like a record on file is refused unless a reason says why it is another."""
    if registry.single and desk.session.scalar(select(registry.record.id)) is not None:
        raise UserError(f"{registry.title}只有一份，已经建立，请改用“修改”")
    checked = check_record(registry, values, desk.context, desk.rule_context)
    insist(registry, checked, reason)
    twins = twins_of(desk.session, registry, checked.values)
    if twins and not reason.strip():
        listed = "；".join(
            f"“{name_of(registry, desk.get(registry.record, t.record_id))}”（{t.why}）" for t in twins[:3]
        )
        raise UserError(f"没有保存：库中已有{listed}。是同一家请直接打开它修改；确是另一家，请写明理由")
    made = registry.record(**checked.values)
    refuse_fixed(desk, registry, made)
    return desk.add(made)


def refuse_fixed(desk: Desk, registry: Registry, record: Record) -> None:
    """Refuse to write to a record (or to make one) that stands for good, saying why."""
    if registry.fixed is not None and (why := registry.fixed(desk, record)):
        raise UserError(f"没有保存：{why}")


@operation("修改", takes_values=True, only=_amended, key="F3")
def amend(desk: Desk, record: Record, *, values: Mapping[str, Any], reason: str) -> None:
    """Correct a record. One firm is never turned into another by overwriting its code and its name together."""
    registry = desk.catalogue.registry_of(type(record))
    refuse_fixed(desk, registry, record)
    now = {name: getattr(record, name) for name in registry.fields}
    _refuse_emptying(desk, registry, values)
    checked = check_amended(desk, registry, record.id, now, values)
    insist(registry, checked, reason)
    _refuse_replacing(registry, now, checked.values)
    _refuse_stepping(registry, now, checked.values)
    for name, value in checked.values.items():
        if now[name] != value:
            setattr(record, name, value)


def check_amended(
    desk: Desk, registry: Registry, record_id: int, now: Mapping[str, Any], values: Mapping[str, Any]
) -> Checked:
    """A record that stands as `now` with new values, as amending it would judge them."""
    checked = check_record(registry, {**now, **values}, desk.context, desk.rule_context)
    taken = taken_codes(desk.session, registry, now, checked.values, record_id)
    return replace(checked, problems=(*checked.problems, *taken))


def _refuse_emptying(desk: Desk, registry: Registry, values: Mapping[str, Any]) -> None:
    """What always has a value is changed to another one, never silently back to the usual one."""
    for name, field in registry.typed_fields.items():
        if name in values and field.never_empty and field.default is not None:
            reading = field.kind.read(values[name], desk.context)
            if reading.value is None and reading.problem is None:
                raise UserError(f"没有保存：{field.label}不能清空，请选定一项")


def _refuse_replacing(registry: Registry, now: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    code, name = registry.code, registry.named_by
    if not code or code == name or not now[code] or not now[name]:
        return
    if new[code] and new[code] != now[code] and new[name] != now[name]:
        label, named = registry.fields[code].label, registry.fields[name].label
        raise UserError(
            f"没有保存：{label}和{named}同时改了，这会把“{now[name]}”变成另一{registry.unit}。"
            f"另一{registry.unit}请“新增”；名称变更请先只改{named}"
        )


def _refuse_stepping(registry: Registry, now: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    for name, field in registry.fields.items():
        if field.initial and new[name] != now[name]:
            raise UserError(f"没有保存：{field.label}不能直接修改，请按实际情况办理相应手续，由手续改变它")


@operation("移出台账", only=_taken_off, danger=True)
def void(desk: Desk, record: Record, *, why: Annotated[str, param("移出原因")]) -> None:  # noqa: ARG001
    """Take a record off the lists. It is kept, found in the history and can be brought back."""
    refuse_fixed(desk, desk.catalogue.registry_of(type(record)), record)
    record.voided = True


@operation("恢复到台账", only=_taken_off, on_voided=True)
def restore(desk: Desk, record: Record) -> None:  # noqa: ARG001
    """Bring a record back that was taken off the lists."""
    if not record.voided:
        raise UserError("这条记录就在台账里，不必恢复")
    record.voided = False


@operation("合并", only=_mergeable, danger=True)
def merge(desk: Desk, record: Record, *, other: Annotated[int, param("并入的重复记录", kind=Reference(SELF))]) -> None:
    """Merge a duplicate into this record: what belongs to it moves here, what is empty here is filled from it, it is voided."""
    registry = desk.catalogue.registry_of(type(record))
    twin = desk.get(registry.record, other)
    if twin.id == record.id:
        raise UserError("不能把一条记录并入它自己，请选另一条")
    if twin.voided:
        raise UserError(f"“{name_of(registry, twin)}”已经移出台账，不能再合并")
    _move_references(desk, registry, twin, record)
    values = {name: getattr(record, name) for name in registry.fields}
    for name, field in registry.fields.items():
        if (
            field.derive is None
            and values[name] in (None, "", ())
            and (theirs := getattr(twin, name)) not in (None, "", ())
        ):
            values[name] = theirs
    for name, value in derived(registry, values).items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    twin.voided = True


def _move_references(desk: Desk, registry: Registry, twin: Record, record: Record) -> None:
    """Whatever row refers to the twin refers to the record from now on, its attachments too; but for what stands as it was written."""
    for other in watched(desk.catalogue):
        declared = desk.catalogue.registries.get(str(other.__tablename__))
        if declared is not None and declared.lasting:  # it tells what held of the twin, and what holds from now on
            if declared.merged is not None and _references(other, registry):
                declared.merged(desk, record, twin)
            continue
        for column in _references(other, registry):
            for row in desk.session.scalars(select(other).where(column == twin.id)):
                setattr(row, column.key, record.id)
        _keep_apart(desk, other)
    mine = (Attachment.register == registry.name, Attachment.record_id == twin.id)
    for attachment in desk.session.scalars(select(Attachment).where(*mine)):
        attachment.record_id = record.id


def _references(other: type[Record], registry: Registry) -> list[Any]:
    """The columns of a table that refer to a register."""
    own = registry.record.__table__.c.id
    return [column for column in other.__table__.columns if any(key.column is own for key in column.foreign_keys)]


def _keep_apart(desk: Desk, other: type[Record]) -> None:
    """Write what was moved; refuse where both records have something of which there can be only one (a case of one campaign)."""
    try:
        desk.session.flush()
    except IntegrityError as error:
        title = desk.catalogue.registry_of(other).title
        raise UserError(
            f"没有合并：两条记录在“{title}”里各有一件，同一处只能有一件。请先办结其中一件，不要合并"
        ) from error


@operation("查看完整信息", undoable=False, on_voided=True)
def reveal(desk: Desk, record: Record, *, name: Annotated[str, param("项目")]) -> str:
    """The unmasked value of a personal field; the journal keeps who asked."""
    registry = desk.catalogue.registry_of(type(record))
    field = registry.field(name)
    return field.kind.show(getattr(record, field.name), desk.lookup)
