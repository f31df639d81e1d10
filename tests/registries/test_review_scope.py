"""应审范围: one register of licences, three campaigns as their notices had them, each with its own list and a reason for every licence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests import reviews
from tests.builders import Maker, dump
from tests.conftest import Clock, Perform
from tests.registries.licences import issued
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.scope import judged
from wenlv_desk.registries.review.vocabulary import CampaignState
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office

REGISTER = "publication_licence"
OLD = date(2005, 6, 1)
YANTAI, QUJIANG, CHENGDU = "yantai_gaoxin_2026", "qujiang_2009", "chengdu_2010"

# name: (first licence, unit established, what differs)
LICENCES: dict[str, tuple[date | None, date | None, dict[str, Any]]] = {
    "老店": (OLD, OLD, {}),
    "新领证": (date(2025, 7, 1), date(2025, 6, 1), {}),
    "今年领证": (date(2026, 3, 1), date(2026, 2, 1), {}),
    "二零零八年领证": (date(2008, 3, 1), date(2007, 5, 1), {}),
    "二零零八年成立": (date(2008, 4, 1), date(2008, 1, 1), {}),
    "批发": (OLD, OLD, {"business_mode": "批发"}),
    "出租": (OLD, OLD, {"business_mode": "出租"}),
    "批零兼营": (OLD, OLD, {"business_mode": "批发、零售"}),
    "无日期": (None, None, {}),
    "只有成立日期": (None, date(2004, 1, 1), {}),
    "停业整顿": (OLD, OLD, {"status": "停业整顿"}),
    "已注销": (OLD, OLD, {"status": "注销", "ended_on": date(2008, 12, 1)}),
    "已吊销": (OLD, OLD, {"status": "吊销"}),
    "草稿": (None, None, {"status": "草稿"}),
    "过期": (OLD, OLD, {"valid_to": date(2007, 1, 1)}),
}


@pytest.fixture
def register(maker: Maker) -> dict[int, str]:
    """The licences above, by id."""
    made = {}
    for name, (first, established, more) in LICENCES.items():
        operator = maker.record("operator", established_on=established)
        dates = {"issue_date": first, "first_issue_date": first, "valid_from": first, "valid_to": date(2031, 12, 31)}
        values = {"licensee_name": name, "business_mode": "零售", "operator_id": operator}
        draft = {"valid_to": None} if more.get("status") == "草稿" else {}
        licence = maker.record(REGISTER, **{"status": "有效"} | dates | values | draft)
        maker.write(maker.registry(REGISTER), licence, **_plain(maker, more))
        made[licence] = name
    return made


def _plain(maker: Maker, values: dict[str, Any]) -> dict[str, Any]:
    fields = maker.registry(REGISTER).fields
    with maker.office.desk(maker.clerk) as desk:
        return {name: fields[name].kind.read(value, desk.context).value for name, value in values.items()}


def scope(office: Office, campaign: int) -> dict[str, tuple[bool, str]]:
    with office.desk(Clerk("读")) as desk:
        found = judged(desk, desk.get(ReviewCampaign, campaign))
        return {one.licence.licensee_name: (one.included, one.why) for one in found}


def lists(office: Office, campaign: int) -> set[str]:
    return {name for name, (included, _) in scope(office, campaign).items() if included}


def model(perform: Perform, name: str) -> int:
    return int(perform("from_model", "review_campaign", model=name).value)


def test_each_notice_gives_its_own_list_from_the_same_register(
    office: Office, perform: Perform, register: dict[int, str]
) -> None:
    always = {"老店", "批零兼营", "无日期", "只有成立日期", "停业整顿", "过期"}
    assert lists(office, model(perform, YANTAI)) == always | {"新领证", "二零零八年领证", "二零零八年成立"}
    assert lists(office, model(perform, QUJIANG)) == always | {"出租", "二零零八年领证"}
    assert lists(office, model(perform, CHENGDU)) == always | {"二零零八年领证", "二零零八年成立"}


@pytest.mark.parametrize(
    ("notice", "name", "sentence"),
    [
        (YANTAI, "老店", "应审：持有许可证，首次领证日期 2005-06-01，不晚于纳入截止日 2025-12-31"),
        (
            YANTAI,
            "新领证",
            "应审：持有许可证，首次领证日期 2025-07-01，不晚于纳入截止日 2025-12-31，上年新办，本批次规定参加",
        ),
        (YANTAI, "今年领证", "不参加：首次领证日期 2026-03-01 晚于纳入截止日 2025-12-31"),
        (YANTAI, "批发", "不参加：经营方式为批发，本批次只审零售"),
        (YANTAI, "已注销", "不参加：许可证已于 2008-12-01 注销"),
        (YANTAI, "已吊销", "不参加：许可证已吊销"),
        (YANTAI, "草稿", "不参加：许可证还是草稿，没有核发"),
        (YANTAI, "无日期", "应审：持有许可证，没有登记首次领证日期，按已领证纳入，请核对"),
        (
            QUJIANG,
            "二零零八年成立",
            "不参加：成立日期 2008-01-01 在 2008-01-01 以后，本批次规定上年新办的不参加",
        ),
        (QUJIANG, "二零零八年领证", "应审：持有许可证，成立日期 2007-05-01"),
        (QUJIANG, "批发", "不参加：经营方式为批发，本批次只审零售、出租"),
        (QUJIANG, "过期", "应审：持有许可证，成立日期 2005-06-01；有效期 2007-01-01 已过，须先办延续"),
        (CHENGDU, "出租", "不参加：经营方式为出租，本批次只审零售"),
        (CHENGDU, "新领证", "不参加：首次领证日期 2025-07-01 晚于现场核验起 2010-03-26，开始时还没有许可证"),
    ],
)
def test_every_licence_is_in_or_out_for_a_reason_said_in_a_sentence(
    office: Office, perform: Perform, register: dict[int, str], notice: str, name: str, sentence: str
) -> None:
    included, why = scope(office, model(perform, notice))[name]
    assert (why, included) == (sentence, sentence.startswith("应审"))


def cases(office: Office, campaign: int) -> dict[int | None, ReviewCase]:
    with office.desk(Clerk("读")) as desk:
        mine = select(ReviewCase).where(ReviewCase.campaign_id == campaign).order_by(ReviewCase.id)
        return {case.publication_licence_id: case for case in desk.session.scalars(mine)}


def test_rolling_out_makes_a_case_a_licence_in_scope_with_its_reason(
    office: Office, perform: Perform, register: dict[int, str]
) -> None:
    campaign = model(perform, YANTAI)
    done = perform("open", "review_campaign", campaign)
    judged_in = {name: why for name, (included, why) in scope(office, campaign).items() if included}
    made = cases(office, campaign).values()
    assert {case.licensee_name: case.why_in for case in made} == judged_in
    assert [case.case_no for case in made] == [f"NS-CB-2026-{n:04d}" for n in range(1, 10)]
    assert done.value == {"made": 9, "there": 0, "out": 6}
    assert "不参加 6 家" in done.notes[0]


def test_rolling_out_again_adds_only_what_came_since(
    office: Office, maker: Maker, perform: Perform, register: dict[int, str]
) -> None:
    campaign = model(perform, YANTAI)
    perform("open", "review_campaign", campaign)
    before = cases(office, campaign)
    assert perform("roll_out", "review_campaign", campaign).value == {"made": 0, "there": 9, "out": 6}
    added = issued(maker, REGISTER, business_mode="零售")
    assert perform("roll_out", "review_campaign", campaign).value["made"] == 1
    after = cases(office, campaign)
    assert set(after) - set(before) == {added}
    assert after[added].case_no == "NS-CB-2026-0010"


def test_two_counters_rolling_out_at_once_make_no_case_twice(
    office: Office, perform: Perform, clerk: Clerk, clock: Clock, register: dict[int, str]
) -> None:
    from wenlv_desk.store.gate import perform as gate

    campaign = model(perform, YANTAI)
    perform("open", "review_campaign", campaign)
    with office.database.write() as session:
        session.execute(ReviewCase.__table__.delete())  # type: ignore[attr-defined]
    second = open_desk(office.folder, clock=clock)
    with ThreadPoolExecutor(2) as threads:
        made = list(
            threads.map(lambda one: gate(one, clerk, "roll_out", "review_campaign", campaign), (office, second))
        )
    assert sorted(done.value["made"] for done in made) == [0, 9]
    assert len(cases(office, campaign)) == 9
    second.close()


def test_a_campaign_that_is_over_keeps_its_rules_and_its_list(office: Office, maker: Maker, perform: Perform) -> None:
    campaign = reviews.campaign_in(maker, CampaignState.CLOSED)
    before = dump(office)
    with pytest.raises(UserError, match=r"已结束，它的规则和材料清单不再改动.*重新启动"):
        perform("amend", "review_campaign", campaign, promised_days=2)
    with pytest.raises(UserError, match="已结束"):
        perform("amend", "review_requirement", 1, note="另有要求")
    with pytest.raises(UserError, match="已结束"):
        maker.record("review_ground", campaign_id=campaign)
    with pytest.raises(UserError, match="已结束"):
        maker.record("review_requirement", campaign_id=campaign)
    assert dump(office)["review_requirement"] == before["review_requirement"]
    perform("resume", "review_campaign", campaign, reason="漏了一家")
    perform("amend", "review_campaign", campaign, promised_days=2)


def test_next_year_has_the_same_rules_and_list_a_year_later_and_leaves_the_old_one_alone(
    office: Office, perform: Perform
) -> None:
    old = model(perform, YANTAI)
    before = dump(office)
    new = int(perform("next_year", "review_campaign", old, basis_doc_no="鲁新出发〔2026〕9号").value)
    after = dump(office)
    assert after["review_campaign"][old] == before["review_campaign"][old]
    made = after["review_campaign"][new]
    assert (made["title"], made["review_year"]) == ("2027年度出版物发行单位年度核验", 2027)
    assert (made["onsite_from"], made["include_issued_by"]) == ("2027-01-26", "2026-12-31")
    for table, key in (("review_requirement", "name"), ("review_ground", "text")):
        kept = [(row[key], row.get("basis")) for row in after[table].values() if row["campaign_id"] == old]
        copied = [(row[key], row.get("basis")) for row in after[table].values() if row["campaign_id"] == new]
        assert copied == kept != []
    with pytest.raises(UserError, match="已有批次“2027年度出版物发行单位年度核验”"):
        perform("next_year", "review_campaign", old)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"period_from": "2025-12-31", "period_to": "2025-01-01"}, "核验期间止 2025-01-01 早于核验期间起 2025-12-31"),
        ({"onsite_to": "2026-01-01"}, "现场核验止 2026-01-01 早于现场核验起"),
        ({"onsite_from": "2024-06-01"}, "现场核验起 2024-06-01 早于核验期间起 2025-01-01"),
        ({"online_deadline": "2027-01-01"}, "早于网上填报截止 2027-01-01"),
        ({"include_issued_by": "2027-01-01"}, "纳入截止日 2027-01-01 晚于现场核验止"),
        ({"review_year": "26"}, "“26”不是年度"),
        ({"promised_days": "0"}, "须在 1 到 365 之间，现为 0"),
        ({"max_deferral_months": "25"}, "须在 1 到 24 之间，现为 25"),
    ],
)
def test_a_campaign_whose_rules_contradict_one_another_is_refused(
    office: Office, maker: Maker, values: dict[str, str], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        maker.record("review_campaign", **values)
    assert dump(office)["review_campaign"] == {}


def test_a_model_that_is_not_shipped_is_refused_with_those_that_are(perform: Perform) -> None:
    with pytest.raises(UserError, match=r"没有“济南”这个样例，可用：chengdu_2010（.*yantai_gaoxin_2026"):
        perform("from_model", "review_campaign", model="济南")


def test_a_campaign_without_a_list_does_not_begin(office: Office, maker: Maker, perform: Perform) -> None:
    campaign = maker.record("review_campaign")
    with pytest.raises(UserError, match="还没有材料清单"):
        perform("open", "review_campaign", campaign)
    assert dump(office)["review_case"] == {}
    assert check(office) == []
