"""现在要处理 about rectifications: what is open for a firm, and what is overdue; it bars a favourable decision."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.rectification.rectification import RECTIFICATIONS, Rectification
from wenlv_desk.registries.rectification.vocabulary import RUNNING, RectificationState
from wenlv_desk.store.desk import Desk

LONGEST = 40  # characters of the problem that are repeated


@open_items(on=(Rectification,))
def of_rectification(desk: Desk, one: Rectification) -> Iterable[OpenItem]:
    """What waits about one."""
    if not one.voided:
        yield from _items(desk, one)


@open_items(on=(Operator,))
def of_operator(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """What is open for a firm: the counter asks this."""
    mine = (
        Rectification.operator_id == operator.id,
        Rectification.status != RectificationState.CLOSED,
        ~Rectification.voided,
    )
    for one in desk.session.scalars(select(Rectification).where(*mine).order_by(Rectification.due_on)):
        yield from _items(desk, one)


def _items(desk: Desk, one: Rectification) -> Iterator[OpenItem]:
    if one.status not in RUNNING:
        if one.status is not RectificationState.CLOSED:
            yield _item(one, "整改", "amber", f"{one.status.label}，还没有销号", bars=False)
        return
    left = (one.due_on - desk.today).days
    until = f"整改期限 {one.due_on}{'（估）' if one.due_estimated else ''}"
    state = one.status.label + ("" if one.served_on else "，还没有送达")
    if left < 0:
        yield _item(one, "逾期", "red", f"{until} 已过 {-left} 天，{state}")
        return
    when = f"还有 {left} 天" if left else "就在今天"
    late = (desk.today - one.in_time_until).days
    if late > 0:
        yield _item(one, "逾期", "red", f"{one.in_time_until} 已逾期 {late} 天，再限期到 {one.due_on}，{when}，{state}")
    else:
        yield _item(one, "整改", "amber", f"{until}，{when}，{state}")


def _item(one: Rectification, word: str, tone: str, said: str, *, bars: bool = True) -> OpenItem:
    problem = one.problem.split("\n", 1)[0][:LONGEST]
    return OpenItem(word, tone, f"{one.rectification_no} {said}：{problem}", RECTIFICATIONS.name, one.id, bars)
