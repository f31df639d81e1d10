"""The registers of pledges: kinds (责任状种类), batches (签订批次), pledges (责任状), scans (签字扫描件) and their pages."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint, and_, case
from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Computed, Duplicate, Owner, Registry, Section
from wenlv_desk.core.trade_kinds import Phones
from wenlv_desk.registries.pledge import rules
from wenlv_desk.registries.pledge.vocabulary import (
    Assessment,
    BatchState,
    PageState,
    PledgeStanding,
    PledgeState,
    WhoWithWhom,
)

TEXT = Text(60_000, block=True, size=40)


class PledgeKind(Record):
    """A kind of pledge; what it says is the wording (范本) of that code."""

    __tablename__ = "pledge_kind"

    kind_name: Mapped[str] = field("责任状种类", kind=Text(64, size=20), search=Search.NAME, help="如：护林防火责任状")
    prefix: Mapped[str] = field("编号字头", kind=Text(16, size=10), help="大写字母，如 HLFH，编号为 HLFH-2026-0001")
    wording: Mapped[str] = field("范本代码", kind=Text(64, size=20), help="“文书范本”里的代码，如 pledge_forest_fire")
    word_name: Mapped[str | None] = field("本单位 Word 范本", kind=Text(255), readonly=True)
    word_sha256: Mapped[str | None] = field("Word 范本摘要", kind=Text(64), readonly=True)
    parties: Mapped[WhoWithWhom] = field("签订双方", kind=OneOf(WhoWithWhom))
    categories: Mapped[tuple[str, ...] | None] = field(
        "企业类别", kind=Many(register="category"), help="哪些类别的企业应签；空白为全部"
    )
    season_from: Mapped[str | None] = field("期限起（月-日）", kind=Text(5), help="如 11-01；空白为 01-01")
    season_to: Mapped[str | None] = field("期限止（月-日）", kind=Text(5), help="早于起始月日的是次年；空白为 12-31")
    copies: Mapped[int] = field("份数", default=2)
    area: Mapped[str | None] = field("责任区域（默认）", kind=Text(255), help="如：经营场所及周边")
    in_use: Mapped[bool] = field("在用", default=True)
    remark: Mapped[str | None] = field("备注", kind=Text(500))


class PledgeBatch(Record):
    """One batch: a kind, a period, and the pledges drawn up for it."""

    __tablename__ = "pledge_batch"

    title: Mapped[str] = field("批次名称", kind=Text(64, size=26), search=Search.NAME, readonly=True)
    kind_id: Mapped[int] = field("责任状种类", ref="pledge_kind", readonly=True)
    pledge_year: Mapped[int] = field("年度", readonly=True)
    valid_from: Mapped[date] = field("期限起", kind=Day(), readonly=True)
    valid_to: Mapped[date] = field("期限止", kind=Day(), readonly=True)
    status: Mapped[BatchState] = field("状态", kind=OneOf(BatchState), default=BatchState.DRAFT, readonly=True)
    made_on: Mapped[date] = field("拟定日期", kind=Day(), readonly=True)
    issued_on: Mapped[date | None] = field("下发日期", kind=Day(), readonly=True)
    sign_by: Mapped[date | None] = field("签订截止", kind=Day(), readonly=True)


class Pledge(Record):
    """One pledge. What it says is frozen (冻结) when it is issued; whoever is named was copied then and does not change any more."""

    __tablename__ = "pledge"

    pledge_no: Mapped[str] = field(
        "责任状编号", kind=Text(48, size=18), search=Search.CODE, readonly=True, indexed=True
    )
    batch_id: Mapped[int] = field("批次", ref="pledge_batch", readonly=True)
    kind_id: Mapped[int] = field("种类", ref="pledge_kind", readonly=True)
    pledge_year: Mapped[int] = field("年度", readonly=True)
    valid_from: Mapped[date] = field("期限起", kind=Day(), readonly=True)
    valid_to: Mapped[date] = field("期限止", kind=Day(), readonly=True)
    party_a: Mapped[str] = field("甲方", kind=Text(128, size=20), readonly=True)
    a_signer_id: Mapped[int | None] = field("甲方签字人", ref="staff", readonly=True)
    a_signatory: Mapped[str | None] = field("甲方签字人姓名", kind=Text(64), readonly=True)
    a_post: Mapped[str | None] = field("甲方职务", kind=Text(64), readonly=True)
    operator_id: Mapped[int | None] = field("经营单位", ref="operator", readonly=True)
    b_staff_id: Mapped[int | None] = field("乙方人员", ref="staff", readonly=True)
    party_b: Mapped[str] = field("乙方", kind=Text(128, size=26), search=Search.NAME, readonly=True)
    b_signatory: Mapped[str | None] = field("乙方签字人", kind=Text(64), search=Search.PERSON, readonly=True)
    b_post: Mapped[str | None] = field("乙方职务", kind=Text(64), readonly=True)
    b_phone: Mapped[str | None] = field("乙方电话", kind=Phones(), secret=True, readonly=True)
    area: Mapped[str | None] = field("责任区域", kind=Text(255), readonly=True)
    grid_code: Mapped[str | None] = field("网格编号", kind=Text(32), readonly=True)
    head_name: Mapped[str | None] = field("网格长", kind=Text(64), readonly=True)
    officer_name: Mapped[str | None] = field("网格员", kind=Text(64), readonly=True)
    status: Mapped[PledgeState] = field("状态", kind=OneOf(PledgeState), default=PledgeState.DRAFT, readonly=True)
    issued_on: Mapped[date | None] = field("下发日期", kind=Day(), readonly=True)
    b_signed_on: Mapped[date | None] = field("乙方签字日期", kind=Day(), readonly=True)
    a_signed_on: Mapped[date | None] = field("甲方签字日期", kind=Day(), readonly=True)
    place: Mapped[str | None] = field("签订地点", kind=Text(128), readonly=True)
    copies: Mapped[int] = field("份数", default=2, readonly=True)
    storage: Mapped[str | None] = field("存放位置", kind=Text(128), readonly=True)
    scan_sha256: Mapped[str | None] = field("扫描件摘要", kind=Text(64), readonly=True)
    assessed_on: Mapped[date | None] = field("考核日期", kind=Day(), readonly=True)
    score: Mapped[int | None] = field("考核得分", readonly=True)
    assessment: Mapped[Assessment | None] = field("考核结果", kind=OneOf(Assessment), readonly=True)
    ended_on: Mapped[date | None] = field("解除或重签日期", kind=Day(), readonly=True)
    ended_why: Mapped[str | None] = field("解除或重签原因", kind=Text(255), readonly=True)
    follows_id: Mapped[int | None] = field("原责任状", ref="pledge", readonly=True)
    wording: Mapped[str | None] = field("范本", kind=Text(64), readonly=True)
    edition: Mapped[str | None] = field("范本版本", kind=Text(64), readonly=True)
    text: Mapped[str | None] = field("责任状文字", kind=TEXT, readonly=True)
    digest: Mapped[str | None] = field("文字摘要", kind=Text(64), readonly=True)
    body_sha256: Mapped[str | None] = field("正文文件摘要", kind=Text(64), readonly=True)
    pages: Mapped[int | None] = field("页数", readonly=True)


class PledgeScan(Record):
    """签字扫描件: one file, or folder of photographs, from the copier; the originals are kept as attachments."""

    __tablename__ = "pledge_scan"
    __table_args__ = (UniqueConstraint("sha256"), {"sqlite_autoincrement": True})

    file_name: Mapped[str] = field("文件名", kind=Text(255, size=30), search=Search.NAME, readonly=True)
    sha256: Mapped[str] = field("文件摘要", kind=Text(64), readonly=True)
    pages: Mapped[int] = field("页数", readonly=True)
    filed_at: Mapped[datetime] = field("归档时间", readonly=True)
    signed_on: Mapped[date] = field("签订日期", kind=Day(), readonly=True)
    filed: Mapped[int] = field("自动归档页数", readonly=True)
    waiting_pages: Mapped[int] = field("待人工处理页数", readonly=True)


class PledgePage(Record):
    """扫描页: what became of one page; a page of a pledge is in force once only."""

    __tablename__ = "pledge_page"
    __table_args__ = (UniqueConstraint("scan_id", "place"), {"sqlite_autoincrement": True})

    scan_id: Mapped[int] = field("扫描件", ref="pledge_scan", readonly=True)
    place: Mapped[int] = field("第几页", readonly=True)
    status: Mapped[PageState] = field("处理", kind=OneOf(PageState), readonly=True)
    pledge_id: Mapped[int | None] = field("责任状", ref="pledge", readonly=True)
    page: Mapped[int | None] = field("责任状页码", readonly=True)
    copy_no: Mapped[int | None] = field("第几份", readonly=True)
    turned: Mapped[int] = field("转正角度", default=0, readonly=True)
    said: Mapped[str] = field("说明", kind=Text(255, size=30), search=Search.NAME, readonly=True)


def standing_sql(record: Any, today: date) -> Any:
    """The state on a day, as one of `PledgeStanding`."""
    signed = record.status == PledgeState.EFFECTIVE
    return case(
        (and_(signed, record.valid_from > today), PledgeStanding.TO_COME.value),
        (and_(signed, record.valid_to < today), PledgeStanding.EXPIRED.value),
        (signed, PledgeStanding.IN_FORCE.value),
        else_=record.status,
    )


KINDS = Registry(
    record=PledgeKind,
    title="责任状种类",
    unit="种",
    named_by="kind_name",
    identity=(("kind_name",),),
    columns=("kind_name", "prefix", "parties", "categories", "season_from", "season_to", "wording", "in_use"),
    sections=(
        Section("种类", ("kind_name", "prefix", "wording", "word_name", "in_use")),
        Section("谁和谁签", ("parties", "categories", "area", "copies")),
        Section("期限", ("season_from", "season_to", "remark")),
    ),
    filters=("parties", "in_use"),
    rules=(rules.season_is_a_season, rules.prefix_is_plain, rules.copies_make_sense),
    duplicates=Duplicate(same=("kind_name", "prefix")),
    mergeable=False,
    group="责任状",
    icon="file-pen-line",
    empty_hint="还没有责任状种类。办“取用自带种类”，或按 Ctrl+N 新增。",
)

BATCHES = Registry(
    record=PledgeBatch,
    title="签订批次",
    unit="批",
    named_by="title",
    identity=(("title",),),
    columns=("title", "kind_id", "pledge_year", "valid_from", "valid_to", "status", "issued_on", "sign_by"),
    sections=(
        Section("批次", ("title", "kind_id", "pledge_year", "valid_from", "valid_to", "status")),
        Section("经过", ("made_on", "issued_on", "sign_by")),
    ),
    filters=("kind_id", "pledge_year", "status"),
    state="status",
    typed=False,
    group="责任状",
    icon="file-pen-line",
    empty_hint="还没有签订批次。在责任状种类上办“拟定一批”。",
)

PLEDGES = Registry(
    record=Pledge,
    title="责任状",
    unit="份",
    named_by="party_b",
    code="pledge_no",
    identity=(("pledge_no",),),
    columns=(
        "pledge_no",
        "party_b",
        "kind_id",
        "standing",
        "valid_from",
        "valid_to",
        "a_signatory",
        "b_signatory",
        "b_phone",
        "grid_code",
    ),
    sections=(
        Section("责任状", ("pledge_no", "kind_id", "batch_id", "pledge_year", "valid_from", "valid_to", "status")),
        Section("甲方", ("party_a", "a_signatory", "a_post", "a_signer_id", "a_signed_on")),
        Section("乙方", ("party_b", "operator_id", "b_staff_id", "b_signatory", "b_post", "b_phone", "b_signed_on")),
        Section("责任", ("area", "grid_code", "head_name", "officer_name")),
        Section("原件", ("issued_on", "place", "copies", "pages", "storage", "scan_sha256")),
        Section("考核", ("assessed_on", "score", "assessment")),
        Section("变更", ("ended_on", "ended_why", "follows_id")),
        Section("文字", ("wording", "edition", "digest", "body_sha256", "text")),
    ),
    filters=("kind_id", "pledge_year", "standing", "a_signatory", "batch_id"),
    computed=(Computed("standing", "当前状态", standing_sql, OneOf(PledgeStanding)),),
    owner=Owner(field="operator_id", register="operator", takes={}),
    state="standing",
    typed=False,
    group="责任状",
    icon="file-pen-line",
    empty_hint="还没有责任状。在“责任状种类”上办“拟定一批”。",
)

SCANS = Registry(
    record=PledgeScan,
    title="签字扫描件",
    unit="件",
    named_by="file_name",
    identity=(("sha256",),),
    columns=("file_name", "pages", "filed", "waiting_pages", "signed_on", "filed_at"),
    sections=(Section("扫描件", ("file_name", "pages", "filed", "waiting_pages", "signed_on", "filed_at", "sha256")),),
    typed=False,
    group="责任状",
    icon="file-pen-line",
    empty_hint="还没有签字扫描件。在责任状列表办“归档扫描件”，选复印机扫出的 PDF 或照片文件夹。",
)

PAGES = Registry(
    record=PledgePage,
    title="扫描页",
    unit="页",
    named_by="said",
    identity=(("scan_id", "place"),),
    columns=("scan_id", "place", "status", "said", "pledge_id", "page", "copy_no"),
    sections=(Section("扫描页", ("scan_id", "place", "status", "said", "pledge_id", "page", "copy_no", "turned")),),
    filters=("status", "scan_id"),
    owner=Owner(field="scan_id", register="pledge_scan", takes={}),
    state="status",
    typed=False,
    group="责任状",
    icon="file-pen-line",
    empty_hint="还没有扫描页。",
)
