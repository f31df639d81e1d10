"""Grids and pledges at the shell, on the demonstration bureau: the ledger of any day, a batch as one file, its scan filed."""

from pathlib import Path

from tests.scanning.files import encrypted
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


def test_a_huge_and_an_encrypted_scan_are_refused_in_words(bureau: CommandLine, tmp_path: Path) -> None:
    huge, locked = tmp_path / "大.pdf", tmp_path / "密.pdf"
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)
    locked.write_bytes(encrypted())
    assert "“大.pdf”有 2048 MB，超过 200 MB，没有归档" in bureau.refused("pledge", "file-scans", huge)
    assert "“密.pdf”PDF 有密码，请先去掉密码" in bureau.refused("pledge", "file-scans", locked)
    assert bureau("list", "pledge_scan")["total"] == 0


def test_a_folder_with_a_file_that_cannot_be_read_is_filed_and_says_so(bureau: CommandLine, tmp_path: Path) -> None:
    batch = next(row for row in bureau("list", "pledge_batch")["rows"] if "护林防火" in row["title"])
    folder = tmp_path / "扫描"
    folder.mkdir()
    bureau("pledge", "batch", batch["id"], "--out", folder / "整批.pdf")
    (folder / "密.pdf").write_bytes(encrypted())
    (told,) = bureau("pledge", "file-scans", folder)["files"]
    assert "5 份责任状签订完成" in told["said"]
    assert "1 个文件读不出，原件已存，列在“扫描页”里：“密.pdf”PDF 有密码" in told["said"]
    page = bureau("list", "pledge_page", "--search", "密.pdf")["rows"][0]
    assert page["status"] == "未识别"
    bureau("do", "pledge_page.set_aside", page["id"], "--reason", "已去掉密码另交")
    filed = bureau("list", "pledge_page", "--where", "status=已归档")["rows"][0]
    bureau("do", "pledge_page.take_back", filed["id"], "--reason", "没有签字")
    assert bureau("show", "pledge_page", filed["id"])["status"] == "已退回"
    assert bureau("check") == {"problems": []}
