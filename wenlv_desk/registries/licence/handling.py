"""What every step of a licence does alike: check its dates, check the licence as it becomes, keep the version and the evidence."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.licence.barred import BarredPerson
from wenlv_desk.registries.licence.shared import Licence
from wenlv_desk.registries.licence.standing import standing_sql
from wenlv_desk.registries.licence.versions import LicenceVersion, PrintingLicenceVersion, PublicationLicenceVersion
from wenlv_desk.registries.licence.vocabulary import Standing, VersionEvent
from wenlv_desk.standards.finding import Severity
from wenlv_desk.standards.names import normal_person_name
from wenlv_desk.store.checks import check_record
from wenlv_desk.store.desk import Desk

DocumentNo = Annotated[str | None, param("文号", kind=Text(64))]
Reason = Annotated[str | None, param("原因", kind=Text(255))]

VERSIONS: Mapping[str, type[LicenceVersion]] = {
    "publication_licence": PublicationLicenceVersion,
    "printing_licence": PrintingLicenceVersion,
}


def registry_of(desk: Desk, licence: Licence) -> Registry:
    return desk.catalogue.registry_of(type(licence))


def face(licence: Licence, registry: Registry) -> dict[str, Any]:
    """Every field of the licence as it stands."""
    return {name: getattr(licence, name) for name in registry.fields}


def standing_of(desk: Desk, licence: Licence) -> Standing:
    """The standing of a saved licence today."""
    kind = type(licence)
    code = desk.session.scalar(select(standing_sql(kind, desk.today)).where(kind.id == licence.id))
    return Standing.of(str(code))


def refuse_future(desk: Desk, label: str, day: date) -> None:
    """Nothing is recorded as done before it is done."""
    if day > desk.today:
        raise UserError(f"{label} {day} 晚于今天 {desk.today}，请改正；到那天再办")


def refuse_before(label: str, day: date, earlier_label: str, earlier: date | None) -> None:
    """Dates stand in their order; an absent earlier date hinders nothing."""
    if earlier is not None and day < earlier:
        raise UserError(f"{label} {day} 早于{earlier_label} {earlier}，请改正")


def refuse_lapsed(desk: Desk, licence: Licence, label: str, day: date) -> None:
    """Once lapsed a licence can only be struck off, or renewed on an application made in its term (domain 1.9)."""
    if licence.valid_to and day > licence.valid_to and standing_of(desk, licence) is Standing.LAPSED:
        raise UserError(
            f"没有办理：{label} {day} 已过有效期止 {licence.valid_to}，许可证逾期未延续。请办“注销”；"
            "到期前已申请延续的先办“延续”，有效期登记有误的先“修改”"
        )


def needs_reason(desk: Desk, concern: str, reason: str | None) -> None:
    """What the law does not forbid but somebody must answer for: refused without a reason, said aloud with one."""
    if not (reason or "").strip():
        raise UserError(f"没有办理：{concern}。确需照办的，请写明原因")
    desk.notes.append(f"{concern}。已按写明的原因办理")


def write(desk: Desk, licence: Licence, new: Mapping[str, Any], reason: str | None) -> None:
    """Put new values on a licence after checking it as a whole, like any record entered or amended."""
    registry = registry_of(desk, licence)
    old = face(licence, registry)
    checked = check_record(registry, old | dict(new), desk.context, desk.rule_context)
    for problem in checked.of(Severity.REJECT):
        raise UserError(f"没有办理：{_said(registry, problem.field, problem.message)}")
    for problem in checked.of(Severity.WARN, Severity.DOUBT):
        if problem.field in new:
            needs_reason(desk, _said(registry, problem.field, problem.message), reason)
    for name, value in checked.values.items():
        if old[name] != value:
            setattr(licence, name, value)


def _said(registry: Registry, name: str, message: str) -> str:
    return f"{registry.fields[name].label}：{message}" if name in registry.fields else message


def refuse_taken_number(desk: Desk, licence: Licence) -> None:
    """A number is given once by an authority; a licence off the lists keeps its number but does not hold it."""
    kind = type(licence)
    others = select(kind).where(
        kind.licence_no_normalized == licence.licence_no_normalized, kind.id != licence.id, ~kind.voided
    )
    for other in desk.session.scalars(others):
        if other.issuing_authority in (None, licence.issuing_authority):
            raise UserError(f"许可证编号“{licence.licence_no}”已由“{other.licensee_name}”使用，请核对编号")


def watch_representative(desk: Desk, licence: Licence, day: date, reason: str | None) -> None:
    """A representative under a ten-year bar is named; the same name with another document number is another person."""
    name = normal_person_name(licence.legal_representative)
    for bar in desk.session.scalars(select(BarredPerson).where(BarredPerson.barred_until >= day, ~BarredPerson.voided)):
        same_document = bar.id_doc_no == licence.id_doc_no
        if normal_person_name(bar.person_name) == name and (same_document or not (bar.id_doc_no and licence.id_doc_no)):
            said = f"“{bar.person_name}”因“{bar.firm_name or bar.licence_no or '原单位'}”被吊销许可证，{bar.barred_until} 前不得担任"
            needs_reason(desk, f"{said}法定代表人或主要负责人（{bar.basis or '禁业人员名单'}）", reason)


def keep_version(
    desk: Desk,
    licence: Licence,
    before: Mapping[str, Any],
    event: VersionEvent,
    *,
    on: date,
    items: Sequence[str],
    document_no: str | None,
    reason: str | None,
    remark: str | None = None,
) -> LicenceVersion:
    """Keep what changed, in the words of the form; call it after the new values are on the licence."""
    registry = registry_of(desk, licence)
    now = face(licence, registry)
    fields = registry.typed_fields
    changed = [name for name in fields if now[name] != before[name]]

    def told(name: str, value: Any) -> str:
        text = fields[name].kind.show(value, desk.lookup)
        return fields[name].kind.mask(text) if fields[name].secret else text  # the journal's images have it in full

    def lines(values: Mapping[str, Any]) -> str:
        shown = ((fields[name].label, told(name, values[name])) for name in changed)
        return "\n".join(f"{label}：{text or '（空）'}" for label, text in shown) or "（内容未变）"

    what = "、".join(fields[name].label for name in changed) or "内容未变"
    made = VERSIONS[registry.name](
        licence_id=licence.id,
        summary=f"{on} {event.label} {what}"[:255],
        event=event,
        happened_on=on,
        document_no=document_no,
        change_items=tuple(items) or None,
        old_licence_no=before["licence_no"],
        old_name=before["licensee_name"],
        old_value=lines(before),
        new_value=lines(now),
        reason=reason,
        handled_by=desk.clerk.name,
        remark=remark,
    )
    desk.add(made)
    return made


def years_after(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the 28th (民法典 art. 202)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
