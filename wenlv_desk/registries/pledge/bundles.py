"""A scan as it comes from the copier: its files as they are, what stands on every page, and signed copies made of its pages."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from pathlib import Path

from sqlalchemy import select

from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.registries.pledge.records import PledgePage, PledgeScan
from wenlv_desk.registries.pledge.sorting import Found, found_on
from wenlv_desk.scanning.model import Chosen, Progress, Source
from wenlv_desk.scanning.reading import read_pages, survey
from wenlv_desk.scanning.writing import write_upright
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.files import LIMIT
from wenlv_desk.store.tables import Attachment

MB = 1024 * 1024
TOGETHER = 1000 * MB  # of all files of a scan, which are in memory until they are kept
LISTED = 5
TEMPORARY = "文旅台账临时文件夹-"
ORIGINAL = "扫描原件"
UNREAD = "扫描原件（读不出）"


def is_unread_file(scan: PledgeScan, page: PledgePage) -> bool:
    """Whether a row stands for a file that has no pages; such rows follow those of the pages."""
    return page.place > scan.pages


@dataclass(frozen=True)
class Unread:
    """A file of which nothing can be read: its name, its bytes, why."""

    name: str
    content: bytes
    why: str


@dataclass(frozen=True)
class Bundle:
    """A scan: its name, its digest, the files as they came (name and bytes, in order), its pages, and files that have none."""

    name: str
    sha256: str
    originals: tuple[tuple[str, bytes], ...]
    pages: tuple[Found, ...]
    unread: tuple[Unread, ...] = ()


def bundle_of(handed_in: Path | Sequence[Path], progress: Progress | None = None) -> Bundle:
    """Read a scan: a PDF or picture, a folder, or several of these as one.

    UserError where none of it can be read, some of it cannot be kept or is still being written; ScanStopped.
    """
    paths = [handed_in] if isinstance(handed_in, Path) else list(handed_in)
    sizes = [one for path in paths for one in _sizes(path)]
    _refuse_huge(sizes)
    source = survey(paths)
    _refuse_what_is_no_file(source)
    unread = tuple(Unread(one.path.name, _content(one.path), one.why) for one in source.left_out)
    originals = tuple((file.path.name, _content(file.path)) for file in source.files)
    pages = found_on(read_pages(source, progress=progress))
    contents = [content for _, content in originals] + [one.content for one in unread]
    digests = [sha256(content).hexdigest() for content in contents]
    _refuse_unfinished(source, dict(sizes), digests)
    name = paths[0].name + (f" 等 {len(paths)} 个" if len(paths) > 1 else "")
    return Bundle(name, sha256("".join(digests).encode()).hexdigest(), originals, pages, unread)


def _refuse_what_is_no_file(source: Source) -> None:
    """A folder within the folder was not looked into and cannot be kept: better nothing is filed than some of it overlooked."""
    if others := [one for one in source.left_out if not one.path.is_file()]:
        named = "；".join(f"“{one.path.name}”{one.why}" for one in others[:LISTED])
        raise UserError(f"没有归档：{named}。请移走它们后再归档")


def _sizes(path: Path) -> list[tuple[Path, int]]:
    """The file itself, or those of a folder."""
    with _readable(path):
        files = [path] if not path.is_dir() else list(path.iterdir())
        return [(one, one.stat().st_size) for one in files]


def _refuse_huge(sizes: Sequence[tuple[Path, int]]) -> None:
    """What the store would not keep, or the memory not hold, is not read either."""
    for path, size in sizes:
        if size > LIMIT:
            raise UserError(
                f"“{path.name}”有 {size // MB} MB，超过 {LIMIT // MB} MB，没有归档，"
                "请分几次扫描，或降低分辨率（200 dpi 灰度即可）"
            )
    if (total := sum(size for _, size in sizes)) > TOGETHER:
        raise UserError(
            f"扫描件一共 {ceil(total / MB)} MB，超过 {TOGETHER // MB} MB，没有归档，请分成几部分，分几次归档"
        )


def _refuse_unfinished(source: Source, sizes: Mapping[Path, int], digests: Sequence[str]) -> None:
    """What is kept must be what was counted before and read since: the copier may still be writing."""
    files = [file.path for file in source.files] + [one.path for one in source.left_out]
    for path, digest in zip(files, digests, strict=True):
        content = _content(path)
        if (len(content), sha256(content).hexdigest()) != (sizes.get(path), digest):
            raise UserError(f"没有归档：“{path.name}”还在写入，请等复印机扫完再归档")


def _content(path: Path) -> bytes:
    with _readable(path):
        return path.read_bytes()


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What the system has against a file is said to the clerk."""
    try:
        yield
    except OSError as error:
        raise UserError(f"读不了“{path.name}”（{fault(error)}），没有归档，请检查它是否还在") from error


def signed_copies(desk: Desk, wanted: Mapping[int, Sequence[PledgePage]]) -> dict[int, bytes]:
    """A PDF for every pledge (by id) of its pages, upright and in order, made of the originals that are kept."""
    sources = {scan: kept_source(desk, scan) for scan in {one.scan_id for pages in wanted.values() for one in pages}}
    chosen = {pledge: [_chosen(sources, one) for one in pages] for pledge, pages in wanted.items()}
    try:
        with tempfile.TemporaryDirectory(prefix=TEMPORARY) as folder:
            targets = {pledge: Path(folder) / f"签字扫描件{pledge}.pdf" for pledge in wanted}
            write_upright({targets[pledge]: pages for pledge, pages in chosen.items()})
            return {pledge: target.read_bytes() for pledge, target in targets.items()}
    except OSError as error:
        raise UserError(f"签字扫描件没有写成：系统的临时文件夹用不了（{fault(error)}），请检查磁盘空间") from error


def kept_source(desk: Desk, scan_id: int) -> Source:
    """The files of a scan that have pages, where they are kept, in order; taken off its card they keep their place."""
    mine = (Attachment.register == PledgeScan.__tablename__, Attachment.record_id == scan_id)
    kept = desk.session.scalars(
        select(Attachment).where(*mine, Attachment.note == ORIGINAL).order_by(Attachment.id)
    ).all()
    names = {desk.files.path(one.sha256): one.file_name for one in kept}
    source = survey([desk.files.path(one.sha256) for one in kept])
    if source.left_out:  # the pages behind it would be taken for others
        broken = source.left_out[0]
        raise UserError(f"扫描原件“{names[broken.path]}”读不出（{broken.why}），请从备份恢复")
    return source


def _chosen(sources: Mapping[int, Source], page: PledgePage) -> Chosen:
    places = sources[page.scan_id].places()
    if not 1 <= page.place <= len(places):
        raise UserError(f"扫描原件里没有第 {page.place} 页，可能被改动过，请从备份恢复")
    place = places[page.place - 1]
    return Chosen(place.file, place.page, page.turned)
