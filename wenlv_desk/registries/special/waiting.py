"""现在要处理 about special campaigns: forms that were not handed in, and those nobody looked at."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.special.records import (
    CAMPAIGNS,
    SELF_CHECKS,
    CampaignState,
    SelfCheck,
    SelfCheckState,
    SpecialCampaign,
    is_late,
)
from wenlv_desk.store.desk import Desk

WAITING = (SelfCheckState.DUE, SelfCheckState.RETURNED)


@open_items(on=(Operator,))
def of_operator(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """The firm's forms in campaigns under way."""
    mine = (
        select(SelfCheck, SpecialCampaign.title)
        .join(SpecialCampaign, SpecialCampaign.id == SelfCheck.campaign_id)
        .where(
            SelfCheck.operator_id == operator.id,
            SpecialCampaign.status == CampaignState.OPEN,
            SelfCheck.status.in_(WAITING),
            ~SelfCheck.voided,
        )
        .order_by(SelfCheck.id)
    )
    for form, title in desk.session.execute(mine):
        yield _item(desk, form, title)


@open_items(on=(SelfCheck,))
def of_form(desk: Desk, form: SelfCheck) -> Iterable[OpenItem]:
    """That a form is waited for, or waits to be judged."""
    campaign = desk.get(SpecialCampaign, form.campaign_id)
    if campaign.status is CampaignState.OPEN and form.status in WAITING:
        yield _item(desk, form, campaign.title)


def _item(desk: Desk, form: SelfCheck, title: str) -> OpenItem:
    late = is_late(form, desk.today)
    until = f"，{form.due_on} 前交回" if form.due_on and form.status is SelfCheckState.DUE else ""
    said = f"{title} 自查表{form.status.label}{until}" + ("，已逾期" if late else "")
    return OpenItem("自查", "red" if late else "amber", said, SELF_CHECKS.name, form.id)


@open_items(on=(SpecialCampaign,))
def of_campaign(desk: Desk, campaign: SpecialCampaign) -> Iterable[OpenItem]:
    """How many forms are late, and how many wait to be judged."""
    if campaign.status is CampaignState.OPEN:
        yield from _counts(desk, campaign)


def _counts(desk: Desk, campaign: SpecialCampaign) -> Iterator[OpenItem]:
    mine = (SelfCheck.campaign_id == campaign.id, SelfCheck.status.in_(WAITING), ~SelfCheck.voided)
    forms = desk.session.scalars(select(SelfCheck).where(*mine)).all()
    if late := sum(is_late(one, desk.today) for one in forms):
        said = f"自查表逾期未交 {late} 张，可导出“未交自查表电话单”"
        yield OpenItem("自查", "red", said, CAMPAIGNS.name, campaign.id)
    if back := sum(one.status is SelfCheckState.RETURNED for one in forms):
        yield OpenItem("自查", "amber", f"交回待核的自查表 {back} 张", CAMPAIGNS.name, campaign.id)
    if campaign.period_to < desk.today:
        yield OpenItem("专项", "amber", f"专项 {campaign.period_to} 截止，还没有结束", CAMPAIGNS.name, campaign.id)
