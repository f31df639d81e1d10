"""The life of a licence from 核发 to 注销, 吊销 and 撤销: what each step asks for, writes, keeps and refuses (domain 1.9)."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.builders import Maker, dump
from tests.conftest import Clock, Perform
from tests.registries.licences import BOTH, get, issued, standing
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.issue import preview
from wenlv_desk.registries.licence.records import BarredPerson
from wenlv_desk.registries.licence.vocabulary import Status
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery

both = pytest.mark.parametrize("register", BOTH)
ISSUE = {"issued_on": "2026-11-20", "valid_from": "2026-11-20", "valid_to": "2031-11-19"}


def versions(office: Office, register: str) -> list[dict[str, Any]]:
    return list(dump(office)[f"{register}_version"].values())


def refused(perform: Perform, *args: Any, **given: Any) -> str:
    with pytest.raises(UserError) as error:
        perform(*args, **given)
    return error.value.message


# 核发


@both
def test_issuing_a_draft_fills_its_dates_and_leaves_the_operator_alone(
    office: Office, maker: Maker, perform: Perform, register: str
) -> None:
    licence = maker.record(register, status="草稿", issue_date=None, first_issue_date=None, valid_from=None)
    operators = dump(office)["operator"]
    perform("issue", register, licence, **ISSUE)
    made = get(office, register, licence)
    assert (made.status, made.issue_date, made.first_issue_date) == (
        Status.ACTIVE,
        date(2026, 11, 20),
        date(2026, 11, 20),
    )
    assert standing(office, register, licence) == "有效"
    assert dump(office)["operator"] == operators


@both
def test_an_unfinished_draft_is_not_issued_and_what_is_missing_is_named(
    maker: Maker, perform: Perform, register: str
) -> None:
    licence = maker.record(register, status="草稿", representative_role=None, contact_phone=None)
    said = refused(perform, "issue", register, licence, **ISSUE)
    assert "负责人类型、联系电话还没有填写" in said


@both
def test_a_number_already_given_is_not_given_again(maker: Maker, perform: Perform, register: str) -> None:
    issued(maker, register, licence_no="（鲁）字第 7 号", licensee_name="青屿书店", issuing_authority="甲局")
    registry = maker.registry(register)
    values = maker.values(registry) | {"licence_no": "(鲁)字第7号", "status": "草稿", "issuing_authority": "甲局"}
    twin = perform("create", register, reason="测试", **values).value
    assert "已由“青屿书店”使用" in refused(perform, "issue", register, twin, **ISSUE)


@both
def test_the_issuing_authority_comes_from_the_settings(
    office: Office, maker: Maker, perform: Perform, register: str
) -> None:
    licence = maker.record(register, status="草稿", issuing_authority=None)
    assert "发证机关还没有填写" in refused(perform, "issue", register, licence, **ISSUE)
    perform("set_up", "bureau_settings", bureau_name="某某市文旅局", publication_issuer="甲局", printing_issuer="乙局")
    perform("issue", register, licence, **ISSUE)
    expected = {"publication_licence": "甲局", "printing_licence": "乙局"}
    assert get(office, register, licence).issuing_authority == expected[register]


def test_a_printing_licence_gets_its_level_from_what_is_printed(office: Office, maker: Maker, perform: Perform) -> None:
    levels = []
    for category in ("出版物印刷", "包装装潢印刷品印刷"):
        draft = maker.record("printing_licence", status="草稿", issuing_level=None, print_categories=category)
        perform("issue", "printing_licence", draft, **ISSUE)
        levels.append(get(office, "printing_licence", draft).issuing_level.label)  # type: ignore[attr-defined]
    assert levels == ["省", "市"]


@both
@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"issued_on": "2026-11-24"}, "发证日期 2026-11-24 晚于今天 2026-11-23"),
        ({"valid_to": "2026-11-19"}, "有效期止 2026-11-19 早于有效期起 2026-11-20"),
    ],
)
def test_dates_out_of_order_are_refused(
    maker: Maker, perform: Perform, register: str, dates: dict[str, str], said: str
) -> None:
    licence = maker.record(register, status="草稿")
    assert said in refused(perform, "issue", register, licence, **ISSUE | dates)


def test_a_licence_entered_with_its_dates_is_in_force_and_one_without_is_a_draft(office: Office, maker: Maker) -> None:
    old = maker.record("publication_licence", status=None)
    no_dates = {"issue_date": None, "first_issue_date": None, "valid_from": None, "valid_to": None}
    new = maker.record("publication_licence", status=None, **no_dates)
    states = [get(office, "publication_licence", licence).status for licence in (old, new)]
    assert states == [Status.ACTIVE, Status.DRAFT]


@both
def test_the_state_is_not_amended_but_led_on_by_its_steps(maker: Maker, perform: Perform, register: str) -> None:
    licence = issued(maker, register)
    assert "登记状态不能直接修改" in refused(perform, "amend", register, licence, status="注销")
    perform("amend", register, licence, remark="已核对")


# 变更


@both
def test_a_change_keeps_what_the_licence_said_before(
    office: Office, maker: Maker, perform: Perform, register: str
) -> None:
    licence = issued(maker, register, licensee_name="新岸书报社", business_premises="海政路1号", licence_no="字第12号")
    perform(
        "change",
        register,
        licence,
        approved_on="2026-11-20",
        document_no="某文旅许〔2026〕3号",
        licensee_name="新岸书刊社",
        business_premises="海政路2号",
        reason="换照",
    )
    (kept,) = versions(office, register)
    assert kept["old_value"] == "单位名称：新岸书报社\n经营场所：海政路1号"
    assert kept["new_value"] == "单位名称：新岸书刊社\n经营场所：海政路2号"
    assert kept["change_items"] == ["NAME", "PREMISES"]
    assert (kept["old_licence_no"], kept["document_no"]) == ("字第12号", "某文旅许〔2026〕3号")
    assert (kept["reason"], kept["handled_by"], kept["happened_on"]) == ("换照", "林晓", "2026-11-20")


@both
def test_a_version_keeps_personal_numbers_masked(office: Office, maker: Maker, perform: Perform, register: str) -> None:
    licence = issued(maker, register, id_doc_no="370687199001010010", id_doc_type="居民身份证")
    given = {"approved_on": "2026-11-20", "legal_representative": "王㼆", "id_doc_no": "37068720000229003X"}
    perform("change", register, licence, **given)
    (kept,) = versions(office, register)
    assert "证件号码：" in kept["new_value"]
    assert "199001010010" not in kept["old_value"]
    assert "20000229003X" not in kept["new_value"]


@both
def test_the_operator_follows_a_change_of_name_only_when_asked(
    office: Office, maker: Maker, perform: Perform, register: str
) -> None:
    operator = maker.record("operator", operator_name="新岸书报社", former_names="新岸书摊")
    licence = issued(maker, register, operator_id=operator, licensee_name="新岸书报社")
    told = perform("change", register, licence, approved_on="2026-11-20", licensee_name="新岸书刊社")
    assert "经营单位仍为“新岸书报社”" in told.notes[0]
    perform("change", register, licence, approved_on="2026-11-21", licensee_name="新岸图书社", sync_operator="是")
    with office.desk(Clerk("读")) as desk:
        now = desk.get(Operator, operator)
        assert (now.operator_name, now.former_names) == ("新岸图书社", "新岸书摊、新岸书报社")


@both
def test_a_former_name_still_finds_the_version(office: Office, maker: Maker, perform: Perform, register: str) -> None:
    licence = issued(maker, register, licensee_name="栖云书吧")
    perform("change", register, licence, approved_on="2026-11-20", licensee_name="新岸书刊社")
    registry = maker.registry(f"{register}_version")
    with office.desk(maker.clerk) as desk:
        found = Listing(desk.session, office.catalogue, registry, ListQuery(search="栖云"), desk.today).top(0, 9)
        assert [row.shown["licence_id"] for row in found] == ["新岸书刊社"]


def test_a_change_that_breaks_a_rule_is_refused(maker: Maker, perform: Perform) -> None:
    licence = issued(maker, "printing_licence", operator_kind="个人", print_categories="其他印刷品印刷")
    said = refused(
        perform, "change", "printing_licence", licence, approved_on="2026-11-20", print_categories="出版物印刷"
    )
    assert "个人不得从事出版物印刷（印刷业管理条例第十条）" in said


# 延续


@both
def test_renewing_begins_the_new_term_the_day_after_the_old_one(
    office: Office, maker: Maker, perform: Perform, register: str
) -> None:
    licence = issued(maker, register, valid_to=date(2026, 12, 31))
    perform("apply_renewal", register, licence, applied_on="2026-10-08")
    done = perform("renew", register, licence, decided_on="2026-11-20", valid_to="2031-12-31", licence_no="字第99号")
    assert done.notes == ()
    made = get(office, register, licence)
    assert (made.valid_from, made.valid_to) == (date(2027, 1, 1), date(2031, 12, 31))
    assert (made.issue_date, made.first_issue_date) == (date(2026, 11, 20), date(2022, 3, 1))
    assert (made.licence_no, made.renewal_applied_on) == ("字第99号", None)
    (kept,) = versions(office, register)
    assert (kept["event"], kept["change_items"]) == ("RENEWAL", ["TERM", "NUMBER"])


@both
def test_late_notice_of_a_renewal_is_said_and_kept(
    office: Office, maker: Maker, perform: Perform, register: str
) -> None:
    licence = issued(maker, register, valid_to=date(2026, 12, 10))
    done = perform("renew", register, licence, decided_on="2026-11-23", applied_on="2026-11-20", valid_to="2031-12-10")
    assert "距到期只有 20 天，不足 30 天" in done.notes[0]
    assert versions(office, register)[0]["remark"] == done.notes[0]


@both
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "还没有延续申请"),
        ({"applied_on": "2026-11-22"}, "准予延续日期 2026-11-20 早于申请日期 2026-11-22"),
        ({"applied_on": "2026-10-08", "valid_to": "2026-12-01"}, "不晚于原有效期止 2026-12-31"),
        ({"applied_on": "2026-10-08", "old_returned": "否"}, "旧证没有收回"),
    ],
)
def test_a_renewal_that_cannot_be_is_refused_with_the_reason(
    maker: Maker, perform: Perform, register: str, given: dict[str, str], said: str
) -> None:
    licence = issued(maker, register, valid_to=date(2026, 12, 31))
    arguments = {"decided_on": "2026-11-20", "valid_to": "2031-12-31"} | given
    assert said in refused(perform, "renew", register, licence, **arguments)


@both
def test_what_lapsed_is_not_renewed(maker: Maker, perform: Perform, register: str) -> None:
    licence = issued(maker, register, valid_to=date(2026, 11, 1))
    said = refused(perform, "apply_renewal", register, licence, applied_on="2026-11-20")
    assert "逾期不能延续（行政许可法第五十条）" in said
    assert "请办“注销”" in said


@both
@pytest.mark.parametrize(
    ("step", "given"),
    [
        ("change", {"approved_on": "2026-11-20", "licensee_name": "新岸书刊社"}),
        ("reissue", {"reissued_on": "2026-11-20", "cause": "损毁", "original_returned": "是"}),
        ("suspend", {"suspended_from": "2026-11-20", "document_no": "某文罚〔2026〕1号", "reason": "超范围经营"}),
    ],
)
def test_what_lapsed_is_only_struck_off_or_renewed_on_an_earlier_application(
    maker: Maker, perform: Perform, register: str, step: str, given: dict[str, str]
) -> None:
    lapsed = issued(maker, register, valid_to=date(2026, 11, 1))
    said = refused(perform, step, register, lapsed, **given)
    assert "2026-11-20 已过有效期止 2026-11-01，许可证逾期未延续" in said
    deemed = issued(maker, register, valid_to=date(2026, 11, 1))
    perform("apply_renewal", register, deemed, applied_on="2026-09-01")
    perform(step, register, deemed, **given)


@both
def test_a_step_taken_in_the_term_is_recorded_after_it(maker: Maker, perform: Perform, register: str) -> None:
    lapsed = issued(maker, register, valid_to=date(2026, 11, 1))
    perform("change", register, lapsed, approved_on="2026-10-20", licensee_name="新岸书刊社")


@both
def test_what_has_no_end_is_not_renewed(maker: Maker, perform: Perform, register: str) -> None:
    licence = issued(maker, register, valid_to=None)
    assert "长期有效，不必延续" in refused(perform, "apply_renewal", register, licence, applied_on="2026-11-20")


# 补领


@both
def test_a_lost_licence_is_issued_again_after_its_notice_in_a_newspaper(
    office: Office, maker: Maker, perform: Perform, register: str
) -> None:
    licence = issued(maker, register)
    lost = {"reissued_on": "2026-11-20", "cause": "遗失"}
    assert "须先在报刊刊登遗失声明" in refused(perform, "reissue", register, licence, **lost)
    notice = {"newspaper": "某某日报", "notice_on": "2026-11-21", "notice_page": "A4"}
    assert "早于声明刊登日期" in refused(perform, "reissue", register, licence, **lost | notice)
    perform("reissue", register, licence, **lost | notice | {"notice_on": "2026-11-10"})
    (kept,) = versions(office, register)
    assert (kept["event"], kept["remark"]) == ("REISSUE", "遗失声明：某某日报 2026-11-10 A4")


@both
def test_a_damaged_licence_is_handed_in_first(maker: Maker, perform: Perform, register: str) -> None:
    licence = issued(maker, register)
    damaged = {"reissued_on": "2026-11-20", "cause": "损毁"}
    assert "须交回损毁的原证" in refused(perform, "reissue", register, licence, **damaged)
    perform("reissue", register, licence, **damaged, original_returned="是")


# 停业整顿、恢复


@both
def test_a_suspension_ends_by_a_step_of_its_own_and_early_only_with_a_reason(
    office: Office, maker: Maker, perform: Perform, clock: Clock, register: str
) -> None:
    licence = issued(maker, register)
    perform(
        "suspend",
        register,
        licence,
        suspended_from="2026-11-20",
        suspended_to="2026-12-20",
        document_no="某文旅罚〔2026〕1号",
        reason="超范围经营",
    )
    assert standing(office, register, licence) == "停业整顿"
    assert "停业整顿到 2026-12-20 才满" in refused(perform, "resume", register, licence, resumed_on="2026-11-23")
    clock.now = datetime(2027, 3, 1, 9)
    assert standing(office, register, licence) == "停业整顿"
    perform("resume", register, licence, resumed_on="2027-03-01")
    assert standing(office, register, licence) == "有效"


# 注销、吊销、撤销


@both
def test_cancelling_for_expiry_needs_a_licence_that_lapsed(
    office: Office, maker: Maker, perform: Perform, register: str
) -> None:
    running, lapsed = issued(maker, register), issued(maker, register, valid_to=date(2026, 2, 28))
    ground = {"cancelled_on": "2026-11-20", "ground": "（一）有效期届满未延续"}
    assert "并未逾期未延续" in refused(perform, "cancel", register, running, **ground)
    early = ground | {"cancelled_on": "2026-02-28"}
    assert "不晚于有效期止 2026-02-28" in refused(perform, "cancel", register, lapsed, **early)
    perform("cancel", register, lapsed, **ground, document_no="某文旅注〔2026〕1号")
    made = get(office, register, lapsed)
    assert (made.status, made.ended_on, made.end_reason) == (
        Status.CANCELLED,
        date(2026, 11, 20),
        "（一）有效期届满未延续",
    )


@both
def test_a_licence_not_returned_is_cancelled_only_with_a_reason(maker: Maker, perform: Perform, register: str) -> None:
    licence = issued(maker, register)
    given = {"cancelled_on": "2026-11-20", "ground": "（三）法人或者其他组织依法终止", "originals_returned": "否"}
    assert "正副本没有收回" in refused(perform, "cancel", register, licence, **given)
    perform("cancel", register, licence, **given, reason="法定代表人已失联，公告作废")


@pytest.mark.parametrize(
    ("register", "basis"),
    [("publication_licence", "出版管理条例第七十条"), ("printing_licence", "印刷业管理条例第四十五条")],
)
def test_a_revocation_bars_the_representative_for_ten_years(
    office: Office, maker: Maker, perform: Perform, register: str, basis: str
) -> None:
    licence = issued(maker, register, legal_representative="王㼆")
    perform("revoke", register, licence, decided_on="2024-02-29", document_no="罚1号", reason="发行非法出版物")
    (bar,) = dump(office)["barred_person"].values()
    assert (bar["person_name"], bar["barred_until"], bar["basis"]) == ("王㼆", "2034-02-28", basis)


@pytest.fixture
def barred(maker: Maker) -> int:
    return maker.record(
        "barred_person", person_name="王㼆", id_doc_no="370687199001010010", barred_until=date(2030, 1, 1)
    )


@both
@pytest.mark.usefixtures("barred")
def test_a_barred_representative_gets_no_licence_without_a_reason(
    maker: Maker, perform: Perform, register: str
) -> None:
    licence = maker.record(register, status="草稿", legal_representative="王 㼆", id_doc_no=None)
    said = refused(perform, "issue", register, licence, **ISSUE)
    assert "“王㼆”" in said
    assert "2030-01-01 前不得担任" in said
    done = perform("issue", register, licence, **ISSUE, reason="经核对身份证，不是同一人")
    assert any("不得担任" in note for note in done.notes)


@both
@pytest.mark.usefixtures("barred")
def test_a_change_of_representative_is_watched_too(maker: Maker, perform: Perform, register: str) -> None:
    licence = issued(maker, register, id_doc_no=None)
    given = {"approved_on": "2026-11-20", "legal_representative": "王㼆"}
    assert "不得担任" in refused(perform, "change", register, licence, **given)


@both
@pytest.mark.usefixtures("barred")
def test_the_same_name_with_another_number_is_another_person(maker: Maker, perform: Perform, register: str) -> None:
    licence = maker.record(register, status="草稿", legal_representative="王㼆", id_doc_no="37068720000229003X")
    perform("issue", register, licence, **ISSUE)


@both
def test_a_bar_that_is_over_hinders_nobody(maker: Maker, perform: Perform, register: str) -> None:
    maker.record("barred_person", person_name="王㼆", barred_from=date(2010, 1, 1), barred_until=date(2020, 1, 1))
    licence = maker.record(register, status="草稿", legal_representative="王㼆", id_doc_no=None)
    perform("issue", register, licence, **ISSUE)


@both
def test_what_has_ended_is_not_printed_onto_a_blank(
    office: Office, maker: Maker, perform: Perform, register: str
) -> None:
    licence = issued(maker, register)
    perform("cancel", register, licence, cancelled_on="2026-11-20", ground="（三）法人或者其他组织依法终止")
    blank, registry = office.catalogue.paper(f"{register.removesuffix('_licence')}_original"), maker.registry(register)
    said = f"现为“注销”，不能出具“{blank.title}”。需要留底的请印“登记信息页”"
    with office.desk(maker.clerk) as desk, pytest.raises(UserError, match=said):
        preview(desk, blank, registry, [licence])


@both
def test_a_draft_is_not_printed_onto_a_blank_before_it_is_issued(office: Office, maker: Maker, register: str) -> None:
    draft = maker.record(register, status="草稿", licensee_name="新岸书店")
    blank, registry = office.catalogue.paper(f"{register.removesuffix('_licence')}_original"), maker.registry(register)
    said = f"“新岸书店”现为“草稿”，还不能出具“{blank.title}”；先办：核发"
    with office.desk(maker.clerk) as desk, pytest.raises(UserError, match=said):
        preview(desk, blank, registry, [draft])


@both
def test_what_has_ended_stays_ended(maker: Maker, perform: Perform, register: str) -> None:
    licence = issued(maker, register)
    perform("withdraw", register, licence, decided_on="2026-11-20", document_no="撤1号", ground="DECEIT")
    said = refused(perform, "resume", register, licence, resumed_on="2026-11-21")
    assert "现为“撤销”，不能办“恢复”。这是终结状态" in said


def test_barred_persons_are_records_of_their_own(office: Office, barred: int) -> None:
    with office.desk(Clerk("读")) as desk:
        assert desk.get(BarredPerson, barred).barred_until == date(2030, 1, 1)
