"""A scan as it comes from the copier: its files as they are, what stands on every page, and signed copies made of its pages."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
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
LISTED = 5


@dataclass(frozen=True)
class Bundle:
    """A scan: its name, its digest, the files as they came (name and bytes, in order), its pages."""

    name: str
    sha256: str
    originals: tuple[tuple[str, bytes], ...]
    pages: tuple[Found, ...]


def bundle_of(handed_in: Path | Sequence[Path], progress: Progress | None = None) -> Bundle:
    """Read a scan: a PDF or picture, a folder, or several of these as one. UserError where it cannot be read whole; ScanStopped."""
    paths = [handed_in] if isinstance(handed_in, Path) else list(handed_in)
    for path in paths:
        _refuse_huge(path)
    source = survey(paths)
    if source.left_out:
        named = "；".join(f"“{one.path.name}”{one.why}" for one in source.left_out[:LISTED])
        raise UserError(f"没有归档：{named}。请移走或换掉这些文件后再归档")
    originals = tuple((file.path.name, _content(file.path)) for file in source.files)
    pages = found_on(read_pages(source, progress=progress))
    digest = sha256("".join(sha256(content).hexdigest() for _, content in originals).encode()).hexdigest()
    name = paths[0].name + (f" 等 {len(paths)} 个" if len(paths) > 1 else "")
    return Bundle(name, digest, originals, pages)


def _refuse_huge(path: Path) -> None:
    """What the store would not keep is not read either."""
    try:
        files = [path] if not path.is_dir() else list(path.iterdir())
        huge = next(((one, size) for one in files if (size := one.stat().st_size) > LIMIT), None)
    except OSError as error:
        raise UserError(f"读不了“{path.name}”（{fault(error)}），没有归档，请检查它是否还在") from error
    if huge is not None:
        raise UserError(
            f"“{huge[0].name}”有 {huge[1] // MB} MB，超过 {LIMIT // MB} MB，没有归档，"
            "请分几次扫描，或降低分辨率（200 dpi 灰度即可）"
        )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"读不了“{path.name}”（{fault(error)}），没有归档，请检查它是否还在") from error


def signed_copies(desk: Desk, wanted: Mapping[int, Sequence[PledgePage]]) -> dict[int, bytes]:
    """A PDF for every pledge (by id) of its pages, upright and in order, made of the originals that are kept."""
    sources = {scan: kept_source(desk, scan) for scan in {one.scan_id for pages in wanted.values() for one in pages}}
    with tempfile.TemporaryDirectory() as folder:
        targets = {pledge: Path(folder) / f"{pledge}.pdf" for pledge in wanted}
        write_upright({targets[pledge]: [_chosen(sources, one) for one in pages] for pledge, pages in wanted.items()})
        return {pledge: target.read_bytes() for pledge, target in targets.items()}


def kept_source(desk: Desk, scan_id: int) -> Source:
    """The files of a scan where they are kept, in order."""
    mine = (Attachment.register == PledgeScan.__tablename__, Attachment.record_id == scan_id, ~Attachment.voided)
    kept = desk.session.scalars(select(Attachment).where(*mine).order_by(Attachment.id))
    return survey([desk.files.path(one.sha256) for one in kept])


def _chosen(sources: Mapping[int, Source], page: PledgePage) -> Chosen:
    places = sources[page.scan_id].places()
    if not 1 <= page.place <= len(places):
        raise UserError(f"扫描原件里没有第 {page.place} 页，可能被改动过，请从备份恢复")
    place = places[page.place - 1]
    return Chosen(place.file, place.page, page.turned)
