"""What a firm was ordered to put right, as a table for its file or for whoever asks (限期整改台账)."""

from sqlalchemy import select

from wenlv_desk.core.reports import NUMBER, Sheet, numbered, report
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.rectification.rectification import Deadline, Rectification
from wenlv_desk.store.desk import Desk


@report("限期整改台账", on=(Operator,))
def rectification_ledger(desk: Desk, operator: Operator) -> Sheet:
    """Every order to a firm, with every deadline it had and what came of it."""
    mine = (Rectification.operator_id == operator.id, ~Rectification.voided)
    orders = list(desk.session.scalars(select(Rectification).where(*mine).order_by(Rectification.id)))
    rows = [
        (
            one.rectification_no,
            one.source.label,
            one.problem,
            one.level.label,
            str(one.issued_on),
            deadlines_of(desk, one),
            one.status.label,
            str(one.done_on or ""),
            str(one.closed_on or ""),
        )
        for one in orders
    ]
    columns = (NUMBER, ("整改编号", 32), ("来源", 24), ("问题", 80), ("等级", 13), ("下达日期", 25))
    more = (("历次期限", 46), ("状态", 24), ("完成日期", 25), ("销号日期", 25))
    return Sheet(f"{operator.operator_name}限期整改台账", (*columns, *more), numbered(rows))


def deadlines_of(desk: Desk, one: Rectification) -> str:
    """Every deadline it had, with why: 2026-12-08 首次下达；2026-12-20 批准延期."""
    mine = select(Deadline).where(Deadline.rectification_id == one.id).order_by(Deadline.id)
    return "；".join(f"{kept.due_on} {kept.cause.label}" for kept in desk.session.scalars(mine))
