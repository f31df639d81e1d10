"""年审材料 (review_material) and 计时暂停 (review_pause): what was handed in with a case, and when its clock stood still."""

from datetime import date

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Owner, Registry, Section
from wenlv_desk.registries.review.vocabulary import MaterialForm, MaterialState, PauseCause

BELONGS = Owner(field="case_id", register="review_case", takes={})


class ReviewMaterial(Record):
    """One material of a case, as the list asked for it on the day of receipt."""

    __tablename__ = "review_material"

    case_id: Mapped[int] = field("所属案件", ref="review_case")
    position: Mapped[int] = field("序号", readonly=True)
    name: Mapped[str] = field("材料名称", kind=Text(128, size=28), search=Search.NAME, readonly=True)
    form: Mapped[MaterialForm | None] = field("形式", kind=OneOf(MaterialForm), readonly=True)
    copies: Mapped[int | None] = field("份数", readonly=True)
    compulsory: Mapped[bool] = field("必交", readonly=True)
    note: Mapped[str | None] = field("要求", kind=Text(255), readonly=True)
    basis: Mapped[str | None] = field("依据", kind=Text(255), readonly=True)
    state: Mapped[MaterialState] = field(
        "核对", kind=OneOf(MaterialState), default=MaterialState.PENDING, readonly=True
    )
    defect: Mapped[str | None] = field("问题", kind=Text(255, size=20), readonly=True)
    remedy: Mapped[str | None] = field("怎样补", kind=Text(255, size=24), readonly=True)
    told_in: Mapped[str | None] = field("已告知于", kind=Text(64), readonly=True, help="列入哪一份一次性告知书")


REVIEW_MATERIALS = Registry(
    record=ReviewMaterial,
    title="年审材料",
    unit="项",
    named_by="name",
    identity=(("case_id", "position"),),
    columns=("case_id", "position", "name", "form", "state", "defect", "remedy"),
    sections=(
        Section("材料", ("case_id", "position", "name", "form", "copies", "compulsory", "note", "basis")),
        Section("核对", ("state", "defect", "remedy", "told_in")),
    ),
    owner=BELONGS,
    state="state",
    typed=False,
    rail=False,
    empty_hint="还没有材料。",
)


class ReviewPause(Record):
    """An interval that the limit does not count, first and last day included (行政许可法 art. 45)."""

    __tablename__ = "review_pause"

    case_id: Mapped[int] = field("所属案件", ref="review_case")
    cause: Mapped[PauseCause] = field("原因", kind=OneOf(PauseCause), readonly=True)
    paused_from: Mapped[date] = field("暂停自", readonly=True)
    paused_to: Mapped[date | None] = field("暂停至", kind=Day(none_text="未恢复"), readonly=True)
    note: Mapped[str | None] = field("说明", readonly=True)


REVIEW_PAUSES = Registry(
    record=ReviewPause,
    title="计时暂停",
    unit="次",
    named_by="note",
    identity=(("case_id", "paused_from"),),
    columns=("case_id", "cause", "paused_from", "paused_to", "note"),
    sections=(Section("暂停", ("case_id", "cause", "paused_from", "paused_to", "note")),),
    owner=BELONGS,
    typed=False,
    rail=False,
    empty_hint="没有暂停过计时。",
)
