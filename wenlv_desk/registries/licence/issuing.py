"""核发, 延续申请受理, 延续/换发 and 补领: how a licence comes to be and goes on (domain 1.3, 1.4, 1.9)."""

from datetime import date, timedelta
from typing import Annotated, Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Day, Text
from wenlv_desk.core.operations import operation
from wenlv_desk.core.trade_kinds import LicenceNumber
from wenlv_desk.registries.licence.handling import (
    DocumentNo,
    Reason,
    face,
    keep_version,
    needs_reason,
    refuse_before,
    refuse_future,
    refuse_lapsed,
    refuse_taken_number,
    registry_of,
    watch_representative,
    write,
    years_after,
)
from wenlv_desk.registries.licence.printing import PrintingLicence
from wenlv_desk.registries.licence.publication import PublicationLicence
from wenlv_desk.registries.licence.shared import NEEDED, Licence
from wenlv_desk.registries.licence.standing import TIMELY
from wenlv_desk.registries.licence.vocabulary import (
    ChangeItem,
    IssuingLevel,
    PrintCategory,
    ReissueCause,
    Status,
    VersionEvent,
)
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

BOTH = (PublicationLicence, PrintingLicence)
NewNumber = Annotated[str | None, param("新证编号", kind=LicenceNumber(), help="换发新编号时填写，不填则沿用原编号")]
ALSO_NEEDED = {
    "publication_licence": ("business_mode", "publication_kinds"),
    "printing_licence": ("operator_kind", "print_categories"),
}
ISSUER = {"publication_licence": "publication_issuer", "printing_licence": "printing_issuer"}


TERM = {"publication_licence": "publication_term_years", "printing_licence": "printing_term_years"}


def suggested_end(desk: Desk, licence: Licence, first: date) -> date | None:
    """The last day of a term that begins on `first`, as the settings have it; None where the bureau has set no term."""
    common: date | None = desk.settings.get("common_end_date")
    if common and common > first:
        return common
    years = desk.settings.get(TERM[registry_of(desk, licence).name])
    return years_after(first, years) - timedelta(1) if years else None


def suggest_issue(desk: Desk, licence: Licence) -> dict[str, Any]:
    """核发 begins today, for the term of the settings."""
    end = suggested_end(desk, licence, desk.today)
    return {"issued_on": desk.today, "valid_from": desk.today, "valid_to": end}


def suggest_renewal(desk: Desk, licence: Licence) -> dict[str, Any]:
    """延续 is decided today and begins the day after the old term."""
    first = licence.valid_to + timedelta(1) if licence.valid_to else desk.today
    end = suggested_end(desk, licence, first)
    return {"decided_on": desk.today, "applied_on": licence.renewal_applied_on, "valid_from": first, "valid_to": end}


def renewal_is_due(desk: Desk, licence: Licence) -> bool:
    """Whether 延续 comes next: not where there is no end, and after it only on an application made before."""
    in_time = licence.renewal_applied_on or desk.today
    return licence.valid_to is not None and in_time <= licence.valid_to


@operation("核发", on=BOTH, when=(Status.DRAFT,), to=Status.ACTIVE, many=False, key="F4", suggest=suggest_issue)
def issue(
    desk: Desk,
    licence: Licence,
    *,
    issued_on: Annotated[date, param("发证日期")],
    valid_from: Annotated[date, param("有效期起")],
    valid_to: Annotated[date | None, param("有效期止", kind=Day(none_text="长期"), help="空白表示长期")] = None,
    document_no: Annotated[str | None, param("准予决定文号", kind=Text(64))] = None,
    path: Evidence = None,
    reason: Reason = None,
) -> None:
    """Issue a draft: complete, numbered once, within its dates, and its representative not barred."""
    refuse_future(desk, "发证日期", issued_on)
    registry = registry_of(desk, licence)
    missing = [n for n in (*NEEDED, *ALSO_NEEDED[registry.name]) if getattr(licence, n) in (None, "", ())]
    if missing:
        raise UserError(f"没有核发：{'、'.join(registry.fields[n].label for n in missing)}还没有填写，请先“修改”补全")
    refuse_before("有效期止", valid_to or valid_from, "有效期起", valid_from)
    new = {"issue_date": issued_on, "valid_from": valid_from, "valid_to": valid_to, "status": Status.ACTIVE}
    write(desk, licence, new | _authority(desk, licence, registry.name), reason)
    licence.first_issue_date = licence.first_issue_date or issued_on
    refuse_taken_number(desk, licence)
    watch_representative(desk, licence, issued_on, reason)
    keep_evidence(desk, licence, path, f"准予决定 {document_no or ''}".strip())


