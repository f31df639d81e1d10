"""网格 (grid), 网格任职 (grid_post) and 包保 (grid_assignment): a firm stands in one grid, a grid has one officer, on every day.

A row of the last two says what holds from a day on, until the next row of the same firm or grid. There is no end to write, so that
neither a gap nor an overlap can be written: the unique key over firm and day (grid and day) is all the database needs to hold it.
"""

from datetime import date
from typing import Any

from sqlalchemy import Table, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, OneOf, Text
from wenlv_desk.core.records import Base, Record
from wenlv_desk.core.registry import Computed, Duplicate, Owner, Registry, Section
from wenlv_desk.registries.grid.vocabulary import GridKind, GridState, PatrolCycle

BASIS = ("change_reason", "doc_no", "approved_by")


class Grid(Record):
    """One grid; who leads and who patrols it is in its posts."""

    __tablename__ = "grid"

    grid_code: Mapped[str] = field("网格编号", kind=Text(32, size=10), search=Search.CODE, help="如：WG-07")
    grid_name: Mapped[str] = field("网格名称", kind=Text(64, size=20), search=Search.NAME)
    grid_kind: Mapped[GridKind] = field(
        "网格类型", kind=OneOf(GridKind), default=GridKind.ORDINARY, help="A级景区由分管领导包保，用专属网格"
    )
    section: Mapped[str | None] = field("所属科室", kind=Text(64, size=16), aliases=("科室", "上级", "牵头科室"))
    township: Mapped[str | None] = field("片区", kind=Text(32, size=12), aliases=("乡镇街道", "镇街"))
    patrol_cycle: Mapped[PatrolCycle] = field(
        "巡查频次", kind=OneOf(PatrolCycle), default=PatrolCycle.MONTHLY, help="防火期另按设置加密"
    )
    status: Mapped[GridState] = field("状态", kind=OneOf(GridState), default=GridState.ACTIVE, readonly=True)
    remark: Mapped[str | None] = field("备注", kind=Text(500))


class GridPost(Record):
    """网格任职: who leads a grid (网格长、包保领导) and who patrols it (网格员), from a day on."""

    __tablename__ = "grid_post"
    __table_args__ = (UniqueConstraint("grid_id", "valid_from"), {"sqlite_autoincrement": True})

    grid_id: Mapped[int] = field("网格", ref="grid", aliases=("网格编号",))
    valid_from: Mapped[date] = field("生效日期", kind=Day(), aliases=("起始日期", "任职日期"))
    head_id: Mapped[int | None] = field("网格长", ref="staff", aliases=("包保领导", "网格长（包保领导）"))
    officer_id: Mapped[int | None] = field("网格员", ref="staff", help="空白表示待安排")
    change_reason: Mapped[str | None] = field("调整原因", kind=Text(255, size=20))
    doc_no: Mapped[str | None] = field("依据文号", kind=Text(64, size=16))
    approved_by: Mapped[str | None] = field("批准人", kind=Text(64, size=10))


class GridAssignment(Record):
    """包保: in which grid a firm stands from a day on; without a grid it stands in none (撤出)."""

    __tablename__ = "grid_assignment"
    __table_args__ = (UniqueConstraint("operator_id", "valid_from"), {"sqlite_autoincrement": True})

    operator_id: Mapped[int] = field("包保企业", ref="operator", aliases=("企业名称", "单位名称", "经营单位"))
    valid_from: Mapped[date] = field("生效日期", kind=Day(), aliases=("起始日期",))
    grid_id: Mapped[int | None] = field("网格", ref="grid", aliases=("网格编号",), help="空白表示撤出网格")
    change_reason: Mapped[str | None] = field("调整原因", kind=Text(255, size=20))
    doc_no: Mapped[str | None] = field("依据文号", kind=Text(64, size=16))
    approved_by: Mapped[str | None] = field("批准人", kind=Text(64, size=10))


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def in_force(rows: Table, of: str, key: Any, day: date, column: str) -> Any:
    """A column of the last of the rows about `key` that began by a day, as a scalar subquery.

    `key` is said to come from outside: left to itself SQLAlchemy looks only one SELECT up, and takes the last row of any key.
    """
    mine = (rows.c[of] == key, rows.c.valid_from <= day)
    found = select(rows.c[column]).where(*mine).order_by(rows.c.valid_from.desc()).limit(1)
    return found.correlate(key.table).scalar_subquery()


def _person(column: str) -> Any:
    def sql(record: Any, today: date) -> Any:
        staff = _table("staff").alias(f"{column}_staff")
        holder = in_force(_table("grid_post"), "grid_id", record.__table__.c.id, today, column)
        return select(staff.c.name).where(staff.c.id == holder).scalar_subquery()

    return sql


