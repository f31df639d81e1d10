"""Every declared paper: printable with every character, numbered without gaps, archived as printed, reprinted byte for byte.

A later register's paper is covered without a line here.
"""

import csv
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.builders import Maker
from tests.shared_data import SHARED, needs_shared
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.registry import Registry
from wenlv_desk.issuing.check import check_archive
from wenlv_desk.issuing.issue import archived, preview
from wenlv_desk.issuing.records import BlankUse, IssuedPaper
from wenlv_desk.registries import catalogue
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import Done
from wenlv_desk.store.office import Office
from wenlv_desk.typeset.preview import page_sizes
from wenlv_desk.typeset.verify import extract_text

RARE = "䶮㛃𬱖𠮷𬭎"
CASES = [
    pytest.param(paper.name, registry.name, id=f"{paper.name}-{registry.name}")
    for registry in catalogue().registries.values()
    for paper in catalogue().papers_on(registry).values()
]
PAPERS = catalogue().papers
STATE_CASES = [case for case in CASES if PAPERS[str(case.values[0])].when]
KEPT_CASES = [case for case in CASES if PAPERS[str(case.values[0])].number_field]
BLANK_CASES = [case for case in CASES if catalogue().papers[str(case.values[0])].takes_serial]
# What goes onto a sheet that the holder brings does not name him again.
naming_paper = pytest.mark.parametrize(
    ("paper_name", "register"), [case for case in CASES if catalogue().papers[str(case.values[0])].fresh]
)
# Papers of one module are set alike: one of them is enough where many pages are drawn.
ONE_A_MODULE = list(
    {
        PAPERS[str(case.values[0])].function.__module__: case
        for case in reversed(CASES)
        if PAPERS[str(case.values[0])].fresh
    }.values()
)
every_paper = pytest.mark.parametrize(("paper_name", "register"), CASES)


@pytest.fixture
def maker(office: Office, clerk: Clerk, tmp_path: Path) -> Maker:
    return Maker(office, clerk, tmp_path)


def issue(maker: Maker, paper_name: str, register: str, ids: list[int], **more: object) -> Done:
    paper = maker.office.catalogue.paper(paper_name)
    if paper.takes_serial:
        maker.serial += 1
        more.setdefault("blank_serial", f"NO{maker.serial:06d}")
    records = ",".join(map(str, ids))
    return maker.perform(
        "issue", maker.registry("issued_paper"), paper=paper_name, register=register, records=records, **more
    )


def shown(maker: Maker, paper_name: str, register: str, ids: list[int], **options: object) -> bytes:
    with maker.office.desk(maker.clerk) as desk:
        return preview(desk, paper_of(maker, paper_name), maker.registry(register), ids, options)


def paper_of(maker: Maker, name: str) -> Paper:
    return maker.office.catalogue.papers[name]


def bytes_of(maker: Maker, paper_id: int) -> bytes:
    with maker.office.desk(maker.clerk) as desk:
        return archived(desk, paper_id)


def named(registry: Registry, text: str) -> dict[str, str]:
    """Values that put a text into the name of a record."""
    return {registry.named_by: text}


def ready(maker: Maker, paper_name: str, register: str, **values: object) -> int:
    """A record in a state in which the paper may be issued about it."""
    return maker.printable(maker.registry(register), paper_of(maker, paper_name), **values)


def text_of(pdf: bytes) -> str:
    return "".join("".join(extract_text(pdf)).split())


def numbers(maker: Maker) -> list[str]:
    with maker.office.database.read() as session:
        return list(session.scalars(select(IssuedPaper.paper_no).order_by(IssuedPaper.id)))


@naming_paper
def test_a_paper_prints_a_rare_name_and_gives_it_back_as_text(maker: Maker, paper_name: str, register: str) -> None:
    registry = maker.registry(register)
    record = ready(maker, paper_name, register, **named(registry, f"{RARE}书店"))
    assert f"{RARE}书店" in text_of(bytes_of(maker, issue(maker, paper_name, register, [record]).value["id"]))


