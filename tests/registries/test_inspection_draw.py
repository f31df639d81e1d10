"""抽取: sealed before there is a seed, drawn once, recomputed by anyone; what goes wrong is said and costs nothing."""

import json
import random
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from tests import grids, inspections
from tests.builders import Maker, dump
from tests.conftest import Clock
from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.inspection import proof
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.drawing import files_of
from wenlv_desk.registries.inspection.rehearsing import rehearse
from wenlv_desk.registries.inspection.verifying import record_in, verify
from wenlv_desk.registries.inspection.vocabulary import DrawState, TaskState
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform as through_gate
from wenlv_desk.store.office import Office
from wenlv_desk.store.undo import undo

DRAW, TASK = "inspection_draw", "inspection_task"


def do(maker: Maker, operation: str, register: str, record_id: int | None = None, **given: Any) -> Any:
    return maker.perform(operation, maker.registry(register), record_id, **given).value


def draw_row(maker: Maker, draw_id: int) -> InspectionDraw:
    with maker.office.database.read() as session:
        return session.get_one(InspectionDraw, draw_id)


def sealed(maker: Maker, draw_id: int) -> dict[str, Any]:
    row = draw_row(maker, draw_id)
    content: dict[str, Any] = json.loads(maker.office.files.get(row.commitment_sha256))
    return content


def files(maker: Maker, draw_id: int) -> dict[str, str]:
    with maker.office.desk(maker.clerk) as desk:
        found = files_of(desk, desk.get(InspectionDraw, draw_id))
        return {name.rsplit(".", 1)[1]: content.decode("utf-8") for name, content in found}


def test_three_acts_lead_to_checks_with_teams_and_a_record_that_anyone_can_check(maker: Maker) -> None:
    made = inspections.draw(maker, shops=10, wanted_count=4, inspectors=4)
    before = draw_row(maker, made)
    assert (before.status, before.pool_size, before.wanted, before.seed_digits) == (DrawState.COMMITTED, 10, 4, None)
    inspections.walk(maker, DRAW, made, inspections.OF_DRAW[DrawState.DRAWN])
    row, kept = draw_row(maker, made), files(maker, made)
    assert (row.status, row.drawn_count, row.code) == (DrawState.DRAWN, 4, before.code)
    with maker.office.database.read() as session:
        checks = session.scalars(select(InspectionCheck).where(InspectionCheck.draw_id == made)).all()
        assert [one.rank for one in checks] == [1, 2, 3, 4]
        assert sorted(one.ticket or "" for one in checks) == [one.ticket for one in checks]
        assert all(len((one.team_ids or "").split(",")) == 2 for one in checks)
    record = record_in(kept["html"])
    assert verify(record, before.code).findings == ()
    assert record == next(content for name, content in _jsons(maker, made) if "记录" in name)
    assert check(maker.office) == []


def _jsons(maker: Maker, draw_id: int) -> list[tuple[str, str]]:
    with maker.office.desk(maker.clerk) as desk:
        found = list(files_of(desk, desk.get(InspectionDraw, draw_id)))
    return [(name, content.decode("utf-8")) for name, content in found if name.endswith(".json")]


def test_nothing_personal_is_in_what_is_made_public(maker: Maker) -> None:
    maker.record("staff", name="欧阳单海", roles="执法人员", domains="出版印刷", is_expert=False)
    shop = inspections.shop(maker, legal_representative="仇小满", phone="13812348000")
    person = inspections.inspector(maker, name="覃志远")
    maker.record("recusal", staff_id=person, operator_id=shop, cause="近亲属", note="表兄", since=None, until=None)
    made = inspections.draw(maker, DrawState.DRAWN)
    for text_ in files(maker, made).values():
        for word in ("覃志远", "欧阳单海", "仇小满", "13812348000", "近亲属", "表兄", "执法证号", "苏若溪"):
            assert word not in text_, word
        assert "覃**" in text_


def test_the_draw_does_not_depend_on_the_order_of_the_list_and_one_more_shop_changes_one_place(maker: Maker) -> None:
    made = inspections.draw(maker, shops=12, wanted_count=5)
    content = sealed(maker, made)
    first = [one["id"] for one in proof.carry_out(content, inspections.DICE)["drawn"]]
    random.Random(1).shuffle(content["pool"])
    assert [one["id"] for one in proof.carry_out(content, inspections.DICE)["drawn"]] == first
    content["pool"].append({**content["pool"][0], "id": "ANOTHER", "name": "新开的店"})
    content["strata"][0]["size"] += 1
    again = [one["id"] for one in proof.carry_out(content, inspections.DICE)["drawn"]]
    assert len(set(first) - set(again)) <= 1


