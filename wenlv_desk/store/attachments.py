"""Attachments (附件): scans and office files kept with any record, stored by their digest."""

from pathlib import Path
from typing import Annotated

from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import FilePath
from wenlv_desk.core.operations import operation
from wenlv_desk.core.records import Record
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.tables import Attachment

Evidence = Annotated[str | None, param("附件", kind=FilePath(), help="证明材料的扫描件或电子文件，随本次办理归档")]
ACCEPTED = frozenset(
    [
        "pdf",
        "ofd",
        "jpg",
        "jpeg",
        "png",
        "bmp",
        "tif",
        "tiff",
        "gif",
        "webp",
        "heic",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "et",
        "wps",
        "ppt",
        "pptx",
        "txt",
        "csv",
        "zip",
    ]
)


def attach_file(desk: Desk, record: Record, path: str, note: str = "") -> Attachment:
    """Read a file and keep it with the record; refuses programs and files with macros."""
    source = Path(path)
    if source.suffix.lower().lstrip(".") not in ACCEPTED:
        raise UserError(f"“{source.name}”不是可以归档的文件（PDF、图片、OFD 或不带宏的办公文件），没有添加")
    try:
        content = source.read_bytes()
    except OSError as error:
        raise UserError(
            f"读不了文件“{source.name}”（{fault(error)}），请检查文件是否还在、是否被别的程序占用"
        ) from error
    if not content:
        raise UserError(f"“{source.name}”是空文件，没有添加")
    return attach_content(desk, record, source.name, content, note)


def attach_content(desk: Desk, record: Record, name: str, content: bytes, note: str = "") -> Attachment:
    """Keep bytes with the record under a file name."""
    made = Attachment(
        register=desk.catalogue.registry_of(type(record)).name,
        record_id=record.id,
        file_name=name,
        sha256=desk.files.put(content),
        size=len(content),
        note=note,
        added_by=desk.clerk.name,
        added_at=desk.now,
    )
    desk.add(made)
    return made


def keep_evidence(desk: Desk, record: Record, path: str | None, note: str) -> Attachment | None:
    """Attach the document that a step rests on, if it was given (`Evidence`)."""
    return attach_file(desk, record, path, note) if path else None


@operation("添加附件")
def attach(
    desk: Desk,
    record: Record,
    *,
    path: Annotated[str, param("文件", kind=FilePath(), help="PDF、图片、OFD 或办公文件")],
    note: Annotated[str | None, param("说明")] = None,
) -> None:
    """Keep a file with the record."""
    attach_file(desk, record, path, note or "")


@operation("移除附件", danger=True)
def detach(desk: Desk, record: Record, *, attachment: Annotated[int, param("附件编号")]) -> None:
    """Take a file off the record's card; it stays in the store and in the history."""
    found = desk.session.get(Attachment, attachment) if 0 < attachment < 2**63 else None
    if found is None:
        raise UserError(f"没有编号为 {attachment} 的附件，没有移除，请核对附件编号")
    if found.record_id != record.id or found.register != desk.catalogue.registry_of(type(record)).name:
        raise UserError(f"附件“{found.file_name}”不属于这条记录，没有移除")
    if found.voided:
        raise UserError(f"附件“{found.file_name}”已经移除，不必再移；要找回请撤销那一步")
    found.voided = True
