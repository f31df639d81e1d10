"""What the public is told in tables: the four lists (清单、计划、任务、结果), in the columns that are asked for (domain 4.2, 4.8).

A public table is made of what may be public and nothing else: no phone, no complainant, no remark, names of people masked.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.reports import NUMBER, Sheet, numbered, report
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.item import InspectionItem
from wenlv_desk.registries.inspection.listing import points_of
from wenlv_desk.registries.inspection.planning import live_draw
from wenlv_desk.registries.inspection.pool import strata_of
from wenlv_desk.registries.inspection.task import InspectionPlan, InspectionTask
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawKind, ItemState, TaskState
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.standards.masks import mask_name
from wenlv_desk.store.desk import Desk

OUT = (CheckState.REPLACED, CheckState.CANCELLED)
RECORDED = (CheckState.CHECKED, CheckState.REVIEWED, CheckState.PUBLISHED, CheckState.CLOSED)
PUBLIC = (CheckState.PUBLISHED, CheckState.CLOSED)


def shown(desk: Desk, record: Any, name: str) -> str:
    """A field's value as a list shows it."""
    return desk.catalogue.registry_of(type(record)).fields[name].kind.show(getattr(record, name), desk.lookup)


def _bureau(desk: Desk) -> str:
    return str(desk.settings.get("supervising_body") or desk.settings.get("bureau_name") or "")


def _percent(ratio: Decimal) -> str:
    return f"{ratio.normalize():f}%"


@report("随机抽查事项清单", on=(InspectionPlan,))
def public_items(desk: Desk, plan: InspectionPlan) -> Sheet:
    """事项清单 as published, in the columns of domain 4.2."""
    listed = select(InspectionItem).where(InspectionItem.status == ItemState.PUBLISHED, ~InspectionItem.voided)
    rows = [
        (
            item.item_code,
            item.item_name,
            item.item_class.label,
            shown(desk, item, "applies_to"),
            item.content or "；".join(point.text for point in points_of(desk, item.id)),
            item.legal_basis,
            item.subject_org or _bureau(desk),
            item.method.label,
            f"{_percent(item.ratio_percent)}，每年不少于 {item.min_per_year} 次",
            f"第 {item.list_version} 版，{item.published_on}",
        )
        for item in desk.session.scalars(listed.order_by(InspectionItem.item_code))
    ]
    columns = (NUMBER, ("事项编码", 18), ("抽查事项", 32), ("事项类别", 20), ("抽查对象", 24), ("抽查内容", 44))
    more = (("抽查依据", 52), ("抽查主体", 26), ("抽查方式", 16), ("比例和频次", 26), ("版本和公布日期", 26))
    return Sheet(f"{plan.plan_year}年随机抽查事项清单", (*columns, *more), numbered(rows), public=True)


@report("年度抽查计划表", on=(InspectionPlan,))
def public_plan(desk: Desk, plan: InspectionPlan) -> Sheet:
    """计划 as published: what is inspected, whom, when, how many."""
    rows = [
        (
            one.task_name,
            shown(desk, one, "items"),
            shown(desk, one, "categories") or "事项适用的全部类别",
            one.draw_kind.label,
            _measure(desk, one),
            f"{one.window_from} 至 {one.window_to}",
            one.joint_kind.label + (f"：{one.joint_units}" if one.joint_units else ""),
            one.lead_unit or _bureau(desk),
        )
        for one in _tasks(desk, plan)
    ]
    columns = (NUMBER, ("任务", 44), ("抽查事项", 42), ("检查对象", 34), ("抽查类型", 24), ("比例或户数", 30))
    more = (("检查时间", 24), ("组织方式", 26), ("检查主体", 30))
    note = f"依据：{plan.basis}" if plan.basis else ""
    return Sheet(plan.title, (*columns, *more), numbered(rows), note, public=True)


def _measure(desk: Desk, task: InspectionTask) -> str:
    """How many are drawn, stratum by stratum where there are some."""
    if task.draw_kind is DrawKind.DIRECTED:
        return "按需"
    if strata := strata_of(desk, task):
        return "；".join(f"{one.title} {_rule(one.ratio_percent, one.wanted_count)}" for one in strata)
    return _rule(task.ratio_percent, task.wanted_count)


def _rule(ratio: Decimal | None, count: int | None) -> str:
    if count is not None:
        return f"{count} 户"
    return _percent(ratio) if ratio is not None else "按事项的比例"


def _tasks(desk: Desk, plan: InspectionPlan) -> list[InspectionTask]:
    mine = (InspectionTask.plan_id == plan.id, InspectionTask.status != TaskState.CANCELLED, ~InspectionTask.voided)
    return list(desk.session.scalars(select(InspectionTask).where(*mine).order_by(InspectionTask.window_from)))


