"""Random inspections for tests: a small bureau with a published item, inspectors and shops; tasks, draws and checks brought into any
state by the operations themselves."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.operations import Operation
from wenlv_desk.registries.inspection.check import CheckFinding, InspectionCheck, Publication, Replacement
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.item import ItemVersion
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawState, ItemState, PlanState, TaskState

if TYPE_CHECKING:
    from tests.builders import Maker

FROM, TO = date(2026, 11, 20), date(2026, 12, 18)
DICE = "16234515263412635412"
SEAL = {"source": "当场掷骰子", "source_said": "二十枚骰子，由纪检组当场掷"}
SEEDS = {"digits": DICE, "again": DICE, "witnesses": "苏若溪、林晓"}
GIVEN_UP = {"why": "名单有误", "approver": "苏若溪"}
GOOD: Mapping[str, Any] = {
    "started_at": datetime(2026, 11, 23, 8, 0),
    "ended_at": datetime(2026, 11, 23, 8, 40),
    "points": "全部合格",
    "result_code": "1",
    "sign_state": "签字",
    "signer_name": "负责人甲",
}
BAD: Mapping[str, Any] = {
    **GOOD,
    "points": "1 不合格：没有张挂许可证；其余合格",
    "result_code": "8",
    "disposal": "责令改正",
}
Step = tuple[str, Mapping[str, Any]]
NOTIFIED: Sequence[Step] = (("notify", {}),)
CHECKED: Sequence[Step] = (*NOTIFIED, ("record", GOOD))
REVIEWED: Sequence[Step] = (*CHECKED, ("review", {}))
PUBLISHED: Sequence[Step] = (*REVIEWED, ("publish", {}))
OF_CHECK: Mapping[CheckState, Sequence[Step]] = {
    CheckState.ASSIGNED: (),
    CheckState.NOTIFIED: NOTIFIED,
    CheckState.CHECKED: CHECKED,
    CheckState.REVIEWED: REVIEWED,
    CheckState.PUBLISHED: PUBLISHED,
    CheckState.CLOSED: (*PUBLISHED, ("close_check", {})),
    CheckState.REPLACED: (("replace_object", {"why": "已停业", "approver": "苏若溪"}),),
    CheckState.CANCELLED: (("cancel_check", {"why": "任务调整", "approver": "苏若溪"}),),
}
OF_DRAW: Mapping[DrawState, Sequence[Step]] = {
    DrawState.COMMITTED: (),
    DrawState.SEEDED: (("seed", SEEDS),),
    DrawState.DRAWN: (("seed", SEEDS), ("run", {})),
    DrawState.ABANDONED: (("abandon", GIVEN_UP),),
}
SHOP = "出版物零售"


def bureau(maker: "Maker") -> None:
    """Settings under which one person may do all of it, as most tests here are about something else; made once."""
    with maker.office.desk(maker.clerk) as desk:
        there = bool(desk.session.scalars(select(maker.registry("bureau_settings").record.id)).first())
    if not there:
        usual = dict.fromkeys(("draw_published_only", "notice_required", "spare_grid_officer", "recheck_by_two"), True)
        given = {"document_code": None, "separate_publisher": False, "checks_per_year": 50, "publish_within_days": 20}
        maker.record("bureau_settings", **usual, **given, draw_cooldown_months=None)


def item(maker: "Maker", *, published: bool = True, **values: Any) -> int:
    """An item about book shops with two check points."""
    given = {"applies_to": SHOP, "ratio_percent": 10, "domain": "出版印刷", "max_per_year": None} | values
    made = maker.record("inspection_item", **given)
    for position, text in enumerate(("张挂许可证", "进销货清单"), 1):
        maker.record("check_point", item_id=made, position=position, text=f"{text}{made}", applies="全部")
    if published:
        maker.perform("publish_item", maker.registry("inspection_item"), made)
    return made


def item_code(maker: "Maker", item_id: int) -> str:
    with maker.office.database.read() as session:
        return str(session.get_one(maker.registry("inspection_item").record, item_id).item_code)  # type: ignore[attr-defined]


def shop(maker: "Maker", **values: Any) -> int:
    """A book shop in business."""
    given = {"categories": SHOP, "operating_status": "营业", "delisted_on": None}
    return maker.record("operator", **(given | values))


def inspector(maker: "Maker", **values: Any) -> int:
    """Somebody with a valid certificate for the press."""
    given = {"roles": "执法人员", "domains": "出版印刷、文化市场", "status": "在岗", "is_expert": False}
    return maker.record("staff", **(given | values))


def task(maker: "Maker", *, approved: bool = True, shops: int = 4, inspectors: int = 3, **values: Any) -> int:
    """A task over book shops, approved with its plan and its item."""
    bureau(maker)
    for _ in range(shops):
        shop(maker)
    for _ in range(inspectors):
        inspector(maker)
    plan = maker.record("inspection_plan")
    maker.perform("approve_plan", maker.registry("inspection_plan"), plan)
    maker.serial += 1
    given = {
        "task_name": f"出版物市场随机抽查{maker.serial}",
        "plan_id": plan,
        "items": item_code(maker, item(maker)) if "items" not in values else None,
        "categories": None,
        "window_from": FROM,
        "window_to": TO,
        "ratio_percent": None,
        "wanted_count": 2,
        "per_object": 2,
        "cooldown_months": None,
        "draw_kind": "不定向（随机抽取）",
    }
    made = int(maker.perform("create", maker.registry("inspection_task"), **(given | values)).value)
    if approved:
        maker.perform("approve_task", maker.registry("inspection_task"), made)
    return made


def draw(maker: "Maker", state: Choice = DrawState.COMMITTED, **values: Any) -> int:
    """A draw of a task of its own, brought into a state; `values` are the task's."""
    assert isinstance(state, DrawState)
    made = int(maker.perform("commit", maker.registry("inspection_task"), task(maker, **values), **SEAL).value)
    walk(maker, "inspection_draw", made, OF_DRAW[state])
    return made