def _firms(record: Any, today: date) -> Any:
    """How many firms in business stand in a grid today: those that are its load."""
    mine, later = _table("grid_assignment").alias("mine"), _table("grid_assignment").alias("later")
    begun = select(func.max(later.c.valid_from)).where(
        later.c.operator_id == mine.c.operator_id, later.c.valid_from <= today
    )
    firm = _table("operator").alias("firm_inside")
    holds = (mine.c.grid_id == record.__table__.c.id, mine.c.valid_from == begun.scalar_subquery())
    working = (firm.c.id == mine.c.operator_id, ~firm.c.voided, firm.c.operating_status == "OPEN")
    return select(func.count()).where(*holds, *working).scalar_subquery()


def officer_of_operator(record: Any, today: date) -> Any:
    """The name of who answers for a firm today."""
    posts, staff = _table("grid_post").alias("own_post"), _table("staff").alias("own_officer")
    grid = in_force(_table("grid_assignment"), "operator_id", record.__table__.c.id, today, "grid_id")
    mine = (posts.c.grid_id == grid, posts.c.valid_from <= today)
    holder = select(posts.c.officer_id).where(*mine).order_by(posts.c.valid_from.desc()).limit(1).scalar_subquery()
    return select(staff.c.name).where(staff.c.id == holder).scalar_subquery()


def stands_for_good(desk: Any, record: Any) -> str:
    """What was written down is not written over; a new row comes before or after what is there."""
    from wenlv_desk.registries.grid.answering import no_place_for

    if record.id is not None:
        return "登记过的交接不改写，以前的台账才查得到。写错了请在历史里撤销，有变动请办交接"
    return no_place_for(desk, record)


def firm_merged(desk: Any, kept: Any, twin: Any) -> None:
    from wenlv_desk.registries.grid import merging

    merging.firm_merged(desk, kept, twin)


def person_merged(desk: Any, kept: Any, twin: Any) -> None:
    from wenlv_desk.registries.grid import merging

    merging.person_merged(desk, kept, twin)


GRIDS = Registry(
    record=Grid,
    title="网格",
    unit="个",
    named_by="grid_name",
    code="grid_code",
    identity=(("grid_code",), ("grid_name",)),
    columns=("grid_code", "grid_name", "grid_kind", "head", "officer", "firms", "section", "patrol_cycle", "status"),
    sections=(
        Section("网格", ("grid_code", "grid_name", "grid_kind", "section", "township", "patrol_cycle", "status")),
        Section("其他", ("remark",)),
    ),
    filters=("grid_kind", "section", "status"),
    computed=(
        Computed("head", "网格长", _person("head_id")),
        Computed("officer", "网格员", _person("officer_id")),
        Computed("firms", "包保企业数", _firms),
    ),
    duplicates=Duplicate(same=("grid_code", "grid_name")),
    mergeable=False,
    state="status",
    group="网格",
    icon="map-pinned",
    empty_hint="还没有网格。按 Ctrl+N 新增，再办“安排人员”和“归入企业”；也可以先定好网格，再看“划分建议”。",
)

POSTS = Registry(
    record=GridPost,
    title="网格任职",
    unit="条",
    named_by="grid_id",
    identity=(("grid_id", "valid_from"),),
    columns=("grid_id", "valid_from", "head_id", "officer_id", *BASIS),
    sections=(
        Section("任职", ("grid_id", "valid_from", "head_id", "officer_id")),
        Section("依据", BASIS),
    ),
    filters=("grid_id", "officer_id", "head_id"),
    owner=Owner(field="grid_id", register="grid", takes={}),
    fixed=stands_for_good,
    lasting=True,
    turns=("grid_id", "valid_from"),
    merged=person_merged,
    mergeable=False,
    group="网格",
    icon="map-pinned",
    empty_hint="还没有任职记录。在网格上办“安排人员”，或导入现有的网格台账。",
)

ASSIGNMENTS = Registry(
    record=GridAssignment,
    title="包保记录",
    unit="条",
    named_by="operator_id",
    identity=(("operator_id", "valid_from"),),
    columns=("operator_id", "grid_id", "valid_from", *BASIS),
    sections=(
        Section("包保", ("operator_id", "grid_id", "valid_from")),
        Section("依据", BASIS),
    ),
    filters=("grid_id",),
    owner=Owner(field="operator_id", register="operator", takes={}),
    fixed=stands_for_good,
    lasting=True,
    turns=("operator_id", "valid_from"),
    merged=firm_merged,
    mergeable=False,
    group="网格",
    icon="map-pinned",
    empty_hint="还没有包保记录。在经营单位上办“归入网格”，或导入现有的网格台账。",
)
