"""The papers of random inspection: one sheet that fixes the list, one that says what was drawn, and a form that fits its sheet."""

from collections.abc import Sequence

import pytest

from tests import inspections
from tests.builders import Maker
from tests.registries.test_inspection_cycle import row
from tests.registries.test_inspection_draw import do
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.issue import preview
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawState
from wenlv_desk.standards.consistent_sampler import shown
from wenlv_desk.typeset.verify import extract_text

CHECK, DRAW, TASK = "inspection_check", "inspection_draw", "inspection_task"
LONG = "店面正在装修，已向本局书面说明，经现场核实属实，年底前不能恢复营业，列入下一次抽查"


def pages(maker: Maker, paper: str, register: str, record_id: int) -> list[str]:
    """The words of every sheet, without blanks."""
    with maker.office.desk(maker.clerk) as desk:
        pdf = preview(desk, maker.office.catalogue.papers[paper], maker.registry(register), [record_id])
    return ["".join(text.split()) for text in extract_text(pdf)]


def sealed(maker: Maker, *, shops: int, reasons: Sequence[str] = ()) -> int:
    """A draw of so many shops, with those left out by hand, after an earlier one that was given up."""
    made = inspections.task(maker, approved=False, shops=shops, inspectors=6, wanted_count=None, ratio_percent=10)
    for place, why in enumerate(reasons):
        firm = inspections.shop(maker, operator_name=f"未抽的书店{place}")
        maker.record("inspection_exclusion", task_id=made, operator_id=firm, why=why)
    do(maker, "approve_task", TASK, made)
    first = int(do(maker, "commit", TASK, made, **inspections.SEAL))
    do(maker, "abandon", DRAW, first, **inspections.GIVEN_UP)
    return int(do(maker, "commit", TASK, made, **inspections.SEAL))


def draw_row(maker: Maker, draw_id: int) -> InspectionDraw:
    with maker.office.database.read() as session:
        return session.get_one(InspectionDraw, draw_id)


def test_the_sheet_that_is_signed_before_the_seed_is_one_sheet(maker: Maker) -> None:
    made = sealed(maker, shops=69, reasons=["正在参加省局联合检查"] * 12)
    (text,) = pages(maker, "draw_confirmation", DRAW, made)
    draw = draw_row(maker, made)
    for said in (
        draw.code,
        draw.commitment_sha256,
        "第2次抽取",
        "名单有误",
        "排除的单位和理由（12户）",
        "未抽的书店11",
    ):
        assert said in text
    for place, reason in enumerate(["正在参加省局联合检查"] * 12):
        assert f"{place + 1}未抽的书店{place}" in text
        assert f"人工排除：{reason}" in text
    assert [word for word in ("封存人", "监督人", "见证人") if word not in text] == []


@pytest.mark.parametrize(("many", "why"), [(13, "停业"), (12, LONG)])
def test_what_is_too_much_for_the_sheet_follows_on_another(maker: Maker, many: int, why: str) -> None:
    first, *rest = pages(maker, "draw_confirmation", DRAW, sealed(maker, shops=8, reasons=[why] * many))
    assert f"排除共{many}户，逐户理由见附表" in first
    assert "见证人" in first
    assert "未抽的书店0" not in first
    listed = "".join(rest)
    assert listed.count(why) == many
    assert "排除的单位和理由（附表）" in listed
    assert "见证人" not in listed


def test_the_annex_lists_everybody_in_and_out(maker: Maker) -> None:
    made = sealed(maker, shops=30, reasons=["停业"] * 3)
    listed = pages(maker, "draw_pool", DRAW, made)
    assert len(listed) == 2
    assert all("序号单位代码" in text for text in listed)
    assert "可抽30户，排除3户" in listed[0]
    assert "".join(listed).count("人工排除：停业") == 3


def test_the_result_says_what_was_drawn_and_who_stands_in_since(maker: Maker) -> None:
    made = inspections.draw(maker, DrawState.DRAWN, wanted_count=2, shops=6, inspectors=4)
    first, second = (row(maker, one) for one in inspections.checks_of(maker, made))
    assert first.inspectors is not None
    do(maker, "replace_inspector", CHECK, first.id, leaving=first.lead_id, why="病假", approver="苏若溪")
    do(maker, "replace_object", CHECK, second.id, why="已停业", approver="苏若溪")
    (text,) = pages(maker, "draw_result", DRAW, made)
    for one in (first, second):
        assert one.ticket is not None
        drawn = f"{one.unit_name}{one.uscc}{shown(one.ticket)}"
        assert f"{one.rank}{drawn}" in text
    assert first.inspectors in text  # as it was drawn
    leaving = first.inspectors.partition("、")[0]
    assert f"检查人员{leaving}（{first.unit_name}）" in text
    assert f"检查对象{second.unit_name}" in text
    assert inspections.DICE in text
    assert [word for word in ("抽取人", "监督人", "见证人") if word not in text] == []


