"""A backup is whole: database, attachments and archived papers, proven, beside running work; and it can be restored."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import Maker, dump
from tests.conftest import Clock, Perform
from tests.store.acting import LINXIAO
from wenlv_desk.cli.main import main
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.check import check_archive
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store import backup
from wenlv_desk.store.backup import back_up, last_backup, verify_backup
from wenlv_desk.store.check import check
from wenlv_desk.store.office import DATABASE_FILE, FILES_FOLDER, Office


@pytest.fixture
def at_work(office: Office, maker: Maker, perform: Perform) -> Office:
    """An office with a firm, a scan and an issued paper."""
    firm = maker.record("operator")
    perform("attach", "operator", firm, path=str(maker.file()))
    maker.record("issued_paper")
    return office


def stored(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / FILES_FOLDER).rglob("*") if path.is_file())


def test_a_backup_restores_to_a_sound_desk_with_its_files(at_work: Office, clock: Clock, tmp_path: Path) -> None:
    made = back_up(at_work, tmp_path / "disk")
    assert verify_backup(made) == []
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(made, again / DATABASE_FILE)
    shutil.copytree(made.parent / FILES_FOLDER, again / FILES_FOLDER)
    restored = open_desk(again, clock=clock)
    assert dump(restored) == dump(at_work)
    assert check(restored) == []
    with restored.desk(LINXIAO) as desk:
        assert list(check_archive(desk)) == []
    restored.close()


def test_files_are_copied_once_for_all_backups(at_work: Office, clock: Clock) -> None:
    first = back_up(at_work)
    copied = {path: path.stat().st_mtime_ns for path in stored(at_work.backups)}
    assert len(copied) == len(stored(at_work.folder))
    clock.now += timedelta(days=1)
    second = back_up(at_work)
    assert {path: path.stat().st_mtime_ns for path in stored(at_work.backups)} == copied
    assert first != second
    assert last_backup(at_work.backups) == second


def test_a_backup_is_one_file_that_opens_from_a_read_only_disk(at_work: Office) -> None:
    made = back_up(at_work)
    assert {path.suffix for path in at_work.backups.iterdir() if path.is_file()} == {".sqlite"}
    with closing(sqlite3.connect(f"file:{made}?mode=ro", uri=True)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_work_goes_on_while_a_backup_is_made(at_work: Office, maker: Maker) -> None:
    """A copy made while a write is open holds the state before it, whole."""
    before = dump(at_work)
    with at_work.database.write() as session:
        session.connection().exec_driver_sql("UPDATE operator SET remark = 'not yet'")
        made = back_up(at_work)
    maker.record("operator")
    with closing(sqlite3.connect(made)) as copy:
        assert copy.execute("SELECT count(*) FROM operator").fetchone() == (len(before["operator"]),)
        assert copy.execute("SELECT count(*) FROM operator WHERE remark = 'not yet'").fetchone() == (0,)


def test_only_the_newest_are_kept(at_work: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "KEEP", 3)
    made = []
    for _ in range(5):
        clock.now += timedelta(hours=1)
        made.append(back_up(at_work))
    assert sorted(at_work.backups.glob("*.sqlite")) == made[-3:]


def test_a_missing_file_is_named_and_the_database_kept(at_work: Office) -> None:
    lost, *_ = stored(at_work.folder)
    lost.unlink()
    with pytest.raises(UserError, match=f"有 1 个附件或存档文书不在.*{lost.name}"):
        back_up(at_work)
    kept = last_backup(at_work.backups)
    assert kept is not None
    assert verify_backup(kept) == [f"备份里缺少文件 {lost.name[:12]}…，或它已损坏"]


def test_a_file_damaged_after_its_backup_is_still_sound_there(at_work: Office) -> None:
    back_up(at_work)
    damaged, *_ = stored(at_work.folder)
    damaged.write_bytes(b"%")
    assert verify_backup(back_up(at_work)) == []


def test_what_is_wrong_with_a_backup_is_said(at_work: Office, tmp_path: Path) -> None:
    made = back_up(at_work, tmp_path)
    with closing(sqlite3.connect(made)) as copy:
        copy.execute("DELETE FROM journal_entry WHERE id = (SELECT max(id) FROM journal_entry)")
        copy.commit()
    assert verify_backup(made) == ["备份里的流水不完整：末尾缺少记录"]
    made.write_bytes(b"not a database at all, but long enough to look at" * 100)
    assert "不是完好的备份" in verify_backup(made)[0]
    assert "没有“" in verify_backup(tmp_path / "nowhere.sqlite")[0]


def test_a_backup_that_cannot_be_written_leaves_nothing_half(at_work: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError, match="备份没有做成"):
        back_up(at_work, tmp_path / "file" / "backups")
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / FILES_FOLDER).write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError, match="没能存入"):
        back_up(at_work, tmp_path / "disk")
    assert [path.name for path in (tmp_path / "disk").iterdir()] == [FILES_FOLDER]


def test_the_shell_backs_up_and_verifies(at_work: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ["--data", str(at_work.folder)]
    assert main([*folder, "backup", "--to", str(tmp_path / "disk")]) == 0
    made = last_backup(tmp_path / "disk")
    assert made is not None
    assert str(made) in capsys.readouterr().out
    assert main([*folder, "backup", "--verify", str(made)]) == 0
    stored(tmp_path / "disk")[0].unlink()
    assert main([*folder, "backup", "--verify", str(made)]) == 2
    assert "备份里缺少文件" in capsys.readouterr().err