def walk(maker: "Maker", register: str, record_id: int, steps: Sequence[Step]) -> None:
    """Do these steps to a record."""
    for operation, given in steps:
        maker.perform(operation, maker.registry(register), record_id, **given)


def checks_of(maker: "Maker", draw_id: int) -> list[int]:
    """The checks of a draw, in the order in which they were drawn."""
    with maker.office.database.read() as session:
        mine = select(InspectionCheck.id).where(InspectionCheck.draw_id == draw_id)
        return list(session.scalars(mine.order_by(InspectionCheck.id)))


def fresh_check(maker: "Maker", **values: Any) -> int:
    """The only check of a draw of its own; `values` are the task's."""
    return checks_of(maker, draw(maker, DrawState.DRAWN, **({"wanted_count": 1} | values)))[0]


def check_in(maker: "Maker", state: Choice, **values: Any) -> int:
    """A check in a state, reached by the inspectors' own steps."""
    assert isinstance(state, CheckState)
    made = fresh_check(maker, **values)
    walk(maker, "inspection_check", made, OF_CHECK[state])
    return made


def named_check(maker: "Maker", **values: Any) -> int:
    """A check of a firm that was named, without a team."""
    made = task(maker, draw_kind="定向（指名检查）", **values)
    given = {"operator": shop(maker), "cause": "投诉举报", "why": "反映销售盗版图书"}
    return int(maker.perform("name_operator", maker.registry("inspection_task"), made, **given).value)


def item_in(maker: "Maker", state: Choice) -> int:
    """An item in a state."""
    made = item(maker, published=state is not ItemState.DRAFT)
    if state is ItemState.RETIRED:
        maker.perform("retire", maker.registry("inspection_item"), made, why="合并")
    return made


def plan_in(maker: "Maker", state: Choice) -> int:
    """A plan in a state, without tasks."""
    made = maker.record("inspection_plan")
    if state is not PlanState.DRAFT:
        maker.perform("approve_plan", maker.registry("inspection_plan"), made)
    if state is PlanState.CLOSED:
        maker.perform("close_plan", maker.registry("inspection_plan"), made)
    return made


