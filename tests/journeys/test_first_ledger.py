"""Journey 1: the first ledger comes in — looked at, mapped, imported, its rejects corrected, and all of it taken back."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.builders import dump
from tests.conftest import Clock
from tests.ledger.reading_samples import xlsx
from tests.shared_data import DATA, needs_shared
from tests.shelling import CommandLine
from wenlv_desk.registries.opening import open_desk

TITLE = ["青屿市文化市场经营单位台账（2024年）", None, None, None, None, None]
HEADINGS = ["序号", "门店招牌", "信用代码", "负责人", "电话", "营业状态"]
ROWS = [
    [1, "甲书店", "92370687MA3C6RFJ27", "王一", 13800130001, "营业"],
    [2, "乙网吧", None, "李二", "0535-3000001", "开着"],
    [3, None, None, "无名", None, "营业"],
    [4, "丁影城", 9.13706870987654e17, "赵四", "13800130004", "营业"],
    [5, "戊书店", None, "孙五", "138001300", "停业"],
]
MAPPED = ("--map", "门店招牌=单位名称", "--map", "营业状态=经营状态", "--word", "经营状态:开着=营业")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return xlsx(tmp_path / "我的 台账.xlsx", [TITLE, HEADINGS, *ROWS])


def state(desk: CommandLine) -> Any:
    """A logical dump of every row the journal watches."""
    office = open_desk(desk.folder, clock=Clock())
    try:
        return dump(office)
    finally:
        office.close()


def test_a_dry_run_says_what_will_happen_and_writes_nothing(shell: CommandLine, ledger: Path) -> None:
    before = state(shell)
    told = shell("import", "operator", ledger, "--dry-run", *MAPPED, code=1)
    assert {name: told[name] for name in ("new", "changed", "same", "doubtful", "rejected")} == {
        "new": 2,
        "changed": 0,
        "same": 0,
        "doubtful": 2,
        "rejected": 1,
    }
    assert (told["entry"], told["written"], told["rows"]) == (None, 0, 5)
    assert {(problem["line"], problem["field"]) for problem in told["problems"]} >= {
        (5, "operator_name"),
        (6, "uscc"),
        (7, "phone"),
    }
    assert state(shell) == before
    assert "门店招牌" in shell("import", "operator", ledger, "--dry-run", code=1)["unmapped"]


def test_rejects_are_corrected_and_brought_in_and_one_undo_each_restores_everything(
    shell: CommandLine, ledger: Path, tmp_path: Path
) -> None:
    before, rejects = state(shell), tmp_path / "退回.xlsx"
    told = shell("import", "operator", ledger, *MAPPED, "--rejected", rejects, code=1)
    assert told["written"] == 2
    between = state(shell)

    book = openpyxl.load_workbook(rejects)
    sheet = book.active
    assert sheet is not None
    headings = [cell.value for cell in sheet[1]]
    assert headings == [*HEADINGS, "原行号", "原因"]
    assert [row[-2].value for row in sheet.iter_rows(min_row=2)] == [5, 6, 7]
    assert all(row[-1].value for row in sheet.iter_rows(min_row=2))
    sheet["B2"], sheet["C3"], sheet["E4"] = "丙歌厅", None, "13800130005"
    book.save(rejects)

    again = shell("import", "operator", rejects)
    assert (again["new"], again["written"], again["problems"]) == (3, 3, [])
    assert shell("list", "operator")["total"] == 5
    assert shell("check") == {"problems": []}

    assert shell("undo")["title"] == "撤销：导入台账 经营单位"
    assert state(shell) == between
    shell("undo")
    assert state(shell) == before
    assert shell("list", "operator", "--search", "甲书店")["total"] == 0
    assert shell("check") == {"problems": []}


def test_the_same_file_twice_changes_nothing_and_needs_no_mapping_again(shell: CommandLine, ledger: Path) -> None:
    shell("import", "operator", ledger, *MAPPED, code=1)
    before = state(shell)
    told = shell("import", "operator", ledger, code=1)
    assert (told["new"], told["changed"], told["same"], told["entry"]) == (0, 0, 2, None)
    assert state(shell) == before


def test_a_changed_cell_is_a_change_and_undone_alone(shell: CommandLine, tmp_path: Path) -> None:
    headings = ["单位名称", "统一社会信用代码", "联系电话"]
    first = xlsx(tmp_path / "a.xlsx", [headings, ["甲书店", "92370687MA3C6RFJ27", "13800130001"]])
    shell("import", "operator", first)
    before = state(shell)
    second = xlsx(tmp_path / "b.xlsx", [headings, ["甲书店", "92370687MA3C6RFJ27", "13800139999"]])
    told = shell("import", "operator", second)
    assert (told["new"], told["changed"], told["same"]) == (0, 1, 0)
    shell("undo")
    assert state(shell) == before


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--map", "没有这列=单位名称"], ["没有这列", "门店招牌"]),
        (["--map", "门店招牌=没有这项"], ["没有这项", "单位名称"]),
        (["--map", "门店招牌"], ["名称=值"]),
        (["--word", "经营状态=营业"], ["项目:原词=现词"]),
        (["--word", "没有这项:开着=营业"], ["没有这项"]),
        (["--sheet", "没有这张"], ["没有这张", "台账"]),
        (["--rejected", "/nonexistent/r.xlsx"], ["r.xlsx", "不存在"]),
    ],
)
def test_a_wrong_mapping_is_refused_and_nothing_is_written(
    shell: CommandLine, ledger: Path, words: list[str], named: list[str]
) -> None:
    before = state(shell)
    said = shell.refused("import", "operator", ledger, *words)
    assert [part for part in named if part not in said] == []
    assert state(shell) == before


def test_what_is_exported_comes_back_without_a_difference(bureau: CommandLine, tmp_path: Path) -> None:
    for register in ("operator", "publication_licence", "printing_licence", "staff"):
        for kind in ("xlsx", "csv"):
            out = tmp_path / f"{register}.{kind}"
            count = bureau("export", register, out, "--all-fields", "--unmask")["rows"]
            told = bureau("import", register, out, "--dry-run")
            assert (told["same"], told["rows"], told["problems"]) == (count, count, []), (register, kind)


def test_a_masked_export_never_overwrites_what_is_on_file(bureau: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    bureau("export", "operator", out, "--where", "township=青屿街道", "--sort", "-uscc")
    text = out.read_text("utf-8-sig")
    assert "139****" in text
    assert "导出人：林晓" in text
    answer = bureau.ask("import", "operator", out, as_json=True)
    assert answer.code in (0, 1)
    assert answer.data["changed"] == 0


def test_asking_for_everything_is_kept_in_the_journal(bureau: CommandLine, tmp_path: Path) -> None:
    bureau("export", "operator", tmp_path / "a.csv", "--unmask")
    assert "13900001000" in (tmp_path / "a.csv").read_text("utf-8-sig")
    told = bureau("do", "operator.reveal", 1, "--name", "联系电话")
    assert told["value"] == "13900001000"
    assert "查看完整信息" in bureau.refused("undo", told["entry"])
    assert "导出完整信息" in bureau.refused("undo", told["entry"] - 1)


def test_a_blank_template_takes_rows(shell: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    shell("template", "operator", path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    headings = [cell.value for cell in sheet[1]]
    place = next(n for n, text in enumerate(headings, 1) if str(text).lstrip("*") == "单位名称")
    line = sheet.max_row + 1
    sheet.cell(line, place, "甲书店")
    book.save(path)
    told = shell("import", "operator", path)
    assert (told["new"], told["problems"]) == (1, [])


@needs_shared
def test_the_sample_of_600_is_accounted_for_row_by_row(shell: CommandLine) -> None:
    before = state(shell)
    path = DATA / "enterprises" / "culture_market_sample_600.csv"
    answer = shell.ask("import", "operator", path, as_json=True)
    assert answer.code == 1
    told = answer.data
    counts = [told[name] for name in ("new", "changed", "same", "doubtful", "rejected")]
    assert sum(counts) == told["rows"] == 600
    assert told["written"] == told["new"]
    assert shell("list", "operator")["total"] == told["new"]
    assert shell("check") == {"problems": []}
    shell("undo")
    assert state(shell) == before
