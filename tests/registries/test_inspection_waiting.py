"""现在要处理 of random inspection: what waits, in whose name, and what keeps a firm from a favourable decision."""

from datetime import datetime

from tests import inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_inspection_cycle import row
from tests.registries.test_inspection_draw import do
from tests.registries.test_waiting import waiting
from wenlv_desk.core.open_items import OpenItem
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawState

CHECK = "inspection_check"
FROM_CHECK = {"problem": "没有进销货清单", "requirement": "补齐", "hazard_kind": "台账制度"}


def of(maker: Maker, register: str, record_id: int) -> list[tuple[str, str, str, bool]]:
    """Word, tone, what is said and whether it bars, of what this folder says."""
    found: list[OpenItem] = waiting(maker.office, register, record_id)
    mine = (CHECK, "inspection_draw", "inspection_task")
    return [(one.word, one.tone, one.text, one.bars) for one in found if one.register in mine]


def of_firm(maker: Maker, check_id: int) -> list[tuple[str, str, str, bool]]:
    return of(maker, "operator", row(maker, check_id).operator_id)


def test_a_firm_is_told_that_it_is_to_be_inspected_and_nothing_of_the_office_s_own_work(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.NOTIFIED)
    ((word, tone, said, bars),) = of_firm(maker, check)
    assert (word, tone, bars) == ("检查", "amber", False)
    assert said.endswith("已通知，检查期间 2026-11-20 至 2026-12-18")
    do(maker, "record", CHECK, check, **inspections.GOOD)
    assert of_firm(maker, check) == []
    assert [one[:2] for one in of(maker, CHECK, check)] == [("审核", "amber")]


def test_what_was_found_bars_a_firm_until_it_is_settled(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.NOTIFIED)
    do(maker, "record", CHECK, check, **inspections.BAD)
    ((_, tone, said, bars),) = of_firm(maker, check)
    assert (tone, bars) == ("red", True)
    assert said.endswith("发现问题，还没有下达责令整改")
    do(maker, "order_after_check", CHECK, check, **FROM_CHECK)
    assert of_firm(maker, check) == []  # the order itself says what is open
    assert any(one.bars for one in waiting(maker.office, "operator", row(maker, check).operator_id))


def test_a_finding_without_an_order_bars_until_the_check_is_closed(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.NOTIFIED)
    do(maker, "record", CHECK, check, **inspections.BAD | {"disposal": "抄告相关部门"})
    inspections.walk(maker, CHECK, check, (("review", {}), ("publish", {})))
    ((_, tone, said, bars),) = of_firm(maker, check)
    assert (tone, bars) == ("amber", True)
    assert said.endswith("发现问题，已公示，还没有办结")
    do(maker, "close_check", CHECK, check)
    assert of_firm(maker, check) == []


def test_the_lights_turn_as_the_days_pass(maker: Maker, clock: Clock) -> None:
    check = inspections.check_in(maker, CheckState.ASSIGNED)
    seen = {}
    for day in ("2026-11-23", "2026-12-12", "2026-12-18", "2026-12-19"):
        clock.now = datetime.fromisoformat(f"{day} 09:00")
        seen[day] = [(word, tone, said.rpartition("，")[0][-10:]) for word, tone, said, _ in of(maker, CHECK, check)]
    assert seen["2026-11-23"] == []
    assert seen["2026-12-12"] == [("检查", "amber", "12-18，还有 6 天"[-10:])]
    assert [one[:2] for one in seen["2026-12-18"]] == [("检查", "amber")]
    assert [one[:2] for one in seen["2026-12-19"]] == [("逾期", "red")]


def test_publication_is_said_before_it_is_late(maker: Maker, clock: Clock) -> None:
    check = inspections.check_in(maker, CheckState.REVIEWED)
    assert of(maker, CHECK, check) == []
    clock.now = datetime(2026, 12, 17, 9)
    assert [(one[0], one[1], one[2][-6:]) for one in of(maker, CHECK, check)] == [("公示", "amber", "还有 4 天")]
    clock.now = datetime(2026, 12, 23, 9)
    assert [one[:2] for one in of(maker, CHECK, check)] == [("公示", "red")]


def test_what_came_back_says_why(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.REVIEWED)
    do(maker, "return_record", CHECK, check, reason="要点漏填")
    assert of(maker, CHECK, check)[0][2].endswith("审核退回（要点漏填），请更正后再审核")
    inspections.walk(maker, CHECK, check, (("review", {}), ("publish", {})))
    do(maker, "withdraw_publication", CHECK, check, reason="结果有误")
    assert of(maker, CHECK, check)[0][2].endswith("公示已于 2026-11-23 撤回，请更正后重新审核")


def test_a_task_waits_to_be_drawn_and_a_list_for_its_digits(maker: Maker, clock: Clock) -> None:
    made = inspections.task(maker)
    assert [one[2] for one in of(maker, "inspection_task", made)] == ["已审批，还没有封存名单；检查 2026-11-20 开始"]
    draw = do(maker, "commit", "inspection_task", made, **inspections.SEAL)
    clock.now = datetime(2026, 11, 25, 9)
    ((word, tone, said, _),) = of(maker, "inspection_draw", draw)
    assert (word, tone) == ("抽取", "amber")
    assert "2026-11-23 封存，已 2 天，等当场掷骰子，请录入种子" in said
    inspections.walk(maker, "inspection_draw", draw, inspections.OF_DRAW[DrawState.DRAWN])
    assert of(maker, "inspection_draw", draw) == []


def test_who_has_no_inspectors_yet_waits_for_them(maker: Maker) -> None:
    named = inspections.named_check(maker)
    assert ("人员", "amber") in [one[:2] for one in of(maker, CHECK, named)]