def task_in(maker: "Maker", state: Choice) -> int:
    """A task in a state: those after the draw are reached by its checks, one of each."""
    assert isinstance(state, TaskState)
    reached = {
        TaskState.DRAWN: CheckState.ASSIGNED,
        TaskState.IN_PROGRESS: CheckState.NOTIFIED,
        TaskState.RESULTS_IN: CheckState.CHECKED,
        TaskState.REVIEWED: CheckState.REVIEWED,
        TaskState.PUBLISHED: CheckState.PUBLISHED,
        TaskState.ARCHIVED: CheckState.PUBLISHED,
    }
    if state in reached:
        check = check_in(maker, reached[state])
        made = task_of(maker, check)
        if state is TaskState.ARCHIVED:
            maker.perform("archive", maker.registry("inspection_task"), made)
        return made
    made = task(maker, approved=state is not TaskState.PLANNED)
    if state is TaskState.CANCELLED:
        maker.perform("cancel_task", maker.registry("inspection_task"), made, reason="计划调整")
    return made


def task_of(maker: "Maker", check_id: int) -> int:
    with maker.office.database.read() as session:
        return session.get_one(InspectionCheck, check_id).task_id


def draw_in(maker: "Maker", state: Choice) -> int:
    return draw(maker, state)


def check_for(maker: "Maker", operation: str) -> int | None:
    """A check for a step that asks for more than a state; None where the state is enough."""
    return named_check(maker) if operation == "name_team" else None


def task_for(maker: "Maker", operation: str) -> int | None:
    """A task for a step that asks for more than a state."""
    return task(maker, draw_kind="定向（指名检查）") if operation == "name_operator" else None


def arguments_for(maker: "Maker", op: Operation, record_id: int | None) -> dict[str, Any]:
    """Arguments that depend on the record at hand."""
    match op.name:
        case "name_team":
            return {"lead": inspector(maker), "second": inspector(maker)}
        case "replace_inspector":
            with maker.office.database.read() as session:
                return {"leaving": session.get_one(InspectionCheck, record_id or 0).lead_id}
        case "grade_risk":
            return {"grade": "C"}
        case "record" | "correct_record":
            return dict(GOOD)
        case "seed":
            return dict(SEEDS)
        case "name_operator":
            return {"operator": shop(maker)}
    return {}


def finding(maker: "Maker") -> int:
    return _first(maker, CheckFinding, fresh_check(maker))


def publication(maker: "Maker") -> int:
    return _first(maker, Publication, check_in(maker, CheckState.PUBLISHED))


def replacement(maker: "Maker") -> int:
    return _first(maker, Replacement, check_in(maker, CheckState.REPLACED))


def _first(maker: "Maker", record: type[CheckFinding] | type[Publication] | type[Replacement], check_id: int) -> int:
    with maker.office.database.read() as session:
        return int(session.scalars(select(record.id).where(record.check_id == check_id)).first() or 0)


def item_version(maker: "Maker") -> int:
    made = item(maker)
    maker.perform("revise", maker.registry("inspection_item"), made, why="比例调整")
    with maker.office.database.read() as session:
        return int(session.scalars(select(ItemVersion.id).where(ItemVersion.item_id == made)).one())


def grading(maker: "Maker") -> int:
    made = shop(maker, risk_grade="A")
    maker.perform("grade_risk", maker.registry("operator"), made, grade="C", why="两次投诉")
    with maker.office.database.read() as session:
        record = maker.registry("risk_grading").record
        return int(session.scalars(select(record.id).where(record.operator_id == made)).one())  # type: ignore[attr-defined]


def draw_of(maker: "Maker", check_id: int) -> InspectionDraw:
    with maker.office.database.read() as session:
        check = session.get_one(InspectionCheck, check_id)
        return session.get_one(InspectionDraw, check.draw_id)
