"""Scans that cannot be filed yet: the copier is still writing, or there is more than is filed at once."""

from pathlib import Path

import pytest

from tests.scanning.files import copied, sheets
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.pledge.bundles import bundle_of
from wenlv_desk.scanning.model import Progress


def written_on(path: Path) -> Progress:
    """Somebody who adds to a file as soon as the first page is read."""

    def progress(done: int, _of: int) -> bool:
        if done == 1:
            with path.open("ab") as file:
                file.write(b"more")
        return False

    return progress


def test_a_file_that_is_written_while_its_pages_are_read_is_refused_and_later_filed(tmp_path: Path) -> None:
    path = copied(tmp_path / "扫描.pdf", sheets(1))
    with pytest.raises(UserError, match=r"没有归档：“扫描\.pdf”还在写入，请等复印机扫完再归档"):
        bundle_of(path, written_on(path))
    bundle = bundle_of(path)
    assert bundle.originals == (("扫描.pdf", path.read_bytes()),)
    assert len(bundle.pages) == 2


def test_a_file_that_cannot_be_read_yet_is_not_kept_as_unreadable_while_it_is_written(tmp_path: Path) -> None:
    copied(tmp_path / "1.pdf", sheets(1))
    (tmp_path / "2.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(UserError, match=r"“2\.pdf”还在写入，请等复印机扫完再归档"):
        bundle_of(tmp_path, written_on(tmp_path / "2.pdf"))


def test_a_file_that_is_written_anew_with_as_many_bytes_is_refused(tmp_path: Path) -> None:
    path, other = (copied(tmp_path / f"{number}.pdf", sheets(number)) for number in (1, 2))
    size = max(path.stat().st_size, other.stat().st_size)
    for one in (path, other):
        one.write_bytes(one.read_bytes().ljust(size))

    def progress(done: int, _of: int) -> bool:
        if done == 1:
            path.write_bytes(other.read_bytes())
        return False

    with pytest.raises(UserError, match=r"“1\.pdf”还在写入"):
        bundle_of(path, progress)


def test_more_than_is_filed_at_once_is_refused_before_it_is_read(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("甲", "乙")]
    for folder in folders:
        folder.mkdir()
        for number in range(3):
            with (folder / f"{number}.pdf").open("wb") as file:
                file.truncate(190 * 1024 * 1024)
    with pytest.raises(UserError, match="扫描件一共 1140 MB，超过 1000 MB，没有归档，请分成几部分，分几次归档"):
        bundle_of(folders)
