"""Pledges drawn up, given out, signed, signed again, assessed, counted; what they say is frozen."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from tests import grids, inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_grid_operations import settings, sheet
from tests.registries.test_waiting import waiting
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.pledge.changes import to_sign_again
from wenlv_desk.registries.pledge.coverage import duties_on, rate
from wenlv_desk.registries.pledge.period import period_of
from wenlv_desk.registries.pledge.planning import plan_batch
from wenlv_desk.registries.pledge.printing import print_batch
from wenlv_desk.registries.pledge.records import Pledge, PledgeBatch, PledgeKind
from wenlv_desk.registries.pledge.saying import read_again
from wenlv_desk.registries.pledge.vocabulary import BatchState, PledgeState
from wenlv_desk.registries.staff.records import StaffStatus
from wenlv_desk.standards.page_code import read
from wenlv_desk.store.check import check
from wenlv_desk.store.undo import undo
from wenlv_desk.typeset.verify import opened

KIND, BATCH, ONE = "pledge_kind", "pledge_batch", "pledge"


def do(maker: Maker, verb: str, register: str, record_id: int | None, /, **given: object) -> object:
    return maker.perform(verb, maker.registry(register), record_id, **given)


def pledges(maker: Maker) -> list[Pledge]:
    with maker.office.database.read() as session:
        return list(session.scalars(select(Pledge).order_by(Pledge.id)))


def one(maker: Maker, made: int) -> Pledge:
    with maker.office.database.read() as session:
        return session.get_one(Pledge, made)


def scenic(maker: Maker, name: str, grid: int | None, **values: object) -> int:
    made = inspections.shop(maker, operator_name=name, **values)
    maker.write(maker.registry("operator"), made, categories=("A_SCENIC",))
    if grid is not None:
        grids.put(maker, made, grid)
    return made


def forest(maker: Maker) -> int:
    given = {"parties": "分管领导与景区", "wording": "pledge_forest_fire", "season_from": "11-01", "season_to": "05-31"}
    return grids.kind(maker, kind_name="护林防火责任状", prefix="HLFH", **given)


def test_a_season_runs_over_the_end_of_the_year() -> None:
    assert period_of("11-01", "05-31", 2026) == (date(2026, 11, 1), date(2027, 5, 31))
    assert period_of(None, None, 2026) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({}, "防火期为11月1日至次年5月31日，其中高火险期为3月1日至4月30日"),
        (
            {"high_risk_from": "12-15", "high_risk_to": "02-28"},
            "防火期为11月1日至次年5月31日，其中高火险期为12月15日至次年2月28日",
        ),
    ],
)
def test_a_pledge_says_the_seasons_of_the_bureaus_settings(maker: Maker, own: dict[str, str], said: str) -> None:
    settings(maker, **({"high_risk_from": None, "high_risk_to": None} | own))
    scenic(maker, "青屿山景区", grids.grid(maker, grid_kind="专属网格"))
    made = maker.perform("draw_up", maker.registry(KIND), forest(maker), year=2026).value
    do(maker, "issue_batch", BATCH, int(made))
    assert said in str(pledges(maker)[0].text)


def test_the_kinds_that_come_with_the_program_are_taken_once(maker: Maker) -> None:
    do(maker, "take_kinds", KIND, None)
    with maker.office.database.read() as session:
        kinds = session.scalars(select(PledgeKind)).all()
    assert [one.prefix for one in kinds] == ["HLFH", "AQSC", "XFAQ", "YSXT", "DFLZ", "ZRZ"]
    with pytest.raises(UserError, match="都已在台账里"):
        do(maker, "take_kinds", KIND, None)


def test_a_batch_is_who_should_sign_with_who_has_one_and_who_cannot(maker: Maker) -> None:
    place = grids.grid(maker, grid_kind="专属网格", grid_code="WG-01")
    scenic(maker, "青屿山景区", place)
    scenic(maker, "无负责人景区", place, person_in_charge=None, legal_representative=None)
    scenic(maker, "没有网格的景区", None)
    inspections.shop(maker)  # no scenic area
    kind = forest(maker)
    done = maker.perform("draw_up", maker.registry(KIND), kind, year=2026)
    (made,) = pledges(maker)
    assert (made.pledge_no, made.party_b, made.grid_code) == ("HLFH-2026-0001", "青屿山景区", "WG-01")
    assert (made.valid_from, made.valid_to) == (date(2026, 11, 1), date(2027, 5, 31))
    assert done.notes[0] == "拟定 1 份；已有 0 份；不能签 2 个"
    assert "无负责人景区（台账里没有负责人" in done.notes[1]
    assert "没有网格的景区（还没有归入网格" in done.notes[1]
    preview = sheet(maker, KIND, "batch_preview", kind)
    assert [row[4] for row in preview.rows] == ["已有", "不能签", "不能签"]
    with pytest.raises(UserError, match="没有一个能签"):
        do(maker, "draw_up", KIND, kind, year=2026)


def test_numbers_have_no_gap_and_what_was_drawn_up_in_error_keeps_its_own(maker: Maker) -> None:
    kind = grids.kind(maker, prefix="AQSC")
    for _ in range(3):
        grids.firm(maker)
    done = maker.perform("draw_up", maker.registry(KIND), kind, year=2026)
    with pytest.raises(UserError, match="不能撤销"):
        undo(maker.office, maker.clerk, done.entry_id)
    made = done.value
    do(maker, "terminate", ONE, pledges(maker)[0].id, reason="拟错作废")
    do(maker, "add_to_batch", BATCH, int(made))
    assert [row.pledge_no for row in pledges(maker)] == [f"AQSC-2026-{n:04d}" for n in range(1, 5)]


def test_what_is_given_out_is_frozen_and_a_changed_wording_changes_nothing_of_it(maker: Maker) -> None:
    made = grids.pledge_in(maker, PledgeState.ISSUED)
    before = one(maker, made)
    assert before.text is not None
    assert before.pages is not None
    assert before.party_b in before.text
    assert read_again(before.text).party_b == before.party_b
    with maker.office.database.read() as session:
        wording = session.execute(select(maker.registry("paper_wording").record)).scalars()
        mine = next(row for row in wording if row.code == before.wording)  # type: ignore[attr-defined]
        text, own = str(mine.text), mine.id  # type: ignore[attr-defined]
    do(maker, "reword", "paper_wording", own, text=text.replace("一、责任目标", "一、本年度责任目标"))
    after = one(maker, made)
    assert (after.text, after.digest, after.edition) == (before.text, before.digest, before.edition)
    grids.firm(maker)
    do(maker, "add_to_batch", BATCH, before.batch_id)
    later = pledges(maker)[-1]
    do(maker, "issue_one", ONE, later.id)
    assert "本年度责任目标" in str(one(maker, later.id).text)
    assert one(maker, later.id).edition != before.edition


def test_a_kind_whose_wording_is_not_there_is_refused_and_nothing_is_given_out(maker: Maker) -> None:
    made = grids.batch(maker, wording="pledge_nowhere")
    with pytest.raises(UserError, match="没有范本“pledge_nowhere”"):
        do(maker, "issue_batch", BATCH, made)
    assert {row.status for row in pledges(maker)} == {PledgeState.DRAFT}


def test_a_pledge_is_in_force_when_both_have_signed_with_date_and_scan(maker: Maker) -> None:
    made = grids.pledge_in(maker, PledgeState.ISSUED)
    days = {"b_signed_on": date(2026, 11, 23), "a_signed_on": date(2026, 11, 23)}
    with pytest.raises(UserError, match="还没有签字扫描件"):
        do(maker, "sign_both", ONE, made, **days)
    with pytest.raises(UserError, match="2026-11-24 还没有到"):
        do(maker, "sign_both", ONE, made, **(days | {"a_signed_on": date(2026, 11, 24)}), path=str(maker.file()))
    with pytest.raises(UserError, match="2025-11-20 早于下发日期"):
        do(maker, "sign_both", ONE, made, **(days | {"b_signed_on": date(2025, 11, 20)}), path=str(maker.file()))
    do(maker, "sign_both", ONE, made, **days, path=str(maker.file()))
    assert one(maker, made).scan_sha256


def test_changes_that_ask_for_a_new_signature_are_named_and_lead_to_one(maker: Maker, clock: Clock) -> None:
    place = grids.grid(maker, grid_kind="专属网格")
    firm = scenic(maker, "青屿山景区", place, person_in_charge="单某", legal_representative="仇某")
    made = maker.perform("draw_up", maker.registry(KIND), forest(maker), year=2026)
    do(maker, "issue_batch", BATCH, int(made.value))
    (old,) = pledges(maker)
    grids.sign(maker, old.id)
    clock.now = datetime(2026, 12, 10, 9, 0)
    do(maker, "amend", "operator", firm, person_in_charge="翟某")
    head = grids.officer(maker, name="缪思远")
    do(maker, "hand_over", "grid", place, head=head, officer=grids.officer(maker), reason="分工调整")
    with maker.office.desk(maker.clerk) as desk:
        ((found, why),) = to_sign_again(desk)
    assert found.id == old.id
    assert why[0] == "负责人由单某变更为翟某"
    assert why[1].endswith("调整为缪思远")
    assert any("需要重签" in item.text for item in waiting(maker.office, "operator", firm))
    do(maker, "re_sign", ONE, old.id, reason="；".join(why))
    after, new = pledges(maker)
    assert (after.status, after.scan_sha256) == (PledgeState.SUPERSEDED, one(maker, old.id).scan_sha256)
    assert (new.follows_id, new.a_signatory, new.b_signatory) == (old.id, "缪思远", "翟某")
    assert (new.valid_from, new.valid_to) == (date(2026, 12, 10), date(2027, 5, 31))


def test_coverage_is_counted_by_the_rule_as_of_any_day(maker: Maker, clock: Clock) -> None:
    kind = grids.kind(maker)
    first = grids.firm(maker)
    made = int(maker.perform("draw_up", maker.registry(KIND), kind, year=2026).value)
    do(maker, "issue_batch", BATCH, made)
    grids.sign(maker, grids.pledges_of(maker, made)[0])
    clock.now = datetime(2026, 11, 25, 9, 0)
    late = grids.firm(maker, operator_name="新开的店", phone="13812348000")
    with maker.office.desk(maker.clerk) as desk:
        record = desk.get(PledgeKind, kind)
        now = duties_on(desk, record, date(2026, 11, 25))
        before = duties_on(desk, record, date(2026, 11, 23))
    assert [(duty.party[1], duty.signed) for duty in before] == [(first, True)]
    assert {duty.party[1]: duty.signed for duty in now} == {first: True, late: False}
    assert rate(now) == "50.00 %"
    summary = sheet(maker, KIND, "signing_summary", kind)
    assert summary.rows[-1][1:] == ("合计", "", "2", "1", "1", "50.00 %")
    missing = sheet(maker, KIND, "unsigned", kind)
    assert [row[4:9] for row in missing.rows] == [("新开的店", missing.rows[0][5], "13812348000", "", "未拟")]


def test_what_is_not_signed_by_its_day_is_late_at_the_counter(maker: Maker, clock: Clock) -> None:
    firm = grids.firm(maker)
    made = maker.perform(
        "draw_up", maker.registry(KIND), grids.kind(maker), year=2026, sign_by=date(2026, 11, 30)
    ).value
    do(maker, "issue_batch", BATCH, int(made))
    (item,) = (item for item in waiting(maker.office, "operator", firm) if item.word == "未签")
    assert (item.tone, item.text.split("，", 1)[1]) == ("amber", "2026-11-30 前签")
    clock.now = datetime(2026, 12, 3, 9, 0)
    (item,) = (item for item in waiting(maker.office, "operator", firm) if item.word == "未签")
    assert (item.tone, item.text.split("，", 1)[1]) == ("red", "应在 2026-11-30 前签，已过 3 天")


@pytest.mark.parametrize("score", [-1, 101])
def test_a_score_is_between_nought_and_a_hundred(maker: Maker, score: int) -> None:
    made = grids.pledge_in(maker, PledgeState.EFFECTIVE)
    with pytest.raises(UserError, match="不在 0 到 100 之间"):
        do(maker, "assess", ONE, made, score=score, assessment="合格")


def test_a_batch_is_one_file_in_grid_order_with_every_copy_coded(maker: Maker) -> None:
    import zxingcpp

    for code in ("WG-02", "WG-01"):
        grids.firm(maker, grids.grid(maker, grid_code=code))
    made = int(maker.perform("draw_up", maker.registry(KIND), grids.kind(maker), year=2026).value)
    target = maker.folder / "整批.pdf"
    with pytest.raises(UserError, match="没有已下发的责任状"):
        print_batch(maker.office, maker.clerk, made, target)
    do(maker, "issue_batch", BATCH, made)
    written = print_batch(maker.office, maker.clerk, made, target)
    assert written is not None
    by_no = {row.pledge_no: row for row in pledges(maker)}
    order = [row.pledge_no for row in sorted(by_no.values(), key=lambda row: str(row.grid_code))]
    codes = []
    with opened(target.read_bytes()) as document:
        for page in document:
            found = zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())
            codes += sorted({code for barcode in found if (code := read(barcode.text))})
    expected = [
        (number, page, copy) for number in order for copy in (1, 2) for page in range(1, (by_no[number].pages or 0) + 1)
    ]
    assert [(code.number, code.page, code.copy) for code in codes] == expected
    assert all(str(by_no[code.number].digest).startswith(code.digest) for code in codes)
    assert all(code.pages == by_no[code.number].pages for code in codes)


def test_an_officer_signs_with_the_head_of_his_grid_and_nobody_with_himself(maker: Maker) -> None:
    place = grids.grid(maker, posted=False)
    both = grids.officer(maker, name="覃志远")
    do(maker, "appoint", "grid", place, officer=both, head=both, valid_from=grids.EARLY)
    grids.firm(maker, place)
    kind = grids.kind(maker, parties="科室负责人与网格员", wording="pledge_integrity")
    with maker.office.desk(maker.clerk) as desk:
        plan = plan_batch(desk, desk.get(PledgeKind, kind), 2026)
    assert plan.cannot == [("覃志远", "甲乙双方是同一个人")]
    grids.firm(maker)
    made = maker.perform("draw_up", maker.registry(KIND), kind, year=2026).value
    do(maker, "issue_batch", BATCH, int(made))
    (row,) = pledges(maker)
    assert (row.operator_id, row.b_staff_id is not None) == (None, True)
    with maker.office.database.read() as session:
        assert session.get_one(PledgeBatch, int(made)).title.startswith("2026年度")
    assert check(maker.office) == []


def test_nobody_signs_who_has_left(maker: Maker) -> None:
    place = grids.grid(maker, posted=False)
    head = grids.officer(maker, name="领导一")
    do(maker, "appoint", "grid", place, officer=grids.officer(maker), head=head, valid_from=grids.EARLY)
    grids.firm(maker, place)
    maker.write(maker.registry("staff"), head, status=StaffStatus.LEFT)
    kind = grids.kind(maker)
    with pytest.raises(UserError, match="甲方签字人领导一已离岗，请先在网格上办交接"):
        do(maker, "draw_up", KIND, kind, year=2026)
    with pytest.raises(UserError, match="领导一已离岗，不能代表甲方签字"):
        do(maker, "draw_up", KIND, kind, year=2026, signer=head)
    do(maker, "draw_up", KIND, kind, year=2026, signer=grids.officer(maker, name="领导二"))
    assert [row.a_signatory for row in pledges(maker)] == ["领导二"]


def test_where_no_head_is_there_the_chosen_one_signs_for_a_scenic_area(maker: Maker) -> None:
    place = grids.grid(maker, posted=False, grid_kind="专属网格")
    do(maker, "appoint", "grid", place, officer=grids.officer(maker), valid_from=grids.EARLY)
    scenic(maker, "青屿山景区", place)
    do(maker, "draw_up", KIND, forest(maker), year=2026, signer=grids.officer(maker, name="领导二"))
    assert [row.a_signatory for row in pledges(maker)] == ["领导二"]


def test_signing_again_keeps_the_chosen_signer_the_term_and_the_grid(maker: Maker) -> None:
    chosen = grids.officer(maker, name="领导二")
    firm = grids.firm(maker, person_in_charge="单某")
    do(maker, "draw_up", KIND, grids.kind(maker), year=2026, signer=chosen)
    (old,) = pledges(maker)
    term = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 9, 30)}
    do(maker, "revise", ONE, old.id, b_signatory="单某", b_post="现场负责人", **term)
    do(maker, "issue_one", ONE, old.id)
    do(maker, "amend", "operator", firm, person_in_charge=None, legal_representative="仇某")
    do(maker, "re_sign", ONE, old.id, reason="负责人变更")
    new = pledges(maker)[-1]
    assert (new.a_signatory, new.valid_to, new.grid_code) == ("领导二", date(2026, 9, 30), old.grid_code)
    assert (new.b_signatory, new.b_post) == ("仇某", "法定代表人")


def test_an_officer_who_left_or_is_called_otherwise_signs_again_within_his_grid(maker: Maker) -> None:
    place = grids.grid(maker, posted=False)
    officer = grids.officer(maker, name="丙三")
    do(maker, "appoint", "grid", place, officer=officer, head=grids.officer(maker), valid_from=grids.EARLY)
    grids.firm(maker, place)
    kind = grids.kind(maker, parties="科室负责人与网格员", wording="pledge_integrity")
    do(maker, "issue_batch", BATCH, int(maker.perform("draw_up", maker.registry(KIND), kind, year=2026).value))
    (old,) = pledges(maker)
    maker.write(maker.registry("staff"), officer, name="丙叁")
    with maker.office.desk(maker.clerk) as desk:
        assert [why for _, why in to_sign_again(desk)] == [["乙方姓名由“丙三”变更为“丙叁”"]]
    do(maker, "re_sign", ONE, old.id, reason="改名")
    new = pledges(maker)[-1]
    assert (new.party_b, new.grid_code, new.officer_name) == ("丙叁", old.grid_code, "丙叁")
    do(maker, "issue_one", ONE, new.id)
    maker.write(maker.registry("staff"), officer, status=StaffStatus.LEFT)
    with maker.office.desk(maker.clerk) as desk:
        assert [why for _, why in to_sign_again(desk)] == [["乙方丙叁已离岗"]]
    with pytest.raises(UserError, match="丙叁已离岗，请先办“离岗交接”"):
        do(maker, "re_sign", ONE, new.id, reason="离岗")


def test_what_was_ended_is_not_brought_back_beside_its_successor(maker: Maker) -> None:
    made = grids.pledge_in(maker, PledgeState.ISSUED)
    done = maker.perform("terminate", maker.registry(ONE), made, reason="拟错")
    with pytest.raises(UserError, match="不能撤销"):
        undo(maker.office, maker.clerk, done.entry_id)


def test_a_batch_is_given_out_with_the_last_of_its_pledges(maker: Maker) -> None:
    grids.firm(maker)
    made = grids.batch(maker)
    first, second = (row.id for row in pledges(maker))
    for number, expected in ((first, BatchState.DRAFT), (second, BatchState.ISSUED)):
        do(maker, "issue_one", ONE, number)
        with maker.office.database.read() as session:
            assert session.get_one(PledgeBatch, made).status is expected
    do(maker, "close_batch", BATCH, made)


def test_an_assessment_comes_after_the_signing_and_a_contradiction_is_told(maker: Maker) -> None:
    made = grids.pledge_in(maker, PledgeState.EFFECTIVE)
    with pytest.raises(UserError, match="早于签订日期"):
        do(maker, "assess", ONE, made, score=90, assessment="优秀", assessed_on=date(2026, 11, 1))
    done = maker.perform("assess", maker.registry(ONE), made, score=98, assessment="一票否决")
    assert done.notes == ("请核对：98 分，结果是“一票否决”；自带范本以 80 分为合格",)


def test_what_was_signed_on_paper_before_is_entered_with_its_own_dates(maker: Maker) -> None:
    firm, kind = grids.firm(maker), grids.kind(maker)
    given = {"operator": firm, "year": 2026, "b_signed_on": date(2026, 2, 3), "a_signed_on": date(2026, 2, 5)}
    with pytest.raises(UserError, match="还没有签字扫描件"):
        do(maker, "enter_signed", KIND, kind, **given)
    do(maker, "enter_signed", KIND, kind, **given, paper_no="青安责〔2026〕8号", path=str(maker.file()))
    (made,) = pledges(maker)
    assert (made.status, made.a_signed_on, made.issued_on) == (PledgeState.EFFECTIVE, date(2026, 2, 5), None)
    assert made.wording == "补录的纸质责任状（原编号 青安责〔2026〕8号）"
    with pytest.raises(UserError, match=f"已有 {made.pledge_no}"):
        do(maker, "enter_signed", KIND, kind, **given, path=str(maker.file()))
    with maker.office.desk(maker.clerk) as desk:
        assert rate(duties_on(desk, desk.get(PledgeKind, kind), desk.today)) == "100.00 %"
    with pytest.raises(UserError, match="都已有"):
        do(maker, "draw_up", KIND, kind, year=2026)
