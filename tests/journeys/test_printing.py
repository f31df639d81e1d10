"""Journey 3: papers — pages, cards, rosters, overprints; the same bytes again; a void paper keeps its number."""

from pathlib import Path
from typing import Any

import pytest

from tests.shelling import CommandLine
from wenlv_desk.core.papers import Paper
from wenlv_desk.registries import catalogue
from wenlv_desk.typeset.preview import page_sizes
from wenlv_desk.typeset.verify import extract_text


def text_of(path: Path) -> str:
    return "\n".join(extract_text(path.read_bytes()))


def issue(desk: CommandLine, out: Path, *words: str) -> dict[str, Any]:
    told = desk("print", *words, "--out", out)
    assert told["out"] == str(out)
    return dict(told)


def test_a_registration_page_is_numbered_archived_and_the_same_when_printed_again(
    bureau: CommandLine, tmp_path: Path
) -> None:
    first, again = tmp_path / "登记 页.pdf", tmp_path / "重印.pdf"
    told = issue(bureau, first, "licence_registration", "新出发鲁零字第示006号", "--register", "publication_licence")
    assert told["number"] == "青文旅登〔2026〕1号"
    assert "山海书局" in text_of(first)
    later = bureau("print", told["number"], "--out", again, "--purpose", "当事人遗失", today="2026-12-01")
    assert later["sha256"] == told["sha256"]
    assert again.read_bytes() == first.read_bytes()
    history = bureau("history", "issued_paper", told["number"])
    assert [entry["title"].split(" ")[0] for entry in history] == ["重印", "出具文书"]
    assert (
        bureau("list", "issued_paper", "--where", f"title={catalogue().paper('licence_registration').title}")["total"]
        == 1
    )


def test_a_void_paper_keeps_its_number_and_is_not_printed_again(bureau: CommandLine, tmp_path: Path) -> None:
    first = issue(bureau, tmp_path / "a.pdf", "operator_card", "山海书局")
    bureau("do", "issued_paper.void_paper", first["number"], "--why", "名称有误")
    assert issue(bureau, tmp_path / "b.pdf", "operator_card", "山海书局")["number"] == "青文旅档〔2026〕2号"
    assert [row["paper_no"] for row in bureau("list", "issued_paper", "--search", "档")["rows"]] == [
        "青文旅档〔2026〕1号",
        "青文旅档〔2026〕2号",
    ]
    assert "已作废" in bureau.refused("print", first["number"], "--out", tmp_path / "c.pdf")
    assert not (tmp_path / "c.pdf").exists()
    last = bureau("history", "issued_paper", first["number"])[0]["entry"]
    assert "不能撤销" in bureau.refused("undo", last)
    assert bureau("check") == {"problems": []}


