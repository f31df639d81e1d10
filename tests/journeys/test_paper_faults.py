"""A kill, or another counter, between a decision and its paper: the decision stands, the paper is issued once, no number is lost."""

import json
import os
import signal
from pathlib import Path

import pytest

from tests.journeys.test_faults import holding
from tests.processes import all_of, run, start
from tests.shelling import CommandLine

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of Unix")

KILL = "os.kill(os.getpid(), signal.SIGKILL)"
PAPER = "review_result"


@pytest.fixture
def passed(bureau: CommandLine) -> int:
    """A case that was passed and has no paper yet."""
    case = int(bureau("list", "review_case", "--where", "status=审核中")["rows"][0]["id"])
    bureau("do", "review_case.pass_case", case)
    return case


@pytest.fixture
def last(bureau: CommandLine, passed: int) -> int:
    """How many papers of the series there are."""
    return int(bureau("list", "issued_paper", "--where", "title=年审结果通知")["total"])


def number_of(bureau: CommandLine, case: int) -> str:
    shown = bureau("show", "review_case", case)
    assert shown["status"] == "通过"
    return str(shown["result_no"])


def test_a_kill_while_the_paper_is_numbered_leaves_the_decision_and_no_gap(
    bureau: CommandLine, passed: int, last: int, tmp_path: Path
) -> None:
    out = tmp_path / "通知.pdf"
    killed = run(
        bureau.folder,
        "print",
        PAPER,
        passed,
        "--out",
        out,
        prelude=holding("wenlv_desk.store.gate", "write_entry", KILL),
    )
    assert killed.returncode == -signal.SIGKILL
    assert number_of(bureau, passed) == ""
    made = bureau("print", PAPER, passed, "--out", out)
    assert made["number"] == f"青文旅审〔2026〕{last + 1}号" == number_of(bureau, passed)
    said = bureau.refused("print", PAPER, passed, "--out", tmp_path / "再.pdf")
    assert f"“年审结果通知”已出具（{made['number']}），请重印" in said
    assert bureau("check") == {"problems": []}


def test_a_kill_before_the_printer_leaves_a_paper_that_is_printed_again_and_not_issued_twice(
    bureau: CommandLine, passed: int, last: int, tmp_path: Path
) -> None:
    out, words = tmp_path / "通知.pdf", ("print", PAPER, passed, "--out")
    killed = run(bureau.folder, *words, out, prelude=holding("wenlv_desk.issuing.batch", "merged_archive", KILL))
    assert killed.returncode == -signal.SIGKILL
    number = number_of(bureau, passed)
    assert number == f"青文旅审〔2026〕{last + 1}号"
    assert f"已出具（{number}），请重印；内容有误先作废原件" in bureau.refused(*words, tmp_path / "再.pdf")
    assert bureau("print", number, "--out", out)["number"] == number
    assert out.read_bytes().startswith(b"%PDF")
    bureau("do", "issued_paper.void_paper", number, "--why", "盖错了章")
    assert bureau(*words, out)["number"] == f"青文旅审〔2026〕{last + 2}号"


def test_a_kill_in_the_middle_of_a_selection_leaves_whole_papers_and_the_rest_to_be_issued(
    bureau: CommandLine, tmp_path: Path
) -> None:
    ids = [row["id"] for row in bureau("list", "operator", "--limit", 5)["rows"]]
    words = ("print", "operator_card", *ids, "--out", tmp_path / "a.pdf")
    prelude = "import wenlv_desk.issuing.batch as batch\nbatch.CHUNK = 2\n" + holding(
        "wenlv_desk.store.gate",
        "write_entry",
        f"stop.times = getattr(stop, 'times', 0) + 1\n    return before(*a, **k) if stop.times < 3 else {KILL}",
    )
    assert run(bureau.folder, *words, prelude=prelude).returncode == -signal.SIGKILL
    rows = bureau("list", "issued_paper", "--where", "title=一企一档")["rows"]
    assert sorted(row["paper_no"] for row in rows) == [f"青文旅档〔2026〕{n}号" for n in (1, 2, 3, 4)]
    assert bureau("check") == {"problems": []}
    told = bureau("print", "operator_card", *ids[4:], ids[0], "--out", tmp_path / "b.pdf")
    assert told["numbers"] == ["青文旅档〔2026〕5号", "青文旅档〔2026〕6号"]


def test_of_two_desks_that_issue_one_paper_the_second_is_told_its_number(
    bureau: CommandLine, passed: int, last: int, tmp_path: Path
) -> None:
    words = ("print", PAPER, passed, "--out")
    ended = all_of([start(bureau.folder, *words, tmp_path / f"{n}.pdf") for n in range(2)])
    assert sorted(code for code, _, _ in ended) == [0, 2], ended
    number = next(json.loads(out)["number"] for code, out, _ in ended if code == 0)
    assert number == f"青文旅审〔2026〕{last + 1}号" == number_of(bureau, passed)
    assert f"已出具（{number}）" in next(err for code, _, err in ended if code == 2)


def test_two_desks_that_issue_to_the_same_selection_share_it_without_gap_or_double(
    bureau: CommandLine, tmp_path: Path
) -> None:
    bureau("batch", "review_case.urge", "--where", "status=逾期未审", "--where", "review_year=2026")
    bureau("batch", "review_case.urge", "--where", "status=应审未报", "--where", "review_year=2026", code=1)
    before = bureau("list", "issued_paper", "--where", "title=书面催告")["total"]
    words = ("print", "review_urging", "--where", "status=已书面催告", "--out")
    ended = all_of([start(bureau.folder, *words, tmp_path / f"{n}.pdf") for n in range(2)])
    assert {code for code, _, _ in ended} <= {0, 1}, ended
    numbers = [number for _, out, _ in ended for number in json.loads(out)["numbers"]]
    kept = bureau("list", "issued_paper", "--where", "title=书面催告")["total"]
    assert len(numbers) == len(set(numbers)) == kept - before > 0
    assert bureau("check") == {"problems": []}
