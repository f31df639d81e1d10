"""打印整批: the pledges of a batch as one file for the printer, in grid order, with bookmarks, every copy beginning on a front side."""

from pathlib import Path
from typing import Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.pledge.papers import batch_pledges, bound_of, parts_of
from wenlv_desk.registries.pledge.records import PledgeBatch
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.typeset.binding import bind
from wenlv_desk.typeset.volume import Progress, Written, write_volume


def print_batch(
    office: Office, clerk: Clerk, batch_id: int, target: Path, progress: Progress | None = None
) -> Written | None:
    """Write the file; None, and no file, where `progress` said stop. UserError where nothing has been given out yet."""
    with office.desk(clerk) as desk:
        batch = desk.get(PledgeBatch, batch_id)
        pledges = batch_pledges(desk, batch_id)
        if not pledges:
            raise UserError(f"“{batch.title}”里没有已下发的责任状，请先办“整批下发”")
        duplex = bool(setting_of(desk, "pledge_duplex"))
        more: dict[str, Any] = {"title": batch.title, "total": len(pledges), "duplex": duplex, "progress": progress}
        if any(one.body_sha256 for one in pledges):
            return bind(bound_of(desk, pledges), target, **more)
        parts = parts_of(pledges)
    return write_volume(parts, target, **more)
