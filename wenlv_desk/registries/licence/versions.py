"""变更记录: what a licence said before and after each 变更, 延续 and 补领; written by those operations only (domain 1.10)."""

from datetime import date

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Owner, Registry, Section
from wenlv_desk.registries.licence.vocabulary import ChangeItem, VersionEvent


class LicenceVersion(Record):
    """The shared columns. Old and new are lines of “label：text”, as printed at the time."""

    __abstract__ = True

    summary: Mapped[str] = field("摘要", kind=Text(255, size=28), readonly=True)
    event: Mapped[VersionEvent] = field("手续", kind=OneOf(VersionEvent), readonly=True)
    happened_on: Mapped[date] = field("日期", kind=Day(), readonly=True)
    document_no: Mapped[str | None] = field("文号", kind=Text(64), search=Search.CODE, readonly=True)
    change_items: Mapped[tuple[str, ...] | None] = field("变更事项", kind=Many(ChangeItem), readonly=True)
    old_licence_no: Mapped[str] = field("原许可证编号", kind=Text(64, size=24), search=Search.CODE, readonly=True)
    old_name: Mapped[str] = field("原单位名称", kind=Text(128, size=24), search=Search.NAME, readonly=True)
    old_value: Mapped[str] = field("变更前", kind=Text(20000, block=True, size=30), readonly=True)
    new_value: Mapped[str] = field("变更后", kind=Text(20000, block=True, size=30), readonly=True)
    reason: Mapped[str | None] = field("原因", kind=Text(255), readonly=True)
    handled_by: Mapped[str] = field("经办人", kind=Text(64, size=10), readonly=True)
    remark: Mapped[str | None] = field("备注", kind=Text(500), readonly=True)


class PublicationLicenceVersion(LicenceVersion):
    """A version of a 出版物经营许可证."""

    __tablename__ = "publication_licence_version"

    licence_id: Mapped[int] = field("所属许可证", ref="publication_licence", readonly=True)


class PrintingLicenceVersion(LicenceVersion):
    """A version of a 印刷经营许可证."""

    __tablename__ = "printing_licence_version"

    licence_id: Mapped[int] = field("所属许可证", ref="printing_licence", readonly=True)


def _registry(record: type[LicenceVersion], title: str, register: str) -> Registry:
    return Registry(
        record=record,
        title=title,
        unit="条",
        named_by="summary",
        identity=(("licence_id", "happened_on", "event"),),
        columns=("licence_id", "happened_on", "event", "change_items", "document_no", "old_licence_no", "handled_by"),
        sections=(
            Section("手续", ("licence_id", "summary", "event", "happened_on", "document_no", "handled_by")),
            Section("内容", ("change_items", "old_licence_no", "old_name", "old_value", "new_value")),
            Section("说明", ("reason", "remark")),
        ),
        filters=("event", "change_items"),
        owner=Owner(field="licence_id", register=register, takes={}),
        typed=False,
        rail=False,
        empty_hint="还没有变更、延续或补领。",
    )


PUBLICATION_VERSIONS = _registry(PublicationLicenceVersion, "出版物许可变更记录", "publication_licence")
PRINTING_VERSIONS = _registry(PrintingLicenceVersion, "印刷许可变更记录", "printing_licence")
