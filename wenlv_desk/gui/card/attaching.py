"""Attachments (附件) from the window: add by dialog or drop, open a copy with the system's program, take off."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.card.dossier import Attached, Sheet
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import confirm
from wenlv_desk.store.attachments import ACCEPTED
from wenlv_desk.store.desk import Desk

COPIES: Final = "wenlv-desk-open"


def attach_files(seat: Seat, owner: QWidget, sheet: Sheet, paths: Sequence[Path] = ()) -> None:
    """Keep files with a record, one operation each; asks for them when none are given."""
    chosen = [str(path) for path in paths] or _ask(owner)
    registry = seat.catalogue.registry(sheet.register)
    for path in chosen:
        seat.perform(
            owner,
            "attach",
            registry,
            sheet.id,
            arguments={"path": path},
            then=lambda _done, name=Path(path).name: seat.kit.notices.tell(f"已添加附件“{name}”"),  # type: ignore[misc]
        )


def _ask(owner: QWidget) -> list[str]:
    patterns = " ".join(f"*.{suffix}" for suffix in sorted(ACCEPTED))
    paths, _ = QFileDialog.getOpenFileNames(owner, "添加附件", "", f"可归档的文件 ({patterns})")
    return list(paths)


def open_attached(seat: Seat, owner: QWidget, one: Attached) -> None:
    """Open a copy, so that no other program can change what is archived."""
    seat.read(owner, copy_out, one, then=_open)


def copy_out(desk: Desk, one: Attached) -> str:
    """Write a copy of an attachment into a folder of its own below the system's temporary one; returns its path."""
    content = desk.files.get(one.sha256)
    try:
        folder = Path(tempfile.mkdtemp(prefix=COPIES))
        target = folder / Path(one.file_name).name
        target.write_bytes(content)
        target.chmod(0o400)
    except OSError as error:
        raise UserError(f"“{one.file_name}”的副本写不出来（{error.strerror}），请清理临时文件夹后再试") from error
    return str(target)


def _open(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def remove_attached(seat: Seat, owner: QWidget, one: Attached) -> None:
    """Take a file off the card after asking."""

    def do() -> None:
        registry = seat.catalogue.registry(one.register)
        seat.perform(owner, "detach", registry, one.record_id, arguments={"attachment": one.id})

    will = ["它从卡片上移除，文件仍留在数据文件夹和历史里。"]
    confirm(
        owner.window(),
        seat.kit.looks,
        f"移除附件“{one.file_name}”？",
        "移除",
        do,
        will=will,
        undo="移除后可按 Ctrl Z 撤销。",
    )
