"""Issuing: numbers without gaps, archived bytes that never change, blanks that go one way, and no counter kept waiting."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from tests.builders import Maker, dump
from tests.conftest import Clock, Perform
from tests.store.acting import LINXIAO, act, firm
from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.papers import Paper
from wenlv_desk.issuing.check import check_archive
from wenlv_desk.issuing.issue import archived, issue_paper
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.records import BlankOutcome, BlankUse, IssuedPaper, PaperStatus
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.check import check
from wenlv_desk.store.office import Office
from wenlv_desk.store.series import last_number
from wenlv_desk.typeset.page import Document

CARD = {"paper": "operator_card", "register": "operator", "records": "1"}


@pytest.fixture
def shop(office: Office) -> Office:
    act(office, lambda desk: desk.add(firm("新岸书刊社")))
    return office


def issued(office: Office, **more: object) -> dict[str, object]:
    return dict(issue_paper(office, LINXIAO, {**CARD, **more}).value)


def test_numbers_run_without_gaps_or_zeros_and_start_again_with_the_year(
    shop: Office, perform: Perform, clock: Clock
) -> None:
    perform("create", "bureau_settings", bureau_name="青屿市文化和旅游局", document_code="青文旅")
    assert [issued(shop)["number"] for _ in range(2)] == ["青文旅档〔2026〕1号", "青文旅档〔2026〕2号"]
    clock.now = datetime(2027, 1, 4, 9, 0)
    assert issued(shop)["number"] == "青文旅档〔2027〕1号"


def test_what_was_said_at_the_counter_is_kept(shop: Office) -> None:
    made = issued(shop, copies=3, purpose="报送市局")
    with shop.desk(LINXIAO) as desk:
        paper = desk.get(IssuedPaper, int(str(made["id"])))
        assert (paper.copies, paper.purpose, paper.issued_by, paper.about) == (3, "报送市局", "林晓", "新岸书刊社")
        assert (paper.paper, paper.register, paper.record_ids) == ("operator_card", "operator", "1")
        assert archived(desk, paper.id).startswith(b"%PDF")
    assert check(shop) == []


def with_paper(office: Office, paper: Paper) -> Office:
    catalogue = Catalogue(
        office.catalogue.registries, office.catalogue.operations, {paper.name: paper}, office.catalogue.watches
    )
    return replace(office, catalogue=catalogue)


def test_other_counters_write_while_pages_are_drawn_and_the_paper_says_what_then_stands(shop: Office) -> None:
    drawn: list[str] = []
    card = shop.catalogue.paper("operator_card")

    def operator_card(matter: Matter) -> Document:
        if not drawn:  # at this very moment somebody else works: this would wait in vain for a lock that is held
            act(shop, lambda desk: setattr(desk.get(Operator, 1), "operator_name", "新岸书局"))
            act(shop, lambda desk: desk.next_number("paper/档"))
        drawn.append(f"{matter.number} {matter.record['operator_name']}")
        made = card.function(matter)
        assert isinstance(made, Document)
        return made

    office = with_paper(shop, replace(card, function=operator_card))
    assert issued(office)["number"] == "档〔2026〕2号"
    assert drawn == ["档〔2026〕1号 新岸书刊社", "档〔2026〕2号 新岸书局"]
    issued(office)
    assert drawn[2:] == ["档〔2026〕3号 新岸书局"]


def test_a_paper_that_cannot_be_drawn_takes_no_number(shop: Office) -> None:
    def operator_card(_matter: Matter) -> Document:
        raise UserError("有一个字印不出来")

    office = with_paper(shop, replace(shop.catalogue.paper("operator_card"), function=operator_card))
    before = dump(shop)
    with pytest.raises(UserError, match="印不出来"):
        issued(office)
    assert dump(shop) == before
    with shop.database.read() as session:
        assert last_number(session, "paper/档", 2026) == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"copies": 0}, "份数"),
        ({"records": "1;2"}, "读不出记录编号"),
        ({"records": "77"}, "不在库"),
        ({"records": "1,2"}, "一次只能出具一家"),
        ({"paper": "licence_roster"}, "不能用于经营单位"),
        ({"paper": "nothing"}, "没有“nothing”这种文书"),
        ({"blank_serial": "A0001"}, "不打印在空白证上"),
    ],
)
def test_what_cannot_be_issued_is_refused_and_takes_no_number(
    shop: Office, given: dict[str, object], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        issued(shop, **given)
    assert issued(shop)["number"] == "档〔2026〕1号"


def test_a_reprint_is_the_same_bytes_and_a_void_paper_keeps_number_and_bytes(
    shop: Office, perform: Perform, clock: Clock
) -> None:
    made = issued(shop)
    with shop.desk(LINXIAO) as desk:
        first = archived(desk, 1)
    clock.now = datetime(2026, 12, 1, 9, 0)
    perform("amend", "operator", 1, address="别处")
    assert perform("reprint", "issued_paper", 1, copies=2).value == made
    with pytest.raises(UserError, match="份数"):
        perform("reprint", "issued_paper", 1, copies=-1)
    perform("void_paper", "issued_paper", 1, why="写错了地址")
    with pytest.raises(UserError, match="已作废，不能重印"):
        perform("reprint", "issued_paper", 1)
    with shop.desk(LINXIAO) as desk:
        assert archived(desk, 1) == first
        paper = desk.get(IssuedPaper, 1)
        assert (paper.paper_no, paper.status) == (made["number"], PaperStatus.VOID)
    assert issued(shop)["number"] == "档〔2026〕2号"


def test_a_blank_goes_one_way_and_is_spoiled_with_its_paper(office: Office, maker: Maker, perform: Perform) -> None:
    licence = maker.record("publication_licence", status="有效")
    original = next(name for name, paper in office.catalogue.papers.items() if paper.blank == "publication_original")
    about = {"paper": original, "register": "publication_licence", "records": str(licence)}
    with pytest.raises(UserError, match="请填空白证号"):
        issue_paper(office, LINXIAO, about)
    issue_paper(office, LINXIAO, {**about, "blank_serial": "A0001"})
    with pytest.raises(UserError, match="A0001 已于 2026-11-23 登记为“已用”"):
        issue_paper(office, LINXIAO, {**about, "blank_serial": " A0001 "})
    perform("void_paper", "issued_paper", 1, why="套偏了")
    with office.database.read() as session:
        assert session.scalars(select(BlankUse.outcome)).all() == [BlankOutcome.SPOILED]
    with pytest.raises(UserError, match="登记为“作废”"):
        issue_paper(office, LINXIAO, {**about, "blank_serial": "A0001"})


def test_archived_bytes_that_changed_are_named(shop: Office) -> None:
    made = issued(shop)
    shop.files.path(str(made["sha256"])).write_bytes(b"%PDF-forged")
    with shop.desk(LINXIAO) as desk:
        assert list(check_archive(desk)) == [
            f"文书 {made['number']}：文件 {str(made['sha256'])[:12]}… 的内容与登记时不一致，可能被改动或损坏，请从备份恢复"
        ]
        with pytest.raises(UserError, match="不一致"):
            archived(desk, 1)
