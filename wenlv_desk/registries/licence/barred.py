"""禁业人员: representatives of revoked licences, barred for ten years (出版管理条例 art. 70, 印刷业管理条例 art. 45)."""

from datetime import date
from typing import Any

from sqlalchemy import String, case, literal
from sqlalchemy.orm import Mapped

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Computed, Duplicate, Registry, Section
from wenlv_desk.core.trade_kinds import DocumentNumber
from wenlv_desk.registries.licence import rules

YEARS = 10


class BarStanding(Choice):
    """Whether a bar is still running."""

    RUNNING = "RUNNING", "禁止期内", "red"
    OVER = "OVER", "已期满"


class BarredPerson(Record):
    """One person who may not be the representative of a licensed firm until a day."""

    __tablename__ = "barred_person"

    person_name: Mapped[str] = field(
        "姓名", kind=Text(64, size=10), search=Search.PERSON, aliases=("法定代表人", "负责人")
    )
    id_doc_no: Mapped[str | None] = field(
        "证件号码", kind=DocumentNumber(), secret=True, aliases=("身份证号", "身份证号码", "公民身份号码")
    )
    firm_name: Mapped[str | None] = field(
        "被吊销单位", kind=Text(128, size=24), search=Search.NAME, aliases=("单位名称", "企业名称")
    )
    licence_no: Mapped[str | None] = field("被吊销许可证编号", kind=Text(64, size=24), search=Search.CODE)
    decision_no: Mapped[str | None] = field("处罚决定书文号", kind=Text(64, size=20), search=Search.CODE)
    barred_from: Mapped[date] = field("吊销日期", kind=Day(), aliases=("处罚日期",))
    barred_until: Mapped[date] = field("禁止至", kind=Day(), help="自吊销之日起十年")
    basis: Mapped[str | None] = field("依据", kind=Text(128))
    remark: Mapped[str | None] = field("备注", kind=Text(500))


def _standing(record: Any, today: date) -> Any:
    running = literal(BarStanding.RUNNING.value, String)
    return case((record.barred_until >= today, running), else_=literal(BarStanding.OVER.value, String))


BARRED_PERSONS = Registry(
    record=BarredPerson,
    title="禁业人员",
    unit="人",
    named_by="person_name",
    identity=(("person_name", "barred_from"),),
    columns=("person_name", "id_doc_no", "firm_name", "decision_no", "barred_from", "barred_until", "standing"),
    sections=(
        Section("人员", ("person_name", "id_doc_no")),
        Section("处罚", ("firm_name", "licence_no", "decision_no", "barred_from", "barred_until", "basis", "remark")),
    ),
    filters=("standing",),
    computed=(Computed("standing", "当前状态", _standing, OneOf(BarStanding)),),
    rules=(rules.bar_ends_after_it_begins,),
    duplicates=Duplicate(same=("id_doc_no",)),
    state="standing",
    group="许可证",
    icon="circle-alert",
    empty_hint="没有禁业人员。吊销许可证时自动登记。",
)
