"""What goes wrong with a scan: files that are none, a process that is killed, a disk that is full. Every page is filed once or not at all."""

import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.builders import Maker, dump
from tests.journeys.test_faults import holding
from tests.processes import run, start
from tests.registries.scans import Printed, pages, printed, states
from tests.registries.test_grid_operations import sheet
from tests.registries.test_pledges import do, pledges
from tests.scanning.files import encrypted
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.pledge.bundles import ORIGINAL, UNREAD, bundle_of
from wenlv_desk.registries.pledge.records import PledgeScan
from wenlv_desk.registries.pledge.vocabulary import PageState, PledgeState
from wenlv_desk.store.check import check
from wenlv_desk.store.tables import Attachment

__all__ = ["printed"]

unix = pytest.mark.skipif(os.name == "nt", reason="signals and limits of Unix")


def bad_files(folder: Path) -> list[tuple[Path, str]]:
    empty, broken, text = folder / "空.pdf", folder / "坏.pdf", folder / "表.xlsx"
    picture, none, mixed = folder / "坏.jpg", folder / "空文件夹", folder / "混的"
    empty.write_bytes(b"")
    broken.write_bytes(b"%PDF-1.7\nbroken")
    text.write_bytes(b"PK")
    picture.write_bytes(b"\xff\xd8\xff\xe0broken")
    none.mkdir()
    mixed.mkdir()
    (mixed / "名单.docx").write_bytes(b"PK")
    huge = folder / "大.pdf"
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)
    return [
        (empty, "“空.pdf”文件是空的"),
        (broken, "“坏.pdf”"),
        (text, "“表.xlsx”"),
        (picture, "“坏.jpg”"),
        (none, "文件夹是空的"),
        (mixed, "“名单.docx”"),
        (huge, "有 2048 MB，超过 200 MB"),
        (folder / "没有.pdf", "读不了“没有.pdf”"),
    ]


def test_files_that_are_no_scans_are_refused_by_name(maker: Maker) -> None:
    before = dump(maker.office)
    for path, said in bad_files(maker.folder):
        with pytest.raises(UserError, match=said):
            do(maker, "file_scans", "pledge", None, path=str(path))
    assert dump(maker.office) == before


def test_an_encrypted_pdf_is_refused(maker: Maker) -> None:
    path = maker.folder / "密.pdf"
    path.write_bytes(encrypted())
    with pytest.raises(UserError, match="有密码，请先去掉密码"):
        do(maker, "file_scans", "pledge", None, path=str(path))


def attached(maker: Maker) -> list[tuple[str, str]]:
    """The files kept with scans, and what is said of each."""
    mine = select(Attachment).where(Attachment.register == "pledge_scan").order_by(Attachment.id)
    with maker.office.database.read() as session:
        return [(one.file_name, one.note) for one in session.scalars(mine)]


def mixed_folder(printed: Printed) -> Path:
    """Photographs of a pledge, and among them what cannot be read."""
    folder = printed.maker.folder / "照片"
    folder.mkdir()
    for number, page in enumerate(printed.copy(0), 1):
        page.convert("RGB").save(folder / f"IMG_{number}.jpg", quality=60)
    (folder / "IMG_0.jpg").write_bytes(b"\xff\xd8\xff\xe0broken")
    (folder / "IMG_2_密.pdf").write_bytes(encrypted())
    (folder / "setup.exe").write_bytes(b"MZ")
    (folder / "Thumbs.db").write_bytes(b"\xd0\xcf")
    return folder


