"""停业整顿, 恢复, 注销, 吊销 and 撤销: how a licence rests and ends (domain 1.9)."""

from datetime import date
from typing import Annotated

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.licence.barred import YEARS, BarredPerson
from wenlv_desk.registries.licence.handling import (
    DocumentNo,
    Reason,
    needs_reason,
    refuse_before,
    refuse_future,
    refuse_lapsed,
    standing_of,
    write,
    years_after,
)
from wenlv_desk.registries.licence.issuing import BOTH
from wenlv_desk.registries.licence.printing import PrintingLicence
from wenlv_desk.registries.licence.shared import Licence
from wenlv_desk.registries.licence.vocabulary import CancelGround, Standing, Status, WithdrawGround
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

IN_FORCE = (Status.ACTIVE, Status.SUSPENDED)
Decision = Annotated[str, param("决定书文号", kind=Text(64))]


@operation("停业整顿", on=BOTH, when=(Status.ACTIVE,), to=Status.SUSPENDED, evidence=True)
def suspend(
    desk: Desk,
    licence: Licence,
    *,
    suspended_from: Annotated[date, param("停业整顿起")],
    document_no: Decision,
    reason: Annotated[str, param("事由", kind=Text(255))],
    suspended_to: Annotated[date | None, param("停业整顿止")] = None,
    path: Evidence = None,
) -> None:
    """Order the holder to stop and put things right. The licence comes back by 恢复 only, never by itself."""
    refuse_before("停业整顿起", suspended_from, "发证日期", licence.issue_date)
    refuse_lapsed(desk, licence, "停业整顿起", suspended_from)
    if suspended_to is not None:
        refuse_before("停业整顿止", suspended_to, "停业整顿起", suspended_from)
    write(
        desk,
        licence,
        {"status": Status.SUSPENDED, "suspended_from": suspended_from, "suspended_to": suspended_to},
        reason,
    )
    keep_evidence(desk, licence, path, f"停业整顿决定 {document_no}")


def suspension_is_over(desk: Desk, licence: Licence) -> bool:
    """Whether 恢复 comes next: the ordered term is over, or none was set."""
    return licence.suspended_to is None or licence.suspended_to <= desk.today


@operation("恢复", on=BOTH, when=(Status.SUSPENDED,), to=Status.ACTIVE, due=suspension_is_over)
def resume(
    desk: Desk,
    licence: Licence,
    *,
    resumed_on: Annotated[date, param("恢复日期")],
    document_no: DocumentNo = None,  # noqa: ARG001
    path: Evidence = None,
    reason: Reason = None,
) -> None:
    """Let the holder work again; before the ordered end only with a reason."""
    refuse_future(desk, "恢复日期", resumed_on)
    refuse_before("恢复日期", resumed_on, "停业整顿起", licence.suspended_from)
    if licence.suspended_to and resumed_on < licence.suspended_to:
        needs_reason(desk, f"停业整顿到 {licence.suspended_to} 才满", reason)
    write(desk, licence, {"status": Status.ACTIVE, "suspended_from": None, "suspended_to": None}, reason)
    keep_evidence(desk, licence, path, "恢复")


def has_lapsed(desk: Desk, licence: Licence) -> bool:
    """Whether 注销 comes next: the end is past and nobody applied before it."""
    return licence.renewal_applied_on is None and standing_of(desk, licence) is Standing.LAPSED


@operation("注销", on=BOTH, when=IN_FORCE, to=Status.CANCELLED, danger=True, evidence=True, due=has_lapsed)
def cancel(
    desk: Desk,
    licence: Licence,
    *,
    cancelled_on: Annotated[date, param("注销日期")],
    ground: Annotated[CancelGround, param("注销事由", help="行政许可法第七十条")],
    document_no: DocumentNo = None,
    originals_returned: Annotated[bool, param("已收回正副本")] = True,
    path: Evidence = None,
    reason: Reason = None,
) -> None:
    """Strike a licence off the register on one of the six grounds of 行政许可法 art. 70."""
    if ground is CancelGround.EXPIRED and standing_of(desk, licence) is not Standing.LAPSED:
        end = licence.valid_to or "长期"
        raise UserError(f"没有办理：有效期止为 {end}，并未逾期未延续，不能按第（一）项注销，请另选注销事由")
    if ground is CancelGround.EXPIRED and licence.valid_to and cancelled_on <= licence.valid_to:
        raise UserError(f"注销日期 {cancelled_on} 不晚于有效期止 {licence.valid_to}，不能按第（一）项注销，请改正")
    if not originals_returned:
        needs_reason(desk, "许可证正副本没有收回", reason)
    said = "，".join(part for part in (ground.label, reason) if part)
    _end(desk, licence, Status.CANCELLED, cancelled_on, "注销日期", said, document_no)
    keep_evidence(desk, licence, path, f"注销 {document_no or ''}".strip())


@operation("吊销", on=BOTH, when=IN_FORCE, to=Status.REVOKED, danger=True, evidence=True)
def revoke(
    desk: Desk,
    licence: Licence,
    *,
    decided_on: Annotated[date, param("处罚决定日期")],
    document_no: Annotated[str, param("处罚决定书文号", kind=Text(64))],
    reason: Annotated[str, param("违法事由", kind=Text(255))],
    path: Evidence = None,
) -> None:
    """Take a licence away as a penalty; its representative is barred for ten years and watched from now on."""
    _end(desk, licence, Status.REVOKED, decided_on, "处罚决定日期", reason, document_no)
    printing = isinstance(licence, PrintingLicence)
    bar = BarredPerson(
        person_name=licence.legal_representative,
        id_doc_no=licence.id_doc_no,
        firm_name=licence.licensee_name,
        licence_no=licence.licence_no,
        decision_no=document_no,
        barred_from=decided_on,
        barred_until=years_after(decided_on, YEARS),
        basis="印刷业管理条例第四十五条" if printing else "出版管理条例第七十条",
    )
    desk.add(bar)
    desk.notes.append(f"“{bar.person_name}”自 {decided_on} 起十年内（至 {bar.barred_until}）列入禁业人员")
    keep_evidence(desk, licence, path, f"处罚决定 {document_no}")


@operation("撤销许可", on=BOTH, when=IN_FORCE, to=Status.WITHDRAWN, danger=True, evidence=True)
def withdraw(
    desk: Desk,
    licence: Licence,
    *,
    decided_on: Annotated[date, param("撤销决定日期")],
    ground: Annotated[WithdrawGround, param("撤销依据")],
    document_no: Decision,
    path: Evidence = None,
    reason: Reason = None,
) -> None:
    """Withdraw a licence that should not have been granted, or whose holder no longer qualifies."""
    said = "，".join(part for part in (ground.label, reason) if part)
    _end(desk, licence, Status.WITHDRAWN, decided_on, "撤销决定日期", said, document_no)
    keep_evidence(desk, licence, path, f"撤销决定 {document_no}")


def _end(
    desk: Desk, licence: Licence, status: Status, on: date, label: str, reason: str, document_no: str | None
) -> None:
    refuse_future(desk, label, on)
    refuse_before(label, on, "发证日期", licence.issue_date)
    ended = {"status": status, "ended_on": on, "end_reason": reason[:255], "end_document_no": document_no}
    write(desk, licence, ended, reason)
