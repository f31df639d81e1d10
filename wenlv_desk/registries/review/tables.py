"""The tables a campaign hands in: 汇总表, 未参审名单, 暂缓名单, 连续未审名单, 催审电话单, 应审范围 and the national form's columns.

Each is plain rows under headings, printed as a paper or written as a workbook.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.reports import Sheet, report
from wenlv_desk.registries.licence.publication import PublicationLicence
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.review import figures
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.case import ReviewCase, misses_sql
from wenlv_desk.registries.review.scope import judged, licences_of
from wenlv_desk.registries.review.vocabulary import CaseState, Conclusion
from wenlv_desk.store.desk import Desk

MISSED = (CaseState.NOT_STARTED, CaseState.OVERDUE, CaseState.REMINDED, CaseState.WITHDRAWN)
NOBODY = "（未登记）"


def sheet_of(desk: Desk, name: str, campaign_id: int) -> Sheet:
    """The table of that name for a campaign. Raises UserError naming those there are."""
    wanted = desk.catalogue.report(desk.catalogue.registry_of(ReviewCampaign), name)
    return wanted.function(desk, desk.get(ReviewCampaign, campaign_id))


def _cases(desk: Desk, campaign: ReviewCampaign, *which: Any) -> list[ReviewCase]:
    mine = select(ReviewCase).where(ReviewCase.campaign_id == campaign.id, ~ReviewCase.voided, *which)
    return list(desk.session.scalars(mine.order_by(ReviewCase.township, ReviewCase.id)))


def _numbered(rows: Iterable[Sequence[str | None]]) -> tuple[tuple[str, ...], ...]:
    return tuple((str(n), *(text or "" for text in row)) for n, row in enumerate(rows, 1))


@report("年审情况汇总表", on=(ReviewCampaign,))
def summary(desk: Desk, campaign: ReviewCampaign) -> Sheet:
    """年审情况汇总表: by township, and in all."""
    by_town: dict[str, list[ReviewCase]] = {}
    cases = _cases(desk, campaign)
    for case in cases:
        by_town.setdefault(case.township or NOBODY, []).append(case)
    rows = [(town, *_counts(found)) for town, found in sorted(by_town.items())]
    columns = (("乡镇街道", 34), ("应审", 18), ("已审", 18), ("参审率", 22), ("通过", 18), ("通过率", 22), ("暂缓", 18))
    more = (("不予通过", 20), ("逾期未审", 20), ("免审", 16), ("办理中", 18))
    note = "应审不含免审；参审率＝已来办理÷应审；通过率＝通过÷应审；办理中＝已收件未作结论"
    return Sheet(f"{campaign.title}情况汇总表", (*columns, *more), (*rows, ("合计", *_counts(cases))), note)


def _counts(cases: Sequence[ReviewCase]) -> tuple[str, ...]:
    rows = [{name: getattr(case, name) for name in ("conclusion", "received_at")} for case in cases]

    def many(chosen: Callable[[Mapping[str, Any]], bool]) -> int:
        return sum(map(chosen, rows))

    whole = many(figures.due)
    shares = share(many(figures.came), whole), share(many(figures.passed), whole)
    rest = (figures.deferred, figures.failed, figures.missed, figures.exempted, figures.under_way)
    first = (whole, many(figures.reviewed), shares[0], many(figures.passed), shares[1])
    return tuple(map(str, (*first, *map(many, rest))))


def share(part: int, whole: int) -> str:
    """97.40%, or a dash where there is nothing to share."""
    return f"{100 * part / whole:.2f}%" if whole else "—"


UNIT = (("序号", 11), ("案件编号", 34), ("单位名称", 52), ("许可证编号", 44), ("负责人", 20), ("乡镇街道", 24))


def _unit(case: ReviewCase) -> tuple[str | None, ...]:
    return case.case_no, case.licensee_name, case.licence_no, case.legal_representative, case.township


@report("未参审名单", on=(ReviewCampaign,))
def missed(desk: Desk, campaign: ReviewCampaign) -> Sheet:
    """未参审名单."""
    found = _cases(desk, campaign, ReviewCase.status.in_(MISSED))
    rows = [(*_unit(case), case.status.label, case.urging_no) for case in found]
    return Sheet(f"{campaign.title}未参审名单", (*UNIT, ("状态", 24), ("催告书编号", 40)), _numbered(rows))


@report("暂缓名单", on=(ReviewCampaign,))
def deferred(desk: Desk, campaign: ReviewCampaign) -> Sheet:
    """暂缓名单."""
    found = _cases(desk, campaign, ReviewCase.conclusion == Conclusion.DEFERRED)
    rows = [(*_unit(case), case.ground_text, str(case.deferred_until or ""), case.result_no) for case in found]
    columns = (*UNIT, ("事由", 50), ("暂缓至", 22), ("通知编号", 36))
    return Sheet(f"{campaign.title}暂缓名单", columns, _numbered(rows))


@report("连续未审名单", on=(ReviewCampaign,))
def twice(desk: Desk, campaign: ReviewCampaign) -> Sheet:
    """连续未审名单: missed this year and the year before, for the study of 注销."""
    found = _cases(desk, campaign, misses_sql(ReviewCase, desk.today) >= 2)
    rows = [(*_unit(case), f"{campaign.review_year - 1}、{campaign.review_year}", case.urging_no) for case in found]
    columns = (*UNIT, ("未审年度", 26), ("催告书编号", 40))
    return Sheet(f"{campaign.title}连续两年未审名单（研究注销）", columns, _numbered(rows))


@report("催审电话单", on=(ReviewCampaign,), personal=ReviewCase.__tablename__)
def calls(desk: Desk, campaign: ReviewCampaign) -> Sheet:
    """催审电话单: who has not come, with the phone in full, and room to write what was said."""
    found = _cases(desk, campaign, ReviewCase.status.in_(MISSED))
    rows = [(*_unit(case)[1:], case.contact_phone, "", "") for case in found]
    columns = (("序号", 11), *UNIT[2:], ("电话", 32), ("何时打过", 26), ("答复", 46))
    until = f"现场核验 {campaign.onsite_from} 至 {campaign.onsite_to}"
    return Sheet(f"{campaign.title}催审电话单", columns, _numbered(rows), f"{until}；含完整电话，用后妥善保管")


@report("应审范围", on=(ReviewCampaign,))
def scope(desk: Desk, campaign: ReviewCampaign) -> Sheet:
    """应审范围: every licence of the kind, in or out, and why."""
    rows = [
        (one.licence.licensee_name, one.licence.licence_no, one.licence.township, one.why)
        for one in judged(desk, campaign)
    ]
    columns = (("序号", 11), ("单位名称", 56), ("许可证编号", 46), ("乡镇街道", 26), ("是否参加及理由", 120))
    return Sheet(f"{campaign.title}应审范围", columns, _numbered(rows))


NATIONAL = (
    "单位全称",
    "成立日期",
    "地址",
    "职工人数",
    "法定代表人",
    "电话",
    "统一社会信用代码",
    "企业类型",
    "出版物经营许可证号",
    "发证机关",
    "经济性质",
    "是否开设网上书店",
    "网址",
    "本地登记的国家系统状态",
)


@report("国家系统填报对照表", on=(ReviewCampaign,), personal=ReviewCase.__tablename__)
def national(desk: Desk, campaign: ReviewCampaign) -> Sheet:
    """The columns of the national system's form (2018), in its order, as far as the registers hold them; for typing from."""
    record = licences_of(campaign)
    column = ReviewCase.publication_licence_id if record is PublicationLicence else ReviewCase.printing_licence_id
    found = desk.session.execute(
        select(ReviewCase, record, Operator)
        .join(record, record.id == column)
        .join(Operator, Operator.id == ReviewCase.operator_id)
        .where(ReviewCase.campaign_id == campaign.id, ~ReviewCase.voided)
        .order_by(ReviewCase.id)
    )
    rows = tuple(_national_row(desk, case, licence, operator) for case, licence, operator in found)
    note = "供对照填报，不是国家系统；状态为本窗口登记"
    return Sheet(f"{campaign.title}国家系统填报对照表", tuple((heading, 30.0) for heading in NATIONAL), rows, note)


def _national_row(desk: Desk, case: ReviewCase, licence: Any, operator: Operator) -> tuple[str, ...]:
    shown = desk.catalogue.registry_of(type(licence))

    def text(name: str) -> str:
        declared = shown.fields.get(name)
        return declared.kind.show(getattr(licence, name), desk.lookup) if declared is not None else ""

    modes = text("business_mode") or text("operator_kind")
    return (
        licence.licensee_name,
        str(operator.established_on or ""),
        licence.business_premises,
        text("staff_count"),
        licence.legal_representative,
        text("contact_phone"),
        licence.uscc or operator.uscc or "",
        modes,
        licence.licence_no,
        licence.issuing_authority or "",
        text("ownership_kind"),
        text("online_sale"),
        text("online_url"),
        case.national_state.label,
    )
