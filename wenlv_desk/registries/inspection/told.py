"""What the papers of a check and of a draw say, as plain texts: values of placeholders (范本), and the sealed documents."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import select

from wenlv_desk.registries.inspection.assigning import findings_of
from wenlv_desk.registries.inspection.check import CheckFinding, InspectionCheck, Replacement
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.drawing import commitment_kept
from wenlv_desk.registries.inspection.inspectors import team_keys
from wenlv_desk.registries.inspection.item import InspectionItem
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.vocabulary import DrawKind, PointConclusion, ReplacementKind
from wenlv_desk.registries.settings.reading import office_told
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.standards.consistent_sampler import shown
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.store.desk import Desk

Value = str | Sequence[str]
PLACEHOLDERS = (
    "单位名称",
    "法定代表人",
    "经营场所",
    "检查编号",
    "任务名称",
    "任务编号",
    "审批文号",
    "检查事项",
    "检查依据",
    "检查要点",
    "检查期间",
    "选定方式",
    "检查人员",
    "检查人员和证号",
    "文号",
    "窗口地址",
    "窗口电话",
    "本单位",
    "经办人",
    "日期",
)


def check_placeholders(desk: Desk, ids: Sequence[int]) -> dict[str, Value]:
    """The values for the check named; 文号 is the paper's own and comes with it."""
    check = desk.get(InspectionCheck, ids[0])
    task = desk.get(InspectionTask, check.task_id)
    items = items_by_code(desk, check.items or ())
    said = office_told(desk)
    return {
        **{name: said[name] for name in ("本单位", "窗口地址", "窗口电话")},
        "单位名称": check.unit_name,
        "法定代表人": check.legal_representative or "",
        "经营场所": check.premises or "",
        "检查编号": check.check_no,
        "任务名称": task.task_name,
        "任务编号": task.task_no or "",
        "审批文号": check.approval_no or "",
        "检查事项": "、".join(one.item_name for one in items),
        "检查依据": "；".join(dict.fromkeys(one.legal_basis.rstrip("。；") for one in items)),
        "检查要点": [one.text for one in findings_of(desk, check)],
        "检查期间": f"{show_date_cn(check.window_from)}至{show_date_cn(check.window_to)}",
        "选定方式": "随机抽取" if check.draw_kind is DrawKind.RANDOM else "依法确定",
        "检查人员": check.inspectors or "",
        "检查人员和证号": "、".join(_people(check)),
        "日期": show_date_cn(desk.today),
        "经办人": desk.clerk.name,
    }


def _people(check: InspectionCheck) -> Iterator[str]:
    """Who inspects with which certificate, as it was when they were sent."""
    if check.inspectors:
        for name, certificate in zip_longest(check.inspectors.split("、"), (check.cert_nos or "").split("、")):
            yield f"{name}（执法证号 {certificate or '未登记'}）"


def items_by_code(desk: Desk, codes: Sequence[str]) -> list[InspectionItem]:
    """The items as they stand now, also those that are retired, in the order of the codes."""
    found = desk.session.scalars(select(InspectionItem).where(InspectionItem.item_code.in_(codes)))
    return sorted(found, key=lambda one: codes.index(one.item_code))


@dataclass(frozen=True)
class CheckTold:
    """A check with its findings, for the form that is filled in or was."""

    values: dict[str, Value]
    when: str  # 2026年11月23日8时00分至8时40分, empty before the check
    findings: tuple[tuple[int, str, str, str, str], ...]  # position, text, basis, conclusion, note


def check_told(desk: Desk, ids: Sequence[int]) -> CheckTold:
    """Everything the record of a check prints."""
    check = desk.get(InspectionCheck, ids[0])
    return CheckTold(check_placeholders(desk, ids), _when(check), tuple(map(_finding, findings_of(desk, check))))


def _when(check: InspectionCheck) -> str:
    start, end = check.started_at, check.ended_at
    if start is None or end is None:
        return ""
    last = "" if end.date() == start.date() else show_date_cn(end.date())
    return f"{show_date_cn(start.date())}{_clock(start)}至{last}{_clock(end)}"


def _clock(at: datetime) -> str:
    return f"{at.hour}时{at:%M}分"


def _finding(one: CheckFinding) -> tuple[int, str, str, str, str]:
    said = one.conclusion.label if one.conclusion is not PointConclusion.PENDING else ""
    return one.position, one.text, one.basis or "", said, one.note or ""


@dataclass(frozen=True)
class DrawTold:
    """A draw: what was sealed, the inspectors by their full names, what was drawn, and who stands in for whom since."""

    sealed: dict[str, Any]
    people: tuple[str, ...]
    unfit: tuple[str, ...]
    drawn: tuple[tuple[str, ...], ...]  # stratum, rank, name, code, ticket, inspectors: as they were drawn
    replaced: tuple[tuple[str, ...], ...]  # kind, original, stand-in, why, approver


def draw_told(desk: Desk, ids: Sequence[int]) -> DrawTold:
    """Everything the papers of a draw print."""
    draw = desk.get(InspectionDraw, ids[0])
    sealed = commitment_kept(desk, draw)
    names = dict(zip(*_keys_and_names(desk), strict=True))
    return DrawTold(
        sealed,
        tuple(names.get(one["key"], one["name"]) for one in sealed["inspectors"]),
        tuple(f"{names.get(one['key'], one['name'])}（{one['why']}）" for one in sealed["not_inspectors"]),
        tuple(_drawn(desk, draw, names)),
        tuple(_replaced(desk, draw)),
    )


def _keys_and_names(desk: Desk) -> tuple[list[str], list[str]]:
    """Who stands behind the keys of a record that is made public; those who left the register too."""
    staff = list(desk.session.scalars(select(Staff)))
    return team_keys([one.id for one in staff]), [one.name for one in staff]


def _drawn(desk: Desk, draw: InspectionDraw, names: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """The objects in the order of the record; nothing before there is one."""
    if draw.record_sha256 is None:
        return
    record = json.loads(desk.files.get(draw.record_sha256))
    sealed = record["commitment"]
    firms = {one["id"]: one["name"] for one in sealed["pool"]}
    for one in record["result"]["drawn"]:
        yield (
            sealed["strata"][one["stratum"]]["name"],
            str(one["rank"]),
            firms[one["id"]],
            one["id"],
            shown(one["ticket"]),
            "、".join(names.get(key, key) for key in one["team"]),
        )


def _replaced(desk: Desk, draw: InspectionDraw) -> Iterator[tuple[str, ...]]:
    """Who stands in for whom; of an inspector it is said where."""
    found = select(Replacement, InspectionCheck.unit_name).join(
        InspectionCheck, InspectionCheck.id == Replacement.check_id
    )
    mine = found.where(InspectionCheck.draw_id == draw.id, ~Replacement.voided).order_by(Replacement.id)
    for one, firm in desk.session.execute(mine):
        where = f"（{firm}）" if one.kind is ReplacementKind.INSPECTOR else ""
        yield one.kind.label, f"{one.original}{where}", one.stand_in, one.why, one.approver
