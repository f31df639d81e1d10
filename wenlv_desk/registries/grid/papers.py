"""Papers of grids: who answered for a firm (责任追溯表), a grid's history, an officer's firms, and the notice of a change."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.papers import paper
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.pages import notice, sheet_paper
from wenlv_desk.registries.grid.answering import answers_of
from wenlv_desk.registries.grid.records import Grid, GridPost
from wenlv_desk.registries.grid.tables import answered_for, grid_history, officer_sheet
from wenlv_desk.registries.grid.vocabulary import GridState
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.settings.reading import office_told
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset.page import Document

CHANGE = (
    "网格名称",
    "网格编号",
    "网格长",
    "网格员",
    "生效日期",
    "调整原因",
    "依据文号",
    "批准人",
    "包保企业",
    "窗口电话",
    "文号",
    "本单位",
    "日期",
)


def _answered(desk: Desk, ids: Sequence[int]) -> Any:
    return answered_for.made(desk, desk.get(Operator, ids[0]))


@paper("责任追溯表", on=(Operator,), series="表", data=_answered)
def answered_for_paper(matter: Matter) -> Document:
    """Who answered for a firm when."""
    return sheet_paper(matter)


def _history(desk: Desk, ids: Sequence[int]) -> Any:
    return grid_history.made(desk, desk.get(Grid, ids[0]))


@paper("网格沿革", on=(Grid,), series="表", data=_history)
def grid_history_paper(matter: Matter) -> Document:
    """Everything that was arranged in a grid."""
    return sheet_paper(matter)


def _mine(desk: Desk, ids: Sequence[int]) -> Any:
    return officer_sheet.made(desk, desk.get(Staff, ids[0]))


@paper("网格员包保清单", on=(Staff,), series="表", data=_mine)
def officer_sheet_paper(matter: Matter) -> Document:
    """An officer's firms, and what is open about them."""
    return sheet_paper(matter)


def _changed(desk: Desk, ids: Sequence[int]) -> dict[str, Any]:
    """The last arrangement of a grid."""
    grid = desk.get(Grid, ids[0])
    last = desk.session.scalars(
        select(GridPost).where(GridPost.grid_id == grid.id).order_by(GridPost.valid_from.desc())
    ).first()
    if last is None:
        raise UserError(f"“{grid.grid_name}”还没有安排人员，请先办“安排人员”，再出通知")
    people = {who: desk.get(Staff, who).name for who in (last.head_id, last.officer_id) if who is not None}
    firms = [desk.get(Operator, one).operator_name for one in answers_of(desk).firms_of(grid.id, last.valid_from)]
    office = office_told(desk)
    return {
        "网格名称": grid.grid_name,
        "网格编号": grid.grid_code,
        "网格长": people.get(last.head_id or 0, "（待安排）"),
        "网格员": people.get(last.officer_id or 0, "（待安排）"),
        "生效日期": show_date_cn(last.valid_from),
        "调整原因": last.change_reason or "工作需要",
        "依据文号": last.doc_no or "",
        "批准人": last.approved_by or "",
        "包保企业": firms or ["（暂无企业）"],
        "窗口电话": office["窗口电话"],
        "本单位": office["本单位"],
        "日期": show_date_cn(desk.today),
    }


@paper(
    "网格调整通知",
    on=(Grid,),
    series="网",
    when=(GridState.ACTIVE,),
    data=_changed,
    wordings=("grid_change",),
    placeholders=CHANGE,
)
def grid_change_notice(matter: Matter) -> Document:
    """Who answers for a grid from when, with its firms."""
    return notice(matter, "grid_change")
