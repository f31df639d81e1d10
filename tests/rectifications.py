"""Rectifications, patrols and special campaigns for tests, brought into any state by the operations themselves."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tests import inspections
from wenlv_desk.core.choices import Choice
from wenlv_desk.core.operations import Operation
from wenlv_desk.registries.inspection.vocabulary import CheckState
from wenlv_desk.registries.rectification.rectification import Deadline, Recheck, Rectification
from wenlv_desk.registries.rectification.vocabulary import RectificationState
from wenlv_desk.registries.special.records import CampaignState, SelfCheck, SelfCheckState

if TYPE_CHECKING:
    from tests.builders import Maker

ORDER: Mapping[str, Any] = {"problem": "没有进销货清单", "requirement": "补齐近两年的清单", "hazard_kind": "台账制度"}
GOOD: Mapping[str, Any] = {"recheck_by": "林晓", "note": "清单已补齐"}
BAD: Mapping[str, Any] = {"recheck_by": "林晓", "note": "仍缺半年", "due_on": date(2026, 12, 31)}
Step = tuple[str, Mapping[str, Any]]
VERIFIED: Sequence[Step] = (("submit", {"progress": "已补齐"}), ("pass_recheck", GOOD))
PATHS: Mapping[RectificationState, Sequence[Step]] = {
    RectificationState.OPEN: (),
    RectificationState.SUBMITTED: VERIFIED[:1],
    RectificationState.UNQUALIFIED: (("fail_recheck", BAD),),
    RectificationState.VERIFIED: VERIFIED,
    RectificationState.TRANSFERRED: (("transfer", {"transferred_to": "执法大队", "why": "拒不整改"}),),
    RectificationState.CLOSED: (*VERIFIED, ("close_rectification", {})),
}


def rectification(maker: "Maker", **values: Any) -> int:
    """An order after a complaint, to a shop of its own."""
    shop = inspections.shop(maker)
    return int(maker.perform("order_after_complaint", maker.registry("operator"), shop, **(ORDER | values)).value)


def rectification_in(maker: "Maker", state: Choice, **values: Any) -> int:
    assert isinstance(state, RectificationState)
    made = rectification(maker, **values)
    inspections.walk(maker, "rectification", made, PATHS[state])
    return made


def after_check(maker: "Maker") -> int:
    """An order after a random inspection that found something."""
    check = inspections.fresh_check(maker)
    inspections.walk(maker, "inspection_check", check, (("notify", {}), ("record", inspections.BAD)))
    return int(maker.perform("order_after_check", maker.registry("inspection_check"), check, **ORDER).value)


def deadline(maker: "Maker") -> int:
    return _first(maker, Deadline, rectification(maker))


def recheck(maker: "Maker") -> int:
    return _first(maker, Recheck, rectification_in(maker, RectificationState.VERIFIED))


def _first(maker: "Maker", record: type[Deadline] | type[Recheck], one: int) -> int:
    with maker.office.database.read() as session:
        return int(session.scalars(select(record.id).where(record.rectification_id == one)).first() or 0)


def patrol(maker: "Maker", **values: Any) -> int:
    """A visit that found something and reported it."""
    given = {
        "officer": maker.record("staff", status="在岗"),
        "visited_at": datetime(2026, 11, 22, 19, 30),
        "seen": "灭火器过期",
        "result": "一般隐患",
        "action": "上报",
    }
    return int(maker.perform("patrol", maker.registry("operator"), inspections.shop(maker), **(given | values)).value)


def campaign(maker: "Maker", **values: Any) -> int:
    """A special campaign among book shops, not yet begun, with one shop in business."""
    inspections.shop(maker)
    given = {
        "categories": inspections.SHOP,
        "items": None,
        "period_from": date(2026, 11, 1),
        "period_to": date(2026, 12, 31),
        "self_check_due": date(2026, 11, 30),
    }
    return maker.record("special_campaign", **(given | values))


def campaign_in(maker: "Maker", state: Choice) -> int:
    made, registry = campaign(maker), maker.registry("special_campaign")
    if state is not CampaignState.PREPARING:
        maker.perform("open_campaign", registry, made)
    if state is CampaignState.CLOSED:
        maker.perform("close_campaign", registry, made)
    return made


def self_check(maker: "Maker") -> int:
    """The first form of a campaign that was begun."""
    made = campaign_in(maker, CampaignState.OPEN)
    with maker.office.database.read() as session:
        return int(session.scalars(select(SelfCheck.id).where(SelfCheck.campaign_id == made)).first() or 0)


def self_check_in(maker: "Maker", state: Choice) -> int:
    made, registry = self_check(maker), maker.registry("self_check")
    if state in (SelfCheckState.RETURNED, SelfCheckState.CLEARED):
        maker.perform("take_back", registry, made, signer_name="负责人甲")
    if state is SelfCheckState.CLEARED:
        maker.perform("clear", registry, made)
    if state is SelfCheckState.FOLLOWED:
        maker.perform("follow_up", registry, made, task=directed(maker), why="逾期未交")
    return made


def directed(maker: "Maker") -> int:
    return inspections.task(maker, draw_kind="定向（指名检查）")


def arguments_for(maker: "Maker", op: Operation) -> dict[str, Any]:
    """Arguments that the guards tie together."""
    match op.name:
        case "order_after_check" | "order_after_review" | "order_after_patrol" | "order_after_self_check":
            return dict(ORDER)
        case "order_after_complaint":
            return dict(ORDER)
        case "serve":
            return {"receiver": "负责人甲"}
        case "extend" if Rectification in op.on:
            return {"due_on": date(2027, 1, 31)}
        case "fail_recheck":
            return dict(BAD)
        case "reopen_rectification":
            return {"due_on": date(2027, 1, 31)}
        case "patrol":
            return {"visited_at": datetime(2026, 11, 22, 19, 30), "officer": maker.record("staff", status="在岗")}
        case "correct_patrol":
            return {"result": "正常", "action": "无需处理"}
        case "follow_up":
            return {"task": directed(maker)}
    return {}


def operator_for(maker: "Maker", operation: str) -> int | None:
    """An operator for a step that asks for more than a state."""
    return inspections.shop(maker) if operation in ("delist", "patrol", "order_after_complaint") else None


def check_for(maker: "Maker", operation: str) -> int | None:
    """A check for an order: one that found something."""
    if operation != "order_after_check":
        return inspections.check_for(maker, operation)
    made = inspections.check_in(maker, CheckState.NOTIFIED)
    maker.perform("record", maker.registry("inspection_check"), made, **inspections.BAD)
    return made
