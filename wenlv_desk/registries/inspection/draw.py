"""随机抽取 (inspection_draw): one draw in three acts, or what became of it; written by its operations only (domain 4.6)."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Owner, Registry, Section
from wenlv_desk.registries.inspection.vocabulary import DrawState, SeedSource


class InspectionDraw(Record):
    """One draw. The sealed list and the record of the draw are files kept under their digests, attached to it."""

    __tablename__ = "inspection_draw"
    __table_args__ = (UniqueConstraint("task_id", "attempt"), {"sqlite_autoincrement": True})

    title: Mapped[str] = field("抽取", kind=Text(128, size=44), search=Search.NAME, readonly=True)
    task_id: Mapped[int] = field("抽查任务", ref="inspection_task", readonly=True)
    attempt: Mapped[int] = field("第几次", readonly=True)
    status: Mapped[DrawState] = field("状态", kind=OneOf(DrawState), default=DrawState.COMMITTED, readonly=True)
    code: Mapped[str] = field("封存码", kind=Text(32, size=22), search=Search.CODE, readonly=True)
    commitment_sha256: Mapped[str] = field("封存摘要", kind=Text(64, size=20), readonly=True)
    pool_size: Mapped[int] = field("名单户数", readonly=True)
    excluded_count: Mapped[int] = field("排除户数", readonly=True)
    wanted: Mapped[int] = field("应抽户数", readonly=True)
    inspector_count: Mapped[int] = field("可派人数", readonly=True)
    source: Mapped[SeedSource] = field("种子来源", kind=OneOf(SeedSource), readonly=True)
    source_said: Mapped[str] = field("来源说明", kind=Text(255, size=28), readonly=True)
    committed_at: Mapped[datetime] = field("封存时间", readonly=True)
    committed_by: Mapped[str] = field("封存人", kind=Text(64, size=10), readonly=True)
    commitment_paper_no: Mapped[str | None] = field(
        "抽取前确认单编号", kind=Text(64), search=Search.CODE, readonly=True
    )
    seed_prefix: Mapped[str] = field("种子前缀", kind=Text(128), readonly=True, help="任务编号和第几次抽取，封存时定下")
    seed_digits: Mapped[str | None] = field("种子", kind=Text(255, size=24), readonly=True)
    seeded_at: Mapped[datetime | None] = field("录种子时间", readonly=True)
    seeded_by: Mapped[str | None] = field("录种子人", kind=Text(64, size=10), readonly=True)
    witnesses: Mapped[str | None] = field("见证人", kind=Text(255, size=20), readonly=True)
    drawn_at: Mapped[datetime | None] = field("抽取时间", readonly=True)
    drawn_by: Mapped[str | None] = field("抽取人", kind=Text(64, size=10), readonly=True)
    drawn_count: Mapped[int | None] = field("抽出户数", readonly=True)
    record_sha256: Mapped[str | None] = field("抽取记录摘要", kind=Text(64, size=20), readonly=True)
    result_paper_no: Mapped[str | None] = field("抽取结果确认单编号", kind=Text(64), search=Search.CODE, readonly=True)
    abandoned_at: Mapped[datetime | None] = field("放弃时间", readonly=True)
    abandoned_by: Mapped[str | None] = field("放弃经办人", kind=Text(64), readonly=True)
    why_abandoned: Mapped[str | None] = field("放弃原因", kind=Text(255, size=24), readonly=True)
    abandon_approver: Mapped[str | None] = field("批准放弃的负责人", kind=Text(64), readonly=True)


DRAWS = Registry(
    record=InspectionDraw,
    title="抽取记录",
    unit="次",
    named_by="title",
    code="code",
    identity=(("code",),),
    columns=(
        "title",
        "status",
        "code",
        "pool_size",
        "wanted",
        "drawn_count",
        "source",
        "seed_digits",
        "committed_at",
        "why_abandoned",
    ),
    sections=(
        Section(
            "抽取",
            ("title", "task_id", "attempt", "status", "pool_size", "excluded_count", "wanted", "inspector_count"),
        ),
        Section(
            "封存",
            (
                "code",
                "commitment_sha256",
                "committed_at",
                "committed_by",
                "source",
                "source_said",
                "seed_prefix",
                "commitment_paper_no",
            ),
        ),
        Section("种子", ("seed_digits", "witnesses", "seeded_at", "seeded_by")),
        Section("结果", ("drawn_count", "drawn_at", "drawn_by", "record_sha256", "result_paper_no")),
        Section("放弃", ("abandoned_at", "abandoned_by", "why_abandoned", "abandon_approver")),
    ),
    filters=("status", "task_id", "source"),
    owner=Owner(field="task_id", register="inspection_task", takes={}),
    state="status",
    typed=False,
    group="双随机",
    icon="shuffle",
    empty_hint="还没有抽取过。在已审批的抽查任务上办“封存名单”。",
)
