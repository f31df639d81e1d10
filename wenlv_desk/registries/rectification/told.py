"""What the papers of a rectification say: the values of the placeholders (范本), as plain texts."""

from collections.abc import Sequence

from wenlv_desk.registries.inspection.assigning import team_of
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.rectification.vocabulary import RecheckResult
from wenlv_desk.registries.settings.reading import office_told
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.store.desk import Desk

Value = str | Sequence[str]
PLACEHOLDERS = (
    "单位名称",
    "法定代表人",
    "经营场所",
    "整改编号",
    "问题",
    "问题等级",
    "整改要求",
    "整改依据",
    "整改期限",
    "期限情况",
    "再限期",
    "下达日期",
    "整改通知书编号",
    "整改责任人",
    "检查人员和证号",
    "复查日期",
    "复查人员",
    "复查情况",
    "复查结论",
    "复议机关说明",
    "文号",
    "窗口地址",
    "窗口电话",
    "本单位",
    "经办人",
    "日期",
)


def placeholders(desk: Desk, ids: Sequence[int]) -> dict[str, Value]:
    """The values for the rectification named; 文号 is the paper's own and comes with it."""
    one = desk.get(Rectification, ids[0])
    said = office_told(desk)
    again = one.recheck_result is RecheckResult.UNQUALIFIED
    return {
        **{name: said[name] for name in ("本单位", "窗口地址", "窗口电话", "复议机关说明")},
        "单位名称": one.unit_name,
        "法定代表人": one.legal_representative or "",
        "经营场所": one.premises or "",
        "整改编号": one.rectification_no,
        "问题": lines(one.problem),
        "问题等级": one.level.label,
        "整改要求": lines(one.requirement),
        "整改依据": (one.legal_basis or "").rstrip("。"),
        "整改期限": show_date_cn(one.due_on),  # an order names a day: it is no estimate
        "期限情况": _standing(desk, one),
        "再限期": show_date_cn(one.due_on) if again else "",
        "下达日期": show_date_cn(one.issued_on),
        "整改通知书编号": "《责令限期整改通知书》" + (f"（{one.document_no}）" if one.document_no else ""),
        "整改责任人": one.responsible_person or "",
        "检查人员和证号": _team(desk, one),
        "复查日期": show_date_cn(one.rechecked_on) if one.rechecked_on else "",
        "复查人员": one.recheck_by or "",
        "复查情况": (one.recheck_note or "").rstrip("。"),
        "复查结论": one.recheck_result.label if one.recheck_result else "",
        "日期": show_date_cn(desk.today),
        "经办人": desk.clerk.name,
    }


def lines(text: str) -> list[str]:
    """A text of several lines as a list, each ended."""
    return [f"{part.strip().rstrip('。；;')}。" for part in text.splitlines() if part.strip()]


def _team(desk: Desk, one: Rectification) -> str:
    """Who found it, where an inspection did."""
    if one.check_id is None:
        return ""
    check = desk.get(InspectionCheck, one.check_id)
    return "、".join(f"{each.name}（执法证号 {each.enforcement_cert_no or '未登记'}）" for each in team_of(desk, check))


def _standing(desk: Desk, one: Rectification) -> str:
    left = (one.due_on - desk.today).days
    if left < 0:
        return f"已逾期 {-left} 天"
    return f"还有 {left} 天" if left else "今天到期"
