"""What waits to be done about a record (现在要处理): what the registers declare, states that warn, values that fail their check."""

from collections.abc import Iterator

from sqlalchemy import select

from wenlv_desk.core.open_items import OpenItem
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry
from wenlv_desk.standards.finding import Severity
from wenlv_desk.store.checks import check_record
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.query import Listing, ListQuery

URGENT = {"red": 0, "amber": 1}


def open_items_of(desk: Desk, registry: Registry, record: Record) -> list[OpenItem]:
    """Everything open about the record and what it owns, the most urgent first; a record already named is not named twice."""
    found = [item for watch in desk.catalogue.watches_on(registry) for item in watch.function(desk, record)]
    named = {(item.register, item.record_id) for item in found}
    derived = (*_warning_states(desk, registry, record), *_failing_values(desk, registry, record))
    found += [item for item in derived if not item.register or (item.register, item.record_id) not in named]
    return sorted(found, key=lambda item: URGENT.get(item.tone, 2))


def _warning_states(desk: Desk, registry: Registry, record: Record) -> Iterator[OpenItem]:
    """The record and those it owns whose state is shown red or amber."""
    yield from _states(desk, registry, [record.id])
    for child in desk.catalogue.owned_by(registry):
        assert child.owner is not None
        column = getattr(child.record, child.owner.field)
        ids = list(
            desk.session.scalars(select(child.record.id).where(column == record.id, ~child.record.voided).limit(200))
        )
        yield from _states(desk, child, ids)


def _states(desk: Desk, registry: Registry, ids: list[int]) -> Iterator[OpenItem]:
    if not registry.state or not ids:
        return
    names = (registry.named_by, registry.state)
    listing = Listing(desk.session, desk.catalogue, registry, ListQuery(voided=True), desk.today, names=names)
    for row in listing.by_ids(ids):
        tone = row.tones.get(registry.state, "neutral")
        if tone in URGENT:
            yield OpenItem(
                row.shown[registry.state],
                tone,
                f"{registry.title} {row.shown[registry.named_by]}",
                registry.name,
                row.id,
            )


def _failing_values(desk: Desk, registry: Registry, record: Record) -> Iterator[OpenItem]:
    """Values on file that would not pass without a reason today."""
    values = {name: getattr(record, name) for name in registry.fields}
    checked = check_record(registry, values, desk.context, desk.rule_context)
    for problem in checked.of(Severity.WARN, Severity.DOUBT, Severity.REJECT):
        field = registry.fields.get(problem.field)
        if field is not None and field.secret:  # the words of the remark may hold the number
            yield OpenItem("核对", "amber", f"{field.label}未通过核对，请打开修改，显示完整号码后核对")
            continue
        label = f"{field.label}：" if field is not None and field.label not in problem.message else ""
        yield OpenItem("核对", "amber", f"{label}{problem.message}")
