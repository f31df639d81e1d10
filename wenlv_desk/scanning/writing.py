"""Upright PDFs of chosen pages, one a target; what was scanned is carried over as it is, not decoded and encoded again."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from wenlv_desk.core.errors import UserError
from wenlv_desk.scanning.aside import Died, answers
from wenlv_desk.scanning.model import Chosen, Limits, Progress
from wenlv_desk.scanning.reading import LIMITS


def write_upright(
    wanted: Mapping[Path, Sequence[Chosen]], *, progress: Progress | None = None, limits: Limits = LIMITS
) -> None:
    """Write every target with its pages, in order, each whole or not at all; a target that exists is replaced.

    Pages of a PDF keep their size and bytes and are turned by their /Rotate; photographs are laid on A4 with their JPEG
    as it is, other pictures without loss. Raises UserError that names the file, and ScanStopped; the targets before that
    are written. Raises ValueError for a target without pages.
    """
    if empty := [target for target, pages in wanted.items() if not pages]:
        raise ValueError(f"no pages for {empty[0]}")
    items = [
        (str(target), [(str(page.file.path), page.file.kind, page.page, page.turn) for page in pages])
        for target, pages in wanted.items()
    ]
    for target, answer in zip(wanted, answers("write", items, limits=limits, progress=progress), strict=True):
        if isinstance(answer, Died):
            raise UserError(f"“{target.name}”没有写成：{answer.why}")
        if answer[0] == "refused":
            raise UserError(f"“{target.name}”没有写成：{answer[1]}")
