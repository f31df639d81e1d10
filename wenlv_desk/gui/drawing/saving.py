"""存公开记录: the record of a draw and the page that checks it, written into a folder as they were kept. Knows no Qt."""

from pathlib import Path

from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.drawing import files_of
from wenlv_desk.store.desk import Desk

PUBLIC = (".json", ".html")


def save_record(desk: Desk, draw_id: int, folder: Path) -> list[Path]:
    """Write both files; returns where they are. The sealed list is in the record, so its own file stays on the card."""
    draw = desk.get(InspectionDraw, draw_id)
    wanted = {Path(name).suffix: (name, content) for name, content in files_of(desk, draw)}
    if draw.record_sha256 is None or any(one not in wanted for one in PUBLIC):
        raise UserError(f"“{draw.title}”的公开记录不全，没有存。请在抽取记录的附件里核对")
    made = []
    for name, content in (wanted[one] for one in PUBLIC):
        target = folder / name
        try:
            target.write_bytes(content)
        except OSError as error:
            raise UserError(f"“{name}”存不进“{folder.name}”（{fault(error)}），请换一个文件夹") from error
        made.append(target)
    return made
