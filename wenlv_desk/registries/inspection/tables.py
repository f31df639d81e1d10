"""The tables of random inspection that the office keeps for itself; with them stand the public ones (`public_tables`; domain 4.8)."""

from collections.abc import Sequence

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.reports import NUMBER, Sheet, numbered, report
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.drawing import commitment_kept
from wenlv_desk.registries.inspection.inspectors import roster_of
from wenlv_desk.registries.inspection.listing import items_of
from wenlv_desk.registries.inspection.planning import live_draw
from wenlv_desk.registries.inspection.pool import WHOLE, everybody_of, identifier_of, pool_of, strata_of
from wenlv_desk.registries.inspection.public_tables import (
    checks_of,
    public_items,
    public_plan,
    public_tasks,
    rectifications_of,
    shown,
    task_public,
    upload,
)
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.told import items_by_code
from wenlv_desk.registries.inspection.vocabulary import JointKind
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.store.desk import Desk

__all__ = [  # noqa: RUF022 - in the order of the menu
    "public_items",
    "public_plan",
    "public_tasks",
    "upload",
    "task_summary",
    "task_public",
    "task_pool",
    "task_inspectors",
    "NUMBER",
    "numbered",
]
Row = Sequence[str | None]


@report("检查结果汇总表", on=(InspectionTask,), personal=InspectionCheck.__tablename__)
def task_summary(desk: Desk, task: InspectionTask) -> Sheet:
    """Every check of a task with people and certificates in full; for the office, not for publication."""
    checks = checks_of(desk, task)
    mended = rectifications_of(desk, [one.id for one in checks])
    methods = "、".join(dict.fromkeys(item.method.label for item in items_by_code(desk, task.items)))
    rows = [_summary_row(desk, one, mended.get(one.id, ()), methods) for one in checks]
    columns = (NUMBER, ("被检查单位", 44), ("统一社会信用代码", 38), ("经营地址", 40), ("抽查事项", 36))
    people = (("检查人员", 28), ("执法证号", 28), ("检查日期", 22), ("检查方式", 20), ("检查结果", 30))
    after = (("存在问题", 50), ("处理措施", 22), ("整改期限", 22), ("整改结果", 24), ("公示日期", 24), ("公示渠道", 32))
    note = "内部使用，含执法人员姓名和证号；对外请用“检查结果公示表”"
    return Sheet(f"{task.task_name}检查结果汇总表", (*columns, *people, *after), numbered(rows), note)


def _summary_row(desk: Desk, check: InspectionCheck, mended: Sequence[Rectification], methods: str) -> Row:
    return (
        check.unit_name,
        check.uscc,
        check.premises,
        shown(desk, check, "items"),
        check.inspectors,
        check.cert_nos,
        str(check.ended_at.date()) if check.ended_at else check.status.label,
        methods,
        check.result_code.label if check.result_code else "",
        check.problems,
        check.disposal.label if check.disposal else "",
        "；".join(str(one.due_on) for one in mended),
        "；".join(one.status.label for one in mended),
        _made_public(check),
        "；".join(part for part in (check.publish_channel, check.publish_url) if part),
    )


def _made_public(check: InspectionCheck) -> str:
    """When a result was made public and what became of that; before it was, by when it must be."""
    if check.published_on is None:
        until = f"期限 {check.publish_due}" if check.publish_due else ""
        return f"{check.withdrawn_on} 撤回；{until}" if check.withdrawn_on else until
    return f"{check.published_on}" + (f"；{check.corrected_on} 更正" if check.corrected_on else "")


@report("抽取名单和排除理由", on=(InspectionTask,))
def task_pool(desk: Desk, task: InspectionTask) -> Sheet:
    """Every unit in scope, in or out and why: as it was sealed, and before that as it stands today."""
    draw = live_draw(desk, task)
    rows, note = _sealed(desk, draw) if draw is not None else _today(desk, task)
    columns = (NUMBER, ("单位", 60), ("代码", 42), ("风险等级", 20), ("分层", 34), ("情况", 16), ("理由", 66))
    return Sheet(f"{task.task_name}名单", columns, numbered(rows), note)


def _sealed(desk: Desk, draw: InspectionDraw) -> tuple[list[Row], str]:
    """What is under the draw's code, whatever became of the firms since."""
    content = commitment_kept(desk, draw)
    titles = [one["name"] for one in content["strata"]]
    rows: list[Row] = [
        (one["name"], one["id"], one["grade"], titles[one["stratum"]], "可抽", "") for one in content["pool"]
    ]
    rows += [(one["name"], one["id"], "", "", "排除", one["why"]) for one in content["excluded"]]
    counts = "；".join(_measure(one["name"], one["rule"], one["size"], one["wanted"]) for one in content["strata"])
    return rows, f"{draw.committed_at:%Y-%m-%d %H:%M} 封存，封存码 {draw.code}。{counts}"


def _today(desk: Desk, task: InspectionTask) -> tuple[list[Row], str]:
    """What would be sealed now; where nothing can be, the note says why."""
    pool = everybody_of(desk, task)
    titles = [one.title for one in strata_of(desk, task)] or [WHOLE]
    rows: list[Row] = [
        (one.operator.operator_name, one.identifier, one.operator.risk_grade.label, titles[one.stratum], "可抽", "")
        for one in pool.entries
    ]
    rows += [
        (one.operator_name, identifier_of(one), one.risk_grade.label, "", "排除", why) for one, why in pool.excluded
    ]
    try:
        layers = pool_of(desk, task).layers
    except UserError as error:
        return rows, error.message
    counts = "；".join(_measure(one.title, one.rule, one.size, one.wanted) for one in layers)
    return rows, f"还没有封存，截至 {desk.today}。{counts}"


def _measure(title: str, rule: str, size: int, wanted: int) -> str:
    return f"{title}：{rule}，{size} 户里抽 {wanted} 户"


@report("检查人员名单", on=(InspectionTask,), personal="staff")
def task_inspectors(desk: Desk, task: InspectionTask) -> Sheet:
    """Who may inspect in this task, and who may not and why."""
    roster = roster_of(desk, task, items_of(desk, task.items))
    judged = [(one, "可派", "") for one in roster.fit] + [(one, "不派", bar.said) for one, bar in roster.unfit]
    rows = [
        (one.name, one.department, one.enforcement_cert_no, str(one.cert_valid_to or ""), how, why)
        for one, how, why in judged
    ]
    columns = (NUMBER, ("姓名", 24), ("科室", 36), ("执法证号", 36), ("有效期至", 26), ("情况", 16), ("理由", 90))
    joint = f"{task.joint_kind.label}：{task.joint_units or ''}" if task.joint_kind is JointKind.JOINT else ""
    return Sheet(f"{task.task_name}检查人员", columns, numbered(rows), joint)
