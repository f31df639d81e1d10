"""The tables of random inspection: the four public lists (清单、计划、任务、结果) and what the office keeps (domain 4.2, 4.8).

A public table is made of what may be public and nothing else: no phone, no complainant, no remark, names of people masked.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.reports import Sheet, report
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.inspectors import roster_of
from wenlv_desk.registries.inspection.item import InspectionItem
from wenlv_desk.registries.inspection.listing import items_of, points_of
from wenlv_desk.registries.inspection.planning import live_draw
from wenlv_desk.registries.inspection.pool import pool_of
from wenlv_desk.registries.inspection.task import InspectionPlan, InspectionTask
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawKind, ItemState, JointKind, TaskState
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.standards.masks import mask_name
from wenlv_desk.store.desk import Desk

Rows = Iterable[Sequence[str | None]]
OUT = (CheckState.REPLACED, CheckState.CANCELLED)
RECORDED = (CheckState.CHECKED, CheckState.REVIEWED, CheckState.PUBLISHED, CheckState.CLOSED)
PUBLIC = (CheckState.PUBLISHED, CheckState.CLOSED)
PUBLISHED_NOTE = "公示内容不含个人信息；更正或撤回的，以最近一次公示为准"
NUMBER = ("序号", 11)


def numbered(rows: Rows) -> tuple[tuple[str, ...], ...]:
    """Rows with their place before them, empty where there is nothing."""
    return tuple((str(n), *(text or "" for text in row)) for n, row in enumerate(rows, 1))


def _shown(desk: Desk, record: Any, name: str) -> str:
    return desk.catalogue.registry_of(type(record)).fields[name].kind.show(getattr(record, name), desk.lookup)


def _bureau(desk: Desk) -> str:
    return str(desk.settings.get("supervising_body") or desk.settings.get("bureau_name") or "")


@report("随机抽查事项清单", on=(InspectionPlan,))
def public_items(desk: Desk, plan: InspectionPlan) -> Sheet:
    """事项清单 as published, in the columns of domain 4.2."""
    listed = select(InspectionItem).where(InspectionItem.status == ItemState.PUBLISHED, ~InspectionItem.voided)
    rows = [
        (
            item.item_code,
            item.item_name,
            item.item_class.label,
            _shown(desk, item, "applies_to"),
            item.content or "；".join(point.text for point in points_of(desk, item.id)),
            item.legal_basis,
            item.subject_org or _bureau(desk),
            item.method.label,
            f"{item.ratio_percent.normalize():f}%，每年不少于 {item.min_per_year} 次",
            f"第 {item.list_version} 版，{item.published_on}",
        )
        for item in desk.session.scalars(listed.order_by(InspectionItem.item_code))
    ]
    columns = (NUMBER, ("事项编码", 18), ("抽查事项", 32), ("事项类别", 20), ("抽查对象", 24), ("抽查内容", 44))
    more = (("抽查依据", 52), ("抽查主体", 26), ("抽查方式", 16), ("比例和频次", 26), ("版本和公布日期", 24))
    return Sheet(f"{plan.plan_year}年随机抽查事项清单", (*columns, *more), numbered(rows))


@report("年度抽查计划表", on=(InspectionPlan,))
def public_plan(desk: Desk, plan: InspectionPlan) -> Sheet:
    """计划 as published: what is inspected, whom, when, how many."""
    rows = [
        (
            one.task_name,
            _shown(desk, one, "items"),
            _shown(desk, one, "categories") or "事项适用的全部类别",
            one.draw_kind.label,
            _measure(one),
            f"{one.window_from} 至 {one.window_to}",
            one.joint_kind.label + (f"：{one.joint_units}" if one.joint_units else ""),
            one.lead_unit or _bureau(desk),
        )
        for one in _tasks(desk, plan)
    ]
    columns = (NUMBER, ("任务", 48), ("抽查事项", 48), ("检查对象", 34), ("抽查类型", 24), ("比例或户数", 24))
    more = (("检查时间", 34), ("组织方式", 26), ("检查主体", 30))
    return Sheet(plan.title, (*columns, *more), numbered(rows), f"依据：{plan.basis}" if plan.basis else "")


def _measure(task: InspectionTask) -> str:
    if task.draw_kind is DrawKind.DIRECTED:
        return "按需"
    if task.wanted_count is not None:
        return f"{task.wanted_count} 户"
    return f"{task.ratio_percent.normalize():f}%" if task.ratio_percent is not None else "按事项或分层"


def _tasks(desk: Desk, plan: InspectionPlan) -> list[InspectionTask]:
    mine = (InspectionTask.plan_id == plan.id, InspectionTask.status != TaskState.CANCELLED, ~InspectionTask.voided)
    return list(desk.session.scalars(select(InspectionTask).where(*mine).order_by(InspectionTask.window_from)))


@report("抽查任务表", on=(InspectionPlan,))
def public_tasks(desk: Desk, plan: InspectionPlan) -> Sheet:
    """任务 as published: how each task was drawn, how often, and how far it has come."""
    rows = []
    for one in _tasks(desk, plan):
        draw = live_draw(desk, one)
        counts = _counts(desk, one)
        rows.append(
            (
                one.task_no,
                one.task_name,
                one.draw_kind.label,
                _shown(desk, one, "items"),
                str(draw.pool_size) if draw else "",
                str(counts["all"]),
                str(counts["recorded"]),
                str(one.draws),
                draw.code if draw else "",
                one.status.label,
            )
        )
    columns = (NUMBER, ("任务编号", 42), ("任务名称", 46), ("抽查类型", 26), ("抽查事项", 44), ("名单户数", 16))
    more = (("抽查户数", 16), ("已检查", 14), ("抽取次数", 16), ("封存码", 38), ("状态", 20))
    note = "抽取次数含放弃的；每次抽取的记录可以公开核对"
    return Sheet(f"{plan.title}：任务", (*columns, *more), numbered(rows), note)


def _counts(desk: Desk, task: InspectionTask) -> dict[str, int]:
    checks = checks_of(desk, task)
    return {"all": len(checks), "recorded": sum(one.status in RECORDED for one in checks)}


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
            _shown(desk, check, "items"),
            check.result_code.label if check.result_code else "",
        )
        for task in _tasks(desk, plan)
        for check in checks_of(desk, task)
        if check.status in PUBLIC
    ]
    columns = (NUMBER, ("抽查计划编号", 34), ("抽查计划名称", 44), ("抽查任务编号", 36), ("抽查任务名称", 44))
    more = (("抽查类型", 16), ("抽查机关", 36), ("抽查完成日期", 22), ("企业名称", 44), ("统一社会信用代码", 38))
    return Sheet(
        f"{plan.plan_year}年抽查结果（上传）",
        (*columns, *more, ("抽查事项", 40), ("抽查结果", 34)),
        numbered(rows),
    )


@report("检查结果公示表", on=(InspectionTask,))
def task_public(desk: Desk, task: InspectionTask) -> Sheet:
    """结果 as published by the bureau; certificate numbers only where the bureau has decided to show them."""
    certificates = bool(setting_of(desk, "show_certificates"))
    rows = [_public_row(desk, check, certificates) for check in checks_of(desk, task) if check.status in PUBLIC]
    columns = (NUMBER, ("被检查单位", 48), ("统一社会信用代码", 46), ("抽查事项", 40), ("检查人员", 30))
    more = (("检查日期", 27), ("检查结果", 34), ("处理措施", 24), ("整改情况", 28), ("公示日期", 27), ("更正日期", 27))
    return Sheet(f"{task.task_name}结果公示", (*columns, *more), numbered(rows), PUBLISHED_NOTE)


def _public_row(desk: Desk, check: InspectionCheck, certificates: bool) -> tuple[str | None, ...]:
    people = "、".join(mask_name(name) for name in (check.inspectors or "").split("、"))
    mended = rectifications_of(desk, [check.id]).get(check.id, [])
    return (
        check.unit_name,
        check.uscc,
        _shown(desk, check, "items"),
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


@report("检查结果汇总表", on=(InspectionTask,), personal=InspectionCheck.__tablename__)
def task_summary(desk: Desk, task: InspectionTask) -> Sheet:
    """Every check of a task with people and certificates in full; for the office, not for publication."""
    checks = checks_of(desk, task)
    mended = rectifications_of(desk, [one.id for one in checks])
    rows = [_summary_row(one, mended.get(one.id, [])) for one in checks]
    columns = (NUMBER, ("被检查单位", 40), ("统一社会信用代码", 52), ("经营地址", 36), ("检查人员和证号", 44))
    more = (("检查日期", 33), ("检查结果", 30), ("存在问题", 44), ("处理措施", 22), ("整改期限", 33))
    last = (("整改结果", 22), ("公示期限", 33), ("公示日期", 33), ("公示渠道", 30))
    note = "内部使用，含执法人员姓名和证号；对外请用“检查结果公示表”"
    return Sheet(f"{task.task_name}检查结果汇总表", (*columns, *more, *last), numbered(rows), note)


def _summary_row(check: InspectionCheck, mended: Sequence[Rectification]) -> tuple[str | None, ...]:
    return (
        check.unit_name,
        check.uscc,
        check.premises,
        f"{check.inspectors}（{check.cert_nos}）" if check.inspectors else "",
        str(check.ended_at.date()) if check.ended_at else check.status.label,
        check.result_code.label if check.result_code else "",
        check.problems,
        check.disposal.label if check.disposal else "",
        "；".join(str(one.due_on) for one in mended),
        "；".join(one.status.label for one in mended),
        str(check.publish_due or ""),
        str(check.published_on or ""),
        check.publish_channel,
    )


@report("抽取名单和排除理由", on=(InspectionTask,))
def task_pool(desk: Desk, task: InspectionTask) -> Sheet:
    """Every unit in scope as it stands today: in or out, and why. What was sealed is on the draw."""
    pool = pool_of(desk, task)
    rows: list[Sequence[str | None]] = [
        (
            one.operator.operator_name,
            one.identifier,
            one.operator.risk_grade.label,
            pool.layers[one.stratum].title,
            "可抽",
            "",
        )
        for one in pool.entries
    ]
    rows += [(one.operator_name, one.uscc, one.risk_grade.label, "", "排除", why) for one, why in pool.excluded]
    columns = (NUMBER, ("单位", 60), ("代码", 42), ("风险等级", 20), ("分层", 34), ("情况", 16), ("理由", 66))
    note = "；".join(f"{one.title}：{one.rule}，{one.size} 户里抽 {one.wanted} 户" for one in pool.layers)
    return Sheet(f"{task.task_name}名单", columns, numbered(rows), note)


@report("检查人员名单", on=(InspectionTask,), personal="staff")
def task_inspectors(desk: Desk, task: InspectionTask) -> Sheet:
    """Who may inspect in this task, and who may not and why."""
    roster = roster_of(desk, task, items_of(desk, task.items))
    rows: list[Sequence[str | None]] = [
        (one.name, one.department, one.enforcement_cert_no, str(one.cert_valid_to or ""), "可派", "")
        for one in roster.fit
    ]
    rows += [
        (one.name, one.department, one.enforcement_cert_no, str(one.cert_valid_to or ""), "不派", bar.said)
        for one, bar in roster.unfit
    ]
    columns = (NUMBER, ("姓名", 24), ("科室", 36), ("执法证号", 36), ("有效期至", 26), ("情况", 16), ("理由", 90))
    joint = f"{task.joint_kind.label}" if task.joint_kind is JointKind.JOINT else ""
    return Sheet(f"{task.task_name}检查人员", columns, numbered(rows), joint)