@report("抽查任务表", on=(InspectionPlan,))
def public_tasks(desk: Desk, plan: InspectionPlan) -> Sheet:
    """任务 as published: how each was drawn and how often, who was replaced since, and how far it has come (domain 4.6 no. 6)."""
    rows = [_task_row(desk, one, live_draw(desk, one)) for one in _tasks(desk, plan)]
    columns = (NUMBER, ("任务编号", 36), ("任务名称", 44), ("抽查类型", 26), ("抽查事项", 40), ("名单户数", 16))
    counts = (("抽查户数", 16), ("已检查", 14), ("替换户数", 16), ("取消户数", 16), ("抽取次数", 16))
    note = "抽取次数含放弃的；抽查户数不含被替换的，含取消的；每次抽取的记录可以公开核对"
    return Sheet(
        f"{plan.title}：任务",
        (*columns, *counts, ("封存码", 38), ("状态", 20)),
        numbered(rows),
        note,
        public=True,
    )


def _task_row(desk: Desk, task: InspectionTask, draw: InspectionDraw | None) -> tuple[str | None, ...]:
    """A task in figures; checks of a draw that was given up are none of it."""
    mine = select(InspectionCheck.status).where(
        InspectionCheck.task_id == task.id,
        InspectionCheck.draw_id.is_(None) | (InspectionCheck.draw_id == (draw.id if draw else None)),
    )
    states = list(desk.session.scalars(mine))
    replaced = states.count(CheckState.REPLACED)
    return (
        task.task_no,
        task.task_name,
        task.draw_kind.label,
        shown(desk, task, "items"),
        str(draw.pool_size) if draw else "",
        str(len(states) - replaced),
        str(sum(one in RECORDED for one in states)),
        str(replaced),
        str(states.count(CheckState.CANCELLED)),
        str(task.draws),
        draw.code if draw else "",
        task.status.label,
    )


def checks_of(desk: Desk, task: InspectionTask) -> list[InspectionCheck]:
    """The checks of a task that were not replaced or cancelled."""
    mine = (InspectionCheck.task_id == task.id, InspectionCheck.status.not_in(OUT))
    return list(desk.session.scalars(select(InspectionCheck).where(*mine).order_by(InspectionCheck.id)))


@report("抽查结果上传表", on=(InspectionPlan,))
def upload(desk: Desk, plan: InspectionPlan) -> Sheet:
    """结果 in the columns of 国家企业信用信息公示系统 (7 + 2), a row for every published result."""
    rows = [
        (
            plan.upstream_plan_no or plan.plan_no,
            plan.title,
            task.upstream_task_no or task.task_no,
            task.task_name,
            "定向" if task.draw_kind is DrawKind.DIRECTED else "不定向",
            _bureau(desk),
            str(check.ended_at.date()) if check.ended_at else "",
            check.unit_name,
            check.uscc,
            shown(desk, check, "items"),
            check.result_code.label if check.result_code else "",
        )
        for task in _tasks(desk, plan)
        for check in checks_of(desk, task)
        if check.status in PUBLIC
    ]
    columns = (NUMBER, ("抽查计划编号", 34), ("抽查计划名称", 40), ("抽查任务编号", 36), ("抽查任务名称", 44))
    more = (("抽查类型", 16), ("抽查机关", 36), ("抽查完成日期", 22), ("企业名称", 44), ("统一社会信用代码", 38))
    last = (("抽查事项", 40), ("抽查结果", 34))
    return Sheet(f"{plan.plan_year}年抽查结果（上传）", (*columns, *more, *last), numbered(rows), public=True)


@report("检查结果公示表", on=(InspectionTask,))
def task_public(desk: Desk, task: InspectionTask) -> Sheet:
    """结果 as published by the bureau; certificate numbers only where the bureau has decided to show them."""
    certificates = bool(setting_of(desk, "show_certificates"))
    checks = [one for one in checks_of(desk, task) if one.status in PUBLIC]
    mended = rectifications_of(desk, [one.id for one in checks])
    rows = [_public_row(desk, one, mended.get(one.id, ()), certificates) for one in checks]
    columns = (NUMBER, ("被检查单位", 50), ("统一社会信用代码", 38), ("抽查事项", 42), ("检查人员", 30))
    more = (("检查日期", 22), ("检查结果", 36), ("处理措施", 28), ("整改情况", 26), ("公示日期", 22), ("更正日期", 22))
    note = "更正过的，以更正后的内容为准；撤回的不再列出"
    return Sheet(f"{task.task_name}结果公示", (*columns, *more), numbered(rows), note, public=True)


def _public_row(
    desk: Desk, check: InspectionCheck, mended: Sequence[Rectification], certificates: bool
) -> tuple[str | None, ...]:
    people = "、".join(mask_name(name) for name in (check.inspectors or "").split("、"))
    return (
        check.unit_name,
        check.uscc,
        shown(desk, check, "items"),
        f"{people}（{check.cert_nos}）" if certificates else people,
        str(check.ended_at.date()) if check.ended_at else "",
        check.result_code.label if check.result_code else "",
        check.disposal.label if check.disposal else "",
        "；".join(one.status.label for one in mended),
        str(check.published_on or ""),
        str(check.corrected_on or ""),
    )


def rectifications_of(desk: Desk, checks: Sequence[int]) -> Mapping[int, list[Rectification]]:
    """The orders that checks led to, by check."""
    found: dict[int, list[Rectification]] = {}
    mine = select(Rectification).where(Rectification.check_id.in_(checks), ~Rectification.voided)
    for one in desk.session.scalars(mine.order_by(Rectification.id)):
        assert one.check_id is not None
        found.setdefault(one.check_id, []).append(one)
    return found