def test_what_cannot_be_read_among_good_files_is_kept_and_listed_and_the_rest_is_filed(
    printed: Printed, maker: Maker
) -> None:
    done = maker.perform("file_scans", maker.registry("pledge"), path=str(mixed_folder(printed)))
    assert "3 个文件读不出" in done.notes[-1]
    last = len(printed.copy(0))
    assert [(one.place, one.status, one.page) for one in pages(maker)] == [
        *((number, PageState.FILED, number) for number in range(1, last + 1)),
        *((number, PageState.UNREADABLE, None) for number in range(last + 1, last + 4)),
    ]
    assert [one.said for one in pages(maker)][last:] == [
        "“IMG_0.jpg”文件不完整或已损坏，请重新扫描或重新拷贝",
        "“IMG_2_密.pdf”PDF 有密码，请先去掉密码再导入",
        "“setup.exe”不是 PDF，也不是能读的图片（JPG、PNG、TIF、BMP、WEBP）",
    ]
    assert attached(maker) == [
        *((f"IMG_{number}.jpg", ORIGINAL) for number in range(1, last + 1)),
        ("IMG_0.jpg", UNREAD),
        ("IMG_2_密.pdf", UNREAD),
        ("setup.exe.bin", UNREAD),
    ]
    assert states(maker)[0] is PledgeState.EFFECTIVE
    with maker.office.database.read() as session:
        scan = session.get_one(PledgeScan, done.value)
        assert (scan.pages, scan.filed, scan.waiting_pages) == (last, last, 3)
    told = sheet(maker, "pledge_scan", "filing_result", int(done.value))
    assert told.rows[-1][1:3] == ("文件", "未识别")
    assert check(maker.office) == []


def test_a_file_that_cannot_be_read_is_assigned_to_nothing_and_is_set_aside(printed: Printed, maker: Maker) -> None:
    do(maker, "file_scans", "pledge", None, path=str(mixed_folder(printed)))
    broken = pages(maker)[-1]
    with pytest.raises(UserError, match="读不出的文件，里面没有可归的页"):
        do(maker, "assign_page", "pledge_page", broken.id, pledge_no=pledges(maker)[1].pledge_no, number=1)
    do(maker, "set_aside", "pledge_page", broken.id, reason="不是扫描件")
    assert pages(maker)[-1].status is PageState.SET_ASIDE


def test_originals_taken_off_the_card_keep_the_places_of_the_pages(printed: Printed, maker: Maker) -> None:
    folder = mixed_folder(printed)
    (folder / f"IMG_{len(printed.copy(0))}.jpg").unlink()
    scan = int(maker.perform("file_scans", maker.registry("pledge"), path=str(folder)).value)
    with maker.office.database.read() as session:
        first = session.scalars(select(Attachment.id).where(Attachment.note == ORIGINAL)).first()
    do(maker, "detach", "pledge_scan", scan, attachment=first)
    printed.file(printed.copy(0)[-1:], "补扫.pdf")
    assert states(maker)[0] is PledgeState.EFFECTIVE


def test_what_cannot_be_kept_holds_the_others_up(printed: Printed, maker: Maker) -> None:
    folder, before = mixed_folder(printed), dump(maker.office)
    (folder / "去年").mkdir()
    with pytest.raises(UserError, match="没有归档：“去年”是文件夹，没有看里面；需要的请单独导入。请移走它们后再归档"):
        do(maker, "file_scans", "pledge", None, path=str(folder))
    with (folder / "大.pdf").open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(UserError, match=r"“大\.pdf”有 2048 MB，超过 200 MB，没有归档，请分几次扫描"):
        do(maker, "file_scans", "pledge", None, path=str(folder))
    assert dump(maker.office) == before


def test_stopping_files_nothing_and_it_can_be_done_again(printed: Printed, maker: Maker) -> None:
    target, before = printed.scan(printed.every), dump(maker.office)
    with pytest.raises(UserError, match="停"):
        bundle_of(target, lambda done, _of: done >= 2)
    assert dump(maker.office) == before
    do(maker, "file_scans", "pledge", None, path=str(target))
    assert states(maker) == [PledgeState.EFFECTIVE] * 3


WAIT = """stop.times = getattr(stop, 'times', 0) + 1
    if stop.times < {times}:
        return before(*a, **k)
    os.write(2, b'here\\n')
    signal.pause()"""


