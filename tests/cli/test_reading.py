"""What the shell reads in real workbooks, and how it says so."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.reading_samples import xlsx
from tests.shared_data import DATA, needs_shared
from tests.shelling import run_command

EXCEL = DATA / "excel"
CALAMINE, OFFICE = "calamine 0.9.1", "LibreOffice 7.4.7 first sheet"


def told(name: str) -> dict[str, Any]:
    return dict(json.loads((EXCEL / "expected" / f"{name}.json").read_text("utf-8")))


def counted_alike() -> list[str]:
    """The workbooks whose first sheet has as many rows for calamine as for LibreOffice."""
    found = []
    for path in sorted(EXCEL.glob("*.xlsx")) if EXCEL.exists() else []:
        expected = told(path.name)
        sheets, office = expected[CALAMINE], expected[OFFICE]
        if (
            "_error" not in sheets
            and isinstance(office, dict)
            and next(iter(sheets.values()))["rows"] == office["rows"]
        ):
            found.append(path.name)
    return found


def plain(cell: Any) -> str:
    """A cell for comparing: the expected files know no difference between 15 and 15.0."""
    try:
        return str(float(cell))
    except ValueError:
        return str(cell)


def cells(rows: Sequence[Sequence[Any]]) -> dict[tuple[int, int], str]:
    """The filled cells by place."""
    return {(y, x): plain(cell) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell != ""}


@needs_shared
@pytest.mark.parametrize("name", counted_alike())
def test_where_two_programs_agree_the_shell_reads_the_same(name: str) -> None:
    answer = run_command(["--json", "read", str(EXCEL / name)])
    assert answer.code == 0, answer.err
    calamine, office = next(iter(told(name)[CALAMINE].values())), told(name)[OFFICE]
    first = answer.data["sheets"][0]
    assert first["first_line"] + len(first["rows"]) - 1 == office["rows"]
    agreed = cells(calamine["head"]).items() & cells(office["head"]).items()
    assert agreed
    missing = agreed - cells(first["rows"]).items()
    assert missing == set()


@needs_shared
def test_most_of_the_workbooks_are_compared() -> None:
    assert len(counted_alike()) >= 12


@needs_shared
@pytest.mark.parametrize("path", sorted(EXCEL.glob("*.xlsx")) if EXCEL.exists() else [], ids=lambda path: path.name)
def test_every_workbook_gives_rows_or_a_refusal_that_names_it(path: Path) -> None:
    answer = run_command(["--json", "read", str(path)])
    if answer.code == 2:
        assert path.name in answer.err
        assert answer.out == ""
    else:
        assert any(sheet["rows"] for sheet in answer.data["sheets"])


@needs_shared
def test_a_password_opens_what_is_locked() -> None:
    words = ["read", str(EXCEL / "msoffcrypto__example_password.xlsx")]
    assert "密码" in run_command(words).err
    assert "密码不正确" in run_command([*words, "--password", "1234"]).err
    assert run_command([*words, "--password", "Password1234_"]).code == 0


def test_cells_are_json_of_their_own_kind(tmp_path: Path) -> None:
    from datetime import date, datetime

    cells = ["文字", None, 15, 2.5, date(2026, 1, 5), datetime(2026, 1, 5, 9, 30), "", "0123", "=1+1"]
    path = xlsx(tmp_path / "各种 值.xlsx", [["甲"] * 9, cells])
    book = run_command(["--json", "read", str(path)]).data
    assert book["format"] == "xlsx"
    assert book["sheets"][0]["rows"][1] == [
        "文字",
        "",
        15,
        2.5,
        "2026-01-05",
        "2026-01-05 09:30:00",
        "",
        "0123",
        "=1+1",
    ]


def test_one_sheet_is_read_when_it_is_named(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["甲"]])
    assert [
        sheet["name"] for sheet in run_command(["--json", "read", str(path), "--sheet", "台账"]).data["sheets"]
    ] == ["台账"]
    said = run_command(["read", str(path), "--sheet", "总表"]).err
    assert "没有工作表“总表”" in said
    assert "台账" in said


def test_a_cell_cannot_drive_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("名称\n\x1b[2J\x1b[31m红\n", "utf-8")
    answer = run_command(["read", str(path)])
    assert "\x1b" not in answer.out + answer.err