def test_a_sealed_list_stands_whatever_becomes_of_the_register(maker: Maker) -> None:
    made = inspections.draw(maker, shops=5, wanted_count=2)
    inspections.shop(maker)
    before = sealed(maker, made)
    inspections.walk(maker, DRAW, made, inspections.OF_DRAW[DrawState.DRAWN])
    assert sealed(maker, made) == before
    assert draw_row(maker, made).pool_size == 5


def test_strata_have_a_measure_each_and_a_shop_belongs_to_the_first_it_fits(maker: Maker) -> None:
    for grade in "ABBBCCDD":
        inspections.shop(maker, risk_grade=grade)
    task = inspections.task(maker, approved=False, shops=0, wanted_count=None, ratio_percent=None)
    maker.record(
        "inspection_stratum",
        task_id=task,
        position=1,
        title="高风险",
        categories=None,
        grades="C、D",
        ratio_percent=100,
    )
    maker.record(
        "inspection_stratum", task_id=task, position=2, title="其他", categories=None, grades=None, ratio_percent=10
    )
    do(maker, "approve_task", TASK, task)
    made = do(maker, "commit", TASK, task, **inspections.SEAL)
    layers = sealed(maker, made)["strata"]
    assert [(one["name"], one["size"], one["wanted"]) for one in layers] == [("高风险", 4, 4), ("其他", 4, 1)]


def test_who_is_left_out_is_sealed_with_the_reason(maker: Maker) -> None:
    shop = inspections.shop(maker, operator_name="人工排除的店")
    inspections.shop(maker, operator_name="歇业的店", operating_status="歇业")
    inspections.shop(maker, operator_name="移出的店", delisted_on=date(2026, 1, 1))
    inspections.shop(maker, operator_name="以后才纳入的店", listed_on=date(2027, 1, 1))
    task = inspections.task(maker)
    maker.record("inspection_exclusion", task_id=task, operator_id=shop, why="正在联合检查")
    made = do(maker, "commit", TASK, task, **inspections.SEAL)
    excluded = {one["name"]: one["why"] for one in sealed(maker, made)["excluded"]}
    assert excluded == {
        "人工排除的店": "人工排除：正在联合检查",
        "歇业的店": "经营状态为歇业",
        "移出的店": "2026-01-01 移出名录",
        "以后才纳入的店": "2027-01-01 才纳入名录",
    }
    with pytest.raises(UserError, match="抽取名单已封存，不能再排除"):
        maker.record("inspection_exclusion", task_id=task, operator_id=inspections.shop(maker), why="临时")


def test_the_yearly_cap_and_the_cooling_time_leave_out_who_was_drawn_before(maker: Maker) -> None:
    first = inspections.check_in(maker, inspections.CheckState.CHECKED, shops=3)
    with maker.office.database.read() as session:
        drawn = session.get_one(InspectionCheck, first)
    settings = maker.registry("bureau_settings")
    maker.write(settings, 1, checks_per_year=1)
    codes = ",".join(drawn.items or ())
    task = inspections.task(maker, shops=2, items=codes)
    made = do(maker, "commit", TASK, task, **inspections.SEAL)
    excluded = {one["name"]: one["why"] for one in sealed(maker, made)["excluded"]}
    assert excluded == {drawn.unit_name: "2026 年已安排检查 1 次，达到每户上限 1 次"}
    maker.write(settings, 1, checks_per_year=9)
    do(maker, "abandon", DRAW, made, **inspections.GIVEN_UP)
    again = inspections.task(maker, shops=0, items=codes, cooldown_months=6)
    made = do(maker, "commit", TASK, again, **inspections.SEAL)
    (why,) = [one["why"] for one in sealed(maker, made)["excluded"]]
    assert "未满 6 个月" in why


@pytest.mark.parametrize(
    ("values", "shops", "said"),
    [
        ({"wanted_count": 9}, 3, "要抽 9 户，只有 3 户可抽，请把户数改到 3 以内"),
        ({}, 0, "里没有可抽的单位"),
    ],
)
def test_more_than_there_are_and_nobody_at_all_are_refused(
    maker: Maker, values: dict[str, Any], shops: int, said: str
) -> None:
    task = inspections.task(maker, shops=shops, **values)
    before = dump(maker.office)
    with pytest.raises(UserError, match=said):
        do(maker, "commit", TASK, task, **inspections.SEAL)
    assert dump(maker.office) == before


