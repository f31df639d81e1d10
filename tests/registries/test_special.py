"""专项整治: forms go out to whom it concerns, come back, are judged, and lead to inspections or orders; nobody late is forgotten."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from tests import inspections, rectifications
from tests.builders import Maker, dump
from tests.conftest import Clock
from tests.registries.test_inspection_draw import do
from tests.registries.test_waiting import waiting
from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.reports import Sheet
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.vocabulary import DirectedCause, DrawKind
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.special.records import CampaignState, SelfCheck, SelfCheckState, SpecialCampaign
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform as through_gate
from wenlv_desk.store.undo import undo

CAMPAIGN, FORM = "special_campaign", "self_check"


def form_of(maker: Maker, one: int) -> SelfCheck:
    with maker.office.database.read() as session:
        return session.get_one(SelfCheck, one)


def forms(maker: Maker, campaign: int) -> list[SelfCheck]:
    with maker.office.database.read() as session:
        mine = select(SelfCheck).where(SelfCheck.campaign_id == campaign).order_by(SelfCheck.id)
        return list(session.scalars(mine))


def table(maker: Maker, name: str, campaign: int) -> Sheet:
    with maker.office.desk(maker.clerk) as desk:
        report = desk.catalogue.reports_on(maker.registry(CAMPAIGN))[name]
        return report.function(desk, desk.get(SpecialCampaign, campaign))


def test_only_firms_in_business_on_the_directory_and_of_the_trade_get_a_form_and_one_undo_takes_all_back(
    maker: Maker,
) -> None:
    campaign = rectifications.campaign(maker)
    inspections.shop(maker, operating_status="歇业")
    do(maker, "delist", "operator", inspections.shop(maker), reason="已搬走")
    inspections.shop(maker, categories="印刷企业")
    do(maker, "void", "operator", inspections.shop(maker), why="重复")
    before = dump(maker.office)
    done = maker.perform("open_campaign", maker.registry(CAMPAIGN), campaign)
    assert (done.value, done.notes) == (1, ("新建自查表 1 张，已有 0 张",))
    undo(maker.office, maker.clerk, done.entry_id)
    assert dump(maker.office) == before


def test_a_campaign_that_concerns_nobody_is_not_begun(maker: Maker) -> None:
    campaign = rectifications.campaign(maker, categories="电影院")
    with pytest.raises(UserError, match="没有营业的单位属于"):
        do(maker, "open_campaign", CAMPAIGN, campaign)


def test_a_campaign_takes_in_who_came_since(maker: Maker) -> None:
    campaign = rectifications.campaign_in(maker, CampaignState.OPEN)
    newcomer = inspections.shop(maker)
    assert do(maker, "add_firms", CAMPAIGN, campaign) == 1
    assert do(maker, "add_firms", CAMPAIGN, campaign) == 0
    assert forms(maker, campaign)[-1].operator_id == newcomer


def test_what_stood_on_the_firm_is_copied_onto_its_form(maker: Maker) -> None:
    made = form_of(maker, rectifications.self_check(maker))
    do(maker, "amend", "operator", made.operator_id, address="搬到别处")
    again = form_of(maker, made.id)
    assert again.premises == made.premises != "搬到别处"
    assert again.due_on == date(2026, 11, 30)


def test_a_form_that_is_late_shows_red_on_the_firm_the_form_and_the_campaign(maker: Maker, clock: Clock) -> None:
    one = form_of(maker, rectifications.self_check(maker))
    where = (("operator", one.operator_id), (FORM, one.id))
    for at, tone, said in (
        (datetime(2026, 11, 30, 9), "amber", "自查表未交，2026-11-30 前交回"),
        (datetime(2026, 12, 1, 9), "red", "2026-11-30 前交回，已逾期"),
    ):
        clock.now = at
        for register, record in where:
            (item,) = waiting(maker.office, register, record)
            assert (item.tone, item.bars, item.text.endswith(said)) == (tone, False, True)
    (summed,) = waiting(maker.office, CAMPAIGN, one.campaign_id)
    assert "自查表逾期未交 1 张" in summed.text
    do(maker, "take_back", FORM, one.id, signer_name="甲")
    (back,) = waiting(maker.office, CAMPAIGN, one.campaign_id)
    assert (back.tone, back.text) == ("amber", "交回待核的自查表 1 张")
    do(maker, "clear", FORM, one.id)
    for register, record in (*where, (CAMPAIGN, one.campaign_id)):
        assert waiting(maker.office, register, record) == []


def test_a_form_is_not_handed_in_before_today_nor_twice(maker: Maker) -> None:
    one = rectifications.self_check(maker)
    with pytest.raises(UserError, match="交回日期 2026-11-24 晚于今天"):
        do(maker, "take_back", FORM, one, signer_name="甲", returned_on=date(2026, 11, 24))
    do(maker, "take_back", FORM, one, signer_name="甲")
    with pytest.raises(UserError, match="现为“已交待核”，不能办“收回自查表”"):
        do(maker, "take_back", FORM, one, signer_name="甲")


def test_what_a_firm_found_itself_is_not_passed_over_in_silence(maker: Maker) -> None:
    one = rectifications.self_check(maker)
    do(maker, "take_back", FORM, one, signer_name="甲", found="灭火器过期")
    with pytest.raises(UserError, match="自查发现了问题，请写核对意见"):
        do(maker, "clear", FORM, one)
    do(maker, "clear", FORM, one, verdict="现场核对，已更换")
    assert form_of(maker, one).status is SelfCheckState.CLEARED


def test_what_was_mended_at_once_can_be_cleared(maker: Maker) -> None:
    one = rectifications.self_check(maker)
    do(maker, "take_back", FORM, one, signer_name="甲", found="灭火器过期", mended="当天已更换")
    do(maker, "clear", FORM, one)


def test_what_a_firm_has_not_mended_is_ordered_and_settles_its_form(maker: Maker) -> None:
    one = rectifications.self_check(maker)
    do(maker, "take_back", FORM, one, signer_name="甲", found="灭火器过期")
    campaign = form_of(maker, one).campaign_id
    with pytest.raises(UserError, match="还有 1 张交回的自查表没有核对"):
        do(maker, "close_campaign", CAMPAIGN, campaign)
    do(maker, "order_after_self_check", FORM, one, **rectifications.ORDER)
    kept = form_of(maker, one)
    assert (kept.status, kept.verdict) == (SelfCheckState.FOLLOWED, "责令整改 ZG-2026-0001")
    (line,) = table(maker, "campaign_rectifications", campaign).rows
    assert line[1] == "ZG-2026-0001"
    do(maker, "close_campaign", CAMPAIGN, campaign, summary="全部整改")
    with pytest.raises(UserError, match="已结束，内容不再改动"):
        do(maker, "amend", CAMPAIGN, campaign, remark="x")


def test_who_hands_in_nothing_is_inspected_for_that_reason_in_a_directed_task(maker: Maker) -> None:
    one = rectifications.self_check(maker)
    drawn = inspections.task(maker)
    with pytest.raises(UserError, match="这是随机抽查任务，不能指名"):
        do(maker, "follow_up", FORM, one, task=drawn, why="逾期未交")
    task = rectifications.directed(maker)
    done = maker.perform("follow_up", maker.registry(FORM), one, task=task, why="逾期未交")
    assert any("指派检查人员" in note for note in done.notes)
    kept = form_of(maker, one)
    with maker.office.database.read() as session:
        made = session.get_one(InspectionCheck, kept.check_id or 0)
    assert (made.task_id, made.operator_id) == (task, kept.operator_id)
    assert (made.draw_kind, made.cause, made.why_directed) == (DrawKind.DIRECTED, DirectedCause.CAMPAIGN, "逾期未交")
    with pytest.raises(UserError, match="现为“已转处理”"):
        do(maker, "follow_up", FORM, one, task=task, why="逾期未交")


def test_what_an_inspection_of_the_campaign_ordered_stands_in_its_ledger(maker: Maker) -> None:
    one = rectifications.self_check(maker)
    do(maker, "follow_up", FORM, one, task=rectifications.directed(maker), why="逾期未交")
    check = form_of(maker, one).check_id
    team = {"lead": inspections.inspector(maker), "second": inspections.inspector(maker)}
    steps = (("name_team", team), ("notify", {}), ("record", inspections.BAD))
    inspections.walk(maker, "inspection_check", check or 0, steps)
    order = do(maker, "order_after_check", "inspection_check", check, **rectifications.ORDER)
    with maker.office.database.read() as session:
        number = session.get_one(Rectification, order).rectification_no
    rows = table(maker, "campaign_rectifications", form_of(maker, one).campaign_id).rows
    assert [line[1] for line in rows] == [number]


def test_the_tables_count_the_forms_and_give_phones_only_of_who_is_missing(maker: Maker, clock: Clock) -> None:
    campaign = rectifications.campaign(maker)
    inspections.shop(maker)
    do(maker, "open_campaign", CAMPAIGN, campaign)
    first, second = forms(maker, campaign)
    do(maker, "take_back", FORM, first.id, signer_name="甲")
    clock.now = datetime(2026, 12, 1, 9)
    assert table(maker, "self_check_summary", campaign).note == "应交 2 张，已交 1 张，逾期未交 1 张"
    missing = table(maker, "self_check_missing", campaign)
    assert [(line[1], line[4]) for line in missing.rows] == [(second.unit_name, second.contact_phone)]
    assert maker.office.catalogue.reports_on(maker.registry(CAMPAIGN))["self_check_missing"].personal == FORM


def test_two_campaigns_keep_to_themselves_and_merging_firms_with_a_form_in_one_is_refused(maker: Maker) -> None:
    first = rectifications.campaign_in(maker, CampaignState.OPEN)
    second = rectifications.campaign(maker)
    do(maker, "open_campaign", CAMPAIGN, second)
    shops = [one.operator_id for one in forms(maker, second)]
    assert (len(forms(maker, first)), len(shops)) == (1, 2)
    before = dump(maker.office)
    with pytest.raises(UserError, match="自查表"):
        do(maker, "merge", "operator", shops[0], other=shops[1])
    assert dump(maker.office) == before


def test_the_counter_takes_forms_back_and_judges_none(maker: Maker) -> None:
    one = rectifications.self_check(maker)
    counter = Clerk("窗口乙", roles=frozenset({Role.CLERK}))
    through_gate(maker.office, counter, "take_back", FORM, one, arguments={"signer_name": "甲"})
    for step, register in (("clear", FORM), ("order_after_self_check", FORM), ("close_campaign", CAMPAIGN)):
        with pytest.raises(UserError, match="没有这项权限"):
            through_gate(maker.office, counter, step, register, one)
