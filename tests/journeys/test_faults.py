"""Two desks at once, a process killed in the middle, a disk that is full, a folder that is read-only: nothing is half done."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import all_of, run, start
from tests.shelling import CommandLine, bureau_in

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and limits of Unix")

HOLD = "import signal, os; import {module} as held; before = held.{name}\ndef stop(*a, **k):\n    {inside}\nheld.{name} = stop"


def holding(module: str, name: str, inside: str) -> str:
    """Python that makes a function of the program do something first or instead: the place where the fault strikes."""
    return HOLD.format(module=module, name=name, inside=inside)


def ledger_of(path: Path, rows: int) -> Path:
    lines = ["单位名称,联系电话,地址", *(f"第{n}号书店,138{n:08d},文化街{n}号" for n in range(rows))]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_two_desks_amend_one_record_and_both_stand_in_the_history(bureau: CommandLine) -> None:
    towns = ["石岬镇", "沙埠镇"]
    before = bureau("history", "operator", 41)
    ended = all_of([start(bureau.folder, "do", "operator.amend", 41, "--township", town) for town in towns])
    assert [code for code, _, _ in ended] == [0, 0]
    entries = bureau("history", "operator", 41)
    assert [entry["title"].split(" ")[0] for entry in entries[:2]] == ["修改", "修改"]
    assert entries[2:] == before
    assert bureau("show", "operator", 41)["township"] == entries[0]["arguments"]["values"]["township"]
    assert bureau("check") == {"problems": []}


def test_of_two_desks_that_take_one_step_the_second_is_told(bureau: CommandLine) -> None:
    words = ("do", "publication_licence.suspend", 6, "--suspended_from", "2026-11-22")
    told = ("--document_no", "罚7号", "--reason", "进货清单不全")
    ended = all_of([start(bureau.folder, *words, *told) for _ in range(2)])
    assert sorted(code for code, _, _ in ended) == [0, 2]
    refusal = next(err for code, _, err in ended if code == 2)
    assert "现为“停业整顿”" in refusal
    assert "现在可以办" in refusal


def test_eight_processes_take_numbers_without_gap_or_double(bureau: CommandLine, tmp_path: Path) -> None:
    started = [start(bureau.folder, "print", "operator_card", n, "--out", tmp_path / f"{n}.pdf") for n in range(1, 9)]
    ended = all_of(started)
    assert [code for code, _, _ in ended] == [0] * 8, [err for _, _, err in ended]
    numbers = {json.loads(out)["number"] for _, out, _ in ended}
    assert numbers == {f"青文旅档〔2026〕{n}号" for n in range(1, 9)}
    assert bureau("check") == {"problems": []}


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("wenlv_desk.store.gate", "write_entry"),  # rows are in, the journal is not
        ("wenlv_desk.store.gate", "index_changes"),  # the journal is in, the index is not
    ],
)
def test_a_process_killed_in_the_middle_of_an_import_leaves_nothing(
    shell: CommandLine, tmp_path: Path, module: str, name: str
) -> None:
    ledger = ledger_of(tmp_path / "台账.csv", 300)
    killed = run(
        shell.folder,
        "import",
        "operator",
        ledger,
        prelude=holding(module, name, "os.kill(os.getpid(), signal.SIGKILL)"),
    )
    assert killed.returncode == -signal.SIGKILL
    assert shell("list", "operator")["total"] == 0
    assert shell("check") == {"problems": []}
    assert shell("import", "operator", ledger)["new"] == 300


def test_a_paper_whose_numbering_is_killed_gives_its_number_back(bureau: CommandLine, tmp_path: Path) -> None:
    words, before = ("print", "operator_card", 1, "--out", tmp_path / "a.pdf"), bureau("list", "issued_paper")
    kill = holding("wenlv_desk.store.gate", "write_entry", "os.kill(os.getpid(), signal.SIGKILL)")
    assert run(bureau.folder, *words, prelude=kill).returncode == -signal.SIGKILL
    assert bureau("list", "issued_paper") == before
    assert bureau(*words)["number"] == "青文旅档〔2026〕1号"
    assert bureau("check") == {"problems": []}


def test_a_database_that_may_not_grow_refuses_in_chinese_and_stays_sound(shell: CommandLine, tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "台账.csv", 3000)
    limit = 600_000
    prelude = f"import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    ended = run(shell.folder, "import", "operator", ledger, prelude=prelude)
    assert ended.returncode == 2, ended.stderr
    assert "没有写入任何内容" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert shell("list", "operator")["total"] == 0
    assert shell("check") == {"problems": []}
    assert shell("import", "operator", ledger)["new"] == 3000


def mounted(folder: Path, *options: str) -> bool:
    """Whether a file system in memory could be mounted; only root may, and not everywhere."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "none", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    if not mounted(tmp_path / "小盘", "size=4m"):
        pytest.skip("no file system may be mounted here")
    yield tmp_path / "小盘"
    subprocess.run(["umount", str(tmp_path / "小盘")], check=True)


