"""One paper a record for a selection: numbered in its order, archived each by itself, stopped between two, left out with a reason."""

import threading
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from tests.builders import Maker, dump
from tests.conftest import Clock, Perform
from tests.issuing.test_issue import with_paper
from tests.store.acting import LINXIAO, act, firm
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.registry import Registry
from wenlv_desk.issuing import batch
from wenlv_desk.issuing.batch import STOPPED, IssuedMany, foresee_papers, issue_many, merged_archive
from wenlv_desk.issuing.check import check_archive
from wenlv_desk.issuing.issue import archived, issue_paper
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.records import IssuedPaper
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.files import FileStore
from wenlv_desk.store.office import Office
from wenlv_desk.store.series import last_number
from wenlv_desk.store.tables import JournalEntry
from wenlv_desk.typeset.page import Document
from wenlv_desk.typeset.verify import extract_text

CARD = "operator_card"
SHOPS = 7


@pytest.fixture
def shops(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Seven shops, and chunks of three."""
    act(office, lambda desk: [desk.add(firm(f"新岸书刊社{n}")) for n in range(1, SHOPS + 1)])
    monkeypatch.setattr(batch, "CHUNK", 3)
    return office


def issued(office: Office, ids: list[int], **more: object) -> IssuedMany:
    registry = office.catalogue.registry("operator")
    return issue_many(office, LINXIAO, office.catalogue.paper(CARD), registry, ids, **more)  # type: ignore[arg-type]


def numbers(made: IssuedMany) -> list[int]:
    return [int(one.number.removesuffix("号").rpartition("〕")[2]) for one in made.issued]


def kept(office: Office) -> list[str]:
    with office.database.read() as session:
        return list(session.scalars(select(IssuedPaper.paper_no).order_by(IssuedPaper.id)))


def test_each_has_its_number_in_the_order_chosen_and_its_own_file(shops: Office) -> None:
    order = [5, 2, 7, 1, 3, 6, 4]
    made = issued(shops, [*order, 5], copies=2, purpose="归档")
    assert [one.record_id for one in made.issued] == order
    assert numbers(made) == list(range(1, SHOPS + 1))
    assert (made.left_out, made.stopped, made.changed) == ((), False, frozenset({"issued_paper"}))
    with shops.desk(LINXIAO) as desk:
        for one in made.issued:
            paper = desk.get(IssuedPaper, one.paper_id)
            assert (paper.paper_no, paper.record_ids, paper.about) == (
                one.number,
                str(one.record_id),
                f"新岸书刊社{one.record_id}",
            )
            assert (paper.copies, paper.purpose, paper.pages) == (2, "归档", one.pages)
            assert one.number in extract_text(archived(desk, one.paper_id))[0]
        assert list(check_archive(desk)) == []
    assert check(shops) == []


def test_a_paper_of_a_selection_is_the_one_that_would_be_issued_alone(shops: Office) -> None:
    with shops.database.read() as session:
        before = last_number(session, "paper/档", 2026)
    made = issued(shops, [1, 2, 3, 4])
    copy = Office(shops.folder, shops.database, shops.catalogue, shops.clock)
    act(shops, lambda desk: desk.next_numbers("paper/档", -4, 2026))  # as if none had been taken
    alone = issue_paper(copy, LINXIAO, {"paper": CARD, "register": "operator", "records": "1"}).value
    with shops.desk(LINXIAO) as desk:
        assert archived(desk, alone["id"]) == archived(desk, made.issued[0].paper_id)
    assert before == 0


def test_many_papers_make_few_entries(shops: Office) -> None:
    issued(shops, list(range(1, SHOPS + 1)))
    with shops.database.read() as session:
        entries = session.scalars(select(JournalEntry).where(JournalEntry.operation == "issue_each")).all()
    assert [entry.arguments["records"] for entry in entries] == ["1,2,3", "4,5,6", "7"]


def test_who_cannot_be_drawn_is_left_out_by_name_and_takes_no_number(shops: Office, perform: Perform) -> None:
    perform("amend", "operator", 2, operator_name="书店\U0010fffd号")
    made = issued(shops, [1, 2, 99, 3])
    assert ([one.record_id for one in made.issued], numbers(made)) == ([1, 3], [1, 2])
    rare, gone = made.left_out
    assert (rare.record_id, gone.record_id, gone.name) == (2, 99, "编号 99")
    assert "10FFFD" in rare.reasons[0]
    assert "已不在库" in gone.reasons[0]


@pytest.mark.parametrize("reached", [0, 1, 3, 5])
def test_a_stop_leaves_whole_papers_and_says_what_was_not_reached(shops: Office, reached: int) -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return done >= reached

    made = issued(shops, list(range(1, SHOPS + 1)), progress=progress)
    assert made.stopped
    assert [one.record_id for one in made.issued] == list(range(1, reached + 1))
    assert {one.reasons for one in made.left_out} == {(STOPPED,)}
    assert len(made.issued) + len(made.left_out) == SHOPS
    assert seen[-1] == (SHOPS, SHOPS)
    assert check(shops) == []
    rest = issued(shops, [one.record_id for one in made.left_out])
    assert numbers(rest) == list(range(reached + 1, SHOPS + 1))


def test_what_another_counter_wrote_meanwhile_is_what_is_printed(shops: Office) -> None:
    drawn: list[str] = []
    card = shops.catalogue.paper(CARD)

    def operator_card(matter: Matter) -> Document:
        if len(drawn) == 1:  # at this very moment somebody else works: this would wait in vain for a lock that is held
            act(shops, lambda desk: setattr(desk.get(Operator, 1), "operator_name", "新岸书局"))
            act(shops, lambda desk: desk.next_number("paper/档"))
        drawn.append(f"{matter.number} {matter.record['operator_name']}")
        made = card.function(matter)
        assert isinstance(made, Document)
        return made

    made = issued(with_paper(shops, replace(card, function=operator_card)), [1, 2])
    assert drawn[:2] == ["档〔2026〕1号 新岸书刊社1", "档〔2026〕2号 新岸书刊社2"]
    assert drawn[2:] == ["档〔2026〕2号 新岸书局", "档〔2026〕3号 新岸书刊社2"]
    assert numbers(made) == [2, 3]


def test_what_was_done_meanwhile_to_one_leaves_out_that_one(office: Office, maker: Maker, clerk: Clerk) -> None:
    """Another counter issues one of the papers while they are drawn."""
    registry = maker.registry("review_case")
    paper = replace(office.catalogue.paper("review_delivery"), number_field="remark", when=())
    ids = [maker.record("review_case") for _ in range(3)]
    function, reached = paper.function, []

    def review_delivery(matter: Matter) -> Document:
        if not reached:
            maker.write(registry, ids[1], remark="青文旅送〔2026〕9号")
        reached.append(matter.record.id)
        made = function(matter)
        assert isinstance(made, Document)
        return made

    paper = replace(paper, function=review_delivery)
    made = issue_many(with_paper(office, paper), clerk, paper, registry, ids)
    assert [one.record_id for one in made.issued] == [ids[0], ids[2]]
    assert numbers(made) == [1, 2]
    assert "已出具（青文旅送〔2026〕9号）" in made.left_out[0].reasons[0]


def test_a_disk_that_is_full_ends_the_batch_and_the_rest_is_told(
    shops: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, kept_so_far = FileStore.put, []

    def full(store: FileStore, content: bytes) -> str:
        kept_so_far.append(1)
        if len(kept_so_far) > 4:
            raise UserError("文件没能存入数据文件夹（磁盘已满），请检查磁盘空间和写权限")
        return put(store, content)

    monkeypatch.setattr(FileStore, "put", full)
    made = issued(shops, list(range(1, SHOPS + 1)))
    assert [one.record_id for one in made.issued] == [1, 2, 3]
    assert made.stopped
    assert {one.reasons[0] for one in made.left_out} == {
        "没有出具：出了故障（文件没能存入数据文件夹（磁盘已满），请检查磁盘空间和写权限）"
    }
    assert check(shops) == []


def test_two_counters_at_once_take_numbers_without_gap_or_double(shops: Office) -> None:
    made: dict[str, IssuedMany] = {}
    start = threading.Barrier(2)

    def work(name: str, ids: list[int]) -> None:
        start.wait()
        made[name] = issued(shops, ids)

    threads = [threading.Thread(target=work, args=one) for one in (("甲", [1, 2, 3, 4]), ("乙", [5, 6, 7]))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(numbers(made["甲"]) + numbers(made["乙"])) == list(range(1, SHOPS + 1))
    assert not made["甲"].left_out + made["乙"].left_out
    with shops.desk(LINXIAO) as desk:
        for one in (*made["甲"].issued, *made["乙"].issued):
            assert one.number in extract_text(archived(desk, one.paper_id))[0]
    assert check(shops) == []


def test_the_year_of_the_number_is_that_of_the_day(shops: Office, clock: Clock) -> None:
    issued(shops, [1, 2])
    clock.now = datetime(2027, 1, 4, 9, 0)
    assert [one.number for one in issued(shops, [3, 4]).issued] == ["档〔2027〕1号", "档〔2027〕2号"]


@pytest.mark.parametrize(
    ("paper", "register", "copies", "said"),
    [
        ("operator_roster", "operator", 1, "不能逐件出具"),
        ("publication_original", "publication_licence", 1, "一件一件地打印"),
        (CARD, "operator", 0, "份数"),
        (CARD, "publication_licence", 1, "不能用于出版物经营许可证"),
    ],
)
def test_what_is_wrong_for_all_is_refused_before_anything_is_drawn(
    shops: Office, paper: str, register: str, copies: int, said: str
) -> None:
    before = dump(shops)
    registry: Registry = shops.catalogue.registry(register)
    with pytest.raises(UserError, match=said):
        issue_many(shops, LINXIAO, shops.catalogue.paper(paper), registry, [1], copies=copies)
    assert dump(shops) == before


def test_a_clerk_without_the_right_issues_nothing(shops: Office) -> None:
    registry = shops.catalogue.registry("operator")
    with pytest.raises(UserError, match="没有这项权限"):
        issue_many(shops, Clerk("无权", roles=frozenset()), shops.catalogue.paper(CARD), registry, [1])
    assert kept(shops) == []


def test_who_can_have_a_paper_is_foreseen_with_the_reasons_of_the_others(office: Office, maker: Maker) -> None:
    paper = replace(office.catalogue.paper("publication_original"), blank="")
    registry = maker.registry("publication_licence")
    active, draft = (maker.record(registry.name, status=state) for state in ("有效", "草稿"))
    with office.desk(maker.clerk) as desk:
        seen = foresee_papers(desk, paper, registry, [draft, active, 77, draft])
    assert [one.record_id for one in seen.able] == [active]
    assert [(one.record_id, one.reasons) for one in seen.left_out] == [
        (draft, (f"现为“草稿”，还不能出具“{paper.title}”；先办：核发",)),
        (77, ("已不在库，可能已被撤销，请刷新列表",)),
    ]


def test_the_archived_papers_of_a_selection_are_one_file_for_the_printer(shops: Office) -> None:
    made = issued(shops, [3, 1, 2])
    with shops.desk(LINXIAO) as desk:
        whole = extract_text(merged_archive(desk, made.paper_ids))
        single = [page for one in made.paper_ids for page in extract_text(archived(desk, one))]
        assert merged_archive(desk, [made.issued[0].paper_id]) == archived(desk, made.issued[0].paper_id)
    assert whole == single


def test_the_records_numbers_are_kept_by_a_batch_too(office: Office, maker: Maker, clerk: Clerk) -> None:
    registry, paper = maker.registry("review_case"), office.catalogue.paper("review_receipt")
    ids = [maker.printable(registry, paper, received_at=datetime(2026, 11, 20, 9), list_version=1) for _ in range(2)]
    made = issue_many(office, clerk, paper, registry, ids)
    assert made.left_out == ()
    with office.database.read() as session:
        rows = session.execute(select(registry.record.id, registry.record.receipt_no)).all()  # type: ignore[attr-defined]
    assert dict(rows).items() >= {one.record_id: one.number for one in made.issued}.items()
    again = issue_many(office, clerk, paper, registry, ids)
    assert (again.issued, [one.record_id for one in again.left_out]) == ((), ids)
    assert check(office) == []
    assert made.issued[0].number == f"收〔{date(2026, 11, 23).year}〕1号"
