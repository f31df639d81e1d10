"""Applying a plan: one operation, one transaction, one undo."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.headings import keep
from wenlv_desk.ledger.judge import changes_of, judge
from wenlv_desk.ledger.keys import identity_groups
from wenlv_desk.ledger.model import Action, NewOwner, Plan, Verdict
from wenlv_desk.ledger.onfile import load
from wenlv_desk.store.checks import derived
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import Done, perform
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import JournalHead

CHUNK = 2000  # records on file held at a time
BULK = 100_000  # new rows written at a time


def apply_plan(office: Office, clerk: Clerk, plan: Plan, *, reason: str = "") -> Done:
    """Write what the plan says through the gate. `Done.value` is what became of the rows: {"new": 31, "changed": 9, …}.

    UserError when what is on file has changed since the plan was made so that rows would be treated otherwise; the plan
    then shows how.
    """
    said = {"file_name": plan.file_name, "sha256": plan.digest or None, "accepted": _accepted(plan) or None}
    arguments: dict[str, Any] = said | outcome(plan)
    return perform(office, clerk, "import_ledger", plan.registry.name, arguments=arguments, reason=reason, payload=plan)


def outcome(plan: Plan) -> dict[str, int]:
    """What accepting the plan does to its rows: written as new or changed, same, left out as doubtful, rejected or skipped."""
    counted = {verdict.value: count for verdict, count in plan.counts().items()}
    skipped = [place for place, made in plan.decisions.items() if made.action is Action.SKIP]
    for place in skipped:
        counted[plan.verdicts[place].value] -= 1
    owners = {id(plan.new_owners[place]) for place in _new(plan) if place in plan.new_owners} if plan.new_owners else ()
    return counted | {"skipped": len(skipped), "owners": len(owners)}


def _importable(registry: Registry) -> bool:
    return registry.typed and not registry.single


@operation("导入台账", subject=Subject.REGISTER, only=_importable)
def import_ledger(  # noqa: PLR0913 — the parameters are what the journal keeps
    desk: Desk,
    registry: Registry,
    *,
    file_name: Annotated[str, param("文件名")],
    sha256: Annotated[str | None, param("文件摘要")] = None,  # noqa: ARG001
    new: Annotated[int, param("新增")] = 0,
    changed: Annotated[int, param("变更")] = 0,
    same: Annotated[int, param("相同")] = 0,
    doubtful: Annotated[int, param("存疑未导入")] = 0,
    rejected: Annotated[int, param("退回")] = 0,
    skipped: Annotated[int, param("不导入")] = 0,
    owners: Annotated[int, param("同时新增所属单位")] = 0,
    accepted: Annotated[str | None, param("照此登记的理由", kind=Text(2_000_000, block=True))] = None,  # noqa: ARG001
) -> dict[str, int]:
    """Write the plan handed over beside these facts about it. The parameters are for the journal."""
    plan = desk.payload
    if not isinstance(plan, Plan) or plan.registry is not registry:
        raise UserError(f"导入“{file_name}”之前要先核对方案，请从“导入台账”开始")
    _unchanged_on_file(desk, plan)
    _refuse_fixed(desk, plan)
    try:
        owner_ids = _write_owners(desk, plan)
        _write_new(desk, plan, owner_ids)
        _write_changed(desk, plan)
        desk.session.flush()
    except IntegrityError as error:
        raise UserError(f"没有导入：“{file_name}”中有的行与库中必须唯一的编号相同，请重新核对后再导入") from error
    keep(desk, registry, plan.mapping)
    return {
        "new": new,
        "changed": changed,
        "same": same,
        "doubtful": doubtful,
        "rejected": rejected,
        "skipped": skipped,
        "owners": owners,
    }


def _accepted(plan: Plan) -> str:
    """The reasons given, each with the lines it was given for."""
    lines: dict[str, list[int]] = {}
    for place, made in sorted(plan.decisions.items()):
        if made.action is not Action.SKIP:
            lines.setdefault(f"{made.action.label}：{made.reason}", []).append(plan.lines[place])
    return "\n".join(f"{said}（第 {_ranges(found)} 行）" for said, found in lines.items())


def _ranges(lines: Sequence[int]) -> str:
    """3, 4, 5, 9 as 3-5、9."""
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return "、".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def _unchanged_on_file(desk: Desk, plan: Plan) -> None:
    """Refuse when a write since the plan was made would make a difference to it; the plan is brought up to date."""
    head = desk.session.execute(select(JournalHead.entry_id)).scalar_one()
    if head == plan.journal_head:
        return
    before = (list(plan.verdicts), plan.record_ids[:], plan.versions[:])
    judge(desk, plan)
    plan.journal_head = head
    now = zip(plan.verdicts, plan.record_ids, plan.versions, strict=True)
    differing = sum(1 for then, this in zip(zip(*before, strict=True), now, strict=True) if then != this)
    if differing:
        raise UserError(
            f"方案作出之后库中有了变动，涉及 {differing} 行，没有写入任何内容。方案已按现状更新，请看过再导入"
        )


def _refuse_fixed(desk: Desk, plan: Plan) -> None:
    """Refuse a ledger that would write to records that stand for good (of a campaign that is over), naming the first line."""
    registry = plan.registry
    if registry.fixed is None:
        return
    rows = [(place, registry.record(**_one_row(plan, place))) for place in _new(plan) if place not in plan.new_owners]
    changed = (p for p, verdict in enumerate(plan.verdicts) if verdict is Verdict.CHANGED and plan.written(p))
    rows += [(place, desk.get(registry.record, plan.record_ids[place])) for place in changed]
    for place, record in rows:
        if why := registry.fixed(desk, record):
            raise UserError(f"没有导入：第 {plan.lines[place]} 行：{why}")


def _one_row(plan: Plan, place: int) -> dict[str, Any]:
    return {name: column[0] for name, column in plan.complete_columns([place]).items()}


def _new(plan: Plan) -> Iterator[int]:
    skipped = {place for place, made in plan.decisions.items() if made.action is Action.SKIP}
    return (place for place, v in enumerate(plan.verdicts) if v is Verdict.NEW and place not in skipped)


def _write_owners(desk: Desk, plan: Plan) -> dict[int, int]:
    """Enter the new owners; their ids by the identity of the `NewOwner`."""
    wanted: dict[int, NewOwner] = {id(new): new for p in _new(plan) if (new := plan.new_owners.get(p))}
    if not wanted:
        return {}
    assert plan.registry.owner is not None
    theirs = desk.catalogue.registry(plan.registry.owner.register)
    defaults = {name: one.default for name, one in theirs.fields.items()}
    rows = [derived(theirs, defaults | new.values) for new in wanted.values()]
    return dict(zip(wanted, desk.insert_many(theirs.record, rows), strict=True))


def _write_new(desk: Desk, plan: Plan, owner_ids: dict[int, int]) -> None:
    owner = plan.registry.owner
    for places in _chunks(_new(plan), BULK):
        columns = plan.complete_columns(places)
        if owner is not None:
            entered = (plan.new_owners.get(place) for place in places)
            there = zip(columns[owner.field], entered, strict=True)
            columns[owner.field] = [owner_ids[id(new)] if new else known for known, new in there]
        desk.insert_columns(plan.registry.record, columns)


def _write_changed(desk: Desk, plan: Plan) -> None:
    registry = plan.registry
    identifying = {name for group in identity_groups(registry) for name in group}
    changed = (p for p, verdict in enumerate(plan.verdicts) if verdict is Verdict.CHANGED and plan.written(p))
    for places in _chunks(changed, CHUNK):
        there = load(desk.session, registry, [plan.record_ids[place] for place in places])
        changes: dict[int, dict[str, Any]] = {}
        for place in places:
            record_id = plan.record_ids[place]
            made = changes_of(plan, place, there[record_id], plan.decisions.get(place), identifying)
            there[record_id] = derived(registry, dict(there[record_id]) | made)
            again = {name: there[record_id][name] for name, one in registry.fields.items() if one.derive is not None}
            changes.setdefault(record_id, {}).update(made | again)
        desk.update_many(registry.record, changes)


def _chunks(places: Iterable[int], size: int) -> Iterator[list[int]]:
    chunk: list[int] = []
    for place in places:
        chunk.append(place)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
