"""The installed program as the operating system runs it: exit codes, pipes, encodings, interrupts."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import run, start
from tests.repository import ROOT
from tests.shelling import CommandLine

posix_only = pytest.mark.skipif(os.name == "nt", reason="a matter of Unix shells")


def test_the_module_and_the_exit_codes(bureau: CommandLine, tmp_path: Path) -> None:
    def code(*words: str) -> int:
        command = [sys.executable, "-m", "wenlv_desk", "--data", str(bureau.folder), *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode

    ledger = tmp_path / "a.csv"
    ledger.write_text("单位名称,联系电话\n甲书店,13800130001\n乙书店,1\n", "utf-8")
    assert code("list", "operator") == 0
    assert code("import", "operator", str(ledger)) == 1
    assert code("list", "nix") == 2


def test_a_bug_ends_with_three_and_asks_to_be_reported(seen: CommandLine) -> None:
    broken = "import wenlv_desk.cli.lists as lists; lists.table = None"
    ended = run(seen.folder, "registers", prelude=broken)
    assert ended.returncode == 3
    assert "Traceback" in ended.stderr
    assert "交给维护人员" in ended.stderr


@posix_only
def test_a_reader_that_has_seen_enough_is_no_error(seen: CommandLine) -> None:
    process = start(seen.folder, "list", "operator", "--limit", 0)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


@posix_only
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_output_that_cannot_be_written_is_said(seen: CommandLine) -> None:
    with Path("/dev/full").open("w") as full:
        ended = run(seen.folder, "list", "operator", stdout=full)
    assert ended.returncode == 2
    assert ended.stderr == "命令已经执行，但结果写不出去：磁盘已满\n"


def test_a_terminal_without_chinese_gets_escapes_and_valid_json(seen: CommandLine) -> None:
    ended = run(seen.folder, "list", "operator", "--limit", 1, environment={"PYTHONIOENCODING": "ascii"})
    assert ended.returncode == 0
    assert json.loads(ended.stdout)["rows"][0]["operator_name"] == "青屿海岸旅游风景区"
    refused = run(seen.folder, "list", "nix", environment={"PYTHONIOENCODING": "ascii"})
    assert refused.returncode == 2
    assert "\\u6ca1\\u6709" in refused.stderr


def test_a_gbk_console_reads_chinese(seen: CommandLine) -> None:
    ended = run(
        seen.folder, "show", "operator", "墨香印刷有限公司", environment={"PYTHONIOENCODING": "gbk"}, encoding="gbk"
    )
    assert ended.returncode == 0
    assert json.loads(ended.stdout)["legal_representative"] == "李𬱖"


@posix_only
def test_an_interrupt_is_no_bug(seen: CommandLine) -> None:
    interrupted = (
        f"import os; import wenlv_desk.cli.lists as l; l.table = lambda *a: os.kill(os.getpid(), {signal.SIGINT})"
    )
    ended = run(seen.folder, "registers", prelude=interrupted)
    assert ended.returncode == 2
    assert "已中断" in ended.stderr
    assert "Traceback" not in ended.stderr


@posix_only
def test_a_word_that_is_no_utf_8_is_refused(seen: CommandLine) -> None:
    command = [sys.executable.encode(), b"-m", b"wenlv_desk", b"read", "台账.xlsx".encode("gbk")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == 2
    assert "改名" in ended.stderr.decode()


def test_the_data_folder_may_be_told_by_the_environment(bureau: CommandLine) -> None:
    command = [sys.executable, "-m", "wenlv_desk", "--json", "list", "operator", "--limit", "1"]
    environment = os.environ | {"WENLV_DESK_DATA": str(bureau.folder)}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert json.loads(ended.stdout)["total"] == 69