@needs_shared
@pytest.mark.parametrize(("paper_name", "register"), ONE_A_MODULE)
def test_a_paper_prints_every_character_outside_gbk(maker: Maker, paper_name: str, register: str) -> None:
    with (SHARED / "data" / "strings" / "tgscc8105_outside_gbk.csv").open(encoding="utf-8-sig", newline="") as stream:
        characters = [row["char"] for row in csv.DictReader(stream)]
    assert len(characters) == 276
    registry = maker.registry(register)
    kind = registry.fields[registry.named_by].kind
    room = 40 if paper_of(maker, paper_name).blank else kind.limit if isinstance(kind, Text) else 40
    record = ready(maker, paper_name, register)
    for start in range(0, len(characters), room):
        part = "".join(characters[start : start + room])
        maker.write(registry, record, **named(registry, part))
        assert part in text_of(shown(maker, paper_name, register, [record]))


@every_paper
def test_a_paper_with_nothing_but_what_is_required_prints(maker: Maker, paper_name: str, register: str) -> None:
    registry, record = maker.registry(register), ready(maker, paper_name, register)
    kept = paper_of(maker, paper_name).state_field
    empty = [name for name, declared in registry.typed_fields.items() if not declared.never_empty and name != kept]
    maker.write(registry, record, **dict.fromkeys(empty))
    assert page_sizes(shown(maker, paper_name, register, [record]))


@every_paper
def test_what_is_archived_is_what_a_reprint_gives(maker: Maker, paper_name: str, register: str) -> None:
    registry = maker.registry(register)
    record = ready(maker, paper_name, register)
    paper_id = issue(maker, paper_name, register, [record]).value["id"]
    first = bytes_of(maker, paper_id)
    maker.write(registry, record, **named(registry, "后来的名称"))
    maker.perform("reprint", maker.registry("issued_paper"), paper_id, why="卡纸")
    assert bytes_of(maker, paper_id) == first
    assert "后来的名称" not in text_of(first)
    with maker.office.desk(maker.clerk) as desk:
        assert list(check_archive(desk)) == []


@every_paper
def test_numbers_follow_one_another_and_a_void_paper_keeps_its_own(
    maker: Maker, paper_name: str, register: str
) -> None:
    record = ready(maker, paper_name, register)
    papers = maker.registry("issued_paper")
    first = issue(maker, paper_name, register, [record]).value
    maker.perform("void_paper", papers, first["id"], why="名称打错")
    issue(maker, paper_name, register, [record])
    series = paper_of(maker, paper_name).series
    assert numbers(maker) == [f"{series}〔2026〕1号", f"{series}〔2026〕2号"]
    with pytest.raises(UserError, match="已作废，不能重印"):
        maker.perform("reprint", papers, first["id"])
    assert bytes_of(maker, first["id"])


@pytest.mark.parametrize(("paper_name", "register"), ONE_A_MODULE)
def test_a_preview_takes_no_number(maker: Maker, paper_name: str, register: str) -> None:
    record = ready(maker, paper_name, register)
    assert shown(maker, paper_name, register, [record]) == shown(maker, paper_name, register, [record])
    assert numbers(maker) == []
    assert issue(maker, paper_name, register, [record]).value["number"].endswith("〕1号")


@pytest.mark.parametrize(("paper_name", "register"), ONE_A_MODULE)
def test_a_character_no_font_has_is_refused_by_name_and_costs_no_number(
    maker: Maker, paper_name: str, register: str
) -> None:
    registry = maker.registry(register)
    record = ready(maker, paper_name, register, **named(registry, "书店\U0010fffd号"))
    with pytest.raises(UserError, match="10FFFD"):
        issue(maker, paper_name, register, [record])
    maker.write(registry, record, **named(registry, "书店号"))
    assert issue(maker, paper_name, register, [record]).value["number"].endswith("〕1号")


