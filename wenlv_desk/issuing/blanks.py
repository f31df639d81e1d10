"""空白证 (state blanks): where the serial number of each of them went."""

from typing import Annotated

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.issuing.records import BlankOutcome, BlankUse, IssuedPaper
from wenlv_desk.store.desk import Desk


def use_blank(
    desk: Desk, blank: str, serial: str, outcome: BlankOutcome, paper: IssuedPaper | None, note: str = ""
) -> BlankUse:
    """Record where a blank's serial went; one already recorded is refused with what it was used for."""
    serial = serial.strip()
    known = desk.session.scalar(
        select(BlankUse).where(BlankUse.blank == blank, BlankUse.serial_no == serial, ~BlankUse.voided)
    )
    if known is not None:
        raise UserError(
            f"空白证 {serial} 已于 {known.noted_at:%Y-%m-%d} 登记为“{known.outcome.label}”（{known.about or known.note}），请核对号码"
        )
    made = BlankUse(
        blank=blank,
        serial_no=serial,
        outcome=outcome,
        issued_paper_id=paper.id if paper else None,
        about=paper.about if paper else None,
        noted_by=desk.clerk.name,
        noted_at=desk.now,
        note=note or None,
    )
    desk.add(made)
    return made


@operation("登记作废空白证", subject=Subject.REGISTER, on=(BlankUse,))
def spoil(
    desk: Desk,
    registry: Registry,  # noqa: ARG001
    *,
    blank: Annotated[str, param("空白证种类", kind=Text(64))],
    serial: Annotated[str, param("空白证号", kind=Text(64))],
    why: Annotated[str, param("原因")],
) -> BlankUse:
    """Record a blank that was spoiled before anything was issued on it."""
    return use_blank(desk, blank, serial, BlankOutcome.SPOILED, None, why)


def spoil_with(desk: Desk, paper: IssuedPaper, why: str) -> None:
    """The blank a void paper stands on is spoiled."""
    for used in desk.session.scalars(select(BlankUse).where(BlankUse.issued_paper_id == paper.id)):
        used.outcome, used.note = BlankOutcome.SPOILED, why
