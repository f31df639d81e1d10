"""`verify` at the shell: what is no record, what may not be read, and that it needs no office."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests import draws
from tests.repository import ROOT
from tests.shelling import run_command
from wenlv_desk.registries.inspection import proof
from wenlv_desk.registries.inspection.verifier import html_of

RECORD = draws.record(draws.sealed(random.Random(4), units=12, inspectors=4))
TEXT = proof.canonical(RECORD)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "抽取记录.json"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_sound_record_is_told_with_its_draw_and_what_it_cannot_show(record: Path) -> None:
    answer = run_command(["verify", str(record), "--code", str(RECORD["code"]).lower()])
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("核对无误：抽取记录.json")
    assert "不能证明" in answer.out
    for one in RECORD["result"]["drawn"]:
        assert one["id"] in answer.out


def test_the_page_is_read_like_the_record(tmp_path: Path) -> None:
    page = tmp_path / "抽取核对.html"
    page.write_text(html_of(TEXT), encoding="utf-8")
    told = run_command(["--json", "verify", str(page)]).data
    assert (told["sound"], told["drawn"]) == (True, [one["id"] for one in RECORD["result"]["drawn"]])


def test_what_differs_goes_to_standard_error_and_into_the_data(record: Path) -> None:
    record.write_text(TEXT.replace("书店1", "书店9", 1), encoding="utf-8")
    answer = run_command(["verify", str(record)])
    assert (answer.code, answer.out) == (2, "")
    assert "封存后被改动过" in answer.err
    told = run_command(["--json", "verify", str(record)])
    assert told.code == 2
    assert not told.data["sound"]
    assert [one.strip() for one in answer.err.splitlines()[1:]] == told.data["findings"]


def test_a_code_that_is_empty_is_not_taken_for_none(record: Path) -> None:
    answer = run_command(["verify", str(record), "--code", ""])
    assert (answer.code, answer.out) == (2, "")
    assert "不能是空的" in answer.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in the file system")
def test_what_may_never_end_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    assert "不是文件" in run_command(["verify", str(tmp_path / "管道")]).err


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "大.json").open("wb") as file:
        file.truncate(200 * 1024 * 1024 + 1)
    assert "超过 200 MB" in run_command(["verify", str(tmp_path / "大.json")]).err


def test_neither_an_office_nor_a_window_is_needed(record: Path, tmp_path: Path) -> None:
    said = "import sys; from wenlv_desk.cli.main import main; code = main(sys.argv[1:]); print(code, *sys.modules)"
    words = [sys.executable, "-c", said, "--data", str(tmp_path / "无"), "verify", str(record)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    code, *modules = done.stdout.splitlines()[-1].split()
    assert code == "0"
    assert not {"PySide6", "wenlv_desk.store.office", "wenlv_desk.store.database"}.intersection(modules)
    assert not (tmp_path / "无").exists()
