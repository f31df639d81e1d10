"""当前状态: the standing of a licence on a day, derived in SQL so that lists filter, sort and count by it (domain 1.9)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import String, and_, case, literal

from wenlv_desk.core.kinds import OneOf, Whole
from wenlv_desk.core.registry import Computed
from wenlv_desk.registries.licence.vocabulary import Standing, Status
from wenlv_desk.store.days import days_after

TIMELY = 30  # natural days before expiry by which a renewal is applied for (行政许可法 art. 50)
DUE = ((30, Standing.DUE_30), (60, Standing.DUE_60), (90, Standing.DUE_90))
BY_STATUS = {status: Standing.of(status) for status in Status if status is not Status.ACTIVE}


def standing_sql(record: Any, today: date) -> Any:
    """The code of the standing as an SQL expression."""
    ended = [(record.status == status, _code(standing)) for status, standing in BY_STATUS.items()]
    timely = days_after(record.valid_to, record.renewal_applied_on) >= TIMELY
    expired = record.valid_to < today
    due = [(record.valid_to <= today + timedelta(days), _code(standing)) for days, standing in DUE]
    return case(
        *ended,
        (record.valid_to.is_(None), _code(Standing.LONG_TERM)),
        (and_(expired, timely), _code(Standing.DEEMED)),
        (expired, _code(Standing.LAPSED)),
        *due,
        else_=_code(Standing.VALID),
    )


def _code(standing: Standing) -> Any:
    return literal(standing.value, String)


def days_left_sql(record: Any, today: date) -> Any:
    """Days until the licence ends, negative after; empty for one without end or no longer in force."""
    running = record.status.in_((Status.ACTIVE, Status.SUSPENDED))
    return case((running, days_after(record.valid_to, today)), else_=None)


def worded(shown: str, days: int | None) -> str:
    """A due licence says its days: 20 天后到期."""
    if days is None or not shown.endswith("内到期"):
        return shown
    return f"{days} 天后到期" if days else "今天到期"


STANDING = Computed("standing", "当前状态", standing_sql, OneOf(Standing), beside="days_left", wording=worded)
DAYS_LEFT = Computed("days_left", "剩余天数", days_left_sql, Whole())