@pytest.mark.parametrize(("points", "sheets"), [(2, 1), (11, 1), (13, 1), (30, 2)])
def test_the_form_that_is_taken_along_fits_one_sheet_where_it_can(maker: Maker, points: int, sheets: int) -> None:
    item = inspections.item(maker, published=False)
    for position in range(3, points + 1):
        maker.record("check_point", item_id=item, position=position, text=f"要点{position}", applies="全部")
    do(maker, "publish_item", "inspection_item", item)
    check = inspections.fresh_check(maker, items=inspections.item_code(maker, item))
    found = pages(maker, "check_blank", CHECK, check)
    assert len(found) == sheets
    assert "".join(found).count("□合格") == points
    assert "被检查单位负责人" in found[-1]


def test_a_record_says_what_was_found_and_who_witnessed_a_refusal(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.NOTIFIED)
    given = {**inspections.BAD, "sign_state": "拒签", "signer_name": None, "sign_note": "负责人拒签，社区李某见证"}
    do(maker, "record", CHECK, check, **given)
    (text,) = pages(maker, "check_record", CHECK, check)
    kept = row(maker, check)
    for said in ("2026年11月23日8时00分至8时40分", "没有张挂许可证", "责令改正", "负责人拒签，社区李某见证"):
        assert said in text
    assert kept.inspectors is not None
    assert kept.cert_nos is not None
    for name, certificate in zip(kept.inspectors.split("、"), kept.cert_nos.split("、"), strict=True):
        assert f"{name}（执法证号{certificate}）" in text


def test_a_record_names_the_certificates_that_were_shown(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.CHECKED)
    before = row(maker, check)
    maker.write(maker.registry("staff"), before.lead_id or 0, enforcement_cert_no="换发后的证号", name="改过的姓名")
    (text,) = pages(maker, "check_record", CHECK, check)
    assert "换发后的证号" not in text
    assert (before.cert_nos or "").partition("、")[0] in text


def test_the_notice_says_what_a_firm_may_ask_for(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.NOTIFIED)
    text = "".join(pages(maker, "check_notice", CHECK, check))
    for said in ("经随机抽取列为检查对象", "2026年11月20日至2026年12月18日", "有权拒绝检查", "申请其回避", "签收人"):
        assert said in text
    named = inspections.named_check(maker)
    people = {"lead": inspections.inspector(maker), "second": inspections.inspector(maker)}
    do(maker, "name_team", CHECK, named, **people)
    do(maker, "notify", CHECK, named)
    told = "".join(pages(maker, "check_notice", CHECK, named))
    assert "经依法确定列为检查对象" in told
    assert "投诉" not in told
    assert "盗版" not in told


def test_what_was_delivered_is_listed_with_room_for_a_number_that_is_not_there_yet(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.NOTIFIED)
    (text,) = pages(maker, "check_delivery", CHECK, check)
    assert "检查通知书1" in text
    assert "（无）" not in text


def test_approval_shows_items_with_their_ground_and_who_is_left_out(maker: Maker) -> None:
    made = inspections.task(maker, approved=False)
    maker.record("inspection_stratum", task_id=made, position=1, title="城区书店", ratio_percent=20, wanted_count=None)
    left_out = inspections.shop(maker, operator_name="望海书社")
    maker.record("inspection_exclusion", task_id=made, operator_id=left_out, why="正在装修")
    (text,) = pages(maker, "task_approval", TASK, made)
    for said in ("抽查依据", "城区书店20%", "按分层", "望海书社正在装修", "审批意见"):
        assert said in text
    do(maker, "cancel_task", TASK, made, reason="计划调整")
    with pytest.raises(UserError, match="不能出具“抽查任务审批表”"):
        pages(maker, "task_approval", TASK, made)


def test_the_public_sheet_names_neither_people_nor_who_printed_it(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.PUBLISHED)
    kept, task = row(maker, check), inspections.task_of(maker, check)
    (public,) = pages(maker, "published_of_task", TASK, task)
    (own,) = pages(maker, "summary_of_task", TASK, task)
    names = [*(kept.inspectors or "").split("、"), *(kept.cert_nos or "").split("、")]
    assert kept.unit_name in public
    assert [name for name in (*names, maker.clerk.name) if name in public] == []
    assert [name for name in (*names, maker.clerk.name) if name not in own] == []


def test_the_file_of_a_firm_tells_of_its_checks_without_repeating_the_firm(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.CHECKED)
    kept: InspectionCheck = row(maker, check)
    text = "".join(pages(maker, "operator_card", "operator", kept.operator_id))
    assert f"检查{kept.check_no}" in text
    assert "未发现问题" in text
    assert text.count(kept.uscc or "?") == 1
    assert kept.ticket is not None
    assert kept.ticket not in text
