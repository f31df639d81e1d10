"""划分建议 at the desk: what would be proposed today, and accepting it, edited or not, in one step."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.grid.answering import Answers, answers_of
from wenlv_desk.registries.grid.loads import load_notes
from wenlv_desk.registries.grid.proposal import Candidate, Place, propose
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.grid.vocabulary import GridKind, GridState
from wenlv_desk.registries.grid.writing import KEEPERS, SCENIC, Approver, Document, From, put_in
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.store.desk import Desk

ARROW = "=>"
PLAN = Text(60_000, block=True)


def unassigned(desk: Desk, answers: Answers, day: date) -> list[Operator]:
    """待分配: firms in business that stand in no grid on a day, or in one without an officer."""
    open_ones = select(Operator).where(~Operator.voided, Operator.operating_status == OperatingStatus.OPEN)
    listed = desk.session.scalars(open_ones.order_by(Operator.township, Operator.id))
    return [one for one in listed if answers.on(one.id, day).officer_id is None]


def proposal_of(desk: Desk, day: date | None = None) -> dict[int, int]:
    """Firm to grid for every firm in business that stands in none."""
    on = day or desk.today
    answers = answers_of(desk)
    firms = [one for one in unassigned(desk, answers, on) if answers.on(one.id, on).grid_id is None]
    candidates = [
        Candidate(
            one.id,
            one.operator_name,
            one.township or "",
            frozenset(one.categories or ()),
            SCENIC in (one.categories or ()),
        )
        for one in firms
    ]
    return propose(_places(desk, answers, on), candidates, int(setting_of(desk, "grid_target")))


def _places(desk: Desk, answers: Answers, day: date) -> list[Place]:
    kinds: dict[int, set[str]] = {}
    counts: dict[int, int] = {}
    standing = answers.firms_on(day)
    for one in desk.session.scalars(select(Operator).where(Operator.id.in_(standing))):
        if not answers.in_business(one.id, day):
            continue
        grid = standing[one.id].grid_id
        assert grid is not None
        kinds.setdefault(grid, set()).update(one.categories or ())
        counts[grid] = counts.get(grid, 0) + 1
    usable = select(Grid).where(~Grid.voided, Grid.status == GridState.ACTIVE)
    return [
        _place(answers, one, day, counts.get(one.id, 0), kinds.get(one.id, set()))
        for one in desk.session.scalars(usable)
    ]


def _place(answers: Answers, grid: Grid, day: date, firms: int, kinds: set[str]) -> Place:
    _, officer = answers.post_on(grid.id, day)
    exclusive = grid.grid_kind is GridKind.EXCLUSIVE
    place = (grid.id, grid.grid_code, exclusive, grid.township or "", firms, frozenset(kinds))
    return Place(*place, officer=officer, vacant=officer is None)


def plan_text(desk: Desk, proposed: Mapping[int, int]) -> str:
    """A proposal as lines that a clerk can edit: `企业 => 网格编号`."""
    codes = {one.id: one.grid_code for one in desk.session.scalars(select(Grid))}
    firms = {one.id: one for one in desk.session.scalars(select(Operator).where(Operator.id.in_(proposed)))}
    return "\n".join(f"{firms[firm].operator_name} {ARROW} {codes[grid]}" for firm, grid in proposed.items())


def as_proposed(desk: Desk, _registry: Registry) -> Mapping[str, str]:
    return {"plan": plan_text(desk, proposal_of(desk))}


@operation("划分建议", subject=Subject.REGISTER, on=(Grid,), by=KEEPERS, suggest=as_proposed)
def divide(
    desk: Desk,
    registry: Registry,  # noqa: ARG001
    *,
    plan: Annotated[
        str, param("划分方案", kind=PLAN, help=f"一行一家：企业名称 {ARROW} 网格编号；可以改网格编号，不要的行删去")
    ],
    valid_from: From = None,
    doc_no: Document = None,
    approved_by: Approver = None,
) -> int:
    """Accept a division: every line puts a firm into a grid from a day on. All of it or nothing."""
    day = valid_from or desk.today
    pairs = [_line(desk, number, line) for number, line in enumerate(plan.splitlines(), 1) if line.strip()]
    if not pairs:
        raise UserError("没有办理：划分方案里一行也没有。所有营业的企业都已在网格里时不必再划分")
    basis = {"change_reason": "划分网格", "doc_no": doc_no, "approved_by": approved_by}
    for firm, grid in pairs:
        put_in(desk, firm, grid, day, **basis)
    desk.notes.append(f"{len(pairs)} 家企业从 {day} 起归入网格")
    desk.notes.extend(
        dict.fromkeys(note for grid in dict.fromkeys(grid for _, grid in pairs) for note in load_notes(desk, grid, day))
    )
    return len(pairs)


def _line(desk: Desk, number: int, line: str) -> tuple[Operator, Grid]:
    name, arrow, code = (part.strip() for part in line.replace("＝＞", ARROW).partition(ARROW))
    if not (name and arrow and code):
        raise UserError(f"没有办理：第 {number} 行“{line.strip()}”写法不对，应为：企业名称 {ARROW} 网格编号")
    grid = desk.session.scalar(select(Grid).where(Grid.grid_code == code, ~Grid.voided))
    if grid is None or grid.status is not GridState.ACTIVE:
        raise UserError(f"没有办理：第 {number} 行的网格“{code}”不在台账里或已撤销，请改成在用的网格编号")
    named = desk.session.scalars(select(Operator).where(Operator.operator_name == name, ~Operator.voided)).all()
    found = [one for one in named if one.operating_status is OperatingStatus.OPEN]
    if len(found) != 1:
        raise UserError(f"没有办理：第 {number} 行的企业“{name}”{_not_one(named, len(found))}")
    return found[0], grid


def _not_one(named: Sequence[Operator], in_business: int) -> str:
    """Why a name in a plan is not one firm in business."""
    if in_business:
        return f"有 {in_business} 家同名，请在那家单位上办“归入网格”"
    if named:
        return f"在经营单位台账里，但现为{named[0].operating_status.label}，请把这一行删去；已重新营业的请先办“经营状态变更”"
    return "不在经营单位台账里，请核对名称，或在那家单位上办“归入网格”"
