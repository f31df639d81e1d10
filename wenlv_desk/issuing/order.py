"""What is to be issued about which records, and whether it may be: asked before a page is drawn, and again under the lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry
from wenlv_desk.store.desk import Desk, name_of
from wenlv_desk.store.series import last_number

LONGEST_ID = 18  # digits
MOST_COPIES = 999
NAMED = 3  # of the records that stand in the way
CHUNK = 500
OPTIONS = {"columns": "名册的列", "offset": "打印偏移", "calibration": "校准页"}  # what a caller may ask of a paper


@dataclass(frozen=True)
class Order:
    """What is to be printed, about which records."""

    paper: Paper
    registry: Registry
    ids: tuple[int, ...]


def order_of(desk: Desk, paper: str, register: str, records: str, options: Mapping[str, Any]) -> Order:
    """The order that words give; UserError for words that give none."""
    declared, about = desk.catalogue.paper(paper), desk.catalogue.registry(register)
    known(options)
    if options.get("calibration"):
        raise UserError("校准页不是文书，不编号也不归档，请在预览里直接打印")
    check_about(desk.catalogue, declared, about)
    return Order(declared, about, ids_in(records))


def check_about(catalogue: Catalogue, paper: Paper, registry: Registry) -> None:
    """Refuse a paper that is not about records of this register."""
    if paper.name not in catalogue.papers_on(registry):
        raise UserError(f"“{paper.title}”不能用于{registry.title}，请换一种文书或台账")


def ids_in(records: str) -> tuple[int, ...]:
    """The ids of a list as papers keep it: 3,5,8."""
    parts = records.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < LONGEST_ID for part in parts):
        raise UserError(f"“{records}”读不出记录编号，请写成用英文逗号隔开的编号，如 3,5,8")
    return tuple(map(int, parts))


def known(options: Mapping[str, Any]) -> None:
    """Refuse options that no paper has."""
    if unknown := [name for name in options if name not in OPTIONS]:
        raise UserError(f"打印没有“{'、'.join(unknown)}”这个选项，可用：{'、'.join(OPTIONS)}")


def series_of(paper: Paper) -> str:
    """The name of its number series."""
    return f"paper/{paper.series}"


def document_number(desk: Desk, paper: Paper, serial: int) -> str:
    """机关代字＋系列＋〔年〕＋序号: no leading zeros, brackets U+3014/3015 (GB/T 9704)."""
    return f"{desk.settings.get('document_code') or ''}{paper.series}〔{desk.today.year}〕{serial}号"


def next_serial(desk: Desk, paper: Paper) -> int:
    """The serial number that would be taken next; nothing is taken."""
    return last_number(desk.session, series_of(paper), desk.today.year) + 1


def check_copies(copies: int) -> None:
    if not 1 <= copies <= MOST_COPIES:
        raise UserError(f"份数须在 1 到 {MOST_COPIES} 之间，请改正份数")


def check_count(paper: Paper, registry: Registry, ids: Sequence[int]) -> None:
    """Refuse a paper about nothing, or about more records than it takes."""
    if not ids:
        raise UserError(f"没有选中任何{registry.title}，请先选定再打印“{paper.title}”")
    if len(ids) > 1 and not paper.many:
        raise UserError(f"“{paper.title}”一次只能出具一{registry.unit}，现在选了 {len(ids)} {registry.unit}")


def check_ready(desk: Desk, paper: Paper, registry: Registry, ids: Sequence[int]) -> None:
    """Refuse a paper that may not be issued about a record as it stands, naming the record, its state and the remedy."""
    if not (paper.when or paper.number_field):
        return
    found = [
        (f"“{name_of(registry, record)}”", unfit, standing)
        for record in records_of(desk, registry, ids).values()
        for unfit, standing in [(_unfit(desk.catalogue, paper, registry, record), _standing(paper, record))]
        if unfit or standing
    ]
    said = [f"{name}{unfit}" if unfit else f"{name}的{standing}" for name, unfit, standing in found]
    if said:
        more = f"；这样的共 {len(said)} {registry.unit}" if len(said) > NAMED else ""
        raise UserError("；".join(said[:NAMED]) + more)


def hindrance(catalogue: Catalogue, paper: Paper, registry: Registry, record: Record) -> str:
    """Why a paper may not be issued about a record as it stands, without its name; empty where it may."""
    return _unfit(catalogue, paper, registry, record) or _standing(paper, record)


def records_of(desk: Desk, registry: Registry, ids: Sequence[int]) -> dict[int, Record]:
    """The records in the order given; those that are gone are missing."""
    found: dict[int, Record] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        here = select(registry.record).where(registry.record.id.in_(chunk))
        found |= {one.id: one for one in desk.session.scalars(here)}
    return {row_id: found[row_id] for row_id in ids if row_id in found}


def _unfit(catalogue: Catalogue, paper: Paper, registry: Registry, record: Record) -> str:
    """What is wrong with the state of a record, and what leads to one that does."""
    if not paper.when:
        return ""
    if record.voided:
        return f"已移出台账，不能出具“{paper.title}”。确需出具，请先“恢复到台账”"
    state = getattr(record, paper.state_field)
    if state in paper.when:
        return ""
    steps = [
        op.title
        for op in catalogue.operations_on(registry).values()
        if op.state_field == paper.state_field and state in op.when and op.to in paper.when
    ]
    now = f"现为“{state.label}”" if state is not None else "还没有状态"
    if steps:
        return f"{now}，还不能出具“{paper.title}”；先办：{'、'.join(steps)}"
    if paper.instead:
        return f"{now}，不能出具“{paper.title}”。{paper.instead}"
    return f"{now}，不能出具“{paper.title}”，只在“{'、'.join(one.label for one in paper.when)}”时出具"


def _standing(paper: Paper, record: Record) -> str:
    """That the paper stands issued, and under which number."""
    number = getattr(record, paper.number_field) if paper.number_field else None
    return f"“{paper.title}”已出具（{number}），请重印；内容有误先作废原件" if number else ""


def keep_number(desk: Desk, order: Order, numbers: Mapping[int, str]) -> None:
    """Write the number into the records that keep it."""
    if order.paper.number_field:
        changes = {row_id: {order.paper.number_field: number} for row_id, number in numbers.items()}
        desk.update_many(order.registry.record, changes)


def give_number_back(desk: Desk, paper: str, register: str, records: str, number: str) -> None:
    """Empty the fields that still hold the number of a paper that is void now, so that another one can be issued."""
    declared, registry = desk.catalogue.papers.get(paper), desk.catalogue.registries.get(register)
    if declared is None or registry is None or not declared.number_field:
        return
    held = records_of(desk, registry, ids_in(records)).values()
    mine = [one.id for one in held if getattr(one, declared.number_field) == number]
    desk.update_many(registry.record, {row_id: {declared.number_field: None} for row_id in mine})
