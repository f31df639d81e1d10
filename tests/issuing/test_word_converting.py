"""Word files to PDF: what a desk without a converter is told, what comes of one that fails or hangs, and that the real one does its work.

The converters that fail are scripts of a few lines in place of LibreOffice's.
"""

import logging
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.issuing.words import VALUES, needs_libreoffice, of_file, pledge
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.converting import (
    ConversionStopped,
    Converter,
    convert_many,
    find_converter,
)
from wenlv_desk.issuing.word import fill_word
from wenlv_desk.typeset.verify import extract_text

needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="the converters in place of LibreOffice are shell scripts")
MAKE_ALL = 'for f in 0*.docx; do printf "%%PDF-1.4 of %s\\n%%%%EOF" "$(cat $f)" > out/${f%.docx}.pdf; done'


def script(folder: Path, *lines: str) -> Converter:
    """A converter that does this, in the folder of the files."""
    file = folder / "soffice"
    file.write_text("\n".join(["#!/bin/sh", *lines]), "utf-8")
    file.chmod(0o755)
    return Converter(file)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [of_file(tmp_path / f"{name}.docx", name.encode()) for name in ("责任状 甲", "-乙", "丙（1）")]


def left_behind(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*.pdf"))


def test_a_desk_without_a_converter_is_told_the_way_out(tmp_path: Path, files: Sequence[Path]) -> None:
    nowhere = partial(
        find_converter, path=os.fspath(tmp_path), places=[os.fspath(tmp_path / "LibreOffice*" / "soffice")]
    )
    with pytest.raises(UserError) as error:
        convert_many(files, tmp_path / "out", find=nowhere)
    assert error.value.message == (
        "本机没有 LibreOffice 或 Word，不能把 Word 范本转换成 PDF，请安装 LibreOffice 或改用程序自带的范本"
    )


@needs_a_shell
def test_a_converter_is_found_on_the_path_and_where_it_is_usually_installed(tmp_path: Path) -> None:
    for version in ("7.4", "24.2"):
        (tmp_path / f"libreoffice{version}").mkdir()
        script(tmp_path / f"libreoffice{version}")
    place = os.fspath(tmp_path / "libreoffice*" / "soffice")
    assert find_converter(path="", places=[place]) == Converter(tmp_path / "libreoffice7.4" / "soffice")
    on_path = os.fspath(tmp_path / "libreoffice24.2")
    assert find_converter(path=on_path, places=[place]) == Converter(tmp_path / "libreoffice24.2" / "soffice")


def test_no_files_need_no_start(tmp_path: Path) -> None:
    assert convert_many([], tmp_path, find=lambda: Converter(tmp_path / "none")) == []


@needs_a_shell
def test_files_keep_their_names_and_order_and_are_started_once(tmp_path: Path, files: Sequence[Path]) -> None:
    calls = tmp_path / "calls"
    seen: list[tuple[int, int]] = []
    converter = script(tmp_path, f'echo "$@" >> {calls}', MAKE_ALL)
    made = convert_many(files, tmp_path / "PDF", find=lambda: converter, progress=lambda *at: bool(seen.append(at)))
    assert [pdf.name for pdf in made] == ["责任状 甲.pdf", "-乙.pdf", "丙（1）.pdf"]
    assert [pdf.read_text("utf-8").splitlines()[0] for pdf in made] == [f"%PDF-1.4 of {file.stem}" for file in files]
    (call,) = calls.read_text("utf-8").splitlines()
    assert "-env:UserInstallation=file:///" in call
    assert call.endswith("--convert-to pdf:writer_pdf_Export --outdir out 00001.docx 00002.docx 00003.docx")
    assert seen[-1] == (3, 3)


@needs_a_shell
def test_the_profile_forbids_macros_and_content_from_elsewhere(tmp_path: Path, files: Sequence[Path]) -> None:
    kept = tmp_path / "kept.xcu"
    convert_many(
        files, tmp_path, find=lambda: script(tmp_path, f"cp profile/user/registrymodifications.xcu {kept}", MAKE_ALL)
    )
    settings = kept.read_text("utf-8")
    for name in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "DisableActiveContent"):
        assert f'<prop oor:name="{name}" oor:op="fuse"><value>true</value>' in settings


