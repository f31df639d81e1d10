"""专项整治: forms go out to the firms, come back, are judged, and lead to directed inspections where they must."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Reference, Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.inspection.planning import always, name_object, refuse_future
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.vocabulary import DirectedCause
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.special.records import CampaignState, SelfCheck, SelfCheckState, SpecialCampaign
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

HEADS = (Role.REVIEWER, Role.HEAD)
TAKERS = (Role.CLERK, Role.INSPECTOR, Role.REVIEWER, Role.HEAD)
LISTED = 5
__all__ = ["open_campaign", "add_firms", "close_campaign", "take_back", "clear", "follow_up"]  # noqa: RUF022 - of the buttons


@operation(
    "启动",
    on=(SpecialCampaign,),
    by=HEADS,
    when=(CampaignState.PREPARING,),
    to=CampaignState.OPEN,
    due=always,
)
def open_campaign(desk: Desk, campaign: SpecialCampaign) -> int:
    """Begin: a form for every firm in business whose trade it concerns. UserError where there is none."""
    campaign.status, campaign.opened_on = CampaignState.OPEN, desk.today
    if not (made := _hand_out(desk, campaign)):
        raise UserError(f"没有启动：没有营业的单位属于“{campaign.title}”的对象类别，请核对对象类别和单位的经营类别")
    return made


@operation("补充名单", on=(SpecialCampaign,), by=HEADS, when=(CampaignState.OPEN,))
def add_firms(desk: Desk, campaign: SpecialCampaign) -> int:
    """Forms for firms that have come into scope since."""
    return _hand_out(desk, campaign)


def _hand_out(desk: Desk, campaign: SpecialCampaign) -> int:
    there = set(desk.session.scalars(select(SelfCheck.operator_id).where(SelfCheck.campaign_id == campaign.id)))
    wanted = set(campaign.categories)
    listed = select(Operator).where(~Operator.voided, Operator.operating_status == OperatingStatus.OPEN)
    firms = [
        one
        for one in desk.session.scalars(listed.where(Operator.delisted_on.is_(None)).order_by(Operator.id))
        if one.id not in there and wanted.intersection(one.categories or ())
    ]
    for one in firms:
        desk.session.add(
            SelfCheck(
                campaign_id=campaign.id,
                operator_id=one.id,
                unit_name=one.operator_name,
                legal_representative=one.legal_representative,
                contact_phone=one.phone,
                premises=one.address,
                township=one.township,
                due_on=campaign.self_check_due,
            )
        )
    desk.notes.append(f"新建自查表 {len(firms)} 张，已有 {len(there)} 张")
    return len(firms)


def closing_blocks(desk: Desk, campaign: SpecialCampaign) -> Iterator[str]:
    """Forms that came back and nobody looked at."""
    waiting = (SelfCheck.campaign_id == campaign.id, SelfCheck.status == SelfCheckState.RETURNED)
    names = list(desk.session.scalars(select(SelfCheck.unit_name).where(*waiting).order_by(SelfCheck.id)))
    if names:
        yield f"还有 {len(names)} 张交回的自查表没有核对：{'、'.join(names[:LISTED])}"


@operation(
    "结束", on=(SpecialCampaign,), by=HEADS, when=(CampaignState.OPEN,), to=CampaignState.CLOSED, blocks=closing_blocks
)
def close_campaign(
    desk: Desk,
    campaign: SpecialCampaign,
    *,
    summary: Annotated[str | None, param("总结", kind=Text(2000, block=True))] = None,
) -> None:
    """The campaign is over."""
    campaign.status, campaign.closed_on, campaign.summary = CampaignState.CLOSED, desk.today, summary


def form_blocks(desk: Desk, form: SelfCheck) -> Iterator[str]:
    campaign = desk.get(SpecialCampaign, form.campaign_id)
    if campaign.status is not CampaignState.OPEN:
        yield f"“{campaign.title}”{campaign.status.label}"


def signed_by(_desk: Desk, form: SelfCheck) -> Mapping[str, Any]:
    return {"signer_name": form.legal_representative} if form.legal_representative else {}


@operation(
    "收回自查表",
    on=(SelfCheck,),
    by=TAKERS,
    when=(SelfCheckState.DUE,),
    to=SelfCheckState.RETURNED,
    blocks=form_blocks,
    suggest=signed_by,
    due=always,
    evidence=True,
)
def take_back(
    desk: Desk,
    form: SelfCheck,
    *,
    signer_name: Annotated[str, param("自查人", kind=Text(64))],
    found: Annotated[
        str | None, param("自查发现的问题", kind=Text(2000, block=True), help="没有发现问题的不填")
    ] = None,
    mended: Annotated[str | None, param("自行整改情况", kind=Text(2000, block=True))] = None,
    returned_on: Annotated[date | None, param("交回日期", help="不填为今天")] = None,
    path: Evidence = None,
) -> None:
    """The firm handed its form in."""
    day = returned_on or desk.today
    refuse_future(desk, "交回日期", day)
    form.status, form.returned_on, form.signer_name = SelfCheckState.RETURNED, day, signer_name
    form.found, form.mended = found, mended
    keep_evidence(desk, form, path, "自查表")


@operation(
    "核对无问题",
    on=(SelfCheck,),
    by=HEADS,
    when=(SelfCheckState.RETURNED,),
    to=SelfCheckState.CLEARED,
    due=lambda _desk, form: not form.found,
)
def clear(
    desk: Desk,  # noqa: ARG001
    form: SelfCheck,
    *,
    verdict: Annotated[str | None, param("核对意见", kind=Text(500))] = None,
) -> None:
    """Nothing is left to follow up; what the firm found itself needs a word on how it was mended."""
    if form.found and not (form.mended or verdict):
        raise UserError(f"没有办理：“{form.unit_name}”自查发现了问题，请写核对意见，或“转定向检查”“责令整改”")
    form.status, form.verdict = SelfCheckState.CLEARED, verdict


@operation(
    "转定向检查",
    on=(SelfCheck,),
    by=HEADS,
    when=(SelfCheckState.DUE, SelfCheckState.RETURNED),
    to=SelfCheckState.FOLLOWED,
    undoable=False,
)
def follow_up(
    desk: Desk,
    form: SelfCheck,
    *,
    task: Annotated[int, param("列入的定向任务", kind=Reference("inspection_task"))],
    why: Annotated[str, param("转检查理由", kind=Text(255), help="如：逾期未交自查表；自查发现消防隐患未整改")],
) -> None:
    """A form that did not come back, or says something serious, leads to an inspection of the firm."""
    check = name_object(
        desk,
        desk.get(InspectionTask, task),
        desk.get(Operator, form.operator_id),
        cause=DirectedCause.CAMPAIGN,
        why=why,
    )
    form.status, form.check_id, form.verdict = SelfCheckState.FOLLOWED, check.id, why
    desk.notes.append(f"已列入定向检查 {check.check_no}，请在检查上办“指派检查人员”")