def killed_at(printed: Printed, target: Path, module: str, name: str, times: int) -> None:
    """File a scan in a process of its own, which is killed when it comes to a function of the program for so many times."""
    prelude = holding(module, name, WAIT.format(times=times))
    process = start(printed.maker.office.folder, "pledge", "file-scans", target, prelude=prelude)
    assert process.stderr is not None
    assert process.stderr.readline() == "here\n"
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@unix
@pytest.mark.parametrize(
    ("module", "name", "times"),
    [
        ("wenlv_desk.scanning.reading", "_page", 3),  # some pages are read
        ("wenlv_desk.registries.pledge.filing", "complete", 1),  # the rows are in, nothing is signed
        ("wenlv_desk.store.files", "FileStore.put", 3),  # one pledge is signed, the others are not
        ("wenlv_desk.store.gate", "write_entry", 1),  # all is done, the journal is not written
        ("wenlv_desk.store.gate", "index_changes", 1),  # the journal is in, the index is not
    ],
)
def test_a_kill_in_the_middle_of_filing_files_nothing_and_filing_again_files_every_page_once(
    printed: Printed, maker: Maker, module: str, name: str, times: int
) -> None:
    target, before = printed.scan(printed.every), dump(maker.office)
    killed_at(printed, target, module, name, times)
    assert dump(maker.office) == before
    assert check(maker.office) == []
    again = run(maker.office.folder, "pledge", "file-scans", target)
    assert again.returncode == 0, again.stderr
    filed_once(printed)


@unix
def test_a_kill_after_the_last_row_leaves_every_page_filed_once(printed: Printed, maker: Maker) -> None:
    target = printed.scan(printed.every)
    killed_at(printed, target, "wenlv_desk.cli.context", "Shell.say", 1)
    filed_once(printed)
    again = run(maker.office.folder, "pledge", "file-scans", target)
    assert again.returncode == 2
    assert "已归档过" in again.stderr
    filed_once(printed)


def filed_once(printed: Printed) -> None:
    rows = pages(printed.maker)
    assert {one.status for one in rows} == {PageState.FILED}
    assert len({(one.pledge_id, one.copy_no, one.page) for one in rows}) == len(rows) == len(printed.every)
    assert states(printed.maker) == [PledgeState.EFFECTIVE] * 3
    assert check(printed.maker.office) == []


LIMIT = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"


def wal_of(maker: Maker) -> int:
    return (maker.office.folder / "wenlv.sqlite-wal").stat().st_size


def photographs(printed: Printed) -> Path:
    folder = printed.maker.folder / "照片"
    folder.mkdir()
    for number, page in enumerate(printed.copy(0), 1):
        page.convert("RGB").save(folder / f"IMG_{number}.jpg", quality=60)
    return folder


@unix
def test_a_disk_without_room_for_the_original_is_said_and_nothing_is_filed(printed: Printed, maker: Maker) -> None:
    target = printed.scan(printed.every)
    refused_for_want_of_room(printed, target, target.stat().st_size - 1, "文件没能存入数据文件夹")


@unix
def test_a_disk_without_room_for_the_signed_copy_is_said_and_nothing_is_filed(printed: Printed, maker: Maker) -> None:
    folder = photographs(printed)
    largest = max(one.stat().st_size for one in folder.iterdir())
    with maker.office.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    refused_for_want_of_room(printed, folder, largest + 1000, "文件夹“文旅台账临时文件夹-")


@unix
def test_a_disk_without_room_for_the_records_is_said_and_nothing_is_filed(printed: Printed, maker: Maker) -> None:
    target = printed.scan(printed.copy(0))
    assert wal_of(maker) > target.stat().st_size
    refused_for_want_of_room(printed, target, wal_of(maker) + 4096, "没有写入任何内容")


def refused_for_want_of_room(printed: Printed, target: Path, size: int, said: str) -> None:
    """No file may grow beyond a size; when they may again, the scan is filed."""
    maker, before = printed.maker, dump(printed.maker.office)
    refused = run(maker.office.folder, "pledge", "file-scans", target, prelude=LIMIT.format(size=size))
    assert refused.returncode == 2, refused.stderr
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert dump(maker.office) == before
    assert check(maker.office) == []
    again = run(maker.office.folder, "pledge", "file-scans", target)
    assert again.returncode == 0, again.stderr
    assert states(maker)[0] is PledgeState.EFFECTIVE
    assert check(maker.office) == []