@pytest.fixture
def read_only(bureau_template: Path, tmp_path: Path) -> Iterator[CommandLine]:
    """A bureau in a folder that cannot be written to: by its mode, or for root on a disk mounted so."""
    disk = tmp_path / "只读"
    on_disk = mounted(disk, "size=64m")
    if not on_disk and os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    shutil.copytree(bureau_template, disk / "data")
    if on_disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    else:
        for path in [disk / "data", *disk.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
    yield CommandLine(disk / "data")
    if on_disk:
        subprocess.run(["umount", str(disk)], check=True)
    else:
        for path in [disk / "data", *disk.rglob("*")]:
            path.chmod(0o755)


def test_a_full_disk_is_said_and_what_was_there_stays_sound(small_disk: Path, tmp_path: Path) -> None:
    desk = CommandLine(small_disk / "data")
    desk("do", "operator.create", "--operator_name", "先来的书店")
    said = desk.refused("import", "operator", ledger_of(tmp_path / "台账.csv", 20_000))
    assert "磁盘已满" in said
    assert "没有写入任何内容" in said
    assert desk("list", "operator")["total"] == 1
    assert desk("check") == {"problems": []}
    desk("do", "operator.create", "--operator_name", "后来的书店")
    assert desk("list", "operator")["total"] == 2


def test_a_full_disk_leaves_no_half_export_and_no_half_attachment(
    small_disk: Path, shell: CommandLine, tmp_path: Path
) -> None:
    desk = CommandLine(small_disk / "data")
    desk("do", "operator.create", "--operator_name", "先来的书店")
    scan = tmp_path / "大图.png"
    scan.write_bytes(os.urandom(4_000_000))
    assert "磁盘已满" in desk.refused("do", "operator.attach", 1, "--path", scan)
    assert list((small_disk / "data").glob("files/*/*")) == []
    assert desk("check") == {"problems": []}
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(bytes(4_000_000))
    shell("do", "operator.create", "--operator_name", "别处的书店")
    for words in (
        ("export", "operator", small_disk / "a.xlsx"),
        ("print", "operator_card", 1, "--out", small_disk / "a.pdf"),
    ):
        assert "磁盘已满" in shell.refused(*words)
    assert sorted(path.name for path in small_disk.iterdir()) == ["data", "filler"]
    assert "磁盘" in desk.refused("do", "operator.create", "--operator_name", "后来的书店")
    filler.unlink()
    assert desk("list", "operator")["total"] == 1
    assert desk("check") == {"problems": []}


def test_a_read_only_folder_refuses_writing_in_chinese(read_only: CommandLine) -> None:
    for words in (("do", "operator.amend", 41, "--township", "别处"), ("undo",), ("list", "operator")):
        answer = read_only.ask(*words)
        assert answer.code in (0, 2)
        assert "Traceback" not in answer.err
    said = read_only.refused("do", "operator.amend", 41, "--township", "别处")
    assert "写权限" in said or "只读" in said


def test_a_folder_with_spaces_and_chinese_in_its_name_does(tmp_path: Path) -> None:
    desk = bureau_in(tmp_path / "文 旅%20台账#?&" / "数据 ’夹“")
    assert desk("list", "operator")["total"] == 69
    assert desk("check") == {"problems": []}


def test_a_locked_database_is_said_when_waiting_is_over(bureau: CommandLine) -> None:
    other = sqlite3.connect(bureau.folder / "wenlv.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    prelude = "import wenlv_desk.store.database as database; database.BUSY_SECONDS = 0.1"
    ended = run(bureau.folder, "do", "operator.amend", 41, "--township", "别处", prelude=prelude)
    assert ended.returncode == 2
    assert "正被另一个窗口长时间占用" in ended.stderr
    assert bureau("list", "operator")["total"] == 69
    other.execute("ROLLBACK")
    other.close()
    bureau("do", "operator.amend", 41, "--township", "别处")