def test_numbers_begin_anew_each_year(bureau: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert bureau("print", "operator_card", 1, "--out", out)["number"] == "青文旅档〔2026〕1号"
    assert bureau("print", "operator_card", 1, "--out", out, today="2027-01-01")["number"] == "青文旅档〔2027〕1号"
    assert bureau("print", "operator_card", 1, "--out", out)["number"] == "青文旅档〔2026〕2号"


def test_a_card_holds_the_whole_file_also_of_a_rare_name(bureau: CommandLine, tmp_path: Path) -> None:
    issue(bureau, tmp_path / "a.pdf", "operator_card", "墨香印刷有限公司")
    text = text_of(tmp_path / "a.pdf")
    assert "李𬱖" in text
    assert "（鲁）印证字第示" in text
    assert "139****1060" in text


def test_a_roster_holds_the_filtered_list_and_pages_a_long_one(bureau: CommandLine, tmp_path: Path) -> None:
    few, all_of_them = tmp_path / "few.pdf", tmp_path / "all.pdf"
    issue(bureau, few, "licence_roster", "--register", "publication_licence", "--where", "standing=长期")
    assert "栖云图书馆书吧" in text_of(few)
    assert "山海书局" not in text_of(few)
    told = issue(bureau, all_of_them, "operator_roster")
    assert told["pages"] > 1
    text = text_of(all_of_them)
    assert "共 69 家" in text
    assert text.count("单位名称") == told["pages"]
    assert "没有选中任何" in bureau.refused(
        "print", "operator_roster", "--search", "没有这样的", "--out", tmp_path / "x.pdf"
    )


def test_a_blank_serial_is_used_once(bureau: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    first = issue(bureau, out, "publication_original", "6", "--blank-serial", "A0001")
    said = bureau.refused("print", "publication_original", 7, "--blank-serial", "A0001", "--out", tmp_path / "b.pdf")
    assert "A0001" in said
    assert "山海书局" in said
    assert not (tmp_path / "b.pdf").exists()
    bureau("do", "issued_paper.void_paper", first["number"], "--why", "卡纸")
    assert [row["outcome"] for row in bureau("list", "blank_use")["rows"]] == ["作废"]
    second = issue(bureau, out, "publication_original", "6", "--blank-serial", "A0002")
    assert (first["number"], second["number"]) == ("青文旅证〔2026〕1号", "青文旅证〔2026〕2号")


def test_a_preview_takes_no_number_and_says_so(bureau: CommandLine, tmp_path: Path) -> None:
    out, before = tmp_path / "样张.pdf", bureau("list", "issued_paper")
    assert "没有编号" in bureau.ask("print", "publication_original", 6, "--preview", "--out", out).out
    assert "样张" in text_of(out)
    assert bureau("list", "issued_paper") == before
    assert issue(bureau, out, "operator_card", "1")["number"] == "青文旅档〔2026〕1号"


def test_several_records_have_a_paper_each_in_one_file(bureau: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "合订.pdf"
    told = bureau("print", "operator_card", 1, 2, 2, 3, "--copies", 2, "--out", out)
    assert told["numbers"] == [f"青文旅档〔2026〕{n}号" for n in (1, 2, 3)]
    kept = [bureau("show", "issued_paper", number) for number in told["numbers"]]
    assert [row["copies"] for row in kept] == ["2"] * 3
    sheets = sum(int(row["pages"]) for row in kept)
    assert len(page_sizes(out.read_bytes())) == sheets
    assert [number in text_of(out) for number in told["numbers"]] == [True] * 3
    assert bureau("check") == {"problems": []}


def test_who_cannot_have_the_paper_is_left_out_with_the_reason(bureau: CommandLine, tmp_path: Path) -> None:
    out, again = tmp_path / "a.pdf", tmp_path / "b.pdf"
    told = bureau("print", "review_result", "--where", "status=办结", "--out", out, code=1)
    assert told["numbers"] == []
    assert not out.exists()
    assert "不能出具“年审结果通知”" in told["left_out"][0]["reasons"][0]
    waiting = bureau("list", "review_case", "--where", "status=应审未报", "--limit", 1)["rows"]
    closed = bureau("list", "review_case", "--where", "status=办结", "--limit", 2)["rows"]
    answer = bureau.ask("print", "review_delivery", *(row["id"] for row in (*waiting, *closed)), "--out", again)
    assert answer.code == 1
    assert "已出具 2 件，不出具 1 件：青文旅送〔2026〕1号 至 青文旅送〔2026〕2号" in answer.out
    assert f"{waiting[0]['licensee_name']} {waiting[0]['case_no']}" in answer.out
    assert closed[0]["licensee_name"] in text_of(again)


def test_several_issued_papers_are_printed_again_as_one_file(bureau: CommandLine, tmp_path: Path) -> None:
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    numbers = bureau("print", "operator_card", 1, 2, "--out", first)["numbers"]
    assert bureau("print", *numbers, "--purpose", "装订", "--out", again)["numbers"] == numbers
    assert text_of(again) == text_of(first)
    said = bureau.refused("print", numbers[0], "1", "--out", again)
    assert "“1”不是已出具文书的编号" in said


def ready_for(desk: CommandLine, register: str, paper: Paper) -> list[int]:
    """The records that a paper may be issued about as they stand."""
    registry = catalogue().registry(register)
    states = [word for state in paper.when for word in ("--where", f"{paper.state_field}={state.label}")]
    number = ["--where", f"{paper.number_field}="] if paper.number_field in registry.fields else []
    return [row["id"] for row in desk("list", register, *states, *number)["rows"]]


def test_every_paper_prints_from_the_shell(bureau: CommandLine, tmp_path: Path) -> None:
    for register in bureau("registers"):
        for name in register["papers"]:
            paper = catalogue().paper(name)
            ready = ready_for(bureau, register["name"], paper)
            if not ready:  # the demonstration bureau has issued it to all who can have it
                assert bureau("list", "issued_paper", "--where", f"title={paper.title}")["total"] >= 1
                continue
            out = tmp_path / f"{register['name']} {name}.pdf"
            serial = ("--blank-serial", name) if paper.takes_serial else ()
            bureau("print", name, ready[0], "--register", register["name"], *serial, "--out", out)
            assert out.read_bytes().startswith(b"%PDF")
    assert bureau("check") == {"problems": []}


def test_a_paper_that_finds_no_place_is_still_in_the_archive(bureau: CommandLine, tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full on this system")
    said = bureau.refused("print", "operator_card", 1, "--out", full)
    assert "磁盘已满" in said
    assert "print 青文旅档〔2026〕1号" in said
    assert bureau("print", "青文旅档〔2026〕1号", "--out", tmp_path / "a.pdf")["pages"] >= 1


def test_the_same_record_named_twice_is_printed_once(bureau: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    words = ("licence_registration", "6", "新出发鲁零字第示006号", "--register", "publication_licence")
    assert issue(bureau, out, *words)["pages"] == 1


def test_no_paper_calls_a_lapsed_licence_valid(bureau: CommandLine, tmp_path: Path) -> None:
    page, card = tmp_path / "page.pdf", tmp_path / "card.pdf"
    issue(bureau, page, "licence_registration", "新出发鲁零字第示003号", "--register", "publication_licence")
    issue(bureau, card, "operator_card", "新岸书刊社")
    assert "逾期未延续" in text_of(page)
    assert "逾期未延续" in text_of(card)
