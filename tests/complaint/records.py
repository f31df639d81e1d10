"""The register of complaints about operators: it refers to another register, has a workflow, a code list, personal data and a rule."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Mapped

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Duplicate, Owner, Problem, Registry, RuleContext, Section, Values
from wenlv_desk.core.trade_kinds import Phones
from wenlv_desk.standards.finding import Severity


class ComplaintState(Choice):
    """状态."""

    OPEN = "OPEN", "待办", "amber"
    CLOSED = "CLOSED", "办结", "green"


class Complaint(Record):
    """One complaint about an operator."""

    __tablename__ = "complaint"

    complaint_no: Mapped[str] = field("受理编号", kind=Text(32), search=Search.CODE, aliases=("编号",))
    operator_id: Mapped[int] = field("被投诉单位", ref="operator", aliases=("单位名称",))
    complainant: Mapped[str | None] = field("投诉人", kind=Text(32), search=Search.PERSON)
    phone: Mapped[str | None] = field("投诉人电话", kind=Phones(), search=Search.CODE, secret=True)
    matter: Mapped[str] = field("投诉事项", kind=Text(500, block=True), search=Search.NAME)
    received_on: Mapped[date] = field("收到日期", kind=Day())
    state: Mapped[ComplaintState] = field("状态", kind=OneOf(ComplaintState), default=ComplaintState.OPEN, initial=True)
    answer: Mapped[str | None] = field("答复", readonly=True)


def received_by_today(values: Values, context: RuleContext) -> Iterable[Problem]:
    if (day := values.get("received_on")) and day > context.today:
        yield Problem("received_on", Severity.REJECT, f"{day} 晚于今天，请改正")


COMPLAINTS = Registry(
    record=Complaint,
    title="投诉举报",
    unit="件",
    named_by="complaint_no",
    code="complaint_no",
    identity=(("complaint_no",),),
    columns=("complaint_no", "operator_id", "matter", "received_on", "state", "phone"),
    sections=(
        Section("投诉", ("complaint_no", "operator_id", "matter", "received_on", "state", "answer")),
        Section("投诉人", ("complainant", "phone")),
    ),
    filters=("state",),
    rules=(received_by_today,),
    duplicates=Duplicate(same=("complaint_no",)),
    owner=Owner(field="operator_id", register="operator", takes={}),
    state="state",
)
