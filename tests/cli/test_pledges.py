"""Grids and pledges at the shell, on the demonstration bureau: the ledger of any day, a batch as one file, its scan filed."""

from pathlib import Path

from tests.shelling import CommandLine
from wenlv_desk.typeset.verify import extract_text


def test_the_ledger_of_grids_is_told_as_of_any_day_and_written_to_a_file(bureau: CommandLine, tmp_path: Path) -> None:
    today = bureau("ledger-of-grids")
    assert "在网格" in today["note"]
    assert len([row for row in today["rows"] if row["网格员"]]) > 60
    before = bureau("ledger-of-grids", "--as-of", "2020-01-01")
    assert before["note"].startswith("2020-01-01 的情况：在网格 0 家")
    out = tmp_path / "台账.pdf"
    written = bureau("ledger-of-grids", "--out", out, "--reason", "存档")
    assert written["rows"] == len(today["rows"])
    assert out.read_bytes().startswith(b"%PDF")
    assert bureau("check") == {"problems": []}


def test_a_batch_is_printed_and_its_scan_files_itself(bureau: CommandLine, tmp_path: Path) -> None:
    batch = next(row for row in bureau("list", "pledge_batch")["rows"] if "护林防火" in row["title"])
    out = tmp_path / "整批.pdf"
    printed = bureau("pledge", "batch", batch["id"], "--out", out)
    assert printed["pledges"] == 5
    assert len(extract_text(out.read_bytes())) == printed["sides"]
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    filed = bureau("pledge", "file-scans", out, empty, code=1)["files"]
    assert "5 份责任状签订完成" in filed[0]["said"]
    assert "空" in filed[1]["error"]
    assert "已归档过" in bureau.refused("pledge", "file-scans", out)
    (rate,) = (
        line
        for line in bureau("figures", "pledge", "--where", f"batch_id={batch['title']}")["figures"]
        if line["name"] == "rate"
    )
    assert rate["value"] == "100.00 %  5/5"
    summary = bureau("report", "pledge_kind", "护林防火责任状", "signing_summary")
    assert summary["rows"][-1]["签订率"] == "100.00 %"
    day_before = bureau("report", "pledge_kind", "护林防火责任状", "signing_summary", "--as-of", "2026-11-05")
    assert day_before["rows"][-1]["签订率"] == "0.00 %"


def test_a_batch_without_anything_given_out_or_a_day_that_is_none_is_refused(
    bureau: CommandLine, tmp_path: Path
) -> None:
    assert "日期" in bureau.refused("ledger-of-grids", "--as-of", "2026-13-01")
    assert "没有" in bureau.refused("pledge", "batch", "没有这批", "--out", tmp_path / "a.pdf")
    assert "读不了" in bureau.refused("pledge", "file-scans", tmp_path / "没有.pdf")
