"""一单两库: items are published, revised and retired; objects are graded, listed and delisted (国办发〔2015〕58号)."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.inspection.directory import RiskGrading
from wenlv_desk.registries.inspection.item import CheckPoint, InspectionItem, ItemVersion
from wenlv_desk.registries.inspection.vocabulary import GradingSource, ItemState
from wenlv_desk.registries.operator.records import OperatingStatus, Operator, RiskGrade
from wenlv_desk.resources import resource
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.checks import check_record, insist
from wenlv_desk.store.desk import Desk

KEEPERS = (Role.REVIEWER, Role.HEAD, Role.ADMIN)
Why = Annotated[str, param("原因", kind=Text(255))]


@operation("建立初始事项", subject=Subject.REGISTER, on=(InspectionItem,), by=KEEPERS)
def seed_items(desk: Desk, registry: Registry) -> int:  # noqa: ARG001
    """Enter the starter items with their check points, as drafts to be adapted; those whose code is there are left alone."""
    there = set(desk.session.scalars(select(InspectionItem.item_code)))
    made = {
        row["item_code"]: _enter(desk, InspectionItem, row) for row in shipped("items") if row["item_code"] not in there
    }
    if not made:
        raise UserError("程序自带的抽查事项都已经在清单里，不必再建立；要增加请按 Ctrl+N，要改请办“修订”")
    places: dict[str, int] = {}
    for row in shipped("points"):
        if (code := row.pop("item_code")) in made:
            places[code] = places.get(code, 0) + 1
            _enter(desk, CheckPoint, {"item_id": made[code].id, "position": places[code], **row})
    desk.notes.append(f"建立 {len(made)} 个事项，都是“拟定”：请对照本地清单改好，再办“公布”")
    return len(made)


def shipped(name: str) -> list[dict[str, str]]:
    """The rows of a table in resources/inspection, by field name."""
    with resource("inspection", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _enter(desk: Desk, record: type[Any], values: Mapping[str, Any]) -> Any:
    registry = desk.catalogue.registry_of(record)
    checked = check_record(registry, values, desk.context, desk.rule_context)
    insist(registry, checked, "程序自带")
    return desk.add(record(**checked.values))


def points_of(desk: Desk, item_id: int) -> list[CheckPoint]:
    """The check points of an item, in order."""
    mine = select(CheckPoint).where(CheckPoint.item_id == item_id, ~CheckPoint.voided)
    return list(desk.session.scalars(mine.order_by(CheckPoint.position, CheckPoint.id)))


def items_of(desk: Desk, codes: Sequence[str]) -> list[InspectionItem]:
    """The items of these codes, in their order. UserError names one that is gone."""
    rows = desk.session.scalars(select(InspectionItem).where(InspectionItem.item_code.in_(codes)))
    found = {one.item_code: one for one in rows}
    if gone := [code for code in codes if code not in found or found[code].voided]:
        raise UserError(f"抽查事项 {'、'.join(gone)} 已移出清单，请把任务退回修改后改选")
    return [found[code] for code in codes]


def publishing_blocks(desk: Desk, item: InspectionItem) -> Iterator[str]:
    """An item without check points leaves inspectors nothing to look at."""
    if not points_of(desk, item.id):
        yield "还没有检查要点，请先登记"


def _always(_desk: Desk, _record: object) -> bool:
    return True


@operation(
    "公布",
    on=(InspectionItem,),
    by=KEEPERS,
    when=(ItemState.DRAFT,),
    to=ItemState.PUBLISHED,
    blocks=publishing_blocks,
    due=_always,
)
def publish_item(
    desk: Desk,
    item: InspectionItem,
    *,
    published_on: Annotated[date | None, param("公布日期", help="不填为今天")] = None,
    url: Annotated[str | None, param("公布网址", kind=Text(255))] = None,
) -> None:
    """The public was told: from now on the item may be drawn, and stands as it is."""
    day = published_on or desk.today
    if day > desk.today:
        raise UserError(f"没有办理：公布日期 {day} 晚于今天 {desk.today}，请改正；到那天再办")
    item.status, item.published_on, item.published_url = ItemState.PUBLISHED, day, url
    item.effective_from = item.effective_from or day


@operation("修订", on=(InspectionItem,), by=KEEPERS, when=(ItemState.PUBLISHED,), to=ItemState.DRAFT)
def revise(desk: Desk, item: InspectionItem, *, why: Why) -> None:
    """Begin the next version: what was published is kept, the item and its check points can be amended, then published anew."""
    registry = desk.catalogue.registry_of(InspectionItem)
    said = [
        f"{f.label}：{f.kind.show(getattr(item, name), desk.lookup)}"
        for name, f in registry.typed_fields.items()
        if getattr(item, name) is not None
    ]
    points = [f"{one.position}. {one.text}（{one.basis or '—'}）" for one in points_of(desk, item.id)]
    desk.add(
        ItemVersion(
            item_id=item.id,
            list_version=item.list_version,
            item_name=item.item_name,
            said="\n".join(said),
            points="\n".join(points),
            effective_from=item.effective_from,
            replaced_on=desk.today,
            published_on=item.published_on,
            why=why,
        )
    )
    item.list_version += 1
    item.status, item.published_on, item.published_url, item.effective_from = ItemState.DRAFT, None, None, None


@operation("停用", on=(InspectionItem,), by=KEEPERS, when=(ItemState.DRAFT, ItemState.PUBLISHED), to=ItemState.RETIRED)
def retire(
    desk: Desk,
    item: InspectionItem,
    *,
    why: Why,  # noqa: ARG001 - the journal keeps it
    effective_to: Annotated[date | None, param("停用日期", help="不填为今天")] = None,
) -> None:
    """Take an item out of use; tasks it was drawn in keep it."""
    item.status, item.effective_to = ItemState.RETIRED, effective_to or desk.today


@operation("风险评级", on=(Operator,), by=(Role.REVIEWER, Role.HEAD, Role.INSPECTOR), evidence=True)
def grade_risk(
    desk: Desk,
    operator: Operator,
    *,
    grade: Annotated[RiskGrade, param("新风险等级")],
    why: Annotated[str, param("评级依据", kind=Text(255))],
    source: Annotated[GradingSource, param("等级来源")] = GradingSource.OWN,
    graded_on: Annotated[date | None, param("评级日期", help="不填为今天")] = None,
    path: Evidence = None,
) -> None:
    """Give an operator a risk grade; every grade it ever had is kept."""
    day = graded_on or desk.today
    if day > desk.today:
        raise UserError(f"没有办理：评级日期 {day} 晚于今天 {desk.today}，请改正")
    if grade is operator.risk_grade:
        raise UserError(f"没有办理：“{operator.operator_name}”的风险等级已经是“{grade.label}”")
    desk.add(
        RiskGrading(
            operator_id=operator.id,
            grade=grade,
            before=operator.risk_grade,
            graded_on=day,
            source=source,
            why=why,
            graded_by=desk.clerk.name,
        )
    )
    operator.risk_grade = grade
    keep_evidence(desk, operator, path, "风险评级")


def _listed(_desk: Desk, operator: Operator) -> Iterator[str]:
    if operator.delisted_on is None and operator.listed_on is not None:
        yield f"{operator.listed_on} 已纳入检查对象名录"


@operation("纳入名录", on=(Operator,), blocks=_listed)
def enlist(
    desk: Desk,
    operator: Operator,
    *,
    listed_on: Annotated[date | None, param("纳入日期", help="不填为今天")] = None,
) -> None:
    """Put an operator (back) on the directory of objects."""
    operator.listed_on, operator.delisted_on, operator.delist_reason = listed_on or desk.today, None, None
    if operator.operating_status is not OperatingStatus.OPEN:
        desk.notes.append(f"经营状态是“{operator.operating_status.label}”，抽取时仍会排除；恢复营业请办“经营状态变更”")


def _delisted(_desk: Desk, operator: Operator) -> Iterator[str]:
    if operator.delisted_on is not None:
        yield f"{operator.delisted_on} 已移出检查对象名录"


@operation("移出名录", on=(Operator,), blocks=_delisted, danger=True)
def delist(
    desk: Desk,
    operator: Operator,
    *,
    reason: Annotated[str, param("移出名录原因", kind=Text(255))],
    delisted_on: Annotated[date | None, param("移出日期", help="不填为今天")] = None,
) -> None:
    """Take an operator off the directory of objects: it is no longer drawn, and stays on the register."""
    day = delisted_on or desk.today
    if day > desk.today:
        raise UserError(f"没有办理：移出日期 {day} 晚于今天 {desk.today}，请改正；到那天再办")
    operator.delisted_on, operator.delist_reason = day, reason