def test_two_shops_with_one_code_cannot_be_told_apart_and_are_named(maker: Maker) -> None:
    task = inspections.task(maker, shops=2)
    twin = inspections.shop(maker, operator_name="同码的店")
    with maker.office.database.read() as session:
        code = session.scalar(select(maker.registry("operator").record.uscc).limit(1))  # type: ignore[attr-defined]
    maker.write(maker.registry("operator"), twin, uscc=code)
    with pytest.raises(UserError, match=r"“同码的店”的代码都是 .*“合并”|和“.*”的代码都是 .*“合并”"):
        do(maker, "commit", TASK, task, **inspections.SEAL)


@pytest.mark.parametrize(
    ("person", "said", "remedy"),
    [
        (
            {"cert_valid_to": date(2026, 12, 1)},
            "执法证 2026-12-01 到期，早于检查截止日 2026-12-18",
            "换发或补登执法证有效期",
        ),
        ({"domains": "旅游"}, "执法领域不含出版印刷", "补登执法领域"),
        ({"is_expert": True}, "是外聘专家", "增派持证人员"),
        ({"status": "借调"}, "借调", "更正在岗状态"),
        ({"cert_valid_to": None}, "没有登记执法证有效期", "换发或补登"),
    ],
)
def test_too_few_inspectors_are_said_before_the_seal_with_the_rule_and_the_nearest_way_out(
    maker: Maker, person: dict[str, Any], said: str, remedy: str
) -> None:
    task = inspections.task(maker, inspectors=1)
    inspections.inspector(maker, name="仇文博", **person)
    with pytest.raises(UserError) as refused:
        do(maker, "commit", TASK, task, **inspections.SEAL)
    assert "要派 2 人，只有 1 人可派" in refused.value.message
    assert said in refused.value.message
    assert remedy in refused.value.message


def test_recusal_absence_and_the_own_grid_officer_bar_and_are_named(maker: Maker) -> None:
    task = inspections.task(maker, inspectors=1, shops=1, wanted_count=1)
    shop = inspections.shop(maker, operator_name="网格里的店")
    officer = inspections.inspector(maker, name="覃志远")
    grids.answering_for(maker, shop, officer)
    with pytest.raises(UserError, match="覃志远是这家单位的网格员。最近的办法：在“设置”里关掉“网格员回避"):
        do(maker, "commit", TASK, task, **inspections.SEAL)
    other = inspections.inspector(maker, name="单海燕")
    maker.record("recusal", staff_id=other, operator_id=shop, cause="近亲属", since=None, until=None)
    with pytest.raises(UserError, match="单海燕回避（近亲属）"):
        do(maker, "commit", TASK, task, **inspections.SEAL)
    third = inspections.inspector(maker, name="翟明轩")
    maker.record("absence", staff_id=third, kind="休假", away_from=date(2026, 12, 1), away_to=date(2026, 12, 5))
    with pytest.raises(UserError, match="翟明轩休假 2026-12-01 至 2026-12-05"):
        do(maker, "commit", TASK, task, **inspections.SEAL)
    inspections.inspector(maker, name="缪思远")
    made = do(maker, "commit", TASK, task, **inspections.SEAL)
    entry = next(one for one in sealed(maker, made)["pool"] if one["name"] == "网格里的店")
    assert entry["barred"] == sorted([f"R{officer}", f"R{other}"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"again": "16234515263412635413"}, "第 20 位第一遍是 2，第二遍是 3"),
        ({"again": "1623451526341263541"}, "种子只有 19 位"),
        ({"digits": "06234515263412635412", "again": "06234515263412635412"}, "第 1 位“0”不对：当场掷骰子"),
        (
            {"digits": "１６２３４５１５２６３４１２６３５４１２", "again": "1,6 2-3 4 5 1 5 2 6 3 4 1 2 6 3 5 4 1 2"},
            "",
        ),
        ({"digits": "x" * 20, "again": "x" * 20}, "第 1 位“x”不对"),
        ({"digits": "1" * 300, "again": "1" * 300}, "最多 200 位"),
        ({"witnesses": ""}, "必填"),
    ],
)
def test_a_seed_typed_wrongly_is_refused_at_its_place(maker: Maker, given: dict[str, Any], said: str) -> None:
    made = inspections.draw(maker)
    if not said:
        assert do(maker, "seed", DRAW, made, **{**inspections.SEEDS, **given}) == inspections.DICE
        return
    with pytest.raises(UserError, match=said):
        do(maker, "seed", DRAW, made, **{**inspections.SEEDS, **given})
    assert draw_row(maker, made).status is DrawState.COMMITTED


