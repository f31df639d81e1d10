"""What the check page shows of a check, as plain data read in a worker thread: firm, points, what the paper's boxes begin with. Knows no Qt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.open_items import OpenItem
from wenlv_desk.gui.card.dossier import Sheet, sheet_of
from wenlv_desk.gui.checking.times import shown_time
from wenlv_desk.gui.entry.formdata import FormData, form_of, raw_of
from wenlv_desk.registries.inspection.assigning import findings_of
from wenlv_desk.registries.inspection.check import CHECKS, InspectionCheck
from wenlv_desk.registries.inspection.checking import as_it_was, record
from wenlv_desk.registries.inspection.vocabulary import PointConclusion, SignState
from wenlv_desk.registries.operator.records import OPERATORS, Operator
from wenlv_desk.registries.rectification.orders import order_after_check
from wenlv_desk.standards.masks import mask_phones
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import check_right, hindrances
from wenlv_desk.store.tables import Attachment
from wenlv_desk.store.waiting import open_items_of

ORDER = order_after_check.name
BEFORE_SHOWN = 3
OFFERED = 30  # checks of the same task that are looked at for the next one


@dataclass(frozen=True)
class Point:
    """One check point with what is on file of it."""

    position: int
    item: str
    text: str
    basis: str
    conclusion: PointConclusion
    note: str


@dataclass(frozen=True)
class Before:
    """An earlier check of the firm."""

    day: str
    result: str
    tone: str
    number: str


@dataclass(frozen=True)
class Rest:
    """The other checks of the task without a result: how many, those that can be entered now (id and name), and of the first
    that cannot why not."""

    count: int
    waiting: tuple[tuple[int, str], ...]
    held: str


@dataclass(frozen=True)
class CheckView:
    """Everything the page shows; `given` are the texts its fields begin with."""

    form: FormData
    sheet: Sheet
    check_no: str
    name: str
    task: str
    pairs: tuple[tuple[str, str], ...]
    before: tuple[Before, ...]
    open: tuple[OpenItem, ...]
    points: tuple[Point, ...]
    given: Mapping[str, str]
    window: tuple[date, date]
    now: datetime
    blocks: tuple[str, ...]
    attached: tuple[str, ...]
    rest: "Rest"
    order_due: bool  # what was found is to be put right, and the clerk can order it now

    @property
    def version(self) -> int | None:
        return self.form.version

    @property
    def near(self) -> date:
        """The day that is most likely meant: today, as far as it lies within the window."""
        return min(max(self.now.date(), self.window[0]), self.window[1])


def view_of(desk: Desk, operation: str, check_id: int) -> CheckView:
    """A check as it is to be entered or corrected."""
    check = desk.get(InspectionCheck, check_id)
    op = desk.catalogue.operation(CHECKS, operation)
    points = tuple(
        Point(one.position, one.item, one.text, one.basis or "", one.conclusion, one.note or "")
        for one in findings_of(desk, check)
    )
    return CheckView(
        form=form_of(desk, CHECKS, op, check_id, {}),
        sheet=sheet_of(desk, CHECKS, check_id),
        check_no=check.check_no,
        name=check.unit_name,
        task=desk.lookup.label("inspection_task", check.task_id),
        pairs=tuple(_pairs(desk, check)),
        before=tuple(_before(desk, check)),
        open=tuple(_open(desk, check)),
        points=points,
        given=_given(desk, check),
        window=(check.window_from, check.window_to),
        now=desk.now,
        blocks=tuple(_hindrances(desk, operation, check)),
        attached=tuple(_attached(desk, check)),
        rest=_rest(desk, check),
        order_due=_order_due(desk, check),
    )


def _pairs(desk: Desk, check: InspectionCheck) -> Iterator[tuple[str, str]]:
    yield "地址", check.premises or "未登记"
    yield "负责人", check.legal_representative or "未登记"
    yield "电话", mask_phones(check.contact_phone or "") or "未登记"
    yield "信用代码", check.uscc or "未登记"
    yield "检查人员", check.inspectors or "未指派"
    yield "检查期间", f"{check.window_from} 至 {check.window_to}"
    yield "抽查事项", CHECKS.fields["items"].kind.show(check.items, desk.lookup)
    if check.notice_no:
        yield "通知书", check.notice_no


def _before(desk: Desk, check: InspectionCheck) -> Iterator[Before]:
    """The last checks of the firm that have a result."""
    mine = (
        InspectionCheck.operator_id == check.operator_id,
        InspectionCheck.id != check.id,
        InspectionCheck.result_code.is_not(None),
    )
    found = select(InspectionCheck).where(*mine).order_by(InspectionCheck.started_at.desc()).limit(BEFORE_SHOWN)
    for one in desk.session.scalars(found):
        if one.result_code is not None and one.started_at is not None:
            yield Before(f"{one.started_at:%Y-%m-%d}", one.result_code.label, one.result_code.tone, one.check_no)


def _open(desk: Desk, check: InspectionCheck) -> Iterator[OpenItem]:
    """What waits about the firm; not this check itself."""
    for item in open_items_of(desk, OPERATORS, desk.get(Operator, check.operator_id)):
        if (item.register, item.record_id) != (CHECKS.name, check.id):
            yield item


def _given(desk: Desk, check: InspectionCheck) -> dict[str, str]:
    """What stands in the boxes at the beginning: what is on file, else what is most likely."""
    known = dict(as_it_was(desk, check))
    moments = {name: known.pop(name, None) for name in ("started_at", "ended_at")}
    made = {name: _raw(desk, name, value) for name, value in known.items() if name != "points"}
    made.setdefault("place", check.premises or "")
    made.setdefault("sign_state", SignState.SIGNED.value)
    started, ended = moments["started_at"], moments["ended_at"]
    day = started.date() if started else min(max(desk.today, check.window_from), check.window_to)
    made["day"] = day.isoformat()
    made["start"] = shown_time(started, day) if started else ""
    made["end"] = shown_time(ended, day) if ended else ""
    made["scan_record_no"] = check.scan_record_no or ""
    return made


def _raw(desk: Desk, name: str, value: Any) -> str:
    return str(raw_of(record_fields()[name].kind, value, desk))


def record_fields() -> Mapping[str, Any]:
    """The boxes of the paper as they are declared, by name."""
    return {one.name: one for one in record.own_parameters}


def _hindrances(desk: Desk, operation: str, check: InspectionCheck) -> list[str]:
    op = desk.catalogue.operation(CHECKS, operation)
    found = hindrances(desk, CHECKS, op, check)
    try:
        check_right(desk.clerk, op, CHECKS)
    except UserError as error:
        return [error.message, *found]
    return found


def _attached(desk: Desk, check: InspectionCheck) -> Iterator[str]:
    mine = (Attachment.register == CHECKS.name, Attachment.record_id == check.id, ~Attachment.voided)
    yield from desk.session.scalars(select(Attachment.file_name).where(*mine).order_by(Attachment.id))


def _order_due(desk: Desk, check: InspectionCheck) -> bool:
    return bool(order_after_check.due and order_after_check.due(desk, check)) and not _hindrances(desk, ORDER, check)


def _rest(desk: Desk, check: InspectionCheck) -> Rest:
    """Those that were told of it come first."""
    mine = (
        InspectionCheck.task_id == check.task_id,
        InspectionCheck.id != check.id,
        InspectionCheck.status.in_(record.when),
    )
    told_first = InspectionCheck.notified_on.is_(None)
    found = select(InspectionCheck).where(*mine).order_by(told_first, InspectionCheck.id).limit(OFFERED)
    barred = [(one, hindrances(desk, CHECKS, record, one)) for one in desk.session.scalars(found)]
    count = desk.session.scalar(select(func.count(InspectionCheck.id)).where(*mine)) or 0
    waiting = tuple((one.id, one.unit_name) for one, why in barred if not why)
    return Rest(count, waiting, next((f"“{one.unit_name}”{why[0]}" for one, why in barred if why), ""))
