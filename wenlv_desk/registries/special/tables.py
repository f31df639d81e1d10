"""The tables of a special campaign: who handed in what, who did not, and what was ordered."""

from collections.abc import Sequence

from sqlalchemy import select

from wenlv_desk.core.reports import NUMBER, Sheet, numbered, report
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.special.records import SelfCheck, SelfCheckState, SpecialCampaign, is_late
from wenlv_desk.store.desk import Desk


def _forms(desk: Desk, campaign: SpecialCampaign) -> list[SelfCheck]:
    mine = select(SelfCheck).where(SelfCheck.campaign_id == campaign.id, ~SelfCheck.voided)
    return list(desk.session.scalars(mine.order_by(SelfCheck.township, SelfCheck.id)))


@report("自查情况表", on=(SpecialCampaign,))
def self_check_summary(desk: Desk, campaign: SpecialCampaign) -> Sheet:
    """Every firm's form."""
    forms = _forms(desk, campaign)
    rows = [
        (one.unit_name, one.township, one.status.label, str(one.returned_on or ""), one.found, one.mended, one.verdict)
        for one in forms
    ]
    columns = (NUMBER, ("单位", 56), ("乡镇街道", 26), ("状态", 24), ("交回日期", 24))
    more = (("自查发现的问题", 60), ("自行整改情况", 50), ("核对意见", 40))
    return Sheet(f"{campaign.title}自查情况表", (*columns, *more), numbered(rows), _counted(desk, forms))


def _counted(desk: Desk, forms: Sequence[SelfCheck]) -> str:
    """How many forms there are, how many came back, how many are late."""
    back = sum(one.returned_on is not None for one in forms)
    late = sum(is_late(one, desk.today) for one in forms)
    return f"应交 {len(forms)} 张，已交 {back} 张，逾期未交 {late} 张"


@report("未交自查表电话单", on=(SpecialCampaign,), personal=SelfCheck.__tablename__)
def self_check_missing(desk: Desk, campaign: SpecialCampaign) -> Sheet:
    """Who has not handed in, with the phone in full, and room to write what was said."""
    rows = [
        (one.unit_name, one.legal_representative, one.township, one.contact_phone, str(one.due_on or ""), "", "")
        for one in _forms(desk, campaign)
        if one.status is SelfCheckState.DUE
    ]
    columns = (NUMBER, ("单位", 56), ("负责人", 22), ("乡镇街道", 26), ("电话", 34), ("交回期限", 24))
    return Sheet(f"{campaign.title}未交自查表电话单", (*columns, ("何时打过", 26), ("答复", 50)), numbered(rows))


@report("专项整改台账", on=(SpecialCampaign,))
def campaign_rectifications(desk: Desk, campaign: SpecialCampaign) -> Sheet:
    """What was ordered in the campaign, and what came of it."""
    checks = select(SelfCheck.check_id).where(SelfCheck.campaign_id == campaign.id, SelfCheck.check_id.is_not(None))
    mine = (Rectification.campaign_id == campaign.id) | Rectification.check_id.in_(checks)
    rows = [
        (
            one.rectification_no,
            one.unit_name,
            one.township,
            one.problem,
            one.level.label,
            str(one.issued_on),
            str(one.due_on),
            one.status.label,
            str(one.done_on or ""),
        )
        for one in desk.session.scalars(
            select(Rectification).where(mine, ~Rectification.voided).order_by(Rectification.id)
        )
    ]
    columns = (NUMBER, ("整改编号", 32), ("单位", 50), ("乡镇街道", 24), ("问题", 72), ("等级", 13))
    more = (("下达日期", 25), ("期限", 25), ("状态", 24), ("完成日期", 25))
    return Sheet(f"{campaign.title}整改台账", (*columns, *more), numbered(rows))
