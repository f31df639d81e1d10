"""文书档案 (issued papers) and 空白证 (blanks): what was issued under which number, and where each blank serial went."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry, Section


class PaperStatus(Choice):
    """Whether an issued paper stands."""

    ISSUED = "ISSUED", "有效", "green"
    VOID = "VOID", "作废", "neutral"


class IssuedPaper(Record):
    """One paper as issued: its bytes are archived under `sha256` and never change."""

    __tablename__ = "issued_paper"

    paper_no: Mapped[str] = field("文书编号", kind=Text(64, size=20), search=Search.CODE, readonly=True)
    title: Mapped[str] = field("文书", kind=Text(64, size=18), search=Search.NAME, readonly=True)
    about: Mapped[str] = field("事由", kind=Text(255, size=30), search=Search.NAME, readonly=True)
    status: Mapped[PaperStatus] = field("状态", kind=OneOf(PaperStatus), default=PaperStatus.ISSUED, readonly=True)
    copies: Mapped[int] = field("份数", readonly=True)
    purpose: Mapped[str | None] = field("用途", kind=Text(128), readonly=True)
    blank_serial: Mapped[str | None] = field("空白证号", kind=Text(64), search=Search.CODE, readonly=True)
    issued_by: Mapped[str] = field("经办人", kind=Text(64, size=10), readonly=True)
    issued_at: Mapped[datetime] = field("出具时间", readonly=True)
    pages: Mapped[int] = field("页数", readonly=True)
    sha256: Mapped[str] = field("摘要", kind=Text(64, size=16), readonly=True, help="归档文件的 SHA-256")
    paper: Mapped[str] = field("文书种类", kind=Text(64), readonly=True)
    register: Mapped[str] = field("所属台账", kind=Text(64), readonly=True)
    record_ids: Mapped[str] = field("记录", kind=Text(20000, block=True), readonly=True)
    void_reason: Mapped[str | None] = field("作废原因", readonly=True)
    replaced_by: Mapped[str | None] = field("更正后编号", kind=Text(64), readonly=True)


ISSUED_PAPERS = Registry(
    record=IssuedPaper,
    title="文书档案",
    unit="件",
    named_by="paper_no",
    code="paper_no",
    identity=(("paper_no",),),
    columns=("paper_no", "title", "about", "status", "copies", "purpose", "blank_serial", "issued_by", "issued_at"),
    sections=(
        Section("文书", ("paper_no", "title", "about", "status", "void_reason", "replaced_by")),
        Section("出具", ("copies", "purpose", "blank_serial", "issued_by", "issued_at", "pages", "sha256")),
    ),
    filters=("title", "status", "issued_by"),
    state="status",
    typed=False,
    below=True,
    icon="archive",
    empty_hint="还没有出具过文书。在许可证的卡片上点“打印”即可。",
)


class BlankOutcome(Choice):
    """What became of a blank."""

    USED = "USED", "已用", "green"
    SPOILED = "SPOILED", "作废", "red"


class BlankUse(Record):
    """One serial number of a state blank (空白证), used or spoiled; it can go only one way."""

    __tablename__ = "blank_use"

    blank: Mapped[str] = field("空白证种类", kind=Text(64, size=20), readonly=True)
    serial_no: Mapped[str] = field("空白证号", kind=Text(64, size=18), search=Search.CODE, readonly=True)
    outcome: Mapped[BlankOutcome] = field("去向", kind=OneOf(BlankOutcome), readonly=True)
    issued_paper_id: Mapped[int | None] = mapped_column(ForeignKey("issued_paper.id"), index=True)
    about: Mapped[str | None] = field("用于", kind=Text(255, size=30), readonly=True)
    noted_by: Mapped[str] = field("经办人", kind=Text(64, size=10), readonly=True)
    noted_at: Mapped[datetime] = field("时间", readonly=True)
    note: Mapped[str | None] = field("说明", readonly=True)


BLANKS = Registry(
    record=BlankUse,
    title="空白证使用登记",
    unit="张",
    named_by="serial_no",
    code="serial_no",
    identity=(("blank", "serial_no"),),
    columns=("serial_no", "blank", "outcome", "about", "noted_by", "noted_at", "note"),
    sections=(Section("空白证", ("serial_no", "blank", "outcome", "about", "noted_by", "noted_at", "note")),),
    filters=("blank", "outcome"),
    state="outcome",
    typed=False,
    rail=False,
    empty_hint="还没有用过空白证。",
)