def test_two_clerks_who_seed_one_task_are_told_who_was_first(maker: Maker, office: Office) -> None:
    made = inspections.draw(maker)
    version = draw_row(maker, made).version
    through_gate(office, Clerk("单海燕"), "seed", DRAW, made, arguments=inspections.SEEDS, expected_version=version)
    other = {**inspections.SEEDS, "digits": "6" * 20, "again": "6" * 20}
    with pytest.raises(UserError, match=r"单海燕.*已办“录入种子"):
        through_gate(office, Clerk("林晓"), "seed", DRAW, made, arguments=other, expected_version=version)
    with pytest.raises(UserError, match=r"现为“已录种子”.*不能办"):
        through_gate(office, Clerk("林晓"), "seed", DRAW, made, arguments=other)
    assert draw_row(maker, made).seed_digits == inspections.DICE


def test_a_clock_set_back_is_found(maker: Maker, clock: Clock) -> None:
    made = inspections.draw(maker)
    clock.now -= timedelta(hours=1)
    with pytest.raises(UserError, match="早于封存时间"):
        do(maker, "seed", DRAW, made, **inspections.SEEDS)
    clock.now += timedelta(hours=2)
    do(maker, "seed", DRAW, made, **inspections.SEEDS)
    clock.now -= timedelta(minutes=30)
    with pytest.raises(UserError, match="早于录种子的时间"):
        do(maker, "run", DRAW, made)


def test_what_was_given_up_stays_and_the_next_draw_tells_of_it(maker: Maker) -> None:
    task = inspections.task(maker)
    first = do(maker, "commit", TASK, task, **inspections.SEAL)
    with pytest.raises(UserError, match="一个任务同时只有一次抽取"):
        do(maker, "commit", TASK, task, **inspections.SEAL)
    do(maker, "abandon", DRAW, first, why="漏列一家", approver="苏若溪")
    second = do(maker, "commit", TASK, task, **inspections.SEAL)
    inspections.walk(maker, DRAW, second, inspections.OF_DRAW[DrawState.DRAWN])
    do(maker, "abandon", DRAW, second, why="骰子掉到地上", approver="苏若溪")
    third = do(maker, "commit", TASK, task, **inspections.SEAL)
    earlier = sealed(maker, third)["earlier"]
    assert [(one["attempt"], one["state"], one["why"]) for one in earlier] == [
        (1, "已放弃", "漏列一家"),
        (2, "已放弃", "骰子掉到地上"),
    ]
    inspections.walk(maker, DRAW, third, inspections.OF_DRAW[DrawState.DRAWN])
    with maker.office.database.read() as session:
        assert session.get_one(maker.registry(TASK).record, task).draws == 3  # type: ignore[attr-defined]
    assert len({draw_row(maker, one).seed_prefix for one in (first, second, third)}) == 3


def test_a_draw_cannot_be_undone_nor_given_up_once_somebody_was_told(maker: Maker, clerk: Clerk) -> None:
    made = inspections.draw(maker)
    for operation, given in inspections.OF_DRAW[DrawState.DRAWN]:
        entry = maker.perform(operation, maker.registry(DRAW), made, **given).entry_id
        with pytest.raises(UserError, match="不能撤销"):
            undo(maker.office, clerk, entry)
    do(maker, "notify", "inspection_check", inspections.checks_of(maker, made)[0])
    with pytest.raises(UserError, match="已经通知或检查，不能放弃"):
        do(maker, "abandon", DRAW, made, **inspections.GIVEN_UP)


def test_a_program_that_ended_between_seed_and_draw_draws_the_same(maker: Maker, office: Office, clock: Clock) -> None:
    made = inspections.draw(maker, DrawState.SEEDED, shops=9, wanted_count=4)
    expected = proof.carry_out(sealed(maker, made), inspections.DICE)
    office.close()
    again = open_desk(office.folder, clock=clock)
    through_gate(again, Clerk("仇文博"), "run", DRAW, made)
    with again.database.read() as session:
        drawn = session.scalars(select(InspectionCheck).where(InspectionCheck.draw_id == made)).all()
        assert [one.ticket for one in drawn] == [one["ticket"] for one in expected["drawn"]]
    again.close()


