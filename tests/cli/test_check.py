"""`check` finds what was done behind the program's back, and names it."""

import sqlite3
from pathlib import Path

import pytest

from tests.shelling import CommandLine


def behind_its_back(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "wenlv.sqlite") as database:
        database.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            database.execute(statement)
    database.close()


def test_a_bureau_left_alone_is_sound(seen: CommandLine) -> None:
    assert seen("check") == {"problems": []}
    assert "完好" in seen.ask("check").out


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE operator SET phone='13800000000' WHERE id=41", "经营单位第 41 号被程序以外的途径改动过"),
        ("UPDATE operator SET version=version+1 WHERE id=41", "经营单位第 41 号被程序以外的途径改动过"),
        ("UPDATE publication_licence SET valid_to='2099-01-01' WHERE id=3", "出版物经营许可证第 3 号被程序以外"),
        ("DELETE FROM staff WHERE id=2", "人员第 2 号被程序以外的途径删除"),
        (
            "INSERT INTO barred_person (id, version, voided, person_name, barred_from, barred_until)"
            " VALUES (99, 1, 0, '张三', '2026-01-01', '2036-01-01')",
            "禁业人员第 99 号不是由本程序写入的",
        ),
        ("UPDATE journal_entry SET clerk='别人' WHERE id=50", "流水第 50 号"),
        ("DELETE FROM journal_entry WHERE id=(SELECT max(id) FROM journal_entry)", "流水末尾缺少记录"),
    ],
)
def test_an_edit_made_with_another_program_is_named_by_row(bureau: CommandLine, statement: str, named: str) -> None:
    behind_its_back(bureau.folder, statement)
    answer = bureau.ask("check")
    assert answer.code == 2
    assert answer.out == ""
    assert any(line.startswith(named) for line in answer.err.splitlines()), answer.err
    told = bureau("check", code=2)
    assert [*told["problems"]] == answer.err.splitlines()


def test_an_edited_row_cannot_be_undone_into_a_lie(bureau: CommandLine) -> None:
    bureau("do", "operator.amend", 41, "--township", "别处")
    behind_its_back(bureau.folder, "UPDATE operator SET phone='13800000000' WHERE id=41")
    assert "程序以外的途径改动过" in bureau.refused("undo")


def test_a_missing_and_a_changed_file_are_named(bureau: CommandLine, tmp_path: Path) -> None:
    bureau("print", "operator_card", 1, "--out", tmp_path / "a.pdf")
    bureau("print", "operator_card", 2, "--out", tmp_path / "b.pdf")
    scan = tmp_path / "营业执照.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    bureau("do", "operator.attach", 1, "--path", scan)
    kept = {path.read_bytes(): path for path in (bureau.folder / "files").glob("*/*")}
    kept[scan.read_bytes()].unlink()
    kept[(tmp_path / "a.pdf").read_bytes()].write_bytes(b"forged")
    problems = bureau("check", code=2)["problems"]
    assert any("营业执照.pdf" in problem and "备份" in problem for problem in problems)
    assert any(problem.startswith("文书 青文旅") for problem in problems)


def test_an_index_out_of_step_is_named_and_mended(bureau: CommandLine) -> None:
    behind_its_back(bureau.folder, "DELETE FROM search_operator WHERE id=41")
    told = bureau("check", code=2)["problems"]
    assert any("经营单位的检索索引" in problem and "--rebuild-index" in problem for problem in told)
    assert bureau("check", "--rebuild-index") == {"problems": []}
    assert bureau("list", "operator", "--search", "山海")["total"] == 1
