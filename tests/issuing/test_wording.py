"""文书范本: seeded, refreshed with the program, put into the bureau's own words and back; what nothing can fill is refused by name."""

import pytest
from sqlalchemy import select

from tests.builders import Maker, dump
from tests.conftest import Clock, Perform
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing import wording as module
from wenlv_desk.issuing.issue import preview
from wenlv_desk.issuing.matter import gather
from wenlv_desk.issuing.wording import PaperWording, known_in, outdated, wording
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import JournalEntry
from wenlv_desk.store.undo import undo
from wenlv_desk.typeset.verify import extract_text
from wenlv_desk.typeset.wording import placeholders, shipped, shipped_codes

RECEIPT = "review_receipt"
OWN = "标题：收件回执（本局）\n主送：{单位名称}\n本局已收到你单位的材料。"


def row_of(office: Office, code: str = RECEIPT) -> PaperWording:
    with office.database.read() as session:
        return session.scalars(select(PaperWording).where(PaperWording.code == code)).one()


def test_a_new_folder_has_every_text_under_a_name_of_its_own(office: Office) -> None:
    with office.database.read() as session:
        rows = session.scalars(select(PaperWording)).all()
    assert {row.code for row in rows} == set(shipped_codes())
    assert len({row.title for row in rows}) == len(rows)
    assert "年审结果通知（暂缓）" in {row.title for row in rows}
    assert not any(row.own for row in rows)


def test_every_shipped_text_uses_only_what_its_papers_say(office: Office, clerk: Clerk) -> None:
    with office.desk(clerk) as desk:
        for row in desk.session.scalars(select(PaperWording)):
            named = [paper for paper in office.catalogue.papers.values() if row.code in paper.wordings]
            assert named, row.code
            assert set(placeholders(row.text)) <= set(known_in(desk, row))


def test_own_words_are_printed_from_then_on_and_can_be_taken_back(
    office: Office, maker: Maker, perform: Perform, clerk: Clerk
) -> None:
    registry, paper = maker.registry("review_case"), office.catalogue.paper(RECEIPT)
    case = maker.printable(registry, paper)
    done = perform("reword", "paper_wording", row_of(office).id, text=f"{OWN}\n")
    assert (row_of(office).text, row_of(office).own) == (OWN, True)
    with office.desk(clerk) as desk:
        assert wording(gather(desk, registry, [case], ""), RECEIPT).body == ("本局已收到你单位的材料。",)
        assert "本局已收到你单位的材料" in extract_text(preview(desk, paper, registry, [case]))[0]
    undo(office, clerk, done.entry_id)
    assert not row_of(office).own
    assert check(office) == []


def test_going_back_to_the_programs_text(office: Office, perform: Perform) -> None:
    row_id = row_of(office).id
    with pytest.raises(UserError, match="现在用的就是程序自带的文字"):
        perform("restore_shipped", "paper_wording", row_id)
    perform("reword", "paper_wording", row_id, text=OWN)
    perform("restore_shipped", "paper_wording", row_id)
    assert (row_of(office).text, row_of(office).own) == (shipped(RECEIPT).strip(), False)
    perform("reword", "paper_wording", row_id, text=OWN)
    perform("reword", "paper_wording", row_id, text=shipped(RECEIPT))
    assert not row_of(office).own


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{OWN}\n地址：{{窗口地扯}}", r"\{窗口地扯\}（是不是 \{窗口地址\}？）"),
        ("主送：{单位名称}\n正文", "没有标题"),
        ("标题：回执", "没有正文"),
        (f"{OWN}\n地址：{{窗口地址", "没有成对"),
        ("字" * 20_001, "20000"),
    ],
)
def test_a_text_that_could_not_be_filled_is_refused_and_nothing_is_kept(
    office: Office, perform: Perform, text: str, said: str
) -> None:
    before = dump(office)
    with pytest.raises(UserError, match=said):
        perform("reword", "paper_wording", row_of(office).id, text=text)
    assert dump(office) == before


def test_saving_what_was_there_already_is_told(office: Office, perform: Perform) -> None:
    with pytest.raises(UserError, match="没有改动"):
        perform("reword", "paper_wording", row_of(office).id, text=shipped(RECEIPT))


def test_no_text_is_added_or_taken_off_by_hand(office: Office) -> None:
    registry = office.catalogue.registry("paper_wording")
    assert not {"create", "amend", "void", "merge", "import_ledger"} & set(office.catalogue.operations_on(registry))


@pytest.fixture
def newer(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version of the program: other words for two notices, and one notice more."""
    texts = {code: shipped(code) for code in shipped_codes()}
    texts |= {code: f"{texts[code].strip()}\n（新版）" for code in (RECEIPT, "review_passed")}
    texts["review_extra"] = "# 补充通知：新的\n标题：补充通知\n正文。"
    monkeypatch.setattr(module, "shipped", texts.__getitem__)
    monkeypatch.setattr(module, "shipped_codes", lambda: tuple(texts))


@pytest.mark.usefixtures("newer")
def test_opening_with_a_newer_program_brings_its_texts_but_leaves_the_bureaus_words(
    office: Office, perform: Perform, clock: Clock
) -> None:
    perform("reword", "paper_wording", row_of(office).id, text=OWN)
    before = len(entries(office))
    again = open_desk(office.folder, clock=clock)
    assert row_of(again).text == OWN
    assert row_of(again, "review_passed").text.endswith("（新版）")
    assert row_of(again, "review_extra").title == "补充通知"
    assert [entry.title for entry in entries(again)[before:]] == ["更新自带范本 文书范本"]
    perform("restore_shipped", "paper_wording", row_of(again).id)
    assert row_of(again).text.endswith("（新版）")
    open_desk(office.folder, clock=clock).close()
    assert len(entries(again)) == before + 2
    assert check(again) == []
    again.close()


def entries(office: Office) -> list[JournalEntry]:
    with office.database.read() as session:
        return list(session.scalars(select(JournalEntry).order_by(JournalEntry.id)))


def test_bringing_the_texts_twice_says_that_they_are_there(office: Office, perform: Perform, clerk: Clerk) -> None:
    with pytest.raises(UserError, match="文书范本已是最新"):
        perform("bring_wordings", "paper_wording")
    with office.desk(clerk) as desk:
        assert outdated(desk) == {}


def test_a_text_the_program_ships_no_more_stays_and_cannot_be_restored(
    office: Office, perform: Perform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "shipped_codes", lambda: ("review_passed",))
    perform("reword", "paper_wording", row_of(office).id, text=OWN)
    with pytest.raises(UserError, match="不再带这份范本"):
        perform("restore_shipped", "paper_wording", row_of(office).id)