@needs_a_shell
@pytest.mark.parametrize(
    "after",
    [
        "rm out/00002.pdf",
        "echo nonsense > out/00002.pdf",
        "printf '%%PDF-1.4 cut' > out/00002.pdf",
        "rm out/00002.pdf; exit 3",
    ],
)
def test_a_failure_names_the_file_and_keeps_what_was_said(
    tmp_path: Path, files: Sequence[Path], caplog: pytest.LogCaptureFixture, after: str
) -> None:
    converter = script(tmp_path, MAKE_ALL, "echo Error: source file could not be loaded >&2", after)
    with caplog.at_level(logging.ERROR), pytest.raises(UserError, match=r"“-乙\.docx”转换不成 PDF。请在 LibreOffice"):
        convert_many(files, tmp_path / "PDF", find=lambda: converter)
    assert "source file could not be loaded" in caplog.text
    assert not left_behind(tmp_path / "PDF")


@needs_a_shell
def test_a_converter_that_makes_nothing_names_the_first_and_how_many(tmp_path: Path, files: Sequence[Path]) -> None:
    with pytest.raises(UserError, match=r"“责任状 甲\.docx”等 3 份转换不成 PDF"):
        convert_many(files, tmp_path / "PDF", find=lambda: script(tmp_path, "exit 0"))


@needs_a_shell
def test_a_converter_that_hangs_is_ended_with_all_it_started(tmp_path: Path, files: Sequence[Path]) -> None:
    started = tmp_path / "started"
    converter = script(
        tmp_path, "printf '%%PDF- %%%%EOF' > out/00001.pdf", f"tail -f /dev/null & echo $! > {started}; wait"
    )
    with pytest.raises(UserError, match=r"“-乙\.docx”等了 0\.5 秒没有转换完，已停止"):
        convert_many(files, tmp_path / "PDF", find=lambda: converter, stalled=0.5)
    assert not is_running(int(started.read_text()))
    assert not left_behind(tmp_path / "PDF")


@needs_a_shell
def test_the_clerk_can_stop_it(tmp_path: Path, files: Sequence[Path]) -> None:
    started = tmp_path / "started"
    converter = script(tmp_path, f"tail -f /dev/null & echo $! > {started}.new; mv {started}.new {started}; wait")
    with pytest.raises(ConversionStopped):
        convert_many(files, tmp_path / "PDF", find=lambda: converter, progress=lambda *_: started.exists())
    assert not is_running(int(started.read_text()))
    assert not left_behind(tmp_path / "PDF")


def is_running(pid: int) -> bool:
    """Whether a process lives; one that is dead and not yet buried does not."""
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_converter_that_cannot_be_started_is_named(tmp_path: Path, files: Sequence[Path]) -> None:
    with pytest.raises(UserError, match="启动不了 soffice（文件或文件夹不存在）"):
        convert_many(files, tmp_path, find=lambda: Converter(tmp_path / "soffice"))
    (tmp_path / "soffice").write_text("")
    if os.name != "nt" and sys.platform != "darwin":
        with pytest.raises(UserError, match="启动不了 soffice（没有权限）"):
            convert_many(files, tmp_path, find=lambda: Converter(tmp_path / "soffice"))


def test_two_files_of_one_name_are_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one name"):
        convert_many([tmp_path / "a" / "x.docx", tmp_path / "b" / "x.docx"], tmp_path)


@needs_a_shell
def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="读写磁盘出错（文件或文件夹不存在）"):
        convert_many([tmp_path / "无.docx"], tmp_path, find=lambda: script(tmp_path, MAKE_ALL))


def test_word_is_called_through_powershell_with_macros_off() -> None:
    command = Converter(Path("powershell"), word=True).command(["00001.docx"], Path("profile"))
    assert command[:4] == ["powershell", "-NoProfile", "-NonInteractive", "-EncodedCommand"]


@needs_libreoffice
def test_libreoffice_converts_several_and_names_a_bad_one(tmp_path: Path) -> None:
    good = [of_file(tmp_path / f"{n}.docx", fill_word(pledge(), VALUES | {"年度": f"{n}"})) for n in (2026, 2027)]
    made = convert_many(good, tmp_path / "PDF")
    for pdf, year in zip(made, ("2026", "2027"), strict=True):
        text = "".join("".join(extract_text(pdf.read_bytes())).split())
        assert f"{year}年度护林防火责任状" in text
        assert "青禾山风景区管理有限公司" in text
    bad = of_file(tmp_path / "坏.docx", b"PK\x03\x04 nothing")
    with pytest.raises(UserError, match=r"“坏\.docx”转换不成 PDF"):
        convert_many([*good, bad], tmp_path / "again")
    assert not left_behind(tmp_path / "again")
