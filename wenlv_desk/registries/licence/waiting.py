"""现在要处理 about licences: what lapsed, what falls due, what waits for a decision; said on the licence's card and its operator's."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.licence.issuing import BOTH
from wenlv_desk.registries.licence.shared import Licence
from wenlv_desk.registries.licence.standing import days_left_sql, standing_sql
from wenlv_desk.registries.licence.vocabulary import Standing
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.desk import Desk

DUE = (Standing.DUE_30, Standing.DUE_60, Standing.DUE_90)


@open_items(on=BOTH)
def of_licence(desk: Desk, licence: Licence) -> Iterable[OpenItem]:
    """What waits about one licence."""
    kind = type(licence)
    yield from _waiting(desk, kind, kind.id == licence.id)


@open_items(on=(Operator,))
def of_operator(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """What waits about the licences of an operator."""
    for kind in BOTH:
        yield from _waiting(desk, kind, kind.operator_id == operator.id)


def _waiting(desk: Desk, kind: type[Licence], which: object) -> Iterator[OpenItem]:
    standing, days = standing_sql(kind, desk.today), days_left_sql(kind, desk.today)
    statement = select(kind, standing, days).where(which, ~kind.voided).order_by(kind.id)  # type: ignore[arg-type]
    for licence, code, left in desk.session.execute(statement):
        if (said := _said(desk, licence, Standing.of(code), left)) is not None:
            word, tone, text = said
            register = str(kind.__tablename__)
            bars = Standing.of(code) is Standing.LAPSED  # nothing is passed on a licence that has run out
            yield OpenItem(word, tone, f"{licence.licence_no} {text}", register, licence.id, bars)


def _said(desk: Desk, licence: Licence, standing: Standing, left: int | None) -> tuple[str, str, str] | None:
    if standing is Standing.LAPSED:
        return "逾期", "red", f"{licence.valid_to} 到期，未见延续申请"
    if standing is Standing.DEEMED:
        return "待确认", "amber", f"{licence.renewal_applied_on} 按期申请延续，到期未决定，视为准予延续，请补办决定"
    if standing in DUE:
        applied = f"，{licence.renewal_applied_on} 已申请延续" if licence.renewal_applied_on else "，未见延续申请"
        return "到期", "amber", f"{left} 天后（{licence.valid_to}）到期{applied}"
    if standing is Standing.SUSPENDED and licence.suspended_to and licence.suspended_to < desk.today:
        return "停业", "amber", f"停业整顿 {licence.suspended_to} 已满，请办“恢复”或另作处理"
    return None
