"""What a case's papers say: the values of the placeholders (范本) that their wordings are filled with, as plain texts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.clocks import NOTICE_DAYS, notice_limit
from wenlv_desk.registries.review.handling import basis_of, campaign_of, licence_of, materials_of
from wenlv_desk.registries.review.material import ReviewMaterial
from wenlv_desk.registries.review.ticking import LACKING
from wenlv_desk.registries.review.vocabulary import LicenceKind, MaterialState
from wenlv_desk.registries.settings.reading import office_told
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.store.desk import Desk

Value = str | Sequence[str]
LEGAL = "自受理之日起二十个工作日内（行政许可法第四十二条）"
PLACEHOLDERS = (
    "单位名称",
    "许可证名称",
    "许可证编号",
    "法定代表人",
    "经营场所",
    "年度",
    "年审",
    "事项",
    "批次名称",
    "依据文件",
    "案件编号",
    "文号",
    "收件时间",
    "收件人",
    "申请人",
    "联系人电话",
    "材料清单",
    "缺少的材料",
    "补正期限",
    "告知期限",
    "受理日期",
    "办理时限",
    "预计办结日",
    "法定时限",
    "不予受理理由",
    "应向何机关",
    "结论",
    "结论事由",
    "结论依据",
    "暂缓至",
    "整改要求",
    "现场核验期间",
    "催告期限",
    "上年情况",
    "复议机关说明",
    "窗口地址",
    "窗口电话",
    "办公时间",
    "承办单位",
    "本单位",
    "经办人",
    "日期",
)


def placeholders(desk: Desk, ids: Sequence[int]) -> dict[str, Value]:
    """The values for the case named; empty where the case has none. 文号 is the paper's own and comes with it."""
    case = desk.get(ReviewCase, ids[0])
    made = {**office_told(desk), **_unit(desk, case), **_receipt(desk, case), **_decision(case)}
    made["日期"] = show_date_cn(desk.today)
    made["经办人"] = desk.clerk.name
    return made


def _unit(desk: Desk, case: ReviewCase) -> dict[str, Value]:
    campaign, licence = campaign_of(desk, case), licence_of(desk, case)
    printing = case.licence_kind is LicenceKind.PRINTING
    return {
        "单位名称": case.licensee_name,
        "许可证名称": case.licence_kind.label,
        "许可证编号": case.licence_no,
        "法定代表人": case.legal_representative,
        "经营场所": case.business_premises or licence.business_premises,
        "年度": str(case.review_year),
        "批次名称": campaign.title,
        "事项": f"{case.review_year}年度{'印刷企业年度报告' if printing else '出版物发行单位年度核验'}",
        "依据文件": campaign.basis_doc_no or ("《印刷业管理条例》" if printing else "《出版物市场管理规定》"),
        "案件编号": case.case_no,
        "联系人电话": _phone(case),
        "现场核验期间": f"{show_date_cn(campaign.onsite_from)}至{show_date_cn(campaign.onsite_to)}",
        "催告期限": _day(case.come_by),
        "上年情况": _last_year(licence.last_review_year, licence.last_review_result, case.review_year),
        "办理时限": f"{campaign.promised_days}个工作日",
        "法定时限": LEGAL,
    }


def _phone(case: ReviewCase) -> str:
    return case.agent_phone or case.contact_phone or ""


def _last_year(year: int | None, result: str | None, now: int) -> str:
    return f"{year}年度{result}" if year is not None and year < now else "没有记录"


def _receipt(desk: Desk, case: ReviewCase) -> dict[str, Value]:
    materials = materials_of(desk, case)
    campaign = campaign_of(desk, case)
    at = case.received_at
    limit = notice_limit(desk, at).deadline if at else None
    told = f"{show_date_cn(limit.day)}{'（估）' if limit.estimated else ''}（{NOTICE_DAYS}个工作日内）" if limit else ""
    return {
        "收件时间": f"{show_date_cn(at.date())}{at:%H:%M}" if at else "",
        "收件人": case.received_by or "",
        "申请人": f"{case.applicant_name}" + (f"（代理人{case.agent_name}）" if case.agent_name else "") if at else "",
        "材料清单": [_handed_in(one) for one in materials if one.state is not MaterialState.NOT_APPLICABLE],
        "缺少的材料": [
            _lacking(one, basis_of(campaign, one.position, one.basis)) for one in materials if one.state in LACKING
        ],
        "告知期限": told,
        "补正期限": _estimated(case.correct_by, case.estimated),
        "受理日期": _day(case.accepted_on),
        "预计办结日": _estimated(case.due_on, case.estimated),
    }


def _handed_in(one: ReviewMaterial) -> str:
    said = [part for part in (one.form.label if one.form else "", f"{one.copies or 1}份", one.state.label) if part]
    return f"{one.name}（{'，'.join(said)}）"


def _lacking(one: ReviewMaterial, basis: str) -> str:
    parts = [f"{one.name}：{one.defect or one.state.label}。"]
    parts += [f"怎样补：{_ended(one.remedy)}"] * bool(one.remedy)
    parts.append(f"依据：{_ended(basis)}")
    return "".join(parts)


def _ended(text: str | None) -> str:
    said = (text or "").rstrip("。；;.")
    return f"{said}。"


def _decision(case: ReviewCase) -> dict[str, Value]:
    reason, _, where = (case.ground_text or "").partition("：")
    return {
        "结论": case.conclusion.label if case.conclusion else "",
        "结论事由": (case.ground_text or "").rstrip("。"),
        "结论依据": (case.ground_basis or "").rstrip("。"),
        "不予受理理由": reason,
        "应向何机关": where,
        "暂缓至": _day(case.deferred_until),
        "整改要求": (case.demand or "按上述事由整改").rstrip("。"),
    }


def _day(day: date | None) -> str:
    return show_date_cn(day) if day else ""


def _estimated(day: date | None, estimated: bool) -> str:
    return f"{_day(day)}（估）" if day and estimated else _day(day)


Told = Mapping[str, Any]
