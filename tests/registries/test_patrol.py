"""巡查: a grid officer writes down what was seen and reports it; only who holds a certificate orders, and only inspectors inspect."""

from datetime import datetime
from typing import Any

import pytest

from tests import grids, inspections, rectifications
from tests.builders import Maker, dump
from tests.conftest import Clock
from tests.registries.test_inspection_draw import do
from tests.registries.test_waiting import waiting
from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.registries import catalogue
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.patrol.operations import as_usual
from wenlv_desk.registries.patrol.records import Patrol, PatrolAction, PatrolResult
from wenlv_desk.registries.rectification.vocabulary import Level, Source
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform as through_gate
from wenlv_desk.store.undo import undo

PATROL = "patrol"
OFFICER = Clerk("孙小雨", roles=frozenset({Role.GRID}))
LAW = ("inspection_check", "inspection_task", "inspection_plan", "inspection_item", "inspection_draw", "rectification")
ACTS = [
    (registry.name, op)
    for registry in catalogue().registries.values()
    if registry.name in LAW
    for op in catalogue().operations_on(registry).values()
    if op.on
]


def row(maker: Maker, one: int) -> Patrol:
    with maker.office.database.read() as session:
        return session.get_one(Patrol, one)


def said(maker: Maker, patrol: int) -> list[str]:
    return [item.text for item in waiting(maker.office, "operator", row(maker, patrol).operator_id)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"result": "一般隐患", "action": "无需处理"}, "请选处理：当场整改或上报"),
        ({"result": "重大隐患", "action": "无需处理"}, "请选处理：当场整改或上报"),
        ({"result": "重大隐患", "action": "当场整改"}, "重大隐患必须上报"),
        ({"visited_at": datetime(2026, 11, 24, 9)}, "还没有到"),
        ({"seen": ""}, "必填"),
    ],
)
def test_a_visit_that_does_not_hold_together_is_refused_and_takes_no_number(
    maker: Maker, given: dict[str, Any], why: str
) -> None:
    with pytest.raises(UserError, match=why):
        rectifications.patrol(maker, **given)
    assert row(maker, rectifications.patrol(maker)).patrol_no == "XC-2026-0001"


def test_an_officer_who_is_away_did_not_visit(maker: Maker) -> None:
    with pytest.raises(UserError, match="休假，请核对巡查人员"):
        rectifications.patrol(maker, officer=maker.record("staff", status="休假"))


def test_who_is_off_the_lists_did_not_visit_and_nobody_accompanies_himself(maker: Maker) -> None:
    gone, there = (maker.record("staff", status="在岗") for _ in range(2))
    do(maker, "void", "staff", gone, why="重复")
    for given, why in (
        ({"officer": gone}, "已移出台账，请核对巡查人员"),
        ({"officer": there, "companion": gone}, "已移出台账，请核对同行人员"),
        ({"officer": there, "companion": there}, "同行人员就是巡查人员本人"),
    ):
        with pytest.raises(UserError, match=why):
            rectifications.patrol(maker, **given)


def test_a_visit_of_last_year_is_numbered_in_its_year(maker: Maker, clock: Clock) -> None:
    clock.now = datetime(2027, 1, 4, 9)
    numbers = [
        row(maker, rectifications.patrol(maker, visited_at=at)).patrol_no
        for at in (datetime(2026, 12, 31, 16), datetime(2027, 1, 2, 10), datetime(2026, 12, 30, 16))
    ]
    assert numbers == ["XC-2026-0001", "XC-2027-0001", "XC-2026-0002"]


def test_the_form_begins_with_the_firms_own_officer_on_duty_else_with_whoever_is_there(maker: Maker) -> None:
    away, there = maker.record("staff", status="休假"), maker.record("staff", status="在岗")
    myself = maker.record("staff", name="林晓", status="在岗")
    found = []
    for officer in (there, away, None):
        shop = inspections.shop(maker)
        if officer is not None:
            grids.answering_for(maker, shop, officer)
        with maker.office.desk(maker.clerk) as desk:
            found.append(as_usual(desk, desk.get(Operator, shop))["officer"])
    assert found == [there, myself, myself]


def test_the_form_offers_no_disposal_no_points_and_no_result_of_an_inspection() -> None:
    form = catalogue().operation(catalogue().registry("operator"), PATROL)
    names = {declared.name for declared in form.own_parameters}
    assert not names & {"disposal", "points", "result_code", "legal_basis", "requirement", "due_on", "days"}
    assert {one.label for one in PatrolAction} == {"无需处理", "当场整改", "上报"}