@pytest.mark.parametrize(("paper_name", "register"), ONE_A_MODULE)
def test_an_option_no_paper_has_is_refused(maker: Maker, paper_name: str, register: str) -> None:
    record = ready(maker, paper_name, register)
    with pytest.raises(UserError, match="打印没有“colour”这个选项"):
        shown(maker, paper_name, register, [record], colour=True)
    with pytest.raises(UserError, match="打印没有“colour”这个选项"):
        issue(maker, paper_name, register, [record], payload={"colour": True})
    assert numbers(maker) == []


@every_paper
def test_how_many_records_a_paper_takes_is_kept_to(maker: Maker, paper_name: str, register: str) -> None:
    ids = [ready(maker, paper_name, register) for _ in range(2)]
    if paper_of(maker, paper_name).many:
        assert "共2" in text_of(shown(maker, paper_name, register, ids)) or len(
            page_sizes(shown(maker, paper_name, register, ids))
        ) == len(ids)
    else:
        with pytest.raises(UserError, match="一次只能出具一"):
            issue(maker, paper_name, register, ids)
    with pytest.raises(UserError, match="没有选中任何"):
        shown(maker, paper_name, register, [])


@pytest.mark.parametrize(("paper_name", "register"), STATE_CASES)
def test_in_any_other_state_a_paper_is_neither_shown_nor_issued(maker: Maker, paper_name: str, register: str) -> None:
    registry, paper = maker.registry(register), paper_of(maker, paper_name)
    record = ready(maker, paper_name, register)
    for state in type(paper.when[0]):
        maker.write(registry, record, **{paper.state_field: state})
        if state in paper.when:
            assert page_sizes(shown(maker, paper_name, register, [record]))
            continue
        for trial in (issue, shown):
            with pytest.raises(UserError, match=f"现为“{state.label}”，.*不能出具“{re.escape(paper.title)}”"):
                trial(maker, paper_name, register, [record])
    assert numbers(maker) == []


@pytest.mark.parametrize(("paper_name", "register"), KEPT_CASES)
def test_a_record_keeps_the_number_of_its_paper_and_has_no_second_one_while_it_stands(
    maker: Maker, paper_name: str, register: str
) -> None:
    record, paper = ready(maker, paper_name, register), paper_of(maker, paper_name)
    made = issue(maker, paper_name, register, [record]).value
    assert kept_number(maker, paper, register, record) == made["number"]
    for trial in (issue, shown):
        with pytest.raises(UserError, match=f"“{re.escape(paper.title)}”已出具（{made['number']}），请重印"):
            trial(maker, paper_name, register, [record])
    maker.perform("void_paper", maker.registry("issued_paper"), made["id"], why="名称打错")
    assert kept_number(maker, paper, register, record) is None
    assert issue(maker, paper_name, register, [record]).value["number"].endswith("〕2号")


def kept_number(maker: Maker, paper: Paper, register: str, record: int) -> str | None:
    with maker.office.desk(maker.clerk) as desk:
        return getattr(desk.get(maker.registry(register).record, record), paper.number_field)  # type: ignore[no-any-return]


@pytest.mark.parametrize(("paper_name", "register"), BLANK_CASES)
def test_a_blanks_serial_goes_one_way_only(maker: Maker, paper_name: str, register: str) -> None:
    record = ready(maker, paper_name, register)
    with pytest.raises(UserError, match="请填空白证号"):
        issue(maker, paper_name, register, [record], blank_serial=None)
    issue(maker, paper_name, register, [record], blank_serial="A0001")
    blanks, blank = maker.registry("blank_use"), paper_of(maker, paper_name).blank
    with pytest.raises(UserError, match=r"空白证 A0001 已于 .* 登记为“已用”"):
        maker.perform("spoil", blanks, blank=blank, serial="A0001", why="卡纸")
    maker.perform("spoil", blanks, blank=blank, serial="A0002", why="卡纸")
    with pytest.raises(UserError, match=r"空白证 A0002 已于 .* 登记为“作废”"):
        issue(maker, paper_name, register, [record], blank_serial="A0002")
    assert [number[-2:] for number in numbers(maker)] == ["1号"]