def test_a_list_changed_behind_the_programs_back_is_found_and_not_drawn_from(maker: Maker) -> None:
    made = inspections.draw(maker, DrawState.SEEDED)
    row = draw_row(maker, made)
    path = maker.office.files.path(row.commitment_sha256)
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"wanted":2', b'"wanted":3'))
    with pytest.raises(UserError, match="内容与登记时不一致"):
        do(maker, "run", DRAW, made)
    assert any("附件" in problem or "文件" in problem for problem in check(maker.office))
    path.write_bytes(content)
    with maker.office.database.write() as session:
        session.execute(text("UPDATE inspection_draw SET code = '0000-0000-0000-0000'"))
    with pytest.raises(UserError, match="与封存文件不一致"):
        do(maker, "run", DRAW, made)
    assert any("inspection_draw" in problem or "抽取" in problem for problem in check(maker.office))


def test_a_shop_that_closed_between_seal_and_draw_is_drawn_and_pointed_out(maker: Maker) -> None:
    made = inspections.draw(maker, DrawState.SEEDED, shops=2, wanted_count=2)
    with maker.office.database.read() as session:
        shop = session.scalars(select(maker.registry("operator").record.id)).first()  # type: ignore[attr-defined]
    given = {"operating_status": "注销", "changed_on": date(2026, 11, 23), "reason": "不干了"}
    do(maker, "change_status", "operator", shop, **given)
    done = maker.perform("run", maker.registry(DRAW), made)
    assert any("现在不在营业，请在它的检查上办“替换对象”" in note for note in done.notes)


def test_a_rehearsal_writes_nothing_and_has_tickets_of_its_own(maker: Maker) -> None:
    task = inspections.task(maker, shops=8, wanted_count=3)
    before = dump(maker.office)
    with maker.office.desk(maker.clerk) as desk:
        trials = [rehearse(desk, task, random.Random(n)) for n in range(5)]
    assert dump(maker.office) == before
    made = do(maker, "commit", TASK, task, **inspections.SEAL)
    inspections.walk(maker, DRAW, made, inspections.OF_DRAW[DrawState.DRAWN])
    with maker.office.database.read() as session:
        real = set(session.scalars(select(InspectionCheck.ticket)))
    assert all(len(one.drawn) == 3 for one in trials)
    assert len({one.drawn for one in trials}) > 1
    assert not real.intersection(line.ticket for one in trials for line in one.drawn)


def test_items_must_be_published_and_a_random_task_stand_in_the_plan(maker: Maker) -> None:
    unpublished = inspections.item(maker, published=False)
    task = inspections.task(maker, approved=False, items=inspections.item_code(maker, unpublished), plan_id=None)
    with pytest.raises(UserError) as refused:
        do(maker, "approve_task", TASK, task)
    assert "还没有公布（清单之外无检查）" in refused.value.message
    assert "随机抽查须列入年度计划" in refused.value.message


def test_an_approved_task_stands_until_it_is_sent_back(maker: Maker) -> None:
    task = inspections.task(maker)
    with pytest.raises(UserError, match="已审批，内容不再改动"):
        do(maker, "amend", TASK, task, wanted_count=9)
    do(maker, "send_back_task", TASK, task, reason="户数有误")
    do(maker, "amend", TASK, task, wanted_count=3)
    made = do(maker, "approve_task", TASK, task)
    assert made is None
    do(maker, "commit", TASK, task, **inspections.SEAL)
    with pytest.raises(UserError, match="请先办它的“放弃抽取”"):
        do(maker, "send_back_task", TASK, task, reason="再改")


def test_grid_officers_and_administrators_neither_draw_nor_inspect(maker: Maker, office: Office) -> None:
    task = inspections.task(maker)
    for role in (Role.GRID, Role.ADMIN, Role.CLERK, Role.AUDITOR):
        someone = Clerk("某人", roles=frozenset({role}))
        for operation, register in (("commit", TASK), ("seed", DRAW), ("run", DRAW), ("record", "inspection_check")):
            with pytest.raises(UserError, match="没有这项权限"):
                through_gate(office, someone, operation, register, task)


def test_a_task_that_is_cancelled_keeps_its_number_and_its_draws(maker: Maker) -> None:
    made = inspections.draw(maker, DrawState.DRAWN)
    task = draw_row(maker, made).task_id
    do(maker, "cancel_task", TASK, task, reason="专项优先")
    with maker.office.database.read() as session:
        row = session.get_one(maker.registry(TASK).record, task)
        assert (row.status, row.task_no) == (TaskState.CANCELLED, "抽查〔2026〕1号")  # type: ignore[attr-defined]
