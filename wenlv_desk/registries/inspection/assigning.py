"""Making a check: what the firm is called and where it is today is copied, with the points that fit it (domain 4.10)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from wenlv_desk.registries.inspection.check import CheckFinding, InspectionCheck
from wenlv_desk.registries.inspection.item import InspectionItem
from wenlv_desk.registries.inspection.listing import points_of
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.vocabulary import PointConclusion
from wenlv_desk.registries.licence.publication import PublicationLicence
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.review.vocabulary import Applies
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk


def assign(desk: Desk, task: InspectionTask, operator: Operator, team: Sequence[Staff], **more: Any) -> InspectionCheck:
    """A check of the operator in the task by this team (the first leads; none yet where it is empty); `more` are further values."""
    year = task.window_from.year
    check = InspectionCheck(
        check_no=f"JC-{year}-{desk.next_numbers('inspection/check', 1, year)[0]:04d}",
        task_id=task.id,
        check_year=year,
        draw_kind=task.draw_kind,
        check_kind=task.check_kind,
        operator_id=operator.id,
        unit_name=operator.operator_name,
        uscc=operator.uscc,
        legal_representative=operator.legal_representative,
        contact_phone=operator.phone,
        premises=operator.address,
        township=operator.township,
        categories=operator.categories,
        risk_grade=operator.risk_grade,
        items=task.items,
        window_from=task.window_from,
        window_to=task.window_to,
        approval_no=task.approval_no,
        place=operator.address,
        **more,
    )
    desk.add(check)
    set_team(check, team)
    lay_points(desk, check)
    return check


def set_team(check: InspectionCheck, team: Sequence[Staff]) -> None:
    """Who inspects: names and certificates as they are today."""
    check.lead_id = team[0].id if team else None
    check.second_id = team[1].id if len(team) > 1 else None
    check.team_ids = ",".join(str(one.id) for one in team) or None
    check.inspectors = "、".join(one.name for one in team) or None
    check.cert_nos = "、".join(one.enforcement_cert_no or "" for one in team) or None


def team_of(desk: Desk, check: InspectionCheck) -> list[Staff]:
    """Who inspects, the lead first."""
    return [desk.get(Staff, int(one)) for one in (check.team_ids or "").split(",") if one]


def lay_points(desk: Desk, check: InspectionCheck) -> None:
    """Copy the check points that fit the firm; what concerns only others begins as 不适用."""
    online = sells_online(desk, check.operator_id)
    for position, (item, point) in enumerate(_fitting(desk, check), 1):
        spared = point.applies is Applies.ONLINE and not online
        desk.session.add(
            CheckFinding(
                check_id=check.id,
                position=position,
                item=item.item_name,
                text=point.text,
                basis=point.basis,
                conclusion=PointConclusion.NOT_APPLICABLE if spared else PointConclusion.PENDING,
                note="未开展网络发行" if spared else None,
            )
        )
    desk.session.flush()


def _fitting(desk: Desk, check: InspectionCheck) -> Iterator[tuple[InspectionItem, Any]]:
    """The points of the task's items that are about the firm's trade; of all of them where none is."""
    items = list(desk.session.scalars(select(InspectionItem).where(InspectionItem.item_code.in_(check.items or ()))))
    items.sort(key=lambda item: (check.items or ()).index(item.item_code))
    mine = [item for item in items if set(item.applies_to).intersection(check.categories or ())]
    for item in mine or items:
        yield from ((item, point) for point in points_of(desk, item.id))


def sells_online(desk: Desk, operator_id: int) -> bool:
    """Whether a publication licence of the firm says that it sells online."""
    mine = (PublicationLicence.operator_id == operator_id, PublicationLicence.online_sale, ~PublicationLicence.voided)
    return desk.session.scalar(select(PublicationLicence.id).where(*mine).limit(1)) is not None


def findings_of(desk: Desk, check: InspectionCheck) -> list[CheckFinding]:
    """The points of a check, in order."""
    mine = select(CheckFinding).where(CheckFinding.check_id == check.id, ~CheckFinding.voided)
    return list(desk.session.scalars(mine.order_by(CheckFinding.position)))
