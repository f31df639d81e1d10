"""巡查 (patrol): a visit by a grid officer. It finds and reports; it is no administrative inspection (国办发〔2024〕54号; domain 0.2 no. 7)."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Owner, Registry, Section


class PatrolKind(Choice):
    """What kind of visit it was."""

    PATROL = "PATROL", "日常巡查"
    SUPERVISION = "SUPERVISION", "督导"
    SERVICE = "SERVICE", "上门服务"
    NIGHT = "NIGHT", "夜间（白+黑）"
    WEEKEND = "WEEKEND", "休息日（5+2）"


class PatrolPoint(Choice):
    """What is looked at on every visit."""

    EXITS = "EXITS", "消防通道"
    EXTINGUISHERS = "EXTINGUISHERS", "灭火器"
    ELECTRICITY = "ELECTRICITY", "用电"
    LICENCES = "LICENCES", "证照"
    FOREST_FIRE = "FOREST_FIRE", "防火"
    OTHER = "OTHER", "其他"


class PatrolResult(Choice):
    """What was seen."""

    FINE = "FINE", "正常", "green"
    ORDINARY = "ORDINARY", "一般隐患", "amber"
    MAJOR = "MAJOR", "重大隐患", "red"


class PatrolAction(Choice):
    """What was done about it: an officer without a certificate reports, he does not punish."""

    NONE = "NONE", "无需处理"
    MENDED = "MENDED", "当场整改", "green"
    REPORTED = "REPORTED", "上报", "amber"


class Patrol(Record):
    """One visit as the officer wrote it down."""

    __tablename__ = "patrol"

    patrol_no: Mapped[str] = field("巡查编号", kind=Text(32, size=16), search=Search.CODE, readonly=True)
    operator_id: Mapped[int] = field("经营单位", ref="operator", readonly=True)
    unit_name: Mapped[str] = field("被巡查单位", kind=Text(128, size=26), search=Search.NAME, readonly=True)
    officer_id: Mapped[int] = field("巡查人员", ref="staff", readonly=True)
    companion_id: Mapped[int | None] = field("同行人员", ref="staff", readonly=True)
    grid_code: Mapped[str | None] = field("网格编号", kind=Text(32), readonly=True)
    looked_at: Mapped[tuple[str, ...] | None] = field("查看项目", kind=Many(PatrolPoint), readonly=True)
    kind: Mapped[PatrolKind] = field("类别", kind=OneOf(PatrolKind), readonly=True)
    visited_at: Mapped[datetime] = field("巡查时间", readonly=True)
    seen: Mapped[str] = field("巡查情况", kind=Text(2000, block=True, size=30), readonly=True)
    result: Mapped[PatrolResult] = field("结果", kind=OneOf(PatrolResult), readonly=True)
    action: Mapped[PatrolAction] = field("处理", kind=OneOf(PatrolAction), readonly=True)
    signer_name: Mapped[str | None] = field("单位签字人", kind=Text(64), readonly=True)
    recorded_by: Mapped[str] = field("录入人", kind=Text(64), readonly=True)


PATROLS = Registry(
    record=Patrol,
    title="巡查记录",
    unit="次",
    named_by="unit_name",
    code="patrol_no",
    identity=(("patrol_no",),),
    columns=("patrol_no", "unit_name", "kind", "visited_at", "officer_id", "result", "action", "seen"),
    sections=(
        Section(
            "巡查",
            ("patrol_no", "operator_id", "unit_name", "officer_id", "companion_id", "grid_code", "kind", "visited_at"),
        ),
        Section("情况", ("looked_at", "seen", "result", "action", "signer_name", "recorded_by")),
    ),
    filters=("kind", "result", "action", "officer_id"),
    owner=Owner(field="operator_id", register="operator", takes={}),
    state="result",
    typed=False,
    group="巡查",
    icon="map-pinned",
    empty_hint="还没有巡查记录。在经营单位上办“巡查登记”。巡查不是行政检查，网格员只登记和上报。",
)
