"""现在要处理 about pledges: what a firm or an officer has still to sign, what must be signed again, pages that wait to be assigned."""

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.pledge.changes import changes_of
from wenlv_desk.registries.pledge.records import PLEDGES, SCANS, Pledge, PledgeBatch, PledgePage, PledgeScan
from wenlv_desk.registries.pledge.tables import missing
from wenlv_desk.registries.pledge.vocabulary import OUT, WAITING, PledgeState
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk

UNSIGNED = (PledgeState.DRAFT, *OUT)


@open_items(on=(Operator,))
def of_operator(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """What the counter tells a firm that comes in: a pledge to sign, or to sign anew."""
    mine = select(Pledge).where(Pledge.operator_id == operator.id, ~Pledge.voided).order_by(Pledge.pledge_no)
    for one in desk.session.scalars(mine):
        yield from _items(desk, one)


@open_items(on=(Staff,))
def of_staff(desk: Desk, person: Staff) -> Iterable[OpenItem]:
    mine = select(Pledge).where(Pledge.b_staff_id == person.id, ~Pledge.voided).order_by(Pledge.pledge_no)
    for one in desk.session.scalars(mine):
        yield from _items(desk, one)


@open_items(on=(Pledge,))
def of_pledge(desk: Desk, pledge: Pledge) -> Iterable[OpenItem]:
    if not pledge.voided:
        yield from _items(desk, pledge)


def _items(desk: Desk, one: Pledge) -> Iterator[OpenItem]:
    if one.status in UNSIGNED:
        sign_by = desk.get(PledgeBatch, one.batch_id).sign_by or one.valid_to
        late = (desk.today - sign_by).days
        when = f"，应在 {sign_by} 前签，已过 {late} 天" if late > 0 else f"，{sign_by} 前签"
        lacking = missing(desk, one)
        said = f"{one.pledge_no} {one.status.label}{when}" + (f"；扫描件{lacking}" if lacking else "")
        yield OpenItem("未签", "red" if late > 0 else "amber", said, PLEDGES.name, one.id)
    if why := changes_of(desk, one):
        yield OpenItem("重签", "amber", f"{one.pledge_no} 需要重签：{'；'.join(why)}", PLEDGES.name, one.id)


@open_items(on=(PledgeScan,))
def of_scan(desk: Desk, scan: PledgeScan) -> Iterable[OpenItem]:
    """Pages nobody has looked at yet."""
    waiting = select(func.count()).where(PledgePage.scan_id == scan.id, PledgePage.status.in_(WAITING))
    if count := desk.session.scalar(waiting):
        yield OpenItem(
            "待处理", "amber", f"{count} 页没有自动归档，请逐页办“人工归档”或“核过不归档”", SCANS.name, scan.id
        )
