"""What a card shows of one record (一企一档), as plain data gathered in a worker thread. Knows no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.open_items import OpenItem
from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.card.events import Event, events_of
from wenlv_desk.issuing.order import hindrance
from wenlv_desk.issuing.records import IssuedPaper
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import check_blocks, check_right, check_state
from wenlv_desk.store.query import Listing, ListQuery, ListRow
from wenlv_desk.store.tables import Attachment
from wenlv_desk.store.waiting import open_items_of

MANY_VERBS = 16
ELSEWHERE = frozenset({"reveal", "attach", "detach"})  # verbs that have their own place on the card
RESTORE, AMEND = "restore", "amend"
OWNED_SHOWN = 200
PAPERS_SHOWN = 100


@dataclass(frozen=True)
class Pair:
    """One shown field; `hidden` is personal data of which only a part is shown."""

    name: str
    label: str
    text: str
    hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """One record as the card shows it."""

    register: str
    id: int
    version: int
    voided: bool
    title: str
    code: str  # what names it exactly (licence number), empty where there is none
    state: str
    tone: str
    key: tuple[Pair, ...]
    sections: tuple[tuple[str, tuple[Pair, ...]], ...]


@dataclass(frozen=True)
class Attached:
    """A file kept with the record."""

    id: int
    register: str
    record_id: int
    file_name: str
    size: int
    note: str
    added_by: str
    added_at: datetime
    sha256: str


@dataclass(frozen=True)
class Issued:
    """A paper issued about the record."""

    id: int
    number: str
    title: str
    state: str
    tone: str
    issued_by: str
    issued_at: datetime


@dataclass(frozen=True)
class Verb:
    """An operation as a button: `refused` says why it cannot be done now, empty when it can."""

    name: str
    title: str
    key: str
    own: bool
    danger: bool
    refused: str
    here: bool = True  # the record's state allows it
    due: bool = False  # the next sensible step, where it can be done
    usual: bool = False  # what is done where nothing is due


@dataclass(frozen=True)
class Printable:
    """A paper of a record of the card: `refused` says why it cannot be issued now, empty when it can."""

    name: str
    title: str
    register: str
    record_id: int
    refused: str = ""


@dataclass(frozen=True)
class Dossier:
    """The hub is whose card it is (the operator), the focus the row that was chosen; often they are the same."""

    hub: Sheet
    focus: Sheet
    open: tuple[OpenItem, ...]
    owned: tuple[tuple[str, tuple[Sheet, ...]], ...]  # register, its records
    attachments: tuple[Attached, ...]
    issued: tuple[Issued, ...]
    history: tuple[Event, ...]
    verbs: tuple[Verb, ...]
    hub_verbs: tuple[Verb, ...]
    printable: tuple[Printable, ...]


def dossier_of(desk: Desk, registry: Registry, record_id: int) -> Dossier:
    """The card of a record; UserError when the record is gone."""
    record = desk.get(registry.record, record_id)
    focus = _sheets(desk, registry, [record_id])[0]
    hub_registry, hub_record = _hub(desk, registry, record)
    hub = focus if hub_record is record else _sheets(desk, hub_registry, [hub_record.id])[0]
    children = {child.name: (child, hub) for child in desk.catalogue.owned_by(hub_registry)}
    children |= {child.name: (child, focus) for child in desk.catalogue.owned_by(registry)}
    owned = tuple((name, tuple(_owned(desk, child, whose.id))) for name, (child, whose) in children.items())
    rows = {(focus.register, focus.id), (hub.register, hub.id)}
    rows |= {(sheet.register, sheet.id) for _, sheets in owned for sheet in sheets}
    attachments = _attachments(desk, rows)
    issued = _issued(desk, rows)
    touched = rows | {("attachment", one.id) for one in attachments} | {("issued_paper", one.id) for one in issued}
    return Dossier(
        hub,
        focus,
        tuple(open_items_of(desk, hub_registry, hub_record)),
        owned,
        attachments,
        issued,
        tuple(events_of(desk, touched)),
        tuple(_verbs(desk, registry, record)),
        tuple(_verbs(desk, hub_registry, hub_record)) if hub is not focus else (),
        (
            *_printable(desk, registry, record),
            *(_printable(desk, hub_registry, hub_record) if hub is not focus else ()),
        ),
    )


def sheet_of(desk: Desk, registry: Registry, record_id: int) -> Sheet:
    """One record as shown, without what belongs to it."""
    desk.get(registry.record, record_id)
    return _sheets(desk, registry, [record_id])[0]


def _hub(desk: Desk, registry: Registry, record: Record) -> tuple[Registry, Record]:
    """The record the row belongs to, itself when it belongs to none."""
    owner_id = getattr(record, registry.owner.field) if registry.owner else None
    if registry.owner is None or owner_id is None:
        return registry, record
    owner = desk.catalogue.registry(registry.owner.register)
    return owner, desk.get(owner.record, owner_id)


def _owned(desk: Desk, child: Registry, hub_id: int) -> list[Sheet]:
    assert child.owner is not None
    column = getattr(child.record, child.owner.field)
    statement = select(child.record.id).where(column == hub_id, ~child.record.voided).order_by(child.record.id.desc())
    return _sheets(desk, child, list(desk.session.scalars(statement.limit(OWNED_SHOWN))))


def _sheets(desk: Desk, registry: Registry, ids: Sequence[int]) -> list[Sheet]:
    names = (*registry.fields, *(computed.name for computed in registry.computed))
    listing = Listing(desk.session, desk.catalogue, registry, ListQuery(voided=True), desk.today, names=names)
    return [_sheet(registry, row) for row in listing.by_ids(ids)]


def _sheet(registry: Registry, row: ListRow) -> Sheet:
    def pair(name: str) -> Pair:
        field = registry.fields.get(name)
        hidden = field is not None and field.secret and bool(row.shown[name])
        return Pair(name, registry.shown(name)[0], row.shown[name], hidden)

    key = tuple(
        pair(name) for name in registry.columns if name not in (registry.named_by, registry.state) and row.shown[name]
    )
    sections = tuple(
        (s.title, tuple(pair(name) for name in s.fields if row.shown.get(name))) for s in registry.sections
    )
    state = row.shown[registry.state] if registry.state else ""
    tone = row.tones.get(registry.state, "neutral")
    if row.voided:
        state, tone = "已移出台账", "neutral"
    title = row.shown[registry.named_by]
    code = row.shown.get(registry.code, "")
    return Sheet(
        registry.name,
        row.id,
        row.version,
        row.voided,
        title,
        code,
        state,
        tone,
        key,
        tuple(s for s in sections if s[1]),
    )


def _attachments(desk: Desk, rows: set[tuple[str, int]]) -> tuple[Attached, ...]:
    mine = or_(*((Attachment.register == register) & (Attachment.record_id == row_id) for register, row_id in rows))
    found = desk.session.scalars(select(Attachment).where(mine, ~Attachment.voided).order_by(Attachment.id.desc()))
    return tuple(
        Attached(a.id, a.register, a.record_id, a.file_name, a.size, a.note, a.added_by, a.added_at, a.sha256)
        for a in found
    )


def _issued(desk: Desk, rows: set[tuple[str, int]]) -> tuple[Issued, ...]:
    def about(register: str, row_id: int) -> "object":
        ids = IssuedPaper.record_ids
        held = or_(ids == f"{row_id}", ids.like(f"{row_id},%"), ids.like(f"%,{row_id}"), ids.like(f"%,{row_id},%"))
        return (IssuedPaper.register == register) & held

    mine = or_(*(about(register, row_id) for register, row_id in rows))  # type: ignore[arg-type]
    found = desk.session.scalars(select(IssuedPaper).where(mine).order_by(IssuedPaper.id.desc()).limit(PAPERS_SHOWN))
    return tuple(
        Issued(p.id, p.paper_no, p.title, p.status.label, p.status.tone, p.issued_by, p.issued_at) for p in found
    )


def _verbs(desk: Desk, registry: Registry, record: Record) -> list[Verb]:
    operations = [op for op in desk.catalogue.operations_on(registry).values() if op.subject is Subject.RECORD]
    shown = [op for op in operations if op.name not in ELSEWHERE and (op.name == RESTORE) <= record.voided]
    steps = [op for op in shown if op.when]
    over = bool(steps) and not any(_leads_on(desk, registry, op, record) for op in steps)
    if len(shown) > MANY_VERBS:  # of a long workflow only the steps of the present state: the others would bury them
        shown = [op for op in shown if _here(op, record)]
    return [
        Verb(
            op.name,
            op.title,
            op.key,
            bool(op.on),
            op.danger,
            _refused(desk, registry, op, record),
            here=_here(op, record),
            due=_due(desk, op, record),
            usual=op.name == AMEND and not over,
        )
        for op in shown
    ]


def _here(op: Operation, record: Record) -> bool:
    """Whether the state allows the step; what stands on no state always may."""
    return (not record.voided or op.name == RESTORE) and (not op.when or getattr(record, op.state_field) in op.when)


def _leads_on(desk: Desk, registry: Registry, op: Operation, record: Record) -> bool:
    """Whether the record can still be taken somewhere by the step, whoever may do it; to give it up is no such step."""
    if op.danger or not _here(op, record):
        return False
    try:
        check_blocks(desk, registry, op, record)
    except UserError:
        return False
    return True


def _due(desk: Desk, op: Operation, record: Record) -> bool:
    """Whether it is the next step: the register says so, or it has a key of its own; an entry taken off the lists comes back."""
    if op.due is not None:
        return op.due(desk, record)
    return op.name == RESTORE or bool(op.on and op.key and not op.danger)


def _refused(desk: Desk, registry: Registry, op: Operation, record: Record) -> str:
    if record.voided and op.name != RESTORE:
        return "这条记录已移出台账，请先“恢复到台账”"
    try:
        check_right(desk.clerk, op, registry)
        check_state(desk.catalogue, registry, op, record)
        check_blocks(desk, registry, op, record)
    except UserError as error:
        return error.message
    return ""


def _printable(desk: Desk, registry: Registry, record: Record) -> list[Printable]:
    return [
        Printable(one.name, one.title, registry.name, record.id, hindrance(desk.catalogue, one, registry, record))
        for one in desk.catalogue.papers_on(registry).values()
        if one.alone
    ]
