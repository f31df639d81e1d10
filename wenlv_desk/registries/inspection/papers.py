"""Papers of random inspection in the order of a task's life; those of a draw and of a check stand in modules of their own."""

from collections.abc import Callable, Sequence

from wenlv_desk.core.papers import paper
from wenlv_desk.core.reports import Report, Sheet
from wenlv_desk.issuing.matter import Matter, Shown
from wenlv_desk.issuing.pages import footer, sheet_paper
from wenlv_desk.registries.inspection.check_papers import check_blank, check_delivery, check_notice, check_record
from wenlv_desk.registries.inspection.draw_papers import draw_confirmation, draw_pool, draw_result
from wenlv_desk.registries.inspection.tables import task_public, task_summary
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.told import items_by_code
from wenlv_desk.registries.inspection.vocabulary import TaskState
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.page import Column, Document, Pair

__all__ = [  # noqa: RUF022 - in the order in which they are issued
    "task_approval",
    "draw_confirmation",
    "draw_pool",
    "draw_result",
    "check_notice",
    "check_blank",
    "check_record",
    "check_delivery",
    "summary_of_task",
    "published_of_task",
]
DRAWN = (
    TaskState.DRAWN,
    TaskState.IN_PROGRESS,
    TaskState.RESULTS_IN,
    TaskState.REVIEWED,
    TaskState.PUBLISHED,
    TaskState.ARCHIVED,
)
STANDING = (TaskState.PLANNED, TaskState.APPROVED, *DRAWN)


def _bases(desk: Desk, ids: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """The items of a task with the law behind them."""
    items = items_by_code(desk, desk.get(InspectionTask, ids[0]).items)
    return tuple((one.item_code, one.item_name, one.method.label, one.legal_basis) for one in items)


@paper("抽查任务审批表", on=(InspectionTask,), series="批", when=STANDING, data=_bases)
def task_approval(matter: Matter) -> Document:
    """What is to be inspected on what ground, whom, when and how many, for approval before anybody is (国办发〔2024〕54号)."""
    record = matter.record
    columns = [Column("编码", 20), Column("抽查事项", 50), Column("方式", 20), Column("依据", 95)]
    sections = [
        forms.section("任务", forms.pairs(_task_facts(record))),
        forms.section("抽查事项和依据", forms.table(columns, matter.told)),
    ]
    if strata := record.owned["inspection_stratum"]:
        sections.append(
            forms.section("分层", forms.table([Column("分层", 60), Column("抽多少", 125)], map(_layer, strata)))
        )
    if excluded := record.owned["inspection_exclusion"]:
        heads, names = [Column("单位", 70), Column("理由", 115)], ("operator_id", "why")
        rows = [tuple(one[name] for name in names) for one in excluded]
        sections.append(forms.section(f"人工排除（{len(rows)} 户）", forms.table(heads, rows)))
    page = forms.form(
        "抽查任务审批表",
        sections,
        office=matter.office.get("bureau_name", ""),
        number=matter.number,
        date=show_date_cn(matter.today),
        sign=("承办人意见", "审核意见", "审批意见"),
        note="行政检查须经批准后实施；检查的事项须在公布的清单内，同一单位一年内的检查不超过规定的次数。",
        footer=footer(matter, record),
    )
    return forms.document(f"抽查任务审批表 {record.title}", page)


def _task_facts(record: Shown) -> list[Pair | tuple[str, str]]:
    joint = record["joint_kind"] + (f"：{record['joint_units']}" if record["joint_units"] else "")
    return [
        Pair("任务名称", record["task_name"], wide=True),
        ("任务编号", record["task_no"]),
        ("抽查类型", record["draw_kind"]),
        ("检查类别", record["check_kind"]),
        ("组织方式", joint),
        Pair("所属计划", record["plan_id"], wide=True),
        Pair("依据文件", record["basis"], wide=True),
        Pair("对象类别", record["categories"] or "抽查事项适用的全部类别", wide=True),
        ("检查期间", f"{record['window_from']} 至 {record['window_to']}"),
        ("抽查比例或户数", "按分层" if record.owned["inspection_stratum"] else _measure(record) or "按事项的比例"),
        ("每户检查人数", f"{record['per_object']} 人"),
        ("发起部门", record["lead_unit"]),
    ]


def _measure(record: Shown) -> str:
    ratio, count = record.values["ratio_percent"], record.values["wanted_count"]
    if count is not None:
        return f"{count} 户"
    return f"{ratio.normalize():f}%" if ratio is not None else ""


def _layer(stratum: Shown) -> tuple[str, str]:
    return stratum.title, _measure(stratum)


def _table_of(declared: Report) -> Callable[[Desk, Sequence[int]], Sheet]:
    def data(desk: Desk, ids: Sequence[int]) -> Sheet:
        return declared.function(desk, desk.get(InspectionTask, ids[0]))

    return data


@paper("检查结果汇总表", on=(InspectionTask,), series="表", when=DRAWN, data=_table_of(task_summary))
def summary_of_task(matter: Matter) -> Document:
    """Every check of a task in the columns that are handed in; for the office."""
    return sheet_paper(matter)


@paper("检查结果公示表", on=(InspectionTask,), series="示", when=DRAWN, data=_table_of(task_public))
def published_of_task(matter: Matter) -> Document:
    """What the public is told of a task."""
    return sheet_paper(matter)
