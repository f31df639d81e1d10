"""No file takes the program down: each ends in a Chinese refusal that names the file and the reason."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.ledger.reading_samples import SHEET, xlsx, xlsx_of_xml, xml2003
from wenlv_desk.ledger.reading import Limits, ReadingStopped, Unreadable, read_workbook

ROWS = [("名称", "地址"), ("甲", "乙")]
BOMB = (
    '<!DOCTYPE a [<!ENTITY x "哈哈哈哈哈哈哈哈哈哈"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;">'
    '<!ENTITY z "&y;&y;&y;&y;&y;&y;&y;&y;&y;&y;">]>'
)


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as refused:
        read_workbook(path, **({"limits": limits} if limits else {}))
    assert path.name in refused.value.message
    return refused.value.reason


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.xlsx", b"", "0 字节"),
        ("~$台账.xlsx", b"\x05admin".ljust(165), "临时锁文件"),
        (".~台账.et", b"\x05admin", "临时锁文件"),
        ("a.xlsx", b"PK\x03\x04 nothing more", "不完整或已损坏"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096, "不完整或已损坏"),
        ("a.xls", b"\x00\x01\x02\x03" * 500, "不是表格文件"),
        ("a.csv", b"\xff\xff\xfe\xfa,1\n" * 9, "编码无法识别"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.xls", b"<html><body>frames</body></html>", "没有表格"),
        ("a.xml", b"<?xml version='1.0'?><a>1</a>", "不是表格文件"),
        ("a.xml", b"<Workbook><Worksheet>", "不完整或已损坏"),
        ("a.csv", b"\n\n,,\n", "没有任何内容"),
    ],
)
def test_what_is_no_ledger_is_refused_with_the_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    assert reason in refusal(saved(tmp_path / name, content))


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    whole = xlsx(tmp_path / "whole.xlsx", ROWS).read_bytes()
    for share in (0.3, 0.6, 0.9, 0.99):
        assert "不完整" in refusal(saved(tmp_path / "a.xlsx", whole[: int(len(whole) * share)]))


def test_a_workbook_without_any_cell_is_refused(tmp_path: Path) -> None:
    assert "没有任何内容" in refusal(xlsx(tmp_path / "a.xlsx", []))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ROWS)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/sharedStrings2.xml", "w") as part,
    ):
        for _ in range(80):
            part.write(bytes(1 << 20))
    assert "解压后有 80 MB" in refusal(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET])
def test_entities_in_a_part_are_refused(tmp_path: Path, part: str) -> None:
    made = xlsx(tmp_path / "made.xlsx", ROWS)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"?>", b"?>" + BOMB.encode(), 1) if name == part else content)
    assert "实体声明" in refusal(path)


def test_entities_in_an_xml_spreadsheet_are_refused(tmp_path: Path) -> None:
    text = xml2003('<Row><Cell><Data ss:Type="String">&z;</Data></Cell></Row>', head=BOMB)
    assert "实体声明" in refusal(saved(tmp_path / "a.xls", text.encode()))


def test_a_cell_in_the_last_corner_is_refused_for_memory(tmp_path: Path) -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "内存" in refusal(xlsx_of_xml(tmp_path / "a.xlsx", data))


def test_scattered_cells_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    rows = "".join(
        f'<Row><Cell ss:Index="{column}"><Data ss:Type="Number">1</Data></Cell></Row>' for column in (1, 16384) * 1500
    )
    assert "分散" in refusal(saved(tmp_path / "a.xml", xml2003(rows).encode()))


def test_the_memory_limit_ends_the_reading_process(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", "甲,乙,丙\n".encode() * 4_000_000)
    assert "超过 90 MB" in refusal(path, Limits(memory_mb=90))


def test_the_time_limit_ends_the_reading_process(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xls", b"<table>" + b"<tr><td>a<td>b" * 700_000)
    assert "超过 1 秒" in refusal(path, Limits(seconds=1, seconds_per_mb=0))


def test_the_cell_limit_is_named(tmp_path: Path) -> None:
    assert "超过 3 个" in refusal(xlsx(tmp_path / "a.xlsx", ROWS), Limits(cells=3))


def test_the_size_limit_is_named(tmp_path: Path) -> None:
    assert "超过 0 MB" in refusal(xlsx(tmp_path / "a.xlsx", ROWS), Limits(file_mb=0))


def test_deep_nesting_is_refused_or_read(tmp_path: Path) -> None:
    text = xml2003("<Row><Cell><Data>" + "<B>" * 200_000 + "甲")
    assert "不完整" in refusal(saved(tmp_path / "a.xml", text.encode()))
    nested = "<table><tr><td>甲" * 50_000
    assert read_workbook(saved(tmp_path / "a.xls", nested.encode())).sheets[0].rows[0][0].startswith("甲")


def test_a_zip_of_something_else_says_what_it_is(tmp_path: Path) -> None:
    for name, reason in (("word/document.xml", "Word"), ("台账.xlsx", "压缩包")):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as package:
            package.writestr(name, "<a/>")
        assert reason in refusal(saved(tmp_path / "a.xlsx", held.getvalue()))


def test_faults_of_the_environment_are_told(tmp_path: Path) -> None:
    assert "不存在" in refusal(tmp_path / "没有.xlsx")
    assert "文件夹" in refusal(tmp_path)
    assert "读取磁盘出错" in refusal(tmp_path / ("长" * 200))


def test_the_clerk_can_stop_and_sees_progress(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ROWS)
    seen: list[tuple[int, int]] = []

    def watch(read: int, expected: int) -> bool:
        seen.append((read, expected))
        return False

    assert read_workbook(path, progress=watch).sheets
    assert seen[0] == (0, 0)
    with pytest.raises(ReadingStopped, match="没有导入"):
        read_workbook(path, progress=lambda read, expected: True)