def _authority(desk: Desk, licence: Licence, register: str) -> dict[str, Any]:
    """The issuing authority of the settings where the draft names none; a printing licence also gets its level."""
    authority = licence.issuing_authority or desk.settings.get(ISSUER[register])
    if not authority:
        raise UserError("没有核发：发证机关还没有填写，请在“设置”里填好三个主体，或先“修改”本证的发证机关")
    if not isinstance(licence, PrintingLicence):
        return {"issuing_authority": authority}
    provincial = PrintCategory.PUBLICATION_PRINT in (licence.print_categories or ())
    level = licence.issuing_level or (IssuingLevel.PROVINCE if provincial else IssuingLevel.CITY)
    return {"issuing_authority": authority, "issuing_level": level}


@operation("延续申请受理", on=BOTH, when=(Status.ACTIVE,), to=Status.ACTIVE)
def apply_renewal(
    desk: Desk,
    licence: Licence,
    *,
    applied_on: Annotated[date, param("申请日期")],
    document_no: Annotated[str | None, param("受理文号", kind=Text(64))] = None,  # noqa: ARG001
    path: Evidence = None,
    reason: Reason = None,  # noqa: ARG001
) -> None:
    """Take in an application to renew. In time it keeps the licence from lapsing (行政许可法 art. 50)."""
    refuse_future(desk, "申请日期", applied_on)
    refuse_before("申请日期", applied_on, "有效期起", licence.valid_from)
    _refuse_late(licence, applied_on)
    if concern := _short_notice(desk, licence, applied_on):
        desk.notes.append(concern)
    licence.renewal_applied_on = applied_on
    keep_evidence(desk, licence, path, "延续申请")


def _refuse_late(licence: Licence, applied_on: date) -> None:
    if licence.valid_to is None:
        raise UserError(f"“{licence.licensee_name}”的许可证长期有效，不必延续")
    if applied_on > licence.valid_to:
        raise UserError(
            f"没有办理：申请日期 {applied_on} 已过有效期止 {licence.valid_to}，逾期不能延续（行政许可法第五十条）。"
            "请办“注销”，由申请人重新申请"
        )


def _short_notice(desk: Desk, licence: Licence, applied_on: date) -> str:
    """What is said of an application later than the settings ask; empty when it is in time."""
    days = desk.settings.get("renewal_days") or TIMELY
    assert licence.valid_to is not None
    left = (licence.valid_to - applied_on).days
    if left >= days:
        return ""
    late = "，逾期未决定时不视为准予延续" if left < TIMELY else ""
    return f"申请日期 {applied_on} 距到期只有 {left} 天，不足 {days} 天{late}"


