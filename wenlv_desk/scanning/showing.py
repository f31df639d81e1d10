"""Pages of a scan as pictures for the screen, drawn in the process of their own."""

from collections.abc import Sequence
from typing import cast

from wenlv_desk.scanning.aside import Died, answers
from wenlv_desk.scanning.model import Chosen, Limits, Progress
from wenlv_desk.scanning.reading import LIMITS


def pictures_of(
    pages: Sequence[Chosen], pixels: int, *, progress: Progress | None = None, limits: Limits = LIMITS
) -> list[bytes]:
    """A grey JPEG of every page, turned as it says, its longer side of so many pixels at most; empty where nothing could be drawn.

    Raises ScanStopped when `progress` says stop.
    """
    items = [(str(one.file.path), one.file.kind, one.page, one.turn, pixels) for one in pages]
    drawn = answers("show", items, limits=limits, progress=progress)
    return [b"" if isinstance(one, Died) or one[0] == "refused" else cast(bytes, one[1]) for one in drawn]
