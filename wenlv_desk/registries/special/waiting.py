"""现在要处理 about special campaigns: forms that were not handed in, and those nobody looked at."""

from collections.abc import Iterable

from sqlalchemy import select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.special.records import (
    SELF_CHECKS,
    CampaignState,
    SelfCheck,
    SelfCheckState,
    SpecialCampaign,
)
from wenlv_desk.store.desk import Desk


@open_items(on=(Operator,))
def of_operator(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """The firm's forms in campaigns under way."""
    mine = (
        select(SelfCheck, SpecialCampaign.title)
        .join(SpecialCampaign, SpecialCampaign.id == SelfCheck.campaign_id)
        .where(
            SelfCheck.operator_id == operator.id,
            SpecialCampaign.status == CampaignState.OPEN,
            SelfCheck.status.in_((SelfCheckState.DUE, SelfCheckState.RETURNED)),
        )
        .order_by(SelfCheck.id)
    )
    for form, title in desk.session.execute(mine):
        late = form.status is SelfCheckState.DUE and form.due_on is not None and form.due_on < desk.today
        until = f"，{form.due_on} 前交回" if form.due_on and form.status is SelfCheckState.DUE else ""
        said = f"{title} 自查表{form.status.label}{until}"
        yield OpenItem(
            "自查", "red" if late else "amber", said + ("，已逾期" if late else ""), SELF_CHECKS.name, form.id
        )
