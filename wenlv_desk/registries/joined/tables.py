"""某日情况: who answered for a firm on a day, which pledges held, the last patrol and inspection, what was open."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from wenlv_desk.core.reports import Sheet, report
from wenlv_desk.registries.grid.answering import answers_of
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.grid.tables import Known
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.vocabulary import CheckState
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.patrol.records import Patrol
from wenlv_desk.registries.pledge.planning import OVER
from wenlv_desk.registries.pledge.records import Pledge
from wenlv_desk.registries.pledge.vocabulary import PledgeState
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk

NONE = "（没有登记）"
Line = tuple[str, str, str]


@report("某日情况", on=(Operator,))
def firm_day(desk: Desk, operator: Operator, *, day: date) -> Sheet:
    """One firm's day: the first question after an accident."""
    rows = [
        *_firm(desk, operator, day),
        *_answer(desk, operator, day),
        *_or_none("责任状", list(_pledges(desk, operator, day))),
        *_or_none("最近一次巡查", list(_patrol(desk, operator, day))),
        *_or_none("最近一次检查", list(_inspection(desk, operator, day))),
        *_or_none("当日未办结", list(_open(desk, operator, day))),
    ]
    note = f"按本程序 {desk.today} 所存记录回溯到 {day}；单位资料和责任状按当日登记的内容"
    return Sheet(
        f"{operator.operator_name} {day} 情况",
        (("项目", 32), ("内容", 120), ("原件", 60)),
        tuple(rows),
        note,
        as_of=day,
    )


def _or_none(title: str, lines: Sequence[Line]) -> Sequence[Line]:
    return lines or [(title, NONE, "")]


def _firm(desk: Desk, operator: Operator, day: date) -> Iterator[Line]:
    firm = Known(desk, Operator, day)
    person = firm.shown(operator.id, "person_in_charge") or firm.shown(operator.id, "legal_representative")
    said = (
        firm.shown(operator.id, "categories"),
        firm.shown(operator.id, "address"),
        f"负责人 {person}" if person else "",
    )
    yield "单位", "；".join((firm.shown(operator.id, "operator_name"), *(one for one in said if one))), ""


def _answer(desk: Desk, operator: Operator, day: date) -> Iterator[Line]:
    answers = answers_of(desk, [operator.id])
    one = answers.on(operator.id, day)
    if one.grid_id is None:
        yield "责任人", "当日不在任何网格里", ""
        return
    people, grids = Known(desk, Staff, day), Known(desk, Grid, day)
    spell = answers.spells(operator.id, answers.known_from(operator.id) or day, day)[-1]
    head = people.shown(one.head_id, "name") or "—"
    officer = people.shown(one.officer_id, "name") or "（待安排）"
    said = f"网格员 {officer}，网格长 {head}；网格 {grids.shown(one.grid_id, 'grid_code')} {grids.shown(one.grid_id, 'grid_name')}"
    yield "责任人", f"{said}；自 {spell.first} 起", ""


def _pledges(desk: Desk, operator: Operator, day: date) -> Iterator[Line]:
    rows = Known(desk, Pledge, day).rows(
        lambda row: (
            row["operator_id"] == operator.id
            and row["valid_from"] <= day <= row["valid_to"]
            and row["status"] not in OVER
        )
    )
    for row in rows:
        state = PledgeState[row["status"]].label
        signed = f"，{row['a_signed_on']} 双方签订" if row["a_signed_on"] else ""
        said = f"{row['pledge_no']} {state}{signed}；甲方 {row['a_signatory']}，乙方 {row['b_signatory']}"
        kept = f"扫描件 {row['scan_sha256'][:12]}" if row["scan_sha256"] else "没有扫描件"
        yield "责任状", said, "；".join(one for one in (kept, row["storage"]) if one)


def _last(rows: Sequence[Mapping[str, Any]], name: str, day: date) -> Mapping[str, Any] | None:
    """The last of the rows that happened by a day."""
    done = [row for row in rows if row[name] is not None and row[name].date() <= day]
    return max(done, key=lambda row: row[name], default=None)


def _patrol(desk: Desk, operator: Operator, day: date) -> Iterator[Line]:
    known = Known(desk, Patrol, desk.today)
    row = _last(known.rows(lambda row: row["operator_id"] == operator.id), "visited_at", day)
    if row is not None:
        officer = Known(desk, Staff, day).shown(row["officer_id"], "name")
        result = known.shown(row["id"], "result")
        yield "最近一次巡查", f"{row['visited_at']:%Y-%m-%d %H:%M} {officer}：{result}，{row['seen']}", row["patrol_no"]


def _inspection(desk: Desk, operator: Operator, day: date) -> Iterator[Line]:
    known = Known(desk, InspectionCheck, desk.today)
    stands = (CheckState.REPLACED, CheckState.CANCELLED)
    row = _last(
        known.rows(lambda row: row["operator_id"] == operator.id and row["status"] not in stands), "ended_at", day
    )
    if row is not None:
        result = known.shown(row["id"], "result_code")
        yield "最近一次检查", f"{row['ended_at']:%Y-%m-%d} {row['inspectors'] or ''}：{result}", row["check_no"]


def _open(desk: Desk, operator: Operator, day: date) -> Iterator[Line]:
    known = Known(desk, Rectification, desk.today)
    for row in known.rows(lambda row: row["operator_id"] == operator.id and row["issued_on"] <= day):
        ended = row["done_on"] or row["transferred_on"]
        if ended is None or ended > day:
            late = "，已逾期" if row["due_on"] < day else ""
            first = row["problem"].split("\n", 1)[0]
            yield "当日未办结", f"限期整改：{first}；期限 {row['due_on']}{late}", row["rectification_no"]
    waiting = Known(desk, Pledge, day).rows(
        lambda row: (
            row["operator_id"] == operator.id
            and row["status"] in (PledgeState.ISSUED, PledgeState.SIGNED_B)
            and row["valid_from"] <= day
        )
    )
    for row in waiting:
        yield "当日未办结", f"责任状没有签完：{PledgeState[row['status']].label}", row["pledge_no"]