@operation(
    "延续",
    on=BOTH,
    when=(Status.ACTIVE,),
    to=Status.ACTIVE,
    many=False,
    evidence=True,
    key="F4",
    suggest=suggest_renewal,
    due=renewal_is_due,
)
def renew(  # noqa: PLR0913 - what the form asks for
    desk: Desk,
    licence: Licence,
    *,
    decided_on: Annotated[date, param("准予延续日期")],
    valid_to: Annotated[date | None, param("新有效期止", kind=Day(none_text="长期"), help="空白表示长期")] = None,
    applied_on: Annotated[date | None, param("申请日期", help="已办“延续申请受理”的不必再填")] = None,
    valid_from: Annotated[date | None, param("新有效期起", help="不填则接原有效期止的次日")] = None,
    document_no: DocumentNo = None,
    licence_no: NewNumber = None,
    old_returned: Annotated[bool, param("已收回旧证")] = True,
    path: Evidence = None,
    reason: Reason = None,
) -> None:
    """Renew (延续、换发): a further version with a new term. Late notice is said and kept with the version."""
    applied = applied_on or licence.renewal_applied_on
    if applied is None:
        raise UserError("没有办理：还没有延续申请，请填申请日期，或先办“延续申请受理”")
    refuse_future(desk, "准予延续日期", decided_on)
    refuse_before("准予延续日期", decided_on, "申请日期", applied)
    _refuse_late(licence, applied)
    assert licence.valid_to is not None
    if valid_to is not None and valid_to <= licence.valid_to:
        raise UserError(f"没有办理：新有效期止 {valid_to} 不晚于原有效期止 {licence.valid_to}，请改正")
    if not old_returned:
        needs_reason(desk, "旧证没有收回，换发新证时应收回旧证", reason)
    concern = _short_notice(desk, licence, applied)
    if concern:
        desk.notes.append(concern)
    new = {
        "valid_from": valid_from or licence.valid_to + timedelta(1),
        "valid_to": valid_to,
        "issue_date": decided_on,
        "first_issue_date": licence.first_issue_date or licence.issue_date,
        "renewal_applied_on": None,
    }
    told = {"licence_no": licence_no, "document_no": document_no, "reason": reason, "remark": concern}
    _next_version(desk, licence, new, VersionEvent.RENEWAL, on=decided_on, **told)
    keep_evidence(desk, licence, path, "延续")


@operation("补领", on=BOTH, when=(Status.ACTIVE,), to=Status.ACTIVE, many=False, evidence=True)
def reissue(  # noqa: PLR0913 - what the form asks for
    desk: Desk,
    licence: Licence,
    *,
    reissued_on: Annotated[date, param("补领日期")],
    cause: Annotated[ReissueCause, param("补领原因")],
    newspaper: Annotated[str | None, param("遗失声明报刊", kind=Text(64), help="遗失的必填")] = None,
    notice_on: Annotated[date | None, param("声明刊登日期", help="遗失的必填")] = None,
    notice_page: Annotated[str | None, param("版面", kind=Text(32))] = None,
    original_returned: Annotated[bool, param("已交回损毁的原证", help="损毁的必须交回")] = False,
    document_no: DocumentNo = None,
    licence_no: NewNumber = None,
    path: Evidence = None,
    reason: Reason = None,
) -> None:
    """Issue a lost or damaged licence again: a lost notice in a newspaper, or the damaged original handed in."""
    refuse_future(desk, "补领日期", reissued_on)
    refuse_before("补领日期", reissued_on, "发证日期", licence.issue_date)
    refuse_lapsed(desk, licence, "补领日期", reissued_on)
    if cause is ReissueCause.LOST:
        if not newspaper or notice_on is None:
            raise UserError("没有办理：遗失补领须先在报刊刊登遗失声明，请填遗失声明报刊和声明刊登日期")
        refuse_before("补领日期", reissued_on, "声明刊登日期", notice_on)
        proof = f"遗失声明：{newspaper} {notice_on} {notice_page or ''}".strip()
    elif not original_returned:
        raise UserError("没有办理：损毁补领须交回损毁的原证，请收回后勾选“已交回损毁的原证”")
    else:
        proof = "已交回损毁的原证"
    told = {"licence_no": licence_no, "document_no": document_no, "reason": reason or cause.label}
    _next_version(desk, licence, {}, VersionEvent.REISSUE, on=reissued_on, remark=proof, **told)
    keep_evidence(desk, licence, path, proof)


def _next_version(
    desk: Desk,
    licence: Licence,
    new: dict[str, Any],
    event: VersionEvent,
    *,
    on: date,
    licence_no: str | None,
    document_no: str | None,
    reason: str | None,
    remark: str | None,
) -> None:
    before = face(licence, registry_of(desk, licence))
    items = [ChangeItem.TERM] if event is VersionEvent.RENEWAL else []
    if licence_no and licence_no != licence.licence_no:
        new["licence_no"] = licence_no
        items.append(ChangeItem.NUMBER)
    write(desk, licence, new, reason)
    if "licence_no" in new:
        refuse_taken_number(desk, licence)
    keep_version(
        desk, licence, before, event, on=on, items=items, document_no=document_no, reason=reason, remark=remark or None
    )
