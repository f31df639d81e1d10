"""现在要处理: a card says what waits about a licence, and the operator's card says it of all its licences."""

from datetime import date, datetime

from tests.builders import Maker
from tests.conftest import Clock, Perform
from tests.registries.licences import issued
from wenlv_desk.core.open_items import OpenItem
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office


def waiting(office: Office, register: str, record_id: int) -> list[OpenItem]:
    with office.desk(Clerk("读")) as desk:
        registry = office.catalogue.registry(register)
        record = desk.get(registry.record, record_id)
        return [item for watch in office.catalogue.watches_on(registry) for item in watch.function(desk, record)]


def test_the_operators_card_names_what_waits_about_each_licence(office: Office, maker: Maker) -> None:
    operator = maker.record("operator")
    lapsed = issued(
        maker, "publication_licence", operator_id=operator, valid_to=date(2026, 2, 28), licence_no="零字1号"
    )
    due = issued(maker, "printing_licence", operator_id=operator, valid_to=date(2026, 12, 13), licence_no="印证字2号")
    issued(maker, "printing_licence", operator_id=operator)
    assert waiting(office, "operator", operator) == [
        OpenItem("逾期", "red", "零字1号 2026-02-28 到期，未见延续申请", "publication_licence", lapsed, bars=True),
        OpenItem("到期", "amber", "印证字2号 20 天后（2026-12-13）到期，未见延续申请", "printing_licence", due),
    ]


def test_a_renewal_that_was_not_decided_in_time_waits_for_its_decision(
    office: Office, maker: Maker, perform: Perform, clock: Clock
) -> None:
    licence = issued(maker, "publication_licence", valid_to=date(2026, 12, 31))
    perform("apply_renewal", "publication_licence", licence, applied_on="2026-11-01")
    assert "2026-11-01 已申请延续" in waiting(office, "publication_licence", licence)[0].text
    clock.now = datetime(2027, 1, 4, 9)
    (item,) = waiting(office, "publication_licence", licence)
    assert (item.word, item.tone) == ("待确认", "amber")


def test_a_suspension_that_is_over_waits_for_somebody(
    office: Office, maker: Maker, perform: Perform, clock: Clock
) -> None:
    licence = issued(maker, "printing_licence")
    given = {"suspended_from": "2026-11-01", "suspended_to": "2026-11-30", "document_no": "罚1号", "reason": "未验证"}
    perform("suspend", "printing_licence", licence, **given)
    assert waiting(office, "printing_licence", licence) == []
    clock.now = datetime(2026, 12, 1, 9)
    assert waiting(office, "printing_licence", licence)[0].word == "停业"


def test_a_licence_off_the_lists_waits_for_nothing(office: Office, maker: Maker, perform: Perform) -> None:
    licence = issued(maker, "publication_licence", valid_to=date(2026, 2, 28))
    perform("void", "publication_licence", licence, why="重复登记")
    assert waiting(office, "publication_licence", licence) == []