@pytest.mark.parametrize(("register", "op"), ACTS, ids=lambda one: one.name if isinstance(one, Operation) else one)
def test_who_is_only_a_grid_officer_does_no_act_of_inspection(maker: Maker, register: str, op: Operation) -> None:
    with pytest.raises(UserError, match="没有这项权限"):
        through_gate(maker.office, OFFICER, op, register, 1)


def test_what_an_officer_reports_waits_for_who_may_order(maker: Maker) -> None:
    shop, officer = inspections.shop(maker), maker.record("staff", name="孙小雨", status="在岗")
    given = {
        "officer": officer,
        "visited_at": "2026-11-22 19:30",
        "seen": "通道堵塞",
        "result": "重大隐患",
        "action": "上报",
    }
    made = through_gate(maker.office, OFFICER, PATROL, "operator", shop, arguments=given).value
    with pytest.raises(UserError, match="没有这项权限"):
        through_gate(maker.office, OFFICER, "order_after_patrol", PATROL, made, arguments=rectifications.ORDER)
    (item,) = waiting(maker.office, "operator", shop)
    assert (item.tone, item.bars) == ("red", False)
    assert "XC-2026-0001 2026-11-22 巡查上报重大隐患，还没有处理" in item.text
    op = maker.office.catalogue.operation(maker.registry(PATROL), "order_after_patrol")
    with maker.office.desk(maker.clerk) as desk:
        assert op.suggest is not None
        assert op.suggest(desk, row(maker, made)) == {"problem": "通道堵塞", "level": Level.MAJOR}
        assert op.due is not None
        assert op.due(desk, row(maker, made))
    order = do(maker, "order_after_patrol", PATROL, made, **rectifications.ORDER)
    with maker.office.database.read() as session:
        assert session.get_one(maker.registry("rectification").record, order).source is Source.PATROL  # type: ignore[attr-defined]
    assert not any("还没有处理" in one for one in said(maker, made))
    do(maker, "withdraw_order", "rectification", order, reason="下达给了别的单位")
    assert any("还没有处理" in one for one in said(maker, made))


def test_a_visit_on_which_all_was_well_leads_to_no_order(maker: Maker) -> None:
    made = rectifications.patrol(maker, result="正常", action="无需处理")
    with pytest.raises(UserError, match="这次巡查结果正常，没有要整改的"):
        do(maker, "order_after_patrol", PATROL, made, **rectifications.ORDER)
    assert said(maker, made) == []


def test_a_mistake_is_mended_with_a_reason_and_what_stood_there_is_kept(maker: Maker) -> None:
    made = rectifications.patrol(maker)
    before = dump(maker.office)
    given = {"seen": "灭火器已更换", "result": "正常", "action": "无需处理"}
    with pytest.raises(UserError, match="必填"):
        do(maker, "correct_patrol", PATROL, made, **given)
    with pytest.raises(UserError, match="重大隐患必须上报"):
        do(maker, "correct_patrol", PATROL, made, **(given | {"result": "重大隐患", "action": "当场整改"}), reason="x")
    done = maker.perform("correct_patrol", maker.registry(PATROL), made, **given, reason="记错单位的情况")
    assert (row(maker, made).result, row(maker, made).seen) == (PatrolResult.FINE, "灭火器已更换")
    assert said(maker, made) == []
    undo(maker.office, maker.clerk, done.entry_id)
    assert dump(maker.office) == before


def test_a_visit_written_down_wrongly_leaves_the_lists_and_keeps_its_number(maker: Maker) -> None:
    made = rectifications.patrol(maker)
    order = do(maker, "order_after_patrol", PATROL, made, **rectifications.ORDER)
    with pytest.raises(UserError, match="已据此下达整改 ZG-2026-0001，请先撤回"):
        do(maker, "void_patrol", PATROL, made, reason="记到了别的单位")
    do(maker, "withdraw_order", "rectification", order, reason="巡查记错单位")
    do(maker, "void_patrol", PATROL, made, reason="记到了别的单位")
    assert said(maker, made) == []
    with pytest.raises(UserError, match="已移出台账"):
        do(maker, "correct_patrol", PATROL, made, seen="x", result="正常", action="无需处理", reason="x")
    assert row(maker, rectifications.patrol(maker)).patrol_no == "XC-2026-0002"