@pytest.mark.parametrize(("paper_name", "register"), BLANK_CASES)
def test_voiding_a_paper_spoils_the_blank_it_stands_on(maker: Maker, paper_name: str, register: str) -> None:
    paper_id = issue(maker, paper_name, register, [ready(maker, paper_name, register)]).value["id"]
    maker.perform("void_paper", maker.registry("issued_paper"), paper_id, why="印歪了")
    with maker.office.database.read() as session:
        (used,) = session.scalars(select(BlankUse))
    assert (used.outcome.label, used.note, used.issued_paper_id) == ("作废", "印歪了", paper_id)


@pytest.mark.parametrize(("paper_name", "register"), BLANK_CASES)
def test_only_a_specimen_carries_the_words_of_the_blank(maker: Maker, paper_name: str, register: str) -> None:
    record = ready(maker, paper_name, register)
    assert "样张" in text_of(shown(maker, paper_name, register, [record]))
    printed = text_of(bytes_of(maker, issue(maker, paper_name, register, [record]).value["id"]))
    assert "样张" not in printed
    assert "经营许可证" not in printed


@pytest.mark.parametrize(("paper_name", "register"), BLANK_CASES)
def test_the_printers_offset_moves_the_values_and_is_refused_beyond_the_edge(
    maker: Maker, paper_name: str, register: str
) -> None:
    record = ready(maker, paper_name, register)
    straight = issue(maker, paper_name, register, [record], payload={"offset": (0.0, 0.0)}).value["id"]
    moved = issue(maker, paper_name, register, [record], payload={"offset": (1.5, -2.0)}).value["id"]
    assert bytes_of(maker, straight) != bytes_of(maker, moved)
    with pytest.raises(UserError, match="超出纸张边缘"):
        issue(maker, paper_name, register, [record], payload={"offset": (400.0, 0.0)})
    assert len(numbers(maker)) == 2


@pytest.mark.parametrize(("paper_name", "register"), BLANK_CASES)
def test_a_calibration_sheet_is_shown_and_never_issued(maker: Maker, paper_name: str, register: str) -> None:
    record = ready(maker, paper_name, register)
    assert "校准页" in text_of(shown(maker, paper_name, register, [record], calibration=True))
    with pytest.raises(UserError, match="校准页不是文书"):
        issue(maker, paper_name, register, [record], payload={"calibration": True})


@pytest.mark.parametrize("register", ["publication_licence", "printing_licence"])
def test_a_roster_repeats_its_heading_and_counts_its_pages(maker: Maker, register: str) -> None:
    operator = maker.record("operator")
    ids = [maker.record(register, operator_id=operator) for _ in range(40)]
    pages = ["".join(text.split()) for text in extract_text(shown(maker, "licence_roster", register, ids))]
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert "许可证编号" in text
        assert f"第{number}页共{len(pages)}页" in text
    assert "共40件" in pages[0]


def test_a_roster_shows_the_columns_the_list_shows(maker: Maker) -> None:
    record = maker.record("operator", operator_name="青禾书店", address="海政路1号")
    text = text_of(shown(maker, "operator_roster", "operator", [record], columns=["operator_name"]))
    assert "青禾书店" in text
    assert "海政路1号" not in text


def test_a_registration_batch_numbers_every_licence_by_itself(maker: Maker) -> None:
    ids = [maker.record("publication_licence") for _ in range(3)]
    pages = [
        "".join(text.split()) for text in extract_text(shown(maker, "licence_registration", "publication_licence", ids))
    ]
    assert ["第1页共1页" in text for text in pages] == [True, True, True]


def test_a_registration_page_leaves_out_what_the_program_keeps_for_itself(maker: Maker) -> None:
    text = text_of(shown(maker, "licence_registration", "publication_licence", [maker.record("publication_licence")]))
    assert "规范化编号" not in text
    assert "终止原因" not in text
    assert "营业面积" in text
    assert "12.50平方米" in text
