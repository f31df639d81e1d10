"""打印整批: the pledges of a batch as one file for the printer, in grid order, with bookmarks, every copy beginning on a front side."""

from pathlib import Path

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.pledge.papers import batch_pledges, parts_of
from wenlv_desk.registries.pledge.records import PledgeBatch
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
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
        parts, title = parts_of(pledges), batch.title
        duplex = bool(setting_of(desk, "pledge_duplex"))
    return write_volume(parts, target, title=title, total=len(parts), duplex=duplex, progress=progress)
